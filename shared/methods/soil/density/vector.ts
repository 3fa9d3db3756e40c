// Answers lines of a vector file for the sand cone: volume of the hole, wet and dry mass of the soil and the maximum dry
// density in, densities, moisture and compaction out.
import { Exact, refusal } from '../../foundation/decimal.ts';
import { decimal } from '../../field.ts';
import { parseFields } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { CLAUSE_SAND, DENSITY_UNIT, MOISTURE_STEP } from '../data.ts';
import { checkMoisture } from '../moisture.ts';
import { checkWetDensity } from '../plausible.ts';
import { over, printed, ratio } from '../ratio.ts';
import { INTERMEDIATE_ROUNDING, carried } from '../rounding.ts';
import type { IntermediateRounding } from '../rounding.ts';
import { DEGREE_STEP, compactionDegree } from './degree.ts';
import { densitiesOf, wetDensityOf } from './densities.ts';

const reading = { at: 'bench', resolution: '1', instrument: '电子秤', clause: CLAUSE_SAND, max: '50000' } as const;
const MAX_REASON = '超过灌砂法可能的读数 50000';

const FIELDS = [
  decimal({ ...reading, name: 'holeVolume_cm3', label: '试坑体积', unit: 'cm³', maxReason: MAX_REASON }),
  decimal({ ...reading, name: 'wet_g', label: '湿土质量', unit: 'g', maxReason: MAX_REASON }),
  decimal({ ...reading, name: 'dry_g', label: '干土质量', unit: 'g', maxReason: MAX_REASON }),
  decimal({
    ...reading,
    name: 'rhoDmax',
    label: '最大干密度',
    unit: DENSITY_UNIT,
    min: '1.00',
    max: '3.00',
    maxReason: '超过土可能的最大干密度 3.00 g/cm³',
  }),
] as const;

export function sandConeVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([INTERMEDIATE_ROUNDING, DEGREE_STEP], raw);
  const rounding = policies['intermediateRounding'] as IntermediateRounding;
  const { holeVolume_cm3: volume, wet_g: wetMass, dry_g: dryMass, rhoDmax } = parseFields(readings, FIELDS);
  const [wetSoil, drySoil] = [new Exact(wetMass), new Exact(dryMass)];
  if (wetSoil.lessThanOrEqualTo(drySoil)) {
    const message = `湿土质量 ${wetMass} g 应大于干土质量 ${dryMass} g。`;
    throw refusal('METHOD_CONFLICT', message, 'dry_g', CLAUSE_SAND);
  }
  const wet = over(ratio(wetSoil), ratio(volume));
  checkWetDensity(wet, { field: 'wet_g', label: '', clause: CLAUSE_SAND });
  const water = ratio(wetSoil.minus(drySoil).times(100), drySoil);
  checkMoisture(water, { field: 'dry_g', label: '' });
  const moisture = carried(water, MOISTURE_STEP, rounding);
  const densities = densitiesOf(wetDensityOf(wetSoil, ratio(volume), rounding), moisture, rounding);
  const degree = compactionDegree(densities.dry, rhoDmax, {}, policies);
  return {
    wetDensity: densities.wetPrinted,
    moisture: printed(moisture, MOISTURE_STEP),
    dryDensity: densities.dryPrinted,
    compaction_percent: degree.percent,
  };
}
