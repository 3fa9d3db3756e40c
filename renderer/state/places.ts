// The places of work, in the order of the work, and who may enter them. The far side enforces; this only shows.
import { permits, type Permission, type Role } from '../../shared/entities/roles.ts';

export const placeIds = [
  'reception',
  'bench',
  'review',
  'reports',
  'tasks',
  'evaluation',
  'ledger',
  'equipment',
  'climate',
  'people',
  'methods',
  'overview',
  'audit',
  'backup',
  'settings',
] as const;
export type PlaceId = (typeof placeIds)[number];

export interface Place {
  id: PlaceId;
  name: string;
  /** One of these is enough; empty: everyone who is signed in. */
  permissions: readonly Permission[];
  /** Roles for whom this is the first screen. */
  homeOf: readonly Role[];
}

export const places: readonly Place[] = [
  { id: 'reception', name: '收样', permissions: ['commission.register'], homeOf: ['receiver'] },
  { id: 'bench', name: '检测台', permissions: ['bench.run'], homeOf: ['technician'] },
  { id: 'review', name: '校核', permissions: [], homeOf: ['checker'] },
  { id: 'reports', name: '报告', permissions: [], homeOf: ['authorisedSignatory'] },
  {
    id: 'tasks',
    name: '任务',
    permissions: ['bench.run', 'task.assign', 'commission.register', 'report.approve'],
    homeOf: [],
  },
  { id: 'evaluation', name: '验算与评定', permissions: [], homeOf: [] },
  { id: 'ledger', name: '上传台账', permissions: [], homeOf: [] },
  { id: 'equipment', name: '设备', permissions: [], homeOf: ['equipmentKeeper'] },
  { id: 'climate', name: '温湿度', permissions: [], homeOf: [] },
  { id: 'people', name: '人员', permissions: [], homeOf: [] },
  { id: 'methods', name: '方法库', permissions: [], homeOf: [] },
  { id: 'overview', name: '一览', permissions: ['overview.read'], homeOf: ['qualityManager'] },
  { id: 'audit', name: '审计', permissions: ['audit.read'], homeOf: [] },
  { id: 'backup', name: '备份', permissions: ['backup.read'], homeOf: [] },
  { id: 'settings', name: '设置', permissions: ['setting.manage', 'user.manage'], homeOf: ['administrator'] },
];

export function placesFor(roles: readonly Role[]): Place[] {
  return places.filter(
    (place) => place.permissions.length === 0 || place.permissions.some((permission) => permits(roles, permission)),
  );
}

export function homeFor(roles: readonly Role[]): PlaceId {
  const open = placesFor(roles);
  return (open.find((place) => place.homeOf.some((role) => roles.includes(role))) ?? open[0])?.id ?? 'reports';
}

const rowOfKeys = '1234567890-=[]'.split('');

/** The upper row of the keyboard from Alt+1 to Alt+=, then the brackets below its end, as many places as there are. */
export function placeKeys(index: number): string | null {
  const key = rowOfKeys[index];
  return key === undefined ? null : `Alt+${key}`;
}
