// Grade and size of a sample in the words of lists, labels and the platform: what they are of a whole description, and that no
// gap stands where nothing is known yet.
import { describe, expect, test } from 'vitest';
import { listMethods } from './index.ts';

const METHODS = listMethods();
const cube = { designGrade: 'C30', side_mm: '100' };
const bar = { grade: 'HRB400E', nominalDiameter_mm: '25' };

/** A description, and its grade and size. */
const KNOWN: Readonly<Record<string, readonly (readonly [Record<string, string>, string, string])[]>> = {
  'concrete-cube': [[cube, 'C30', '100×100×100 mm']],
  'concrete-same-condition': [[cube, 'C30', '100×100×100 mm']],
  'concrete-splitting': [[cube, 'C30', '100×100×100 mm']],
  'concrete-flexural': [[{ designGrade: 'C35', size_mm: '150×150×550' }, 'C35', '150×150×550 mm']],
  'concrete-batch-evaluation': [[{ designGrade: 'C40' }, 'C40', '']],
  'core-strength': [[{ designGrade: 'C35', nominalDiameter_mm: '75' }, 'C35', 'φ75 mm']],
  'rebar-cover': [
    [{ memberKind: 'beam', designCover_mm: '25' }, '梁类构件', '设计 25 mm'],
    [{ memberKind: 'slab', designCover_mm: '15' }, '板类构件', '设计 15 mm'],
  ],
  rebound: [
    [{ designGrade: 'C30', placing: 'pumped' }, 'C30', '泵送'],
    [{ designGrade: 'C30', placing: 'non-pumped' }, 'C30', '非泵送'],
  ],
  'tile-bond': [[{ construction: '现场粘贴', tileKind: '陶瓷砖' }, '现场粘贴', '陶瓷砖']],
  'mechanical-splice': [[{ ...bar, spliceLevel: 'Ⅰ' }, 'HRB400E Ⅰ级', '25 mm']],
  'weld-joint': [[{ ...bar, weldType: '闪光对焊' }, 'HRB400E', '闪光对焊 25 mm']],
  'rebar-plain': [[{ grade: 'HPB300', nominalDiameter_mm: '10' }, 'HPB300', 'φ10 mm']],
  'rebar-ribbed': [[bar, 'HRB400E', 'φ25 mm']],
  'rebar-straightened': [[{ grade: 'HRB400', nominalDiameter_mm: '8' }, 'HRB400', 'φ8 mm']],
};

describe('a whole description', () => {
  test.each(Object.entries(KNOWN))('of %s', (id, samples) => {
    const method = METHODS.find((each) => each.id === id);
    for (const [sample, grade, spec] of samples) expect(method?.describe(sample)).toEqual({ grade, spec });
  });
});

const gapless = (words: string): string => words.trim().replaceAll(/ {2,}/g, ' ');

describe('what is not known leaves no gap', () => {
  test.each(METHODS.map((method) => [method.id, method] as const))('in %s', (id, method) => {
    const described = method.fields.filter((field) => field.at === 'reception').map(({ name }) => name);
    for (const names of [described, ...described.map((name) => [name])]) {
      const { grade, spec } = method.describe(Object.fromEntries(names.map((name) => [name, '甲'])));
      expect([names, grade, spec]).toEqual([names, gapless(grade), gapless(spec)]);
    }
    // A mortar cube has one size.
    const spec = id === 'mortar-cube' ? '70.7×70.7×70.7 mm' : '';
    expect(method.describe({})).toEqual({ grade: '', spec });
  });
});
