// Which strength grades a kind of cement may have, written down a second time for both editions, and the words of a commission.
import { describe, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusals.ts';
import { GB175_2007, GB175_2023, checkGrade, describeCement, gradesOf } from './kinds.ts';
import type { Kind, ProductStandard } from './kinds.ts';

const [FROM_32, FROM_42, TO_62] = [
  ['32.5', '32.5R', '42.5', '42.5R', '52.5', '52.5R'],
  ['42.5', '42.5R', '52.5', '52.5R'],
  ['42.5', '42.5R', '52.5', '52.5R', '62.5', '62.5R'],
];

/** GB 175-2023 struck out 32.5 and 32.5R of P·C; P·O 62.5 is let through there because nobody here has seen the table. */
const PRINTED: readonly (readonly [Kind, of2007: readonly string[], of2023: readonly string[]])[] = [
  ['P·Ⅰ', TO_62, TO_62],
  ['P·Ⅱ', TO_62, TO_62],
  ['P·O', FROM_42, TO_62],
  ['P·S', FROM_32, FROM_32],
  ['P·S·A', FROM_32, FROM_32],
  ['P·S·B', FROM_32, FROM_32],
  ['P·P', FROM_32, FROM_32],
  ['P·F', FROM_32, FROM_32],
  ['P·C', FROM_32, FROM_42],
];

describe('grades', () => {
  test.each(PRINTED)('of %s', (kind, of2007, of2023) => {
    expect(gradesOf(kind, GB175_2007)).toEqual(of2007);
    expect(gradesOf(kind, GB175_2023)).toEqual(of2023);
  });

  test.each<[Kind, '32.5' | '62.5R', ProductStandard, string]>([
    ['P·C', '32.5', GB175_2023, 'GB 175-2023 强度等级'],
    ['P·O', '62.5R', GB175_2007, 'GB 175-2007 6.3 强度等级'],
    ['P·Ⅱ', '32.5', GB175_2007, 'GB 175-2007 6.3 强度等级'],
  ])('%s %s is refused by %s', (kind, grade, standard, rule) => {
    const refused = refusalOf(() => {
      checkGrade(kind, grade, standard);
    });
    expect(refused).toEqual({ code: 'METHOD_GRADE_UNKNOWN', field: 'grade', rule });
  });
});

test('a commission with only one of the two is named by that one', () => {
  expect(describeCement({ kind: 'P·Ⅱ', grade: '52.5R' })).toEqual({ grade: 'P·Ⅱ 52.5R', spec: '硅酸盐水泥' });
  expect(describeCement({ grade: '42.5' })).toEqual({ grade: '42.5', spec: '' });
  expect(describeCement({ kind: 'P·F' })).toEqual({ grade: 'P·F', spec: '粉煤灰硅酸盐水泥' });
});
