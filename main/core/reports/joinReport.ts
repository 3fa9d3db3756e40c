// A checked record joins the report of its commission: one report per item and testing day, drafted with the first
// record and numbered at once, so that the numbers stay continuous whatever becomes of it.
import { methodById } from '../../../shared/methods/index.ts';
import { requireRow } from '../../store/store.ts';
import type { Row, Value } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { titleSuffix } from '../retests/paperWords.ts';

export const reportKeyOf = (reportNo: string, revision: number): string => `${reportNo}#${revision}`;

export function joinReport(tx: Transaction, recordNo: string, at: string): string {
  const record = requireRow(tx.get('testRecord', recordNo), '原始记录', recordNo);
  if (record['reportKey'] !== null) return String(record['reportKey']);
  const task = requireRow(tx.get('task', record['taskId'] ?? ''), '检测任务', record['taskId'] ?? '');
  // What was added later is a report of its own, whatever falls due on the same day.
  const added = tx.get('supplement', task['taskId'] ?? '') === undefined ? 0 : 1;
  const open = tx.first(
    `SELECT reportKey FROM report WHERE commissionNo = ? AND itemCode = ? AND dueOn = ? AND state = 'draft' AND revision = 1
       AND NOT EXISTS (SELECT 1 FROM reportRecord JOIN testRecord USING (recordNo)
         WHERE reportRecord.reportKey = report.reportKey AND testRecord.state = 'approved')
       AND EXISTS (SELECT 1 FROM reportRecord JOIN testRecord USING (recordNo) JOIN supplement USING (taskId)
         WHERE reportRecord.reportKey = report.reportKey) = ?`,
    record['commissionNo'] ?? '',
    record['itemCode'] ?? '',
    task['dueOn'] ?? '',
    added,
  );
  const reportKey = open ? String(open['reportKey']) : draftReport(tx, record, String(task['dueOn']), at);
  tx.insert('reportRecord', { reportKey, recordNo });
  return reportKey;
}

/** 钻芯法检测混凝土强度 says already that it is a test. */
const reportTitle = (name: string): string => `${name}${name.includes('检测') ? '' : '检测'}报告`;

function draftReport(tx: Transaction, record: Row, dueOn: string, at: string): string {
  const reportNo = tx.number('report', at.slice(0, 10), 'report');
  const row = draftRow({
    reportNo,
    revision: 1,
    commissionNo: record['commissionNo'] ?? '',
    itemCode: record['itemCode'] ?? '',
    dueOn,
    title: `${reportTitle(methodById(String(record['methodId'])).name)}${titleSuffix(tx, record)}`,
    at,
  });
  tx.insert('report', row);
  return reportKeyOf(reportNo, 1);
}

export interface DraftInput {
  reportNo: string;
  revision: number;
  commissionNo: Value;
  itemCode: Value;
  dueOn: Value;
  title: string;
  at: string;
}

/** A revision that nobody has approved yet. */
export function draftRow({ at, ...input }: DraftInput): Row {
  return {
    reportKey: reportKeyOf(input.reportNo, input.revision),
    ...input,
    state: 'draft',
    draftJson: JSON.stringify({ conclusionText: '', alarming: false }),
    contentJson: null,
    payloadDigest: null,
    contentSha256: null,
    codedSha256: null,
    code: null,
    verifyUrl: null,
    codeIssuedAt: null,
    approvedAt: null,
    approverId: null,
    approverName: null,
    filedAt: null,
    waitingFor: null,
    returnedReason: null,
    createdAt: at,
  };
}
