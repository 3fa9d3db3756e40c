// What is refused before anything is computed: readings that contradict each other, a number of specimens that the round
// does not have, and a re-test of what may not be tested again.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { Policies } from '../../method.ts';
import { nominalMass } from '../nominal.ts';
import {
  ABSURD,
  CLAUSE_AGT,
  CLAUSE_BEND,
  CLAUSE_ELONGATION,
  CLAUSE_FRACTURE,
  CLAUSE_MASS,
  CLAUSE_RETEST,
  CLAUSE_REVERSE,
  CLAUSE_STRENGTH,
} from './data.ts';
import type { RebarReadings } from './readings.ts';
import type { RebarProduct } from './product.ts';
import { countOf, requireCount } from './product.ts';

type List = readonly (string | null)[] | undefined;

function lacking(label: string, field: string, clause: string): never {
  throw refusal('METHOD_MISSING', `缺少“${label}”。`, field, clause);
}

/** Readings that only together give a figure: one without the other is a slip, not an item left out. */
function checkPartners(readings: RebarReadings): void {
  const { Lu_mm: final, fractureDistance_mm: distance, agtFinal_mm: agt, agtGauge_mm: gauge } = readings;
  if (final !== undefined && distance === undefined)
    lacking('断口至最近标距标记的距离', 'fractureDistance_mm', CLAUSE_FRACTURE);
  if (final === undefined && distance !== undefined) lacking('断后标距', 'Lu_mm', CLAUSE_ELONGATION);
  const byHand = agt?.some((final) => final !== null) ?? false;
  if (byHand && gauge === undefined) lacking('最大力总延伸率的原始标距', 'agtGauge_mm', CLAUSE_AGT);
  if (byHand && readings.Fm_kN === undefined) lacking('最大力', 'Fm_kN', CLAUSE_AGT);
  if (readings.lengths_mm !== undefined && readings.totalMass_g === undefined)
    lacking('总重量', 'totalMass_g', CLAUSE_MASS);
  if (readings.lengths_mm === undefined && readings.totalMass_g !== undefined)
    lacking('长度', 'lengths_mm', CLAUSE_MASS);
}

function checkRound(readings: RebarReadings): void {
  if (readings.round !== 'retest') return;
  if (readings.initialRecordNo === undefined) {
    const next = '请填写初验的原始记录编号；没有初验的试样按初验登记。';
    throw refusal('METHOD_MISSING', '复验缺少“初验记录编号”。', 'initialRecordNo', CLAUSE_RETEST, next);
  }
  if (readings.lengths_mm !== undefined || readings.totalMass_g !== undefined) {
    const next = '请删去重量偏差的读数；初验不符合即判该批不合格。';
    throw refusal('METHOD_NO_RETEST', '重量偏差不允许复验。', 'lengths_mm', CLAUSE_RETEST, next);
  }
}

function checkCounts(readings: RebarReadings, product: RebarProduct, policies: Policies): void {
  const { round } = readings;
  const tension = countOf(product, 'tension', round, policies);
  const inTension: [string, string, readonly unknown[] | undefined][] = [
    ['FeL_kN', '下屈服力', readings.FeL_kN],
    ['Fp02_kN', '规定塑性延伸力', readings.Fp02_kN],
    ['Fm_kN', '最大力', readings.Fm_kN],
    ['Lu_mm', '断后标距', readings.Lu_mm],
    ['fractureDistance_mm', '断口至最近标距标记的距离', readings.fractureDistance_mm],
    ['fractureTypes', '断口形貌', readings.fractureTypes],
    ['agtFinal_mm', '断后两标记间距离', readings.agtFinal_mm],
    ['agtExtension_percent', '最大力总延伸率（引伸计）', readings.agtExtension_percent],
    ['agtToFracture_mm', '标记至断口的距离', readings.agtToFracture_mm],
    ['agtToGrip_mm', '标记至夹持处的距离', readings.agtToGrip_mm],
  ];
  for (const [field, label, values] of inTension)
    requireCount(values, tension, { field, label, clause: CLAUSE_STRENGTH, round });
  requireCount(readings.bendFindings, countOf(product, 'bend', round, policies), {
    field: 'bendFindings',
    label: '弯曲后外表面',
    clause: CLAUSE_BEND,
    round,
  });
  requireCount(readings.reverseBendFindings, countOf(product, 'reverseBend', round, policies), {
    field: 'reverseBendFindings',
    label: '反向弯曲后外表面',
    clause: CLAUSE_REVERSE,
    round,
  });
}

const NEXT_LOAD = '请核对力的单位（应为 kN）、公称直径和曲线。';

function checkLoads({ FeL_kN: yields, Fp02_kN: proofs, Fm_kN: peaks }: RebarReadings, area: string): void {
  for (const [field, values] of [
    ['FeL_kN', yields],
    ['Fp02_kN', proofs],
    ['Fm_kN', peaks],
  ] as const) {
    for (const [index, load] of (values ?? []).entries()) {
      if (load === null) continue;
      const force = new Exact(load).times(1000);
      const fault = force.greaterThan(new Exact(area).times(ABSURD.strength_MPa))
        ? `超过钢筋可能的强度 ${ABSURD.strength_MPa} MPa`
        : force.times(2).lessThanOrEqualTo(area)
          ? '强度修约后为 0 MPa，不是有效读数'
          : null;
      if (fault === null) continue;
      const message = `拉伸试件 ${index + 1} 的力 ${load} kN（面积 ${area} mm²）${fault}。`;
      throw refusal('METHOD_OUT_OF_RANGE', message, `${field}.${index}`, CLAUSE_STRENGTH, NEXT_LOAD);
    }
  }
  for (const [field, label, values] of [
    ['FeL_kN', '下屈服力', yields],
    ['Fp02_kN', '规定塑性延伸力', proofs],
  ] as const) {
    for (const [index, load] of (values ?? []).entries()) {
      const peak = peaks?.[index];
      if (load === null || peak === undefined || new Exact(load).lessThanOrEqualTo(peak)) continue;
      const message = `拉伸试件 ${index + 1} 的${label} ${load} kN 大于最大力 ${peak} kN。`;
      throw refusal('METHOD_CONFLICT', message, `${field}.${index}`, CLAUSE_STRENGTH, '请对照曲线核对两个力。');
    }
  }
}

function checkFinalLengths(values: List, gauge: string, at: { field: string; label: string; clause: string }): void {
  for (const [index, value] of (values ?? []).entries()) {
    if (value === null) continue;
    const growth = new Exact(value).minus(gauge);
    const tooLong = growth.times(100).greaterThan(new Exact(gauge).times(ABSURD.elongation_percent));
    if (!growth.isNegative() && !tooLong) continue;
    const message = tooLong
      ? `拉伸试件 ${index + 1} ${at.label} ${value} mm 超过原始标距 ${gauge} mm 的两倍。`
      : `拉伸试件 ${index + 1} ${at.label} ${value} mm 小于原始标距 ${gauge} mm。`;
    const next = `请核对原始标距（${gauge} mm）和断后长度。`;
    throw refusal('METHOD_OUT_OF_RANGE', message, `${at.field}.${index}`, at.clause, next);
  }
}

function checkFractures({ Lu_mm: finals, fractureDistance_mm: distances }: RebarReadings): void {
  for (const [index, distance] of (distances ?? []).entries()) {
    const final = finals?.[index];
    if (final === undefined || new Exact(distance).times(2).lessThanOrEqualTo(final)) continue;
    const message = `拉伸试件 ${index + 1} 断口至最近标记 ${distance} mm，超过断后标距 ${final} mm 的一半。`;
    const next = '应量至最近的一个标距标记，请复量。';
    throw refusal('METHOD_OUT_OF_RANGE', message, `fractureDistance_mm.${index}`, CLAUSE_FRACTURE, next);
  }
}

/** A total that is not the mass of these bars: another unit, another diameter, or pieces left out. */
function checkMass({ lengths_mm: lengths, totalMass_g: mass, nominalDiameter_mm: diameter }: RebarReadings): void {
  if (lengths === undefined || mass === undefined) return;
  const due = sumOf(lengths).times(nominalMass(diameter));
  if (new Exact(mass).minus(due).abs().times(100).lessThanOrEqualTo(due.times(ABSURD.massDeviation_percent))) return;
  const message = `总重量 ${mass} g 与 ${lengths.length} 个试件的理论总重量 ${due.toFixed()} g 相差超过 ${ABSURD.massDeviation_percent}%。`;
  const next = '请核对总重量的单位（应为 g）、试件数量、长度和公称直径。';
  throw refusal('METHOD_OUT_OF_RANGE', message, 'totalMass_g', CLAUSE_MASS, next);
}

/** The marks for Agt must lie far enough from the fracture and from the grip; others on the same bar can be taken. */
function checkAgtPlaces(readings: RebarReadings): void {
  const diameter = new Exact(readings.nominalDiameter_mm);
  const places = [
    ['agtToFracture_mm', '断口', readings.agtToFracture_mm, Exact.max(50, diameter.times(2))],
    ['agtToGrip_mm', '夹持处', readings.agtToGrip_mm, Exact.max(20, diameter)],
  ] as const;
  for (const [field, place, values, least] of places) {
    for (const [index, value] of (values ?? []).entries()) {
      if (least.lessThanOrEqualTo(value)) continue;
      const message = `拉伸试件 ${index + 1} 的标记至${place} ${value} mm，小于 ${least.toFixed()} mm。`;
      const next = '请在同一试件上改取符合要求的两个标记重新量取。';
      throw refusal('METHOD_AGT_POSITION', message, `${field}.${index}`, CLAUSE_AGT, next);
    }
  }
}

/** All refusals that need more than one reading. */
export function checkReadings(
  readings: RebarReadings,
  product: RebarProduct,
  policies: Policies,
  derived: { area: string; gauge: string },
): void {
  checkRound(readings);
  checkPartners(readings);
  checkCounts(readings, product, policies);
  checkLoads(readings, derived.area);
  const final = { field: 'Lu_mm', label: '断后标距', clause: CLAUSE_ELONGATION };
  checkFinalLengths(readings.Lu_mm, derived.gauge, final);
  checkFractures(readings);
  const agt = { field: 'agtFinal_mm', label: '断后两标记间距离', clause: CLAUSE_AGT };
  if (readings.agtGauge_mm !== undefined) checkFinalLengths(readings.agtFinal_mm, readings.agtGauge_mm, agt);
  checkAgtPlaces(readings);
  checkMass(readings);
}
