// Looking up a commission, a report, a code or a qualification, and acting on it.
import { type PlatformContext } from '../context.ts';
import { type Html, html } from '../markup.ts';
import { findReport, reportState } from '../report-rows.ts';
import { type ActForm, acts, page, section, table, tag, timeWords, type View } from './layout.ts';
import { find, type Found, type FoundCommission, type FoundReport } from './queries.ts';

const COMMISSION_WORDS = { active: ['正常', ''], locked: ['已锁定', 'amber'], voided: ['已作废', 'red'] } as const;
const REPORT_WORDS: Record<string, readonly [string, '' | 'red' | 'amber' | 'green']> = {
  submitted: ['资料未齐', 'amber'],
  accepted: ['已接收', ''],
  rejected: ['已退回', 'red'],
  coded: ['已发码', 'green'],
  filed: ['已归档', 'green'],
  replaced: ['已被代替', 'amber'],
  void: ['已作废', 'red'],
};
const CONCLUSION_WORDS = ['未判定', '合格', '不合格'] as const;

function commissionActs({ commissionNo: subject, state }: FoundCommission): ActForm[] {
  const hidden = { subject };
  const forms: ActForm[] = [];
  if (state === 'active') forms.push({ act: 'commission.lock', hidden, button: '锁定' });
  if (state === 'locked') forms.push({ act: 'commission.unlock', hidden, button: '解除锁定' });
  if (state !== 'voided') forms.push({ act: 'commission.void', hidden, button: '作废（不能恢复）', grave: true });
  return forms;
}

function commissions(view: View, found: Found): Html {
  const rows = found.commissions.map((row) => {
    const [word, tone] = COMMISSION_WORDS[row.state];
    const forms = commissionActs(row);
    return [
      html`<span class="mono">${row.commissionNo}</span>`,
      row.project,
      html`${row.samples} 个样品<br /><span class="hint">${row.records} 条检测记录</span>`,
      timeWords(row.receivedAt),
      html`${tag(word, tone)}${row.reason === null ? undefined : html`<br /><span class="hint">${row.reason}</span>`}`,
      forms.length === 0 ? '' : acts(view, forms),
    ];
  });
  return section(
    '委托',
    `${rows.length}`,
    table(['委托编号', '工程', '内容', '收到', '状态', ''], rows, '没有找到委托。'),
  );
}

function reportWord(context: PlatformContext, { orgCode, reportNo, revision, revokedReason }: FoundReport): Html {
  if (revokedReason !== null) return html`${tag('已撤销', 'red')}<br /><span class="hint">${revokedReason}</span>`;
  const row = findReport(context, orgCode, reportNo, revision);
  const [word, tone] = REPORT_WORDS[row === undefined ? '' : reportState(context, row).state] ?? ['—', ''];
  return tag(word, tone);
}

function reports(context: PlatformContext, view: View, found: Found): Html {
  const rows = found.reports.map((row) => [
    html`<span class="mono">${row.reportNo}</span><br /><span class="hint"
        >第 ${row.revision} 版，委托 ${row.commissionNo}</span
      >`,
    row.title,
    CONCLUSION_WORDS[row.conclusion] ?? '',
    row.code === null
      ? html`<span class="hint">尚未发码</span>`
      : html`<a class="mono" href="/verify?code=${encodeURIComponent(row.code)}">${row.code}</a
          ><br />${timeWords(row.issuedAt ?? 0)}`,
    reportWord(context, row),
    row.code === null || row.revokedReason !== null
      ? ''
      : acts(view, [{ act: 'code.revoke', hidden: { subject: row.code }, button: '撤销标识码', grave: true }]),
  ]);
  return section(
    '报告和标识码',
    `${rows.length}`,
    table(['报告', '名称', '结论', '标识码', '状态', ''], rows, '没有找到报告或标识码。'),
  );
}

function qualifications(view: View, found: Found): Html {
  const rows = found.qualifications.map((row) => [
    `${row.name}（${row.personId}）`,
    row.itemCode,
    row.validTo,
    acts(view, [{ act: 'qualification.revoke', hidden: { subject: row.id }, button: '撤销资格', grave: true }]),
  ]);
  return section(
    '人员资格',
    `${rows.length}`,
    table(['人员', '检测项目', '有效期至', ''], rows, '没有找到资格；请输入姓名、人员编号或项目代码。'),
  );
}

export function findPage(context: PlatformContext, view: View, words: string): string {
  const found = find(context, words);
  return page(
    view,
    '/console/find',
    html`<section>
        <form class="find" method="get" action="/console/find">
          <input
            name="q"
            value="${words}"
            maxlength="64"
            placeholder="委托编号、报告编号、标识码、人员姓名或编号"
            aria-label="查找"
            autofocus
          />
          <button>查找</button>
        </form>
      </section>
      ${commissions(view, found)}${reports(context, view, found)}${words === '' ? undefined : qualifications(view, found)}`,
  );
}
