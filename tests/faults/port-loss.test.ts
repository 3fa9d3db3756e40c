import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultLab } from './bed/lab.ts';
import { lingerPastRestart, loseInMidRun } from './port-loss.ts';

let lab: FaultLab;
beforeAll(async () => {
  lab = await FaultLab.start({ seed: 5 });
});
afterAll(() => lab.stop());

test(
  'the cable is pulled in the middle of a run: marked, bytes kept, specimen repeated',
  { timeout: 60_000 },
  async () => {
    const run = await loseInMidRun(lab, 'CABLE-1', 'cable');
    expect(run).toMatchObject({ validity: 'invalid', intact: true });
    expect(run.reason).toContain('断开');
    expect(run.bytes).toBeGreaterThan(1_000);
    expect(run.keptKn).toBeGreaterThanOrEqual(run.shownKn);
    expect(run.repeatedBy).toMatch(/^CJ\d{4}-\d{6}$/);
  },
);

test(
  'the port process dies in the middle of a run: marked, bytes kept, specimen repeated',
  { timeout: 60_000 },
  async () => {
    const run = await loseInMidRun(lab, 'PORT-1', 'port process');
    expect(run).toMatchObject({ validity: 'interrupted', intact: true });
    expect(run.bytes).toBeGreaterThan(1_000);
    expect(run.keptKn).toBeGreaterThanOrEqual(run.shownKn);
    expect(run.repeatedBy).toMatch(/^CJ\d{4}-\d{6}$/);
  },
);

test(
  'a port process that hangs past the restart of the core changes no run that was adopted',
  { timeout: 60_000 },
  async () => {
    await lingerPastRestart(lab, 'LINGER-1');
  },
);

test('afterwards both sides hold the same and everything verifies', { timeout: 60_000 }, async () => {
  expect(await lab.settle()).toEqual([]);
});
