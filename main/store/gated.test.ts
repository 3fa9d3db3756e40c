// The store's own way in, past every service: what the gate decides about is not written without its decision, neither by
// `transact` nor by SQL on the store's connection; and a decision that refused, that is about something else, or that is
// of another day opens nothing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anyRow, count, decisionRow, openTestStore, tester, type TestStore } from '../../tests/support/testStore.ts';
import { useOldStore } from '../../tests/support/oldStore.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { openStore, type Store } from './store.ts';
import type { Row, TableName } from './tables.ts';
import type { Transaction } from './transaction.ts';
import { verifyStore } from './verify.ts';

let opened: TestStore;
let store: Store;
beforeEach(() => {
  opened = openTestStore();
  store = opened.store;
  store.database.pragma('foreign_keys = OFF');
});
afterEach(() => opened.remove());

interface Case {
  table: TableName;
  row: Row;
  /** Decisions that allow it. */
  decisions: readonly Row[];
  /** Whether a decision of an earlier transaction is enough: a run is armed before it is made. */
  earlier?: boolean;
}

const signer = { personId: 'P001' };
const signature = (entity: string, entityKey: string, meaning: string): Row => ({
  signatureId: `S-${entity}-${entityKey}-${meaning}`,
  entity,
  entityKey,
  contentRevision: 1,
  meaning,
  ...signer,
  personName: '梁志远',
  at: '2026-11-23T10:00:00.000+08:00',
  digest: 'd',
});
const cases: Record<string, Case> = {
  'a commission': {
    table: 'commission',
    row: { commissionNo: 'WT1' },
    decisions: [decisionRow('commission', 'WT1', 'reception')],
  },
  'a commission of an import': {
    table: 'commission',
    row: { commissionNo: 'WT1' },
    decisions: [decisionRow('commission', 'WT1', 'import')],
  },
  'an original record': {
    table: 'testRecord',
    row: { recordNo: 'YS1' },
    decisions: [decisionRow('record', 'YS1', 'run-start')],
  },
  'a run of an armed specimen': {
    table: 'run',
    row: { runId: 'R1', recordNo: 'YS1' },
    decisions: [decisionRow('run', 'R1', 'run-start')],
    earlier: true,
  },
  'a run of an opened record': {
    table: 'run',
    row: { runId: 'R1', recordNo: 'YS1' },
    decisions: [decisionRow('record', 'YS1', 'run-start')],
    earlier: true,
  },
  '检测 on a record': {
    table: 'signature',
    row: signature('record', 'YS1', 'test'),
    decisions: [decisionRow('record', 'YS1', 'signing', signer)],
  },
  '校核 on a record': {
    table: 'signature',
    row: signature('record', 'YS1', 'check'),
    decisions: [decisionRow('record', 'YS1', 'signing', signer)],
  },
  '批准 on a report, which asks about each of its records': {
    table: 'signature',
    row: signature('report', 'BG1#1', 'approve'),
    decisions: ['YS1', 'YS2'].map((recordNo) => decisionRow('record', recordNo, 'approval', signer)),
  },
  '检测 on a later revision of a report': {
    table: 'signature',
    row: signature('report', 'BG1#1', 'test'),
    decisions: ['YS1', 'YS2'].map((recordNo) => decisionRow('record', recordNo, 'signing', signer)),
  },
};
const names = Object.keys(cases);
const caseOf = (name: string): Case => cases[name] as Case;

/** The report of the signatures has two records. */
beforeEach(() => {
  store.transact(tester, (tx) => {
    for (const recordNo of ['YS1', 'YS2']) tx.insert('reportRecord', { reportKey: 'BG1#1', recordNo });
  });
});

const whole = ({ table, row }: Case): Row => anyRow(store.database, table, row);
const decide = (tx: Transaction, decisions: readonly Row[]) => {
  for (const decision of decisions) tx.insert('gateDecision', decision);
};
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (cause) {
    return cause instanceof AppError ? cause.code : String(cause);
  }
  return 'done';
}
/** Written through `transact` with these decisions before it, in the same transaction. */
const write = (one: Case, decisions: readonly Row[]): string => {
  const before = count(store, one.table);
  const answer = refusal(() =>
    store.transact(tester, (tx) => {
      decide(tx, decisions);
      tx.insert(one.table, whole(one));
    }),
  );
  expect(count(store, one.table) - before).toBe(answer === 'done' ? 1 : 0);
  return answer;
};

describe.each(names)('%s', (name) => {
  const one = caseOf(name);

  test('is written with its decision, and the chain is whole', () => {
    expect(write(one, one.decisions)).toBe('done');
    expect(verifyStore(store.database).firstFault).toBeNull();
  });

  test('is refused without a decision, in words', () => {
    expect(write(one, [])).toBe('GATE_NOT_ASKED');
    try {
      store.transact(tester, (tx) => tx.put(one.table, whole(one)));
    } catch (cause) {
      expect((cause as AppError).info.message).toMatch(/没有经过合规检查，没有保存/);
    }
    expect(count(store, one.table)).toBe(0);
  });

  test.each<[string, Row]>([
    ['refused', { allowed: 0 }],
    ['is about another thing of the same kind', { entityKey: '别的' }],
    ['is about another kind of thing', { entity: 'task' }],
    ['is of another moment', { moment: '别的' }],
  ])('is refused where a decision %s', (_, change) => {
    const [, ...others] = one.decisions;
    const wrong: Row = { ...one.decisions[0], ...change };
    expect(write(one, [wrong, ...others])).toBe('GATE_NOT_ASKED');
  });

  test('is refused where the decision was given to another person', () => {
    if (one.table !== 'signature') return;
    const [first, ...others] = one.decisions;
    expect(write(one, [{ ...first, personId: 'P002' }, ...others])).toBe('GATE_NOT_ASKED');
  });

  test('does not lean on a decision of earlier, unless it is a run that was armed', () => {
    store.transact(tester, (tx) => decide(tx, one.decisions));
    expect(write(one, [])).toBe(one.earlier ? 'done' : 'GATE_NOT_ASKED');
  });

  test('is refused by the store itself when SQL is written past `transact`', () => {
    const row = whole(one);
    const columns = Object.keys(row);
    const insert = (verb: string) =>
      store.database
        .prepare(`${verb} INTO ${one.table} (${columns.join(',')}) VALUES (${columns.map((at) => `@${at}`).join(',')})`)
        .run(row);
    for (const verb of ['INSERT', 'INSERT OR REPLACE', 'INSERT OR IGNORE'])
      expect(() => insert(verb), verb).toThrow(`UNGATED ${one.table}`);
    expect(count(store, one.table)).toBe(0);
  });
});

test('one missing decision of many records refuses the signature on a report', () => {
  for (const name of names.filter((one) => caseOf(one).decisions.length > 1))
    expect(write(caseOf(name), caseOf(name).decisions.slice(1)), name).toBe('GATE_NOT_ASKED');
});

test('a report without records is not signed, and nothing else that nobody has heard of', () => {
  const approve = { table: 'signature', row: signature('report', 'BG9#1', 'approve'), decisions: [] } as const;
  expect(write(approve, [])).toBe('GATE_NOT_ASKED');
  expect(write({ ...approve, row: signature('别的', 'X', 'test') }, [])).toBe('GATE_NOT_ASKED');
  expect(write({ ...approve, row: signature('record', 'YS1', 'approve') }, [decisionRow('record', 'YS1', 'approval', signer)])).toBe('GATE_NOT_ASKED'); // prettier-ignore
  for (const entity of ['changeOrder', 'reportVoid'])
    expect(write({ ...approve, row: signature(entity, 'X', 'approve') }, []), entity).toBe('done');
});

test('a decision cannot be made better afterwards', () => {
  store.transact(tester, (tx) => decide(tx, [decisionRow('run', 'R1', 'run-start', { allowed: 0 })]));
  expect(refusal(() => store.transact(tester, (tx) => tx.update('gateDecision', 'run-start/run/R1', { allowed: 1 })))).toBe('STORE_IMMUTABLE'); // prettier-ignore
  expect(write(caseOf('a run of an armed specimen'), [])).toBe('GATE_NOT_ASKED');
});

describe('a store of the version before', () => {
  const old = useOldStore();

  test('stays as it was and is whole; a record begun then takes its last runs, a new one does not', () => {
    const upgraded = openStore(old.folder, tester);
    expect(verifyStore(upgraded.database).firstFault).toBeNull();
    const record = upgraded.first('SELECT recordNo FROM testRecord');
    const recordNo = String(record?.['recordNo']);
    const run = (changes: Row) => anyRow(upgraded.database, 'run', { runId: 'R9', runNo: 'CJ9', recordNo, ...changes });
    expect(refusal(() => upgraded.transact(tester, (tx) => tx.insert('run', run({}))))).toBe('done');
    upgraded.database.pragma('foreign_keys = OFF');
    expect(
      refusal(() =>
        upgraded.transact(tester, (tx) => tx.insert('run', run({ runId: 'R10', runNo: 'CJ10', recordNo: 'YS-NEU' }))),
      ),
    ).toBe('GATE_NOT_ASKED');
    expect(verifyStore(upgraded.database).firstFault).toBeNull();
    upgraded.close();
  });
});
