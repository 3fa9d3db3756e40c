// The console's first page: who reports, what unqualified results are open and for how long, what waits for approval.
import { type PlatformContext } from '../context.ts';
import { type Html, html } from '../markup.ts';
import { option } from '../options.ts';
import { acts, ageWords, page, section, table, tag, timeWords, type View } from './layout.ts';
import { labs, openNotices, type PendingRegistration, pendingRegistrations, sentNotices } from './queries.ts';

const HOUR = 3_600_000;
/** The reference profile's assumption: an unqualified result is reported within 24 hours. */
const NOTICE_LIMIT = 24 * HOUR;
/** A lab in use asks for events every minute; after a day without a word somebody should ask. */
const SILENT_AFTER = 24 * HOUR;

const KIND_WORDS = { person: '人员', equipment: '设备', premises: '场所' } as const;
export const CONTROL_WORDS = { scope: '资质范围', contract: '合同', personnel: '人员', equipment: '设备' } as const;

function labsSection(context: PlatformContext): Html {
  const now = context.now();
  const rows = labs(context).map((lab) => {
    const off = Object.entries(CONTROL_WORDS).filter(
      ([control]) => lab.institution.controls[control as keyof typeof CONTROL_WORDS] !== true,
    );
    const silent = lab.lastContact === null || now - lab.lastContact > SILENT_AFTER;
    const contact = lab.lastContact === null ? '从未' : `${ageWords(now - lab.lastContact)}前`;
    return [
      html`${lab.institution.name}<br /><span class="mono">${lab.orgCode}</span>`,
      lab.commissions,
      lab.records,
      lab.reports,
      lab.codes,
      lab.files,
      silent ? tag(contact, 'amber') : contact,
      off.length === 0 ? '全部执行' : tag(`未执行：${off.map(([, word]) => word).join('、')}`, 'amber'),
    ];
  });
  return section(
    '检测机构',
    '',
    table(
      ['机构', '#委托', '#检测记录', '#报告', '#标识码', '#归档', '最近联系', '管控'],
      rows,
      '平台没有登记任何机构。',
    ),
  );
}

function noticesSection(context: PlatformContext, view: View): Html {
  const now = context.now();
  const rows = openNotices(context).map(({ key, receivedAt, notice, projectName }) => {
    const found = Date.parse(notice.foundAt);
    const late = receivedAt - found > NOTICE_LIMIT;
    return [
      html`${notice.structuralSafety && tag('结构安全', 'red')} ${projectName}<br /><span class="mono">${key}</span>`,
      html`${notice.itemCode} ${notice.parameterCode}`,
      html`${notice.value}<br /><span class="hint">要求 ${notice.requirement}</span>`,
      html`${timeWords(found)}<br /><span class="hint">距今 ${ageWords(now - found)}</span>`,
      late ? tag(`${ageWords(receivedAt - found)}后，超过 24 小时`, 'red') : `${ageWords(receivedAt - found)}后`,
      acts(view, [{ act: 'unqualified.close', hidden: { subject: key }, button: '已处理', reasonHint: '处理情况' }]),
    ];
  });
  return section(
    '未处理的不合格报告单',
    rows.length === 0 ? '' : `${rows.length} 条，按收到先后`,
    table(['工程、单号', '项目、参数', '实测值', '发现时间', '报送', ''], rows, '没有未处理的不合格报告单。'),
  );
}

const FIELD_WORDS: Record<string, string> = {
  name: '名称',
  certificateNo: '证书编号',
  model: '型号',
  serial: '出厂编号',
  itemCodes: '检测项目',
  startDate: '检定/校准日期',
  validMonths: '有效月数',
  address: '地址',
  state: '状态',
};

function facts(registration: PendingRegistration): string {
  return Object.entries(registration.payload)
    .map(([name, value]) => `${FIELD_WORDS[name] ?? name}：${Array.isArray(value) ? value.join('、') : String(value)}`)
    .join('；');
}

function registrationsSection(context: PlatformContext, view: View): Html {
  const now = context.now();
  const rows = pendingRegistrations(context).map((one) => {
    const hidden = { kind: one.kind, localId: one.localId };
    return [
      KIND_WORDS[one.kind],
      html`<span class="mono">${one.localId}</span><br /><span class="hint">第 ${one.revision} 版</span>`,
      facts(one),
      ageWords(now - one.receivedAt),
      acts(view, [
        { act: 'registration.approve', hidden, button: '批准' },
        { act: 'registration.reject', hidden, button: '退回', grave: true },
      ]),
    ];
  });
  const how = option(context, 'registrationApproval') === 'supervisor' ? '由监督人员逐条批准' : '平台自动批准';
  return section(
    '待批准的登记',
    `登记现在${how}，可在“接收规则与管控”中改`,
    table(['类别', '机构内编号', '内容', '已等待', ''], rows, '没有待批准的登记。'),
  );
}

function sentSection(context: PlatformContext, view: View): Html {
  const now = context.now();
  const rows = sentNotices(context).map(({ subject, text, at }) => [
    timeWords(at),
    subject,
    text ?? '',
    ageWords(now - at),
  ]);
  return section(
    '通知',
    '机构下次取监管动态时看到',
    html`${table(['发出时间', '标题', '内容', '距今'], rows, '没有发出过通知。')}
      <form class="act pad" method="post" action="/console/acts/notice">
        <input type="hidden" name="csrf" value="${view.session.csrf}" />
        <input type="hidden" name="back" value="${view.here}" />
        <input name="subject" required maxlength="100" placeholder="标题" aria-label="通知标题" />
        <input name="reason" required maxlength="500" placeholder="内容" aria-label="通知内容" />
        <button class="plain">发出通知</button>
      </form>`,
  );
}

export function overviewPage(context: PlatformContext, view: View): string {
  return page(
    view,
    '/console',
    html`${labsSection(context)}${noticesSection(context, view)}${registrationsSection(context, view)}${sentSection(
      context,
      view,
    )}`,
  );
}
