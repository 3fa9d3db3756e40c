// Stops and refusals that several methods share: a load above the machine's range is no reading of it, one below 20 % of
// the range, or a loading rate outside the standard's window, stops the record until a person has looked at the curve.
import { Exact, refusal } from './foundation/decimal.ts';
import type { MethodWarning, PlausibilityStop, RateWindow } from './method.ts';

const LOOK = '请查看曲线和设备，说明原因并由第二人确认后继续；必要时作废本次采集，另取试件重做。';

export interface RangeFindings {
  warnings: MethodWarning[];
  stops: PlausibilityStop[];
}

/** Loads (kN) against the machine's range (kN): 20 % to 80 % of it is the good part; above it is refused. */
export function machineRange(
  loads: readonly (string | null)[] | undefined,
  range: string | undefined,
  at: { field: string; clause: string; label?: string },
): RangeFindings {
  const found: RangeFindings = { warnings: [], stops: [] };
  if (loads === undefined || range === undefined) return found;
  for (const [index, load] of loads.entries()) {
    if (load === null) continue;
    const value = new Exact(load);
    const field = `${at.field}.${index}`;
    const label = `试件 ${index + 1} ${at.label ?? '破坏荷载'} ${load} kN`;
    if (value.greaterThan(range)) {
      const message = `${label} 超过试验机量程 ${range} kN。`;
      throw refusal('METHOD_OVER_RANGE', message, field, at.clause, '请核对读数、单位和所选设备。');
    }
    const meaning = '破坏荷载宜在量程的 20%～80% 之内，否则示值误差可能不满足要求。';
    if (value.times(5).lessThan(range)) {
      const message = `${label} 低于试验机量程 ${range} kN 的 20%。`;
      found.stops.push({ code: 'STOP_MACHINE_RANGE', message, meaning, next: LOOK, field, clause: at.clause });
    } else if (value.times(5).greaterThan(new Exact(range).times(4))) {
      const message = `${label} 高于试验机量程 ${range} kN 的 80%。`;
      const next = '请核对所用试验机和量程档，必要时换机重做。';
      found.warnings.push({ code: 'MACHINE_RANGE_HIGH', message, meaning, next, field, clause: at.clause });
    }
  }
  return found;
}

/** Mean loading rates (kN/s) against the standard's window. */
export function loadingRateStops(
  rates: readonly (string | null)[] | undefined,
  window: RateWindow | null,
  at: { field: string; sample: string },
): PlausibilityStop[] {
  if (rates === undefined || window === null) return [];
  return rates.flatMap((rate, index): PlausibilityStop[] => {
    if (rate === null) return [];
    const value = new Exact(rate);
    if (value.greaterThanOrEqualTo(window.min_kN_s) && value.lessThanOrEqualTo(window.max_kN_s)) return [];
    return [
      {
        code: 'STOP_LOADING_RATE',
        message: `试件 ${index + 1} 加荷速度 ${rate} kN/s，不在 ${at.sample} 的 ${window.min_kN_s}～${window.max_kN_s} kN/s 之内。`,
        meaning: '加荷速度不符合标准会使强度偏高或偏低。',
        next: LOOK,
        field: `${at.field}.${index}`,
        clause: window.clause,
      },
    ];
  });
}
