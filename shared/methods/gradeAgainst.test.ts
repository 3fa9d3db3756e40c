// A strength beside its design grade: the share is a whole number, and nobody is judged against a grade that is not named.
import { expect, test } from 'vitest';
import { percentOfGrade, requireGradeToJudge } from './gradeAgainst.ts';
import { refusalOf } from './testing/refusals.ts';

test('the share of the grade is rounded half to even, and is nothing without a strength or a grade', () => {
  expect(['30.1', '31.35', '31.65', '36.0'].map((strength) => percentOfGrade(strength, '30'))).toEqual([
    '100',
    '104',
    '106',
    '120',
  ]);
  expect([percentOfGrade(null, '30'), percentOfGrade('30.1', undefined)]).toEqual([null, null]);
});

test('a verdict that is asked for needs a grade', () => {
  expect(refusalOf(() => requireGradeToJudge(true, undefined, '9.0.6'))).toEqual({
    code: 'METHOD_MISSING',
    field: 'designGrade',
    rule: '9.0.6',
  });
  expect(() => requireGradeToJudge(true, 'M10', '9.0.6')).not.toThrow();
  expect(() => requireGradeToJudge(false, undefined, '9.0.6')).not.toThrow();
});
