// The form profile as data: the older platforms' style. A session per account, form posts, numbers for errors, generic
// sentences. Its writes are not idempotent, so the port looks before it writes.
import { FORM_CODES } from '../../../wire/form-contract.ts';
import type { ErrorRule, ProfileData } from '../profile-data.ts';

const byNumber = (rules: Partial<Record<keyof typeof FORM_CODES, ErrorRule>>): Record<string, ErrorRule> =>
  Object.fromEntries(
    Object.entries(rules).map(([reason, rule]) => [String(FORM_CODES[reason as keyof typeof FORM_CODES]), rule]),
  );

export const FORM_PROFILE: ProfileData = {
  id: 'form',
  title: '表单规约（登录会话，校验值）',
  capabilities: {
    project: true,
    contract: true,
    catalogue: true,
    personnel: true,
    equipment: true,
    supervisionStatus: true,
    witness: true,
    acquisition: true,
    media: true,
    modificationLog: true,
    reportFile: true,
    stampByPlatform: false,
    codePrefetch: false,
    changeOrder: true,
    void: true,
    asyncReceipt: false,
    batch: false,
    notice: true,
    registrations: false,
    time: true,
    events: true,
  },
  limits: { maxEntries: 1, maxBytes: 2 * 1024 * 1024, pageSize: 100, clockToleranceS: 300 },
  masterOf: {
    item: 'platform',
    'person-qualification': 'platform',
    project: 'platform',
    contract: 'platform',
    person: 'platform',
    equipment: 'platform',
    premises: 'platform',
  },
  assumptions: [
    { question: '官方字段表（通知附件一）', assumed: '附件未公开；内容按参考规约的载荷整体放入“nr”字段。' },
    { question: '登录与会话', assumed: '每个账号同时只有一个会话，有效 24 小时；在别处登录会使本机退出。' },
    { question: '被别处登录挤掉后', assumed: '本机重新登录一次；十分钟内再次被挤掉则停止上传，等人处理。' },
    { question: '校验值', assumed: 'MD5（密钥 + 按规定顺序相连的各字段值），大写十六进制；文件以其 SHA-256 参与。' },
    {
      question: '写入是否幂等',
      assumed: '不是：重复提交会产生重复数据。本机每次写入前先按编号查询，已有相同内容即视为成功。',
    },
    { question: '没有应答的写入何时算未到达', assumed: '20 秒后仍查询不到，才重新提交。' },
    { question: '平台是否保存内容摘要', assumed: '不保存；摘要由本机按查询到的内容重新计算。' },
    { question: '是否可以成批上传', assumed: '不可以，逐条上传。' },
    { question: '何时可以申请防伪监管标识码', assumed: '报告被平台接受之后；同一版本只申请一次，申请前先查询。' },
    {
      question: '签发后的变更与作废',
      assumed:
        '变更单和作废单是各自独立的单据，按变更单号、报告编号查询；委托信息由平台按变更单更改，本机核对一致后不再重报委托。',
    },
    { question: '人员、设备、场所', assumed: '由平台维护，本机只下载，不能从本机申报。' },
    {
      question: '错误编号',
      assumed: '1 开头为登录与校验，2 开头为业务，3 开头为流量，5 开头为平台故障；未知编号按“被拒绝”处理。',
    },
  ],
  activeWords: ['active', 'valid', 'normal', '正常', '有效', '在用', '在岗', '在建', '履行中'],
  errorTable: byNumber({
    // Sessions are the port's own affair; these are reported only when logging in again did not help.
    sessionEnded: { class: 'auth' },
    kickedOut: { class: 'auth' },
    wrongCheckValue: { class: 'auth' },
    accountClosed: { class: 'auth' },
    clock: { class: 'clock' },
    // It has been here before: what became of it the first time, a query tells.
    repeated: { class: 'unknown-outcome' },
    incomplete: { class: 'rejected' },
    outOfScope: { class: 'rejected' },
    missing: { class: 'dependency' },
    locked: { class: 'frozen', freezes: 'locked' },
    voided: { class: 'frozen', freezes: 'voided' },
    notReady: { class: 'later' },
    beingDone: { class: 'later' },
    notFound: { class: 'dependency' },
    tooOften: { class: 'slow-down' },
    tooLarge: { class: 'slow-down', tooLarge: true },
    failed: { class: 'unknown-outcome' },
  }),
};
