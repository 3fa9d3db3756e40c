// What the store calls a thing, in the words of the trade: every audited table, and what is told by events alone.

/** `key`: what stands in its number. */
export interface EntityName {
  name: string;
  /** What a person types to find it. */
  key: string;
}

const named = (name: string, key = '编号'): EntityName => ({ name, key });

export const entityNames: Record<string, EntityName> = {
  // What people look for.
  testRecord: named('原始记录', '记录编号'),
  report: named('检测报告', '报告编号'),
  commission: named('委托单', '委托编号'),
  sample: named('样品', '样品编号'),
  task: named('检测任务'),
  run: named('采集数据', '采集编号'),
  runMark: named('采集标记'),
  reading: named('读数'),
  signature: named('签名'),
  stopRelease: named('可疑数据确认'),
  modification: named('修改记录', '修改日志编号'),
  signedSample: named('签名时的样品信息'),
  reportRecord: named('报告所含记录'),
  printLog: named('打印记录'),
  changeOrder: named('变更单', '变更单编号'),
  changeWithdrawal: named('变更单撤回', '变更单编号'),
  originalReturn: named('原件收回', '报告编号#版本'),
  unqualified: named('不合格台账', '台账编号'),
  unqualifiedHandling: named('不合格处理'),
  gateDecision: named('合规检查'),
  gateOverride: named('放行'),
  evaluation: named('评定表', '核对编号'),
  // Who and with what.
  equipment: named('设备', '设备编号'),
  commissioning: named('仪器确认记录'),
  person: named('人员', '人员编号'),
  personQualification: named('人员资格'),
  personIdentity: named('身份信息', '人员编号'),
  premises: named('场所', '场所编号'),
  retest: named('复检', '样品编号'),
  supplement: named('补充检测', '任务标识'),
  paperImage: named('签名和印章图片', '图片标识'),
  paperImageAct: named('签名和印章图片办理', '图片标识'),
  agreement: named('已阅同意'),
  blindSample: named('盲样编号', '样品编号'),
  dossierEntry: named('档案条目'),
  dossierWithdrawal: named('档案条目撤销'),
  qualificationEntry: named('人员资格（按参数）'),
  qualificationWithdrawal: named('人员资格撤回'),
  labStandard: named('标准', '标准编号'),
  registerImport: named('名册导入'),
  register: named('名册'),
  registration: named('登记'),
  userAccount: named('用户', '用户名'),
  session: named('登录', '用户名'),
  // Where from.
  institution: named('机构', '机构代码'),
  item: named('检测项目', '项目代码'),
  project: named('工程', '工程编号'),
  contract: named('合同'),
  import: named('委托导入'),
  instrumentFile: named('仪器文件', '文件摘要'),
  media: named('文件', '文件摘要'),
  numberIssued: named('编号', '编号'),
  // How the program is set and kept.
  setting: named('设置', '设置名称'),
  secret: named('密钥'),
  climatePlace: named('温湿度房间', '房间编号'),
  climateDay: named('温湿度日摘要'),
  climateAlarm: named('温湿度报警', '房间编号'),
  climateExport: named('温湿度导出', '房间编号'),
  outboxMark: named('上传处理'),
  referenceHeld: named('暂缓的基础数据'),
  sync: named('上传'),
  clock: named('时钟'),
  inspection: named('检查包'),
  verification: named('数据校验'),
  overview: named('质量一览'),
  tasks: named('任务列表', '日期'),
  blind: named('盲样对照', '盲样编号'),
  methodValidation: named('方法验证', 'methods'),
  schema: named('数据库结构', '版本'),
};

/** What rows call a thing that has no table of that name. */
const others: Record<string, string> = {
  record: '原始记录',
  'test-record': '原始记录',
  acquisition: '采集数据',
  reportVoid: '报告作废',
};

export const entityName = (entity: string): string => entityNames[entity]?.name ?? others[entity] ?? entity;
