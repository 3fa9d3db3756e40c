// One person after the other does one day's piece of work: received, three cubes crushed, three signatures, sent, coded.
// Every step looks first where the work stands, so that a second start goes on where the first one died.
import { openCore, type AnyCore } from '../../../main/core/recovery/openCore.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { openKeyFileSecrets } from '../../../main/server/key-file-secrets.ts';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';
import type { Commission } from '../../../shared/entities/commission.ts';
import type { TestRecord } from '../../../shared/entities/record.ts';
import { createClient } from '../../../shared/contract/client.ts';
import { exampleCommission } from '../../../main/core/training/example.ts';
import { actorOf } from '../../../main/core/dispatch.ts';
import { openRecord } from '../../../main/core/bench/openRecord.ts';
import { newestRunDigest, saveRun } from '../../../main/core/bench/saveRun.ts';
import { makeRunFile } from '../../support/runFiles.ts';

export interface Line {
  step?: string;
  commission?: Commission;
  record?: TestRecord;
  approved?: string;
  code?: { reportNo: string; code: string };
  refused?: ErrorInfo;
}

const loads = ['765.00', '772.00', '780.00'];

export async function doWork(dataFolder: string, patienceMs: number, say: (line: Line) => void): Promise<void> {
  const opened = await openCore({ dataFolder, secrets: await openKeyFileSecrets(dataFolder) });
  try {
    await workAt(opened, patienceMs, say);
  } catch (cause) {
    // What cannot be written cannot be closed in order either; the first word is the one that counts.
    await opened.stop().catch(() => undefined);
    throw cause;
  }
  say({ step: 'stop' });
  await opened.stop();
  say({ step: 'done' });
}

async function workAt(opened: AnyCore, patienceMs: number, say: (line: Line) => void): Promise<void> {
  const core = opened.open;
  if (core === null) {
    // What the page of a stopped program says.
    const reply = await opened.connect(() => undefined, '测试工位').call('session.current', {});
    throw new AppError(reply.ok ? { code: 'NOT_IN_WORDS', message: 'it says nothing' } : reply.error);
  }
  const { store, files } = core.context;
  const seat = async (username: string) => {
    const connection = core.connect(() => undefined, '测试工位');
    const { call } = createClient({
      send: (name, input) => connection.call(name, input),
      subscribe: () => () => undefined,
    });
    const session = await call('session.signIn', { username, password: trainingPassword });
    if (!session.user) throw new Error(`${username} is not signed in`);
    return { call, user: session.user };
  };
  const text = (sql: string, ...parameters: string[]): string | null => {
    const row = store.first(sql, ...parameters);
    return row === undefined ? null : String(Object.values(row)[0]);
  };
  say({ step: 'reception' });
  if (text('SELECT commissionNo FROM commission') === null) {
    const reception = await seat('shouyang');
    say({ commission: await reception.call('commissions.register', exampleCommission({})) });
  }
  say({ step: 'bench' });
  const technician = await seat('jiance');
  const actor = actorOf(technician.user.name, technician.user.username, '测试工位');
  const taskId = text('SELECT taskId FROM task') ?? '';
  const recordNo =
    text('SELECT recordNo FROM testRecord') ?? openRecord(core.context, actor, technician.user, taskId, 'E001');
  const readAs = async ({ call }: typeof technician) => {
    const record = await call('records.get', { recordNo });
    say({ record });
    return record;
  };
  let record = await readAs(technician);
  for (const [index, peakKn] of loads.entries()) {
    const specimenNo = index + 1;
    if (record.runs.some((run) => run.specimenNo === specimenNo && run.validity === 'valid')) continue;
    const summary = await makeRunFile(files.runsFolder, {
      peakKn,
      previousDigest: newestRunDigest(store),
      context: {
        recordNo,
        specimenNo: String(specimenNo),
        equipmentId: 'E001',
        equipmentSerial: text(`SELECT serial FROM equipment WHERE equipmentId = 'E001'`) ?? '',
        operatorId: technician.user.personId,
        operatorName: technician.user.name,
      },
    });
    store.transact(actor, (tx) => saveRun(tx, files.runsFolder, summary));
    record = await readAs(technician);
  }
  const password = trainingPassword;
  if (record.environment === null) {
    const environment = { temperatureC: '20.5', humidityPercent: '62' };
    say({ record: await technician.call('bench.environment', { recordNo, environment }) });
    record = await readAs(technician);
  }
  say({ step: 'sign' });
  if (record.state === 'testing')
    say({ record: await technician.call('records.signTest', { recordNo, digest: record.digest, password }) });
  const checker = await seat('jiaohe');
  record = await readAs(checker);
  if (record.state === 'tested')
    say({ record: await checker.call('records.signCheck', { recordNo, digest: record.digest, password }) });
  say({ step: 'approve' });
  const signatory = await seat('pizhun');
  const reportNo = text('SELECT reportNo FROM report') ?? '';
  if (text('SELECT approvedAt FROM report') === 'null') {
    const { digest } = await signatory.call('reports.preview', { reportNo, revision: 1 });
    await signatory.call('reports.approve', { reportNo, revision: 1, digest, password });
  }
  say({ approved: reportNo });
  say({ step: 'upload' });
  const settled = (): boolean =>
    text(`SELECT count(*) FROM report WHERE codedSha256 IS NOT NULL`) === '1' &&
    text(`SELECT count(*) FROM outbox WHERE state <> 'accepted'`) === '0';
  for (const end = Date.now() + patienceMs; !settled(); await new Promise((go) => setTimeout(go, 20)))
    if (Date.now() > end) {
      const waiting = store.all(`SELECT kind, state, platformCode FROM outbox WHERE state <> 'accepted'`);
      throw new AppError({
        code: 'WAITING',
        message: `还有 ${JSON.stringify(waiting)} 没有送出。`,
        next: '稍后再试。',
      });
    }
  say({ code: { reportNo, code: text('SELECT code FROM report') ?? '' } });
}
