import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  anyRow,
  commissionRow,
  insertCommission,
  count,
  openTestStore,
  personRow,
  tamper,
  tester,
  type TestStore,
} from '../../tests/support/testStore.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { queue } from '../core/provincial/outbox.ts';
import { openReadOnly } from './readOnly.ts';
import { requireRow, type Store } from './store.ts';
import type { TableName } from './tables.ts';
import type { Transaction } from './transaction.ts';
import { verifyStore } from './verify.ts';

let opened: TestStore;
let store: Store;
beforeEach(() => {
  opened = openTestStore();
  store = opened.store;
});
afterEach(() => opened.remove());

const watched = ['commission', 'numberIssued', 'numberSeries', 'outbox', 'audit', 'changeFeed', 'searchText'] as const;
const everything = () => Object.fromEntries(watched.map((table) => [table, count(store, table)]));

function receive(tx: Transaction): string {
  const commissionNo = tx.number('commission', '2026-11-23', 'commission');
  insertCommission(tx, commissionRow(commissionNo));
  queue(tx, { kind: 'commission', commissionNo, key: commissionNo, payload: { commissionNo } });
  return commissionNo;
}

describe('all or nothing', () => {
  test('row, audit, outbox, number, search text and feed are written together', () => {
    const before = everything();
    const commissionNo = store.transact(tester, receive);
    expect(commissionNo).toBe('WT2026-00001');
    const after = everything();
    for (const table of watched) expect(after[table], table).toBeGreaterThan(before[table] ?? 0);
  });

  test('an error in the middle leaves nothing, not even a number', () => {
    const before = everything();
    const work = (tx: Transaction) => {
      receive(tx);
      throw new Error('power');
    };
    expect(() => store.transact(tester, work)).toThrow('power');
    expect(everything()).toEqual(before);
    expect(store.transact(tester, receive)).toBe('WT2026-00001');
  });

  test('a refusal by the database in the middle leaves nothing', () => {
    store.transact(tester, receive);
    const before = everything();
    const work = (tx: Transaction) => {
      tx.insert('person', personRow('P001'));
      insertCommission(tx, commissionRow('WT2026-00001'));
    };
    expect(() => store.transact(tester, work)).toThrow(AppError);
    expect(everything()).toEqual(before);
    expect(count(store, 'person')).toBe(0);
  });

  test('asynchronous work is refused and rolled back', () => {
    const before = everything();
    const work = (tx: Transaction) => {
      receive(tx);
      return Promise.resolve();
    };
    expect(() => store.transact(tester, work)).toThrow(TypeError);
    expect(everything()).toEqual(before);
  });

  test('a transaction inside a transaction is refused: its listeners would hear of what may still be rolled back', () => {
    const work = () => store.transact(tester, receive);
    expect(() => store.transact(tester, work)).toThrow('inside a transaction');
    expect(count(store, 'commission')).toBe(0);
  });

  test('a listener that fails does not make a committed transaction look failed', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const heard: number[] = [];
    store.onCommit(() => {
      throw new Error('window is gone');
    });
    store.onCommit((seq) => heard.push(seq));
    expect(store.transact(tester, receive)).toBe('WT2026-00001');
    expect(heard).toEqual([store.sequence()]);
    expect((await warned).message).toContain('window is gone');
  });
});

describe('numbers', () => {
  test('continuous across rollback and restart, a series a year, a void keeps its number', () => {
    const draw = (day: string) => store.transact(tester, (tx) => tx.number('report', day, 'report'));
    expect([draw('2026-12-30'), draw('2026-12-31')]).toEqual(['BG2026-00001', 'BG2026-00002']);
    const failing = (tx: Transaction) => {
      tx.number('report', '2026-12-31', 'report');
      throw new Error('no');
    };
    expect(() => store.transact(tester, failing)).toThrow('no');
    store.transact(tester, (tx) => tx.voidNumber('BG2026-00002', '重复登记'));
    store = opened.reopen();
    expect([draw('2026-12-31'), draw('2027-01-01')]).toEqual(['BG2026-00003', 'BG2027-00001']);
    expect(store.get('numberIssued', 'BG2026-00002')?.['voidReason']).toBe('重复登记');
    expect(verifyStore(store.database).firstFault).toBeNull();
  });

  test('lengths stay within those of the platform', () => {
    for (const series of ['commission', 'sample', 'record', 'run', 'report', 'modification', 'unqualified'] as const) {
      const number = store.transact(tester, (tx) => tx.number(series, '2026-01-01', series));
      expect(number.length).toBeLessThanOrEqual(series === 'record' ? 20 : 25);
    }
  });
});

describe('audit entries', () => {
  test('who, where, what, old, new and why', () => {
    store.transact(tester, (tx) => tx.insert('person', personRow('P001')));
    const changed = store.transact(tester, (tx) =>
      tx.update('person', 'P001', { name: '何婉仪', state: 'active' }, '平台更正姓名'),
    );
    expect(changed).toBe(true);
    const entries = store.all(`SELECT * FROM audit WHERE entity = 'person' ORDER BY seq`);
    expect(entries).toHaveLength(2);
    expect(entries[1]).toMatchObject({
      actor: tester.actor,
      workstation: tester.workstation,
      action: 'update',
      field: 'name',
      oldValue: '"梁志远"',
      newValue: '"何婉仪"',
      reason: '平台更正姓名',
    });
    expect(store.transact(tester, (tx) => tx.update('person', 'P001', { name: '何婉仪' }))).toBe(false);
  });

  test('a secret column appears as a digest only', () => {
    store.transact(tester, (tx) => tx.put('secret', { key: 'platform', sealed: 'very-secret-1' }));
    store.transact(tester, (tx) => tx.put('secret', { key: 'platform', sealed: 'very-secret-2' }));
    const text = JSON.stringify(store.all('SELECT * FROM audit'));
    expect(text).not.toContain('very-secret');
    expect(text).toContain('sha256:');
    expect(verifyStore(store.database).ok).toBe(true);
  });
});

describe('the change feed', () => {
  test('one place for a document, the newest sequence, a revision that counts', () => {
    store.transact(tester, (tx) => tx.insert('person', personRow('P001')));
    const first = store.first(`SELECT * FROM changeFeed WHERE kind = 'people' AND key = 'P001'`);
    store.transact(tester, (tx) => tx.insert('person', personRow('P002')));
    store.transact(tester, (tx) => tx.update('person', 'P001', { name: '何婉仪' }));
    const rows = store.all(`SELECT * FROM changeFeed WHERE kind = 'people' ORDER BY seq`);
    expect(rows.map((row) => row['key'])).toEqual(['P002', 'P001']);
    expect(Number(rows[1]?.['seq'])).toBeGreaterThan(Number(first?.['seq']));
    expect(rows[1]?.['revision']).toBe(2);
    expect(store.sequence()).toBe(rows[1]?.['seq']);
  });

  test('the identity of the store survives a restart and differs from another one', () => {
    const { epoch } = store;
    store = opened.reopen();
    expect(store.epoch).toBe(epoch);
    const other = openTestStore();
    expect(other.store.epoch).not.toBe(epoch);
    other.remove();
  });
});

describe('what cannot be edited, tried with raw SQL', () => {
  const appendOnly = ['run', 'runMark', 'signature', 'modification', 'printLog', 'outboxAttempt'] as const;
  const kept = [
    'commission', 'sample', 'task', 'testRecord', 'report', 'reportRecord', 'numberIssued', 'numberSeries', 'outbox',
    'userAccount', 'institution', 'item', 'person', 'personQualification', 'equipment', 'project', 'contract',
    'unqualified', 'setting', 'media',
  ] as const; // prettier-ignore

  function plant(table: TableName, changes = {}): void {
    const row = anyRow(store.database, table, changes);
    const columns = Object.keys(row);
    tamper(store.database, `DELETE FROM draft`);
    store.database.pragma('foreign_keys = OFF');
    // In the very file: without the triggers that ask for a decision of the gate.
    const gate = store.first(`SELECT sql FROM sqlite_master WHERE name = '${table}_gated'`)?.['sql'];
    store.database.exec(`DROP TRIGGER IF EXISTS ${table}_gated`);
    store.database
      .prepare(
        `INSERT INTO ${table} (${columns.join(',')}) VALUES (${columns.map((column) => `@${column}`).join(',')})`,
      )
      .run(row);
    if (gate !== undefined) store.database.exec(String(gate));
    store.database.pragma('foreign_keys = ON');
  }
  const attempt = (sql: string) => () => store.transact(tester, () => void store.database.exec(sql));
  const refusal = (work: () => unknown) => {
    try {
      work();
    } catch (cause) {
      return cause instanceof AppError ? cause.code : String(cause);
    }
    return 'done';
  };

  test.each(appendOnly)('%s refuses UPDATE and DELETE', (table) => {
    plant(table);
    const column = Object.keys(anyRow(store.database, table)).at(-1);
    expect(refusal(attempt(`UPDATE ${table} SET ${column} = ${column}`))).toBe('STORE_IMMUTABLE');
    expect(refusal(attempt(`DELETE FROM ${table}`))).toBe('STORE_IMMUTABLE');
    expect(count(store, table)).toBe(1);
  });

  test('the audit table refuses UPDATE and DELETE', () => {
    const before = count(store, 'audit');
    expect(refusal(attempt(`UPDATE audit SET reason = 'x'`))).toBe('STORE_IMMUTABLE');
    expect(refusal(attempt('DELETE FROM audit'))).toBe('STORE_IMMUTABLE');
    expect(count(store, 'audit')).toBe(before);
  });

  test.each(kept)('%s refuses DELETE', (table) => {
    plant(table);
    expect(refusal(attempt(`DELETE FROM ${table}`))).toBe('STORE_IMMUTABLE');
  });

  test('a question that would write is refused before it runs', () => {
    store.transact(tester, (tx) => tx.insert('person', personRow('P001')));
    for (const sql of [`UPDATE person SET name = '别人' RETURNING name`, `DELETE FROM draft RETURNING 1`]) {
      const ask = (ask: Pick<Transaction, 'all' | 'first'>) => [() => ask.all(sql), () => ask.first(sql)];
      for (const work of [...ask(store), ...store.transact(tester, (tx) => ask(tx))])
        expect(refusal(work)).toContain('only questions');
    }
    expect(store.get('person', 'P001')?.['name']).toBe('梁志远');
  });

  test('INSERT OR REPLACE does not get past the triggers', () => {
    plant('signature');
    const row = anyRow(store.database, 'signature', { personName: '别人' });
    const replace = `INSERT OR REPLACE INTO signature (${Object.keys(row).join(',')}) VALUES (${Object.values(row)
      .map((value) => (typeof value === 'number' ? value : `'${value}'`))
      .join(',')})`;
    expect(refusal(attempt(replace))).not.toBe('done');
    expect(store.first('SELECT personName FROM signature')?.['personName']).toBe('x');
  });

  test('an approved record and report are frozen, a code is given once, an issued number keeps its place', () => {
    plant('testRecord', { state: 'approved' });
    plant('report', { state: 'approved', code: 'A' });
    plant('numberIssued');
    for (const sql of [
      `UPDATE testRecord SET resultJson = '{}'`,
      `UPDATE testRecord SET temperatureC = '1'`,
      `UPDATE report SET contentJson = '{}'`,
      `UPDATE report SET code = 'B'`,
      `UPDATE report SET verifyUrl = 'B'`,
      'UPDATE numberIssued SET n = 9',
    ])
      expect(refusal(attempt(sql)), sql).toBe('STORE_IMMUTABLE');
    expect(refusal(attempt(`UPDATE report SET state = 'filed'`))).toBe('done');
  });
});

describe('how the file is opened', () => {
  test('WAL, FULL, foreign keys, no automatic checkpoint', () => {
    const pragma = (name: string) => store.database.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('wal_autocheckpoint')).toBe(0);
  });

  test('a reader sees one moment while the store goes on writing', () => {
    store.transact(tester, receive);
    const reader = openReadOnly(opened.folder);
    expect(reader.first('SELECT count(*) AS n FROM commission')?.['n']).toBe(1);
    store.transact(tester, receive);
    expect(reader.first('SELECT count(*) AS n FROM commission')?.['n']).toBe(1);
    expect(verifyStore(reader.database).firstFault).toBeNull();
    reader.close();
    const later = openReadOnly(opened.folder);
    expect(later.first('SELECT count(*) AS n FROM commission')?.['n']).toBe(2);
    later.close();
  });

  test('a missing row is named', () => {
    expect(() => requireRow(store.get('commission', 'WT2026-09999'), '委托单', 'WT2026-09999')).toThrow(
      '没有找到委托单 WT2026-09999',
    );
  });
});
