// The supervisor's hand: lock, unlock or void a commission, revoke a qualification or a code, send a notice, decide on
// registrations, refuse what a rule names, switch the controls. Each act, its reason in the supervisor's own log and
// the event that tells the lab about it are one transaction; an act without a reason is none.
import { type RegistrationKind, type WireInstitution } from '../wire/schemas.ts';
import { type CommissionRow, findCommission } from './commissions.ts';
import { type PlatformContext } from './context.ts';
import { addEvent } from './events.ts';
import { type FaultSwitches, setFaults } from './faults.ts';
import { type PlatformOptions, setOption } from './options.ts';
import { PlatformError } from './platform-error.ts';
import { deleteReferenceRow, institutionOf } from './reference.ts';
import { decideRegistration, registrationOf } from './registrations.ts';
import { deleteRule, insertRule, type RuleInput } from './rules.ts';

export const CONTROLS = ['scope', 'contract', 'personnel', 'equipment'] as const;
export type Control = (typeof CONTROLS)[number];

export interface Act {
  seq: number;
  at: number;
  name: string;
  subject: string;
  reason: string;
}

export interface Supervisor {
  lockCommission(commissionNo: string, reason: string): void;
  unlockCommission(commissionNo: string, reason: string): void;
  voidCommission(commissionNo: string, reason: string): void;
  /** Takes back a person's qualification by the id of its reference row. */
  revokeQualification(rowId: string, reason: string): void;
  revokeCode(code: string, reason: string): void;
  notify(subject: string, text: string): void;
  /** An unqualified notice has been dealt with; it is open no longer. */
  closeNotice(key: string, reason: string): void;
  approveRegistration(kind: RegistrationKind, localId: string, reason: string): void;
  rejectRegistration(kind: RegistrationKind, localId: string, reason: string): void;
  setRegistrationApproval(by: PlatformOptions['registrationApproval'], reason: string): void;
  setControl(control: Control, enforced: boolean, reason: string): void;
  addRule(rule: RuleInput, reason: string): number;
  removeRule(id: number, reason: string): void;
  switchFaults(changes: Record<string, unknown>, reason: string): void;
  /** Newest first. */
  acts(count: number): Act[];
}

export function createSupervisor(context: PlatformContext, faults: FaultSwitches): Supervisor {
  const { db } = context;
  const only = (): string => {
    const row = db.prepare<[], { org_code: string }>('SELECT org_code FROM institution ORDER BY rowid').get();
    if (row === undefined) throw new PlatformError('NOT_FOUND', '平台没有登记任何机构');
    return row.org_code;
  };
  const commission = (orgCode: string, commissionNo: string): CommissionRow => {
    const row = findCommission(context, orgCode, commissionNo);
    if (row === undefined) throw new PlatformError('NOT_FOUND', `没有委托 ${commissionNo}`);
    return row;
  };
  const act = <T>(name: string, subject: string, reason: string, work: (orgCode: string) => T): T => {
    if (reason.trim() === '') throw new PlatformError('VALIDATION', '须写明理由');
    return db
      .transaction(() => {
        const result = work(only());
        db.prepare('INSERT INTO act (at, name, subject, reason) VALUES (?, ?, ?, ?)').run(
          context.now(),
          name,
          subject,
          reason.trim(),
        );
        return result;
      })
      .immediate();
  };
  const setState = (commissionNo: string, state: 'active' | 'locked' | 'voided', reason: string): void => {
    const type = ({ active: 'unlocked', locked: 'locked', voided: 'voided' } as const)[state];
    act(`commission.${type}`, commissionNo, reason, (orgCode) => {
      const row = commission(orgCode, commissionNo);
      if (row.state === 'voided' && state !== 'voided') {
        throw new PlatformError('VOIDED', `委托 ${commissionNo} 已作废，不能恢复`);
      }
      db.prepare('UPDATE commission SET state = ?, reason = ? WHERE org_code = ? AND commission_no = ?').run(
        state,
        state === 'active' ? null : reason,
        orgCode,
        commissionNo,
      );
      addEvent(context, orgCode, `commission.${type}`, commissionNo, reason);
    });
  };
  const decide = (kind: RegistrationKind, localId: string, state: 'approved' | 'rejected', reason: string): void =>
    act(`registration.${state}`, `${kind}/${localId}`, reason, (orgCode) => {
      const row = registrationOf(context, orgCode, kind, localId);
      if (row === undefined) throw new PlatformError('NOT_FOUND', `没有登记 ${kind}/${localId}`);
      if (row.state !== 'pending') {
        const word = row.state === 'approved' ? '批准' : '退回';
        throw new PlatformError('CONFLICT_CONTENT', `登记 ${kind}/${localId} 已${word}，不能再改`);
      }
      decideRegistration(context, row, state, reason);
    });
  return {
    lockCommission: (commissionNo, reason) => setState(commissionNo, 'locked', reason),
    unlockCommission: (commissionNo, reason) => setState(commissionNo, 'active', reason),
    voidCommission: (commissionNo, reason) => setState(commissionNo, 'voided', reason),
    revokeQualification: (rowId, reason) =>
      act('qualification.revoked', rowId, reason, (orgCode) => {
        if (!deleteReferenceRow(db, 'person-qualification', rowId)) {
          throw new PlatformError('NOT_FOUND', `没有资格记录 ${rowId}`);
        }
        addEvent(context, orgCode, 'qualification.revoked', rowId, reason);
      }),
    revokeCode: (code, reason) =>
      act('code.revoked', code, reason, (orgCode) => {
        const changed = db
          .prepare('UPDATE report_code SET revoked_reason = ? WHERE org_code = ? AND code = ?')
          .run(reason, orgCode, code).changes;
        if (changed === 0) throw new PlatformError('NOT_FOUND', `没有标识码 ${code}`);
        addEvent(context, orgCode, 'code.revoked', code, reason);
      }),
    notify: (subject, text) =>
      act('notice', subject, text, (orgCode) => addEvent(context, orgCode, 'notice', subject, text)),
    closeNotice: (key, reason) =>
      act('unqualified.closed', key, reason, (orgCode) => {
        const there = db
          .prepare(`SELECT 1 FROM entry WHERE org_code = ? AND kind = 'unqualified-notice' AND key = ?`)
          .get(orgCode, key);
        if (there === undefined) throw new PlatformError('NOT_FOUND', `没有不合格报告单 ${key}`);
      }),
    approveRegistration: (kind, localId, reason) => decide(kind, localId, 'approved', reason),
    rejectRegistration: (kind, localId, reason) => decide(kind, localId, 'rejected', reason),
    setRegistrationApproval: (by, reason) =>
      act('registration.approval', by, reason, () => setOption(context, 'registrationApproval', by)),
    setControl: (control, enforced, reason) =>
      act(`control.${enforced ? 'on' : 'off'}`, control, reason, (orgCode) => {
        const institution: WireInstitution = institutionOf(db, orgCode);
        const body = { ...institution, controls: { ...institution.controls, [control]: enforced } };
        db.prepare('UPDATE institution SET body = ? WHERE org_code = ?').run(JSON.stringify(body), orgCode);
      }),
    addRule: (rule, reason) =>
      act('rule.added', `${rule.kind} ${rule.key ?? rule.itemCode ?? ''}`.trim(), reason, () =>
        insertRule(context, rule),
      ),
    removeRule: (id, reason) =>
      act('rule.removed', String(id), reason, () => {
        if (!deleteRule(context, id)) throw new PlatformError('NOT_FOUND', `没有规则 ${id}`);
      }),
    switchFaults: (changes, reason) => {
      const subject = Object.entries(changes)
        .map(([name, value]) => `${name}=${String(value)}`)
        .join(' ');
      act('faults', subject === '' ? '（无）' : subject, reason, () => {
        try {
          setFaults(faults, changes);
        } catch (error) {
          throw new PlatformError('VALIDATION', error instanceof Error ? error.message : String(error));
        }
      });
    },
    acts: (count) =>
      db.prepare<[number], Act>('SELECT seq, at, name, subject, reason FROM act ORDER BY seq DESC LIMIT ?').all(count),
  };
}
