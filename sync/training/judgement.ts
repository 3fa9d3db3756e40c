// Judges one entry of a batch by itself and keeps it if it is good. What it depends on must be here already, in the
// order of the profile: commission → witness → media → acquisitions → test records → modification log. The unqualified
// notice depends on nothing but a readable payload, so that it never waits behind a blocked report.
import {
  type AcquisitionPayload,
  type EntryKind,
  entryPayloadSchemas,
  naturalKeyOf,
  type EntryPayloads,
  type TestRecordPayload,
  type WireEntry,
  type WireReceipt,
  type WitnessPayload,
} from '../wire/schemas.ts';
import { commissionPayload, findCommission, frozenProblem } from './commissions.ts';
import { digestProblem, type PlatformContext, problemsOf } from './context.ts';
import { recordProblems } from './controls.ts';
import { entryRevisions, latestPayload } from './entries.ts';
import { hasMedium } from './media.ts';
import { PlatformError, type Problem } from './platform-error.ts';
import { findReference, institutionOf } from './reference.ts';
import { isRegistrationKind, register } from './registrations.ts';
import { codedReportWithRecord } from './report-rows.ts';
import { RuleRefusal, useUp } from './rules.ts';

type DataKind = Exclude<EntryKind, 'person' | 'equipment' | 'premises'>;

function missing(field: string, message: string): Problem {
  return { code: 'REFERENCE_MISSING', field, rule: 'dependency', message };
}

function mediaProblems(context: PlatformContext, orgCode: string, media: readonly string[], field: string): Problem[] {
  return media
    .filter((sha256) => !hasMedium(context, orgCode, sha256))
    .map((sha256) => missing(field, `平台没有媒体文件 ${sha256}`));
}

function sampleProblems(
  context: PlatformContext,
  orgCode: string,
  commissionNo: string,
  sampleNo: string,
  itemCode?: string,
): Problem[] {
  const row = findCommission(context, orgCode, commissionNo);
  if (row === undefined) return [missing('commissionNo', `平台没有委托 ${commissionNo}`)];
  const frozen = frozenProblem(row);
  if (frozen !== undefined) return [frozen];
  const sample = commissionPayload(row).samples.find((candidate) => candidate.sampleNo === sampleNo);
  if (sample === undefined) return [missing('sampleNo', `委托 ${commissionNo} 中没有样品 ${sampleNo}`)];
  if (itemCode === undefined || sample.itemCode === itemCode) return [];
  return [{ code: 'VALIDATION', field: 'itemCode', message: `样品 ${sampleNo} 委托的检测项目是 ${sample.itemCode}` }];
}

function testRecordProblems(context: PlatformContext, orgCode: string, record: TestRecordPayload): Problem[] {
  const problems = sampleProblems(context, orgCode, record.commissionNo, record.sampleNo, record.itemCode);
  if (problems.length > 0) return problems;
  const item = findReference(context.db, 'item', record.itemCode);
  if (item === undefined) return [missing('itemCode', `平台没有检测项目 ${record.itemCode}`)];
  const known = new Set(item.parameters.map((parameter) => parameter.code));
  for (const [index, code] of record.parameterCodes.entries()) {
    if (!known.has(code)) {
      const message = `检测项目 ${record.itemCode} 没有参数 ${code}`;
      problems.push({ code: 'VALIDATION', field: `parameterCodes.${index}`, message });
    }
  }
  for (const [index, result] of record.results.entries()) {
    if (!record.parameterCodes.includes(result.parameterCode)) {
      const message = `结果的参数 ${result.parameterCode} 不在本记录的检测参数中`;
      problems.push({ code: 'VALIDATION', field: `results.${index}.parameterCode`, message });
    }
  }
  const unqualified = record.results.some((result) => result.verdict === 'unqualified');
  if (unqualified !== (record.conclusion === 2)) {
    problems.push({ code: 'VALIDATION', field: 'conclusion', message: '检测结论与单项判定不一致' });
  }
  if (record.testerId === record.checkerId) {
    problems.push({ code: 'VALIDATION', field: 'checkerId', message: '检测与审核须为不同人员' });
  }
  problems.push(...recordProblems(context, institutionOf(context.db, orgCode), record));
  for (const [index, key] of record.acquisitionKeys.entries()) {
    const run = latestPayload(context, orgCode, 'acquisition', key);
    const field = `acquisitionKeys.${index}`;
    if (run === undefined) problems.push(missing(field, `平台没有采集记录 ${key}`));
    else if (run.recordNo !== record.recordNo) {
      problems.push({ code: 'VALIDATION', field, message: `采集记录 ${key} 属于记录 ${run.recordNo}` });
    }
  }
  return problems;
}

function acquisitionProblems(context: PlatformContext, orgCode: string, run: AcquisitionPayload): Problem[] {
  const problems = run.media === undefined ? [] : mediaProblems(context, orgCode, [run.media], 'media');
  // The record may come later; where it is here already, its commission must not be frozen.
  const record = latestPayload(context, orgCode, 'test-record', run.recordNo);
  const frozen = record && frozenProblem(findCommission(context, orgCode, record.commissionNo));
  if (frozen !== undefined) problems.unshift(frozen);
  return problems;
}

function witnessProblems(context: PlatformContext, orgCode: string, witness: WitnessPayload): Problem[] {
  const problems = sampleProblems(context, orgCode, witness.commissionNo, witness.sampleNo);
  return problems.length > 0 ? problems : mediaProblems(context, orgCode, witness.media, 'media');
}

function immutable(field: string, message: string): Problem[] {
  return [{ code: 'CONFLICT_CONTENT', field, rule: 'immutable', message }];
}

/** What a later revision may not touch: the measured side of a run, and a record whose report has its code. */
function revisionProblems(
  context: PlatformContext,
  orgCode: string,
  kind: DataKind,
  key: string,
  payload: unknown,
): Problem[] {
  if (kind === 'acquisition') {
    const before = latestPayload(context, orgCode, 'acquisition', key);
    const after = payload as AcquisitionPayload;
    for (const field of [
      'recordNo',
      'specimenNo',
      'rawDigest',
      'media',
      'peak',
      'startedAt',
      'endedAt',
      'mode',
    ] as const) {
      if (before !== undefined && before[field] !== after[field]) {
        return immutable(field, '自动采集的原始数据不可修改，只能标记作废或重做');
      }
    }
  } else if (kind === 'test-record') {
    const report = codedReportWithRecord(context, orgCode, key);
    if (report !== undefined) return immutable('recordNo', `报告 ${report} 已取得标识码，检测数据不可再变更`);
  } else {
    return immutable('revision', '该类记录只追加，不修改');
  }
  return [];
}

const kindProblems: {
  [K in DataKind]: (context: PlatformContext, orgCode: string, payload: EntryPayloads[K]) => Problem[];
} = {
  'test-record': testRecordProblems,
  acquisition: acquisitionProblems,
  witness: witnessProblems,
  modification: () => [],
  'unqualified-notice': () => [],
};

function judgePayload(context: PlatformContext, orgCode: string, kind: DataKind, entry: WireEntry): Problem[] {
  const parsed = entryPayloadSchemas[kind].safeParse(entry.payload);
  if (!parsed.success) return problemsOf(parsed.error);
  const payload = parsed.data;
  // Witness entries and notices have composed keys whose spelling is the lab's; the others are their own number.
  if (kind === 'test-record' || kind === 'acquisition' || kind === 'modification') {
    const natural = (naturalKeyOf[kind] as (payload: unknown) => string)(payload);
    if (natural !== entry.key) {
      return [{ code: 'VALIDATION', field: 'key', message: `业务主键 ${entry.key} 与内容中的编号 ${natural} 不一致` }];
    }
  }
  // One table entry and the payload of the same kind: the pair is right, though the compiler sees only the unions.
  return (kindProblems[kind] as (context: PlatformContext, orgCode: string, payload: unknown) => Problem[])(
    context,
    orgCode,
    payload,
  );
}

export function refused(entryId: string, problems: readonly Problem[]): WireReceipt {
  return {
    entryId,
    state: 'rejected',
    errors: problems.map(({ code, field, message }) => ({ code, message, ...(field === undefined ? {} : { field }) })),
  };
}

function judgeRegistration(context: PlatformContext, orgCode: string, entry: WireEntry): WireReceipt {
  if (!isRegistrationKind(entry.kind)) throw new Error(`${entry.kind} is no registration`);
  try {
    const { repeated, state, reason } = register(context, orgCode, entry.kind, entry.key, entry);
    if (state === 'pending') return { entryId: entry.entryId, state: 'queued' };
    if (state === 'rejected') {
      return refused(entry.entryId, [{ code: 'VALIDATION', rule: 'supervision', message: reason ?? '登记未获批准' }]);
    }
    return { entryId: entry.entryId, state: repeated ? 'duplicate' : 'accepted' };
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error instanceof RuleRefusal) useUp(context, error.ruleId);
    return refused(
      entry.entryId,
      error.details.length > 0 ? error.details : [{ code: error.code, message: error.message }],
    );
  }
}

/** Judges and, if it is good, stores one entry inside the caller's transaction. */
export function judgeEntry(context: PlatformContext, orgCode: string, entry: WireEntry): WireReceipt {
  const wrongDigest = digestProblem(entry.digest, entry.payload);
  if (wrongDigest !== undefined) return refused(entry.entryId, [wrongDigest]);
  const { kind } = entry;
  if (isRegistrationKind(kind)) return judgeRegistration(context, orgCode, entry);

  const known = entryRevisions(context, orgCode, kind, entry.key);
  const same = known.find((row) => row.revision === entry.revision);
  if (same !== undefined) {
    if (same.digest === entry.digest) return { entryId: entry.entryId, state: 'duplicate' };
    const message = `${entry.key} 第 ${entry.revision} 版已以不同内容上传`;
    return refused(entry.entryId, [{ code: 'CONFLICT_CONTENT', field: 'key', message }]);
  }
  const latest = known[0];
  if (latest !== undefined && latest.revision > entry.revision) {
    const message = `${entry.key} 已有更新的第 ${latest.revision} 版`;
    return refused(entry.entryId, [{ code: 'CONFLICT_CONTENT', field: 'revision', message }]);
  }
  const problems = judgePayload(context, orgCode, kind, entry);
  if (problems.length === 0 && latest !== undefined) {
    problems.push(...revisionProblems(context, orgCode, kind, entry.key, entry.payload));
  }
  if (problems.length > 0) return refused(entry.entryId, problems);
  context.db
    .prepare(
      `INSERT INTO entry (org_code, kind, key, revision, digest, payload, received_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(orgCode, kind, entry.key, entry.revision, entry.digest, JSON.stringify(entry.payload), context.now());
  return { entryId: entry.entryId, state: 'accepted' };
}
