// Answers lines of a vector file for cores: one core (load, mean diameter as calculated with, βc), and the check of a
// structure by three cores.
import { gradeOptions } from '../../concrete/grade.ts';
import { Exact, refusal } from '../../foundation/decimal.ts';
import { decimal } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { CLAUSE_CORE, CLAUSE_ENTITY, ENTITY_CORES, STANDARD_FACTOR } from './data.ts';
import { entityCheck } from './entity.ts';
import { diameter, factor, load } from './fields.ts';
import { checkedStrength } from './strength.ts';

const STRENGTH_FIELDS = [
  decimal({ ...load, name: 'load_kN' }),
  decimal({ ...diameter, name: 'diameter_mm', label: '平均直径' }),
  decimal({ ...factor, name: 'beta_c' }),
] as const;

export function coreStrengthVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const {
    load_kN: force,
    diameter_mm: size,
    beta_c: betaC,
  } = parseFields(vectorPolicies([], raw).readings, STRENGTH_FIELDS);
  return { fcu_cor: checkedStrength(force, size, betaC ?? STANDARD_FACTOR, 'load_kN') };
}

const ENTITY_FIELDS = [
  decimal({
    name: 'design',
    label: '设计强度',
    at: 'reception',
    unit: 'MPa',
    resolution: '5',
    instrument: '委托单',
    max: '120',
    maxReason: '超过混凝土的最高强度等级',
    clause: CLAUSE_ENTITY,
  }),
  decimal({
    name: 'cores_MPa',
    label: '芯样抗压强度',
    at: 'bench',
    set: 'core',
    unit: 'MPa',
    resolution: '0.1',
    instrument: '压力试验机',
    max: '250',
    maxReason: '超过混凝土可能的强度 250 MPa',
    clause: CLAUSE_CORE,
  }),
] as const;

export function coreEntityVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const sets = [{ id: 'core', label: '芯样', count: ENTITY_CORES }];
  const { design, cores_MPa: cores } = parseFields(vectorPolicies([], raw).readings, ENTITY_FIELDS, sets);
  if (!gradeOptions.some(({ value }) => new Exact(value.slice(1)).equals(design))) {
    const message = `没有强度等级 C${design}。`;
    throw refusal('METHOD_GRADE_UNKNOWN', message, 'design', CLAUSE_ENTITY, '请核对设计强度等级。');
  }
  const { mean, meanOk, leastOk } = entityCheck(cores, design, 'cores_MPa');
  return { mean, 'meanOk_0.88': meanOk, 'minOk_0.80': leastOk, qualified: meanOk && leastOk };
}
