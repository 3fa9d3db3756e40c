// What the record shows of a grading: each figure beside its own sieve, and a total excess without the two sieves on
// which none is allowed.
import { describe, expect, test } from 'vitest';
import { gradingOf } from './grading.ts';

/** Zone Ⅱ: 0～10, 0～25, 10～50, 41～70, 70～92, 90～100. */
const INSIDE = ['5', '20', '40', '60', '80', '95'];
const at = (change: Readonly<Record<number, string>>) => INSIDE.map((value, sieve) => change[sieve] ?? value);
const step = (cumulative: readonly string[], name: string) =>
  gradingOf(cumulative).trace.find((entry) => entry.name === name);

describe('the excess over a zone', () => {
  test('counts the sieves on which some is allowed, not the 5.00 mm sieve', () => {
    expect(gradingOf(at({ 0: '13', 1: '27' }))).toMatchObject({ zone: 'Ⅱ', excess_percent: '2', meets: false });
    expect(step(at({ 0: '13', 1: '27' }), '总超出量')).toMatchObject({ substituted: '2.50 mm 2', value: '2' });
    expect(gradingOf(at({ 1: '27', 5: '87' }))).toMatchObject({ zone: 'Ⅱ', excess_percent: '5', meets: true });
    expect(step(at({ 1: '27', 5: '87' }), '总超出量')).toMatchObject({ substituted: '2.50 mm 2 + 160 μm 3' });
    expect(gradingOf(at({ 1: '28', 5: '87' }))).toMatchObject({ excess_percent: '6', meets: false });
    expect(step(INSIDE, '总超出量')).toMatchObject({ substituted: '无超出', rule: '不超过 5%' });
    expect(step(at({ 1: '28', 5: '87' }), '总超出量')).toMatchObject({ rule: '超过 5%' });
  });

  test('shows the figure and the range of the 5.00 mm sieve itself', () => {
    const name = '5.00 mm 筛的累计筛余';
    expect(step(INSIDE, name)).toMatchObject({ formula: 'Ⅱ区 0～10%', substituted: '5%', value: '符合' });
    expect(step(at({ 0: '11' }), name)).toMatchObject({ substituted: '11%', value: '不符合' });
  });

  test('the zone is found by the 630 μm sieve', () => {
    expect(step(INSIDE, '级配区')).toMatchObject({ substituted: '60%', value: 'Ⅱ区', rule: 'Ⅱ区为 41～70%' });
    expect(step(at({ 3: '86' }), '级配区')).toMatchObject({ substituted: '86%', value: null });
  });
});
