// Strength of a joint: peak load over the nominal section of the bar, whatever the section of the weld or the coupler.
// The quotient is kept as numerator and denominator, rounded once for the report, and compared unrounded only by
// cross-multiplication.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { PlausibilityStop } from '../../method.ts';
import { roundStrength, strengthStep } from '../steelRounding.ts';
import type { StrengthRounding } from '../steelRounding.ts';

/** No joint of reinforcing bars reaches this: a larger figure is a slip of the unit or of the diameter. */
export const MAX_STRENGTH = '1500';
/** 1500 MPa on a bar of 50 mm. */
export const MAX_LOAD = '2946';

export interface JointStrength {
  /** Numerator, N, and denominator, mm², of the unrounded strength. */
  force: Exact;
  area: Exact;
  load_kN: string;
  area_mm2: string;
  /** As it is reported. */
  reported_MPa: string;
  step: string;
}

/** One load in kN on a section in mm², reported as the named standard rounds it. */
export function strengthOfLoad(load_kN: string, area_mm2: string, rounding: StrengthRounding): string {
  return roundStrength(new Exact(load_kN).times(1000), new Exact(area_mm2), rounding);
}

export function jointStrengths(
  loads_kN: readonly string[],
  area_mm2: string,
  rounding: StrengthRounding,
  clause: string,
): JointStrength[] {
  const area = new Exact(area_mm2);
  return loads_kN.map((load_kN, index) => {
    const force = new Exact(load_kN).times(1000);
    const reported_MPa = roundStrength(force, area, rounding);
    if (force.greaterThan(area.times(MAX_STRENGTH)) || new Exact(reported_MPa).isZero()) {
      const message = `试件 ${index + 1} 由最大力 ${load_kN} kN 算得的强度为 ${reported_MPa} MPa，不是钢筋接头可能的强度。`;
      const next = '请核对最大力的单位（应为 kN）和公称直径。';
      throw refusal('METHOD_OUT_OF_RANGE', message, `loads_kN.${index}`, clause, next);
    }
    return { force, area, load_kN, area_mm2, reported_MPa, step: strengthStep(force, area, rounding) };
  });
}

export function strengthTrace(strengths: readonly JointStrength[], name: string, clause: string): TraceStep[] {
  return strengths.map((strength, index) => ({
    name: `试件 ${index + 1} ${name}`,
    symbol: 'R',
    formula: 'Fm / S0',
    substituted: `${strength.load_kN} × 1000 / ${strength.area_mm2} = ${shown(strength)}`,
    value: strength.reported_MPa,
    unit: 'MPa',
    rule: `按公称横截面面积计算，修约至 ${strength.step} MPa（修约前的值显示至 0.01 MPa，修约不以其为基础）`,
    clause,
  }));
}

/** The unrounded quotient, shown to 0.01 MPa; nothing is computed from it. */
export const shown = ({ force, area }: JointStrength): string => roundRatio(force, area, '0.01');

/** Whether the unrounded strength reaches a threshold in MPa. */
export const reaches = ({ force, area }: JointStrength, threshold_MPa: string): boolean =>
  force.greaterThanOrEqualTo(area.times(threshold_MPa));

/** A joint below half or above one and a half times the bar's tensile standard value: load, diameter or grade may be wrong. */
export function strengthStops(
  strengths: readonly JointStrength[],
  standard_MPa: string,
  clause: string,
): PlausibilityStop[] {
  return strengths.flatMap((strength, index): PlausibilityStop[] => {
    const double = strength.force.times(2);
    const standard = strength.area.times(standard_MPa);
    const low = double.lessThan(standard);
    if (!low && double.lessThanOrEqualTo(standard.times(3))) return [];
    return [
      {
        code: 'STOP_JOINT_STRENGTH',
        message: `试件 ${index + 1} 强度 ${strength.reported_MPa} MPa，${low ? '不足' : '超过'}钢筋抗拉强度标准值 ${standard_MPa} MPa 的 ${low ? '0.5' : '1.5'} 倍。`,
        meaning: '这样的数值少见，最大力、公称直径或牌号可能有误。',
        next: '请查看曲线和试件，说明原因并由第二人确认后继续；必要时作废本次采集，另取试件重做。',
        field: `loads_kN.${index}`,
        clause,
      },
    ];
  });
}
