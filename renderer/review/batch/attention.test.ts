// What stands out comes first: each mark outweighs everything below it together, and nothing that stands out is left unsaid.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { attentionOf, attentionOfAll } from './attention.ts';

const plain = {
  verdict: 'qualified', alarming: false, invalidRuns: 0, released: 0, modified: 0, returns: 0, testerId: 'P001',
} as const; // prettier-ignore

test('unqualified before all the others together, and so on down', () => {
  const order = [
    { verdict: 'unqualified' as const },
    { verdict: 'retest' as const },
    { verdict: 'not-judged' as const },
    { released: 1 },
    { modified: 1 },
    { returns: 1 },
    { invalidRuns: 1 },
  ];
  for (let at = 0; at < order.length - 1; at += 1) {
    const below = Object.assign({}, plain, ...order.slice(at + 1).toReversed());
    const own = attentionOf({ ...plain, ...order[at] }).weight;
    expect(own, JSON.stringify(order[at])).toBeGreaterThan(attentionOf(below).weight);
  }
  expect(attentionOf(plain)).toEqual({ weight: 0, words: [] });
});

test('whatever weighs is said in words, and a report is as urgent as the worst of its records', () => {
  const record = fc.record({
    verdict: fc.constantFrom('qualified', 'unqualified', 'retest', 'not-judged', null),
    alarming: fc.boolean(),
    invalidRuns: fc.nat(3),
    released: fc.nat(3),
    modified: fc.nat(3),
    returns: fc.nat(3),
    testerId: fc.constant('P001'),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), (records) => {
      for (const one of records) {
        const { weight, words } = attentionOf(one);
        expect(words.length > 0).toBe(weight > 0);
      }
      expect(attentionOfAll(records).weight).toBeGreaterThanOrEqual(
        Math.max(...records.map((one) => attentionOf(one).weight)),
      );
    }),
  );
});
