// Attempts as the engine keeps them, in words: what was asked of the platform and how it ended.
import type { StateWord } from '../design/words.ts';

const outcomes: Record<string, StateWord> = {
  // What the answer says of the entry stands with the entry: of a batch, each has its own.
  ok: { word: '平台已应答', tone: 'good', shape: '✓' },
  same: { word: '平台早已收到', tone: 'good', shape: '✓' },
  'unknown-outcome': { word: '没有等到答复', tone: 'warn', shape: '▲' },
  auth: { word: '身份验证被拒绝', tone: 'bad', shape: '✕' },
  clock: { word: '时钟相差过大', tone: 'bad', shape: '✕' },
  rejected: { word: '内容被退回', tone: 'bad', shape: '✕' },
  dependency: { word: '所依赖的内容未到', tone: 'warn', shape: '▲' },
  conflict: { word: '与平台已有内容冲突', tone: 'bad', shape: '✕' },
  frozen: { word: '被监管方锁定或作废', tone: 'bad', shape: '✕' },
  later: { word: '平台处理中', tone: 'busy', shape: '◐' },
  'slow-down': { word: '平台要求放慢', tone: 'warn', shape: '▲' },
};
const operations: Record<string, string> = {
  putCommission: '上传委托单',
  getCommission: '查询委托单',
  postBatch: '上传批次',
  getBatch: '查询批次',
  putMedia: '上传文件',
  hasMedia: '查询文件',
  putReport: '提交报告',
  getReport: '查询报告',
  obtainCode: '申请标识码',
  fileReport: '归档报告文件',
  postChange: '上传变更单',
  voidReport: '作废报告',
  putRegistration: '提交登记',
};

export function attemptOutcome(outcome: string): StateWord {
  return outcomes[outcome] ?? { word: outcome, tone: 'quiet', shape: '○' };
}

export const operationName = (operation: string): string => operations[operation] ?? operation;
