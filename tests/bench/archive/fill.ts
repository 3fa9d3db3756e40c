// A day's worth of finished work: more of what one real, finished record consists of (rows, decisions, signatures,
// report, queue), through the one way in, so that audit chain, change feed and full text hold what they hold in use.
import type { Store } from '../../../main/store/store.ts';
import type { Row } from '../../../main/store/tables.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { approve, eventually, signCheck, signTest, testedGroup } from '../../support/mainJob.ts';
import { decisionRow, insertCommission } from '../../support/testStore.ts';
import type { TestCore } from '../../support/testCore.ts';

export const perCommission = 10;
const commissionsAtOnce = 20;
const actor = { actor: '基准', workstation: '基准' };

/** Common words and rare ones, so that a search finds much or little. */
const projects = ['云岭花园二期', '江湾路人行天桥', '东涌水质净化厂', '白鹭洲小学', '石门科技园', '滨海湾隧道', '凤凰里安居房', '南沙冷链中心'] as const; // prettier-ignore
export const projectOf = (commission: number): string =>
  commission % 5_000 === 17
    ? `瀚海观测站 ${commission} 号楼`
    : `${projects[commission % projects.length] ?? ''} ${commission % 40} 号楼`;

/** So many finished records, all of today. */
export async function fillDay(lab: TestCore, records: number): Promise<void> {
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  await approve(lab, record.recordNo);
  await eventually(() => lab.store.first('SELECT 1 FROM report WHERE filedAt IS NOT NULL'));
  const template = templateOf(lab.store);
  const commissions = Math.ceil(records / perCommission);
  const today = toCalendarDay(Date.now());
  for (let first = 0; first < commissions; first += commissionsAtOnce)
    lab.store.transact(actor, (tx) => {
      for (let n = first; n < Math.min(first + commissionsAtOnce, commissions); n += 1)
        insertFinished(tx, template, n, today);
    });
}

type Transaction = Parameters<Parameters<Store['transact']>[1]>[0];
type Template = Record<'commission' | 'sample' | 'task' | 'testRecord' | 'run' | 'report' | 'outbox', Row> & {
  signatures: Row[];
};

function templateOf(store: Store): Template {
  const one = (table: string): Row => {
    const row = store.first(`SELECT * FROM ${table} ORDER BY rowid LIMIT 1`);
    if (!row) throw new Error(`the finished record left no ${table}`);
    return row;
  };
  return {
    commission: one('commission'),
    sample: one('sample'),
    task: one('task'),
    testRecord: one('testRecord'),
    run: one('run'),
    report: one('report'),
    outbox: one('outbox'),
    signatures: store.all('SELECT * FROM signature ORDER BY at'),
  };
}

/** One commission with its report, coded and filed on the day. */
function insertFinished(tx: Transaction, template: Template, n: number, day: string): void {
  const at = `${day}T09:00:00.000+08:00`;
  const commissionNo = `WA${String(n).padStart(8, '0')}`;
  const reportKey = `BA${String(n).padStart(8, '0')}/1`;
  insertCommission(tx, { ...template.commission, commissionNo, projectName: projectOf(n), receivedAt: at });
  tx.insert('report', {
    ...template.report,
    reportKey, reportNo: `BA${String(n).padStart(8, '0')}`, commissionNo, dueOn: day, code: `CODE-${n}`, codeIssuedAt: at, approvedAt: at,
    filedAt: at, createdAt: at,
  }); // prettier-ignore
  for (let k = 0; k < perCommission; k += 1) insertRecord(tx, template, { id: n * perCommission + k, day, at, commissionNo, reportKey }); // prettier-ignore
  for (const signature of template.signatures.filter(({ entity }) => entity === 'report'))
    tx.insert('signature', { ...signature, signatureId: `SA${n}`, entityKey: reportKey, at });
}

interface Finished {
  id: number;
  day: string;
  at: string;
  commissionNo: string;
  reportKey: string;
}

function insertRecord(tx: Transaction, template: Template, { id, day, at, commissionNo, reportKey }: Finished): void {
  const [sampleNo, taskId, recordNo] = [`YA${id}`, `TA${id}`, `JA${String(id).padStart(9, '0')}`];
  tx.insert('sample', { ...template.sample, commissionNo, sampleNo, sampleCode: `CA${id}`, madeOn: addDays(day, -28) });
  tx.insert('task', { ...template.task, commissionNo, sampleNo, taskId, recordNo, dueOn: day });
  tx.insert('gateDecision', decisionRow('record', recordNo, 'run-start', { at }));
  tx.insert('testRecord', {
    ...template.testRecord,
    recordNo, taskId, commissionNo, sampleNo, reportKey, testedAt: at, checkedAt: at, createdAt: at,
  }); // prettier-ignore
  tx.insert('run', { ...template.run, runId: `RA${id}`, runNo: `RA${id}`, recordNo, startedAt: at, endedAt: at });
  for (const signature of template.signatures.filter(({ entity }) => entity === 'record')) {
    const { personId, meaning } = signature;
    const decisionId = `signing/${recordNo}/${String(meaning)}`;
    tx.insert(
      'gateDecision',
      decisionRow('record', recordNo, 'signing', { decisionId, at, personId: personId ?? null }),
    );
    tx.insert('signature', { ...signature, signatureId: `SA${id}${String(meaning)}`, entityKey: recordNo, at });
  }
  const { approverId } = template.report;
  tx.insert('gateDecision', decisionRow('record', recordNo, 'approval', { at, personId: approverId ?? null }));
  tx.insert('reportRecord', { reportKey, recordNo });
  const { seq: _seq, ...entry } = template.outbox;
  tx.insert('outbox', { ...entry, entryId: `OA${id}`, kind: 'test-record', commissionNo, key: recordNo });
}
