// One reading against its declaration, at each edge, and lists of a set against one another.
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/appError.ts';
import { choice, decimal, text } from './field.ts';
import type { Field, SpecimenSet } from './field.ts';
import { countRange, isAskedOf, parseFields, requireReadings, valueFault } from './inputs.ts';
import { refusalOf } from './testing/refusals.ts';

const common = { at: 'bench', instrument: '天平', clause: '4.1' } as const;
const mass = {
  ...common,
  name: 'mass_g',
  label: '质量',
  unit: 'g',
  resolution: '0.1',
  max: '500',
  maxReason: '超过量程',
};
const code = (field: Parameters<typeof valueFault>[0], raw: unknown) => valueFault(field, raw)?.code ?? null;

describe('a decimal reading', () => {
  test.each([
    ['500', null],
    ['500.1', 'METHOD_OUT_OF_RANGE'],
    ['0', 'METHOD_ZERO'],
    ['-1', 'METHOD_NEGATIVE'],
    ['0.1', null],
    ['1,5', 'METHOD_NOT_A_NUMBER'],
  ])('%s is %s', (raw, expected) => {
    expect(code(decimal(mass), raw)).toBe(expected);
  });

  test('may be zero, negative, at least or whole where it is declared so', () => {
    expect(code(decimal({ ...mass, zero: true }), '0.0')).toBeNull();
    expect(code(decimal({ ...mass, zero: true }), '-0.1')).toBe('METHOD_NEGATIVE');
    expect(code(decimal({ ...mass, negative: true }), '-0.1')).toBeNull();
    expect(['9.9', '10'].map((raw) => code(decimal({ ...mass, min: '10' }), raw))).toEqual([
      'METHOD_OUT_OF_RANGE',
      null,
    ]);
    expect(['3', '3.0', '3.1'].map((raw) => code(decimal({ ...mass, whole: true }), raw))).toEqual([
      null,
      null,
      'METHOD_NOT_WHOLE',
    ]);
  });

  test('is shown with its unit, where it has one', () => {
    expect(valueFault(decimal(mass), '501', '试件 2 质量')?.message).toBe('“试件 2 质量”为 501 g，超过量程。');
    expect(valueFault(decimal({ ...mass, unit: '' }), '501')?.message).toBe('“质量”为 501，超过量程。');
  });
});

test('a text has at most its length and is not blank', () => {
  const note = text({ ...common, name: 'note', label: '说明', maxLength: 5 });
  expect(['12345', '123456', ' ', '', 5].map((raw) => code(note, raw))).toEqual([
    null,
    'METHOD_TOO_LONG',
    'METHOD_MISSING',
    'METHOD_MISSING',
    'METHOD_MISSING',
  ]);
});

describe('the readings of a form', () => {
  const wet = decimal({ ...mass, name: 'wet_g', label: '湿质量', set: 'tin' });
  const dry = decimal({ ...mass, name: 'dry_g', label: '干质量', set: 'tin' });
  const sets = [{ id: 'tin', label: '盒', count: { min: 1, max: 3, usual: 2 } }];

  test('of one set are as many as one another', () => {
    expect(parseFields({ wet_g: ['1', '2'], dry_g: ['1', '2'] }, [wet, dry], sets)).toEqual({
      wet_g: ['1', '2'],
      dry_g: ['1', '2'],
    });
    expect(refusalOf(() => parseFields({ wet_g: ['1', '2'], dry_g: ['1'] }, [wet, dry], sets))).toMatchObject({
      code: 'METHOD_WRONG_COUNT',
      field: 'dry_g',
    });
  });

  test('of no set may differ in number', () => {
    const some = { min: 1, max: 4 };
    const fields = [decimal({ ...mass, values: some }), decimal({ ...mass, name: 'dry_g', values: some })];
    expect(parseFields({ mass_g: ['1', '2'], dry_g: ['1'] }, fields)).toEqual({ mass_g: ['1', '2'], dry_g: ['1'] });
  });

  test('are wanted only where their parameter is commissioned', () => {
    expect([isAskedOf(['A'], undefined), isAskedOf(['A'], ['A', 'B']), isAskedOf(['C'], ['A', 'B'])]).toEqual([
      true,
      true,
      false,
    ]);
    expect(isAskedOf(['C', 'A'], ['A', 'B'])).toBe(true);
    const fields = [decimal({ ...mass, parameters: ['A'] }), decimal({ ...mass, name: 'free_g', optional: true })];
    expect(refusalOf(() => requireReadings(fields, {}, ['A']))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'mass_g',
    });
    expect(() => requireReadings(fields, {}, ['B'])).not.toThrow();
    expect(() => requireReadings(fields, { mass_g: '1' }, ['A'])).not.toThrow();
  });
});

describe('a refusal says', () => {
  /** Code, field, clause and words of every fault that was found. */
  const said = (fields: readonly Field[], inputs: Record<string, unknown>, sets: readonly SpecimenSet[] = []) => {
    try {
      parseFields(inputs, fields, sets);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const details = error.info.details ?? [];
      return [error.code, ...details.map(({ field, rule, message }) => `${field} ${rule ?? '-'} ${message}`)];
    }
    return [];
  };
  const tin = (count: SpecimenSet['count']): SpecimenSet[] => [{ id: 'tin', label: '盒', count }];
  const wet = decimal({ ...mass, name: 'wet_g', label: '湿质量', set: 'tin' });

  test('what is lacking, with its clause, and every fault of the form at once', () => {
    expect(said([decimal(mass), decimal({ ...mass, name: 'dry_g', label: '干质量' })], {})).toEqual([
      'METHOD_MISSING',
      'mass_g 4.1 缺少“质量”。',
      'dry_g 4.1 缺少“干质量”。',
    ]);
    const may = [decimal({ ...mass, optional: true }), decimal({ ...mass, name: 'dry_g', parameters: ['A'] })];
    expect(said(may, {})).toEqual([]);
    expect(parseFields({ mass_g: null, dry_g: null }, may)).toEqual({});
    const both = [decimal(mass), decimal({ ...mass, name: 'dry_g', label: '干质量' })];
    expect(said(both, { mass_g: null, dry_g: '501' })).toEqual([
      'METHOD_MISSING',
      'mass_g 4.1 缺少“质量”。',
      'dry_g 4.1 “干质量”为 501 g，超过量程。',
    ]);
  });

  test('which field it does not know', () => {
    expect(said([decimal(mass)], { mass_g: '1', mass: '1', x: '2' })).toEqual([
      'METHOD_UNKNOWN_FIELD',
      'mass - 不认识的字段：mass、x。',
    ]);
    expect(said([decimal(mass)], { mass_g: '1', mass: '1' })[1]).toBe('mass - 不认识的字段：mass。');
    expect(said([decimal(mass)], [] as never)[0]).toBe('METHOD_INPUT_INVALID');
  });

  test('how many there should be of a set', () => {
    expect(said([wet], { wet_g: ['1', '2'] }, tin(3))).toEqual([
      'METHOD_WRONG_COUNT',
      'wet_g 4.1 “湿质量”应为每组 3 个，收到 2 个。',
    ]);
    expect(said([wet], { wet_g: ['1', '2', '3', '4'] }, tin({ min: 1, max: 3, usual: 2 }))[1]).toContain(
      '“湿质量”应为每组 1～3 个，收到 4 个。',
    );
    expect(said([wet], { wet_g: '1' }, tin(3))[1]).toMatch(/收到 .*1.*。$/);
    expect(said([wet], { wet_g: ['1', '2', '3'] }, tin({ min: 1, max: 3, usual: 2 }))).toEqual([]);
    const dry = { ...wet, name: 'dry_g', label: '干质量' };
    expect(said([wet, dry], { wet_g: ['1', '2'], dry_g: ['1'] }, tin({ min: 1, max: 3, usual: 2 }))[1]).toBe(
      'dry_g 4.1 “干质量”有 1 个，与“湿质量”的 2 个不一致。',
    );
    expect(() => said([wet], { wet_g: ['1'] }, [])).toThrow('field wet_g names an unknown set tin');
    expect([countRange(tin(3)[0]!), countRange(tin({ min: 1, max: 3, usual: 2 })[0]!)]).toMatchObject([
      { min: 3, max: 3 },
      { min: 1, max: 3 },
    ]);
  });

  test('how many readings each place should have, and which of them is wrong', () => {
    const two = { ...wet, values: 2 };
    const some = { ...wet, values: { min: 2, max: 4 } };
    expect(said([two], { wet_g: [['1', '2'], ['1']] }, tin(2))).toEqual([
      'METHOD_WRONG_COUNT',
      'wet_g.1 4.1 “盒 2 湿质量”应为 2 个读数，收到 1 个。',
    ]);
    expect(said([some], { wet_g: [['1', '2', '3', '4', '5'], '7'] }, tin(2)).slice(1)).toEqual([
      'wet_g.0 4.1 “盒 1 湿质量”应为 2～4 个读数，收到 5 个。',
      expect.stringMatching(/^wet_g\.1 4\.1 “盒 2 湿质量”应为 2～4 个读数，收到 .*7/),
    ]);
    expect(
      said(
        [some],
        {
          wet_g: [
            ['1', '2'],
            ['1', '2', '3', '4'],
          ],
        },
        tin(2),
      ),
    ).toEqual([]);
    expect(
      said(
        [two],
        {
          wet_g: [
            ['1', '2'],
            ['1', '501'],
          ],
        },
        tin(2),
      ),
    ).toEqual(['METHOD_OUT_OF_RANGE', 'wet_g.1.1 4.1 “盒 2 湿质量 第 2 个”为 501 g，超过量程。']);
    expect(said([decimal({ ...mass, values: 2 })], { mass_g: ['1', '0'] })).toEqual([
      'METHOD_ZERO',
      'mass_g.1 4.1 “质量 第 2 个”为零，不是有效读数。',
    ]);
  });

  test('which specimen is without a reading, unless it may be', () => {
    expect(said([wet], { wet_g: ['1', null] }, tin(2))[1]).toMatch(/^wet_g\.1 4\.1 .*盒 2 湿质量/);
    expect(said([{ ...wet, sparse: true }], { wet_g: ['1', null] }, tin(2))).toEqual([]);
  });

  test('the figure that is below the least, or not whole, or negative', () => {
    const words = (change: object, raw: string) => valueFault(decimal({ ...mass, ...change }), raw)?.message;
    expect(words({ min: '10' }, '9.9')).toBe('“质量”为 9.9 g，小于 10 g。');
    expect(words({ whole: true }, '3.5')).toBe('“质量”应为整数，收到 3.5 g。');
    expect(words({}, '-1')).toBe('“质量”为负数：-1 g。');
    expect(words({ zero: true }, '-0')).toBe(undefined);
  });

  test('what may be chosen, in the words of the form', () => {
    const state = choice({
      ...common,
      name: 'state',
      label: '状态',
      options: [
        { value: 'dry', label: '干' },
        { value: 'wet', label: '湿' },
      ],
    });
    expect(valueFault(state, 'wet')).toBeNull();
    expect(valueFault(state, '湿')).toMatchObject({ code: 'METHOD_CHOICE_UNKNOWN' });
    expect(valueFault(state, '湿')?.message).toMatch(/^“状态”只能是 干、湿，收到 .*湿.*。$/);
    expect(valueFault({ ...state, refusalCode: 'METHOD_STATE' }, 'x')?.code).toBe('METHOD_STATE');
    expect([undefined, null, ''].map((raw) => valueFault(state, raw)?.message)).toEqual([
      '缺少“状态”。',
      '缺少“状态”。',
      '缺少“状态”。',
    ]);
    const note = text({ ...common, name: 'note', label: '说明', maxLength: 5 });
    expect(valueFault(note, '123456')?.message).toBe('“说明”超过 5 个字符。');
  });
});
