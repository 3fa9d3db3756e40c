// Limits of the bar standards as data: strengths, elongations, ratios, mass deviation, and the formers of the bend tests
// (a former is a limit that the specimen is tested with). Nobody has seen them on paper here, so every table is a draft.
import type { LimitRow, LimitTable } from '../../method.ts';
import { ACCEPTANCE, PLAIN_2017, PLAIN_2024, RIBBED_2018, RIBBED_2024 } from './data.ts';

/** Characteristic yield strength of a grade, MPa: `HRB400E` is `400`. */
export const characteristicYield = (grade: string): string => grade.replaceAll(/[A-Z]/g, '');
export const isSeismic = (grade: string): boolean => grade.endsWith('E');

export const RIBBED_GRADES = [
  'HRB400',
  'HRB400E',
  'HRBF400',
  'HRBF400E',
  'HRB500',
  'HRB500E',
  'HRBF500',
  'HRBF500E',
  'HRB600',
] as const;

/** Where elongation limits and bend formers change with the diameter. */
export const SIZE_BANDS = ['6～25', '28～40', '＞40'] as const;
export function sizeBand(diameter_mm: string): (typeof SIZE_BANDS)[number] {
  const value = Number(diameter_mm);
  return value <= 25 ? '6～25' : value <= 40 ? '28～40' : '＞40';
}

const row = (
  parameterCode: string,
  appliesTo: string,
  limit: { min?: string; max?: string },
  unit: string,
  step: string,
): LimitRow => ({ parameterCode, appliesTo, ...limit, unit, compareMode: 'rounded-value', step });

/** A former of a tabled number of diameters: neither smaller nor larger. */
const former = (parameterCode: string, appliesTo: string, diameters: string): LimitRow => ({
  parameterCode,
  appliesTo,
  min: diameters,
  max: diameters,
  unit: 'd',
  compareMode: 'full-value',
});

/** Yield, tensile strength, A for bars up to 25, from 28 to 40, above 40 mm, and first former, by strength class. */
const CLASSES: Readonly<Record<string, { yield: string; tensile: string; A: readonly string[]; former: number }>> = {
  '400': { yield: '400', tensile: '540', A: ['16', '15', '14'], former: 4 },
  '500': { yield: '500', tensile: '630', A: ['15', '14', '13'], former: 6 },
  '600': { yield: '600', tensile: '730', A: ['14', '13', '12'], former: 6 },
};

function classOf(grade: string): (typeof CLASSES)[string] {
  const found = CLASSES[characteristicYield(grade)];
  if (found === undefined) throw new RangeError(`no limits of ${grade}`);
  return found;
}

function strengthRows(grade: string): LimitRow[] {
  const { yield: least, tensile } = classOf(grade);
  return [row('QF', grade, { min: least }, 'MPa', '5'), row('KL', grade, { min: tensile }, 'MPa', '5')];
}

function mechanicalRows(grade: string): LimitRow[] {
  if (isSeismic(grade)) {
    // No A is required of an E grade.
    return [
      ...strengthRows(grade),
      row('ZL', grade, { min: '9.0' }, '%', '0.1'),
      row('QQB', grade, { min: '1.25' }, '', '0.01'),
      row('QBB', grade, { max: '1.30' }, '', '0.01'),
    ];
  }
  const { A: elongations } = classOf(grade);
  return [
    ...strengthRows(grade),
    ...SIZE_BANDS.map((band, index) => row('SC', `${grade} ${band}`, { min: elongations[index] ?? '' }, '%', '1')),
    row('ZL', grade, { min: '7.5' }, '%', '0.1'),
  ];
}

function formerRows(grade: string): LimitRow[] {
  const { former: first } = classOf(grade);
  return SIZE_BANDS.flatMap((band, index) => [
    former('WQ', `${grade} ${band}`, String(first + index)),
    former('FW', `${grade} ${band}`, String(first + index + 1)),
  ]);
}

/** Mass deviation by band of diameters, from–to in mm. */
type MassBand = readonly [from: number, to: number, limit: string];
const massRows = (bands: readonly MassBand[], diameters: readonly string[], step: string): LimitRow[] =>
  diameters.flatMap((diameter) => {
    const band = bands.find(([from, to]) => Number(diameter) >= from && Number(diameter) <= to);
    return band === undefined ? [] : [row('ZLPC', diameter, { min: `-${band[2]}`, max: band[2] }, '%', step)];
  });

const RIBBED_SIZES = ['6', '8', '10', '12', '14', '16', '18', '20', '22', '25', '28', '32', '36', '40', '50'];
const RIBBED_MASS: Readonly<Record<string, readonly MassBand[]>> = {
  [RIBBED_2024]: [
    [6, 12, '5.5'],
    [14, 20, '4.5'],
    [22, 50, '3.5'],
  ],
  [RIBBED_2018]: [
    [6, 12, '6.0'],
    [14, 20, '5.0'],
    [22, 50, '4.0'],
  ],
};

const table = (standard: string, subject: string, rows: readonly LimitRow[]): LimitTable => ({
  standard,
  clause: subject,
  title: `${standard} ${subject}`,
  status: 'draft',
  rows,
});

export const RIBBED_LIMITS: readonly LimitTable[] = [RIBBED_2024, RIBBED_2018].flatMap((standard) => [
  table(standard, '力学性能', RIBBED_GRADES.flatMap(mechanicalRows)),
  table(standard, '弯曲和反向弯曲压头直径', RIBBED_GRADES.flatMap(formerRows)),
  table(standard, '重量允许偏差', massRows(RIBBED_MASS[standard] ?? [], RIBBED_SIZES, '0.1')),
]);

const PLAIN_SIZES = ['6', '8', '10', '12', '14', '16', '18', '20', '22', '25'];
const PLAIN_ROWS: readonly LimitRow[] = [
  row('QF', 'HPB300', { min: '300' }, 'MPa', '5'),
  row('KL', 'HPB300', { min: '420' }, 'MPa', '5'),
  row('SC', 'HPB300', { min: '25' }, '%', '1'),
  row('ZL', 'HPB300', { min: '10.0' }, '%', '0.1'),
];

export const PLAIN_LIMITS: readonly LimitTable[] = [
  table(PLAIN_2024, '力学性能', PLAIN_ROWS),
  table(PLAIN_2024, '弯曲压头直径', [former('WQ', 'HPB300', '1')]),
  table(
    PLAIN_2024,
    '重量允许偏差',
    massRows(
      [
        [6, 12, '5.5'],
        [14, 25, '4.5'],
      ],
      PLAIN_SIZES,
      '0.1',
    ),
  ),
  table(PLAIN_2017, '力学性能', PLAIN_ROWS),
  table(PLAIN_2017, '弯曲压头直径', [former('WQ', 'HPB300', '1')]),
  // Written ±6 and ±5: the deviation is rounded to whole percent.
  table(
    PLAIN_2017,
    '重量允许偏差',
    massRows(
      [
        [6, 12, '6'],
        [14, 22, '5'],
      ],
      PLAIN_SIZES,
      '1',
    ),
  ),
];

export const STRAIGHTENED_GRADES = ['HPB300', 'HRB400', 'HRB400E', 'HRBF400', 'HRBF400E', 'HRB500', 'HRB500E'] as const;

/** Straightened bars: A of the table of GB 50204-2015 5.3.4; an E grade as the same grade without E. */
const STRAIGHTENED_A: Readonly<Record<string, string>> = { '300': '21', '400': '15', '500': '14' };

function straightenedMass(grade: string): LimitRow[] {
  const bands: [readonly string[], string][] = grade.startsWith('HPB')
    ? [[['6', '8', '10', '12'], '-10']]
    : [
        [['6', '8', '10', '12'], '-8'],
        [['14', '16'], '-6'],
      ];
  return bands.flatMap(([sizes, min]) => sizes.map((size) => row('ZLPC', `${grade} ${size}`, { min }, '%', '1')));
}

export const STRAIGHTENED_LIMITS: readonly LimitTable[] = [
  table(ACCEPTANCE, '表 5.3.4 调直后的断后伸长率和重量偏差', [
    ...STRAIGHTENED_GRADES.map((grade) =>
      row('SC', grade, { min: STRAIGHTENED_A[characteristicYield(grade)] ?? '' }, '%', '1'),
    ),
    ...STRAIGHTENED_GRADES.flatMap(straightenedMass),
  ]),
  ...[PLAIN_2024, PLAIN_2017].map((standard) => table(standard, '力学性能', PLAIN_ROWS.slice(0, 2))),
  ...[RIBBED_2024, RIBBED_2018].map((standard) =>
    table(standard, '力学性能', STRAIGHTENED_GRADES.filter((grade) => grade !== 'HPB300').flatMap(strengthRows)),
  ),
];
