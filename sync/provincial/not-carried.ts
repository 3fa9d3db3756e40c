// What a platform can take of the outbox, from its profile's flags, and what people do where it cannot. Asked by the
// engine before it sends and by `main` before it queues, so that nothing waits for a platform that will never take it.
import type { PlatformCapabilities } from './port.ts';
import type { EntryKind } from './sync-store.ts';

/** The engine's own code for an entry that is set aside for this reason. */
export const NOT_CARRIED = 'CAPABILITY_MISSING';

const needs: Partial<Record<EntryKind, keyof PlatformCapabilities>> = {
  registration: 'registrations',
  witness: 'witness',
  media: 'media',
  acquisition: 'acquisition',
  modification: 'modificationLog',
  'unqualified-notice': 'notice',
  'change-order': 'changeOrder',
  'report-file': 'reportFile',
  void: 'void',
};

export function canCarry(capabilities: PlatformCapabilities, kind: EntryKind): boolean {
  const flag = needs[kind];
  return flag === undefined || capabilities[flag];
}

const sentences: Partial<Record<EntryKind, { what: string; next: string }>> = {
  registration: { what: '人员、设备和场所的登记', next: '请在平台网页上登记，随后“更新基础数据”' },
  'unqualified-notice': {
    what: '不合格结果上报',
    next: '请按主管部门规定的其他方式在时限内上报，并在“不合格台账”里登记“已另行上报”',
  },
  'change-order': { what: '变更单', next: '请按主管部门规定的其他方式办理变更' },
  void: { what: '报告的作废', next: '请按主管部门规定的其他方式告知监督机构' },
};
const kept = '内容保存在本机备查，不用上传';
const others: Partial<Record<EntryKind, string>> = {
  witness: '见证信息',
  media: '原始采集文件和影像',
  acquisition: '采集数据',
  modification: '修改记录',
  'report-file': '报告文件',
};

/** What this platform does not take, and the one thing to do instead. */
export function notCarried(kind: EntryKind): { message: string; next: string } {
  const found = sentences[kind] ?? { what: others[kind] ?? kind, next: kept };
  return { message: `本平台不接收${found.what}`, next: found.next };
}

/** Both as one sentence. */
export function notCarriedSentence(kind: EntryKind): string {
  const { message, next } = notCarried(kind);
  return `${message}，${next}。`;
}

/**
 * Nobody waits for what this platform never takes. A change order is the exception: what it allows goes only when a
 * person has stated that the change was settled otherwise.
 */
export const isWaitedFor = (entry: { kind: EntryKind; state: string; platformCode: string | null }): boolean =>
  entry.state !== 'parked' || entry.platformCode !== NOT_CARRIED || entry.kind === 'change-order';
