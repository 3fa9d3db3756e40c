// What the sync ledger says in words: what an entry is, how it stands, and the one step that helps it on. Used by the
// window, by the exports and by the command line, so that all three say the same.

export const entryKindNames: Record<string, string> = {
  registration: '人员设备登记',
  commission: '委托单',
  witness: '见证信息',
  media: '原始采集文件',
  acquisition: '采集数据',
  'test-record': '原始记录',
  modification: '修改记录',
  'unqualified-notice': '不合格上报',
  'change-order': '变更单',
  report: '检测报告',
  code: '申请标识码',
  'report-file': '赋码报告文件',
  void: '报告作废',
};
export const kindName = (kind: string): string => entryKindNames[kind] ?? kind;

/** How an entry stands for a person: its state, and what was decided about it or about its commission. */
export const standings = [
  'waiting',
  'sending',
  'asking',
  'queued',
  'frozen',
  'rejected',
  'parked',
  'aside',
  'settled',
  'replaced',
  'withdrawn',
  'accepted',
] as const;
export type Standing = (typeof standings)[number];

export const standingNames: Record<Standing, string> = {
  waiting: '待上传',
  sending: '正在上传',
  asking: '结果待查询',
  queued: '平台处理中',
  frozen: '委托冻结',
  rejected: '平台退回',
  parked: '程序搁置',
  aside: '人工搁置',
  settled: '已另行办结',
  replaced: '已由新版代替',
  withdrawn: '已撤回',
  accepted: '平台已接收',
};

export interface StepFacts {
  standing: Standing;
  kind: string;
  attempts: number;
  failureClass: string | null;
  platformCode: string | null;
  /** What it waits for and cannot get by itself: an entry that was refused or set aside, in words. */
  stuckBehind: string | null;
  /** Of the commission, while it is frozen. */
  frozenAs: 'locked' | 'voided' | null;
}

/** Of entries the program stopped by itself. */
const parkedSteps: Record<string, string> = {
  CONFLICT_CONTENT:
    '平台上已有同一编号而内容不同的一份。与平台核对两份内容：以平台为准时按 F7 办结；以本机为准时走报告变更，不要直接重试。',
  CODE_CONFLICT: '平台给出第二个标识码，原有的没有改动。请把两个标识码告知平台管理方，核实后按 F7 办结。',
  CODE_MISMATCH: '平台给的标识码不属于这份报告，没有采用。请联系平台管理方更正，再按 F9 重试。',
  LOCAL_DIGEST_MISMATCH: '本机待传内容与签名时的摘要不一致，没有上传。请到“审计”按 F9 校验全部数据，查明原因。',
  LOCAL_FILE_CHANGED: '本机文件与登记的摘要不一致，没有上传。请从备份恢复原文件后按 F9 重试。',
  LOCAL_FILE_MISSING: '本机找不到要上传的文件。请从备份恢复原文件后按 F9 重试。',
  LOCAL_PAYLOAD_MISSING: '本机找不到要上传的内容。请到“审计”校验全部数据，并联系软件供应方。',
  CAPABILITY_MISSING: '本平台不收这类内容，没有上传。按平台答复另行办妥后按 F7 办结；换了平台的可按 F9 重试。',
  REPORT_VOID: '平台上这份报告已作废。请与监督机构核实；属实时在“报告”里作废，再按 F7 办结。',
};

/** Of entries that the platform refused, by its code. */
const refusedSteps: Record<string, string> = {
  SCOPE: '检测项目不在平台登记的资质范围内。请先在平台办理资质，基础数据更新后按 F9 重试。',
  REFERENCE_MISSING: '平台上缺少它所引用的内容。请在台账中找到被引用的条目，先办好那一条，再按 F9 重试。',
  TOO_LARGE: '内容超过平台允许的大小。请联系平台管理方放宽限制，再按 F9 重试。',
  REGISTRATION_REJECTED: '请到“人员”或“设备”按平台写明的理由变更登记，变更后自动重新提交。',
};

const refusedKindSteps: Record<string, string> = {
  commission: '按平台答复核对委托单内容和工程、合同；平台侧更正后按 F9 重试。',
  'test-record': '按平台答复核对人员、设备资格和记录；平台侧更正后按 F9 重试，数据有误时由检测员修改后重新签名。',
  acquisition: '采集数据不能修改。按平台答复核对设备、人员的登记，平台侧更正后按 F9 重试。',
  media: '按平台答复核对文件；平台侧处理后按 F9 重试。',
  witness: '按平台答复核对见证信息；平台侧更正后按 F9 重试。',
  'change-order':
    '按平台答复核对变更单和附件；平台侧处理后按 F9 重试，需改内容时到“报告”按 F4 撤回，再提交更正后的变更单。',
  'report-file': '按平台答复核对；平台侧处理后按 F9 重新归档。',
  void: '请与监督机构核实报告能否作废；平台侧处理后按 F9 重试。',
  report: '按平台答复核对报告；需改委托信息时到“报告”提出变更，平台侧更正后按 F9 重试。',
  code: '先办好平台列出的缺项，再按 F9 重新申请标识码。',
  'unqualified-notice': '按平台答复办理；限时上报，必要时按平台规定的其他方式上报后按 F7 办结。',
};

const steps: Record<Standing, (facts: StepFacts) => string> = {
  accepted: () => '不用做什么，平台已接收。',
  queued: ({ kind }) =>
    kind === 'code'
      ? '平台还没有给出标识码；缺项见平台答复，补齐后程序自动取回。'
      : kind === 'registration'
        ? '等平台审批，程序会自动取回结果。'
        : '不用做什么。平台正在处理，程序会自动取回结果。',
  sending: () => '不用做什么，正在上传。',
  asking: () => '不用做什么。上次没有等到答复，程序先向平台查询是否已收到，再决定是否重发，不会重复上报。',
  waiting: ({ attempts, stuckBehind }) =>
    stuckBehind !== null
      ? `请先处理它等待的${stuckBehind}，处理好后它会自动上传。`
      : attempts === 0
        ? '不用做什么，会按顺序自动上传；着急时按 F6 立即上传。'
        : '程序会自动再试；网络恢复后也可按 F6 立即上传。',
  frozen: ({ frozenAs }) =>
    frozenAs === 'voided'
      ? '委托已被监管平台作废，不会再上传。与监督机构核实后按 F7 办结。'
      : '委托被监管平台锁定。请联系监督机构解除；解除后程序自动继续上传。',
  rejected: ({ platformCode, kind }) =>
    refusedSteps[platformCode ?? ''] ?? refusedKindSteps[kind] ?? '按平台答复更正；平台侧已处理的，按 F9 重试。',
  parked: ({ platformCode, failureClass }) =>
    parkedSteps[platformCode ?? ''] ??
    (failureClass === 'frozen'
      ? '平台说这份报告已锁定或作废。请与监督机构核实，再决定按 F9 重试或 F7 办结。'
      : '需要人来判断，不影响其他委托上传。按平台答复查明原因后按 F9 重试。'),
  aside: () => '由人搁置，不会上传。原因消除后按 F9 放回队列。',
  settled: () => '不用做什么，已注明另行办结；没有由平台接收。',
  replaced: () => '不用做什么，更正后的新版本已代替它。',
  withdrawn: () => '不用做什么，变更单已撤回，这一条不再上传；更正后的变更单另成一条。',
};

/** One sentence or two; the keys are those of the ledger screen. */
export const nextStep = (facts: StepFacts): string => steps[facts.standing](facts);
