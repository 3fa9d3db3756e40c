// 标准稠度用水量: the water of the trial at which the plunger stops 6 ± 1 mm above the base plate, P = W/500 × 100, to
// 0.1 %. Nothing is required of it; a log that does not end at standard consistency has no result and is refused.
import { Exact, refusal, roundRatio } from '../../foundation/decimal.ts';
import { CEMENT_G, CLAUSE_WATER, PLUNGER, WATER } from './data.ts';
import { LOOK } from './part.ts';
import type { Part } from './part.ts';

export interface WaterOutputs {
  trialCount: string;
  water_mL: string;
  plungerDistance_mm: string;
  standardConsistency_percent: string;
}

/** Portland cements stand at about 24 to 32 %. */
const LIKELY = { min: '20', max: '40' } as const;

const inWindow = (distance: string): boolean =>
  new Exact(distance).greaterThanOrEqualTo(PLUNGER.min) && new Exact(distance).lessThanOrEqualTo(PLUNGER.max);

export function waterPart(trials: readonly string[], distances: readonly string[]): Part<WaterOutputs> {
  const last = trials.length - 1;
  const [water, distance] = [trials[last] ?? '', distances[last] ?? ''];
  if (!inWindow(distance)) {
    const message = `最后一次试拌（用水量 ${water} mL）试杆距底板 ${distance} mm，不在 6 mm±1 mm 之内，未达到标准稠度。`;
    const next = '请调整用水量继续试拌，直至达到标准稠度。';
    throw refusal('METHOD_CONSISTENCY_NOT_REACHED', message, `plungerDistance_mm.${last}`, CLAUSE_WATER, next);
  }
  const percent = roundRatio(new Exact(water).times(100), new Exact(CEMENT_G), '0.1');
  const name = '标准稠度用水量';
  const unlikely = new Exact(percent).lessThan(LIKELY.min) || new Exact(percent).greaterThan(LIKELY.max);
  return {
    outputs: {
      trialCount: String(trials.length),
      water_mL: water,
      plungerDistance_mm: distance,
      standardConsistency_percent: percent,
    },
    parameter: {
      parameterCode: WATER,
      name,
      value: percent,
      unit: '%',
      requirement: null,
      verdict: 'not-judged',
    },
    trace: [
      ...trials.map((trial, index) => ({
        name: `试拌 ${index + 1} 试杆距底板`,
        formula: `用水量 ${trial} mL`,
        value: distances[index] ?? null,
        unit: 'mm',
        rule: inWindow(distances[index] ?? '0') ? '在 6 mm±1 mm 之内' : '不在 6 mm±1 mm 之内，调整用水量',
        clause: CLAUSE_WATER,
      })),
      {
        name,
        symbol: 'P',
        formula: 'W / 500 × 100',
        substituted: `${water} / ${CEMENT_G} × 100`,
        value: percent,
        unit: '%',
        rule: `取最后一次试拌，修约至 0.1%`,
        clause: CLAUSE_WATER,
      },
    ],
    warnings: [],
    stops: unlikely
      ? [
          {
            code: 'STOP_CEMENT_WATER',
            message: `标准稠度用水量 ${percent}%，不在 ${LIKELY.min}%～${LIKELY.max}% 之内。`,
            meaning: '用水量、水泥用量或单位可能有误。',
            next: LOOK,
            field: `trialWater_mL.${last}`,
            clause: CLAUSE_WATER,
          },
        ]
      : [],
    words: `标准稠度用水量为 ${percent}%`,
    record: [
      {
        caption: name,
        columns: [
          { head: '试拌' },
          { head: '水泥', unit: 'g' },
          { head: '用水量 W', unit: 'mL' },
          { head: '试杆距底板', unit: 'mm' },
          { head: '标准稠度用水量 P', unit: '%' },
        ],
        rows: trials.map((trial, index) => [
          String(index + 1),
          CEMENT_G,
          trial,
          distances[index] ?? '—',
          index === last ? { text: percent, strong: true } : '—',
        ]),
      },
    ],
    rows: [[`${name}（%）`, '—', percent, '—']],
  };
}
