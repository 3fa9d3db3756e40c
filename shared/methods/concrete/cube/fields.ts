// What a cube group is described by and what is read of it (GB/T 50081-2019).
import { choice, decimal, text } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { judgeAgainstGradeField } from '../../gradeAgainst.ts';
import { loadingRatesField, machineRangeField } from '../../machineFields.ts';
import { curing, designGrade } from '../grade.ts';
import { CLAUSE_LOADING, CLAUSE_MACHINE, CLAUSE_RESULT, CLAUSE_SIZE } from './data.ts';

export const SPECIMENS = 3;

/** No cube of any grade in use breaks above this: a larger figure is a slip of the keyboard or of the unit. */
export const MAX_STRENGTH = '250';
/** 250 MPa on a 200 mm cube. */
const MAX_LOAD = '10000';

export const CUBE_SETS: readonly SpecimenSet[] = [{ id: 'cube', label: '试件', count: SPECIMENS }];

export const side = choice({
  name: 'side_mm',
  label: '公称边长',
  symbol: 'a',
  at: 'reception',
  instrument: '委托单',
  clause: CLAUSE_SIZE,
  options: [
    { value: '100', label: '100 mm' },
    { value: '150', label: '150 mm' },
    { value: '200', label: '200 mm' },
  ],
  usual: '150',
  refusalCode: 'METHOD_SIZE_UNKNOWN',
});

export const loads = decimal({
  name: 'loads_kN',
  label: '破坏荷载',
  symbol: 'F',
  at: 'bench',
  set: 'cube',
  source: 'peak',
  unit: 'kN',
  resolution: '0.1',
  instrument: '压力试验机',
  max: MAX_LOAD,
  maxReason: `超过任何立方体试件可能的荷载 ${MAX_LOAD} kN`,
  clause: CLAUSE_RESULT,
});

export const machineRange = machineRangeField(CLAUSE_MACHINE);

export const loadingRates = loadingRatesField('cube', CLAUSE_LOADING);

export const testedFactor = decimal({
  name: 'testedSizeFactor',
  rare: true,
  label: '经试验确定的尺寸换算系数',
  at: 'reception',
  optional: true,
  unit: '',
  resolution: '0.01',
  instrument: '对比试验',
  max: '1.5',
  maxReason: '不可能的换算系数',
  clause: CLAUSE_RESULT,
  hint: '只在高强混凝土或有对比试验时填写',
});

export const evidence = text({
  name: 'sizeFactorEvidence',
  rare: true,
  label: '换算系数的试验依据',
  at: 'reception',
  optional: true,
  instrument: '对比试验报告',
  maxLength: 100,
  clause: CLAUSE_RESULT,
});

export const judgeAgainstGrade = judgeAgainstGradeField(CLAUSE_RESULT);

export const measuredSides = decimal({
  name: 'measuredSides_mm',
  label: '承压面实测边长',
  at: 'bench',
  optional: true,
  set: 'cube',
  values: 2,
  unit: 'mm',
  resolution: '0.1',
  instrument: '游标卡尺',
  max: '250',
  maxReason: '超过任何立方体试件的边长',
  clause: CLAUSE_SIZE,
});

export const CUBE_FIELDS = [
  designGrade,
  side,
  curing,
  judgeAgainstGrade,
  testedFactor,
  evidence,
  loads,
  machineRange,
  loadingRates,
  measuredSides,
] as const;

export type CubeInputs = InputsOf<typeof CUBE_FIELDS>;

/** Vector files often give strengths without loads or a size; a record never does. With loads, they must agree. */
export const CUBE_VECTOR_FIELDS = [
  designGrade,
  { ...side, optional: true },
  { ...loads, optional: true },
  decimal({
    name: 'single_MPa',
    label: '单块抗压强度',
    symbol: 'fcc',
    at: 'bench',
    optional: true,
    set: 'cube',
    unit: 'MPa',
    resolution: '0.1',
    instrument: '压力试验机',
    max: MAX_STRENGTH,
    maxReason: `超过混凝土可能的强度 ${MAX_STRENGTH} MPa`,
    clause: CLAUSE_RESULT,
  }),
  { ...testedFactor, name: 'sizeFactor', label: '尺寸换算系数' },
  evidence,
] as const;

export type CubeVectorInputs = InputsOf<typeof CUBE_VECTOR_FIELDS>;
