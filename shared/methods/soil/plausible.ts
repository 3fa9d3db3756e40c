// Densities that soil can hardly have. A wet density outside 0.50 to 3.00 g/cm³ is a slip of unit, mass or volume and is
// refused; one above the line of full saturation, or outside the range of fills, stops the record until somebody looked.
import { refusal } from '../foundation/decimal.ts';
import type { PlausibilityStop } from '../method.ts';
import { compareRatios, over, plus, printed, ratio, times } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { DENSITY_STEP, DENSITY_UNIT } from './data.ts';

const LEAST = '0.50';
const MOST = '3.00';
/** Usual range of the dry density of a fill. */
const USUAL = { least: '1.20', most: '2.45' };
/** Specific gravity that the grains of hardly any soil exceed. */
const HEAVY_GRAINS = '2.85';

const LOOK = '请核对质量、体积和单位，说明原因并由第二人确认后继续；读数有误的，重新称量或重新测定。';

export function checkWetDensity(value: Ratio, at: { field: string; label: string; clause: string }): void {
  if (compareRatios(value, ratio(LEAST)) >= 0 && compareRatios(value, ratio(MOST)) <= 0) return;
  const message =
    `${at.label}湿密度 ${printed(value, DENSITY_STEP)} ${DENSITY_UNIT}，` +
    `不在土可能的 ${LEAST}～${MOST} ${DENSITY_UNIT} 之内。`;
  throw refusal('METHOD_OUT_OF_RANGE', message, at.field, at.clause, '请核对质量的单位（g）和体积（cm³）。');
}

export function dryDensityStops(
  dry: Ratio,
  moisture: Ratio,
  at: { field: string; label: string; clause: string },
): PlausibilityStop[] {
  const shown = `${at.label}干密度 ${printed(dry, DENSITY_STEP)} ${DENSITY_UNIT}`;
  const common = { field: at.field, clause: at.clause, next: LOOK };
  const stops: PlausibilityStop[] = [];
  if (compareRatios(dry, ratio(USUAL.least)) < 0 || compareRatios(dry, ratio(USUAL.most)) > 0) {
    stops.push({
      ...common,
      code: 'STOP_SOIL_DENSITY',
      message: `${shown}，不在填土常见的 ${USUAL.least}～${USUAL.most} ${DENSITY_UNIT} 之内。`,
      meaning: '质量、体积或含水率可能有误。',
    });
  }
  // Zero air voids: ρd = Gs / (1 + 0.01·w·Gs).
  const grains = ratio(HEAVY_GRAINS);
  const saturated = over(grains, plus(ratio(1), times(times(moisture, grains), ratio(1, 100))));
  if (compareRatios(dry, saturated) > 0) {
    stops.push({
      ...common,
      code: 'STOP_SOIL_SATURATION',
      message: `${shown} 高于该含水率下的饱和干密度（按土粒比重 ${HEAVY_GRAINS} 计）。`,
      meaning: '土中没有空气时的干密度都低于此值，读数几乎不可能。',
    });
  }
  return stops;
}
