import { describe, expect, test } from 'vitest';
import { computeVector, vectorMethods } from './compute.ts';
import { listMethods, methodById } from './index.ts';
import { refusalOf } from './testing/refusals.ts';
import { writtenVectors } from './testing/vectors.ts';

const known = writtenVectors.filter((vector) => vectorMethods().includes(vector.method));

describe('the vector files', () => {
  test('every line has a method that answers it', () => {
    expect(known.length).toBe(writtenVectors.length);
  });

  test.each(known)('$id $method', ({ id, method, inputs, expected }) => {
    expect(computeVector({ id, method, inputs })).toEqual({ id, outputs: expected });
  });

  const con022 = { single_MPa: ['36.9', '37.1', '42.6'], sizeFactor: '0.95' };
  const con024 = { single_MPa: ['30.0', '30.0', '31.1'], sizeFactor: '0.95' };
  test.each([
    ['CON-022', con022, 'middle', '35.2'],
    ['CON-024', con024, 'mean', '28.8'],
  ])('%s under the policy single-first', (id, inputs, rule, groupValue_MPa) => {
    const expected = { rule, groupBeforeFactor_MPa: null, groupValue_MPa };
    for (const policy of [{ policies: { factorOrder: 'single-first' } }, { factorOrder: 'single-first' }]) {
      expect(computeVector({ id, method: 'concrete-cube', inputs: { ...inputs, ...policy } }).outputs).toEqual(
        expected,
      );
    }
  });

  test('an invalid group has no number (CON-003, CON-014)', () => {
    const loads = { loads_kN: ['356', '436', '519'], side_mm: '150', sizeFactor: '1.00' };
    const none = { rule: 'invalid', groupBeforeFactor_MPa: null, groupValue_MPa: null };
    expect(computeVector({ id: 'CON-003', method: 'concrete-cube', inputs: loads }).outputs).toEqual({
      single_MPa: ['15.8', '19.4', '23.1'],
      ...none,
    });
    const singles = { single_MPa: ['33.9', '40.0', '46.1'], sizeFactor: '1.00' };
    for (const factorOrder of ['group-first', 'single-first']) {
      expect(computeVector({ id: 'x', method: 'concrete-cube', inputs: { ...singles, factorOrder } }).outputs).toEqual(
        none,
      );
    }
    const plain = { values: ['33.9', '40.0', '46.1'] };
    expect(computeVector({ id: 'x', method: 'three-value-rule', inputs: plain }).outputs).toEqual({
      rule: 'invalid',
      value: null,
    });
  });

  test('three-value-rule keeps the finest step written, or the one asked for', () => {
    const values = ['4.23', '4.25', '4.2'];
    expect(computeVector({ id: 'x', method: 'three-value-rule', inputs: { values } }).outputs?.['value']).toBe('4.23');
    expect(
      computeVector({ id: 'x', method: 'three-value-rule', inputs: { values, interval: '0.1' } }).outputs?.['value'],
    ).toBe('4.2');
    expect(
      computeVector({ id: 'x', method: 'three-value-rule', inputs: { values: ['4', '4', '5'] } }).outputs?.['value'],
    ).toBe('4');
  });
});

const answer = (method: string, inputs: Record<string, unknown>) => computeVector({ id: 'x', method, inputs }).error;
const code = (line: unknown): string | undefined => computeVector(line).error?.code;
const cube = (inputs: Record<string, unknown>): string | undefined => answer('concrete-cube', inputs)?.code;

describe('computeVector on bad input', () => {
  test('a line that is not a line answers with a code', () => {
    for (const line of [
      null,
      'x',
      1,
      [],
      {},
      { id: '' },
      { id: 'x' },
      { id: 'x', method: 'rounding' },
      { id: 'x', method: 'rounding', inputs: [] },
    ]) {
      expect(code(line)).toBe('METHOD_LINE_INVALID');
    }
  });

  test('it says what the line lacks, and answers under no id where there is none', () => {
    const good = { id: 'x', method: 'rounding', inputs: { value: '1.25', interval: '0.1' } };
    const lacking = (change: Record<string, unknown>) => {
      const { id, error } = computeVector({ ...good, ...change });
      return [id, error?.details?.[0]?.field, error?.message];
    };
    expect(computeVector(good).error).toBeUndefined();
    expect(lacking({ id: '' })).toEqual([null, 'id', '这一行缺少 id。']);
    expect(lacking({ id: 7 })).toEqual([null, 'id', '这一行缺少 id。']);
    expect(lacking({ method: 7 })).toEqual(['x', 'method', '这一行缺少 method。']);
    expect(lacking({ inputs: 7 })).toEqual(['x', 'inputs', '这一行缺少 inputs，或 inputs 不是对象。']);
  });

  test('a fault of the program is no answer', () => {
    const line = {
      id: 'x',
      method: 'rounding',
      get inputs(): never {
        throw new RangeError('broken');
      },
    };
    expect(() => computeVector(line)).toThrow('broken');
  });

  test('an unknown method names the known ones and keeps the id', () => {
    const line = computeVector({ id: 'Z', method: 'toString', inputs: {} });
    expect(line).toMatchObject({ id: 'Z', error: { code: 'METHOD_UNKNOWN', details: [{ field: 'method' }] } });
    expect(line.error?.next).toContain('concrete-cube');
  });

  test('size factors are never guessed', () => {
    const loads_kN = ['420', '430', '440'];
    expect(cube({ loads_kN, side_mm: '150', sizeFactor: '0.95' })).toBe('METHOD_SIZE_FACTOR_MISMATCH');
    expect(cube({ loads_kN, side_mm: '150', sizeFactor: '0.95', sizeFactorEvidence: 'B-1' })).toBe(
      'METHOD_SIZE_FACTOR_MISMATCH',
    );
    expect(cube({ loads_kN, side_mm: '100', sizeFactor: '0.93' })).toBe('METHOD_SIZE_FACTOR_MISMATCH');
    expect(
      cube({ loads_kN, side_mm: '100', sizeFactor: '0.93', sizeFactorEvidence: '对比试验 2026-07' }),
    ).toBeUndefined();
    expect(cube({ loads_kN, side_mm: '100' })).toBe('METHOD_MISSING');
    expect(cube({ loads_kN, side_mm: '100', grade: 'C30' })).toBeUndefined();
    expect(cube({ loads_kN, side_mm: '150' })).toBeUndefined();
    expect(cube({ single_MPa: ['42.0', '43.0', '44.0'] })).toBe('METHOD_MISSING');
    expect(cube({ loads_kN, side_mm: '100', sizeFactor: '0' })).toBe('METHOD_ZERO');
    expect(cube({ loads_kN, side_mm: '100', sizeFactor: 0.95 })).toBe('METHOD_NOT_A_NUMBER');
  });

  test('unknown fields and policies are refused, never ignored', () => {
    const good = { loads_kN: ['420', '430', '440'], side_mm: '100', sizeFactor: '0.95' };
    expect(cube({ ...good, load_kN: ['1', '2', '3'] })).toBe('METHOD_UNKNOWN_FIELD');
    expect(cube({ ...good, factorOrder: 'factor-first' })).toBe('METHOD_POLICY_UNKNOWN');
    expect(cube({ ...good, policies: { factorOdrer: 'group-first' } })).toBe('METHOD_POLICY_UNKNOWN');
    expect(cube({ ...good, policies: 'single-first' })).toBe('METHOD_POLICY_UNKNOWN');
    expect(cube({ ...good, factorOrder: 'group-first', policies: { factorOrder: 'single-first' } })).toBe(
      'METHOD_CONFLICT',
    );
    expect(cube({ ...good, factorOrder: 'single-first', policies: { factorOrder: 'single-first' } })).toBeUndefined();
    expect(answer('concrete-cube', { ...good, factorOrder: 5 })).toMatchObject({
      code: 'METHOD_POLICY_UNKNOWN',
      details: [{ field: 'factorOrder' }],
    });
    expect(code({ id: 'x', method: 'rounding', inputs: { value: '1', interval: '1', step: '1' } })).toBe(
      'METHOD_UNKNOWN_FIELD',
    );
  });

  test('faults of the foundation name the field as the caller wrote it', () => {
    expect(answer('rounding', { value: '1', interval: '0' })).toMatchObject({ details: [{ field: 'interval' }] });
    expect(answer('rounding-of-reported-value', { reported: 'x', interval: '1' })).toMatchObject({
      details: [{ field: 'reported' }],
    });
    expect(answer('limit-comparison', { measured: '1', limitInterval: '1' })).toMatchObject({
      code: 'METHOD_LIMIT_MISSING',
    });
    expect(answer('limit-comparison', { measured: '1', limitInterval: '1', min: 3 })).toMatchObject({
      code: 'METHOD_NOT_A_NUMBER',
    });
    expect(answer('three-value-rule', { values: ['1', '2'] })).toMatchObject({ code: 'METHOD_WRONG_COUNT' });
  });
});

describe('registry', () => {
  test('ids and vector names are unique, every policy default is an option', () => {
    const ids = listMethods().map((method) => method.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const method of listMethods()) {
      for (const policy of method.policies)
        expect(policy.options.map((option) => option.value)).toContain(policy.default);
    }
    const names = listMethods().flatMap((method) => Object.keys(method.vectors));
    expect(new Set(names).size).toBe(names.length);
  });

  test('finds by id, refuses what it has not', () => {
    expect(methodById('concrete-cube').name).toBe('混凝土立方体抗压强度');
    expect(refusalOf(() => methodById('x')).code).toBe('METHOD_UNKNOWN');
    expect(() => methodById('x')).toThrow(
      expect.objectContaining({
        info: expect.objectContaining({ next: expect.stringContaining('concrete-cube（混凝土立方体抗压强度）') }),
      }),
    );
  });
});
