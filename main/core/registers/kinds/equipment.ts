// 设备: entered as the form does, the extensometer's figures in columns of their own.
import { extensometerClasses, extensometerSchema } from '../../../../shared/entities/extensometer.ts';
import { equipmentRegistrationSchema, type EquipmentRegistration } from '../../../../shared/entities/registration.ts';
import { jsonOf, textOf as text } from '../../../store/cells.ts';
import type { Row } from '../../../store/tables.ts';
import { writeEquipment } from '../../registrations/enter.ts';
import { refuseUnlessLocal } from '../../registrations/master.ts';
import type { Column } from '../columns.ts';
import type { Facts, Known, Problem, Register, Values } from '../register.ts';
import { enteredFacts, lockedBy, plainText, refuseTakenNumber, schemaProblems, standingColumn, standingText, wordsOf } from './facts.ts'; // prettier-ignore
import { codeOf, itemsOf, partsOf } from './items.ts';

const columns: readonly Column[] = [
  { name: 'equipmentId', heading: '设备编号', synonyms: ['编号', '管理编号', '仪器编号', '设备管理编号', '仪器设备编号'], kind: 'text', required: true, example: 'YQ-001', how: '字母、数字和 - _ .，以字母或数字开头，最多 20 字' },
  { name: 'name', heading: '设备名称', synonyms: ['名称', '仪器名称', '仪器设备名称'], kind: 'text', required: true, example: '压力试验机', how: '最多 60 字' },
  { name: 'model', heading: '型号', synonyms: ['规格型号', '型号规格', '设备型号'], kind: 'text', required: false, example: 'YAW-2000', how: '最多 60 字' },
  { name: 'serial', heading: '出厂编号', synonyms: ['机身号', '序列号', '出厂号', '仪器序列号'], kind: 'text', required: true, example: 'S-77001', how: '文本格式，最多 60 字' },
  { name: 'itemCodes', heading: '检测项目', synonyms: ['适用项目', '用于项目', '检测项目代码'], kind: 'codes', required: true, example: 'HNT-KY', how: '项目代码或名称，几个之间用顿号' },
  { name: 'startDate', heading: '检定/校准日期', synonyms: ['检定日期', '校准日期', '检定校准日期', '检定(校准)日期', '检校日期'], kind: 'day', required: true, example: '2026-03-02', how: '日期，如 2026-11-23、2026/11/23、2026年11月23日' },
  { name: 'validMonths', heading: '有效期(月)', synonyms: ['检定周期', '校准周期', '检定周期(月)', '有效期', '周期(月)'], kind: 'whole', required: true, example: '12', how: '1～120 的整数' },
  { name: 'certificateNo', heading: '证书编号', synonyms: ['检定证书编号', '校准证书编号', '检定/校准证书编号', '证书号'], kind: 'text', required: true, example: 'LX-2026-10001', how: '最多 60 字' },
  { name: 'rangeKn', heading: '量程(kN)', synonyms: ['量程', '最大荷载(kN)', '最大试验力(kN)'], kind: 'decimal', required: false, example: '2000', how: '只有加荷的机器才填，单位 kN' },
  { name: 'gaugeMm', heading: '引伸计标距(mm)', synonyms: ['标距(mm)', '标距'], kind: 'decimal', required: false, example: '', how: '只有引伸计才填，四列都填' },
  { name: 'accuracyClass', heading: '引伸计级别', synonyms: ['引伸计准确度级别'], kind: 'text', required: false, example: '', how: `${extensometerClasses.join('、')} 之一` },
  { name: 'classStandard', heading: '引伸计级别依据', synonyms: [], kind: 'text', required: false, example: '', how: '如 GB/T 12160、JJG 762' },
  { name: 'gaugeRangeMm', heading: '引伸计量程(mm)', synonyms: [], kind: 'decimal', required: false, example: '', how: '最大变形，mm' },
  { name: 'state', heading: '状态', synonyms: ['设备状态', '使用状态'], kind: 'choice', required: true, example: '在用', how: '在用、报废', choices: { 在用: 'active', 合格: 'active', 正常: 'active', 报废: 'scrapped', 停用: 'stopped' } },
  standingColumn,
]; // prettier-ignore

const words: Readonly<Record<string, string>> = { active: '在用', scrapped: '报废', stopped: '停用' };
const alias = { localId: 'equipmentId', rangeMm: 'gaugeRangeMm' };

function valuesOf(equipmentId: string, facts: Row, own: Row, state: string, standing: string): Values {
  const raw = own['extensometerJson'] ?? null;
  const gauge = raw === null ? null : (extensometerSchema.safeParse(jsonOf(raw)).data ?? null);
  const codes: unknown = facts['itemCodes'] ?? jsonOf(facts['itemCodesJson'] ?? '[]');
  return {
    equipmentId,
    name: plainText(facts['name']),
    model: plainText(facts['model']),
    serial: plainText(facts['serial']),
    itemCodes: (codes as string[]).toSorted().join('、'),
    startDate: plainText(facts['startDate']),
    validMonths: plainText(facts['validMonths']),
    certificateNo: plainText(own['certificateNo']),
    rangeKn: plainText(own['rangeKn']),
    gaugeMm: gauge?.gaugeMm ?? '',
    accuracyClass: gauge?.accuracyClass ?? '',
    classStandard: gauge?.classStandard ?? '',
    gaugeRangeMm: gauge?.rangeMm ?? '',
    state,
    standing,
  };
}

function known({ reader }: Facts): Known[] {
  return reader.all('SELECT * FROM equipment ORDER BY equipmentId').map((row) => {
    const equipmentId = text(row['equipmentId']);
    const platformState = text(row['platformState']);
    const entered = enteredFacts(reader, 'equipment', equipmentId, platformState);
    const { payload, own } = entered ?? { payload: row, own: row };
    const state = plainText(entered === null ? platformState : (payload['state'] ?? 'active'));
    const standing = standingText(reader, 'equipment', equipmentId, platformState);
    return {
      key: equipmentId,
      values: valuesOf(equipmentId, payload, own, state, standing),
      locked: lockedBy(platformState),
    };
  });
}

function resolve(facts: Facts, values: Values): { values: Values; problems: Problem[] } {
  if (values['itemCodes'] === undefined) return { values, problems: [] };
  const problems: Problem[] = [];
  const before = facts.reader.get('equipment', values['equipmentId'] ?? '');
  // A machine may hold an item that the platform has taken back: what is there is no word to be looked up.
  const held = before === undefined ? [] : jsonOf<string[]>(before['itemCodesJson']);
  const codes = partsOf(values['itemCodes']).map((word) => {
    if (held.includes(word)) return word;
    const found = codeOf(itemsOf(facts), word, '检测项目');
    if ('problem' in found) problems.push(found.problem);
    return 'found' in found ? found.found.code : word;
  });
  return { values: { ...values, itemCodes: [...new Set(codes)].toSorted().join('、') }, problems };
}

function check({ reader }: Facts, values: Values, before: Values | null, reason: string) {
  const { equipmentId = '', state = '', rangeKn = '', model = '' } = values;
  const problems: Problem[] = before === null ? refuseTakenNumber(reader, 'equipment', equipmentId, '设备编号') : [];
  if (!['active', 'scrapped'].includes(state))
    problems.push({ column: '状态', code: 'CHOICE', message: `“${words[state] ?? state}”不能登记`, next: '请填写“在用”或“报废”；停用、恢复在“设备”里按 F9。' });
  for (const code of partsOf(values['itemCodes'] ?? '').filter((one) => !reader.get('item', one)))
    problems.push({ column: '检测项目', code: 'ITEM_UNKNOWN', message: `没有检测项目 ${code}`, next: '请填写“填写说明”表里的代码或名称。' });
  const gauge = [values['gaugeMm'], values['accuracyClass'], values['classStandard'], values['gaugeRangeMm']];
  const hasGauge = gauge.some((part) => (part ?? '') !== '');
  if (problems.length > 0) return { input: null, problems };
  const parsed = equipmentRegistrationSchema.safeParse({
    intent: before === null ? 'create' : 'change',
    localId: equipmentId,
    name: values['name'],
    model,
    serial: values['serial'],
    itemCodes: partsOf(values['itemCodes'] ?? ''),
    startDate: values['startDate'],
    validMonths: Number(values['validMonths']),
    certificateNo: values['certificateNo'],
    rangeKn: rangeKn === '' ? null : rangeKn,
    extensometer: hasGauge
      ? { gaugeMm: gauge[0], accuracyClass: gauge[1], classStandard: gauge[2], rangeMm: gauge[3] }
      : null,
    state,
    reason,
  });
  return { input: parsed.data ?? null, problems: schemaProblems(parsed, columns, alias) };
} // prettier-ignore

export const equipment: Register = {
  id: 'equipment',
  name: '设备',
  permission: 'equipment.keep',
  personal: false,
  columns,
  keyOf: ({ equipmentId = '' }) => equipmentId || null,
  nameOf: ({ name = '' }) => name,
  known,
  refuseUnlessOpen: (context) => refuseUnlessLocal(context, 'equipment'),
  resolve,
  check,
  // The same make, type and number is the same machine.
  unique: ({ name = '', model = '', serial = '' }) => [
    { column: '出厂编号', text: serial === '' ? '' : [name, model, serial].join('\u001f') },
  ],
  write: ({ tx, caller, at }, input) => writeEquipment(tx, caller, at, input as EquipmentRegistration),
  show: (column, value) => (column.name === 'state' ? (words[value] ?? value) : value),
  allowed(facts, column) {
    if (column.name === 'itemCodes') return itemsOf(facts).map(({ code, name }) => `${code} ${name}`);
    if (column.name === 'accuracyClass') return extensometerClasses;
    return column.name === 'state' ? ['在用', '报废'] : wordsOf(column);
  },
};
