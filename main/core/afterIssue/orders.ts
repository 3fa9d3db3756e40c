// 变更单: its row as windows see it, what the approver signs, and what the platform is sent.
import type { ChangeField, ChangeOrder } from '../../../shared/afterIssue/calls.ts';
import type { Evidence } from '../../../shared/entities/evidence.ts';
import { labelOfField } from '../../../shared/afterIssue/fields.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { jsonOf, nullableText, textOf as text } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import type { Reader } from '../records/runRows.ts';
import { platformIdOf } from '../registrations/registrationRows.ts';

export type Application = Omit<ChangeOrder, 'digest' | 'state' | 'decidedBy' | 'decidedAt' | 'decision'>;

/** Exactly what was applied for; the approval binds it. */
export const orderDigest = (order: Application): string => digestOf(order);

export function orderOf(row: Row): ChangeOrder {
  return {
    ...applicationOf(row),
    digest: text(row['digest']),
    state: text(row['state']) as ChangeOrder['state'],
    decidedBy: nullableText(row['decidedBy']),
    decidedAt: nullableText(row['decidedAt']),
    decision: nullableText(row['decision']),
  };
}

export function applicationOf(row: Row): Application {
  return {
    changeNo: text(row['changeNo']),
    reportNo: text(row['reportNo']),
    revision: Number(row['revision']),
    reason: text(row['reason']),
    fields: jsonOf<ChangeField[]>(row['fieldsJson']),
    evidence: jsonOf<Evidence[]>(row['evidenceJson']),
    witness: nullableText(row['witness']),
    appliedById: text(row['appliedById']),
    appliedBy: text(row['appliedBy']),
    appliedAt: text(row['appliedAt']),
  };
}

/** As the reference profile's change order; people by their platform ids, as everywhere else on the wire. */
export function wireOrder(
  reader: Reader,
  order: ChangeOrder,
  approvedById: string,
  at: string,
): Record<string, unknown> {
  const idOf = (personId: string): string => platformIdOf(reader, 'person', personId);
  return {
    changeNo: order.changeNo,
    revision: order.revision,
    reason: order.reason,
    fields: order.fields,
    appliedBy: idOf(order.appliedById),
    approvedBy: idOf(approvedById),
    ...(order.witness === null ? {} : { witness: order.witness }),
    evidence: order.evidence.map(({ sha256 }) => sha256),
    at,
  };
}

const shown = (value: string): string => (value === '' ? '（空）' : `“${value}”`);

/** What changed, as the next revision prints it; where its line is too short it names the fields and the order. */
export function changeText({ changeNo, fields }: Pick<ChangeOrder, 'changeNo' | 'fields'>): string {
  const whole = fields.map((field) => `${labelOfField(field.field)}由${shown(field.oldValue)}改为${shown(field.newValue)}`); // prettier-ignore
  const text = `${whole.join('；')}（变更单 ${changeNo}）`;
  if (text.length <= 300) return text;
  const names = [...new Set(fields.map(({ field }) => labelOfField(field).replace(/^样品 \S+ /u, '各样品')))];
  return `${names.join('、')}，共 ${fields.length} 项，逐项见变更单 ${changeNo}`;
}
