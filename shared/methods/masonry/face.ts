// The loaded face of a brick or block: length and width from two readings each, their means to 1 mm, the gross area.
import { Exact, refusal, roundRatio } from '../foundation/decimal.ts';
import { meanOf } from '../foundation/statistics.ts';
import type { TraceStep } from '../foundation/trace.ts';
import type { PlausibilityStop } from '../method.ts';

export interface Face {
  length_mm: string;
  width_mm: string;
  area_mm2: string;
}

/** What a vector line shows of the faces: their areas in a row. */
export const withAreas = <Outputs extends { faces: readonly Face[] }>({ faces, ...figures }: Outputs): object => ({
  areas_mm2: faces.map(({ area_mm2 }) => area_mm2),
  ...figures,
});

type Readings = readonly (readonly string[])[];

export function facesOf(lengths: Readings, widths: Readings): Face[] {
  return lengths.map((readings, index) => {
    const length_mm = meanOf(readings, '1');
    const width_mm = meanOf(widths[index] ?? [], '1');
    return { length_mm, width_mm, area_mm2: new Exact(length_mm).times(width_mm).toFixed() };
  });
}

export function faceTrace(faces: readonly Face[], lengths: Readings, widths: Readings, clause: string): TraceStep[] {
  return faces.flatMap(({ length_mm, width_mm, area_mm2 }, index): TraceStep[] => {
    const label = `试样 ${index + 1}`;
    const mean = (name: string, symbol: string, readings: readonly string[], value: string): TraceStep => ({
      name: `${label} ${name}`,
      symbol,
      formula: `(${symbol}1 + ${symbol}2) / 2`,
      substituted: `(${readings.join(' + ')}) / 2`,
      value,
      unit: 'mm',
      rule: '两次测量的平均值，修约至 1 mm',
      clause,
    });
    return [
      mean('受压面长度', 'L', lengths[index] ?? [], length_mm),
      mean('受压面宽度', 'B', widths[index] ?? [], width_mm),
      {
        name: `${label} 受压面面积`,
        symbol: 'A',
        formula: 'L × B',
        substituted: `${length_mm} × ${width_mm}`,
        value: area_mm2,
        unit: 'mm²',
        rule: '按毛面积',
        clause,
      },
    ];
  });
}

/** Two readings of one edge further apart than this are no readings of one edge. */
const HARDLY_APART = '10';

export function faceStops(readings: Readings, at: { field: string; name: string; clause: string }): PlausibilityStop[] {
  return readings.flatMap(([first = '0', second = '0'], index) => {
    const apart = new Exact(first).minus(second).abs();
    if (apart.lessThanOrEqualTo(HARDLY_APART)) return [];
    return [
      {
        code: 'STOP_MASONRY_SIZE',
        message: `试样 ${index + 1} ${at.name}两次测量为 ${first} mm 和 ${second} mm，相差 ${apart.toFixed()} mm。`,
        meaning: '同一受压面的两次测量不应相差这样大，很可能读数有误。',
        next: '请复测尺寸，说明原因并由第二人确认后继续。',
        field: `${at.field}.${index}`,
        clause: at.clause,
      },
    ];
  });
}

/** Less than this is no strength but an unloaded machine or a load in another unit. */
const LEAST_MPa = '0.1';

export interface SingleRule {
  /** 0.01 for fired bricks, 0.1 for concrete blocks. */
  step: string;
  /** No product of this kind breaks above it. */
  max_MPa: string;
  clause: string;
}

/** f = F/A of one specimen; `field` names the load a refusal points to. */
export function singleStrength(load_kN: string, area_mm2: string, rule: SingleRule, field: string): string {
  const strength = roundRatio(new Exact(load_kN).times(1000), new Exact(area_mm2), rule.step);
  checkSingle(strength, rule, field);
  return strength;
}

export function checkSingle(strength: string, { max_MPa: most, clause }: SingleRule, field: string): void {
  const value = new Exact(strength);
  const tooLow = value.lessThan(LEAST_MPa);
  if (!tooLow && !value.greaterThan(most)) return;
  const message = tooLow
    ? `抗压强度为 ${strength} MPa，不是有效读数。`
    : `抗压强度为 ${strength} MPa，超过该类制品可能的强度 ${most} MPa。`;
  throw refusal('METHOD_OUT_OF_RANGE', message, field, clause, '请核对荷载的单位（应为 kN）和受压面尺寸。');
}

export function singleTrace(
  singles: readonly string[],
  loads: readonly string[],
  faces: readonly Face[],
  rule: SingleRule,
): TraceStep[] {
  return singles.map((value, index) => ({
    name: `试样 ${index + 1} 抗压强度`,
    symbol: 'f',
    formula: 'F / (L × B)',
    substituted: `${loads[index]} × 1000 / ${faces[index]?.area_mm2}`,
    value,
    unit: 'MPa',
    rule: `修约至 ${rule.step} MPa`,
    clause: rule.clause,
  }));
}

/** A specimen far away from its group, or a group far below its grade: a slip of load or size is likelier than the brick. */
export function strengthStops(
  singles: readonly string[],
  mean: string,
  at: { field: string; clause: string; designGrade: string | undefined },
): PlausibilityStop[] {
  const next = '请查看曲线、尺寸和设备，说明原因并由第二人确认后继续；必要时作废本次采集，另取试样重做。';
  const found = singles.flatMap((single, index): PlausibilityStop[] => {
    const tenfold = new Exact(single).times(10);
    const far = tenfold.lessThan(new Exact(mean).times(3)) || tenfold.greaterThan(new Exact(mean).times(20));
    if (!far) return [];
    return [
      {
        code: 'STOP_MASONRY_SINGLE',
        message: `试样 ${index + 1} 抗压强度 ${single} MPa，低于平均值 ${mean} MPa 的 30% 或高于其 2 倍。`,
        meaning: '单块强度与同组相差这样大，很可能荷载、尺寸或试样有误。',
        next,
        field: `${at.field}.${index}`,
        clause: at.clause,
      },
    ];
  });
  const { designGrade } = at;
  if (designGrade !== undefined && new Exact(mean).times(2).lessThan(designGrade.slice('MU'.length))) {
    found.push({
      code: 'STOP_MASONRY_GRADE',
      message: `抗压强度平均值 ${mean} MPa，不到强度等级 ${designGrade} 的一半。`,
      meaning: '强度远低于等级，很可能荷载的单位、试样或等级有误。',
      next,
      field: `${at.field}.0`,
      clause: at.clause,
    });
  }
  return found;
}
