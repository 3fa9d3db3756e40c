// Answers lines of a vector file for concrete cubes. Vectors name the size factor themselves, and often give strengths
// without a size, which a record never does; that is why this stands beside the method and not inside it.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { sizeFactorFor } from './checks.ts';
import { CLAUSE_RESULT, SIZE_FACTOR } from './data.ts';
import { CUBE_SETS, CUBE_VECTOR_FIELDS } from './fields.ts';
import type { CubeVectorInputs } from './fields.ts';
import { FACTOR_ORDER, cubeGroup } from './group.ts';
import type { FactorOrder } from './group.ts';
import { singleStrengths } from './singles.ts';

/** The factor as stated; without evidence it must be the tabled one of its size. */
function factorOf(inputs: CubeVectorInputs): string {
  const { side_mm: side, designGrade, sizeFactor: value, sizeFactorEvidence: evidence } = inputs;
  if (value === undefined) {
    if (side !== undefined) return sizeFactorFor(side, designGrade, undefined).value;
    throw refusal('METHOD_MISSING', '缺少“尺寸换算系数”或“公称边长”。', 'sizeFactor', CLAUSE_RESULT);
  }
  if (side === undefined) return value;
  if (evidence !== undefined) return sizeFactorFor(side, designGrade, { value, evidence }).value;
  if (new Exact(value).equals(SIZE_FACTOR[side])) return value;
  const message = `${side} mm 试件的表列换算系数为 ${SIZE_FACTOR[side]}，收到 ${value}。`;
  const next = '请核对边长与系数；经试验确定的系数须同时给出 sizeFactorEvidence。';
  throw refusal('METHOD_SIZE_FACTOR_MISMATCH', message, 'sizeFactor', CLAUSE_RESULT, next);
}

export function concreteCubeVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([FACTOR_ORDER], raw);
  const { grade, ...rest } = readings;
  const inputs = parseFields(
    { ...rest, ...(grade === undefined ? {} : { designGrade: grade }) },
    CUBE_VECTOR_FIELDS,
    CUBE_SETS,
  );
  const singles = singleStrengths(inputs);
  const group = cubeGroup(singles, factorOf(inputs), policies['factorOrder'] as FactorOrder);
  return {
    ...(inputs.loads_kN === undefined ? {} : { single_MPa: singles }),
    rule: group.rule,
    groupBeforeFactor_MPa: group.groupBeforeFactor_MPa,
    groupValue_MPa: group.groupValue_MPa,
  };
}
