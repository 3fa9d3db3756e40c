// 校核 signature, and the return: the checker confirms what the tester signed, or gives the record back with a reason.
// A checked record joins the report of its commission and is queued for the platform.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { requireRow } from '../../store/store.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import { keepDecision } from '../gate/decisions.ts';
import { joinReport } from '../reports/joinReport.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { askSigning } from './askSigning.ts';
import { logModification } from './modifications.ts';
import { queueTestRecord } from './recordPayload.ts';
import { recordFacts, signaturesOf, type RecordFacts } from './recordRows.ts';
import type { Reader } from './runRows.ts';
import { refuseChanged, refuseSamePerson, writeSignature } from './signing.ts';

export async function signCheck(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  input: { recordNo: string; digest: string; password: string },
): Promise<void> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  context.store.transact(caller.actor, (tx) => writeCheck(context, tx, caller, input));
}

/** The record as a checker may sign it now: tested, as it was shown, by somebody else. Throws what stands against it. */
export function refuseUncheckable(
  reader: Reader,
  caller: Caller,
  { recordNo, digest: shown }: { recordNo: string; digest: string },
): RecordFacts {
  const facts = recordFacts(reader, recordNo);
  const { row, digest } = facts;
  if (row['state'] !== 'tested') {
    throw new AppError({
      code: 'RECORD_NOT_TESTED',
      message: `原始记录 ${recordNo} 现在不在待校核状态。`,
      meaning: row['state'] === 'testing' ? '检测员还没有签名，或已被退回。' : '它已经校核过了。',
      next: '请刷新列表后再看。',
    });
  }
  refuseChanged(shown, digest);
  const tested = signaturesOf(reader, 'record', recordNo, digest).find(
    (signature) => signature.meaning === 'test' && signature.valid,
  );
  if (!tested) {
    throw new AppError({
      code: 'SIGNATURE_INVALID',
      message: `原始记录 ${recordNo} 的检测签名与现有内容不符。`,
      meaning: '签名之后内容被改动过，不能校核。',
      next: '请退回检测员重新签名，并查看修改记录。',
    });
  }
  refuseSamePerson(caller, 'check', [tested]);
  return facts;
}

/** The signature itself, of a person who has given the password. */
export function writeCheck(
  context: Context,
  tx: Transaction,
  caller: Caller,
  input: { recordNo: string; digest: string },
): void {
  const { recordNo } = input;
  const facts = refuseUncheckable(tx, caller, input);
  const { row, digest } = facts;
  const gate = askSigning(context, caller, facts, 'checker');
  const at = toWallTime(context.now());
  keepDecision(tx, context.now(), gate, { entity: 'record', key: recordNo });
  writeSignature(tx, caller, at, {
    entity: 'record',
    key: recordNo,
    contentRevision: Number(row['contentRevision']),
    meaning: 'check',
    digest,
  });
  const reportKey = joinReport(tx, recordNo, at);
  tx.update('testRecord', recordNo, {
    state: 'checked',
    checkedAt: at,
    checkerId: caller.user.personId,
    checkerName: caller.user.name,
    reportKey,
  });
  tx.update('task', String(row['taskId']), { state: 'checked' });
  queueTestRecord(tx, recordNo);
  tx.touch('reports', reportKey);
}

/** Gives a record back to the tester. Both signatures stand where they are and are no longer valid for what follows. */
export function returnRecord(
  tx: Transaction,
  caller: Caller,
  recordNo: string,
  reason: string,
  from: readonly string[],
): void {
  const row = requireRow(tx.get('testRecord', recordNo), '原始记录', recordNo);
  if (!from.includes(String(row['state']))) {
    throw new AppError({
      code: 'RECORD_NOT_RETURNABLE',
      message: `原始记录 ${recordNo} 现在不能退回。`,
      meaning: row['state'] === 'approved' ? '报告已经批准，检测数据不能再改。' : '它还在检测员手里，或已被退回。',
      next: '请刷新列表后再看。',
    });
  }
  const revision = Number(row['contentRevision']);
  tx.update(
    'testRecord',
    recordNo,
    {
      state: 'testing',
      contentRevision: revision + 1,
      resultJson: null,
      testedAt: null,
      testerId: null,
      testerName: null,
      checkedAt: null,
      checkerId: null,
      checkerName: null,
      returnedReason: `${caller.user.name}：${reason}`,
    },
    reason,
  );
  tx.update('task', String(row['taskId']), { state: 'testing' }, reason);
  logModification(tx, {
    commissionNo: String(row['commissionNo']),
    entity: 'test-record',
    entityNo: recordNo,
    field: 'contentRevision',
    oldValue: String(revision),
    newValue: String(revision + 1),
    reason,
  });
  if (row['reportKey'] !== null) tx.touch('reports', String(row['reportKey']));
}
