import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referenceAngleRow, referenceCorrected, referenceMean } from '../../testing/field-rebound.ts';
import { rational, roundRational } from '../../testing/rational.ts';
import { NATIONAL_RULES } from './data.ts';
import { ANGLE_TABLE, FACE_TABLE, correctionAt } from './tables.ts';
import { reboundVectors } from './vector.ts';
import { meanRebound, zoneRebound } from './zones.ts';
import type { Face } from './zones.ts';

const RUNS = { numRuns: 1000 };
const tenth = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const readings = fc.array(fc.integer({ min: 10, max: 80 }).map(String), { minLength: 16, maxLength: 16 });
const angles = fc.constantFrom('0', ...Object.keys(ANGLE_TABLE.columns));
const faces = fc.constantFrom<Face>('side', 'top', 'bottom');
const mean = (values: readonly string[]): string => meanRebound(values, NATIONAL_RULES, 'readings');
const at = (place: Partial<{ readings: string[]; angle: string; face: Face }>) =>
  zoneRebound(
    {
      readings: Array.from({ length: 16 }, () => '30'),
      angle: '0',
      face: 'side',
      zone: '测区 1',
      field: 'x',
      ...place,
    },
    NATIONAL_RULES,
  );
const zonesAt = (value: string) => at({ readings: Array.from({ length: 16 }, () => value) });

describe('mean rebound value', () => {
  test('REB-001: published example', () => {
    const published = '35,28,37,28,46,27,31,27,27,30,37,29,34,28,26,27'.split(',');
    expect(reboundVectors['rebound-mean']?.({ readings: published })).toEqual({ Rm: '29.7' });
  });

  test('agrees with an independent implementation, in any order of the readings', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 0, max: 15 }), (values, turn) => {
        expect(mean(values)).toBe(referenceMean(values));
        expect(mean([...values.slice(turn), ...values.slice(0, turn)].toReversed())).toBe(mean(values));
      }),
      RUNS,
    );
  });

  test('one reading higher never lowers it; all by one raise it by one; three wild ones on either side do nothing', () => {
    fc.assert(
      fc.property(readings, fc.integer({ min: 0, max: 15 }), (values, which) => {
        const raised = values.map((value, index) => (index === which ? String(Number(value) + 1) : value));
        expect(Number(mean(raised))).toBeGreaterThanOrEqual(Number(mean(values)));
        const all = values.map((value) => String(Number(value) + 1));
        expect(mean(all)).toBe(tenth(Number(mean(values).replace('.', '')) + 10));
        const sorted = values.toSorted((a, b) => Number(a) - Number(b));
        expect(mean([...sorted.slice(0, 13), '80', '80', '80'])).toBe(mean(values));
        expect(mean(['10', '10', '10', ...sorted.slice(3)])).toBe(mean(values));
      }),
      RUNS,
    );
  });
});

describe('corrections', () => {
  test('every integer row of the angle table follows from its rows at 20, 30, 40 and 50', () => {
    let cells = 0;
    let straight = 0;
    for (const [angle, column] of Object.entries(ANGLE_TABLE.columns)) {
      expect(column).toHaveLength(31);
      for (const [index, cell] of column.entries()) {
        cells += 1;
        expect([angle, index + 20, cell]).toEqual([
          angle,
          index + 20,
          roundRational({ n: referenceAngleRow(angle, index + 20), d: 10n }, '0.1'),
        ]);
        const ten = Math.min(Math.floor(index / 10), 2) * 10;
        const [from, to] = [rational(column[ten] ?? ''), rational(column[ten + 10] ?? '')];
        const linear = { n: from.n * BigInt(10 - index + ten) + to.n * BigInt(index - ten), d: 100n };
        if (roundRational(linear, '0.1') !== cell) straight += 1;
      }
    }
    // What a straight line over ten rows would have got wrong.
    expect([cells, straight]).toEqual([248, 51]);
  });

  test.each([
    ['90', ['-6.0', '-5.0', '-4.0', '-3.5']],
    ['60', ['-5.0', '-4.0', '-3.5', '-3.0']],
    ['45', ['-4.0', '-3.5', '-3.0', '-2.5']],
    ['30', ['-3.0', '-2.5', '-2.0', '-1.5']],
    ['-30', ['2.5', '2.0', '1.5', '1.0']],
    ['-45', ['3.0', '2.5', '2.0', '1.5']],
    ['-60', ['3.5', '3.0', '2.5', '2.0']],
    ['-90', ['4.0', '3.5', '3.0', '2.5']],
  ])('angle %s at 20, 30, 40, 50', (angle, values) => {
    expect(['20.0', '30.0', '40.0', '50.0'].map((row) => correctionAt(ANGLE_TABLE, angle, row).value)).toEqual(values);
  });

  test('the face table: top 2.5 at 20 to 0 at 45, bottom −3.0 at 20 to 0 at 50', () => {
    for (let row = 20; row <= 50; row += 1) {
      const top = row < 45 ? tenth(45 - row) : '0.0';
      const bottom = row < 50 ? `-${tenth(50 - row)}` : '0.0';
      expect(FACE_TABLE.columns['top']?.[row - 20]).toBe(top);
      expect(FACE_TABLE.columns['bottom']?.[row - 20]).toBe(bottom);
    }
  });

  test.each([
    ['90', '12.3', '-6.0'],
    ['90', '50.1', '-3.5'],
    ['45', '23.0', '-3.9'],
    ['45', '21.4', '-4.0'],
    ['45', '21.5', '-4.0'],
    ['45', '21.6', '-3.9'],
    ['45', '23.5', '-3.8'],
    ['-90', '49.9', '2.5'],
  ])('angle %s at Rm %s is %s', (angle, rebound, value) => {
    expect(correctionAt(ANGLE_TABLE, angle, rebound).value).toBe(value);
  });

  test('none for a horizontal shot at a side face; the angle first, the face with the value after it', () => {
    expect(zonesAt('30')).toMatchObject({ corrected: '30.0', angleCorrection: '0.0', faceCorrection: '0.0' });
    expect(zonesAt('30').trace).toHaveLength(1);
    // 30.0 − 5.0 = 25.0, and the bottom correction is read at 25.0 (−2.5), not at 30.0 (−2.0).
    const both = at({ angle: '90', face: 'bottom' });
    expect(both).toMatchObject({ mean: '30.0', angleCorrection: '-5.0', faceCorrection: '-2.5', corrected: '22.5' });
    expect(both.trace.map((step) => step.clause.slice(-4))).toEqual(['弹值计算', '附录 C', '附录 D']);
    expect(at({ face: 'top' })).toMatchObject({ angleCorrection: '0.0', faceCorrection: '1.5', corrected: '31.5' });
    expect(at({ angle: '-60' })).toMatchObject({ angleCorrection: '3.0', faceCorrection: '0.0', corrected: '33.0' });
  });

  test('agree with an independent implementation for every angle, face and reading', () => {
    fc.assert(
      fc.property(readings, angles, faces, (values, angle, face) => {
        const zone = at({ readings: values, angle, face });
        expect(zone.corrected).toBe(referenceCorrected(referenceMean(values), angle, face));
      }),
      { numRuns: 3000 },
    );
  });
});
