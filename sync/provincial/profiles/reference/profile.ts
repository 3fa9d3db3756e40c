// The reference profile as data: what the platform can do, how much at once, who is master of which kind of entity,
// what is assumed about it, and what each of its error codes means to the engine. Nothing here is code to follow;
// a new province changes this data, the three functions beside it, and nothing else.
import type { FailureClass, PlatformCapabilities, PlatformLimits } from '../../port.ts';

/** Who may change an entity kind: the platform alone, or this lab with the platform's approval. */
export type MasterOf = 'platform' | 'local-then-approved';

export interface ErrorRule {
  class: FailureClass;
  tooLarge?: boolean;
  repeatOnce?: boolean;
}

export interface Assumption {
  /** What nobody outside the annex can know. */
  question: string;
  /** What this profile takes it to be. */
  assumed: string;
}

export interface ProfileData {
  id: string;
  title: string;
  capabilities: PlatformCapabilities;
  limits: PlatformLimits;
  masterOf: Record<
    'item' | 'person' | 'person-qualification' | 'equipment' | 'premises' | 'project' | 'contract',
    MasterOf
  >;
  assumptions: Assumption[];
  /** Words of the platform that mean: this person, machine, project or contract may be worked with. */
  activeWords: readonly string[];
  errorTable: Record<string, ErrorRule>;
}

export const REFERENCE_PROFILE: ProfileData = {
  id: 'reference',
  title: '参考规约（签名 REST，openapi.yaml 1.0）',
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
    asyncReceipt: true,
    batch: true,
  },
  limits: { maxEntries: 200, maxBytes: 4 * 1024 * 1024, pageSize: 100, clockToleranceS: 300 },
  masterOf: {
    item: 'platform',
    'person-qualification': 'platform',
    project: 'platform',
    contract: 'platform',
    person: 'local-then-approved',
    equipment: 'local-then-approved',
    premises: 'local-then-approved',
  },
  assumptions: [
    { question: '官方字段表（通知附件一）', assumed: '附件未公开；字段按同类公开标准整理，见本规约的载荷说明。' },
    { question: '何时可以申请防伪监管标识码', assumed: '报告该版本被平台接受之后；不预取。' },
    { question: '标识码的格式', assumed: '1 至 64 个可见 ASCII 字符，不从中解读任何含义。' },
    { question: '标识码印在何处', assumed: '第一页右上角二维码与文字，每页页脚文字。' },
    { question: '二维码内容', assumed: '平台返回的 verifyUrl，原样使用。' },
    { question: '未取得标识码时能否打印', assumed: '只能打印整页带水印的版本，打印留有记录。' },
    { question: '不合格结果上报时限', assumed: '得出结果后 24 小时内。' },
    { question: '检测数据上传时限', assumed: '报告批准后 24 小时内。' },
    { question: '自动采集与曲线', assumed: '目录中标明“必须采集”的检测项目必须上传。' },
    {
      question: '人员、设备、工程、合同的状态用词',
      assumed: 'active（或同义词：正常、有效、在用、在岗、在建）为可用，其余一律不可用。',
    },
    { question: '写入是否幂等', assumed: '按自然键幂等：同键同摘要等同首次，同键不同摘要被拒绝且不改动任何内容。' },
    { question: '委托单状态是否带内容摘要', assumed: '不带；结果不明时先查询是否存在，再以同一内容重发取得确定答复。' },
  ],
  activeWords: ['active', 'valid', 'normal', 'approved', 'in-use', '正常', '有效', '在用', '在岗', '在建', '履行中'],
  errorTable: {
    BAD_SIGNATURE: { class: 'auth' },
    REPLAY: { class: 'auth', repeatOnce: true },
    FORBIDDEN: { class: 'auth' },
    CLOCK_SKEW: { class: 'clock' },
    SCOPE: { class: 'rejected' },
    VALIDATION: { class: 'rejected' },
    REFERENCE_MISSING: { class: 'dependency' },
    CONFLICT_CONTENT: { class: 'conflict' },
    LOCKED: { class: 'frozen' },
    VOIDED: { class: 'frozen' },
    NOT_READY: { class: 'later' },
    // On a question the port answers `null` instead; on a write it means that what is written to is not there yet.
    NOT_FOUND: { class: 'dependency' },
    TOO_LARGE: { class: 'slow-down', tooLarge: true },
    RATE_LIMITED: { class: 'slow-down' },
    INTERNAL: { class: 'unknown-outcome' },
  },
};
