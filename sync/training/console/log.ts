// What the supervisor did and why, and the last requests.
import { type Html, html } from '../markup.ts';
import { type RequestLog } from '../requests.ts';
import { type Supervisor } from '../supervisor.ts';
import { page, section, table, tag, timeWords, type View } from './layout.ts';

const ACT_WORDS: Record<string, string> = {
  'commission.locked': '锁定委托',
  'commission.unlocked': '解除锁定',
  'commission.voided': '作废委托',
  'qualification.revoked': '撤销资格',
  'code.revoked': '撤销标识码',
  notice: '发出通知',
  'unqualified.closed': '不合格报告单已处理',
  'registration.approved': '批准登记',
  'registration.rejected': '退回登记',
  'registration.approval': '改登记的批准方式',
  'control.on': '执行管控',
  'control.off': '停止管控',
  'rule.added': '增加接收规则',
  'rule.removed': '取消接收规则',
  faults: '设置故障开关',
};

function actsSection(supervisor: Supervisor): Html {
  const rows = supervisor
    .acts(200)
    .map(({ at, name, subject, reason }) => [
      timeWords(at),
      html`<span class="nowrap">${ACT_WORDS[name] ?? name}</span>`,
      reason,
      html`<span class="mono">${subject}</span>`,
    ]);
  return section('操作记录', '最近 200 条', table(['时间', '操作', '理由', '对象'], rows, '还没有操作。'));
}

function requestsSection(requests: RequestLog): Html {
  const rows = requests
    .last(100)
    .map(({ at, method, path, status, ms, fault }) => [
      timeWords(at),
      html`<span class="mono">${method}</span>`,
      html`<span class="mono">${path}</span>`,
      fault?.startsWith('drop') === true ? '—' : status >= 400 ? tag(String(status), 'amber') : status,
      ms.toFixed(1),
      fault === undefined ? '' : tag(fault, 'red'),
    ]);
  return section(
    '最近的请求',
    '本次启动以来，最多 100 条',
    table(['时间', '方法', '路径', '#状态', '#毫秒', '故障'], rows, '本次启动以来没有请求。'),
  );
}

export function logPage(view: View, supervisor: Supervisor, requests: RequestLog): string {
  return page(view, '/console/log', html`${actsSection(supervisor)}${requestsSection(requests)}`);
}
