// 石含泥量、泥块含量, JGJ 52-2006: two portions each, loss by washing to 0.1 %, mean to 0.1 %. Mud contents more than 0.2 %
// apart are void.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { EDITION, STANDARD } from './jgj52.ts';
import { CLUMPS, MUD, STONE_CLUMPS, STONE_MUD, limitTables } from './mud/data.ts';
import { evaluateMud } from './mud/evaluate.ts';
import { MUD_SETS, STONE_MUD_FIELDS } from './mud/fields.ts';

const LIMITS = limitTables([STONE_MUD, STONE_CLUMPS]);

export default defineMethod({
  id: 'stone-mud',
  name: '碎石或卵石含泥量和泥块含量',
  purpose: 'sample',
  itemCode: 'SI-HN',
  sampleName: '碎石或卵石',
  parameters: [
    { code: MUD, name: '含泥量', unit: '%', recognises: /含泥(?!块)/ },
    { code: CLUMPS, name: '泥块含量', unit: '%', recognises: /泥块/ },
  ],
  recognises: (names) => /石/.test(names) && /含泥|泥块/.test(names) && !/砂/.test(names),
  editions: [EDITION],
  sets: MUD_SETS,
  fields: STONE_MUD_FIELDS,
  policies: [],
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  describe: ({ gradeClass = '', stoneKind = '', nominalSize = '' }) => ({
    grade: gradeClass,
    spec: [stoneKind, nominalSize].filter((part) => part !== '').join(' '),
  }),
  evaluate(inputs, { asked, judges }) {
    return evaluateMud(
      {
        mud: { kind: STONE_MUD, before: inputs.mudBefore_g, after: inputs.mudAfter_g },
        clumps: { kind: STONE_CLUMPS, before: inputs.clumpBefore_g, after: inputs.clumpAfter_g },
      },
      {
        noun: '石样',
        gradeClass: inputs.gradeClass,
        special: inputs.specialRequirement === 'yes',
        beyondTable: null,
      },
      { asked, judges: judges(STANDARD), limits: LIMITS },
    );
  },
  vectors: (own) => ({ 'stone-mud-record': recordVector(own) }),
});
