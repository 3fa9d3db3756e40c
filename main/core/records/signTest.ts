// 检测 signature: the tester says that these readings are what the machine delivered. A group below its grade, or an
// invalid one, raises the warning at once and enters the ledger; the notice to the authority does not wait for a report.
import { ulid } from 'ulid';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { Sample } from '../../../shared/entities/commission.ts';
import type { RecordResult } from '../../../shared/entities/record.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import { keepDecision } from '../gate/decisions.ts';
import { queue } from '../provincial/outbox.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { platformParameter } from '../catalogue.ts';
import { askSigning } from './askSigning.ts';
import { recordFacts, type RecordFacts } from './recordRows.ts';
import { openStops } from './stopReleases.ts';
import { refuseChanged, writeSignature } from './signing.ts';

export async function signTest(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  input: { recordNo: string; digest: string; password: string },
): Promise<void> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  const { recordNo } = input;
  context.store.transact(caller.actor, (tx) => {
    const facts = recordFacts(tx, recordNo);
    refuseUnfinished(facts, recordNo);
    refuseChanged(input.digest, facts.digest);
    const { row, result } = facts;
    const gate = askSigning(context, caller, facts, 'technician');
    const at = toWallTime(context.now());
    tx.update('testRecord', recordNo, {
      state: 'tested',
      resultJson: JSON.stringify(result),
      testedAt: at,
      testerId: caller.user.personId,
      testerName: caller.user.name,
      returnedReason: null,
      gateJson: JSON.stringify(gate),
    });
    keepDecision(tx, context.now(), gate, { entity: 'record', key: recordNo });
    tx.update('task', String(row['taskId']), { state: 'tested' });
    writeSignature(tx, caller, at, {
      entity: 'record',
      key: recordNo,
      contentRevision: Number(row['contentRevision']),
      meaning: 'test',
      digest: facts.digest,
    });
    warnOfResult(tx, facts, at);
  });
}

function refuseUnfinished({ row, result, refusal, open }: RecordFacts, recordNo: string): void {
  if (row['state'] !== 'testing') {
    throw new AppError({
      code: 'RECORD_SIGNED',
      message: `原始记录 ${recordNo} 已经签过“检测”。`,
      meaning: '同一内容不需要签两次。',
      next: '如需更正，请由校核员退回。',
    });
  }
  if (refusal) throw new AppError(refusal);
  const missing = [
    ...open,
    ...(row['temperatureC'] === null || row['humidityPercent'] === null ? ['环境温度和湿度'] : []),
  ];
  const stopped = openStops(result);
  if (missing.length === 0 && stopped.length > 0) {
    throw new AppError({
      code: 'RECORD_STOPPED',
      message: `原始记录 ${recordNo} 有 ${stopped.length} 项可疑数据没有确认：${stopped.map(({ message }) => message).join(' ')}`,
      meaning: '数据可疑的记录不能签名。',
      next: '请查看曲线，写明原因并由第二人确认；确属异常的，作废后重做。',
      details: stopped.map(({ field, message, clause }) => ({ field, message, ...(clause ? { rule: clause } : {}) })),
    });
  }
  if (missing.length === 0) return;
  throw new AppError({
    code: 'RECORD_UNFINISHED',
    message: `原始记录 ${recordNo} 还缺：${missing.join('、')}。`,
    meaning: '不完整的记录不能签名。',
    next: '请补齐后再签。',
  });
}

function warnOfResult(tx: Transaction, { row, sample, result, computation }: RecordFacts, at: string): void {
  if (!result || !computation) return;
  const recordNo = String(row['recordNo']);
  const notify = computation.warnings.filter((warning) => warning.notify === 'supervisor');
  for (const warning of notify) {
    tx.insert('notice', {
      noticeId: ulid(),
      level: 'alarm',
      text: `样品 ${sample.sampleNo}（${sample.grade}，${sample.structurePart}）：${warning.message}${warning.next}`,
      at,
      subjectKind: 'record',
      subjectKey: recordNo,
      acknowledgedBy: null,
    });
  }
  if (tx.get('item', sample.itemCode)?.['structuralSafety'] !== 1) return;
  for (const failed of failedParameters(result, sample)) ledger(tx, { row, sample }, failed, at);
}

interface FailedParameter {
  parameterCode: string;
  value: string;
  requirement: string;
}

/** Parameters that failed; a group of cubes below its grade has no verdict of its own and is listed all the same. */
function failedParameters(result: RecordResult, sample: Sample): FailedParameter[] {
  const failed = result.parameters.filter(({ verdict }) => verdict === 'unqualified');
  const below = result.valid && result.alarming && failed.length === 0 ? result.parameters.slice(0, 1) : [];
  return [...failed, ...below].flatMap(({ parameterCode, value, requirement, verdict }) =>
    value === null || (verdict !== 'unqualified' && sample.grade === '')
      ? []
      : [{ parameterCode, value, requirement: requirement ?? `不低于 ${sample.grade}` }],
  );
}

/** One line in the ledger per record, parameter and value, however often it was returned and signed again. */
function ledger(
  tx: Transaction,
  { row, sample }: Pick<RecordFacts, 'row' | 'sample'>,
  { parameterCode: own, value, requirement }: FailedParameter,
  at: string,
): void {
  const recordNo = String(row['recordNo']);
  const parameterCode = platformParameter(tx, sample, own);
  const lines = tx.all(
    'SELECT value FROM unqualified WHERE recordNo = ? AND parameterCode = ?',
    recordNo,
    parameterCode,
  );
  if (lines.some((line) => line['value'] === value)) return;
  const commissionNo = String(row['commissionNo']);
  const commission = tx.get('commission', commissionNo);
  const project = tx.get('project', String(commission?.['projectId'] ?? ''));
  tx.insert('unqualified', {
    ledgerNo: tx.number('unqualified', toCalendarDay(Date.now()), 'unqualified'),
    recordNo,
    commissionNo,
    itemCode: sample.itemCode,
    parameterCode,
    value,
    requirement,
    foundAt: at,
  });
  queue(tx, {
    kind: 'unqualified-notice',
    commissionNo,
    // What was told the first time stays told: a further value is a further notice, under a key of its own.
    key: [recordNo, sample.itemCode, parameterCode, ...(lines.length === 0 ? [] : [lines.length + 1])].join('/'),
    payload: {
      recordNo,
      itemCode: sample.itemCode,
      parameterCode,
      value,
      requirement,
      structuralSafety: true,
      projectId: String(commission?.['projectId'] ?? ''),
      authority: String(project?.['authority'] ?? ''),
      foundAt: at,
    },
  });
}
