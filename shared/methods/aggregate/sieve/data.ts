// Data of the sieve analysis of sand, JGJ 52-2006: the sieves, the grading zones and the classes by fineness modulus.
// Nobody has seen these tables on paper yet, so all rows are drafts.
import type { LimitRow, LimitTable, PolicyDeclaration } from '../../method.ts';
import { STANDARD } from '../jgj52.ts';

export const CLAUSE_TEST = `${STANDARD} 砂的筛分析试验`;
export const CLAUSE_ZONE = '砂的颗粒级配区';
export const CLAUSE_CLASS = '砂的细度模数分类';

export const FINENESS = 'XD';
export const GRADING = 'JP';

/** Nominal openings, coarsest first; the pan comes after them. */
export const SIEVES = ['5.00 mm', '2.50 mm', '1.25 mm', '630 μm', '315 μm', '160 μm'] as const;
export type Sieve = (typeof SIEVES)[number];

/** Cumulative % retained on the six sieves, smallest and largest. The 630 μm sieve decides which zone a sand is in. */
export const ZONES = [
  {
    zone: 'Ⅰ',
    ranges: [
      ['0', '10'],
      ['5', '35'],
      ['35', '65'],
      ['71', '85'],
      ['80', '95'],
      ['90', '100'],
    ],
  },
  {
    zone: 'Ⅱ',
    ranges: [
      ['0', '10'],
      ['0', '25'],
      ['10', '50'],
      ['41', '70'],
      ['70', '92'],
      ['90', '100'],
    ],
  },
  {
    zone: 'Ⅲ',
    ranges: [
      ['0', '10'],
      ['0', '15'],
      ['0', '25'],
      ['16', '40'],
      ['55', '85'],
      ['90', '100'],
    ],
  },
] as const;
export type Zone = (typeof ZONES)[number]['zone'];
export const DECIDING_SIEVE = 3;
/** On these two no excess is allowed: 5.00 mm and 630 μm. */
export const HARD_SIEVES: readonly number[] = [0, DECIDING_SIEVE];
export const EXCESS_ALLOWED = '5';

export const CLASSES = ['粗砂', '中砂', '细砂', '特细砂'] as const;
export type SandClass = (typeof CLASSES)[number];
const CLASS_RANGE: Readonly<Record<SandClass, readonly [string, string]>> = {
  粗砂: ['3.1', '3.7'],
  中砂: ['2.3', '3.0'],
  细砂: ['1.6', '2.2'],
  特细砂: ['0.7', '1.5'],
};

export const rowName = (zone: Zone, sieve: Sieve): string => `${zone}区 ${sieve}`;

export const SIEVE_LIMITS: readonly LimitTable[] = [
  {
    standard: STANDARD,
    clause: CLAUSE_CLASS,
    title: '细度模数',
    status: 'draft',
    rows: CLASSES.map((name): LimitRow => {
      const [min, max] = CLASS_RANGE[name];
      return { parameterCode: FINENESS, appliesTo: name, min, max, unit: '', compareMode: 'full-value' };
    }),
  },
  {
    standard: STANDARD,
    clause: CLAUSE_ZONE,
    title: '累计筛余',
    status: 'draft',
    rows: ZONES.flatMap(({ zone, ranges }) =>
      ranges.map(([min, max], index): LimitRow => {
        const appliesTo = rowName(zone, SIEVES[index] as Sieve);
        return { parameterCode: GRADING, appliesTo, min, max, unit: '%', compareMode: 'full-value' };
      }),
    ),
  },
];

export type CumulativeBasis = 'rounded' | 'mass';

export const CUMULATIVE_BASIS: PolicyDeclaration = {
  name: 'cumulativeBasis',
  label: '累计筛余的计算',
  clause: CLAUSE_TEST,
  options: [
    { value: 'rounded', label: '各筛修约至 0.1% 的分计筛余相加' },
    { value: 'mass', label: '筛余质量累加后计算，修约至 0.1%' },
  ],
  default: 'rounded',
};
