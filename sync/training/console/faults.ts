// The fault switches as a form, and what a posted form changes.
import { type FaultSwitches, NO_FAULTS } from '../faults.ts';
import { type Html, html } from '../markup.ts';
import { PlatformError } from '../platform-error.ts';
import { hiddenFields, page, section, type View } from './layout.ts';

type Name = keyof FaultSwitches;
const GROUPS: readonly (readonly [string, string, Partial<Record<Name, string>>])[] = [
  [
    '作用于哪些请求',
    '“次数”类开关：还作用于多少次请求；-1 为一直，0 为关闭',
    {
      match: '只作用于（“方法 /路径”的正则表达式，空为全部）',
      latencyMs: '延迟（毫秒）',
      clockSkewMs: '平台时钟偏差（毫秒）',
    },
  ],
  [
    '什么也没做',
    '次数',
    {
      dropBeforeCommit: '处理前断开连接',
      status500: '处理前答 500',
      rateLimited: '答 429 请求过频',
      retryAfterSeconds: '429 和 202 的 Retry-After（秒）',
      accessRefused: '权限被停用（FORBIDDEN）',
      signatureRefused: '密钥被踢出（BAD_SIGNATURE）',
      htmlPage: '200 网页（网关登录页）',
      redirected: '302 转址',
      diskFull: '磁盘已满，写入失败（503）',
    },
  ],
  [
    '做了，但应答丢失或损坏',
    '次数',
    {
      dropAfterCommit: '处理后断开连接',
      status500AfterCommit: '处理后答 500',
      garbageBody: '200 乱码',
      truncatedBody: '应答中途断开',
      hugeAnswer: '应答过大',
      hugeAnswerBytes: '应答过大：字节数',
      deliveredTwice: '同一请求送达两次',
      codePending: '标识码暂缓发放（202）',
    },
  ],
  [
    '应答是错的',
    '次数；等到有相应的应答时才作用',
    {
      futureFields: '将来版本的字段',
      unknownEnum: '规约没有的状态词',
      strayReceipt: '多出从未发送的条目的回执',
      foreignCode: '标识码写着别的报告',
      wrongDigestCode: '标识码的摘要不符',
      secondCode: '另一个标识码',
      massChange: '人员、设备全部停用的下载',
      endlessPaging: '翻页停在原处',
    },
  ],
];

function field(name: Name, label: string, faults: FaultSwitches): Html {
  const value = faults[name];
  const on = value !== NO_FAULTS[name];
  const input =
    name === 'match'
      ? html`<input name="match" value="${value}" maxlength="200" class="mono" />`
      : html`<input name="${name}" type="number" value="${value}" step="1" required />`;
  return html`<label ${on ? html`class="on"` : undefined}
    ><b>${label}</b>${input}<span class="mono">${name}</span></label
  >`;
}

export function faultsPage(view: View): string {
  const { faults } = view;
  return page(
    view,
    '/console/faults',
    html`<form method="post" action="/console/acts/faults.set">
        ${hiddenFields(view, {})}
        ${GROUPS.map(([title, note, fields]) =>
          section(
            title,
            note,
            html`<div class="fields">
              ${(Object.entries(fields) as [Name, string][]).map(([name, label]) => field(name, label, faults))}
            </div>`,
          ),
        )}
        <section class="pad">
          <div class="act pad">
            <input name="reason" required maxlength="500" placeholder="理由" aria-label="理由" />
            <button>设置开关</button>
          </div>
        </section>
      </form>
      <section>
        <form class="act pad" method="post" action="/console/acts/faults.reset">
          ${hiddenFields(view, {})}
          <input name="reason" required maxlength="500" placeholder="理由" aria-label="理由" />
          <button class="plain">全部关闭</button>
        </form>
      </section>`,
  );
}

/** Every switch is on the page; what is not changed is left as it is now, however far its counter has run. */
export function changedFaults(faults: FaultSwitches, fields: Record<string, string>): Record<string, unknown> {
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(NO_FAULTS) as Name[]) {
    const text = fields[name];
    if (text === undefined || text === String(faults[name])) continue;
    if (name !== 'match' && !/^-?\d{1,15}$/.test(text)) throw new PlatformError('VALIDATION', `${name} 须为整数`);
    changes[name] = name === 'match' ? text : Number(text);
  }
  if (Object.keys(changes).length === 0) throw new PlatformError('VALIDATION', '没有改动任何开关');
  return changes;
}
