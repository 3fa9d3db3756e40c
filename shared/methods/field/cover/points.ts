// The points of a check: mean of three readings as a whole millimetre, deviation from the design value, and how it stands
// to the tolerance. Both samplings are checked for what the rule of the second one asks.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { sumOf } from '../../foundation/statistics.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import {
  CLAUSE_INSTRUMENT,
  CLAUSE_RATE,
  CLAUSE_READING,
  INSTRUMENT_ERROR,
  MEAN_STEP,
  READINGS,
  WORST_MULTIPLE,
} from './data.ts';
import type { Tolerance } from './data.ts';
import type { CoverInputs } from './fields.ts';

export interface CoverPoint {
  /** 1 for the first sampling, 2 for the second. */
  sampling: 1 | 2;
  /** From 1 in its sampling. */
  number: number;
  member: string;
  design_mm: string;
  readings_mm: readonly string[];
  mean_mm: string;
  deviation_mm: string;
  withinTolerance: boolean;
  /** Within 1.5 times the tolerance. */
  withinWorst: boolean;
}

/** An instrument off by more than 1 mm on the block measures nothing: its readings make no record. */
export function checkInstrument(error: string | undefined): void {
  if (error === undefined || new Exact(error).abs().lessThanOrEqualTo(INSTRUMENT_ERROR)) return;
  const message = `仪器校准误差 ${error} mm 超过 ${INSTRUMENT_ERROR} mm，该仪器的读数不得使用。`;
  const next = '请重新校准仪器，或换用校准合格的仪器重新检测。';
  throw refusal('METHOD_INSTRUMENT_OFF', message, 'instrumentError_mm', CLAUSE_INSTRUMENT, next);
}

function pointOf(
  place: { sampling: 1 | 2; number: number; member: string; design: string; readings: readonly string[] },
  tolerance: Tolerance,
): CoverPoint {
  const { sampling, number, member, design, readings } = place;
  const mean = roundRatio(sumOf(readings), new Exact(readings.length), MEAN_STEP);
  const deviation = new Exact(mean).minus(design);
  const inside = (multiple: string): boolean =>
    deviation.greaterThanOrEqualTo(new Exact(tolerance.lower).times(multiple)) &&
    deviation.lessThanOrEqualTo(new Exact(tolerance.upper).times(multiple));
  return {
    sampling,
    number,
    member,
    design_mm: design,
    readings_mm: readings,
    mean_mm: mean,
    deviation_mm: deviation.toFixed(),
    withinTolerance: inside('1'),
    withinWorst: inside(WORST_MULTIPLE),
  };
}

export function firstPoints(inputs: CoverInputs, tolerance: Tolerance): CoverPoint[] {
  return inputs.readings_mm.map((readings, index) =>
    pointOf(
      {
        sampling: 1,
        number: index + 1,
        member: inputs.members[index] ?? '',
        design: inputs.barDesign_mm?.[index] ?? inputs.designCover_mm,
        readings,
      },
      tolerance,
    ),
  );
}

/** Points of the second sampling, or null where there is none. As many other members as at first. */
export function againPoints(inputs: CoverInputs, tolerance: Tolerance): CoverPoint[] | null {
  const { againMembers: members, againReadings_mm: readings, againDesign_mm: designs } = inputs;
  if (members === undefined && readings === undefined && designs === undefined) return null;
  if (members === undefined || readings === undefined) {
    const field = members === undefined ? 'againMembers' : 'againReadings_mm';
    const message = '再次抽样须同时有构件和读数。';
    throw refusal('METHOD_MISSING', message, field, CLAUSE_RATE, '请补齐再次抽样的各项，或都不填。');
  }
  const [before, now] = [new Set(inputs.members), new Set(members)];
  const common = [...now].filter((name) => before.has(name));
  if (common.length > 0) {
    const message = `再次抽样的构件 ${common.join('、')} 首次已经检测。`;
    throw refusal('METHOD_CONFLICT', message, 'againMembers', CLAUSE_RATE, '再次抽样应另取构件。');
  }
  if (now.size !== before.size) {
    const message = `再次抽样 ${now.size} 个构件，应与首次的 ${before.size} 个相同。`;
    throw refusal('METHOD_WRONG_COUNT', message, 'againMembers', CLAUSE_RATE, '请核对构件名称和数量。');
  }
  return readings.map((own, index) =>
    pointOf(
      {
        sampling: 2,
        number: index + 1,
        member: members[index] ?? '',
        design: designs?.[index] ?? inputs.designCover_mm,
        readings: own,
      },
      tolerance,
    ),
  );
}

export function pointTrace(point: CoverPoint, tolerance: Tolerance): TraceStep[] {
  const label = `${point.sampling === 2 ? '再次抽样' : ''}测点 ${point.number}（${point.member}）`;
  return [
    {
      name: `${label}平均值`,
      formula: `(c1 + c2 + c3) / ${READINGS}`,
      substituted: `(${point.readings_mm.join(' + ')}) / ${READINGS}`,
      value: point.mean_mm,
      unit: 'mm',
      rule: `修约至 ${MEAN_STEP} mm`,
      clause: CLAUSE_READING,
    },
    {
      name: `${label}偏差`,
      formula: '平均值 − 设计值',
      substituted: `${point.mean_mm} − ${point.design_mm}`,
      value: point.deviation_mm,
      unit: 'mm',
      rule: point.withinTolerance
        ? `在允许偏差 ${tolerance.words} 之内`
        : `超出允许偏差 ${tolerance.words}，${point.withinWorst ? '不大于' : '大于'}其 ${WORST_MULTIPLE} 倍`,
      clause: CLAUSE_RATE,
    },
  ];
}
