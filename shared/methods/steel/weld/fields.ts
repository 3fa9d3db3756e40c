// What a group of welded joints is described by and what is read of it: tension (JGJ/T 27-2014, peak of the run, place
// and mode of the break) and bend to 90°.
import { choice, decimal, dueInRetest, text } from '../../field.ts';
import { machineRangeField } from '../../machineFields.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import {
  FIRST_COUNT,
  RETEST_COUNT,
  gradeField,
  initialRecord,
  nominalDiameter,
  peakLoads,
  round,
} from '../joint/fields.ts';
import { FINDINGS } from './bend.ts';
import { CLAUSE_BEND, CLAUSE_STRENGTH, CLAUSE_TENSION_RULE, STANDARD, WELD_GRADES, WELD_TYPES } from './data.ts';
import { MODES, PLACES } from './tension.ts';

const count = { min: FIRST_COUNT, max: RETEST_COUNT, usual: FIRST_COUNT };
export const WELD_SETS: readonly SpecimenSet[] = [
  { id: 'tension', label: '拉伸试件', count, due: dueInRetest(RETEST_COUNT), parameters: ['KL'] },
  { id: 'bend', label: '弯曲试件', count, due: dueInRetest(RETEST_COUNT), parameters: ['WQ'] },
];

export const WELD_FIELDS = [
  choice({
    name: 'weldType',
    label: '焊接方式',
    at: 'reception',
    instrument: '委托单',
    clause: STANDARD,
    options: WELD_TYPES.map((value) => ({ value, label: value })),
    refusalCode: 'METHOD_WELD_TYPE_UNKNOWN',
  }),
  gradeField(WELD_GRADES, CLAUSE_TENSION_RULE),
  nominalDiameter(CLAUSE_STRENGTH),
  round(CLAUSE_TENSION_RULE),
  initialRecord(CLAUSE_TENSION_RULE),
  text({
    name: 'welder',
    label: '焊工姓名及证号',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 60,
    clause: STANDARD,
  }),
  peakLoads('最大力', CLAUSE_STRENGTH),
  choice({
    name: 'fracturePlaces',
    label: '断裂位置',
    at: 'bench',
    set: 'tension',
    parameters: ['KL'],
    instrument: '目测',
    clause: CLAUSE_TENSION_RULE,
    options: PLACES.map((value) => ({ value, label: value })),
  }),
  choice({
    name: 'fractureModes',
    label: '断裂形式',
    at: 'bench',
    set: 'tension',
    parameters: ['KL'],
    instrument: '目测',
    clause: CLAUSE_TENSION_RULE,
    options: MODES.map((value) => ({ value, label: `${value}断裂` })),
    hint: '有明显颈缩为延性',
  }),
  decimal({
    name: 'fractureDistances_mm',
    label: '断口离焊缝距离',
    at: 'bench',
    optional: true,
    set: 'tension',
    sparse: true,
    unit: 'mm',
    resolution: '1',
    instrument: '钢直尺',
    zero: true,
    max: '1000',
    maxReason: '超过试件的长度',
    clause: CLAUSE_STRENGTH,
    hint: '断于焊缝的写 0',
  }),
  choice({
    name: 'bendFindings',
    label: '弯曲 90° 结果',
    at: 'bench',
    set: 'bend',
    parameters: ['WQ'],
    instrument: '目测',
    clause: CLAUSE_BEND,
    options: FINDINGS.map((value) => ({ value, label: value })),
    hint: '看外侧，含焊缝和热影响区',
  }),
  decimal({
    name: 'crackWidths_mm',
    label: '裂纹宽度',
    at: 'bench',
    optional: true,
    set: 'bend',
    sparse: true,
    unit: 'mm',
    resolution: '0.05',
    instrument: '裂缝测量放大镜',
    max: '50',
    maxReason: '这样宽的应记为断裂',
    clause: CLAUSE_BEND,
    hint: '有裂纹的量取最大宽度',
  }),
  decimal({
    name: 'bendFormer_mm',
    label: '弯心直径',
    at: 'bench',
    parameters: ['WQ'],
    unit: 'mm',
    resolution: '1',
    instrument: '弯曲压头',
    max: '500',
    maxReason: '超过任何弯曲压头的直径',
    clause: CLAUSE_BEND,
  }),
  machineRangeField(CLAUSE_STRENGTH, 'universal'),
] as const;

export type WeldInputs = InputsOf<typeof WELD_FIELDS>;
