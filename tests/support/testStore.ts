// A store in a folder of its own, and rows for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { openStore, type Store } from '../../main/store/store.ts';
import type { Row, TableName, Value } from '../../main/store/tables.ts';
import type { Transaction } from '../../main/store/transaction.ts';

export const tester = { actor: '测试员(test)', workstation: '测试工位' } as const;

export interface TestStore {
  folder: string;
  store: Store;
  reopen(): Store;
  remove(): void;
}

export function openTestStore(): TestStore {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-store-'));
  const test: TestStore = {
    folder,
    store: openStore(folder, tester),
    reopen() {
      test.store.close();
      test.store = openStore(folder, tester);
      return test.store;
    },
    remove() {
      test.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return test;
}

export const commissionRow = (commissionNo: string, changes: Row = {}): Row => ({
  commissionNo,
  projectId: 'G001',
  projectName: '云岭花园二期 3 号住宅楼',
  supervisionCode: 'YJD-2026-0117',
  contractNo: null,
  clientUnit: '云岭置业发展有限公司',
  ownerUnit: '云岭置业发展有限公司',
  contractorUnit: '云岭第三建筑工程有限公司',
  supervisorUnit: '云岭工程监理有限公司',
  witnessUnit: '云岭工程监理有限公司',
  witnessName: '苏明',
  witnessCertNo: 'JZ-2025-0331',
  samplerName: '周立',
  commissionedByOwner: 1,
  testCategory: '见证取样',
  siteAddress: '',
  remarks: null,
  receivedAt: '2026-11-23T09:00:00.000+08:00',
  receiverId: 'P006',
  receiverName: '陈晓彤',
  platformState: 'active',
  platformReason: null,
  gateJson: '{}',
  ...changes,
});

/** What the gate leaves behind when it allows: without it, nothing that it decides about can be written. */
export const decisionRow = (entity: string, entityKey: string, moment: string, changes: Row = {}): Row => ({
  decisionId: `${moment}/${entity}/${entityKey}`,
  moment,
  entity,
  entityKey,
  at: '2026-11-23T09:00:00.000+08:00',
  personId: null,
  equipmentIdsJson: '[]',
  allowed: 1,
  snapshot: null,
  snapshotFetchedAt: null,
  findingsJson: '[]',
  ...changes,
});

/** A commission with the decision that allowed it. */
export function insertCommission(tx: Transaction, row: Row): void {
  tx.insert('gateDecision', decisionRow('commission', String(row['commissionNo']), 'reception'));
  tx.insert('commission', row);
}

export const personRow = (personId: string, changes: Row = {}): Row => ({
  personId,
  name: '梁志远',
  certificateNo: '粤建检培字第 1 号',
  state: 'active',
  version: 1,
  ...changes,
});

/** Any row that the table's columns take; foreign keys are not looked at. */
export function anyRow(db: Database, table: TableName, changes: Row = {}): Row {
  const columns = db.pragma(`table_info(${table})`) as { name: string; type: string }[];
  const row = Object.fromEntries(
    columns.map(({ name, type }): [string, Value] => [name, type === 'INTEGER' ? 1 : 'x']),
  );
  return { ...row, ...changes };
}

/** What somebody with the file in hand could do: raw SQL beside the one way in. */
export function tamper(db: Database, ...statements: string[]): void {
  db.pragma('foreign_keys = OFF');
  try {
    for (const statement of statements) db.exec(statement);
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

/** Runs statements with a table's triggers out of the way and puts them back as they were. */
export function tamperPastTriggers(db: Database, table: TableName, ...statements: string[]): void {
  const triggers = db
    .prepare<[string], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?`,
    )
    .all(table);
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  tamper(db, ...statements);
  for (const { sql } of triggers) db.exec(sql);
}

export const count = (store: Pick<Store, 'first'>, table: TableName | 'audit' | 'changeFeed' | 'searchText'): number =>
  Number(store.first(`SELECT count(*) AS n FROM ${table}`)?.['n']);
