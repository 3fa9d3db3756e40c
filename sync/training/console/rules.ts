// The rules of refusal, the controls and how registrations are approved.
import { WIRE_ERROR_CODES } from '../../wire/error-codes.ts';
import { type PlatformContext } from '../context.ts';
import { type Html, html } from '../markup.ts';
import { option } from '../options.ts';
import { listRules, type Rule, RULE_KINDS, type RuleVerdict } from '../rules.ts';
import { CONTROLS } from '../supervisor.ts';
import { actForm, acts, hiddenFields, page, section, table, tag, type View } from './layout.ts';
import { CONTROL_WORDS } from './overview.ts';
import { labs } from './queries.ts';

const KIND_WORDS: Record<(typeof RULE_KINDS)[number] | 'any', string> = {
  any: '全部',
  commission: '委托',
  'test-record': '检测记录',
  acquisition: '采集记录',
  modification: '修改日志',
  witness: '见证记录',
  'unqualified-notice': '不合格报告单',
  person: '人员登记',
  equipment: '设备登记',
  premises: '场所登记',
  media: '媒体文件',
  report: '报告',
  code: '申请标识码',
  'report-file': '报告归档文件',
  'change-order': '变更单',
  void: '作废申请',
};
const VERDICT_WORDS: Record<RuleVerdict, string> = {
  refuse: '当场拒绝',
  'refuse-later': '先排队，后拒绝',
  'accept-later': '先排队，后接收',
};

function lateWords({ verdict, polls, waitMs }: Rule): string {
  if (verdict === 'refuse') return '';
  const parts = [polls > 0 ? `查询 ${polls} 次后` : '', waitMs > 0 ? `${waitMs / 1000} 秒后` : ''];
  return parts.filter((part) => part !== '').join('且') || '下次查询时';
}

function rulesSection(context: PlatformContext, view: View): Html {
  const rows = listRules(context).map((rule) => [
    rule.id,
    html`${KIND_WORDS[rule.kind]}${rule.itemCode === null ? undefined : html`<br /><span class="hint">项目 ${rule.itemCode}</span>`}${rule.key === null ? undefined : html`<br /><span class="mono">${rule.key}</span>`}`,
    html`${VERDICT_WORDS[rule.verdict]}<br /><span class="hint">${lateWords(rule)}</span>`,
    html`<span class="mono">${rule.code}</span><br />${rule.message}`,
    rule.remaining < 0 ? '一直' : rule.remaining === 0 ? tag('已用完') : `还有 ${rule.remaining} 次`,
    acts(view, [{ act: 'rule.remove', hidden: { id: String(rule.id) }, button: '取消规则' }]),
  ]);
  return section(
    '接收规则',
    '只对新内容起作用；平台已有的照旧答复',
    table(['#编号', '对象', '处理', '代码和原话', '次数', ''], rows, '没有规则，符合规约的内容都接收。'),
  );
}

function choices(words: Record<string, string>): Html[] {
  return Object.entries(words).map(([value, word]) => html`<option value="${value}">${word}</option>`);
}

function newRule(view: View): Html {
  return section(
    '增加规则',
    '',
    html`<form method="post" action="/console/acts/rule.add">
      ${hiddenFields(view, {})}
      <div class="fields">
        <label
          ><b>对象</b
          ><select name="kind">
            ${choices(KIND_WORDS)}
          </select></label
        >
        <label><b>检测项目代码</b><input name="itemCode" maxlength="64" placeholder="不填为全部" /></label>
        <label><b>业务主键</b><input name="key" maxlength="100" placeholder="不填为全部，* 代表任意字符" /></label>
        <label
          ><b>处理</b
          ><select name="verdict">
            ${choices(VERDICT_WORDS)}
          </select></label
        >
        <label
          ><b>错误代码</b
          ><select name="code">
            ${WIRE_ERROR_CODES.map(
              (code) => html`<option ${code === 'VALIDATION' ? html`selected` : undefined}>${code}</option>`,
            )}
          </select></label
        >
        <label><b>平台的原话</b><input name="message" required maxlength="500" /></label>
        <label
          ><b>次数（-1 为一直）</b><input name="times" type="number" min="-1" max="1000000" value="1" required
        /></label>
        <label><b>排队：查询几次后</b><input name="polls" type="number" min="0" max="1000" value="0" /></label>
        <label><b>排队：几毫秒后</b><input name="waitMs" type="number" min="0" max="86400000" value="0" /></label>
        <label class="wide"><b>理由</b><input name="reason" required maxlength="500" /></label>
        <div class="wide"><button>增加规则</button></div>
      </div>
    </form>`,
  );
}

function controlsSection(context: PlatformContext, view: View): Html {
  const controls = labs(context)[0]?.institution.controls ?? {};
  const rows = CONTROLS.map((control) => {
    const on = controls[control] === true;
    return [
      CONTROL_WORDS[control],
      on ? tag('执行', 'green') : tag('不执行', 'amber'),
      actForm(view, {
        act: 'control',
        hidden: { control, enforced: String(!on) },
        button: on ? '停止执行' : '开始执行',
      }),
    ];
  });
  return section('管控', '机构下次下载参考数据时知道', table(['管控', '现在', ''], rows, ''));
}

function approvalSection(context: PlatformContext, view: View): Html {
  const bySupervisor = option(context, 'registrationApproval') === 'supervisor';
  return section(
    '登记的批准',
    bySupervisor ? '现在由监督人员逐条批准' : '现在由平台自动批准',
    html`<div class="pad">
      ${actForm(view, {
        act: 'registration.approval',
        hidden: { by: bySupervisor ? 'automatic' : 'supervisor' },
        button: bySupervisor ? '改为自动批准' : '改为逐条批准',
      })}
    </div>`,
  );
}

export function rulesPage(context: PlatformContext, view: View): string {
  return page(
    view,
    '/console/rules',
    html`${rulesSection(context, view)}${newRule(view)}${controlsSection(context, view)}${approvalSection(context, view)}`,
  );
}
