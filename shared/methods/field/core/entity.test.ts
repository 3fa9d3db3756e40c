import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityCheck } from './entity.ts';
import { coreEntityVector, coreStrengthVector } from './vector.ts';
import { CONFIRMED, coreBase, cores, loadsFor, referenceEntity } from '../../testing/field-core.ts';
import type { Change } from '../../testing/field-core.ts';
import { refusalOf } from '../../testing/refusals.ts';

const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const entity = (strengths: readonly string[], change: Change = {}, settings = CONFIRMED) =>
  cores({ assessment: 'entity', loads_kN: loadsFor(strengths), ...change }, settings);

describe('vector lines', () => {
  const line = { load_kN: '251.3', diameter_mm: '100.0', beta_c: '1.0' };
  test.each([
    [{ load_kN: '0' }, 'METHOD_ZERO', 'load_kN'],
    [{ load_kN: '-1' }, 'METHOD_NEGATIVE', 'load_kN'],
    [{ load_kN: '251,3' }, 'METHOD_NOT_A_NUMBER', 'load_kN'],
    [{ load_kN: '0.1' }, 'METHOD_OUT_OF_RANGE', 'load_kN'],
    [{ load_kN: '2513' }, 'METHOD_OUT_OF_RANGE', 'load_kN'],
    [{ load_kN: '5001' }, 'METHOD_OUT_OF_RANGE', 'load_kN'],
    [{ load_kN: null }, 'METHOD_MISSING', 'load_kN'],
    [{ diameter_mm: '10' }, 'METHOD_OUT_OF_RANGE', 'diameter_mm'],
    [{ beta_c: '2' }, 'METHOD_OUT_OF_RANGE', 'beta_c'],
    [{ height_mm: '100' }, 'METHOD_UNKNOWN_FIELD', 'height_mm'],
    [{ policies: { pi: '3.14' } }, 'METHOD_POLICY_UNKNOWN', 'policies.pi'],
  ])('a core with %j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => coreStrengthVector({ ...line, ...change }))).toMatchObject({ code, field });
  });

  const check = { design: '35', cores_MPa: ['28.5', '31.0', '32.0'] };
  test.each([
    [{ design: '33' }, 'METHOD_GRADE_UNKNOWN', 'design'],
    [{ design: 'C35' }, 'METHOD_NOT_A_NUMBER', 'design'],
    [{ design: '125' }, 'METHOD_OUT_OF_RANGE', 'design'],
    [{ cores_MPa: ['28.5', '31.0'] }, 'METHOD_WRONG_COUNT', 'cores_MPa'],
    [{ cores_MPa: ['28.5', '31.0', '32.0', '33.0'] }, 'METHOD_WRONG_COUNT', 'cores_MPa'],
    [{ cores_MPa: ['28.5', '31.0', 'OL'] }, 'METHOD_NOT_A_NUMBER', 'cores_MPa.2'],
    [{ cores_MPa: ['28.5', '31.0', '251'] }, 'METHOD_OUT_OF_RANGE', 'cores_MPa.2'],
    [{ k1: '1' }, 'METHOD_UNKNOWN_FIELD', 'k1'],
  ])('a check with %j is %s at %s', (change, code, field) => {
    expect(refusalOf(() => coreEntityVector({ ...check, ...change }))).toMatchObject({ code, field });
  });
});

describe('check of a structure', () => {
  test.each([
    [['30.8', '30.8', '30.8'], true, true],
    [['30.8', '30.8', '30.7'], false, true],
    [['28.0', '33.0', '33.0'], true, true],
    [['27.9', '33.0', '33.0'], true, false],
    [['27.9', '30.0', '30.0'], false, false],
  ])('C35 with %j: mean %s, least %s', (values, meanOk, leastOk) => {
    expect(entityCheck(values, '35', 'cores')).toMatchObject({
      meanOk,
      leastOk,
      meanRequired: '30.8',
      leastRequired: '28.0',
    });
    const answer = entity(values);
    expect(answer.outputs.single_MPa).toEqual(values);
    expect(answer.verdict).toBe(meanOk && leastOk ? 'qualified' : 'unqualified');
    expect(codes(answer.warnings).includes('CORE_ENTITY_BELOW')).toBe(!(meanOk && leastOk));
  });

  test('agrees with an independent implementation, whatever the order, and never gets worse with a stronger core', () => {
    const arbitrary = fc.record({
      grade: fc.constantFrom('15', '30', '35', '50', '80'),
      offsets: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 3, maxLength: 3 }),
      base: fc.constantFrom(80, 88),
      more: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ grade, offsets, base, more }) => {
        const values = offsets.map((offset) => Math.round((Number(grade) * base) / 10) + offset);
        const texts = values.map(tenths);
        const { mean, meanOk, leastOk } = entityCheck(texts, grade, 'cores');
        expect({ mean, meanOk, leastOk }).toEqual(referenceEntity(texts, grade));
        expect(entityCheck(texts.toReversed(), grade, 'cores')).toMatchObject({ mean, meanOk, leastOk });
        const stronger = entityCheck([tenths((values[0] ?? 0) + more), ...texts.slice(1)], grade, 'cores');
        if (meanOk) expect(stronger.meanOk).toBe(true);
        if (leastOk) expect(stronger.leastOk).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test('a mean that only rounding lifts to the limit fails, and says so', () => {
    const answer = entity(['30.7', '30.8', '30.8']);
    expect(answer.outputs.entity).toMatchObject({ mean_MPa: '30.8', meanMeets: false });
    expect(answer.verdict).toBe('unqualified');
    expect(codes(answer.warnings)).toContain('CORE_ROUNDING_EDGE');
    expect(codes(entity(['30.8', '30.8', '30.8']).warnings)).toEqual([]);
  });

  test('COR-001: draft limits do not judge, confirmed ones do', () => {
    const strengths = ['28.5', '31.0', '32.0'];
    const draft = entity(strengths, {}, {});
    expect(draft.verdict).toBe('not-judged');
    expect(draft.result.text).toBe(
      '三个芯样抗压强度平均值为 30.5 MPa，最小值为 28.5 MPa；限值未与标准原文核对，需人工判定。',
    );
    expect(draft.policies).toEqual({ 'limits GB 50204-2015': 'draft' });
    expect(draft.report[0]?.rows[0]?.at(-1)).toMatchObject({ text: '需人工判定' });
    const judged = entity(strengths, {}, { ...CONFIRMED, parameters: ['ST'] });
    expect(judged).toMatchObject({
      verdict: 'unqualified',
      result: {
        valid: true,
        text: '三个芯样抗压强度平均值为 30.5 MPa，最小值为 28.5 MPa，不符合设计强度等级 C35 的结构实体检验要求。',
        parameters: [
          {
            parameterCode: 'ST',
            value: '30.5/28.5',
            requirement: '平均值≥30.8 MPa，最小值≥28.0 MPa（C35 的 88%、80%）',
            verdict: 'unqualified',
          },
        ],
      },
    });
    expect(judged.warnings.find(({ code }) => code === 'CORE_ENTITY_BELOW')).toMatchObject({ notify: 'supervisor' });
    expect(entity(['31', '32', '33']).result.text).toContain('，符合设计强度等级 C35');
  });

  test('exactly three cores and a grade', () => {
    const four = {
      loads_kN: [...coreBase.loads_kN, '260.0'],
      diameters_mm: [...coreBase.diameters_mm, ['100.0', '100.0']],
      heights_mm: [...coreBase.heights_mm, '100'],
    };
    expect(refusalOf(() => cores({ ...four, assessment: 'entity' }))).toEqual({
      code: 'METHOD_WRONG_COUNT',
      field: 'loads_kN',
      rule: 'GB 50204-2015 附录 D',
    });
    expect(cores(four).outputs.single_MPa).toHaveLength(4);
    expect(refusalOf(() => cores({ assessment: 'entity', designGrade: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'designGrade',
    });
  });
});
