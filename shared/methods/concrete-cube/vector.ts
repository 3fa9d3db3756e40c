// Answers lines of a vector file for concrete cubes. Vectors name the size factor themselves, and often give strengths
// without a size, which a record never does; that is why this stands beside the method and not inside it.
import { z } from 'zod';
import { Exact, refusal } from '../decimal.ts';
import { CLAUSE_RESULT, SIZE_FACTOR } from './data.ts';
import { sizeFactorFor } from './checks.ts';
import { cubeGroup } from './group.ts';
import type { FactorOrder } from './group.ts';
import { FACTOR_BOUNDS, READINGS, concreteCubeInputs } from './inputs.ts';
import type { ConcreteCubeInputs } from './inputs.ts';
import { singleStrengths } from './singles.ts';
import { parseInputs, positiveReading } from '../readings.ts';

const FACTOR_ORDERS: readonly FactorOrder[] = ['group-first', 'single-first'];

function factorOrderOf(direct: unknown, policies: unknown): FactorOrder {
  if (policies !== undefined && policies !== null && (typeof policies !== 'object' || Array.isArray(policies))) {
    throw refusal('METHOD_POLICY_UNKNOWN', '“policies”应是“名称: 选项”的对象。', 'policies', CLAUSE_RESULT);
  }
  const { factorOrder: named, ...others } = (policies ?? {}) as Record<string, unknown>;
  const stranger = Object.keys(others)[0];
  if (stranger !== undefined) {
    throw refusal(
      'METHOD_POLICY_UNKNOWN',
      `本方法没有名为“${stranger}”的设置（可用：factorOrder）。`,
      `policies.${stranger}`,
    );
  }
  if (direct !== undefined && named !== undefined && direct !== named) {
    throw refusal('METHOD_CONFLICT', '“factorOrder”与“policies.factorOrder”不一致。', 'factorOrder', CLAUSE_RESULT);
  }
  const wanted = direct ?? named ?? 'group-first';
  const order = FACTOR_ORDERS.find((candidate) => candidate === wanted);
  if (order !== undefined) return order;
  const message = `设置“尺寸换算系数的计算顺序”没有选项 ${JSON.stringify(wanted)}（可选：${FACTOR_ORDERS.join('、')}）。`;
  throw refusal('METHOD_POLICY_UNKNOWN', message, 'factorOrder', CLAUSE_RESULT);
}

const statedFactor = z.strictObject({
  sizeFactor: positiveReading({ ...READINGS.factor, name: 'sizeFactor' }, FACTOR_BOUNDS),
  sizeFactorEvidence: z.string().trim().min(1, '请写明尺寸换算系数的试验依据（报告编号）。').optional(),
});

/** The factor as stated; without evidence it must be the tabled one of its size. */
function factorOf(inputs: ConcreteCubeInputs, stated: Readonly<Record<string, unknown>>): string {
  const { side_mm: side, designGrade } = inputs;
  if (stated['sizeFactor'] === undefined) {
    if (side !== undefined) return sizeFactorFor(side, designGrade, undefined).value;
    throw refusal('METHOD_MISSING', '缺少“尺寸换算系数”或“公称边长”。', 'sizeFactor', CLAUSE_RESULT);
  }
  const { sizeFactor: value, sizeFactorEvidence: evidence } = parseInputs(statedFactor, stated);
  if (side === undefined) return value;
  if (evidence !== undefined) return sizeFactorFor(side, designGrade, { value, evidence }).value;
  if (new Exact(value).equals(SIZE_FACTOR[side])) return value;
  const message = `${side} mm 试件的表列换算系数为 ${SIZE_FACTOR[side]}，收到 ${value}。`;
  const next = '请核对边长与系数；经试验确定的系数须同时给出 sizeFactorEvidence。';
  throw refusal('METHOD_SIZE_FACTOR_MISMATCH', message, 'sizeFactor', CLAUSE_RESULT, next);
}

export function concreteCubeVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { sizeFactor, sizeFactorEvidence, grade, factorOrder, policies, ...rest } = raw;
  const order = factorOrderOf(factorOrder, policies);
  const inputs = parseInputs(concreteCubeInputs, { ...rest, ...(grade === undefined ? {} : { designGrade: grade }) });
  const singles = singleStrengths(inputs);
  const group = cubeGroup(singles, factorOf(inputs, { sizeFactor, sizeFactorEvidence }), order);
  return {
    ...(inputs.loads_kN === undefined ? {} : { single_MPa: singles }),
    rule: group.rule,
    groupBeforeFactor_MPa: group.groupBeforeFactor_MPa,
    groupValue_MPa: group.groupValue_MPa,
  };
}
