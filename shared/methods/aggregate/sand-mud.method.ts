// 砂含泥量和泥块含量, JGJ 52-2006: two portions each, loss by washing to 0.1 %, mean to 0.1 %. Mud contents more than 0.5 %
// apart are void. The limits here are those of natural sand; manufactured sand goes by its stone powder.
import { defineMethod } from '../define.ts';
import { recordVector } from '../recordVector.ts';
import { EDITION, STANDARD } from './jgj52.ts';
import { CLUMPS, MUD, SAND_CLUMPS, SAND_MUD, limitTables } from './mud/data.ts';
import { evaluateMud } from './mud/evaluate.ts';
import { MUD_SETS, SAND_MUD_FIELDS } from './mud/fields.ts';
import { SAND_MUD_VECTORS } from './mud/vector.ts';

const LIMITS = limitTables([SAND_MUD, SAND_CLUMPS]);

export default defineMethod({
  id: 'sand-mud',
  name: '砂含泥量和泥块含量',
  purpose: 'sample',
  itemCode: 'SA-HN',
  sampleName: '砂',
  parameters: [
    { code: MUD, name: '含泥量', unit: '%', recognises: /含泥(?!块)/ },
    { code: CLUMPS, name: '泥块含量', unit: '%', recognises: /泥块/ },
  ],
  recognises: (names) => /砂/.test(names) && /含泥|泥块/.test(names) && !/砂浆|碎石|卵石|砂石|砂砾|石子/.test(names),
  editions: [EDITION],
  sets: MUD_SETS,
  fields: SAND_MUD_FIELDS,
  policies: [],
  limits: LIMITS,
  timing: { kind: 'prompt', turnaroundDays: 3 },
  acquisitions: [],
  describe: ({ gradeClass = '', sandKind = '' }) => ({ grade: gradeClass, spec: sandKind }),
  evaluate(inputs, { asked, judges }) {
    const { sandKind, gradeClass, specialRequirement } = inputs;
    return evaluateMud(
      {
        mud: { kind: SAND_MUD, before: inputs.mudBefore_g, after: inputs.mudAfter_g },
        clumps: { kind: SAND_CLUMPS, before: inputs.clumpBefore_g, after: inputs.clumpAfter_g },
      },
      {
        noun: '砂样',
        gradeClass,
        special: specialRequirement === 'yes',
        beyondTable: sandKind === '天然砂' ? null : `收录的限值只适用于天然砂，${sandKind}需人工判定`,
      },
      { asked, judges: judges(STANDARD), limits: LIMITS },
    );
  },
  vectors: (own) => ({ ...SAND_MUD_VECTORS, 'sand-mud-record': recordVector(own) }),
});
