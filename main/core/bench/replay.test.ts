// A stored run looked at again: every figure three times, the bytes of a sample, a zoom that shows every sample, and the
// alarm when file, seal or record were touched.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRunFile } from '../../../tests/support/runFiles.ts';
import { press, testedGroup } from '../../../tests/support/mainJob.ts';
import { barPull, pulledBars } from '../../../tests/support/pulledBar.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { OpenedRun } from '../../instruments/run/run-replay.ts';

let lab: TestCore;
let technician: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  technician = await lab.as('jiance');
});
afterAll(() => lab.stop());

const rowOf = (runId: string) => lab.store.get('run', runId) ?? {};
const fileOf = (runId: string) => join(lab.context.files.runsFolder, String(rowOf(runId)['file']));

async function pulledBar(): Promise<string> {
  const recordNo = await pulledBars(lab, technician, [barPull]);
  return (await technician.call('records.get', { recordNo })).runs[0]!.runId;
}

test('a cube: sealed, recorded and recomputed agree; start, peak and break are marked', async () => {
  const { record } = await testedGroup(lab);
  const { runId, peakKn, runNo } = record.runs[0]!;
  const replay = await technician.call('runs.replay', { runId });
  expect(replay.verdict).toMatchObject({ state: 'same', faults: [] });
  expect(replay.runNo).toBe(runNo);
  expect(replay.figures[0]).toEqual({ name: '最大力 Fm', unit: 'kN', sealed: peakKn, recorded: peakKn, recomputed: peakKn, same: true }); // prettier-ignore
  expect(replay.figures.every(({ same }) => same)).toBe(true);
  expect(replay.marks.map(({ kind }) => kind)).toEqual(['start', 'peak', 'break']);
  expect(replay.marks[0]?.timeS).toBe(0);
  expect(replay.samples.displacementMm).not.toBeNull();
  expect(replay.samples.extensionMm).toBeNull();
  expect(Math.max(...replay.samples.loadKn)).toBe(Number(peakKn));
});

test('a picture of few columns keeps the peak and says that it left samples out; a zoom shows every sample', async () => {
  const { record } = await testedGroup(lab);
  const { runId, peakKn, sampleCount } = record.runs[0]!;
  const few = await technician.call('runs.replay', { runId, columns: 20 });
  expect(few.samples.complete).toBe(false);
  expect(few.samples.index.length).toBeLessThan(sampleCount / 2);
  expect(Math.max(...few.samples.loadKn)).toBe(Number(peakKn));
  const peak = few.marks.find(({ kind }) => kind === 'peak')!;
  const zoom = await technician.call('runs.replay', {
    runId,
    columns: 20,
    fromS: peak.timeS - 0.5,
    toS: peak.timeS + 0.5,
  });
  expect(zoom.samples.complete).toBe(true);
  const { index } = zoom.samples;
  expect(index).toEqual(Array.from({ length: index.length }, (_, offset) => index[0]! + offset));
  expect(index).toContain(peak.index);
});

test('a sample has the digits that were sent, and its frame in the bytes', async () => {
  const { record } = await testedGroup(lab);
  const { runId, sampleCount } = record.runs[0]!;
  for (const index of [0, 19, 20, 57, sampleCount - 1]) {
    const sample = await technician.call('runs.sample', { runId, index });
    const piece = sample.pieces.find(({ frame }) => frame !== null)!;
    const [from, to] = piece.frame!;
    const line = Buffer.from(piece.hex, 'hex').subarray(from, to).toString('latin1').trim();
    expect(line.split(',')[2]).toBe(sample.text);
    expect(Number(line.split(',')[3])).toBe(sample.displacementMm);
  }
});

test('a bar: yield points are marked and compared, and the displacement is never sorted', async () => {
  const runId = await pulledBar();
  const replay = await technician.call('runs.replay', { runId });
  expect(replay.verdict.state).toBe('same');
  expect(replay.marks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['start', 'FeH', 'FeL', 'peak']));
  const yieldMark = replay.marks.find(({ kind }) => kind === 'FeL')!;
  const figure = replay.figures.find(({ name }) => name.startsWith('下屈服力'))!;
  const sample = await technician.call('runs.sample', { runId, index: yieldMark.index });
  expect(sample.text).toBe(figure.recomputed);
  expect(replay.remarks.join()).toContain('没有使用引伸计');
});

test('a displacement that runs back comes in the order of time', async () => {
  const summary = await makeRunFile(lab.context.files.runsFolder, {
    peakKn: '100.00',
    context: { recordNo: 'none', specimenNo: '1', equipmentId: 'E001', equipmentSerial: 's', operatorId: 'p' },
  });
  const path = join(lab.context.files.runsFolder, summary.file);
  const run = await OpenedRun.open(path);
  const samples = run.samples as unknown as { displacement: number }[];
  samples.forEach((sample, index) => (sample.displacement = index % 2 === 0 ? index : index - 3));
  const { displacementMm, index } = run.range(...run.span, 4000);
  expect(displacementMm).toEqual(index.map((at) => samples[at]!.displacement));
  expect(displacementMm!.some((each, at) => at > 0 && each! < displacementMm![at - 1]!)).toBe(true);
});

test('one changed byte, another figure in the record, a lost file: each is an alarm in words', async () => {
  const { record } = await testedGroup(lab);
  const [first, second, third] = record.runs;
  const path = fileOf(first!.runId);
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  writeFileSync(path, bytes);
  const changed = await technician.call('runs.replay', { runId: first!.runId });
  expect(changed.verdict.state).toBe('different');
  expect(changed.verdict.faults[0]).toContain('数据被改动过');

  lab.store.database.exec('PRAGMA ignore_check_constraints = 1');
  const triggers = lab.store.database
    .prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'run'")
    .all() as { name: string; sql: string }[];
  for (const { name } of triggers) lab.store.database.exec(`DROP TRIGGER "${name}"`);
  lab.store.database.prepare('UPDATE run SET peakKn = ? WHERE runId = ?').run('999.99', second!.runId);
  for (const { sql } of triggers) lab.store.database.exec(sql);
  const forged = await technician.call('runs.replay', { runId: second!.runId });
  expect(forged.verdict.state).toBe('different');
  expect(forged.verdict.faults.join()).toContain('记录 999.99');
  expect(forged.figures[0]?.same).toBe(false);

  writeFileSync(fileOf(third!.runId), 'gone');
  const lost = await refusalOf(technician.call('runs.replay', { runId: third!.runId }));
  expect(lost.code).toBe('RUN_FILE_UNREADABLE');
});

test('a run without a seal is shown as far as it goes', async () => {
  const { record } = await testedGroup(lab, { loads: [] });
  await press(lab, technician, record.recordNo, 1, '700.00', { cutOff: true });
  const run = (await technician.call('records.get', { recordNo: record.recordNo })).runs[0]!;
  const replay = await technician.call('runs.replay', { runId: run.runId });
  expect(replay.verdict.state).toBe('unsealed');
  expect(replay.figures.every(({ sealed }) => sealed === null)).toBe(true);
});
