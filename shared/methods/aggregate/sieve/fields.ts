// What a sand sample is described by and what is weighed in its sieve analysis. One field per sieve, named by its opening:
// the technician goes down the sieves as they stand in the stack, and a mass cannot slip to the next sieve unseen.
import { choice, decimal } from '../../field.ts';
import type { InputsOf, SpecimenSet } from '../../field.ts';
import { PORTIONS, sandKind } from '../jgj52.ts';
import { CLAUSE_CLASS, CLAUSE_TEST, SIEVES } from './data.ts';

export const SIEVE_SETS: readonly SpecimenSet[] = [{ id: 'portion', label: '试样', count: PORTIONS }];

/** 500 g portions: a larger figure is a slip of the keyboard. */
const MAX_MASS = '1000';

export const sampleMass = decimal({
  name: 'sampleMass_g',
  label: '筛分前试样质量',
  symbol: 'm',
  at: 'bench',
  set: 'portion',
  unit: 'g',
  resolution: '0.1',
  instrument: '电子天平',
  min: '100',
  max: MAX_MASS,
  maxReason: `超过一份筛分试样可能的质量 ${MAX_MASS} g`,
  clause: CLAUSE_TEST,
  hint: '烘干试样，每份 500 g',
});

const mass = <const N extends string>(name: N, label: string, hint?: string) =>
  decimal({
    name,
    label,
    at: 'bench',
    set: 'portion',
    unit: 'g',
    resolution: '0.1',
    instrument: '电子天平',
    zero: true,
    max: MAX_MASS,
    maxReason: `超过一份筛分试样可能的质量 ${MAX_MASS} g`,
    clause: CLAUSE_TEST,
    ...(hint === undefined ? {} : { hint }),
  });

/** Sieves and pan, in the order of the stack. */
export const MASS_FIELDS = [
  mass('retained5000_g', `${SIEVES[0]} 筛余`, '方孔筛 4.75 mm'),
  mass('retained2500_g', `${SIEVES[1]} 筛余`, '方孔筛 2.36 mm'),
  mass('retained1250_g', `${SIEVES[2]} 筛余`, '方孔筛 1.18 mm'),
  mass('retained630_g', `${SIEVES[3]} 筛余`, '方孔筛 0.60 mm'),
  mass('retained315_g', `${SIEVES[4]} 筛余`, '方孔筛 0.30 mm'),
  mass('retained160_g', `${SIEVES[5]} 筛余`, '方孔筛 0.15 mm'),
  mass('pan_g', '筛底'),
] as const;

export const SIEVE_FIELDS = [
  sandKind,
  choice({
    name: 'requiredClass',
    label: '委托要求的规格',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    clause: CLAUSE_CLASS,
    options: [
      { value: '粗砂', label: '粗砂' },
      { value: '中砂', label: '中砂' },
      { value: '细砂', label: '细砂' },
      { value: '特细砂', label: '特细砂' },
    ],
    hint: '委托方要求判定规格时填写',
  }),
  sampleMass,
  ...MASS_FIELDS,
] as const;

export type SieveInputs = InputsOf<typeof SIEVE_FIELDS>;

/** A line of a vector file gives one portion, all seven masses in a row. */
export const SIEVE_VECTOR_FIELDS = [
  decimal({
    name: 'retained_g',
    label: '各筛筛余和筛底',
    at: 'bench',
    values: 7,
    unit: 'g',
    resolution: '0.1',
    instrument: '电子天平',
    zero: true,
    max: MAX_MASS,
    maxReason: `超过一份筛分试样可能的质量 ${MAX_MASS} g`,
    clause: CLAUSE_TEST,
  }),
  decimal({
    name: 'sample_g',
    label: '筛分前试样质量',
    at: 'bench',
    unit: 'g',
    resolution: '0.1',
    instrument: '电子天平',
    min: '100',
    max: MAX_MASS,
    maxReason: `超过一份筛分试样可能的质量 ${MAX_MASS} g`,
    clause: CLAUSE_TEST,
  }),
] as const;

const singleModulus = <const N extends string>(name: N, label: string) =>
  decimal({
    name,
    label,
    at: 'bench',
    unit: '',
    resolution: '0.01',
    instrument: '计算',
    max: '5',
    maxReason: '超过细度模数可能的值',
    clause: CLAUSE_TEST,
  });

export const FINENESS_VECTOR_FIELDS = [
  singleModulus('mx1', '第一次细度模数'),
  singleModulus('mx2', '第二次细度模数'),
] as const;
