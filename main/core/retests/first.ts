// The first result that a retest or a supplement answers: its record, its report, and why nothing may be begun of it yet.
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import type { Verdict } from '../../../shared/methods/index.ts';
import { isRetestSample, retestAnswer } from '../../../shared/methods/index.ts';
import type { RetestParameter } from '../../../shared/retests/calls.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import { platformParameter } from '../catalogue.ts';
import { recordFacts, type RecordFacts } from '../records/recordRows.ts';
import type { Reader } from '../records/runRows.ts';

export interface First {
  facts: RecordFacts;
  commission: Row;
  reportNo: string;
  /** It is itself the result of a retest. */
  again: boolean;
}

/** The report that holds now: the newest one of the record that is not void. */
export function reportOfRecord(reader: Reader, recordNo: string): Row | undefined {
  return reader.first(
    `SELECT report.* FROM reportRecord JOIN report USING (reportKey) WHERE reportRecord.recordNo = ? AND report.state NOT IN ('void', 'withdrawn')
       ORDER BY report.createdAt DESC, report.revision DESC LIMIT 1`,
    recordNo,
  );
}

export function firstOf(reader: Reader, recordNo: string): First {
  const facts = recordFacts(reader, recordNo);
  const commissionNo = facts.row['commissionNo'] ?? '';
  return {
    facts,
    commission: requireRow(reader.get('commission', commissionNo), '委托单', commissionNo),
    reportNo: text(reportOfRecord(reader, recordNo)?.['reportNo']),
    again: reader.get('retest', facts.sample.sampleNo) !== undefined || isRetestSample(facts.sample.properties),
  };
}

/** Results of the first record, each with what the standard says of testing it again. */
export function retestParameters(reader: Reader, { facts, again }: First): RetestParameter[] {
  return (facts.result?.parameters ?? []).map((result) => ({
    code: platformParameter(reader, facts.sample, result.parameterCode),
    name: result.name,
    value: result.value ?? '试验结果无效',
    requirement: result.requirement ?? '',
    verdict: result.verdict,
    ...retestAnswer(facts.method, result, again),
  }));
}

/** A first result that may still change, or that has no force, is no ground for a further test. */
export function notApproved(reader: Reader, { facts, commission, reportNo }: First): ErrorInfo | null {
  const recordNo = text(facts.row['recordNo']);
  if (commission['platformState'] !== 'active') {
    return {
      code: 'COMMISSION_FROZEN',
      message: `委托单 ${text(commission['commissionNo'])} 已被监管平台${commission['platformState'] === 'locked' ? '锁定' : '作废'}：${text(commission['platformReason'])}。`,
      meaning: '冻结的委托不再往下办理。',
      next: '请与监管机构联系，解除后再办。',
    };
  }
  if (facts.row['state'] === 'approved' && reportNo !== '') return null;
  return {
    code: 'FIRST_NOT_APPROVED',
    message: `原始记录 ${recordNo} 的报告还没有批准。`,
    meaning: '批准之前检测数据还可能退回更正，复检和补充检测要写明是哪一份报告。',
    next: '请先校核、批准首次的报告，再办理。',
  };
}

const failed: readonly Verdict[] = ['unqualified', 'retest', 'not-judged'];

export function retestRefusal(reader: Reader, first: First): ErrorInfo | null {
  const early = notApproved(reader, first);
  if (early) return early;
  const recordNo = text(first.facts.row['recordNo']);
  const verdicts = (first.facts.result?.parameters ?? []).map(({ verdict }) => verdict);
  const below = first.facts.result?.alarming === true;
  if (!below && !verdicts.some((verdict) => failed.includes(verdict))) {
    return {
      code: 'RETEST_NOT_NEEDED',
      message: `原始记录 ${recordNo} 的结果全部合格。`,
      meaning: '复检只对不合格、应复验或没有判定的结果办理。',
      next: '委托方要另做检测的，请按新的委托收样。',
    };
  }
  const standing = reader.first(
    `SELECT retest.commissionNo, retest.sampleNo FROM retest JOIN commission USING (commissionNo)
       WHERE firstRecordNo = ? AND commission.platformState <> 'voided' ORDER BY begunAt DESC LIMIT 1`,
    recordNo,
  );
  if (standing) {
    return {
      code: 'RETEST_BEGUN',
      message: `原始记录 ${recordNo} 已经委托复检：委托 ${text(standing['commissionNo'])}，样品 ${text(standing['sampleNo'])}。`,
      meaning: '同一结果只复检一次；有几次就会有人挑结果。',
      next: '请查看那一份复检；它的委托被监管平台作废的，才能另办。',
    };
  }
  const lines = reader.all('SELECT ledgerNo FROM unqualified WHERE recordNo = ? ORDER BY ledgerNo', recordNo);
  const open = lines.filter(({ ledgerNo = '' }) => !reader.first('SELECT 1 FROM unqualifiedHandling WHERE ledgerNo = ? AND closes = 1', ledgerNo)); // prettier-ignore
  if (lines.length === 0 || open.length > 0) return null;
  return {
    code: 'UNQUALIFIED_CLOSED',
    message: `台账 ${lines.map(({ ledgerNo }) => text(ledgerNo)).join('、')} 已经办结。`,
    meaning: '办结的不合格结果不再复检。',
    next: '有新的情况请按新的委托收样。',
  };
}
