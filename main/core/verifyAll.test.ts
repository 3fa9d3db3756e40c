// What an inspector can find out without trusting the program's screens: every place that could be changed by hand.
import { appendFileSync, copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  approve,
  eventually,
  openAt,
  press,
  receive,
  signCheck,
  signTest,
  testedGroup,
} from '../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../tests/support/testCore.ts';
import { tamper, tamperPastTriggers } from '../../tests/support/testStore.ts';
import { auditHash, type AuditEntry } from '../store/audit.ts';
import { openReadOnly, type ReadStore } from '../store/readOnly.ts';
import type { TableName } from '../store/tables.ts';
import Database from 'better-sqlite3';
import { verifyAll } from './verifyAll.ts';

let lab: TestCore;
let reportNo: string;
let good: string;
const folders = () => ({ runsFolder: join(lab.folder, 'runs'), reportsFolder: join(lab.folder, 'reports') });
const database = () => join(lab.folder, 'jiantai.sqlite');

async function fault(): Promise<string | null> {
  const store: ReadStore = openReadOnly(lab.folder);
  try {
    return (await verifyAll(store, folders())).firstFault;
  } finally {
    store.close();
  }
}

/** One filed report, one record below grade, one interrupted run; then the program is closed. */
beforeAll(async () => {
  lab = await openTestCore();
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  reportNo = await approve(lab, record.recordNo);
  await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
  const low = await testedGroup(lab, { loads: ['610.00', '600.00', '590.00'] });
  await signTest(lab, low.record.recordNo);
  const [received] = await receive(lab);
  const technician = await lab.as('jiance');
  await press(lab, technician, openAt(lab, technician, received?.taskId ?? ''), 1, '765.00', { cutOff: true });
  await lab.core.stop();
  good = join(lab.folder, 'good.sqlite');
  copyFileSync(database(), good);
});
afterAll(async () => {
  copyFileSync(good, database());
  await lab.restart().catch(() => undefined);
  await lab.stop();
});
beforeEach(() => copyFileSync(good, database()));

function byHand(table: TableName, ...statements: string[]): void {
  const db = new Database(database());
  tamperPastTriggers(db, table, ...statements);
  db.close();
}
const first = (sql: string): string => {
  const db = new Database(database(), { readonly: true });
  const value = db.prepare(sql).pluck().get();
  db.close();
  return String(value);
};

test('untouched: everything is counted and valid', async () => {
  const store = openReadOnly(lab.folder);
  const { ok, checked, firstFault } = await verifyAll(store, folders());
  store.close();
  expect(firstFault).toBeNull();
  expect(ok).toBe(true);
  expect(checked).toMatchObject({ runs: 7, signatures: 4 });
});

async function whileChanged(path: string, change: () => void, words: RegExp | string): Promise<void> {
  const bytes = readFileSync(path);
  change();
  try {
    expect(await fault()).toMatch(words);
  } finally {
    writeFileSync(path, bytes);
  }
  expect(await fault()).toBeNull();
}
const runPath = (where: string) => join(lab.folder, 'runs', first(`SELECT file FROM run WHERE ${where} LIMIT 1`));

test('one bit of a run file', async () => {
  const path = runPath(`validity = 'valid'`);
  const bytes = readFileSync(path);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 1;
  await whileChanged(path, () => writeFileSync(path, bytes), /采集 CJ\d+-\d+ 的原始文件有问题/);
});

test('a run file cut short, and one with bytes behind its end', async () => {
  const path = runPath(`validity = 'valid'`);
  const bytes = readFileSync(path);
  await whileChanged(path, () => writeFileSync(path, bytes.subarray(0, bytes.length - 40)), '的原始文件');
  await whileChanged(path, () => appendFileSync(path, 'x'), '的原始文件');
});

test('bytes behind the last whole block of an interrupted run', async () => {
  const path = runPath(`validity = 'interrupted'`);
  await whileChanged(path, () => appendFileSync(path, 'x'), '与入库时的摘要不符');
});

test('a run file exchanged for another whole one, and one that is gone', async () => {
  const path = runPath(`validity = 'valid' ORDER BY runNo`);
  const other = runPath(`validity = 'valid' ORDER BY runNo DESC`);
  await whileChanged(path, () => copyFileSync(other, path), '的原始文件');
  const away = `${path}.away`;
  renameSync(path, away);
  expect(await fault()).toContain('不见了');
  renameSync(away, path);
});

test.each(['contentSha256', 'codedSha256'])('a report file (%s) changed', async (column) => {
  const path = join(lab.folder, 'reports', `${first(`SELECT ${column} FROM report WHERE ${column} IS NOT NULL`)}.pdf`);
  const text = readFileSync(path);
  text[text.length - 10] = (text[text.length - 10] ?? 0) ^ 1;
  await whileChanged(path, () => writeFileSync(path, text), /报告 BG\d+-\d+ 的文件 .* 被改动过/);
});

test.each<[string, TableName, string, string]>([
  [
    'the person of a signature',
    'signature',
    `UPDATE signature SET personName = '别人' WHERE meaning = 'check'`,
    'signature',
  ],
  ['a signature removed', 'signature', `DELETE FROM signature WHERE meaning = 'approve'`, '被删除'],
  ['the peak of a run', 'run', `UPDATE run SET peakKn = '999.00' WHERE runNo LIKE '%1'`, 'peakKn'],
  [
    'the result of a record',
    'testRecord',
    `UPDATE testRecord SET resultJson = replace(resultJson, '26.7', '36.7')`,
    'resultJson',
  ],
  ['a modification removed', 'unqualified', 'DELETE FROM unqualified', '被删除'],
  ['a code on another report', 'report', `UPDATE report SET code = 'X' WHERE code IS NOT NULL`, 'code'],
])('%s', async (_, table, sql, words) => {
  byHand(table, sql);
  expect(await fault()).toContain(words);
});

/** Somebody who knows the program: changes the row and writes a fitting audit entry, with the chain made anew. */
function forge(table: TableName, key: string, field: string, value: string): void {
  const db = new Database(database());
  const [head] = db.prepare('SELECT * FROM audit ORDER BY seq DESC LIMIT 1').all() as AuditEntry[];
  if (!head) throw new Error('no audit');
  const entry = { ...head, seq: head.seq + 1, action: 'update', entity: table, entityKey: key, field, oldValue: null, newValue: JSON.stringify(value), reason: null, previousHash: head.hash }; // prettier-ignore
  const hash = auditHash(entry);
  const keyColumn = { run: 'runId', testRecord: 'recordNo', report: 'reportKey' }[table as 'run'];
  tamperPastTriggers(
    db,
    table,
    `UPDATE ${table} SET ${field} = '${value.replaceAll("'", "''")}' WHERE ${keyColumn} = '${key}'`,
  );
  db.prepare(
    `INSERT INTO audit VALUES (@seq, @at, @actor, @workstation, @action, @entity, @entityKey, @field, @oldValue, @newValue, @reason, @previousHash, @hash)`,
  ).run({ ...entry, hash });
  db.close();
}

test('a value changed with a fitting audit entry: the signature tells', async () => {
  const recordNo = first(`SELECT recordNo FROM testRecord WHERE state = 'tested'`);
  forge('testRecord', recordNo, 'temperatureC', '25.0');
  expect(await fault()).toContain(`原始记录 ${recordNo} 上 梁志远 的签名与现有内容不符`);
});

test('a peak changed with a fitting audit entry: the signature tells', async () => {
  forge('run', first(`SELECT runId FROM run WHERE runNo LIKE '%1'`), 'peakKn', '999.00');
  expect(await fault()).toContain('签名与现有内容不符');
});

test('frozen content changed with a fitting audit entry: the approval tells', async () => {
  const content = first('SELECT contentJson FROM report').replace('34.3', '44.3');
  forge('report', `${reportNo}#1`, 'contentJson', content);
  expect(await fault()).toContain(`报告 ${reportNo} 的批准签名与冻结的内容不符`);
});

test('a store whose foreign keys were switched off for a change is found by its rows', async () => {
  const db = new Database(database());
  tamper(db, `UPDATE task SET sampleNo = 'YP0000-000000'`);
  db.close();
  expect(await fault()).toContain('sampleNo');
});
