// Soil at the edges of what can be: wet and dry densities, saturation, moistures, and degrees of compaction.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/appError.ts';
import { rings, sand, tins } from '../testing/soil-samples.ts';
import compaction from './compaction.method.ts';
import ring from './field-density-ring.method.ts';
import sandCone from './field-density-sand-cone.method.ts';
import { allowedDifference, checkMoisture } from './moisture.ts';
import { checkWetDensity, dryDensityStops } from './plausible.ts';
import { meanOfRatios, ratio } from './ratio.ts';

const at = { field: 'x', label: '环刀 1 ', clause: '4.1' };
const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
};

describe('densities', () => {
  test('wet: 0.50 and 3.00 can be, a thousandth outside is refused', () => {
    const wet = (value: string) => refused(() => checkWetDensity(ratio(value), at));
    expect(['0.50', '3.00'].map(wet)).toEqual(['', '']);
    expect(wet('0.494')).toBe('环刀 1 湿密度 0.49 g/cm³，不在土可能的 0.50～3.00 g/cm³ 之内。');
    expect(wet('3.006')).toBe('环刀 1 湿密度 3.01 g/cm³，不在土可能的 0.50～3.00 g/cm³ 之内。');
    expect(['0.499', '3.001'].map(wet)).not.toContain('');
  });

  const stops = (dry: string, moisture: string) =>
    dryDensityStops(ratio(dry), ratio(moisture), at).map(({ code }) => code);

  test('dry: 1.20 to 2.45 is usual in a fill, a thousandth outside stops', () => {
    expect([stops('1.20', '0'), stops('2.45', '0')]).toEqual([[], []]);
    expect([stops('1.199', '0'), stops('2.451', '0')]).toEqual([['STOP_SOIL_DENSITY'], ['STOP_SOIL_DENSITY']]);
  });

  test('dry: on the line of saturation of the heaviest grains is still possible, above it is not', () => {
    // 2.85 / (1 + 0.01 × 20 × 2.85) = 2.85 / 1.57.
    const line = ratio('2.85', '1.57');
    const on = dryDensityStops(line, ratio('20'), at);
    expect(on).toEqual([]);
    expect([stops('1.815', '20'), stops('1.816', '20')]).toEqual([[], ['STOP_SOIL_SATURATION']]);
    expect(stops('2.3', '20')).toEqual(['STOP_SOIL_SATURATION']);
    expect(dryDensityStops(ratio('1.816'), ratio('20'), at)[0]?.message).toBe(
      '环刀 1 干密度 1.82 g/cm³ 高于该含水率下的饱和干密度（按土粒比重 2.85 计）。',
    );
  });
});

test('each ring that can hardly be soil stops the record by its own number', () => {
  const stops = (first: string, second: string) =>
    rings({ ringAndSoil_g: [first, second] }).stops.map(({ code, field }) => [code, field]);
  // 14.0 % and 200 cm³: 2.00 g/cm³ wet is 1.75 dry; 1.36 wet is 1.19 dry, 2.36 wet is 2.07 dry and without air 2.04.
  expect(stops('550', '550')).toEqual([]);
  expect(stops('422', '422').slice(0, 2)).toEqual([
    ['STOP_SOIL_DENSITY', 'ringAndSoil_g.0'],
    ['STOP_SOIL_DENSITY', 'ringAndSoil_g.1'],
  ]);
  expect(stops('622', '550')).toContainEqual(['STOP_SOIL_SATURATION', 'ringAndSoil_g.0']);
});

test('lists name the design value and the soil, or the kind of compaction', () => {
  for (const method of [ring, sandCone]) {
    const design = { designCompaction_percent: '95', designCoefficient: '0.94' };
    expect(method.describe({ soilKind: '粉质黏土', ...design })).toEqual({ grade: '≥95%', spec: '粉质黏土' });
    expect(method.describe({ designCoefficient: '0.94' })).toEqual({ grade: 'λc≥0.94', spec: '' });
    expect(method.describe({})).toEqual({ grade: '', spec: '' });
  }
  const spec = (compactionType: string) => compaction.describe({ soilKind: '灰土', compactionType });
  expect([spec('light'), spec('heavy'), spec('')]).toEqual([
    { grade: '灰土', spec: '轻型击实' },
    { grade: '灰土', spec: '重型击实' },
    { grade: '灰土', spec: '' },
  ]);
});

test('quotients without a divisor and means of nothing are faults of the caller', () => {
  expect(() => ratio('1', '0')).toThrow('ratio over zero');
  expect(() => meanOfRatios([])).toThrow('mean of no values');
});

test('moistures: 100 % can be, more is refused; the allowed difference goes by the mean', () => {
  const moisture = (value: string) => refused(() => checkMoisture(ratio(value), { field: 'x', label: '测点 1 ' }));
  expect([moisture('100'), moisture('100.01')]).toEqual(['', '测点 1 含水率 100.0%，超过压实填土可能的 100%。']);
  expect(['9.9', '10', '40', '40.1'].map((mean) => allowedDifference(ratio(mean)))).toEqual([
    '0.5',
    '1.0',
    '1.0',
    '2.0',
  ]);
  expect(refused(() => sand({ ...tins([140, 140]), tinAndDry_g: ['120', '139.1'] }))).toContain('第 2 盒');
});

describe('the degree of compaction', () => {
  /** Two rings of 200 cm³ with so much wet soil, 14.0 % moist. */
  const degree = (soil: number, maxDryDensity_g_cm3: string) => {
    const { warnings, stops, outputs } = rings({
      ringAndSoil_g: [String(150 + soil), String(150 + soil)],
      maxDryDensity_g_cm3,
      designCompaction_percent: undefined,
    });
    return [outputs.compaction_percent, ...[...warnings, ...stops].map(({ code }) => code)];
  };

  test('warns above 100 % and stops above 105 % and below 80 %', () => {
    expect(degree(402, '1.76')).toEqual(['100.0']);
    expect(degree(402, '1.75')).toEqual(['100.6', 'SOIL_ABOVE_MAXIMUM']);
    expect(degree(430, '1.80')).toEqual(['105.0', 'SOIL_ABOVE_MAXIMUM']);
    expect(degree(430, '1.79')).toEqual(['105.6', 'STOP_SOIL_COMPACTION']);
    expect(degree(328, '1.80')).toEqual(['80.0']);
    expect(degree(328, '1.81')).toEqual(['79.6', 'STOP_SOIL_COMPACTION']);
  });

  test('is no result where only the density is commissioned', () => {
    const codes = (parameters: string[]) =>
      rings({}, { parameters }).result.parameters.map(({ parameterCode }) => parameterCode);
    expect([codes(['GM']), codes(['HS', 'YS'])]).toEqual([['GM'], ['YS', 'HS']]);
  });
});
