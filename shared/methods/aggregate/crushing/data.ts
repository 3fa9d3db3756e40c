// Data of the crushing index (压碎值指标) of stone, JGJ 52-2006: portions, limits by rock and class of concrete. The limits
// stand on public pages in these figures, but nobody has seen the table on paper yet, so all rows are drafts.
import type { LimitTable, PolicyDeclaration } from '../../method.ts';
import { STANDARD } from '../jgj52.ts';

export const CRUSHING = 'YS';
export const CLAUSE = `${STANDARD} 碎石或卵石的压碎值指标试验`;
export const LIMIT_CLAUSE = '碎石、卵石的压碎值指标';

/** Three portions of 10.0～20.0 mm, 3 kg each, pressed with 200 kN within 160 to 300 s. */
export const PORTIONS = 3;
export const PORTION_G = '3000';
export const LOADING_S = { least: '160', most: '300' } as const;
/** More than this is hardly building stone at all. */
export const HARDLY_PERCENT = '50';

export const ROCKS = ['沉积岩', '变质岩或深成的火成岩', '喷出的火成岩', '卵石'] as const;
export type Rock = (typeof ROCKS)[number];
/** Above C60 the table has no row: the strength of the rock itself is asked for there. */
export const CLASSES = ['C60～C40', '≤C35'] as const;
export type ConcreteClass = (typeof CLASSES)[number];

const MOST: Readonly<Record<Rock, readonly [string, string]>> = {
  沉积岩: ['10', '16'],
  变质岩或深成的火成岩: ['12', '20'],
  喷出的火成岩: ['13', '30'],
  卵石: ['12', '16'],
};

/** Key of a row: the rock and the class of concrete. */
export const limitKey = (rock: Rock, grade: ConcreteClass): string => `${rock} ${grade}`;

export const LIMITS: readonly LimitTable[] = [
  {
    standard: STANDARD,
    clause: LIMIT_CLAUSE,
    title: '压碎值指标',
    status: 'draft',
    rows: ROCKS.flatMap((rock) =>
      CLASSES.map((grade, index) => ({
        parameterCode: CRUSHING,
        appliesTo: limitKey(rock, grade),
        max: MOST[rock][index === 0 ? 0 : 1],
        unit: '%',
        compareMode: 'full-value' as const,
      })),
    ),
  },
];

/** The clause gives 0.1 % for a single test and is silent about the mean, which is compared with a limit of whole per cent. */
export const MEAN_STEP: PolicyDeclaration = {
  name: 'crushingMeanStep',
  label: '压碎值指标平均值的修约间隔',
  clause: CLAUSE,
  options: [
    { value: '0.1', label: '0.1%（同单次试验）' },
    { value: '1', label: '1%（同限值位数）' },
  ],
  default: '0.1',
};
