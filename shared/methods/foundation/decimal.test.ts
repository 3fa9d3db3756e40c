// What may enter as a figure: the longest one, the words of a refusal, and how a received thing is quoted.
import { describe, expect, test } from 'vitest';
import { decimalFault, faultWords, parseDecimal, quoteRaw, refusal } from './decimal.ts';
import { refusalOf } from '../testing/refusals.ts';

const digits = (count: number): string => '1'.repeat(count);

describe('a plain decimal', () => {
  test('has at most 40 characters, whatever they are', () => {
    expect(decimalFault(digits(40))).toBeNull();
    expect(decimalFault(digits(41))).toBe('too-long');
    expect(decimalFault(`-0.${digits(37)}`)).toBeNull();
    expect(decimalFault(`-0.${digits(38)}`)).toBe('too-long');
  });

  test('a sum and a product of the longest figures keep every digit', () => {
    const written = `9${'0'.repeat(38)}9`;
    const longest = parseDecimal(written, 'x');
    const smallest = parseDecimal(`0.${'0'.repeat(37)}7`, 'x');
    expect(longest.plus(smallest).toFixed()).toBe(`9${'0'.repeat(38)}9.${'0'.repeat(37)}7`);
    expect(longest.times(longest).toFixed()).toBe(String(BigInt(written) ** 2n));
  });

  test.each([
    [undefined, 'missing', 'METHOD_MISSING', '缺少“荷载”。'],
    [null, 'missing', 'METHOD_MISSING', '缺少“荷载”。'],
    ['', 'missing', 'METHOD_MISSING', '缺少“荷载”。'],
    [35, 'not-a-number', 'METHOD_NOT_A_NUMBER', '“荷载”不是规范的十进制数：35。'],
    ['3,5', 'not-a-number', 'METHOD_NOT_A_NUMBER', '“荷载”不是规范的十进制数：“3,5”。'],
    [digits(41), 'too-long', 'METHOD_TOO_LONG', '“荷载”的数字过长（超过 40 个字符）。'],
  ] as const)('%s is refused in its own words', (raw, fault, code, message) => {
    expect(decimalFault(raw)).toBe(fault);
    expect(faultWords(fault, '荷载', raw)).toEqual({ code, message });
    expect(refusalOf(() => parseDecimal(raw, 'load_kN', '荷载'))).toMatchObject({ code, field: 'load_kN' });
  });
});

describe('what was received is quoted', () => {
  test('text in quotation marks, anything else as it is written in JSON', () => {
    expect(quoteRaw('abc')).toBe('“abc”');
    expect(quoteRaw({ a: 1 })).toBe('{"a":1}');
    expect(quoteRaw(undefined)).toBe('undefined');
  });

  test('at most 60 characters of it', () => {
    expect(quoteRaw('x'.repeat(58))).toBe(`“${'x'.repeat(58)}”`);
    expect(quoteRaw('x'.repeat(59))).toBe(`“${'x'.repeat(59)}…`);
  });
});

describe('a refusal', () => {
  test('names field and rule, and says what to do even where the caller says nothing', () => {
    const plain = refusal('CODE', '不行。', 'load_kN').info;
    expect(plain).toMatchObject({ code: 'CODE', details: [{ field: 'load_kN', message: '不行。' }] });
    expect(plain.details?.[0]).not.toHaveProperty('rule');
    expect(plain.next).toContain('半角');
    const told = refusal('CODE', '不行。', 'load_kN', 'GB/T 8170-2008', '请改。').info;
    expect(told.details?.[0]).toMatchObject({ rule: 'GB/T 8170-2008' });
    expect(told.next).toBe('请改。');
  });
});
