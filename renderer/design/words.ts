// Every state the screens show: its word, its tone and its shape. A state is never told by colour alone.
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import type { RunValidity } from '../../shared/entities/record.ts';

export type Tone = 'quiet' | 'busy' | 'good' | 'warn' | 'bad';
export interface StateWord {
  word: string;
  tone: Tone;
  shape: string;
}

const quiet = (word: string): StateWord => ({ word, tone: 'quiet', shape: '○' });
const busy = (word: string): StateWord => ({ word, tone: 'busy', shape: '◐' });
const good = (word: string): StateWord => ({ word, tone: 'good', shape: '✓' });
const warn = (word: string): StateWord => ({ word, tone: 'warn', shape: '▲' });
const bad = (word: string): StateWord => ({ word, tone: 'bad', shape: '✕' });

export const taskWords: Record<CollectionDocument<'tasks'>['state'], StateWord> = {
  waiting: quiet('待检'),
  testing: busy('检测中'),
  tested: good('已检测'),
  checked: good('已校核'),
  approved: good('已批准'),
  void: bad('已作废'),
};
export const recordWords: Record<CollectionDocument<'records'>['state'], StateWord> = {
  testing: busy('检测中'),
  tested: warn('待校核'),
  checked: warn('待批准'),
  approved: good('已批准'),
  void: bad('已作废'),
};
export const reportWords: Record<CollectionDocument<'reports'>['standing'], StateWord> = {
  draft: warn('待批准'),
  approved: busy('已批准，待上传'),
  submitted: busy('已上传，待赋码'),
  coded: good('已赋码'),
  filed: good('已赋码归档'),
  rejected: bad('平台退回'),
  void: bad('已作废'),
  replaced: quiet('已被代替'),
  changing: warn('变更中'),
  revoked: bad('标识码已撤销'),
  voidedThere: bad('委托被平台作废'),
  withdrawn: quiet('变更已撤回'),
};
export const outboxWords: Record<string, StateWord> = {
  pending: quiet('待上传'),
  sending: busy('正在上传'),
  unknown: warn('结果未知，待查询'),
  accepted: good('平台已接收'),
  queued: busy('平台排队处理'),
  rejected: bad('平台退回'),
  parked: bad('已搁置，待处理'),
};
export const channelWords: Record<CollectionDocument<'equipment'>['channelState'], StateWord> = {
  none: quiet('未设通道'),
  open: good('已连接'),
  closed: quiet('未连接'),
  silent: warn('已连接，无数据'),
  denied: bad('端口被拒绝'),
  reconnecting: warn('断线，正在重连'),
  swapped: bad('换成了另一台仪器'),
};
export const equipmentWords: Record<CollectionDocument<'equipment'>['state'], StateWord> = {
  inUse: good('在用'),
  stopped: warn('停用'),
  scrapped: bad('报废'),
  pending: busy('待平台批准'),
  rejected: bad('平台退回'),
  deleted: bad('平台已撤销'),
};
export const validityWords: Record<RunValidity, StateWord> = {
  valid: good('有效'),
  invalid: bad('无效'),
  repeated: warn('已重做'),
  interrupted: bad('中断'),
};
export const platformStateWords: Record<string, StateWord> = {
  active: good('正常'),
  locked: warn('平台锁定'),
  voided: bad('已作废'),
};
export const verdictWords: Record<'qualified' | 'unqualified' | 'retest' | 'not-judged', StateWord> = {
  qualified: good('符合'),
  unqualified: bad('不符合'),
  retest: warn('应复验'),
  'not-judged': quiet('未判定'),
};
/** A state that this window does not know yet is shown as it came, never hidden. */
export function wordOf(words: Record<string, StateWord>, state: string): StateWord {
  return words[state] ?? quiet(state);
}
