// The one step that helps an entry on, by its state.
import type { CollectionDocument } from '../../shared/entities/collections.ts';

type Entry = Pick<CollectionDocument<'ledger'>, 'state' | 'attempts'>;

const steps: Record<Entry['state'], (entry: Entry) => string> = {
  accepted: () => '不用做什么，平台已接收。',
  queued: () => '不用做什么。平台正在处理，程序会自动取回结果。',
  sending: () => '不用做什么，正在上传。',
  unknown: () => '不用做什么。上次没有等到答复，程序会先向平台查询是否已收到，再决定是否重发，不会重复上报。',
  pending: ({ attempts }) =>
    attempts === 0
      ? '不用做什么，会按顺序自动上传；着急时按 F6 立即上传。'
      : '程序会自动再试；网络恢复后也可按 F6 立即上传。',
  rejected: () => '按平台答复更正对应的数据，更正会产生新版本并自动上传；平台侧已处理的，由有权限的人按 F9 重试。',
  parked: () => '需要人来判断，已搁置，不影响其他委托上传。按平台答复查明原因后，由质量负责人或系统管理员按 F9 重试。',
};

export function nextStep(entry: Entry): string {
  return steps[entry.state](entry);
}
