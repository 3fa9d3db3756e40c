// The exchange-tables profile as data: tables of a SQLite file that a supervision client, another process, reads, marks
// and fills. What the tables have no place for is a flag here and a refusal in words in the port.
import { UP_CODES } from '../../../wire/exchange-schema.ts';
import type { ProfileData } from '../profile-data.ts';

export const EXCHANGE_PROFILE: ProfileData = {
  id: 'exchange-tables',
  title: '交换表规约（监管客户端收取）',
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
    changeOrder: false,
    void: false,
    asyncReceipt: true,
    batch: true,
    notice: false,
    registrations: false,
    time: false,
    events: true,
  },
  limits: { maxEntries: 200, maxBytes: 4 * 1024 * 1024, pageSize: 100, clockToleranceS: 300 },
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
    {
      question: '官方字段表（通知附件一）',
      assumed: '附件未公开；表名与 Register_Temp 的主要字段取自同类公开标准，其余字段为本规约所设。',
    },
    { question: '标准字段放不下的内容', assumed: '各表附加 Content 列，存放该条的完整内容（JSON）。' },
    {
      question: '委托单放在哪里',
      assumed: '标准没有委托表；按样品写入 SamplCode，每个样品一行，共同内容在 Wt_Content。',
    },
    { question: '原始曲线与见证影像放在哪里', assumed: '附表 Acsfile，以文件的 SHA-256 为编号；写入即视为送达。' },
    { question: '字段长度按什么计', assumed: '按字符计；超长不截断，整条拒绝并指明字段。' },
    { question: '何时算平台已接受', assumed: '监管客户端在 Up_State 列标明“已接受”之后；写入交换表只算排队。' },
    { question: '被退回之后', assumed: 'Up_State 为“退回”，理由在 Up_Code、Up_Msg；更正或重试时改写原行再次送审。' },
    {
      question: '标识码如何申请、如何取回',
      assumed: '在 Reportfilelist 的 Code_Ask 列标明申请，监管客户端把标识码写回 Code 列。',
    },
    { question: '委托的锁定与作废', assumed: '监管客户端在 SamplCode 的 Jd_State 列标明。' },
    { question: '签发后的变更单与作废', assumed: '没有对应的表，不能通过交换表办理，须按主管部门规定的其他方式办理。' },
    {
      question: '不合格结果上报',
      assumed: '没有对应的表（Register_Temp 的结论列会标明不合格），上报须按主管部门规定的其他方式办理。',
    },
    { question: '平台时间', assumed: '交换表不提供平台时间，不据此校时。' },
    {
      question: '交换文件的方式',
      assumed: '单个 SQLite 文件，回滚日志方式（不用 WAL），以便监管客户端在任何位置读取、复制时总是完整的。',
    },
    { question: '由谁建立交换文件', assumed: '监管客户端安装时建立；本机不建立，找不到文件时停下等待。' },
  ],
  activeWords: ['active', 'valid', 'normal', '正常', '有效', '在用', '在岗', '在建', '履行中'],
  errorTable: {
    [UP_CODES.incomplete]: { class: 'rejected' },
    [UP_CODES.outOfScope]: { class: 'rejected' },
    [UP_CODES.missing]: { class: 'dependency' },
    [UP_CODES.locked]: { class: 'frozen', freezes: 'locked' },
    [UP_CODES.voided]: { class: 'frozen', freezes: 'voided' },
    [UP_CODES.conflict]: { class: 'conflict' },
  },
};
