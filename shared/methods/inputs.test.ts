// One reading against its declaration, at each edge, and lists of a set against one another.
import { describe, expect, test } from 'vitest';
import { decimal, text } from './field.ts';
import { isAskedOf, parseFields, requireReadings, valueFault } from './inputs.ts';
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

  test('are wanted only where their parameter is commissioned', () => {
    expect([isAskedOf(['A'], undefined), isAskedOf(['A'], ['A', 'B']), isAskedOf(['C'], ['A', 'B'])]).toEqual([
      true,
      true,
      false,
    ]);
    const fields = [decimal({ ...mass, parameters: ['A'] }), decimal({ ...mass, name: 'free_g', optional: true })];
    expect(refusalOf(() => requireReadings(fields, {}, ['A']))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'mass_g',
    });
    expect(() => requireReadings(fields, {}, ['B'])).not.toThrow();
    expect(() => requireReadings(fields, { mass_g: '1' }, ['A'])).not.toThrow();
  });
});
