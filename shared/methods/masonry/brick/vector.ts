// Answers lines of a vector file for fired bricks: ten loads on one area, or ten strengths.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { round } from '../../foundation/rounding.ts';
import type { InputsOf } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import type { VectorComputer } from '../../method.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { checkSingle, singleStrength } from '../face.ts';
import { gradeOf } from '../grade.ts';
import { BRICK_GRADES, CHARACTERISTIC, CLAUSE_TEST, CURRENT } from './data.ts';
import { BRICK_SETS, BRICK_VECTOR_FIELDS } from './fields.ts';
import { SINGLE, brickStrength } from './strength.ts';

function singlesOf(inputs: InputsOf<typeof BRICK_VECTOR_FIELDS>): string[] {
  const { loads_kN: loads, area_mm2: area, single_MPa: given } = inputs;
  if (loads === undefined || area === undefined) {
    if (given === undefined || area !== undefined) {
      const field = loads === undefined ? 'loads_kN' : 'area_mm2';
      throw refusal('METHOD_MISSING', '应给出破坏荷载和受压面面积，或单块抗压强度。', field, CLAUSE_TEST);
    }
    const singles = given.map((single) => round(single, SINGLE.step));
    for (const [index, single] of singles.entries()) checkSingle(single, SINGLE, `single_MPa.${index}`);
    return singles;
  }
  return loads.map((load, index) => {
    const single = singleStrength(load, area, SINGLE, `loads_kN.${index}`);
    const stated = given?.[index];
    if (stated === undefined || new Exact(stated).equals(single)) return single;
    const message = `试样 ${index + 1} 给出的强度 ${stated} MPa 与由荷载算得的 ${single} MPa 不一致。`;
    throw refusal('METHOD_CONFLICT', message, `single_MPa.${index}`, CLAUSE_TEST, '请核对荷载、面积和强度。');
  });
}

const firedBrickStrength: VectorComputer = (raw) => {
  const { readings } = vectorPolicies([], raw);
  const singles = singlesOf(parseFields(readings, BRICK_VECTOR_FIELDS, BRICK_SETS));
  const rule = CHARACTERISTIC[CURRENT];
  if (rule === undefined) throw new RangeError(`no rule for ${CURRENT}`);
  const { mean_MPa: mean, S_MPa: S, fk_MPa: fk } = brickStrength(singles, rule);
  return { mean, S, fk, grade: fk === null ? null : gradeOf(BRICK_GRADES, { mean, second: fk }) };
};

export const BRICK_VECTORS: Readonly<Record<string, VectorComputer>> = { 'fired-brick-strength': firedBrickStrength };
