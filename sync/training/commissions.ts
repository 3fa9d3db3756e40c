// Commissions: written once under their number, asked for by their number, and frozen by the supervisor at any time.
import { ulid } from 'ulid';
import {
  commissionPayloadSchema,
  type CommissionPayload,
  type CommissionState,
  type DigestedPayload,
} from '../wire/schemas.ts';
import { commissionProblems } from './controls.ts';
import { digestProblem, parseOrRefuse, type PlatformContext } from './context.ts';
import { PlatformError, refuseOn, type Problem } from './platform-error.ts';
import { institutionOf } from './reference.ts';

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
    throw new PlatformError('CONFLICT_CONTENT', `委托 ${commissionNo} 已以不同内容上传`);
  }
  const payload = parseOrRefuse(commissionPayloadSchema, body.payload);
  if (payload.commissionNo !== commissionNo) {
    refuseOn([{ code: 'VALIDATION', field: 'commissionNo', message: '委托编号与地址中的不一致' }]);
  }
  const numbers = payload.samples.map((sample) => sample.sampleNo);
  if (new Set(numbers).size < numbers.length) {
    refuseOn([{ code: 'VALIDATION', field: 'samples', message: '样品编号重复' }]);
  }
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
