// 人员资格 by item and parameter. A row is known by person, item, parameter and first day; a changed one withdraws what was
// entered and enters anew, with the proof that lay with it.
import { newQualificationSchema, type QualificationEntry } from '../../../../shared/qualifications/calls.ts';
import {
  qualificationById,
  standingQualifications,
  twinOf,
  withdrawQualification,
  writeQualification,
  wrongQualification,
  type GivenQualification,
} from '../../qualifications/entries.ts';
import type { Column } from '../columns.ts';
import type { Facts, Known, Problem, Register, Values } from '../register.ts';
import { plainText, schemaProblems } from './facts.ts';
import { codeOf, itemsOf } from './items.ts';

const all = '全部';

const columns: readonly Column[] = [
  { name: 'personId', heading: '人员编号', synonyms: ['工号', '员工编号', '编号'], kind: 'text', required: true, example: 'RY-001', how: '“人员”里已有的编号' },
  { name: 'personName', heading: '姓名', synonyms: ['人员姓名'], kind: 'shown', required: false, example: '张三', how: '只供查看，导入时不看' },
  { name: 'itemCode', heading: '检测项目', synonyms: ['项目', '项目代码', '检测项目代码'], kind: 'text', required: true, example: 'HNT-KY', how: '一个项目的代码或名称' },
  { name: 'parameterCode', heading: '检测参数', synonyms: ['参数', '参数代码', '检测参数代码'], kind: 'text', required: false, example: all, how: '一个参数的代码或名称；“全部”或留空指该项目的全部参数' },
  { name: 'certificateNo', heading: '证书编号', synonyms: ['上岗证号', '岗位证书编号', '检测员证号', '证号', '资格证书编号'], kind: 'text', required: true, example: '粤建检培字第 100 号', how: '最多 60 字' },
  { name: 'validFrom', heading: '有效期自', synonyms: ['发证日期', '起始日期', '有效期起', '生效日期'], kind: 'day', required: true, example: '2026-01-01', how: '日期，如 2026-11-23、2026/11/23、2026年11月23日' },
  { name: 'validTo', heading: '有效期至', synonyms: ['截止日期', '有效期止', '到期日期', '失效日期'], kind: 'day', required: true, example: '2028-12-31', how: '日期，含当日' },
  { name: 'remark', heading: '备注', synonyms: ['说明'], kind: 'text', required: false, example: '', how: '最多 200 字' },
]; // prettier-ignore

const keyFor = ({ personId = '', itemCode = '', parameterCode = '', validFrom = '' }: Values): string | null =>
  personId === '' || itemCode === '' || validFrom === ''
    ? null
    : `${personId} ${itemCode}/${parameterCode || all} ${validFrom}`;

const valuesOf = ({ reader }: Facts, entry: QualificationEntry): Values => ({
  personId: entry.personId,
  personName: plainText(reader.get('person', entry.personId)?.['name']),
  itemCode: entry.itemCode,
  parameterCode: entry.parameterCode,
  certificateNo: entry.certificateNo,
  validFrom: entry.validFrom,
  validTo: entry.validTo,
  remark: entry.remark,
});

function known(facts: Facts): Known[] {
  return standingQualifications(facts.reader).map((entry) => {
    const values = valuesOf(facts, entry);
    return { key: keyFor(values) ?? entry.entryId, values, locked: null };
  });
}

/** Names become codes; what was entered under a code that is gone keeps it. */
function resolve(facts: Facts, given: Values): { values: Values; problems: Problem[] } {
  const problems: Problem[] = [];
  const values: Record<string, string> = { ...given };
  const word = given['itemCode'] ?? '';
  const held = (column: string, text: string): boolean =>
    facts.reader.first(`SELECT 1 FROM qualificationEntry WHERE personId = ? AND ${column} = ?`, given['personId'] ?? '', text) !== undefined; // prettier-ignore
  const parameter = given['parameterCode'] ?? '';
  if ([all, '全部参数', '所有参数', '/'].includes(parameter)) values['parameterCode'] = '';
  if (word === '') return { values, problems };
  const item = codeOf(itemsOf(facts), word, '检测项目');
  if ('problem' in item) {
    if (!held('itemCode', word)) problems.push(item.problem);
    return { values, problems };
  }
  values['itemCode'] = item.found.code;
  if ((values['parameterCode'] ?? '') === '') return { values, problems };
  const found = codeOf(item.found.parameters, parameter, '检测参数');
  if ('found' in found) values['parameterCode'] = found.found.code;
  else if (!held('parameterCode', parameter)) problems.push(found.problem);
  return { values, problems };
}

function check({ reader }: Facts, values: Values) {
  const parsed = newQualificationSchema.safeParse({
    personId: values['personId'],
    itemCode: values['itemCode'],
    parameterCode: values['parameterCode'] ?? '',
    certificateNo: values['certificateNo'],
    validFrom: values['validFrom'],
    validTo: values['validTo'],
    remark: values['remark'] ?? '',
  });
  const problems = schemaProblems(parsed, columns);
  const wrong = parsed.success ? wrongQualification(reader, parsed.data) : null;
  const column = columns.find(({ name }) => name === wrong?.field);
  if (wrong !== null)
    problems.push({ column: column?.heading ?? '整行', code: 'NOT_KNOWN', message: wrong.message, next: wrong.field === 'personId' ? '请先登记或导入这个人，再导入资格。' : '请填写“填写说明”表里的代码或名称。' }); // prettier-ignore
  return { input: parsed.data ?? null, problems };
}

export const qualifications: Register = {
  id: 'qualifications',
  name: '人员资格',
  permission: 'person.keep',
  personal: false,
  columns,
  keyOf: keyFor,
  nameOf: ({ personId = '', itemCode = '', parameterCode = '' }) => [personId, itemCode, parameterCode || all].filter(Boolean).join(' '), // prettier-ignore
  known,
  refuseUnlessOpen: () => undefined,
  resolve,
  check: (facts, values) => check(facts, values),
  write({ tx, caller, at }, input, before) {
    const given = input as GivenQualification;
    const old = before === null ? null : twinOf(tx, given);
    const files = old === null ? [] : qualificationById(tx, old).files;
    if (old !== null) withdrawQualification(tx, caller, at, old, '导入时更正');
    writeQualification(tx, caller, at, given, files);
  },
  show: (column, value) => (column.name === 'parameterCode' && value === '' ? all : value),
  allowed(facts, column) {
    if (column.name === 'itemCode') return itemsOf(facts).map(({ code, name }) => `${code} ${name}`);
    if (column.name !== 'parameterCode') return [];
    return itemsOf(facts).flatMap(({ code, parameters }) =>
      parameters.map((parameter) => `${code}：${parameter.code} ${parameter.name}`),
    );
  },
};
