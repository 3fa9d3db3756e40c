// Edges and words of sand and stone that a record can hang on: portions, figures that can hardly be, what a refusal names,
// and the square sieve that stands beside the nominal one.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/appError.ts';
import { refusalOf } from '../testing/refusals.ts';
import { crushed } from './crushing/crushed.ts';
import sandMud from './sand-mud.method.ts';
import sandSieve from './sand-sieve.method.ts';
import { MASS_FIELDS } from './sieve/fields.ts';
import { SIEVE_VECTORS } from './sieve/vector.ts';
import stoneMud from './stone-mud.method.ts';

const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
}

describe('mud and clumps', () => {
  const sand = { sandKind: '天然砂', clumpBefore_g: ['200', '200'], clumpAfter_g: ['198', '198'] };
  const clumps = (before: readonly string[]) =>
    sandMud.compute({ ...sand, clumpBefore_g: before, clumpAfter_g: ['196', '196'] }).warnings;

  test('a portion of 200 g may be 2 g off on either side', () => {
    expect(codes(clumps(['198', '202']))).toEqual([]);
    expect(clumps(['197.9', '202.1']).map(({ message }) => message)).toEqual([
      '试样 1 泥块含量试验的质量为 197.9 g，标准规定每份 200 g。',
      '试样 2 泥块含量试验的质量为 202.1 g，标准规定每份 200 g。',
    ]);
  });

  test('clumps of stone: 5 % pass, 5.1 % stop the record', () => {
    const stops = (after: string) =>
      stoneMud.compute({ stoneKind: '碎石', clumpBefore_g: ['8000', '8000'], clumpAfter_g: [after, after] }).stops;
    expect(codes(stops('7600'))).toEqual([]);
    expect(stops('7592').map(({ message }) => message)).toEqual([
      '试样 1 泥块含量为 5.1%，超过 5%。',
      '试样 2 泥块含量为 5.1%，超过 5%。',
    ]);
  });

  test('one mass without the other is refused by name; no mass at all names what was commissioned', () => {
    const { clumpAfter_g: _after, ...onlyBefore } = sand;
    const { clumpBefore_g: _before, ...onlyAfter } = sand;
    const run = (inputs: object, parameters?: readonly string[]) => () =>
      sandMud.compute(inputs, parameters === undefined ? {} : { parameters });
    const rule = 'JGJ 52-2006 砂中泥块含量试验';
    expect(refusalOf(run(onlyBefore))).toEqual({ code: 'METHOD_MISSING', field: 'clumpAfter_g', rule });
    expect(refusalOf(run(onlyAfter))).toEqual({ code: 'METHOD_MISSING', field: 'clumpBefore_g', rule });
    expect(messageOf(run(onlyBefore))).toBe('缺少泥块含量试验后的质量。');
    expect(messageOf(run(onlyAfter))).toBe('缺少泥块含量试验前的质量。');
    const none = { sandKind: '天然砂' };
    expect(refusalOf(run(none, ['NK']))).toEqual({ code: 'METHOD_MISSING', field: 'clumpBefore_g', rule });
    expect(refusalOf(run(none))).toMatchObject({ field: 'mudBefore_g', rule: 'JGJ 52-2006 砂中含泥量试验' });
  });
});

describe('sieves', () => {
  const MEDIUM = ['25', '50', '100', '125', '100', '75', '25'];
  const sieved = (pan: string, sample = '500') =>
    sandSieve.compute({
      sandKind: '天然砂',
      sampleMass_g: [sample, '500'],
      ...Object.fromEntries(
        MASS_FIELDS.map(({ name }, index) => [name, [index === 6 ? pan : MEDIUM[index], MEDIUM[index]]]),
      ),
    });

  test('a tenth lost or won does not stop the record, more does', () => {
    expect(codes(sieved('75', '500').stops)).toEqual([]);
    expect(sieved('75.5', '500').stops.map(({ message }) => message)).toEqual([
      '试样 1 各筛筛余与筛底之和与试样质量相差 -10.1%。',
    ]);
    expect(codes(sieved('25', '555.5').stops)).toEqual([]);
    expect(codes(sieved('25', '556.5').stops)).toEqual(['STOP_SIEVE_MASSES']);
  });

  test('a gain is remarked while the portion counts; beyond 1 % it is void and only that is said', () => {
    expect(codes(sieved('30').warnings)).toEqual(['SAND_MASS_GAIN']);
    expect(codes(sieved('30.1').warnings)).toEqual(['SAND_SIEVE_INVALID']);
  });

  test('each nominal sieve is shown with its square one, the pan with none', () => {
    expect(MASS_FIELDS.map(({ label, hint }) => [label, hint])).toEqual([
      ['5.00 mm 筛余', '方孔筛 4.75 mm'],
      ['2.50 mm 筛余', '方孔筛 2.36 mm'],
      ['1.25 mm 筛余', '方孔筛 1.18 mm'],
      ['630 μm 筛余', '方孔筛 0.60 mm'],
      ['315 μm 筛余', '方孔筛 0.30 mm'],
      ['160 μm 筛余', '方孔筛 0.15 mm'],
      ['筛底', undefined],
    ]);
    expect(MASS_FIELDS.map((field) => Object.hasOwn(field, 'hint'))).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test('no sand has a modulus above 5', () => {
    const mean = (mx1: string) => () => SIEVE_VECTORS['sand-fineness-mean']?.({ mx1, mx2: '4.90' });
    expect(mean('5')()).toEqual({ status: 'ok', result: '5.0' });
    expect(refusalOf(mean('5.01'))).toMatchObject({ code: 'METHOD_OUT_OF_RANGE', field: 'mx1' });
  });
});

test('an empty crushed portion is refused by its number', () => {
  const empty = () => crushed([['3000', '2700'], ['0', '0'], ['3000', '2700']], '0.1', (index) => `portion.${index}`); // prettier-ignore
  expect(messageOf(empty)).toBe('压碎试样 2 的质量为零。');
  expect(refusalOf(empty)).toMatchObject({ code: 'METHOD_ZERO', field: 'portion.1' });
});
