import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  commissionRow,
  insertCommission,
  openTestStore,
  personRow,
  tamper,
  tamperPastTriggers,
  tester,
  type TestStore,
} from '../../tests/support/testStore.ts';
import { auditHash, type AuditEntry } from './audit.ts';
import type { Store } from './store.ts';
import type { Row } from './tables.ts';
import type { Transaction } from './transaction.ts';
import { verifyStore } from './verify.ts';

let opened: TestStore;
let store: Store;
beforeEach(() => {
  opened = openTestStore();
  store = opened.store;
  store.transact(tester, (tx) => {
    for (const name of ['甲', '乙', '丙']) {
      const commissionNo = tx.number('commission', '2026-11-23', 'commission');
      insertCommission(tx, commissionRow(commissionNo, { clientUnit: name }));
    }
    tx.insert('person', personRow('P001'));
    tx.insert('userAccount', {
      userId: 'U1',
      username: 'jiance',
      personId: 'P001',
      passwordHash: 'hash-1',
      rolesJson: '["technician"]',
      disabled: 0,
      createdAt: '2026-11-23T09:00:00.000+08:00',
    });
  });
});
afterEach(() => opened.remove());

const fault = () => verifyStore(store.database).firstFault;
const db = () => store.database;

test('an untouched store is valid and names its head', () => {
  const verification = verifyStore(db());
  expect(verification).toMatchObject({ ok: true, firstFault: null, head: store.auditHead().hash });
  expect(verification.checked.audit).toBe(store.auditHead().seq);
  expect(verification.checked.rows).toBe(11);
});

describe('each tamper is named', () => {
  test('a value edited', () => {
    tamper(db(), `UPDATE commission SET clientUnit = '别人' WHERE commissionNo = 'WT2026-00002'`);
    expect(fault()).toContain('commission WT2026-00002 的 clientUnit');
  });

  test('a secret value edited', () => {
    tamper(db(), `UPDATE userAccount SET passwordHash = 'hash-2'`);
    expect(fault()).toContain('userAccount U1 的 passwordHash');
  });

  test('a row deleted, the trigger put back afterwards', () => {
    tamperPastTriggers(db(), 'commission', `DELETE FROM commission WHERE commissionNo = 'WT2026-00003'`);
    expect(fault()).toContain('commission WT2026-00003 被删除');
  });

  test('a row inserted past the one way in', () => {
    tamper(
      db(),
      `INSERT INTO person (personId, name, certificateNo, state, version) SELECT 'P999', name, certificateNo, state, version FROM person`,
    );
    expect(fault()).toContain('person P999 没有审计记录');
  });

  test('an audit entry changed', () => {
    tamperPastTriggers(db(), 'audit' as never, `UPDATE audit SET actor = '别人' WHERE seq = 3`);
    expect(fault()).toContain('审计链第 3 条');
    expect(fault()).toContain('内容被改动');
  });

  test('an audit entry changed with its own hash made anew', () => {
    const entry = store.first('SELECT * FROM audit WHERE seq = 3') as unknown as AuditEntry;
    const forged = { ...entry, actor: '别人' };
    const hash = auditHash(forged);
    tamperPastTriggers(db(), 'audit' as never, `UPDATE audit SET actor = '别人', hash = '${hash}' WHERE seq = 3`);
    expect(fault()).toContain('审计链第 4 条与前一条不衔接');
  });

  test('an audit entry removed', () => {
    tamperPastTriggers(db(), 'audit' as never, 'DELETE FROM audit WHERE seq = 4');
    expect(fault()).toContain('第 4 条断开');
  });

  test('the last audit entries removed with what they wrote: the numbers show the gap', () => {
    const from = Number(store.first(`SELECT min(seq) AS seq FROM audit WHERE entityKey = 'WT2026-00003'`)?.['seq']);
    tamperPastTriggers(db(), 'audit' as never, `DELETE FROM audit WHERE seq >= ${from}`);
    for (const table of ['commission', 'numberIssued', 'gateDecision'] as const)
      tamperPastTriggers(db(), table, `DELETE FROM ${table} WHERE rowid = (SELECT max(rowid) FROM ${table})`);
    for (const table of ['person', 'userAccount'] as const) tamperPastTriggers(db(), table, `DELETE FROM ${table}`);
    expect(fault()).toContain('commission 编号不连续');
  });

  test('an audit entry inserted', () => {
    tamper(
      db(),
      `INSERT INTO audit SELECT seq + 1, at, actor, workstation, action, entity, entityKey, field, oldValue, newValue, reason, previousHash, hash
       FROM audit ORDER BY seq DESC LIMIT 1`,
    );
    expect(fault()).toContain('不衔接');
  });

  test('a trigger dropped', () => {
    tamper(db(), 'DROP TRIGGER signature_noDelete');
    expect(fault()).toContain('数据库结构与审计链记录的不一致');
  });

  test('a trigger weakened under its own name', () => {
    tamper(
      db(),
      'DROP TRIGGER signature_noDelete',
      'CREATE TRIGGER signature_noDelete BEFORE DELETE ON signature WHEN 0 BEGIN SELECT 1; END',
    );
    expect(fault()).toContain('数据库结构');
  });

  test.each(['searchText_data2', 'searchTextXdata', 'sqliteXhidden'])(
    'a trigger cannot hide under the name %s, which looks like one of SQLite’s own',
    (name) => {
      tamper(db(), `CREATE TRIGGER ${name} AFTER INSERT ON run BEGIN SELECT 1; END`);
      expect(fault()).toContain('数据库结构');
    },
  );

  test('a number series moved on, so that a number would be left out', () => {
    tamper(db(), `UPDATE numberSeries SET last = 10`);
    expect(fault()).toContain('2026 年 commission 编号不连续');
  });
});

test('whatever transactions follow each other, the chain is valid and the rows equal the replay', () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), key: fc.integer({ min: 0, max: 5 }), text: fc.string() }),
    fc.record({ kind: fc.constant('number' as const), year: fc.constantFrom('2026', '2027') }),
    fc.record({ kind: fc.constant('event' as const), text: fc.string({ unit: 'grapheme' }) }),
    fc.record({ kind: fc.constant('secret' as const), text: fc.string() }),
  );
  const transaction = fc.record({ steps: fc.array(step, { maxLength: 6 }), fails: fc.boolean() });
  fc.assert(
    fc.property(fc.array(transaction, { maxLength: 12 }), (transactions) => {
      const one = openTestStore();
      try {
        const model = new Map<string, string>();
        const drawn: Record<string, number> = {};
        for (const { steps, fails } of transactions) {
          const next = new Map(model);
          const numbers = { ...drawn };
          const work = (tx: Transaction) => {
            for (const action of steps) {
              if (action.kind === 'put') {
                tx.put('setting', { key: `k${action.key}`, value: action.text });
                next.set(`k${action.key}`, action.text);
              } else if (action.kind === 'number') {
                tx.number('run', `${action.year}-01-01`, 'run');
                numbers[action.year] = (numbers[action.year] ?? 0) + 1;
              } else if (action.kind === 'event') tx.event('print', 'x', action.text);
              else tx.put('secret', { key: 's', sealed: action.text });
            }
            if (fails) throw new Error('fails');
          };
          if (fails) expect(() => one.store.transact(tester, work)).toThrow('fails');
          else {
            one.store.transact(tester, work);
            for (const [key, value] of next) model.set(key, value);
            Object.assign(drawn, numbers);
          }
        }
        expect(verifyStore(one.store.database).firstFault).toBeNull();
        const rows: Row[] = one.store.all('SELECT key, value FROM setting');
        expect(new Map(rows.map((row) => [row['key'], row['value']]))).toEqual(model);
        const series = one.store.all('SELECT year, last FROM numberSeries');
        expect(Object.fromEntries(series.map((row) => [row['year'], row['last']]))).toEqual(drawn);
      } finally {
        one.remove();
      }
    }),
    { numRuns: 25 },
  );
});
