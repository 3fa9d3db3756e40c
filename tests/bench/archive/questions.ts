// What screens ask of a store of years: lists, filters, searches, the morning's figures; beside each the SQL that one would
// write by hand for the same rows, without contract, permission, schema and projection.
import type { CallName } from '../../../shared/contract/calls.ts';

export interface Question {
  what: string;
  call: CallName;
  input: unknown;
  sql: string;
  parameters: readonly (string | number)[];
}

const limit = 50;
const recordColumns = `SELECT recordNo, testRecord.commissionNo, testRecord.sampleNo, projectName, grade, testRecord.state, testedAt, resultJson
  FROM testRecord JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = testRecord.commissionNo`;
const byWords = `(commission.projectName LIKE @w OR commission.clientUnit LIKE @w OR commission.contractorUnit LIKE @w OR commission.commissionNo LIKE @w)`;

const records = (what: string, input: Record<string, unknown>, where: string, ...parameters: string[]): Question => ({
  what: `records: ${what}`,
  call: 'records.search',
  input: { text: '', limit, ...input },
  sql: `${recordColumns} ${where} ORDER BY recordNo DESC LIMIT ${limit}`,
  parameters,
});
/** By hand one would look through the words of every commission. */
const found = (what: string, word: string): Question =>
  records(
    what,
    { text: word },
    `WHERE ${byWords.replaceAll('@w', '?')} OR recordNo LIKE ? OR testRecord.sampleNo LIKE ?`,
    ...Array.from({ length: 6 }, () => `%${word}%`),
  );

export const questions: readonly Question[] = [
  records('newest page', {}, ''),
  records('a page from the middle', { cursor: 'JA000000500#00500' }, 'WHERE recordNo < ?', 'JA000000500#00500'),
  records('state 已批准', { state: 'approved' }, `WHERE testRecord.state = 'approved'`),
  records('state 待校核 (none or few)', { state: 'tested' }, `WHERE testRecord.state = 'tested'`),
  found('a number, whole', 'JA000000123#'),
  found('a rare project, five characters', '瀚海观测站'),
  found('a common project, five characters', '江湾路人行天桥'),
  found('a rare project, two characters', '瀚海'),
  found('a common project, two characters', '江湾'),
  found('a word that is nowhere, four characters', '查无此项'),
  found('a word that is nowhere, two characters', '查无'),
  {
    what: 'reports: newest page',
    call: 'reports.search',
    input: { text: '', limit },
    sql: `SELECT reportNo, revision, commissionNo, projectName, report.state, code, approvedAt FROM report JOIN commission USING (commissionNo)
      ORDER BY reportKey DESC LIMIT ${limit}`,
    parameters: [],
  },
  {
    what: 'reports: a rare project',
    call: 'reports.search',
    input: { text: '瀚海观测站', limit },
    sql: `SELECT reportNo, revision, commissionNo, projectName, report.state, code, approvedAt FROM report JOIN commission USING (commissionNo)
      WHERE projectName LIKE ? ORDER BY reportKey DESC LIMIT ${limit}`,
    parameters: ['%瀚海观测站%'],
  },
  {
    what: 'commissions: a common project',
    call: 'commissions.search',
    input: { text: '江湾路人行天桥', limit },
    sql: `SELECT commissionNo, projectName, clientUnit, receivedAt, platformState FROM commission WHERE projectName LIKE ?
      ORDER BY commissionNo DESC LIMIT ${limit}`,
    parameters: ['%江湾路人行天桥%'],
  },
  {
    what: '一览: all figures, 30 days',
    call: 'overview.read',
    input: { span: 30 },
    sql: `SELECT state, count(*) FROM testRecord WHERE testedAt >= date('now', '-30 days') GROUP BY state`,
    parameters: [],
  },
  {
    what: '任务: what is due now',
    call: 'tasks.list',
    input: { range: 'now' },
    sql: `SELECT task.*, sample.grade, commission.projectName FROM task JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = task.commissionNo
      WHERE task.state IN ('waiting', 'testing') AND dueOn <= date('now', '+8 hours') ORDER BY dueOn LIMIT 200`,
    parameters: [],
  },
  {
    what: '任务: the day of most work, 200 of its rows',
    call: 'tasks.list',
    input: { range: 'day' },
    sql: `SELECT task.*, sample.grade, commission.projectName FROM task JOIN sample USING (sampleNo) JOIN commission ON commission.commissionNo = task.commissionNo
      WHERE dueOn = date('now', '+8 hours') ORDER BY task.sampleNo LIMIT 200`,
    parameters: [],
  },
  {
    what: '不合格台账: first page',
    call: 'unqualified.list',
    input: { part: 'all', text: '', limit },
    sql: `SELECT * FROM unqualified ORDER BY ledgerNo DESC LIMIT ${limit}`,
    parameters: [],
  },
];
