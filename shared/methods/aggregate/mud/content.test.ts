import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referenceContent, referenceMean } from '../../testing/aggregate-reference.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { mudContent } from './content.ts';
import { SAND_CLUMPS, SAND_MUD, STONE_MUD } from './data.ts';
import { SAND_MUD_VECTORS } from './vector.ts';

/** Mass left of 400 g when so much per cent is washed away. */
const washed = (percent: number) => ((400 * (1000 - percent * 10)) / 1000).toFixed(1);
const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;
const pair = fc
  .tuple(fc.integer({ min: 3900, max: 4100 }), fc.integer({ min: 0, max: 400 }))
  .map(([before, lost]): [string, string] => [tenths(before), tenths(before - lost)]);
const field = (portion: number) => `mudAfter_g.${portion}`;

describe('a vector line', () => {
  const line = SAND_MUD_VECTORS['sand-mud-content'];

  test('2.2 and 2.5 is 2.4 (a tie to the even tenth)', () => {
    expect(
      line?.({
        dryBefore_g_after_g: [
          ['400', '391.2'],
          ['400', '390.0'],
        ],
      }),
    ).toEqual({
      single_percent: ['2.2', '2.5'],
      status: 'ok',
      result_percent: '2.4',
    });
  });

  test.each([
    [{}, 'METHOD_MISSING', 'dryBefore_g_after_g'],
    [{ dryBefore_g_after_g: [['400', '392']] }, 'METHOD_WRONG_COUNT', 'dryBefore_g_after_g'],
    [{ dryBefore_g_after_g: [['400', '392'], ['400']] }, 'METHOD_WRONG_COUNT', 'dryBefore_g_after_g.1'],
    [
      {
        dryBefore_g_after_g: [
          ['400', '392'],
          ['400', '400.1'],
        ],
      },
      'METHOD_CONFLICT',
      'dryBefore_g_after_g.1.1',
    ],
    [
      {
        dryBefore_g_after_g: [
          ['400', '392'],
          ['0', '0'],
        ],
      },
      'METHOD_ZERO',
      'dryBefore_g_after_g.1.0',
    ],
    [
      {
        dryBefore_g_after_g: [
          ['400', '392'],
          ['400', '-1'],
        ],
      },
      'METHOD_NEGATIVE',
      'dryBefore_g_after_g.1.1',
    ],
    [
      {
        dryBefore_g_after_g: [
          ['400', '392'],
          ['400', '3e2'],
        ],
      },
      'METHOD_NOT_A_NUMBER',
      'dryBefore_g_after_g.1.1',
    ],
    [
      {
        dryBefore_g_after_g: [
          ['400', '392'],
          ['400', '392'],
        ],
        x: '1',
      },
      'METHOD_UNKNOWN_FIELD',
      'x',
    ],
    [
      {
        dryBefore_g_after_g: [
          ['400', '392'],
          ['400', '392'],
        ],
        policies: { x: 'y' },
      },
      'METHOD_POLICY_UNKNOWN',
      'policies.x',
    ],
  ])('%j is %s at %s', (inputs, code, at) => {
    expect(refusalOf(() => line?.(inputs))).toMatchObject({ code, field: at });
  });
});

describe('two portions', () => {
  test('agree with an independent implementation, under each repeat rule', () => {
    fc.assert(
      fc.property(pair, pair, fc.constantFrom(SAND_MUD, STONE_MUD, SAND_CLUMPS), (one, two, kind) => {
        const singles = [one, two].map(([before, after]) => referenceContent(before, after)) as [string, string];
        const result = mudContent([one, two], kind, field);
        expect(result.single_percent).toEqual(singles);
        expect(result.result_percent).toBe(referenceMean(...singles, kind.maxDifference, '0.1'));
        expect(result.status).toBe(result.result_percent === null ? 'redo' : 'ok');
        const turned = mudContent([two, one], kind, field);
        expect([turned.status, turned.result_percent]).toEqual([result.status, result.result_percent]);
      }),
      { numRuns: 3000 },
    );
  });

  test('exactly 0.5 apart is allowed and 0.6 is not, at every content', () => {
    for (let content = 0; content <= 100; content += 1) {
      const at = (more: number): [string, string] => ['400', washed((content + more) / 10)];
      expect(mudContent([at(0), at(5)], SAND_MUD, field).status).toBe('ok');
      expect(mudContent([at(6), at(0)], SAND_MUD, field)).toMatchObject({ status: 'redo', result_percent: null });
      expect(mudContent([at(0), at(20)], SAND_CLUMPS, field).status).toBe('ok');
    }
  });

  test('scaling both masses changes nothing, more washed away is never less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 5000 }), fc.integer({ min: 0, max: 900 }), (before, lost) => {
        const of = (mass: number, less: number) =>
          mudContent(
            [0, 1].map(() => [tenths(mass), tenths(mass - less)] as const),
            SAND_MUD,
            field,
          ).result_percent;
        expect(of(before * 2, lost * 2)).toBe(of(before, lost));
        expect(Number(of(before, lost + 1))).toBeGreaterThanOrEqual(Number(of(before, lost)));
      }),
      { numRuns: 500 },
    );
  });
});
