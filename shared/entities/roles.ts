// Who may do what. A user holds one or more roles; a call of the contract names one permission.
import { z } from 'zod';

export const roleSchema = z.enum([
  'receiver',
  'technician',
  'checker',
  'authorisedSignatory',
  'qualityManager',
  'equipmentKeeper',
  'administrator',
]);
export type Role = z.infer<typeof roleSchema>;

export const roleNames: Record<Role, string> = {
  receiver: '收样员',
  technician: '检测员',
  checker: '校核员',
  authorisedSignatory: '授权签字人',
  qualityManager: '质量负责人',
  equipmentKeeper: '设备管理员',
  administrator: '系统管理员',
};

/** `public`: nobody need be signed in. `signedIn`: any user with an unlocked session. */
export type Permission =
  | 'public'
  | 'session'
  | 'signedIn'
  | 'commission.register'
  | 'bench.run'
  | 'ports.read'
  | 'record.test'
  | 'record.check'
  | 'report.approve'
  | 'report.print'
  | 'report.change'
  | 'report.approveChange'
  | 'report.void'
  | 'report.original'
  | 'unqualified.handle'
  | 'retest.begin'
  | 'evaluation.make'
  /** Sees whose a sample is while it is tested blind. */
  | 'sample.identity'
  | 'overview.read'
  | 'task.assign'
  | 'dossier.keep'
  | 'sync.manage'
  | 'audit.read'
  | 'gate.override'
  | 'backup.read'
  | 'backup.manage'
  | 'equipment.keep'
  | 'person.keep'
  | 'user.manage'
  | 'setting.manage'
  | 'policy.manage';

export const rolePermissions: Record<Role, readonly Permission[]> = {
  receiver: [
    'sample.identity',
    'commission.register',
    'retest.begin',
    'report.print',
    'report.change',
    'report.original',
  ],
  technician: ['bench.run', 'record.test', 'ports.read'],
  checker: ['sample.identity', 'record.check', 'evaluation.make', 'task.assign'],
  authorisedSignatory: ['sample.identity', 'report.approve', 'report.approveChange', 'report.print', 'evaluation.make'],
  qualityManager: [
    'sample.identity',
    'overview.read',
    'task.assign',
    'dossier.keep',
    'policy.manage',
    'report.print',
    'report.change',
    'report.approveChange',
    'report.void',
    'report.original',
    'unqualified.handle',
    'retest.begin',
    'evaluation.make',
    'sync.manage',
    'audit.read',
    'gate.override',
    'backup.read',
    'equipment.keep',
    'person.keep',
    'ports.read',
  ],
  equipmentKeeper: ['dossier.keep', 'equipment.keep', 'ports.read'],
  administrator: [
    'sample.identity',
    'dossier.keep',
    'user.manage',
    'person.keep',
    'setting.manage',
    'sync.manage',
    'audit.read',
    'backup.read',
    'backup.manage',
  ],
};

export function permits(roles: readonly Role[], permission: Permission): boolean {
  if (permission === 'public' || permission === 'session' || permission === 'signedIn') return true;
  return roles.some((role) => rolePermissions[role].includes(permission));
}
