// The steps of the main job for tests, by the same services as in use; only the serial port is left out: a run file is
// written with the recorder's classes and saved as a sealed run is saved.
import type { CommissionInput } from '../../shared/entities/commission.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import { toCalendarDay } from '../../shared/entities/scalars.ts';
import { exampleCommission } from '../../main/core/training/example.ts';
import { actorOf } from '../../main/core/dispatch.ts';
import { openRecord } from '../../main/core/bench/openRecord.ts';
import { newestRunDigest, saveRun } from '../../main/core/bench/saveRun.ts';
import { makeRunFile, type MadeRun } from './runFiles.ts';
import type { Seat, TestCore, TrainingUser } from './testCore.ts';

export const today = (): string => toCalendarDay(Date.now());

export type SampleInput = CommissionInput['samples'][number];

export {
  exampleCommission as commissionInput,
  exampleSample as sampleInput,
} from '../../main/core/training/example.ts';

export interface Received {
  commissionNo: string;
  sampleNo: string;
  taskId: string;
}

export async function receive(lab: TestCore, changes: Partial<CommissionInput> = {}): Promise<Received[]> {
  const reception = await lab.as('shouyang');
  const commission = await reception.call('commissions.register', exampleCommission(changes));
  return commission.samples.map(({ sampleNo }) => ({
    commissionNo: commission.commissionNo,
    sampleNo,
    taskId: String(lab.store.first('SELECT taskId FROM task WHERE sampleNo = ?', sampleNo)?.['taskId']),
  }));
}

export function openAt(lab: TestCore, seat: Seat, taskId: string, equipmentId = 'E001'): string {
  const actor = actorOf(seat.user.name, seat.user.username, '测试工位');
  return openRecord(lab.context, actor, seat.user, taskId, equipmentId);
}

/** One run of a specimen, sealed (or cut off) and saved into the record. Answers the run number. */
export async function press(
  lab: TestCore,
  seat: Seat,
  recordNo: string,
  specimenNo: number,
  peakKn: string,
  changes: Partial<MadeRun> = {},
): Promise<string> {
  const equipmentId = String(lab.store.get('testRecord', recordNo)?.['equipmentId']);
  const equipment = lab.store.get('equipment', equipmentId);
  const summary = await makeRunFile(lab.context.files.runsFolder, {
    peakKn,
    previousDigest: newestRunDigest(lab.store),
    ...changes,
    context: {
      recordNo,
      specimenNo: String(specimenNo),
      equipmentId,
      equipmentSerial: String(equipment?.['serial']),
      operatorId: seat.user.personId,
      operatorName: seat.user.name,
    },
  });
  const actor = actorOf(seat.user.name, seat.user.username, '测试工位');
  return lab.store.transact(actor, (tx) => saveRun(tx, lab.context.files.runsFolder, summary));
}

export interface TestGroup {
  /** kN; 675.00 on a 150 mm cube is 30.0 MPa. */
  loads?: readonly string[];
  commission?: Partial<CommissionInput>;
  technician?: TrainingUser;
}

export const goodLoads = ['765.00', '772.00', '780.00'] as const;

/** Received, three specimens pressed, environment entered: ready for the first signature. */
export async function testedGroup(lab: TestCore, group: TestGroup = {}): Promise<Received & { record: TestRecord }> {
  const [received] = await receive(lab, group.commission);
  if (!received) throw new Error('nothing received');
  const technician = await lab.as(group.technician ?? 'jiance');
  const recordNo = openAt(lab, technician, received.taskId);
  for (const [index, load] of (group.loads ?? goodLoads).entries())
    await press(lab, technician, recordNo, index + 1, load);
  const record = await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  return { ...received, record };
}

export async function signTest(lab: TestCore, recordNo: string, who: TrainingUser = 'jiance'): Promise<TestRecord> {
  const seat = await lab.as(who);
  const { digest } = await seat.call('records.get', { recordNo });
  return seat.call('records.signTest', { recordNo, digest, password: lab.password });
}

export async function signCheck(lab: TestCore, recordNo: string, who: TrainingUser = 'jiaohe'): Promise<TestRecord> {
  const seat = await lab.as(who);
  const { digest } = await seat.call('records.get', { recordNo });
  return seat.call('records.signCheck', { recordNo, digest, password: lab.password });
}

export function reportOf(lab: TestCore, recordNo: string): { reportNo: string; reportKey: string } {
  const row = lab.store.first('SELECT reportNo, report.reportKey AS reportKey FROM report JOIN testRecord USING (reportKey) WHERE recordNo = ?', recordNo); // prettier-ignore
  return { reportNo: String(row?.['reportNo']), reportKey: String(row?.['reportKey']) };
}

export async function approve(lab: TestCore, recordNo: string, who: TrainingUser = 'pizhun'): Promise<string> {
  const { reportNo } = reportOf(lab, recordNo);
  const seat = await lab.as(who);
  const { digest } = await seat.call('reports.preview', { reportNo, revision: 1 });
  await seat.call('reports.approve', { reportNo, revision: 1, digest, password: lab.password });
  return reportNo;
}

/** Waits for something that the core does by itself, such as an upload. */
export async function eventually<T>(look: () => T | null | undefined, limitMs = 15_000): Promise<T> {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    const found = look();
    if (found !== null && found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not happen in time');
}
