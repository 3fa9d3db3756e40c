// Reports that are issued, changed and signed again, by the same calls as the windows make.
import type { ChangeOrder } from '../../../shared/afterIssue/calls.ts';
import {
  approve,
  eventually,
  signCheck,
  signTest,
  testedGroup,
  type TestGroup,
} from '../../../tests/support/mainJob.ts';
import type { TestCore, TrainingUser } from '../../../tests/support/testCore.ts';

export interface Issued {
  commissionNo: string;
  sampleNo: string;
  recordNo: string;
  reportNo: string;
}

export const evidenceFile = (text = '变更申请') => ({
  fileName: '变更申请.pdf',
  bytesBase64: Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`).toString('base64'),
});

export const reportRow = (lab: TestCore, reportNo: string, revision: number) =>
  lab.store.get('report', `${reportNo}#${revision}`);

export const untilState = (lab: TestCore, reportNo: string, revision: number, state: string) =>
  eventually(() => (reportRow(lab, reportNo, revision)?.['state'] === state ? true : null), 30_000);

/** Three signatures, a code, the coded file at the platform. */
export async function issued(lab: TestCore, group: TestGroup = {}): Promise<Issued> {
  const { record, commissionNo, sampleNo } = await testedGroup(lab, group);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const reportNo = await approve(lab, record.recordNo);
  await untilState(lab, reportNo, 1, 'filed');
  return { commissionNo, sampleNo, recordNo: record.recordNo, reportNo };
}

export async function applied(
  lab: TestCore,
  reportNo: string,
  fields: { field: string; newValue: string }[],
  who: TrainingUser = 'zhiliang',
): Promise<ChangeOrder> {
  return (await lab.as(who)).call('changes.apply', {
    reportNo,
    reason: '委托单位来函更正',
    fields,
    evidence: [evidenceFile(`${reportNo} ${JSON.stringify(fields)}`)],
    witness: '苏明',
  });
}

export async function approvedChange(lab: TestCore, order: ChangeOrder, who: TrainingUser = 'pizhun') {
  return (await lab.as(who)).call('changes.approve', {
    changeNo: order.changeNo,
    digest: order.digest,
    password: lab.password,
  });
}

/** The digest that the next person would sign. */
export const paperDigest = async (lab: TestCore, reportNo: string, revision: number): Promise<string> =>
  (await (await lab.as('zhiliang')).call('reports.preview', { reportNo, revision })).digest;

/** One after the other, as on the first revision. */
export async function signedByThree(lab: TestCore, reportNo: string, revision: number): Promise<void> {
  const steps = [
    ['jiance', 'reports.signTest'],
    ['jiaohe', 'reports.signCheck'],
    ['pizhun', 'reports.approve'],
  ] as const;
  for (const [who, call] of steps) {
    const digest = await paperDigest(lab, reportNo, revision);
    await (await lab.as(who)).call(call, { reportNo, revision, digest, password: lab.password });
  }
}

export const verified = async (lab: TestCore, reportNo: string, revision: number): Promise<string | undefined> =>
  (await lab.core.link.verifyCode(String(reportRow(lab, reportNo, revision)?.['code'])))?.status;

/** What stands in the queue for a commission after `seq`, in its order. */
export const queued = (lab: TestCore, commissionNo: string, afterSeq: number): string[] =>
  lab.store
    .all('SELECT kind, revision FROM outbox WHERE commissionNo = ? AND seq > ? ORDER BY seq', commissionNo, afterSeq)
    .map(({ kind, revision }) => `${String(kind)} ${String(revision)}`);

export const lastSeq = (lab: TestCore): number =>
  Number(lab.store.first('SELECT max(seq) AS n FROM outbox')?.['n'] ?? 0);
