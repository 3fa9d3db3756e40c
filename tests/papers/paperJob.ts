// One report with its records, the way it goes in a lab: received, pressed and read, let go on by two people where figures
// stop it, signed by three, printed. Only the serial port is left out, as in tests/support/mainJob.ts.
import { newestRunDigest, saveRun } from '../../main/core/bench/saveRun.ts';
import { actorOf } from '../../main/core/dispatch.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { approve, eventually, openAt, receive, reportOf, signCheck, signTest } from '../support/mainJob.ts';
import { makeRunFile } from '../support/runFiles.ts';
import type { Seat, TestCore } from '../support/testCore.ts';
import { sampleInputOf } from './paperSampleInput.ts';
import { presses, typedEntries, type Press, type TypedEntry } from './readings.ts';
import type { MethodSamples, PaperSample } from './samples/index.ts';

export interface Papers {
  report: Uint8Array;
  records: Uint8Array[];
}

const bytesOf = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

/** One machine whose ledger says that it is for the item, the testing machines first. */
function machineFor(lab: TestCore, itemCode: string): string {
  const row = lab.store
    .all(
      "SELECT equipmentId, itemCodesJson FROM equipment WHERE platformState = 'active' AND equipmentId NOT IN ('E002', 'E003', 'E005') ORDER BY equipmentId",
    )
    .find(({ itemCodesJson }) => (JSON.parse(String(itemCodesJson)) as string[]).includes(itemCode));
  if (!row) throw new Error(`the training lab has no machine for ${itemCode}`);
  return String(row['equipmentId']);
}

/** Draft limits and tables confirmed, or as they come: choices hold for the records opened from then on. */
export async function confirmLimits(lab: TestCore, method: TestMethod, confirmed: boolean): Promise<void> {
  const quality = await lab.as('zhiliang');
  const { chosen } = await quality.call('policies.get', {});
  for (const { name, options, default: usual } of method.policies) {
    if (!options.some(({ value }) => value === 'confirmed')) continue;
    const now = chosen.find((one) => one.methodId === method.id && one.name === name)?.option ?? usual;
    const option = confirmed ? 'confirmed' : 'draft';
    if (now !== option) await quality.call('policies.change', { methodId: method.id, name, option, reason: '样张' });
  }
}

/** A report of these samples; the first record has a repeated run and a corrected reading when `marked`. */
export async function papersOf(
  lab: TestCore,
  method: TestMethod,
  described: Pick<MethodSamples, 'about' | 'ageDays' | 'equipmentId'>,
  samples: readonly PaperSample[],
  marked: boolean,
): Promise<Papers> {
  const received = await receive(lab, { samples: samples.map((sample) => sampleInputOf(method, described, sample)) });
  const technician = await lab.as('jiance');
  const recordNos: string[] = [];
  for (const [index, { sampleNo }] of received.entries()) {
    const sample = samples[index];
    if (!sample) continue;
    const recordNo = openAt(
      lab,
      technician,
      dueTask(lab, sampleNo),
      described.equipmentId ?? machineFor(lab, method.itemCode ?? ''),
    );
    await read(lab, technician, method, recordNo, sample, marked && index === 0);
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    recordNos.push(recordNo);
  }
  const [first = ''] = recordNos;
  const reportNo = await approve(lab, first);
  const { reportKey } = reportOf(lab, first);
  await eventually(() => lab.store.get('report', reportKey)?.['codedSha256']);
  const preview = await (await lab.as('pizhun')).call('reports.preview', { reportNo, revision: 1 });
  const records: Uint8Array[] = [];
  for (const recordNo of recordNos)
    records.push(bytesOf((await technician.call('reports.recordPdf', { recordNo })).pdfBase64));
  return { report: bytesOf(preview.pdfBase64), records };
}

/** The task of a sample that is due today; of several ages the last. */
const dueTask = (lab: TestCore, sampleNo: string): string =>
  String(lab.store.first('SELECT taskId FROM task WHERE sampleNo = ? ORDER BY dueOn DESC', sampleNo)?.['taskId']);

async function read(
  lab: TestCore,
  seat: Seat,
  method: TestMethod,
  recordNo: string,
  { inputs }: PaperSample,
  marked: boolean,
): Promise<void> {
  const runs = presses(method, inputs);
  const [first] = runs;
  if (marked && first) {
    const runNo = await press(lab, seat, recordNo, { ...first, peakKn: first.peakKn.replace(/\d$/, '7') });
    await seat.call('bench.repeat', { runNo, reason: '试件偏心，重新对中后加荷' });
  }
  for (const run of runs) await press(lab, seat, recordNo, run);
  const entries = typedEntries(method, inputs);
  const wrong = marked ? entries.find(({ value }) => /^\d+\.?\d*[1-8]$/.test(value)) : undefined;
  if (wrong) await enter(seat, recordNo, [{ ...wrong, value: wrong.value.replace(/\d$/, '9') }]);
  if (entries.length > 0) await enter(seat, recordNo, entries, '读数记录笔误');
  const environment = { temperatureC: '20.5', humidityPercent: '62' };
  await release(lab, seat, await seat.call('bench.environment', { recordNo, environment }));
}

async function enter(seat: Seat, recordNo: string, entries: TypedEntry[], reason?: string): Promise<void> {
  for (let from = 0; from < entries.length; from += 500)
    await seat.call('records.enter', {
      recordNo,
      entries: entries.slice(from, from + 500),
      ...(reason ? { reason } : {}),
    });
}

async function press(lab: TestCore, seat: Seat, recordNo: string, run: Press): Promise<string> {
  const equipmentId = String(lab.store.get('testRecord', recordNo)?.['equipmentId']);
  const equipment = lab.store.get('equipment', equipmentId);
  const summary = await makeRunFile(lab.context.files.runsFolder, {
    peakKn: run.peakKn,
    ratekNPerS: run.rate,
    // Light specimens are pressed in the lowest range of their machine.
    rangeKn: Number(run.peakKn) < 20 ? '20' : Number(run.peakKn) < 200 ? '300' : '2000',
    previousDigest: newestRunDigest(lab.store),
    context: {
      recordNo,
      field: run.field,
      specimenNo: String(run.specimenNo),
      equipmentId,
      equipmentSerial: String(equipment?.['serial']),
      operatorId: seat.user.personId,
      operatorName: seat.user.name,
    },
  });
  const actor = actorOf(seat.user.name, seat.user.username, '样张');
  return lab.store.transact(actor, (tx) => saveRun(tx, lab.context.files.runsFolder, summary));
}

/** Two people look at figures that can hardly be, and let them go on. */
async function release(lab: TestCore, seat: Seat, record: TestRecord): Promise<void> {
  let current = record;
  if (current.result === null) {
    throw new Error(`${record.methodId} has no result: ${current.open.join('、')} ${current.problem ?? ''}`);
  }
  for (const { code, field } of record.result?.stops ?? []) {
    current = await seat.call('records.releaseStop', {
      recordNo: record.recordNo,
      code,
      field,
      digest: current.digest,
      reason: '已查看曲线和试件，数据属实',
      second: { username: 'jiaohe', password: lab.password },
    });
  }
}
