// Every way into a record against everything that the gate refuses: which of them must refuse comes from the gate's own
// table of moments, so that a new question is tried on every way by itself.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callNames } from '../../../shared/contract/calls.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { ASKED } from '../../../shared/gate/moments.ts';
import { QUESTIONS, type GateMoment, type GateSubject } from '../../../shared/gate/question.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { commissionInput, openAt, receive, reportOf, sampleInput, signCheck, signTest, testedGroup, today } from '../../../tests/support/mainJob.ts'; // prettier-ignore
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { REFERENCE_KINDS } from '../../../sync/provincial/port.ts';
import type { Row, TableName } from '../../store/tables.ts';
import { SqliteSyncStore } from '../provincial/syncStore.ts';
import { importColumns } from '../reception/imports/columns.ts';
import { templateProperties } from '../reception/imports/propertyColumns.ts';

let lab: TestCore;
const platform = { actor: '程序:上传', workstation: 'core' };
const year = today().slice(0, 4);

interface Way {
  moment: GateMoment;
  /** Answers what is to be tried when the fault is there. */
  prepare: () => Promise<() => Promise<unknown>>;
}

async function importOne(): Promise<string> {
  const day = addDays(today(), -28);
  const columns = [...importColumns, ...templateProperties(methodById('concrete-cube'))];
  const cells = columns.map(({ heading, example }) =>
    heading === '成型日期' || heading === '取样日期' ? day : heading === '合同编号' ? `HT${year}-001` : example,
  );
  const csv = `${columns.map(({ heading }) => heading).join(',')}\n${cells.join(',')}\n`;
  const reception = await lab.as('shouyang');
  const preview = await reception.call('imports.preview', {
    fileName: 'one.csv',
    bytesBase64: Buffer.from(csv).toString('base64'),
  });
  return preview.importId;
}

/** A record of rebound values, open, with a file of its hammer previewed. */
async function previewedFile() {
  const { madeOn: _madeOn, requiredAgeDays: _age, properties: _cube, ...plain } = sampleInput();
  const method = methodById('rebound');
  const properties = Object.fromEntries(
    method.fields
      .filter(({ at, optional }) => at === 'reception' && optional !== true)
      .map((field) => [field.name, field.kind === 'choice' ? (field.options[0]?.value ?? '') : (field.usual ?? '1')]),
  );
  const sample = {
    ...plain,
    itemCode: method.itemCode ?? '',
    parameterCodes: method.parameters.map(({ code }) => code),
    name: '混凝土构件',
    properties,
  };
  const [received] = await receive(lab, { samples: [sample] });
  const seat = await lab.as('jiance');
  const recordNo = openAt(lab, seat, received?.taskId ?? '', 'E008');
  const headings = [
    '样品编号',
    '测区',
    '测试时间',
    ...Array.from({ length: 16 }, (_, n) => `R${n + 1}`),
    '角度',
    '测试面',
  ];
  const cells = [received?.sampleNo ?? '', '1', `${toCalendarDay(Date.now())} 00:01`, ...Array<string>(16).fill('34'), '水平', '侧面']; // prettier-ignore
  const input = { recordNo, profileId: 'rebound-csv' };
  const bytesBase64 = Buffer.from(`${headings.join(',')}\r\n${cells.join(',')}`).toString('base64');
  const seen = await seat.call('instrumentFiles.preview', { ...input, from: { fileName: '回弹.csv', bytesBase64 } });
  return () => seat.call('instrumentFiles.take', { ...input, sha256: seen.sha256, digest: seen.digest });
}

const password = () => lab.password;
const ways: Record<string, Way> = {
  'commissions.register': {
    moment: 'reception',
    prepare: async () => {
      const seat = await lab.as('shouyang');
      return () => seat.call('commissions.register', commissionInput());
    },
  },
  'imports.commit': {
    moment: 'reception',
    prepare: async () => {
      const seat = await lab.as('shouyang');
      const importId = await importOne();
      return () => seat.call('imports.commit', { importId, acceptPartial: false });
    },
  },
  'bench.open': {
    moment: 'run-start',
    prepare: async () => {
      const seat = await lab.as('jiance');
      const [received] = await receive(lab);
      return () => seat.call('bench.open', { taskId: received?.taskId ?? '', equipmentId: 'E001' });
    },
  },
  'instrumentFiles.take': { moment: 'run-start', prepare: previewedFile },
  'records.signTest': {
    moment: 'signing',
    prepare: async () => {
      const { record } = await testedGroup(lab);
      const { recordNo, digest } = record;
      const seat = await lab.as('jiance');
      return () => seat.call('records.signTest', { recordNo, digest, password: password() });
    },
  },
  'records.signCheck': {
    moment: 'signing',
    prepare: async () => {
      const { record } = await testedGroup(lab);
      const { recordNo, digest } = await signTest(lab, record.recordNo);
      const seat = await lab.as('jiaohe');
      return () => seat.call('records.signCheck', { recordNo, digest, password: password() });
    },
  },
  'reports.approve': {
    moment: 'approval',
    prepare: async () => {
      const { record } = await testedGroup(lab);
      await signTest(lab, record.recordNo);
      await signCheck(lab, record.recordNo);
      const { reportNo } = reportOf(lab, record.recordNo);
      const seat = await lab.as('pizhun');
      // Scope and machine stand on the paper: it is looked at anew, so that it is the gate that is met.
      return async () => {
        const { digest } = await seat.call('reports.preview', { reportNo, revision: 1 });
        return seat.call('reports.approve', { reportNo, revision: 1, digest, password: password() });
      };
    },
  },
};

/** What the platform or the day could change, for everything at once. */
const faults: Record<GateSubject, readonly (readonly [name: string, table: TableName, patch: Row])[]> = {
  supervision: [
    ['locked', 'commission', { platformState: 'locked' }],
    ['voided', 'commission', { platformState: 'voided' }],
  ],
  scope: [['out of scope', 'institution', { scopeJson: '[]' }]],
  contract: [
    ['contract ended', 'contract', { state: 'closed' }],
    ['contract without the item', 'contract', { itemCodesJson: '[]' }],
    ['project closed', 'project', { state: 'closed' }],
  ],
  personnel: [
    ['no qualification', 'personQualification', { state: 'deleted' }],
    ['qualification ended', 'personQualification', { validTo: '2020-01-01' }],
    ['person disabled', 'person', { state: 'disabled' }],
  ],
  equipment: [
    ['calibration ended', 'equipment', { startDate: '2020-01-01' }],
    ['stopped by the platform', 'equipment', { platformState: 'stopped' }],
    ['scrapped', 'equipment', { platformState: 'scrapped' }],
    ['not for this item', 'equipment', { itemCodesJson: '[]' }],
  ],
  age: [['too young', 'sample', { madeOn: addDays(today(), -20) }]],
};

const tried = Object.entries(ways).flatMap(([way, { moment }]) =>
  QUESTIONS.filter((subject) => ASKED[moment][subject] === 'refuse').flatMap((subject) =>
    faults[subject].map(([name, table, patch]) => ({ way, subject, name, table, patch })),
  ),
);

const prepared = new Map<string, () => Promise<unknown>>();
beforeAll(async () => {
  lab = await openTestCore();
  for (const [name, { prepare }] of Object.entries(ways)) prepared.set(name, await prepare());
  // From here on nobody but the test changes the reference data.
  await lab.core.link.stop();
}, 60_000);
afterAll(() => lab.stop());

async function whileAll<T>(table: TableName, patch: Row, work: () => Promise<T>): Promise<T> {
  const rows = lab.store.all(`SELECT rowid AS place, * FROM ${table}`);
  const set = (values: (row: Row) => Row) =>
    lab.store.transact(platform, (tx) => {
      for (const row of rows) tx.update(table, String(row[keyColumn[table] ?? '']), values(row));
    });
  set(() => patch);
  try {
    return await work();
  } finally {
    set((row) => Object.fromEntries(Object.keys(patch).map((column) => [column, row[column] ?? null])));
  }
}
const keyColumn: Partial<Record<TableName, string>> = {
  commission: 'commissionNo',
  institution: 'orgCode',
  contract: 'contractId',
  project: 'projectId',
  personQualification: 'qualificationId',
  person: 'personId',
  equipment: 'equipmentId',
  sample: 'sampleNo',
};

describe('every way against everything that the gate refuses there', () => {
  test.each(tried)('$way: $subject, $name', async ({ way, subject, table, patch }) => {
    // A commission that is not there yet cannot be locked: the supervisor's word reaches reception by the project only.
    if (subject === 'supervision' && ways[way]?.moment === 'reception') return;
    // A rebound test has no age.
    if (subject === 'age' && way === 'instrumentFiles.take') return;
    await whileAll(table, patch, async () => {
      const before = countsOf(lab.store);
      const refused = await refusalOf(prepared.get(way)?.() ?? Promise.resolve());
      expect(refused.code).toMatch(/^GATE_/);
      expect(refused.message).toMatch(/[\u4e00-\u9fff]/);
      expect(countsOf(lab.store)).toEqual(before);
    });
  });

  test('without a fault each of them goes through: it was the gate that refused', async () => {
    for (const [way, work] of prepared) await expect(work(), way).resolves.toBeDefined();
  });
});

describe('replication', () => {
  test('a window can ask for the working set, and has no call that puts anything into it', () => {
    expect(callNames.filter((name) => name.startsWith('replication.'))).toEqual(['replication.pull']);
  });

  test('what comes down from the platform reaches reference data only: no page makes a commission, run or signature', () => {
    const sync = new SqliteSyncStore(lab.context, () => undefined);
    const data = { commissionNo: 'WT9', recordNo: 'YS9', runId: 'R9', signatureId: 'S9', state: 'active', name: '甲' };
    for (const kind of [...REFERENCE_KINDS, 'commission', 'run', 'signature', 'testRecord', 'gateDecision']) {
      const before = countsOf(lab.store);
      const decisions = lab.store.first('SELECT count(*) AS n FROM gateDecision')?.['n'];
      try {
        const rows = [{ id: 'X9', version: 1, deleted: false, data }];
        sync.applyReferencePage({
          kind: kind as 'item',
          rows,
          cursor: 'c',
          snapshot: 's',
          more: false,
          at: Date.now(),
        });
      } catch {
        // Refused whole is as good.
      }
      expect(countsOf(lab.store), kind).toEqual(before);
      expect(lab.store.first('SELECT count(*) AS n FROM gateDecision')?.['n'], kind).toBe(decisions);
    }
  });
});
