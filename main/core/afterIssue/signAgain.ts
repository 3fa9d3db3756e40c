// 检测 and 校核 of a revision after the first. The records stay signed as they were; each person signs the new paper as it
// lies before them, with the signatures on it so far. When the paper changes again, a signature no longer holds and is asked for anew.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { PrintedSignature } from '../../../shared/reports/report-parts.ts';
import type { ReportContent, TestReportContent } from '../../../shared/reports/test-report.ts';
import { signatureMeaningNames } from '../../../shared/entities/record.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import { refuseWrongClock } from '../clock/refuse.ts';
import type { Caller, Context } from '../context.ts';
import { keepDecision } from '../gate/decisions.ts';
import { askSigning } from '../records/askSigning.ts';
import type { RecordFacts } from '../records/recordRows.ts';
import type { Reader } from '../records/runRows.ts';
import { refuseChanged, refuseSamePerson, writeSignature } from '../records/signing.ts';
import { buildReport } from '../reports/reportContent.ts';
import { reportKeyOf } from '../reports/joinReport.ts';
import type { Sessions } from '../sessions/sessions.ts';

export type Again = 'test' | 'check';
const order: readonly Again[] = ['test', 'check'];

export interface SignatureAgain {
  meaning: Again;
  personId: string;
  personName: string;
  at: string;
  digest: string;
  valid: boolean;
}

const printed = ({ meaning, personName, at, digest }: SignatureAgain): PrintedSignature => ({
  meaning,
  name: personName,
  at,
  digestShort: digest.slice(0, 12),
});

/** The newest signature of each meaning, and whether it answers for this paper with what was signed before it. */
export function signaturesAgain(reader: Reader, reportKey: string, unsigned: ReportContent): SignatureAgain[] {
  const found: SignatureAgain[] = [];
  for (const meaning of order) {
    const row = reader.first(
      `SELECT * FROM signature WHERE entity = 'report' AND entityKey = ? AND meaning = ? ORDER BY contentRevision DESC LIMIT 1`,
      reportKey,
      meaning,
    );
    if (!row) continue;
    const before = found.filter(({ valid }) => valid).map(printed);
    const digest = text(row['digest']);
    const valid = found.every((one) => one.valid) && digest === digestOf({ ...unsigned, signatures: before });
    found.push({ meaning, personId: text(row['personId']), personName: text(row['personName']), at: text(row['at']), digest, valid }); // prettier-ignore
  }
  return found;
}

export const printedAgain = (signatures: readonly SignatureAgain[]): PrintedSignature[] =>
  signatures.filter(({ valid }) => valid).map(printed);

/** The paper before anybody signed this revision. */
export function beforeSigning<T extends ReportContent>(content: T): T {
  const { images: _images, ...plain } = content;
  return { ...(plain as T), signatures: [], issuedOn: null, auditHeadShort: '', code: null };
}

/** Both signatures that the paper needs before the approval, or what is missing in words. */
export function missingAgain(signatures: readonly SignatureAgain[]): string[] {
  return order
    .filter((meaning) => !signatures.some((one) => one.meaning === meaning && one.valid))
    .map((meaning) => `还没有“${signatureMeaningNames[meaning]}”签名`);
}

export async function signAgain(
  context: Context,
  sessions: Sessions,
  caller: Caller,
  meaning: Again,
  input: { reportNo: string; revision: number; digest: string; password: string },
): Promise<void> {
  await sessions.confirm(caller.user, input.password);
  await refuseWrongClock(context);
  const reportKey = reportKeyOf(input.reportNo, input.revision);
  const report = requireRow(context.store.get('report', reportKey), '报告', input.reportNo);
  refuseNotOpen(report);
  const { content, facts } = await buildReport(context, reportKey, null);
  const digest = digestOf(content);
  refuseChanged(input.digest, digest);
  const again = signaturesAgain(context.store, reportKey, beforeSigning(content)).filter(({ valid }) => valid);
  refuseOutOfTurn(input.reportNo, meaning, again);
  refuseSamePerson(caller, meaning, again);
  refuseStranger(context.store, caller, meaning, facts);
  const role = meaning === 'test' ? 'technician' : 'checker';
  const gates = facts.map((record) => ({
    key: text(record.row['recordNo']),
    answer: askSigning(context, caller, record, role),
  }));
  const now = digestOf((await buildReport(context, reportKey, null)).content);
  context.store.transact(caller.actor, (tx) => {
    refuseChanged(digest, now);
    refuseNotOpen(requireRow(tx.get('report', reportKey), '报告', input.reportNo));
    for (const { key, answer } of gates) keepDecision(tx, context.now(), answer, { entity: 'record', key });
    const last = tx.first(
      `SELECT max(contentRevision) AS n FROM signature WHERE entity = 'report' AND entityKey = ? AND meaning = ?`,
      reportKey,
      meaning,
    );
    writeSignature(tx, caller, toWallTime(context.now()), {
      entity: 'report',
      key: reportKey,
      contentRevision: Number(last?.['n'] ?? 0) + 1,
      meaning,
      digest,
    });
    tx.touch('reports', reportKey);
  });
}

function refuseNotOpen(report: Row): void {
  if (report['state'] === 'draft' && Number(report['revision']) > 1) return;
  throw new AppError({
    code: 'REPORT_NOT_OPEN',
    message: `报告 ${text(report['reportNo'])} 第 ${text(report['revision'])} 版不在等待检测、校核签名。`,
    meaning: '第 1 版的检测、校核签名在原始记录上；已批准的版本不再签。',
    next: '请刷新后再看。',
  });
}

function refuseOutOfTurn(reportNo: string, meaning: Again, valid: readonly SignatureAgain[]): void {
  const signed = valid.some((one) => one.meaning === meaning);
  const early = meaning === 'check' && valid.length === 0;
  if (!signed && !early) return;
  throw new AppError({
    code: signed ? 'ALREADY_SIGNED' : 'SIGNATURE_MISSING',
    message: signed
      ? `报告 ${reportNo} 这一版的“${signatureMeaningNames[meaning]}”已经签过。`
      : `报告 ${reportNo} 这一版还没有“检测”签名，不能校核。`,
    meaning: '签名按检测、校核、批准的次序进行，每一项一次。',
    next: signed ? '请等下一个人签名。' : '请先由检测人员签名。',
  });
}

/** Who tested says 检测, who checked says 校核, as on the records; only where all of them have left, another may. */
function refuseStranger(reader: Reader, caller: Caller, meaning: Again, facts: readonly RecordFacts[]): void {
  const [id, name] =
    meaning === 'test' ? (['testerId', 'testerName'] as const) : (['checkerId', 'checkerName'] as const);
  const signers = new Map(facts.map(({ row }) => [text(row[id]), text(row[name])]));
  if (signers.has(caller.user.personId)) return;
  const here = [...signers.keys()].filter((personId) =>
    reader.first('SELECT 1 FROM userAccount WHERE personId = ? AND disabled = 0', personId),
  );
  if (here.length === 0) return;
  throw new AppError({
    code: 'NOT_THE_SIGNER',
    message: `“${signatureMeaningNames[meaning]}”须由原始记录上的 ${[...signers.values()].join('、')} 签名。`,
    meaning: '谁检测、谁校核，不因变更委托信息而改变。',
    next: '请由本人签名；本人已离职（账号停用）时才由同样资格的人签名。',
  });
}

/** For the frozen paper: do the signatures on it answer for it? Names the first that does not. */
export function wrongSignatureAgain(reader: Reader, reportKey: string, content: ReportContent): string | null {
  const again = signaturesAgain(reader, reportKey, beforeSigning(content as TestReportContent));
  if (missingAgain(again).length === 0) return null;
  return again.find(({ valid }) => !valid)?.personName ?? '检测或校核';
}
