// The commission information of a report, twice: as it stood when the newest revision was approved, and as it stands now. The
// two differ when a change order of another report of the same commission has changed it since.
import {
  commissionFields,
  labelOfField,
  sampleFields,
  samplePath,
  type FieldPath,
} from '../../../shared/afterIssue/fields.ts';
import type { ChangeField } from '../../../shared/afterIssue/calls.ts';
import { jsonOf, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Reader } from '../records/runRows.ts';

export interface FieldValue {
  field: string;
  label: string;
  /** On the newest approved revision. */
  onReport: string;
  now: string;
}

/** A revision whose change order was withdrawn is none. */
export const newestRevision = (reader: Reader, reportNo: string): Row | undefined =>
  reader.first(
    `SELECT * FROM report WHERE reportNo = ? AND state <> 'withdrawn' ORDER BY revision DESC LIMIT 1`,
    reportNo,
  );

export function samplesOfReport(reader: Reader, reportKey: string): string[] {
  return reader
    .all(
      'SELECT DISTINCT sampleNo FROM reportRecord JOIN testRecord USING (recordNo) WHERE reportRecord.reportKey = ? ORDER BY sampleNo',
      reportKey,
    )
    .map((row) => text(row['sampleNo']));
}

function valueNow(reader: Reader, commissionNo: string, path: FieldPath): string {
  const row = path.of === 'commission' ? reader.get('commission', commissionNo) : reader.get('sample', path.sampleNo);
  return text(row?.[path.field]);
}

/** What was changed in the commission since the revision was approved: path → the value before. */
function changedSince(reader: Reader, report: Row): Map<string, string> {
  const before = new Map<string, string>();
  const orders = reader.all(
    `SELECT fieldsJson FROM changeOrder WHERE commissionNo = ? AND state = 'approved' AND decidedAt > ?
       AND changeNo NOT IN (SELECT changeNo FROM changeWithdrawal) ORDER BY decidedAt, changeNo`,
    report['commissionNo'] ?? '',
    report['approvedAt'] ?? '',
  );
  for (const order of orders) {
    for (const { field, oldValue } of jsonOf<ChangeField[]>(order['fieldsJson']))
      if (!before.has(field)) before.set(field, oldValue);
  }
  return before;
}

export function fieldValues(reader: Reader, report: Row): FieldValue[] {
  const commissionNo = text(report['commissionNo']);
  const before = changedSince(reader, report);
  const of = (field: string, path: FieldPath): FieldValue => {
    const now = valueNow(reader, commissionNo, path);
    return { field, label: labelOfField(field), onReport: before.get(field) ?? now, now };
  };
  return [
    ...commissionFields.map((field) => of(field, { of: 'commission', field })),
    ...samplesOfReport(reader, text(report['reportKey'])).flatMap((sampleNo) =>
      sampleFields.map((field) => of(samplePath(sampleNo, field), { of: 'sample', sampleNo, field })),
    ),
  ];
}
