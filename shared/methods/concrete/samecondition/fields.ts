// What a group of same-condition cubes is described by and what is read of it: a cube group and its temperatures.
import { decimal } from '../../field.ts';
import type { InputsOf } from '../../field.ts';
import {
  evidence,
  judgeAgainstGrade,
  loadingRates,
  loads,
  machineRange,
  measuredSides,
  side,
  testedFactor,
} from '../cube/fields.ts';
import { designGrade } from '../grade.ts';
import { CLAUSE_MATURITY } from './convert.ts';

export const SAME_CONDITION_FIELDS = [
  designGrade,
  side,
  decimal({
    name: 'maturity_Cd',
    label: '日平均温度逐日累计值',
    at: 'reception',
    optional: true,
    unit: '℃·d',
    resolution: '0.1',
    instrument: '现场温度记录',
    max: '5000',
    maxReason: '不可能的累计温度',
    clause: CLAUSE_MATURITY,
    hint: '达到 600 ℃·d 时试验；0℃ 及以下的日子不计入',
  }),
  judgeAgainstGrade,
  testedFactor,
  evidence,
  decimal({
    name: 'age_d',
    label: '试验龄期',
    at: 'bench',
    optional: true,
    source: 'age',
    whole: true,
    unit: 'd',
    resolution: '1',
    instrument: '成型日期和试验日期',
    max: '3650',
    maxReason: '不可能的龄期',
    clause: CLAUSE_MATURITY,
    hint: '不小于 14 d',
  }),
  loads,
  machineRange,
  loadingRates,
  measuredSides,
] as const;

export type SameConditionInputs = InputsOf<typeof SAME_CONDITION_FIELDS>;
