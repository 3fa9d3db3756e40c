// The supervisor's hand: lock, unlock or void a commission, revoke a qualification or a code, send a notice. Each act
// and the event that tells the lab about it are one transaction.
import { type CommissionRow, findCommission } from './commissions.ts';
import { type PlatformContext } from './context.ts';
import { addEvent } from './events.ts';
import { PlatformError } from './platform-error.ts';
import { deleteReferenceRow } from './reference.ts';

export interface Supervisor {
  lockCommission(commissionNo: string, reason: string): void;
  unlockCommission(commissionNo: string, reason: string): void;
  voidCommission(commissionNo: string, reason: string): void;
  /** Takes back a person's qualification by the id of its reference row. */
  revokeQualification(rowId: string, reason: string): void;
  revokeCode(code: string, reason: string): void;
  notify(subject: string, text: string): void;
}

export function createSupervisor(context: PlatformContext): Supervisor {
  const only = (): string => {
    const row = context.db.prepare<[], { org_code: string }>('SELECT org_code FROM institution ORDER BY rowid').get();
    if (row === undefined) throw new PlatformError('NOT_FOUND', '平台没有登记任何机构');
    return row.org_code;
  };
  const commission = (orgCode: string, commissionNo: string): CommissionRow => {
    const row = findCommission(context, orgCode, commissionNo);
    if (row === undefined) throw new PlatformError('NOT_FOUND', `没有委托 ${commissionNo}`);
    return row;
  };
  const act = (work: (orgCode: string) => void): void => {
    context.db.transaction(() => work(only())).immediate();
  };
  const setState = (commissionNo: string, state: 'active' | 'locked' | 'voided', reason: string): void => {
    act((orgCode) => {
      const row = commission(orgCode, commissionNo);
      if (row.state === 'voided' && state !== 'voided') {
        throw new PlatformError('VOIDED', `委托 ${commissionNo} 已作废，不能恢复`);
      }
      context.db
        .prepare('UPDATE commission SET state = ?, reason = ? WHERE org_code = ? AND commission_no = ?')
        .run(state, state === 'active' ? null : reason, orgCode, commissionNo);
      const type = ({ active: 'unlocked', locked: 'locked', voided: 'voided' } as const)[state];
      addEvent(context, orgCode, `commission.${type}`, commissionNo, reason);
    });
  };
  return {
    lockCommission: (commissionNo, reason) => setState(commissionNo, 'locked', reason),
    unlockCommission: (commissionNo, reason) => setState(commissionNo, 'active', reason),
    voidCommission: (commissionNo, reason) => setState(commissionNo, 'voided', reason),
    revokeQualification: (rowId, reason) =>
      act((orgCode) => {
        if (!deleteReferenceRow(context.db, 'person-qualification', rowId)) {
          throw new PlatformError('NOT_FOUND', `没有资格记录 ${rowId}`);
        }
        addEvent(context, orgCode, 'qualification.revoked', rowId, reason);
      }),
    revokeCode: (code, reason) =>
      act((orgCode) => {
        const changed = context.db
          .prepare('UPDATE report_code SET revoked_reason = ? WHERE org_code = ? AND code = ?')
          .run(reason, orgCode, code).changes;
        if (changed === 0) throw new PlatformError('NOT_FOUND', `没有标识码 ${code}`);
        addEvent(context, orgCode, 'code.revoked', code, reason);
      }),
    notify: (subject, text) => act((orgCode) => addEvent(context, orgCode, 'notice', subject, text)),
  };
}
