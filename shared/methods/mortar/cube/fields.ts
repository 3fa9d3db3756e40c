// What a group of mortar cubes is described by and what is read of it (JGJ/T 70-2009 chapter 9).
import { choice, decimal } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { curingField, judgeAgainstGradeField } from '../../gradeAgainst.ts';
import { loadingRatesField, machineRangeField } from '../../machineFields.ts';
import { mortarGrades } from '../grade.ts';
import { CLAUSE_LOADING, CLAUSE_MACHINE, CLAUSE_RESULT, CLAUSE_SIZE, MAX_STRENGTH, SPECIMENS } from './data.ts';

export const MORTAR_SETS: readonly SpecimenSet[] = [{ id: 'cube', label: '试件', count: SPECIMENS }];

export const mortarGrade = choice({
  name: 'designGrade',
  label: '设计强度等级',
  at: 'reception',
  optional: true,
  instrument: '委托单',
  clause: CLAUSE_RESULT,
  options: mortarGrades,
  refusalCode: 'METHOD_GRADE_UNKNOWN',
  hint: '写作 M5、M7.5、Mb10 …',
});

export const mortarLoads = decimal({
  name: 'loads_kN',
  label: '破坏荷载',
  symbol: 'Nu',
  at: 'bench',
  set: 'cube',
  source: 'peak',
  unit: 'kN',
  resolution: '0.01',
  instrument: '压力试验机',
  max: '400',
  maxReason: '超过任何砂浆试件可能的荷载 400 kN',
  clause: CLAUSE_RESULT,
});

export const MORTAR_FIELDS = [
  mortarGrade,
  choice({
    name: 'kind',
    label: '砂浆种类',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause: CLAUSE_RESULT,
    options: [
      { value: '水泥砂浆', label: '水泥砂浆' },
      { value: '水泥混合砂浆', label: '水泥混合砂浆' },
      { value: '湿拌砌筑砂浆', label: '湿拌砌筑砂浆' },
      { value: '干混砌筑砂浆', label: '干混砌筑砂浆' },
      { value: '其他', label: '其他' },
    ],
  }),
  curingField(`${CLAUSE_RESULT}（养护）`),
  judgeAgainstGradeField(CLAUSE_RESULT),
  mortarLoads,
  machineRangeField(CLAUSE_MACHINE),
  {
    ...loadingRatesField('cube', CLAUSE_LOADING),
    max: '100',
    hint: '0.25～1.5 kN/s，强度不大于 2.5 MPa 时宜取下限',
  },
  decimal({
    name: 'measuredSides_mm',
    label: '承压面实测边长',
    at: 'bench',
    optional: true,
    set: 'cube',
    values: 2,
    unit: 'mm',
    resolution: '0.1',
    instrument: '游标卡尺',
    max: '100',
    maxReason: '超过任何砂浆试件的边长',
    clause: CLAUSE_SIZE,
  }),
] as const;

export type MortarInputs = InputsOf<typeof MORTAR_FIELDS>;

/** Vector files often give strengths without loads; a record never does. With loads, they must agree. */
export const MORTAR_VECTOR_FIELDS = [
  { ...mortarLoads, optional: true },
  decimal({
    name: 'single_MPa',
    label: '单块抗压强度',
    at: 'bench',
    optional: true,
    set: 'cube',
    unit: 'MPa',
    resolution: '0.1',
    instrument: '压力试验机',
    max: MAX_STRENGTH,
    maxReason: `超过砂浆可能的强度 ${MAX_STRENGTH} MPa`,
    clause: CLAUSE_RESULT,
  }),
  choice({
    name: 'side_mm',
    label: '公称边长',
    at: 'bench',
    optional: true,
    instrument: '标准',
    clause: CLAUSE_SIZE,
    options: [{ value: '70.7', label: '70.7 mm' }],
    refusalCode: 'METHOD_SIZE_UNKNOWN',
  }),
  decimal({
    name: 'K',
    label: '换算系数 K',
    at: 'bench',
    optional: true,
    unit: '',
    resolution: '0.01',
    instrument: '标准',
    max: '2',
    maxReason: '不可能的换算系数',
    clause: CLAUSE_RESULT,
  }),
] as const;
