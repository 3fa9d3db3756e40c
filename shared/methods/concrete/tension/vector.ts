// Answers lines of a vector file for splitting tension. A line may name only the area: then it asks for the formula and
// the 15 % rule alone, and a size factor is used only where it is stated. A record always names its size.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { decimal } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { testedFactorOf } from '../cube/checks.ts';
import { evidence, side, testedFactor } from '../cube/fields.ts';
import { FACTOR_ORDER } from '../cube/group.ts';
import type { FactorOrder } from '../cube/group.ts';
import { areaOf } from '../cube/singles.ts';
import { designGrade } from '../grade.ts';
import { SMALL_FACTOR, SPLITTING, SPLITTING_COEFFICIENT } from './data.ts';
import { tensionFactor } from './factor.ts';
import { SPLITTING_SETS, splittingLoads } from './fields.ts';
import { tensionGroup } from './group.ts';
import { singleStresses, splittingRatio } from './stress.ts';

const VECTOR_FIELDS = [
  { ...designGrade, name: 'grade' },
  { ...side, optional: true },
  decimal({
    name: 'area_mm2',
    label: '劈裂面积',
    at: 'bench',
    optional: true,
    unit: 'mm²',
    resolution: '1',
    instrument: '游标卡尺',
    max: '40000',
    maxReason: '超过 200 mm 试件的劈裂面积',
    clause: SPLITTING.clause,
  }),
  decimal({
    name: 'coefficient',
    label: '系数 2/π',
    at: 'bench',
    optional: true,
    unit: '',
    resolution: '0.001',
    instrument: '标准',
    max: '1',
    maxReason: '不可能的系数',
    clause: SPLITTING.clause,
  }),
  { ...testedFactor, name: 'sizeFactor', label: '尺寸换算系数' },
  evidence,
  splittingLoads,
] as const;

interface Size {
  area: string;
  factor: string;
}

interface StatedSize {
  side_mm?: '100' | '150' | '200' | undefined;
  area_mm2?: string | undefined;
  grade?: string | undefined;
  sizeFactor?: string | undefined;
  sizeFactorEvidence?: string | undefined;
}

function sizeOf(line: StatedSize): Size {
  const { side_mm: side, area_mm2: area, grade, sizeFactor: factor, sizeFactorEvidence: proof } = line;
  if (side === undefined) {
    if (area !== undefined) return { area, factor: factor ?? '1.00' };
    throw refusal('METHOD_MISSING', '缺少“劈裂面积”或“公称边长”。', 'area_mm2', SPLITTING.clause);
  }
  const nominal = areaOf(side);
  if (area !== undefined && !new Exact(area).equals(nominal)) {
    const message = `劈裂面积 ${area} mm² 与公称边长 ${side} mm 的 ${nominal} mm² 不一致。`;
    throw refusal('METHOD_CONFLICT', message, 'area_mm2', SPLITTING.clause);
  }
  const size = { width_mm: side, size: `${side}×${side}×${side}` };
  const isTabled = factor !== undefined && proof === undefined;
  if (!isTabled)
    return { area: nominal, factor: tensionFactor(SPLITTING, size, grade, testedFactorOf(factor, proof)).value };
  // A factor without evidence must be the one that the standard gives for the size.
  const tabled =
    side === '100' && grade === undefined ? SMALL_FACTOR : tensionFactor(SPLITTING, size, grade, undefined).value;
  if (new Exact(factor).equals(tabled)) return { area: nominal, factor };
  const message = `${side} mm 试件的规定换算系数为 ${tabled}，收到 ${factor}。`;
  const next = '请核对边长与系数；经试验确定的系数须同时给出 sizeFactorEvidence。';
  throw refusal('METHOD_SIZE_FACTOR_MISMATCH', message, 'sizeFactor', SPLITTING.clause, next);
}

export function concreteSplittingVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([FACTOR_ORDER], raw);
  const line = parseFields(readings, VECTOR_FIELDS, SPLITTING_SETS);
  const { coefficient } = line;
  if (coefficient !== undefined && !new Exact(coefficient).equals(SPLITTING_COEFFICIENT)) {
    const message = `劈裂抗拉强度的系数为 ${SPLITTING_COEFFICIENT}，收到 ${coefficient}。`;
    throw refusal('METHOD_COEFFICIENT_MISMATCH', message, 'coefficient', SPLITTING.clause);
  }
  const { area, factor } = sizeOf(line);
  const singles = singleStresses(line.loads_kN, splittingRatio(area), SPLITTING);
  const group = tensionGroup(singles, factor, policies['factorOrder'] as FactorOrder, SPLITTING);
  return { single_MPa: singles, rule: group.rule, groupValue_MPa: group.groupValue_MPa };
}
