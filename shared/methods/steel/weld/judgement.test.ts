// Verdicts of JGJ 18-2012 on tension (5.1.7) and bend (5.1.8) of welded joints, against a second implementation.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeBend } from './bend.ts';
import type { BendSpecimen } from './bend.ts';
import { MODES, PLACES, judgeTension } from './tension.ts';
import type { TensionSpecimen } from './tension.ts';
import { weldTensileVector } from './vector.ts';
import { referenceWeld } from '../../testing/steel-joints.ts';
import { CONFIRMED, compute, times } from '../../testing/steel-weld.ts';

const specimen = fc.record({
  R: fc.integer({ min: 104, max: 114 }).map((fives) => String(fives * 5)),
  where: fc.constantFrom(...PLACES),
  mode: fc.constantFrom(...MODES),
});
const sound = specimen.filter(({ where, mode }) => !(where === '母材' && mode === '脆性'));
const readings = fc.constantFrom('at-least' as const, 'greater' as const);
const vector = (specimens: unknown[], change: Record<string, unknown> = {}) =>
  weldTensileVector({ tensileStandard_MPa: '540', specimens, ...change })['verdict'];

describe('the verdict on tension', () => {
  test.each([
    [['A580', 'A585', 'A540'], 'qualified'],
    [['A580', 'H585', 'A540'], 'qualified'],
    [['A580', 'A585', 'A535'], 'unqualified'],
    [['A580', 'A585', 'B540'], 'qualified'],
    [['A580', 'A585', 'Z540'], 'qualified'],
    [['A580', 'A585', 'B535'], 'retest'],
    [['A580', 'A585', 'Z535'], 'retest'],
    [['A540', 'B560', 'Z550'], 'retest'],
    [['A540', 'B560', 'Z500'], 'retest'],
    [['A535', 'B560', 'B560'], 'unqualified'],
    [['B560', 'B550', 'B545'], 'retest'],
    [['B560', 'B550', 'B535'], 'unqualified'],
    [['B700', 'B700', 'B700'], 'retest'],
    [['A580', 'B600', 'B600'], 'retest'],
    [['A580', 'A585', 'W580'], 'unqualified'],
    [['A580', 'A585', 'X580'], 'void'],
    [['A300', 'B300', 'X300'], 'void'],
  ])('%j is %s', (group, expected) => {
    const kinds: Record<string, [string, string]> = {
      A: ['母材', '延性'],
      H: ['热影响区', '延性'],
      B: ['焊缝', '脆性'],
      Z: ['热影响区', '脆性'],
      W: ['焊缝', '延性'],
      X: ['母材', '脆性'],
    };
    const specimens = group.map((text) => {
      const [where, mode] = kinds[text.slice(0, 1)] ?? [];
      return { R: text.slice(1), where, mode };
    });
    expect(vector(specimens)).toBe(expected);
    expect(referenceWeld(specimens as never, '540', false, 'at-least')).toBe(expected);
  });

  test.each([
    [6, 0, '540', 'qualified'],
    [5, 1, '540', 'qualified'],
    [4, 2, '540', 'qualified'],
    [3, 3, '540', 'unqualified'],
    [3, 3, '700', 'unqualified'],
    [4, 2, '535', 'unqualified'],
  ])('a retest with %i ductile and %i brittle of %s is %s', (ductile, brittle, strength, expected) => {
    const specimens = [
      ...times(ductile, { R: '560', where: '母材', mode: '延性' }),
      ...times(brittle, { R: strength, where: '焊缝', mode: '脆性' }),
    ];
    expect(vector(specimens, { retest: true })).toBe(expected);
  });

  test('three brittle breaks, one exactly at the standard value: both readings of the clause', () => {
    const specimens = ['560', '550', '540'].map((R) => ({ R, where: '焊缝', mode: '脆性' }));
    expect(vector(specimens)).toBe('retest');
    expect(vector(specimens, { policies: { threeBrittleBreaks: 'greater' } })).toBe('unqualified');
    const policies = { ...CONFIRMED, threeBrittleBreaks: 'greater' };
    const change = {
      loads_kN: ['175.0', '172.0', '169.668'],
      fracturePlaces: times(3, '焊缝'),
      fractureModes: times(3, '脆性'),
    };
    expect(compute(change).verdict).toBe('retest');
    expect(compute(change, policies).verdict).toBe('unqualified');
  });

  test('agrees with an independent implementation, first test and retest, both readings', () => {
    const group = (of: fc.Arbitrary<{ R: string; where: string; mode: string }>) =>
      fc.oneof(
        fc.tuple(fc.array(of, { minLength: 3, maxLength: 3 }), fc.constant(false)),
        fc.tuple(fc.array(of, { minLength: 6, maxLength: 6 }), fc.constant(true)),
      );
    fc.assert(
      fc.property(fc.oneof(group(specimen), group(sound)), readings, ([specimens, isRetest], threeBrittle) => {
        const answer = vector(specimens, { retest: isRetest, policies: { threeBrittleBreaks: threeBrittle } });
        expect(answer).toBe(referenceWeld(specimens, '540', isRetest, threeBrittle));
      }),
      { numRuns: 4000 },
    );
  });

  test('a retest that is mostly good agrees, too', () => {
    const good = fc.constantFrom(
      { R: '560', where: '母材', mode: '延性' },
      { R: '545', where: '热影响区', mode: '延性' },
      { R: '540', where: '焊缝', mode: '脆性' },
    );
    fc.assert(
      fc.property(fc.array(good, { minLength: 5, maxLength: 5 }), specimen, (five, last) => {
        expect(vector([...five, last], { retest: true })).toBe(referenceWeld([...five, last], '540', true, 'at-least'));
      }),
      { numRuns: 1000 },
    );
  });

  test('does not depend on the order of the specimens', () => {
    fc.assert(
      fc.property(
        fc.array(specimen, { minLength: 3, maxLength: 3 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        (specimens, order) => {
          expect(vector(order.map((index) => specimens[index]))).toBe(vector(specimens));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('a stronger specimen never worsens the verdict, and scaling all strengths keeps it', () => {
    const rank = { void: 0, unqualified: 1, retest: 2, qualified: 3 };
    const judged = (specimens: readonly TensionSpecimen[], fk: string, reading: 'at-least' | 'greater') =>
      judgeTension(specimens, fk, specimens.length === 6 ? 'retest' : 'initial', reading).outcome;
    const one = specimen.map(({ R, where, mode }) => ({ strength_MPa: R, place: where, mode }));
    const groups = fc.oneof(
      fc.array(one, { minLength: 3, maxLength: 3 }),
      fc.array(one, { minLength: 6, maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        groups,
        fc.nat({ max: 2 }),
        fc.integer({ min: 1, max: 10 }),
        readings,
        (group, at, raise, reading) => {
          const raised = group.map((item, index) =>
            index === at ? { ...item, strength_MPa: String(BigInt(item.strength_MPa) + BigInt(raise * 5)) } : item,
          );
          const before = judged(group, '540', reading);
          expect(rank[judged(raised, '540', reading)]).toBeGreaterThanOrEqual(rank[before]);
          const doubled = group.map((item) => ({ ...item, strength_MPa: String(BigInt(item.strength_MPa) * 2n) }));
          expect(judged(doubled, '1080', reading)).toBe(before);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the verdict on bend', () => {
  const good: BendSpecimen = { finding: '有裂纹', crack_mm: '0.49' };
  const bad: BendSpecimen = { finding: '有裂纹', crack_mm: '0.5' };
  const broken: BendSpecimen = { finding: '断裂', crack_mm: null };
  test.each([
    [0, 'qualified', 'qualified'],
    [1, 'qualified', 'qualified'],
    [2, 'retest', 'qualified'],
    [3, 'unqualified', 'unqualified'],
  ])('%i failed: %s at first, %s in the retest', (failed, first, second) => {
    expect(judgeBend([...times(failed, bad), ...times(3 - failed, good)], 'initial').outcome).toBe(first);
    expect(judgeBend([...times(failed, broken), ...times(6 - failed, good)], 'retest').outcome).toBe(second);
  });

  test('counts failures whatever their order, and a crack exactly 0.5 mm wide fails', () => {
    const cracks = fc.array(fc.integer({ min: 40, max: 60 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(cracks, (widths) => {
        const specimens = widths.map((width): BendSpecimen => ({ finding: '有裂纹', crack_mm: `0.${width}` }));
        const failed = widths.filter((width) => width >= 50).length;
        const answer = judgeBend(specimens, 'initial');
        expect(answer.failed).toBe(failed);
        expect(answer.outcome).toBe(['qualified', 'qualified', 'retest', 'unqualified'][failed]);
        expect(judgeBend(specimens.toReversed(), 'initial').outcome).toBe(answer.outcome);
      }),
      { numRuns: 600 },
    );
  });
});
