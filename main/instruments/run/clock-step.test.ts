// The wall clock is stepped by an hour in the middle of a run: samples stay where they are, and the run says so.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bindDriver } from '../drivers/index.ts';
import { RunRecorder } from '../port-process/run-recorder.ts';
import type { SeenChunk } from '../port-process/run-recorder.ts';
import { readRunCurve, readRunFile, recomputeRun } from './run-file.ts';
import type { RunCurve } from './run-file.ts';
import type { ClockEvent, RunSummary } from './run-types.ts';
import { SampleDecoder } from './sample-decoder.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-clock-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HOUR_MS = 3_600_000;
const profile = { id: 'm', separator: ',', columns: [{ role: 'load', unit: 'kN' }], range_kN: '1000' };

/** 3 s of zero, 100 s of load, a break, all on a clock that is turned here. */
async function record(runId: string, step_ms: number): Promise<{ summary: RunSummary; curve: RunCurve; path: string }> {
  const startedMs = Date.UTC(2026, 5, 1, 2);
  let mono_ms = 50_000;
  let step = 0;
  const clocks = { wallMs: () => startedMs + mono_ms + step, monoNs: () => BigInt(mono_ms) * 1_000_000n };
  const driver = bindDriver('line-profile', profile);
  let sealed: (summary: RunSummary) => void = () => undefined;
  const done = new Promise<RunSummary>((resolve) => (sealed = resolve));
  const recorder = await RunRecorder.arm(
    {
      channelId: 'c',
      runId,
      context: { recordNo: 'R', specimenNo: '1', equipmentId: 'E', equipmentSerial: 'S', operatorId: 'p' },
      detector: { id: 'compression', params: { range_kN: '1000' } },
      previousDigest: null,
    },
    { path: '/dev/null', driver, profile },
    folder,
    { phase: () => undefined, sealed },
    { clocks, timeSync: () => 'synchronised' },
  );
  const live = new SampleDecoder(driver, { joinStream: true });
  for (let index = 0; index < 110 * 20; index += 1) {
    mono_ms += 50;
    if (index === 60 * 20) step = step_ms;
    const t = index / 20;
    const load = t < 3 ? 0 : t < 103 ? (t - 3) * 4 : 1;
    const bytes = Buffer.from(`${load.toFixed(2)}\r\n`);
    const monoNs = clocks.monoNs();
    recorder.take(bytes, monoNs);
    const { samples } = live.feed(bytes, monoNs);
    recorder.watch(samples satisfies SeenChunk['samples']);
    recorder.tick(monoNs);
  }
  const summary = await done;
  const path = join(folder, summary.file);
  return { summary, curve: await readRunCurve(path), path };
}

test.each([HOUR_MS, -HOUR_MS])('a step of %d ms moves no sample', async (step_ms) => {
  const still = await record(`still${step_ms}`, 0);
  const stepped = await record(`stepped${step_ms}`, step_ms);
  expect(still.summary.validity).toBe('valid');
  expect([...stepped.curve.time_s]).toEqual([...still.curve.time_s]);
  const same = (summary: RunSummary) => {
    const { peak, peakAt_s, loadingRate_kN_per_s, startedAt, endedAt, sampleCount, sampleRateHz } = summary;
    return { peak, peakAt_s, loadingRate_kN_per_s, startedAt, endedAt, sampleCount, sampleRateHz };
  };
  expect(same(stepped.summary)).toEqual(same(still.summary));
  expect(still.summary.remarks).toBeUndefined();
  expect(stepped.summary.remarks?.join()).toContain(`时钟被调整（${step_ms > 0 ? '+' : '-'}3600 s）`);
  expect(await recomputeRun(stepped.path)).toEqual(stepped.summary);
});

test('the file holds an anchor at the start, every minute and at the end', async () => {
  const { path, summary } = await record('anchors', 0);
  const { blocks } = await readRunFile(path);
  const anchors = blocks
    .filter(({ type }) => type === 2)
    .map(({ payload }) => JSON.parse(payload.toString()) as ClockEvent)
    .filter(({ event }) => event === 'clock');
  expect(anchors.map(({ at }) => at)).toEqual(['start', 'minute', 'stop']);
  expect(anchors[0]).toMatchObject({ sync: 'synchronised' });
  expect(summary.timeSync).toBe('synchronised');
});
