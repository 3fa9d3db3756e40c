// Values of the store as people read them: states and yes or no in words, times without their zone, JSON as its parts.
import { roleNames, type Role } from '../entities/roles.ts';
import { listMethods } from '../methods/index.ts';
import { entityName } from './entities.ts';
import { columnName } from './fields.ts';

const states: Record<string, string> = {
  active: '正常', locked: '平台锁定', voided: '平台作废', inUse: '在用', stopped: '停用', scrapped: '报废', pending: '待平台批准',
  rejected: '平台退回', deleted: '平台已撤销', disabled: '停用', closed: '已结束', waiting: '待检', testing: '检测中', tested: '已检测',
  checked: '已校核', approved: '已批准', void: '已作废', draft: '待批准', submitted: '已上传', accepted: '已接收', filed: '已归档',
  replaced: '已被代替', withdrawn: '已撤回', applied: '待批准', refused: '已拒绝', valid: '有效', invalid: '无效', repeated: '已重做',
  interrupted: '中断', suspended: '暂停', coded: '已赋码', held: '暂缓', agreed: '已阅同意', signed: '已签名', takenBack: '已取消',
}; // prettier-ignore

const words: Record<string, Record<string, string>> = {
  state: states,
  platformState: states,
  localState: states,
  validity: states,
  oldValue: states,
  newValue: states,
  subject: { person: '人员', equipment: '设备', standard: '标准' },
  register: { people: '人员', equipment: '设备', premises: '场所', qualifications: '人员资格' },
  meaning: { test: '检测', check: '校核', approve: '批准' },
  moment: { reception: '收样', 'run-start': '开始检测', signing: '签名', approval: '批准', import: '导入' },
  question: { supervision: '监管状态', scope: '资质范围', contract: '合同', personnel: '人员资格', equipment: '设备', age: '龄期' },
  source: { keyboard: '键盘录入', instrument: '仪器采集', file: '仪器文件' },
  purpose: { print: '打印', save: '存出' },
  action: { aside: '搁置', back: '放回', settled: '已在别处办结', retry: '重试' },
  basis: { rule: '标准规定', decision: '本机构决定' },
  act: { confirmed: '确认', withdrawn: '撤回' },
  kind: { signature: '签名', seal: '检测专用章' },
  acquisition: { automatic: '自动采集', manual: '人工录入' },
}; // prettier-ignore
/** 0 or 1. */
const truths: Record<string, readonly [no: string, yes: string]> = {
  disabled: ['在用', '停用'],
  commissionedByOwner: ['否', '是'],
  coded: ['否', '是'],
  closes: ['否', '是'],
  structuralSafety: ['否', '是'],
  allowed: ['不允许', '允许'],
  keptSealed: ['否', '是'],
};
const timeColumn = /(At|Since)$|^at$/;
const digestColumn = /(sha256|digest)$/i;

/** Longer texts are cut here; the whole stands in the store. */
const longest = 300;
const cut = (text: string): string => {
  const letters = Array.from(text);
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…（共 ${letters.length} 字）` : text;
};

export const empty = '（空）';

/** `2026-11-23T09:30:00.000+08:00` as it is written on paper. */
const sayTime = (text: string): string =>
  /^\d{4}-\d{2}-\d{2}T/.test(text) ? `${text.slice(0, 10)} ${text.slice(11, 19)}` : text;

/** One value of a column, as it stands in the audit chain (JSON) or in a row. */
export function readValue(entity: string, column: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return empty;
  if (typeof value === 'string' && value.startsWith('sha256:')) return `密文（摘要 ${value.slice(7, 15)}…）`;
  const truth = truths[column];
  if (truth !== undefined && (value === 0 || value === 1)) return truth[value];
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (column.endsWith('Json')) return cut(readJson(entity, column, text));
  const word = words[column]?.[text];
  // What people wrote about a sample is theirs, whatever it says.
  if (word !== undefined && !(entity === 'sample' && column === 'state')) return word;
  if (column === 'entity') return entityName(text);
  if (column === 'methodId') return listMethods().find(({ id }) => id === text)?.name ?? text;
  if (column === 'field') return columnName('', text) ?? text;
  if (timeColumn.test(column)) return sayTime(text);
  if (digestColumn.test(column)) return text.length > 16 ? `${text.slice(0, 16)}…` : text;
  if (column === 'value' && /^[[{]/.test(text)) return cut(readJson(entity, column, text));
  return cut(text);
}

function readJson(entity: string, column: string, text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return text;
  }
  if (column === 'rolesJson' && Array.isArray(value))
    return value.map((role) => roleNames[role as Role] ?? String(role)).join('、') || empty;
  if (column === 'findingsJson') return readFindings(value);
  if (column === 'gateJson') return readFindings((value as { findings?: unknown } | null)?.findings);
  if (column === 'resultJson' && entity === 'testRecord') return readResult(value);
  if (column === 'contentJson') return `全文（${text.length} 字符，见报告文件）`;
  return readParts(entity, value);
}

/** What the gate found; what passed is not told one by one. */
function readFindings(value: unknown): string {
  if (!Array.isArray(value)) return empty;
  const findings = value as { outcome?: string; message?: string }[];
  const told = findings.filter(({ outcome }) => outcome !== 'pass');
  const marks: Record<string, string> = { refuse: '不允许', warn: '提醒', 'not-enforced': '未强制' };
  if (told.length === 0) return `各项通过（${findings.length} 项）`;
  return told.map(({ outcome, message }) => `${marks[outcome ?? ''] ?? ''}：${message ?? ''}`).join(' ');
}

function readResult(value: unknown): string {
  const { conclusionText, parameters, valid } = (value ?? {}) as {
    conclusionText?: string;
    valid?: boolean;
    parameters?: { name?: string; parameterCode?: string; value?: string | null; unit?: string }[];
  };
  const values = (parameters ?? []).map(
    ({ name, parameterCode, value: figure, unit }) => `${name ?? parameterCode ?? ''} ${figure ?? '—'} ${unit ?? ''}`,
  );
  return [...(valid === false ? ['结果无效'] : []), ...values.map((one) => one.trim()), conclusionText ?? '']
    .filter((part) => part !== '')
    .join('；');
}

/** Any other JSON: its parts with their names, never braces and quotes. */
function readParts(entity: string, value: unknown, depth = 0): string {
  if (value === null || value === undefined || value === '') return empty;
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'string') return sayTime(value);
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    const parts = value.map((one) => readParts(entity, one, depth + 1));
    return parts.length === 0 ? '无' : parts.join(value.some((one) => typeof one === 'object') ? '；' : '、');
  }
  const parts = Object.entries(value).map(
    ([name, part]) => `${columnName(entity, name) ?? columnName(entity, `${name}Json`) ?? name} ${readParts(entity, part, depth + 1)}`, // prettier-ignore
  );
  if (parts.length === 0) return '无';
  return depth > 0 ? `（${parts.join('，')}）` : parts.join('；');
}
