// What a record and a vector line of welded joints refuse: code, field and rule.
import { describe, expect, test } from 'vitest';
import { weldTensileVector } from './vector.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { bend, compute, retest, sent, times } from '../../testing/steel-weld.ts';

const RULE = 'JGJ 18-2012 5.1.7';
const STRENGTH = 'JGJ/T 27-2014 拉伸试验';
const vector = (specimens: unknown[], change: Record<string, unknown> = {}) =>
  weldTensileVector({ tensileStandard_MPa: '540', specimens, ...change })['verdict'];

describe('bad readings are refused with code, field and rule', () => {
  test.each([
    [undefined, 'METHOD_MISSING'],
    [null, 'METHOD_MISSING'],
    ['', 'METHOD_MISSING'],
    ['0', 'METHOD_ZERO'],
    ['-182', 'METHOD_NEGATIVE'],
    ['1e3', 'METHOD_NOT_A_NUMBER'],
    ['182,0', 'METHOD_NOT_A_NUMBER'],
    [182, 'METHOD_NOT_A_NUMBER'],
    ['2946.1', 'METHOD_OUT_OF_RANGE'],
    ['471.4', 'METHOD_OUT_OF_RANGE'],
    ['0.1', 'METHOD_OUT_OF_RANGE'],
  ])('a load of %j is %s', (load, code) => {
    const change = { loads_kN: ['182', '182', load] };
    expect(refusalOf(() => compute(change))).toEqual({ code, field: 'loads_kN.2', rule: STRENGTH });
  });

  test.each([
    [{ loads_kN: ['182', '182'] }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [
      { loads_kN: times(4, '182'), fracturePlaces: times(4, '母材'), fractureModes: times(4, '延性') },
      'METHOD_WRONG_COUNT',
      'loads_kN',
    ],
    [{ ...retest(times(3, '182'), times(3, '母材'), times(3, '延性')) }, 'METHOD_WRONG_COUNT', 'loads_kN'],
    [{ loads_kN: undefined }, 'METHOD_MISSING', 'loads_kN'],
    [{ fracturePlaces: undefined }, 'METHOD_MISSING', 'fracturePlaces'],
    [{ fractureModes: undefined }, 'METHOD_MISSING', 'fractureModes'],
    [{ fracturePlaces: ['母材', '母材', '接头'] }, 'METHOD_CHOICE_UNKNOWN', 'fracturePlaces.2'],
    [{ grade: 'HRB335' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: 'HRB600' }, 'METHOD_GRADE_UNKNOWN', 'grade'],
    [{ grade: undefined }, 'METHOD_MISSING', 'grade'],
    [{ nominalDiameter_mm: '21' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ nominalDiameter_mm: '20.0' }, 'METHOD_DIAMETER_UNKNOWN', 'nominalDiameter_mm'],
    [{ weldType: '点焊' }, 'METHOD_WELD_TYPE_UNKNOWN', 'weldType'],
    [{ round: 'second' }, 'METHOD_CHOICE_UNKNOWN', 'round'],
    [{ force: '1' }, 'METHOD_UNKNOWN_FIELD', 'force'],
    [{ ...bend, bendFormer_mm: undefined }, 'METHOD_MISSING', 'bendFormer_mm'],
    [{ bendFormer_mm: '100' }, 'METHOD_MISSING', 'bendFindings'],
    [{ ...bend, bendFindings: ['有裂纹', '无裂纹', '无裂纹'] }, 'METHOD_MISSING', 'crackWidths_mm.0'],
    [{ ...bend, crackWidths_mm: ['0.3', null, null] }, 'METHOD_CONFLICT', 'crackWidths_mm.0'],
    [{ ...bend, bendFindings: times(4, '无裂纹') }, 'METHOD_WRONG_COUNT', 'bendFindings'],
  ])('%j is %s at %s', (change, code, field) => {
    const refused = refusalOf(() => compute(change));
    expect(refused).toMatchObject({ code, field });
    if (code !== 'METHOD_UNKNOWN_FIELD') expect(refused.rule).toMatch(/^JGJ/);
  });

  const three = times(3, { R: '580', where: '母材', mode: '延性' });
  const withLast = (change: Record<string, unknown>) => [three[0], three[1], { ...three[2], ...change }];
  test.each([
    [{ specimens: three.slice(1) }, 'METHOD_WRONG_COUNT', 'specimens'],
    [{ specimens: three, retest: true }, 'METHOD_WRONG_COUNT', 'specimens'],
    [{ specimens: three, retest: 'yes' }, 'METHOD_INPUT_INVALID', 'retest'],
    [{ specimens: undefined }, 'METHOD_MISSING', 'specimens'],
    [{ specimens: 'x' }, 'METHOD_INPUT_INVALID', 'specimens'],
    [{ specimens: ['x', 'y', 'z'] }, 'METHOD_INPUT_INVALID', 'specimens.0'],
    [{ specimens: withLast({ R: '5e2' }) }, 'METHOD_NOT_A_NUMBER', 'specimens.2.R'],
    [{ specimens: withLast({ R: undefined }) }, 'METHOD_MISSING', 'specimens.2.R'],
    [{ specimens: withLast({ R: '1501' }) }, 'METHOD_OUT_OF_RANGE', 'specimens.2.R'],
    [{ specimens: withLast({ where: '中间' }) }, 'METHOD_CHOICE_UNKNOWN', 'specimens.2.where'],
    [{ specimens: withLast({ mode: undefined }) }, 'METHOD_MISSING', 'specimens.2.mode'],
    [{ specimens: withLast({ extra: '1' }) }, 'METHOD_UNKNOWN_FIELD', 'specimens.2.extra'],
    [{ specimens: three, tensileStandard_MPa: undefined }, 'METHOD_MISSING', 'tensileStandard_MPa'],
    [{ specimens: three, tensileStandard_MPa: '-540' }, 'METHOD_NEGATIVE', 'tensileStandard_MPa'],
    [{ specimens: three, other: '1' }, 'METHOD_UNKNOWN_FIELD', 'other'],
    [
      { specimens: three, policies: { threeBrittleBreaks: 'x' } },
      'METHOD_POLICY_UNKNOWN',
      'policies.threeBrittleBreaks',
    ],
  ])('the vector line %j is %s at %s', (change, code, field) => {
    const line = sent({ tensileStandard_MPa: '540', ...change });
    expect(refusalOf(() => weldTensileVector(line))).toMatchObject({ code, field });
  });

  test('the rule named for a wrong count is the clause of the verdict', () => {
    expect(refusalOf(() => vector(three.slice(1)))).toEqual({
      code: 'METHOD_WRONG_COUNT',
      field: 'specimens',
      rule: RULE,
    });
  });
});
