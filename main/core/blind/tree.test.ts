// Whatever an answer looks like: no hidden word is left in it, what is no text stays as it was, and what holds none of the
// words is not touched.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { masking, type Hidden } from './hiding.ts';
import { coverTree } from './tree.ts';

const words = new Map([
  ['云岭花园二期', '盲样'],
  ['云岭花园', '盲样'],
  ['花园二期三号楼', '盲样'],
  ['WT2026-00001', '盲样'],
  ['YP2026-000001', 'MYBCDFGHJK'],
]);
const sample = { sampleNo: 'YP2026-000001', blindNo: 'MYBCDFGHJK', commissionNo: 'WT2026-00001' };
const hidden: Hidden = {
  commissions: new Set([sample.commissionNo]),
  projects: new Set(['G001']),
  samples: new Map([[sample.sampleNo, sample]]),
  byBlindNo: new Map([[sample.blindNo, sample]]),
  mask: masking(words),
};
const nobody = () => null;
const text = fc
  .array(fc.oneof(fc.constantFrom(...words.keys()), fc.string({ maxLength: 4 }), fc.constantFrom('云岭', '花园', '二期', '30.5')))
  .map((parts) => parts.join('')); // prettier-ignore

describe('words', () => {
  test('none is left, however they overlap; what is left stands in its order', () => {
    fc.assert(
      fc.property(text, (said) => {
        const masked = hidden.mask(said);
        for (const word of words.keys()) expect(masked.includes(word)).toBe(false);
        expect(hidden.mask(masked)).toBe(masked);
      }),
      { numRuns: 2000 },
    );
  });

  test('a text without any of them is the same text', () => {
    fc.assert(
      fc.property(fc.string(), (said) => {
        fc.pre([...words.keys()].every((word) => !said.includes(word)));
        expect(hidden.mask(said)).toBe(said);
      }),
    );
  });
});

describe('answers', () => {
  const tree = fc.letrec((tie) => ({
    any: fc.oneof({ depthSize: 'small' }, text, fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), tie('list'), tie('object')),
    list: fc.array(tie('any'), { maxLength: 4 }),
    object: fc.dictionary(fc.constantFrom('name', 'note', 'recordNo', 'sampleNo', 'commissionNo', 'structurePart', 'value'), tie('any')),
  })).any; // prettier-ignore

  test('of any shape hold none of the words', () => {
    fc.assert(
      fc.property(tree, (answer) => {
        const covered = JSON.stringify(coverTree(answer, hidden, nobody)) ?? '';
        for (const word of words.keys()) expect(covered.includes(word)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('keep their figures: a short part of the structure is hidden by its field and nowhere else', () => {
    const row = {
      sampleNo: sample.sampleNo,
      commissionNo: sample.commissionNo,
      structurePart: '30',
      value: '30',
      list: [1, 2],
    };
    expect(coverTree({ rows: [row] }, hidden, nobody)).toEqual({
      rows: [{ sampleNo: 'MYBCDFGHJK', commissionNo: '盲样', structurePart: '盲样', value: '30', list: [1, 2] }],
    });
  });

  test('leave whole commissions and reports out, and know a sample by its record too', () => {
    const rows = [
      { commissionNo: sample.commissionNo, clientUnit: '某' },
      { commissionNo: 'WT2026-00002', clientUnit: '某' },
      { reportNo: 'BG2026-00001', commissionNo: sample.commissionNo },
    ];
    expect(coverTree({ rows }, hidden, nobody)).toEqual({ rows: [rows[1]] });
    const ofRecord = (no: unknown) => (no === 'YS2026-000001' ? sample : null);
    expect(coverTree({ recordNo: 'YS2026-000001', structurePart: '柱' }, hidden, ofRecord)).toEqual({
      recordNo: 'YS2026-000001',
      structurePart: '盲样',
    });
  });
});
