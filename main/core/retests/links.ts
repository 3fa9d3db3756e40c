// How retests and supplements stand, read from their records: nothing of it is stored twice, so that it cannot differ.
import type { RetestLink, SupplementLink } from '../../../shared/retests/calls.ts';
import { jsonOf, nullableText, textOf as text } from '../../store/cells.ts';
import type { Row, Value } from '../../store/tables.ts';
import { platformParameter } from '../catalogue.ts';
import { recordFacts } from '../records/recordRows.ts';
import type { Reader } from '../records/runRows.ts';
import { reportOfRecord } from './first.ts';

type Results = RetestLink['results'];

/** Signed results of a record; of the given parameters only, by the platform's codes. */
export function resultsOf(reader: Reader, recordNo: string, codes?: readonly string[]): Results {
  const { result, sample } = recordFacts(reader, recordNo);
  return (result?.parameters ?? [])
    .filter(({ parameterCode }) => codes?.includes(platformParameter(reader, sample, parameterCode)) ?? true)
    .map(({ name, value, verdict }) => ({ name, value: value ?? '试验结果无效', verdict }));
}

/** The platform's names of parameters. */
export function parameterNames(reader: Reader, itemCode: string, codes: readonly string[]): string[] {
  const item = reader.get('item', itemCode);
  const known = item ? jsonOf<{ code: string; name: string }[]>(item['parametersJson']) : [];
  return codes.map((code) => known.find((one) => one.code === code)?.name ?? code);
}

/** What became of a task: its record, its report, its verdict once it is signed. */
function standingOf(reader: Reader, task: Row | undefined, commissionNo: Value) {
  const recordNo = nullableText(task?.['recordNo'] ?? null);
  const facts = recordNo === null ? null : recordFacts(reader, recordNo);
  const voided = reader.get('commission', commissionNo)?.['platformState'] === 'voided';
  const state = text(task?.['state'] ?? 'waiting') as RetestLink['state'];
  const signed = facts !== null && facts.row['state'] !== 'testing';
  return {
    recordNo,
    reportNo: recordNo === null ? null : nullableText(reportOfRecord(reader, recordNo)?.['reportNo'] ?? null),
    state: voided ? ('voided' as const) : state,
    verdict: signed ? (facts.result?.verdict ?? null) : null,
    results: signed && recordNo !== null ? resultsOf(reader, recordNo) : [],
  };
}

function retestOf(reader: Reader, row: Row): RetestLink {
  const sampleNo = text(row['sampleNo']);
  const firstRecordNo = text(row['firstRecordNo']);
  const first = reader.get('testRecord', firstRecordNo);
  const age = reader.get('task', first?.['taskId'] ?? '')?.['ageDays'] ?? null;
  const codes = jsonOf<string[]>(row['parameterCodesJson']);
  // A sample of several ages has a task for each: the one of the first result's age answers it.
  const task = reader.first('SELECT * FROM task WHERE sampleNo = ? AND ageDays IS ? ORDER BY dueOn LIMIT 1', sampleNo, age); // prettier-ignore
  return {
    ...standingOf(reader, task, row['commissionNo'] ?? ''),
    commissionNo: text(row['commissionNo']),
    sampleNo,
    firstRecordNo,
    firstReportNo: text(reportOfRecord(reader, firstRecordNo)?.['reportNo'] ?? row['firstReportNo']),
    firstSampleNo: text(first?.['sampleNo']),
    firstResults: resultsOf(reader, firstRecordNo, codes),
    parameterNames: parameterNames(reader, text(first?.['itemCode']), codes),
    basis: text(row['basis']) as RetestLink['basis'],
    clause: nullableText(row['clause']),
    says: text(row['says']),
    quantity: text(row['quantity']),
    reason: nullableText(row['reason']),
    begunBy: text(row['begunBy']),
    begunAt: text(row['begunAt']),
  };
}

export const retestsOfRecord = (reader: Reader, recordNo: string): RetestLink[] =>
  reader
    .all('SELECT * FROM retest WHERE firstRecordNo = ? ORDER BY begunAt', recordNo)
    .map((row) => retestOf(reader, row));

/** The retest that a sample is for. */
export function retestOfSample(reader: Reader, sampleNo: string): RetestLink | null {
  const row = reader.get('retest', sampleNo);
  return row === undefined ? null : retestOf(reader, row);
}

function supplementOf(reader: Reader, row: Row): SupplementLink {
  const firstRecordNo = text(row['firstRecordNo']);
  const task = reader.get('task', row['taskId'] ?? '');
  const commissionNo = task?.['commissionNo'] ?? '';
  return {
    ...standingOf(reader, task, commissionNo),
    commissionNo: text(commissionNo),
    sampleNo: text(row['sampleNo']),
    firstRecordNo,
    firstReportNo: text(reportOfRecord(reader, firstRecordNo)?.['reportNo']),
    parameterNames: parameterNames(reader, text(task?.['itemCode']), jsonOf<string[]>(row['parameterCodesJson'])),
    reason: text(row['reason']),
    begunBy: text(row['begunBy']),
    begunAt: text(row['begunAt']),
  };
}

export const supplementsOfRecord = (reader: Reader, recordNo: string): SupplementLink[] =>
  reader
    .all('SELECT * FROM supplement WHERE firstRecordNo = ? ORDER BY begunAt', recordNo)
    .map((row) => supplementOf(reader, row));

export function supplementOfTaskId(reader: Reader, taskId: Value | undefined): SupplementLink | null {
  const row = reader.get('supplement', taskId ?? '');
  return row === undefined ? null : supplementOf(reader, row);
}
