// Nominal cross-section and mass per metre of reinforcing bars (GB 1499.1, GB 1499.2). Strength and mass deviation are
// formed with these tabled values, never with π·d²/4: 22 mm is 380.1 mm² and 2.98 kg/m. A diameter that is not tabled
// is refused, never interpolated.
import { refusal } from '../foundation/decimal.ts';

const NOMINAL: Readonly<Record<string, { area_mm2: string; mass_kg_m: string | null }>> = {
  '6': { area_mm2: '28.27', mass_kg_m: '0.222' },
  // Its area is tabled for old work; the source gives no mass.
  '6.5': { area_mm2: '33.18', mass_kg_m: null },
  '8': { area_mm2: '50.27', mass_kg_m: '0.395' },
  '10': { area_mm2: '78.54', mass_kg_m: '0.617' },
  '12': { area_mm2: '113.1', mass_kg_m: '0.888' },
  '14': { area_mm2: '153.9', mass_kg_m: '1.21' },
  '16': { area_mm2: '201.1', mass_kg_m: '1.58' },
  '18': { area_mm2: '254.5', mass_kg_m: '2.00' },
  '20': { area_mm2: '314.2', mass_kg_m: '2.47' },
  '22': { area_mm2: '380.1', mass_kg_m: '2.98' },
  '25': { area_mm2: '490.9', mass_kg_m: '3.85' },
  '28': { area_mm2: '615.8', mass_kg_m: '4.83' },
  '32': { area_mm2: '804.2', mass_kg_m: '6.31' },
  '36': { area_mm2: '1018', mass_kg_m: '7.99' },
  '40': { area_mm2: '1257', mass_kg_m: '9.87' },
  '50': { area_mm2: '1964', mass_kg_m: '15.42' },
};

/** Nominal diameters of ribbed bars, mm. */
export const DIAMETERS = [
  '6',
  '8',
  '10',
  '12',
  '14',
  '16',
  '18',
  '20',
  '22',
  '25',
  '28',
  '32',
  '36',
  '40',
  '50',
] as const;
export type Diameter = (typeof DIAMETERS)[number];

export const NOMINAL_SUBJECT = '公称横截面面积与理论重量';
export const CLAUSE_NOMINAL = `GB 1499.2-2024 ${NOMINAL_SUBJECT}`;

function unknown(diameter: unknown, what: string, field: string): never {
  const message = `公称直径 ${String(diameter)} mm 没有列出${what}。`;
  const next = `请核对公称直径（可用：${DIAMETERS.join('、')} mm）；直径只写数字，例如 20。`;
  throw refusal('METHOD_DIAMETER_UNKNOWN', message, field, CLAUSE_NOMINAL, next);
}

/** Nominal cross-section S0, mm². */
export function nominalArea(diameter_mm: string, field = 'nominalDiameter_mm'): string {
  return NOMINAL[diameter_mm]?.area_mm2 ?? unknown(diameter_mm, '公称横截面面积', field);
}

/** Nominal mass per metre, kg/m. */
export function nominalMass(diameter_mm: string, field = 'nominalDiameter_mm'): string {
  return NOMINAL[diameter_mm]?.mass_kg_m ?? unknown(diameter_mm, '理论重量', field);
}
