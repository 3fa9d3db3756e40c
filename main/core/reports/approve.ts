// 批准: the authorised signatory signs the report as seen. Its uncoded file is made and kept, then in one transaction
// the signature, the frozen content, the submission and the request for the code are written. From here on the test
// data cannot change.
import { missingAgain } from '../afterIssue/signAgain.ts';
import { canonicalJson, digestOf } from '../../../sync/wire/digest.ts';
import type { ReportContent, TestReportContent } from '../../../shared/reports/test-report.ts';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Transaction } from '../../store/transaction.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import { tellOpened } from '../blind/numbers.ts';
import type { Caller, Context } from '../context.ts';
import { keepDecision } from '../gate/decisions.ts';
import { queue } from '../provincial/outbox.ts';
import { askSigning } from '../records/askSigning.ts';
import { conclusionCode } from '../records/recordPayload.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import { refuseChanged, refuseSamePerson, writeSignature } from '../records/signing.ts';
import { platformIdOf } from '../registrations/registrationRows.ts';
import type { Sessions } from '../sessions/sessions.ts';
import { reportKeyOf } from './joinReport.ts';
import { buildReport, type ReportBasis } from './reportContent.ts';
import { testedOn } from './sampleFacts.ts';

/** What the signatory signs: the whole paper before the approval. */
export const basisDigest = (content: ReportContent): string => digestOf(content);

/** The paper as it was when the signatory signed it. */
export function beforeApproval(content: ReportContent): ReportContent {
  // An image is decoration: no signature answers for one.
  const { images: _images, ...signed } = content;
  const signatures = content.signatures.filter(({ meaning }) => meaning !== 'approve');
  return { ...signed, signatures, issuedOn: null, auditHeadShort: '' };
}

interface ShownReport {
  reportNo: string;
  revision: number;
  digest: string;
}

export async function approveReport(
  context: Context,
  sessions: Sessions,
  renderer: ReportRenderer,
  caller: Caller,
  input: ShownReport & { password: string },
): Promise<void> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  await writeApproval(context, renderer, caller, input);
}

/** The report as it may be approved now: whole, as it was shown, by a third person. Throws what stands against it. */
export async function refuseUnapprovable(context: Context, caller: Caller, input: ShownReport): Promise<ReportBasis> {
  const reportKey = reportKeyOf(input.reportNo, input.revision);
  const basis = await buildReport(context, reportKey, null);
  refuseNotReady(context, reportKey, basis);
  refuseChanged(input.digest, basisDigest(basis.content));
  refuseSamePerson(caller, 'approve', [...basis.again, ...signersOf(basis.facts)]);
  return basis;
}

/** The approval itself, of a person who has given the password; `also` is written in its transaction. */
export async function writeApproval(
  context: Context,
  renderer: ReportRenderer,
  caller: Caller,
  input: ShownReport,
  also: (tx: Transaction) => void = () => undefined,
): Promise<void> {
  const reportKey = reportKeyOf(input.reportNo, input.revision);
  const basis = await refuseUnapprovable(context, caller, input);
  const { digest } = input;
  const gates = basis.facts.map((facts) => ({
    recordNo: String(facts.row['recordNo']),
    answer: askSigning(context, caller, facts, 'authorisedSignatory'),
  }));

  const now = context.now();
  const at = toWallTime(now);
  const auditHead = context.store.auditHead().hash;
  const approval = {
    signature: { meaning: 'approve' as const, name: caller.user.name, at, digestShort: digest.slice(0, 12) },
    issuedOn: toCalendarDay(now),
    auditHead,
    personId: caller.user.personId,
  };
  const { content } = await buildReport(context, reportKey, approval);
  const contentSha256 = context.files.keep(await renderer.renderReport(content, { coded: false }), 'pdf');

  const again = basisDigest((await buildReport(context, reportKey, null)).content);
  context.store.transact(caller.actor, (tx) => {
    refuseChanged(digest, again);
    const row = requireRow(tx.get('report', reportKey), '报告', reportKey);
    if (row['state'] !== 'draft') throw alreadyApproved(input.reportNo);
    const commissionNo = String(row['commissionNo']);
    const payload = payloadOf(tx, tx.get('commission', commissionNo), content, basis, caller, {
      at,
      digest,
      contentSha256,
      auditHead,
    });
    for (const { recordNo, answer } of gates) keepDecision(tx, now, answer, { entity: 'record', key: recordNo });
    writeSignature(tx, caller, at, {
      entity: 'report',
      key: reportKey,
      contentRevision: approvalNumber(tx, reportKey, input.revision),
      meaning: 'approve',
      digest,
    });
    tx.update('report', reportKey, {
      state: 'approved',
      contentJson: canonicalJson(content),
      payloadDigest: digestOf(payload),
      contentSha256,
      approvedAt: at,
      approverId: caller.user.personId,
      approverName: caller.user.name,
      returnedReason: null,
      draftJson: JSON.stringify({ conclusionText: content.conclusionText, alarming: basis.alarming }),
    });
    for (const { row: record } of basis.facts) {
      tx.update('testRecord', String(record['recordNo']), { state: 'approved' });
      tx.update('task', String(record['taskId']), { state: 'approved' });
    }
    queue(tx, { kind: 'report', commissionNo, key: input.reportNo, revision: input.revision, payload });
    queue(tx, { kind: 'code', commissionNo, key: input.reportNo, revision: input.revision, sha256: digestOf(payload) });
    tellOpened(tx, commissionNo);
    also(tx);
  });
}

/** Its revision; one more for each time that a withdrawn change order took an approval back. */
function approvalNumber(tx: Transaction, reportKey: string, revision: number): number {
  const last = tx.first(
    `SELECT max(contentRevision) AS n FROM signature WHERE entity = 'report' AND entityKey = ? AND meaning = 'approve'`,
    reportKey,
  );
  return Math.max(revision, Number(last?.['n'] ?? 0) + 1);
}

function alreadyApproved(reportNo: string): AppError {
  return new AppError({
    code: 'REPORT_APPROVED',
    message: `报告 ${reportNo} 已经批准过了。`,
    meaning: '同一版报告只批准一次。',
    next: '请在报告列表里查看它的状态。',
  });
}

function refuseNotReady(context: Context, reportKey: string, { facts, again }: ReportBasis): void {
  const report = requireRow(context.store.get('report', reportKey), '报告', reportKey);
  if (report['state'] !== 'draft') throw alreadyApproved(String(report['reportNo']));
  // Records of an earlier report are closed; a later revision is signed by the same people once more.
  const closed = (row: Row): boolean => row['state'] === 'checked' || row['state'] === 'approved';
  const unchecked = facts.filter(({ row }) => !closed(row)).map(({ row }) => String(row['recordNo']));
  const unsigned = Number(report['revision']) > 1 ? missingAgain(again) : [];
  const waiting = context.store.all(
    `SELECT sampleNo FROM task WHERE commissionNo = ? AND itemCode = ? AND dueOn = ? AND state IN ('waiting', 'testing', 'tested')
       AND (recordNo IS NULL OR recordNo NOT IN (SELECT recordNo FROM reportRecord WHERE reportKey = ?))
       AND EXISTS (SELECT 1 FROM supplement WHERE supplement.taskId = task.taskId) = ?`,
    report['commissionNo'] ?? '',
    report['itemCode'] ?? '',
    report['dueOn'] ?? '',
    reportKey,
    facts.some(({ row }) => context.store.get('supplement', row['taskId'] ?? '')) ? 1 : 0,
  );
  if (unchecked.length === 0 && waiting.length === 0 && unsigned.length === 0 && facts.length > 0) return;
  const missing = [
    ...(unchecked.length > 0 ? [`记录 ${unchecked.join('、')} 还没有校核`] : []),
    ...unsigned.map((one) => `这一版${one}`),
    ...(waiting.length > 0 ? [`样品 ${waiting.map((row) => String(row['sampleNo'])).join('、')} 还没有检测完`] : []),
  ];
  throw new AppError({
    code: 'REPORT_NOT_READY',
    message: `报告 ${report['reportNo']} 还不能批准：${missing.join('；')}。`,
    meaning: '一份报告包含同一委托、同一龄期日的全部样品。',
    next: '请等检测和校核完成后再批准。',
  });
}

function signersOf(facts: readonly RecordFacts[]): { personId: string; meaning: 'test' | 'check' }[] {
  return facts.flatMap(({ row }) => [
    { personId: String(row['testerId']), meaning: 'test' as const },
    { personId: String(row['checkerId']), meaning: 'check' as const },
  ]);
}

function payloadOf(
  tx: Transaction,
  commission: Row | undefined,
  content: TestReportContent,
  { facts, again }: ReportBasis,
  caller: Caller,
  approval: { at: string; digest: string; contentSha256: string; auditHead: string },
): Record<string, unknown> {
  const first = facts[0]?.row ?? {};
  const signatory = (meaning: 'tester' | 'checker') => {
    const anew = again.find((one) => one.valid && one.meaning === (meaning === 'tester' ? 'test' : 'check'));
    return {
      id: platformIdOf(tx, 'person', anew?.personId ?? String(first[`${meaning}Id`])),
      name: anew?.personName ?? String(first[`${meaning}Name`]),
      signedAt: anew?.at ?? String(first[meaning === 'tester' ? 'testedAt' : 'checkedAt']),
      signatureDigest: anew?.digest ?? facts[0]?.digest ?? '',
    };
  };
  return {
    reportNo: content.reportNo,
    revision: content.revision,
    ...(content.revision > 1 ? { replaces: `${content.reportNo}/${content.revision - 1}` } : {}),
    commissionNo: content.head.commissionNo,
    recordNos: facts.map(({ row }) => String(row['recordNo'])),
    title: content.title,
    conclusion: conclusionCode(facts.map(({ result }) => result?.verdict ?? 'not-judged')),
    conclusionText: wireConclusion(tx, content, facts),
    testedOn:
      facts
        .map((fact) => testedOn(fact))
        .sort()
        .at(-1) ?? '',
    issuedOn: content.issuedOn,
    tester: signatory('tester'),
    checker: signatory('checker'),
    approver: {
      id: platformIdOf(tx, 'person', caller.user.personId),
      name: caller.user.name,
      signedAt: approval.at,
      signatureDigest: approval.digest,
    },
    basis: [...content.head.testBasis, ...content.head.judgementBasis],
    siteAddress: content.head.testAddress,
    witnessUnit: String(commission?.['witnessUnit'] ?? ''),
    witnessName: String(commission?.['witnessName'] ?? ''),
    contentSha256: approval.contentSha256,
    auditHead: approval.auditHead,
  };
}

/**
 * What was concluded of each sample. The part of the structure is commission information and stands in the commission: a
 * conclusion must read the same in every revision, so a later one repeats what the first was sent with.
 */
function wireConclusion(tx: Transaction, content: TestReportContent, facts: readonly RecordFacts[]): string {
  const before = tx.first(
    `SELECT json_extract(payload, '$.conclusionText') AS said FROM outbox WHERE kind = 'report' AND key = ? AND revision < ?
       ORDER BY revision DESC LIMIT 1`,
    content.reportNo,
    content.revision,
  );
  if (before) return String(before['said']);
  return facts.map(({ sample, result }) => `样品 ${sample.sampleNo}：${result?.conclusionText ?? ''}`).join('\n');
}
