// A person applies for a change after issue: which commission information, why, and on what evidence. Nothing of the
// commission changes yet; what may not change is refused field by field, with its reason.
import type { ChangeField, ChangeOrder } from '../../../shared/afterIssue/calls.ts';
import { checkNewValue, fieldOfPath, labelOfField } from '../../../shared/afterIssue/fields.ts';
import type { BroughtFile, Evidence } from '../../../shared/entities/evidence.ts';
import { toCalendarDay, toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError, type ErrorDetail } from '../../../shared/errors/appError.ts';
import type { ReportContent } from '../../../shared/reports/test-report.ts';
import type { ReportRenderer } from '../../reports/renderer.ts';
import { jsonOf, textOf as text } from '../../store/cells.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Caller, Context } from '../context.ts';
import { keepEvidence, readEvidence, registerEvidence } from '../files/evidence.ts';
import { notify } from '../provincial/notices.ts';
import type { Reader } from '../records/runRows.ts';
import { changeText, orderDigest, orderOf } from './orders.ts';
import { changeRefusal, refuse } from './refusals.ts';
import { fieldValues, newestRevision } from './values.ts';

export interface ChangeInput {
  reportNo: string;
  reason: string;
  fields: readonly { field: string; newValue: string }[];
  evidence: readonly BroughtFile[];
  witness?: string | undefined;
}

export async function applyChange(
  context: Context,
  renderer: ReportRenderer,
  caller: Caller,
  input: ChangeInput,
): Promise<ChangeOrder> {
  const { store } = context;
  refuse(changeRefusal(store, input.reportNo));
  const report = requireRow(newestRevision(store, input.reportNo), '报告', input.reportNo);
  const witness = witnessOf(store, report, input.witness ?? '');
  const fields = changesOf(store, report, input.fields);
  const files = input.evidence.map((file) => readEvidence(file));
  const revision = Number(report['revision']) + 1;
  await tryPrinting(renderer, report, fields, revision);
  const kept = files.map((file) => keepEvidence(context, file));
  const evidence: Evidence[] = kept.map(({ sha256, fileName, bytes }) => ({ sha256, fileName, bytes }));
  const changeNo = store.transact(caller.actor, (tx) => {
    refuse(changeRefusal(tx, input.reportNo));
    registerEvidence(tx, kept);
    const now = context.now();
    const application = {
      changeNo: tx.number('changeOrder', toCalendarDay(now), 'changeOrder'),
      reportNo: input.reportNo,
      revision,
      reason: input.reason,
      // Read again: another order may have been decided since.
      fields: changesOf(tx, requireRow(newestRevision(tx, input.reportNo), '报告', input.reportNo), input.fields),
      evidence,
      witness,
      appliedById: caller.user.personId,
      appliedBy: caller.user.name,
      appliedAt: toWallTime(now),
    };
    const { fields: changed, evidence: proofs, ...plain } = application;
    tx.insert(
      'changeOrder',
      {
        ...plain,
        commissionNo: report['commissionNo'] ?? '',
        fieldsJson: JSON.stringify(changed),
        evidenceJson: JSON.stringify(proofs),
        digest: orderDigest(application),
        state: 'applied',
        decidedById: null,
        decidedBy: null,
        decidedAt: null,
        decision: null,
      },
      input.reason,
    );
    tx.touch('reports', text(report['reportKey']));
    notify(tx, 'warning', `变更单 ${application.changeNo}（报告 ${input.reportNo}）等待批准：${input.reason}`, 'report', input.reportNo); // prettier-ignore
    return application.changeNo;
  });
  return orderOf(requireRow(store.get('changeOrder', changeNo), '变更单', changeNo));
}

/** The witness of a witnessed test has to agree. */
function witnessOf(reader: Reader, report: Row, witness: string): string | null {
  const commission = reader.get('commission', report['commissionNo'] ?? '');
  if (witness !== '' || commission?.['testCategory'] !== '见证取样') return witness === '' ? null : witness;
  throw new AppError({
    code: 'WITNESS_REQUIRED',
    message: '见证取样的报告变更须写明同意变更的见证人。',
    meaning: '变更单没有提交；已填写的内容都还在。',
    next: '请取得见证人同意，填写姓名，并把同意书附为证明材料。',
    details: [{ field: 'witness', message: '必填' }],
  });
}

/** The changes with the values on the report, those of other reports' orders included; refuses what may not change. */
function changesOf(reader: Reader, report: Row, wanted: ChangeInput['fields']): ChangeField[] {
  const values = new Map(fieldValues(reader, report).map((value) => [value.field, value]));
  const problems: ErrorDetail[] = [];
  const changes = new Map<string, ChangeField>();
  for (const { field, onReport, now } of values.values())
    if (onReport !== now) changes.set(field, { field, oldValue: onReport, newValue: now });
  const seen = new Set<string>();
  for (const { field, newValue } of wanted) {
    const add = (message: string, rule?: string) =>
      problems.push({ field, message: `${labelOfField(field)}：${message}`, ...(rule ? { rule } : {}) });
    const found = fieldOfPath(field);
    const value = values.get(field);
    if ('refusal' in found) problems.push({ field, message: found.refusal, rule: 'RB/T 214 4.5.26' });
    else if (seen.has(field)) add('写了两次');
    else if (value === undefined) add('不在这份报告里');
    else {
      const checked = checkNewValue(found, newValue);
      if ('problem' in checked) add(checked.problem);
      else if (checked.value === value.onReport && value.now === value.onReport) add('与报告上的相同，没有变更');
      else if (checked.value === value.onReport) changes.delete(field);
      else changes.set(field, { field, oldValue: value.onReport, newValue: checked.value });
    }
    seen.add(field);
  }
  const backTo = [...values.values()].find(({ field, now, onReport }) => now !== onReport && !changes.has(field));
  if (backTo) problems.push({ field: backTo.field, message: `${backTo.label}已由另一份变更单改为“${backTo.now}”，不能只在这份报告里改回` }); // prettier-ignore
  if (problems.length === 0 && changes.size > 0) return [...changes.values()];
  throw new AppError({
    code: 'CHANGE_REFUSED',
    message:
      problems.length > 0 ? '变更单里有不能变更或填写有误的内容，没有提交。' : '没有一项与报告上的不同，没有提交。',
    meaning: '签发后只能变更委托信息；检测数据、结果和结论不能变更。已填写的内容都还在。',
    next: '请按提示更正；检测数据有误的报告应当作废，重新检测后另出报告。',
    details: problems,
  });
}

/** A character that no report can print is found now, not when three people wait to sign. */
async function tryPrinting(renderer: ReportRenderer, report: Row, fields: ChangeField[], revision: number) {
  const issued = jsonOf<ReportContent>(report['contentJson']);
  const trial = {
    ...issued,
    revision,
    replaces: `${issued.reportNo} 第 ${revision - 1} 版`,
    changeText: changeText({ changeNo: 'BD0000-00000', fields }),
    remarks: fields.map(({ newValue }) => newValue),
  };
  await renderer.renderReport(trial, { coded: false });
}
