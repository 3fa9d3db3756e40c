// What sand and stone samples are described by and what is weighed for 含泥量 and 泥块含量.
import { choice, decimal, text } from '../../field.ts';
import type { SpecimenSet } from '../../field.ts';
import { PORTIONS, STANDARD, gradeClass, sandKind, specialRequirement } from '../jgj52.ts';
import { CLUMPS, MUD, SAND_CLUMPS, SAND_MUD, STONE_CLUMPS, STONE_MUD } from './data.ts';
import type { Determination } from './data.ts';

export const MUD_SETS: readonly SpecimenSet[] = [
  { id: 'mud', label: '含泥量试样', count: PORTIONS, parameters: [MUD] },
  { id: 'clump', label: '泥块含量试样', count: PORTIONS, parameters: [CLUMPS] },
];

interface Bounds {
  resolution: string;
  min: string;
  max: string;
  instrument: string;
}
const SAND: Bounds = { resolution: '0.1', min: '100', max: '1000', instrument: '电子天平' };
/** Portions of stone go by its size, from 2 kg up; a figure below half a kilogram was typed in kg. */
const STONE: Bounds = { resolution: '1', min: '500', max: '50000', instrument: '台秤' };

const reason = (max: string): string => `超过一份试样可能的质量 ${max} g`;

const mudMasses = ({ min, max, ...bounds }: Bounds, { clause, portion_g: portion }: Determination) => {
  const common = {
    at: 'bench',
    set: 'mud',
    parameters: [MUD],
    unit: 'g',
    max,
    maxReason: reason(max),
    clause,
  } as const;
  return [
    decimal({
      ...common,
      ...bounds,
      name: 'mudBefore_g',
      label: '洗前烘干质量',
      symbol: 'm0',
      min,
      ...(portion === null ? {} : { hint: `每份 ${portion} g` }),
    }),
    decimal({ ...common, ...bounds, name: 'mudAfter_g', label: '洗后烘干质量', symbol: 'm1' }),
  ] as const;
};

const clumpMasses = ({ min, max, ...bounds }: Bounds, { clause, portion_g: portion }: Determination) => {
  const common = {
    at: 'bench',
    set: 'clump',
    parameters: [CLUMPS],
    unit: 'g',
    max,
    maxReason: reason(max),
    clause,
  } as const;
  return [
    decimal({
      ...common,
      ...bounds,
      name: 'clumpBefore_g',
      label: '试验前质量',
      symbol: 'm1',
      min,
      ...(portion === null ? {} : { hint: `每份 ${portion} g` }),
    }),
    decimal({ ...common, ...bounds, name: 'clumpAfter_g', label: '试验后烘干质量', symbol: 'm2' }),
  ] as const;
};

export const SAND_MUD_FIELDS = [
  sandKind,
  gradeClass,
  specialRequirement,
  ...mudMasses(SAND, SAND_MUD),
  ...clumpMasses(SAND, SAND_CLUMPS),
] as const;

export const STONE_MUD_FIELDS = [
  choice({
    name: 'stoneKind',
    label: '石的种类',
    at: 'reception',
    instrument: '委托单',
    clause: `${STANDARD} 石的种类`,
    options: [
      { value: '碎石', label: '碎石' },
      { value: '卵石', label: '卵石' },
    ],
    usual: '碎石',
  }),
  text({
    name: 'nominalSize',
    label: '公称粒级',
    at: 'reception',
    optional: true,
    instrument: '委托单',
    maxLength: 30,
    clause: `${STANDARD} 碎石或卵石的颗粒级配`,
    hint: '例如 5～31.5 mm',
  }),
  gradeClass,
  specialRequirement,
  ...mudMasses(STONE, STONE_MUD),
  ...clumpMasses(STONE, STONE_CLUMPS),
] as const;

/** A line of a vector file gives `[before, after]` of each portion. */
export const MUD_VECTOR_FIELDS = [
  decimal({
    name: 'dryBefore_g_after_g',
    label: '洗前、洗后烘干质量',
    at: 'bench',
    set: 'mud',
    values: 2,
    unit: 'g',
    resolution: SAND.resolution,
    instrument: SAND.instrument,
    max: SAND.max,
    maxReason: reason(SAND.max),
    clause: SAND_MUD.clause,
  }),
] as const;
