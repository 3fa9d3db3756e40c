// Moisture of soil from two tins (GB/T 50123-2019 烘干法): w = (wet − dry) / (dry − tin), to 0.1 %, mean of the two. The
// allowed difference depends on the moisture; beyond it there is no mean and the determination has to be repeated.
import { Exact, refusal } from '../foundation/decimal.ts';
import type { TraceStep } from '../foundation/trace.ts';
import { decimal } from '../field.ts';
import { CLAUSE_MOISTURE, MOISTURE_DIFFERENCES, MOISTURE_STEP } from './data.ts';
import { absolute, compareRatios, meanOfRatios, minus, printed, ratio } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { carried, carriedRule } from './rounding.ts';
import type { IntermediateRounding } from './rounding.ts';

/** No fill that is compacted is wetter than this. */
const MAX_MOISTURE = '100';

const tin = {
  at: 'bench',
  values: 2,
  unit: 'g',
  resolution: '0.01',
  instrument: '电子天平',
  max: '5000',
  maxReason: '超过含水率试验可能的质量 5000 g',
  clause: CLAUSE_MOISTURE,
} as const;

export const TIN_FIELDS = {
  tin: decimal({ ...tin, name: 'tin_g', label: '盒质量' }),
  wet: decimal({ ...tin, name: 'tinAndWet_g', label: '盒加湿土质量' }),
  dry: decimal({ ...tin, name: 'tinAndDry_g', label: '盒加干土质量' }),
};

export interface TinReadings {
  tin: readonly string[];
  wet: readonly string[];
  dry: readonly string[];
}

export interface Moisture {
  /** The two tins, printed to 0.1 %. */
  singles: string[];
  difference: string;
  allowed: string;
  /** Mean as it goes into the dry density; null when the tins differ too much. */
  mean: Ratio | null;
  /** Mean printed to 0.1 %. */
  printed: string | null;
  trace: TraceStep[];
}

/** Allowed difference at a mean moisture in percent. */
export function allowedDifference(mean: Ratio): string {
  const row = MOISTURE_DIFFERENCES.find(({ below_percent: below, inclusive }) => {
    if (below === null) return true;
    const comparison = compareRatios(mean, ratio(below));
    return comparison < 0 || (inclusive && comparison === 0);
  });
  if (row === undefined) throw new RangeError('no allowed difference for this moisture');
  return row.allowed_percent;
}

function checkTin(readings: TinReadings, index: number, where: { field: string; label: string }): void {
  const [empty, wet, dry] = [readings.tin[index] ?? '', readings.wet[index] ?? '', readings.dry[index] ?? ''];
  const place = `${where.label}第 ${index + 1} 盒`;
  if (new Exact(wet).lessThanOrEqualTo(dry)) {
    const message = `${place}：盒加湿土 ${wet} g 应大于盒加干土 ${dry} g。`;
    throw refusal('METHOD_CONFLICT', message, `tinAndDry_g.${where.field}${index}`, CLAUSE_MOISTURE);
  }
  if (new Exact(dry).lessThanOrEqualTo(empty)) {
    const message = `${place}：盒加干土 ${dry} g 应大于盒质量 ${empty} g。`;
    throw refusal('METHOD_CONFLICT', message, `tin_g.${where.field}${index}`, CLAUSE_MOISTURE);
  }
}

/** Refuses a moisture (percent) that no fill has. */
export function checkMoisture(moisture: Ratio, at: { field: string; label: string }): void {
  if (compareRatios(moisture, ratio(MAX_MOISTURE)) <= 0) return;
  const message = `${at.label}含水率 ${printed(moisture, MOISTURE_STEP)}%，超过压实填土可能的 ${MAX_MOISTURE}%。`;
  throw refusal('METHOD_OUT_OF_RANGE', message, at.field, CLAUSE_MOISTURE, '请核对盒号和各次称量。');
}

function singleMoisture(readings: TinReadings, index: number, where: { field: string; label: string }): Ratio {
  checkTin(readings, index, where);
  const dry = new Exact(readings.dry[index] ?? '').minus(readings.tin[index] ?? '');
  const water = new Exact(readings.wet[index] ?? '').minus(readings.dry[index] ?? '');
  const single = ratio(water.times(100), dry);
  checkMoisture(single, { field: `tinAndDry_g.${where.field}${index}`, label: `${where.label}第 ${index + 1} 盒` });
  return single;
}

/** `where.field` is the place in the list (`2.` for the third point), `where.label` its name (`测点 3 `). */
export function moistureOf(
  readings: TinReadings,
  rounding: IntermediateRounding,
  where: { field: string; label: string },
): Moisture {
  const exact = [0, 1].map((index) => singleMoisture(readings, index, where));
  const taken = exact.map((single) => carried(single, MOISTURE_STEP, rounding));
  const [first, second] = taken as [Ratio, Ratio];
  const difference = absolute(minus(first, second));
  const mean = meanOfRatios(taken);
  const allowed = allowedDifference(mean);
  const within = compareRatios(difference, ratio(allowed)) <= 0;
  const singles = exact.map((single) => printed(single, MOISTURE_STEP));
  const shownMean = within ? printed(mean, MOISTURE_STEP) : null;
  const shownDifference = printed(difference, rounding === 'stepwise' ? MOISTURE_STEP : '0.001');
  const trace: TraceStep[] = [
    ...singles.map((single, index): TraceStep => ({
      name: `${where.label}第 ${index + 1} 盒含水率`,
      symbol: 'w',
      formula: '(m湿 − m干) / (m干 − m盒) × 100',
      substituted:
        `(${readings.wet[index]} − ${readings.dry[index]}) / ` +
        `(${readings.dry[index]} − ${readings.tin[index]}) × 100`,
      value: single,
      unit: '%',
      rule: carriedRule(MOISTURE_STEP, rounding),
      clause: CLAUSE_MOISTURE,
    })),
    {
      name: `${where.label}两盒含水率之差`,
      formula: '|w1 − w2|',
      value: shownDifference,
      unit: '%',
      rule: within ? `不超过允许差值 ${allowed}%` : `超过允许差值 ${allowed}%，该次测定无效`,
      clause: CLAUSE_MOISTURE,
    },
    {
      name: `${where.label}含水率`,
      symbol: 'w',
      formula: '(w1 + w2) / 2',
      ...(within && rounding === 'stepwise' ? { substituted: `(${singles.join(' + ')}) / 2` } : {}),
      value: shownMean,
      unit: '%',
      rule: within ? carriedRule(MOISTURE_STEP, rounding) : '两盒差值超过允许差值，不取平均值',
      clause: CLAUSE_MOISTURE,
    },
  ];
  return {
    singles,
    difference: shownDifference,
    allowed,
    mean: within ? carried(mean, MOISTURE_STEP, rounding) : null,
    printed: shownMean,
    trace,
  };
}
