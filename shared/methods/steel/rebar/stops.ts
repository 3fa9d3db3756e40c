// Figures that hardly any bar has: the record waits until a person has looked at the curve. A real pair of φ8 bars shows
// why: the machine's own detector took a spurious drop at 5.1 kN for the yield of a bar that yields at 18 kN.
import { Exact } from '../../foundation/decimal.ts';
import type { PlausibilityStop } from '../../method.ts';
import {
  CLAUSE_AGT,
  CLAUSE_AGT_EXTENSION,
  CLAUSE_ELONGATION,
  CLAUSE_MASS,
  CLAUSE_STRENGTH,
  PLAUSIBLE,
} from './data.ts';
import { yieldForces } from './extension.ts';
import type { RebarReadings } from './readings.ts';
import type { Figure } from './figures.ts';
import { atLeast, atMost } from './ratio.ts';
import type { SampleFigures } from './sample.ts';

const NEXT_CURVE = '请对照曲线核对；需要改读下屈服力的，保留自动值和复读值，写明原因并由第二人确认。';
const NEXT_READING = '请复核读数；确认无误的，写明原因并由第二人确认。';

type Stop = Pick<PlausibilityStop, 'code' | 'message' | 'meaning' | 'field'>;
const stop = (found: Stop, next: string, clause: string): PlausibilityStop => ({ ...found, next, clause });

const yieldField = (proof: boolean): string => (proof ? 'Fp02_kN' : 'FeL_kN');

function yieldStops(readings: RebarReadings, figures: SampleFigures): PlausibilityStop[] {
  const { Fm_kN: peaks, grade } = readings;
  return (yieldForces(readings) ?? []).flatMap(({ force: load, proof }, index) => {
    const one = figures.QF?.[index];
    if (one === undefined) return [];
    const found: Stop[] = [];
    const field = `${yieldField(proof)}.${index}`;
    const name = proof ? '规定塑性延伸' : '下屈服';
    const label = `拉伸试件 ${index + 1}`;
    const peak = peaks?.[index];
    const half = new Exact(figures.characteristicYield_MPa).times(PLAUSIBLE.leastShareOfGrade);
    if (!atLeast(one.exact, half.toFixed())) {
      found.push({
        code: 'STOP_YIELD_FAR_BELOW_GRADE',
        message: `${label} ${name}强度 ${one.value} MPa，不到 ${grade} 特征值 ${figures.characteristicYield_MPa} MPa 的一半。`,
        meaning: '屈服点很可能取在曲线的假下降处，或直径、牌号、单位有误。',
        field,
      });
    }
    if (peak !== undefined) {
      const [low, high] = [PLAUSIBLE.leastRatio, PLAUSIBLE.greatestRatio];
      const quotient = new Exact(peak);
      if (quotient.lessThan(new Exact(load).times(low)) || quotient.greaterThan(new Exact(load).times(high))) {
        found.push({
          code: 'STOP_TENSILE_YIELD_RATIO',
          message: `${label} 最大力 ${peak} kN 与${name}力 ${load} kN 之比不在 ${low}～${high} 之内。`,
          meaning: '热轧钢筋的强屈比不会这样；屈服点很可能没有取对。',
          field,
        });
      }
    }
    return found.map((one_) => stop(one_, NEXT_CURVE, CLAUSE_STRENGTH));
  });
}

/** Bars of one batch that differ by more than the threshold of the smallest. */
function spreadStops(forces: readonly string[], label: string, fieldOf: (index: number) => string): PlausibilityStop[] {
  if (forces.length === 0) return [];
  const least = Exact.min(...forces);
  const greatest = Exact.max(...forces);
  if (greatest.minus(least).times(100).lessThanOrEqualTo(least.times(PLAUSIBLE.pairDifference_percent))) return [];
  const index = forces.findIndex((force) => least.equals(force));
  const found: Stop = {
    code: 'STOP_PAIR_DIFFERENCE',
    message: `同批拉伸试件的${label}相差过大：${forces.join('、')} kN，超过最小值的 ${PLAUSIBLE.pairDifference_percent}%。`,
    meaning: '同批同规格的钢筋不会相差这么多；可能有一根取错了点、读错或不是同批。',
    field: `${fieldOf(index)}.${index}`,
  };
  return [stop(found, NEXT_CURVE, CLAUSE_STRENGTH)];
}

/** Yield forces of a batch by the name of what was read: a bar without a yield has its Fp0.2 among them. */
function yieldSpread(readings: RebarReadings): PlausibilityStop[] {
  const yields = yieldForces(readings) ?? [];
  const proofs = yields.filter(({ proof }) => proof).length;
  const label =
    proofs === 0 ? '下屈服力' : proofs === yields.length ? '规定塑性延伸力' : '下屈服力（或规定塑性延伸力）';
  return spreadStops(
    yields.map(({ force }) => force),
    label,
    (index) => yieldField(yields[index]?.proof === true),
  );
}

interface Elongated {
  field: string;
  label: string;
  clause: string;
  /** What may be wrong with the reading. */
  doubt: string;
}
const AFTER_FRACTURE: Elongated = {
  field: 'Lu_mm',
  label: '断后伸长率',
  clause: CLAUSE_ELONGATION,
  doubt: '标距或断后长度有误',
};
const BY_HAND: Elongated = {
  field: 'agtFinal_mm',
  label: '最大力总延伸率',
  clause: CLAUSE_AGT,
  doubt: '标距或断后长度有误',
};
const BY_GAUGE: Elongated = {
  ...BY_HAND,
  field: 'agtExtension_percent',
  clause: CLAUSE_AGT_EXTENSION,
  doubt: '引伸计的标距或装夹有误',
};

function tooLong(
  figures: readonly Figure[] | null,
  limit: string,
  readAs: (one: Figure) => Elongated,
): PlausibilityStop[] {
  return (figures ?? []).flatMap((one, index) => {
    if (atMost(one.exact, limit)) return [];
    const { field, label, clause, doubt } = readAs(one);
    const found: Stop = {
      code: 'STOP_ELONGATION',
      message: `拉伸试件 ${index + 1} ${label} ${one.calculated} %，超过 ${limit} %。`,
      meaning: `钢筋很少有这样的伸长；可能是${doubt}。`,
      field: `${field}.${index}`,
    };
    return [stop(found, NEXT_READING, clause)];
  });
}

function massStops({ ZLPC: mass }: SampleFigures): PlausibilityStop[] {
  const limit = PLAUSIBLE.massDeviation_percent;
  if (mass === null || (atLeast(mass.exact, `-${limit}`) && atMost(mass.exact, limit))) return [];
  const found: Stop = {
    code: 'STOP_MASS_DEVIATION',
    message: `重量偏差 ${mass.calculated} %，超出 ±${limit} %。`,
    meaning: '可能是长度、根数、总重量的单位或公称直径有误。',
    field: 'totalMass_g',
  };
  return [stop(found, NEXT_READING, CLAUSE_MASS)];
}

export function rebarStops(readings: RebarReadings, figures: SampleFigures): PlausibilityStop[] {
  return [
    ...yieldStops(readings, figures),
    ...yieldSpread(readings),
    ...spreadStops(readings.Fm_kN ?? [], '最大力', () => 'Fm_kN'),
    ...tooLong(figures.SC, PLAUSIBLE.greatestElongation_percent, () => AFTER_FRACTURE),
    ...tooLong(figures.ZL, PLAUSIBLE.greatestAgt_percent, ({ by }) => (by === 'gauge' ? BY_GAUGE : BY_HAND)),
    ...massStops(figures),
  ];
}
