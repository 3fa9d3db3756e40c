// Commissions: written once under their number, asked for by their number, and frozen by the supervisor at any time.
import { ulid } from 'ulid';
import { digestOf } from '../wire/digest.ts';
import {
  changeOrderSchema,
  commissionPayloadSchema,
  type CommissionPayload,
  type CommissionState,
  type DigestedPayload,
} from '../wire/schemas.ts';
import { commissionProblems } from './controls.ts';
import { digestProblem, parseOrRefuse, type PlatformContext } from './context.ts';
import { PlatformError, refuseOn, type Problem } from './platform-error.ts';
import { institutionOf } from './reference.ts';
import { refuseByRule } from './rules.ts';

export interface CommissionRow {
  commission_no: string;
  digest: string;
  payload: string;
  platform_id: string;
  state: CommissionState['state'];
  reason: string | null;
}

export function findCommission(
  context: PlatformContext,
  orgCode: string,
  commissionNo: string,
): CommissionRow | undefined {
  return context.db
    .prepare<[string, string], CommissionRow>(
      `SELECT commission_no, digest, payload, platform_id, state, reason FROM commission
       WHERE org_code = ? AND commission_no = ?`,
    )
    .get(orgCode, commissionNo);
}

export function commissionPayload(row: CommissionRow): CommissionPayload {
  return commissionPayloadSchema.parse(JSON.parse(row.payload));
}

export function commissionState(row: CommissionRow): CommissionState {
  return {
    commissionNo: row.commission_no,
    platformId: row.platform_id,
    state: row.state,
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}

/** Why nothing may be written to a frozen commission; undefined while it is active. */
export function frozenProblem(row: CommissionRow | undefined): Problem | undefined {
  if (row === undefined || row.state === 'active') return undefined;
  const reason = row.reason === null ? '' : `：${row.reason}`;
  return row.state === 'locked'
    ? {
        code: 'LOCKED',
        field: 'commissionNo',
        rule: 'supervision',
        message: `委托 ${row.commission_no} 已被监管锁定${reason}`,
      }
    : {
        code: 'VOIDED',
        field: 'commissionNo',
        rule: 'supervision',
        message: `委托 ${row.commission_no} 已被监管作废${reason}`,
      };
}

export function refuseIfFrozen(row: CommissionRow | undefined): void {
  const problem = frozenProblem(row);
  if (problem !== undefined) throw new PlatformError(problem.code, problem.message, [problem]);
}

export function getCommission(context: PlatformContext, orgCode: string, commissionNo: string): CommissionState {
  const row = findCommission(context, orgCode, commissionNo);
  if (row === undefined) throw new PlatformError('NOT_FOUND', `没有委托 ${commissionNo}`);
  return commissionState(row);
}

/** Field paths of a commission with their values: `clientUnit`, `samples.<sampleNo>.structurePart`. */
function valuesByPath(raw: unknown): Map<string, string> {
  const values = new Map<string, string>();
  const put = (path: string, value: unknown): void => {
    values.set(path, typeof value === 'string' ? value : digestOf(value));
  };
  for (const [field, value] of Object.entries(raw as Record<string, unknown>)) {
    if (field !== 'samples') put(field, value);
    else {
      for (const sample of value as Record<string, unknown>[])
        for (const [name, own] of Object.entries(sample)) put(`samples.${String(sample['sampleNo'])}.${name}`, own);
    }
  }
  return values;
}

/** Whether a commission differs from the one that is here in nothing but what change orders of its reports name. */
function saysWhatOrdersSay(
  context: PlatformContext,
  orgCode: string,
  known: CommissionRow,
  raw: unknown,
  changed: CommissionPayload,
): boolean {
  if (changed.commissionNo !== known.commission_no) return false;
  const rows = context.db
    .prepare<[string, string], { body: string }>(
      `SELECT change_order.body FROM change_order JOIN report ON report.org_code = change_order.org_code
         AND report.report_no = change_order.report_no AND report.revision = 1
       WHERE report.org_code = ? AND report.commission_no = ?`,
    )
    .all(orgCode, known.commission_no);
  const named = new Set(
    rows.flatMap(({ body }) =>
      changeOrderSchema.parse(JSON.parse(body)).fields.map(({ field, newValue }) => `${field} ${newValue}`),
    ),
  );
  const before = valuesByPath(JSON.parse(known.payload));
  const after = valuesByPath(raw);
  return [...new Set([...before.keys(), ...after.keys()])].every(
    (path) => before.get(path) === after.get(path) || named.has(`${path} ${after.get(path) ?? ''}`),
  );
}

/** Inside the caller's transaction. The same content answers the present state; other content changes nothing. */
export function putCommission(
  context: PlatformContext,
  orgCode: string,
  commissionNo: string,
  body: DigestedPayload,
): CommissionState {
  const wrongDigest = digestProblem(body.digest, body.payload);
  if (wrongDigest !== undefined) refuseOn([wrongDigest]);
  const known = findCommission(context, orgCode, commissionNo);
  if (known !== undefined) {
    if (known.digest === body.digest) return commissionState(known);
    refuseIfFrozen(known);
    const changed = parseOrRefuse(commissionPayloadSchema, body.payload);
    if (!saysWhatOrdersSay(context, orgCode, known, body.payload, changed)) {
      throw new PlatformError('CONFLICT_CONTENT', `委托 ${commissionNo} 已以不同内容上传，没有变更单说明这些改动`);
    }
    context.db
      .prepare('UPDATE commission SET digest = ?, payload = ? WHERE org_code = ? AND commission_no = ?')
      .run(body.digest, JSON.stringify(body.payload), orgCode, commissionNo);
    return commissionState(known);
  }
  const payload = parseOrRefuse(commissionPayloadSchema, body.payload);
  if (payload.commissionNo !== commissionNo) {
    refuseOn([{ code: 'VALIDATION', field: 'commissionNo', message: '委托编号与地址中的不一致' }]);
  }
  const numbers = payload.samples.map((sample) => sample.sampleNo);
  if (new Set(numbers).size < numbers.length) {
    refuseOn([{ code: 'VALIDATION', field: 'samples', message: '样品编号重复' }]);
  }
  refuseByRule(
    context,
    'commission',
    commissionNo,
    payload.samples.map((sample) => sample.itemCode),
  );
  refuseOn(commissionProblems(context, institutionOf(context.db, orgCode), payload));
  const platformId = ulid(context.now());
  context.db
    .prepare(
      `INSERT INTO commission (org_code, commission_no, digest, payload, platform_id, state, received_at)
       VALUES (?, ?, ?, ?, ?, 'active', ?)`,
    )
    .run(orgCode, commissionNo, body.digest, JSON.stringify(body.payload), platformId, context.now());
  return { commissionNo, platformId, state: 'active' };
}
