// Verdict of a tension test of welded joints, JGJ 18-2012 5.1.7: where and how each specimen broke decides as much as
// its strength. A ductile break in the heat-affected zone counts as one in the bar, a brittle one there as one in the
// weld. A brittle break in the bar itself is abnormal: the test is void and the bar must be looked at.
import { Exact } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { Round } from '../joint/fields.ts';
import { CLAUSE_TENSION_RULE } from './data.ts';

export const PLACES = ['母材', '热影响区', '焊缝'] as const;
export const MODES = ['延性', '脆性'] as const;
export type Place = (typeof PLACES)[number];
export type Mode = (typeof MODES)[number];

export interface Fracture {
  place: Place;
  mode: Mode;
}

export interface TensionSpecimen extends Fracture {
  /** Reported strength. */
  strength_MPa: string;
}

type FractureClass = 'bar-ductile' | 'weld-brittle' | 'weld-ductile' | 'bar-brittle';

export type TensionOutcome = 'qualified' | 'retest' | 'unqualified' | 'void';
export type ThreeBrittle = 'at-least' | 'greater';

export interface TensionVerdict {
  outcome: TensionOutcome;
  /** The condition of the standard that applied, in words. */
  rule: string;
}

const CLASS_WORDS: Readonly<Record<FractureClass, string>> = {
  'bar-ductile': '按断于母材、延性断裂',
  'weld-brittle': '按断于焊缝、脆性断裂',
  'weld-ductile': '断于焊缝、延性断裂，标准的合格和复验条件中没有这种情形',
  'bar-brittle': '断于母材、脆性断裂，属异常',
};

export const OUTCOME_WORDS: Readonly<Record<TensionOutcome, string>> = {
  qualified: '合格',
  retest: '复验',
  unqualified: '不合格',
  void: '试验无效',
};

export function classOf({ place, mode }: Fracture): FractureClass {
  if (mode === '延性') return place === '焊缝' ? 'weld-ductile' : 'bar-ductile';
  return place === '母材' ? 'bar-brittle' : 'weld-brittle';
}

/** `断于热影响区，脆性`: 断裂特征 of the papers. */
export const fractureWords = ({ place, mode }: Fracture): string => `断于${place}，${mode}断裂`;

/** 1-based numbers of the specimens that broke brittle in the bar; one is enough to void the test. */
export function abnormalSpecimens(fractures: readonly Fracture[]): number[] {
  return fractures.flatMap((fracture, index) => (classOf(fracture) === 'bar-brittle' ? [index + 1] : []));
}

interface Counts {
  /** Ductile in the bar, strength at least fk. */
  ductile: number;
  brittle: TensionSpecimen[];
  below: number;
}

function firstTest({ ductile, brittle }: Counts, fk: string, threeBrittle: ThreeBrittle): TensionVerdict {
  const allAtLeast = brittle.every(({ strength_MPa: strength }) => new Exact(strength).greaterThanOrEqualTo(fk));
  if (ductile === 3) return { outcome: 'qualified', rule: '3 个试件均断于母材，延性断裂，均不小于 fk' };
  if (ductile === 2 && brittle.length === 1) {
    return allAtLeast
      ? { outcome: 'qualified', rule: '2 个断于母材，延性断裂，不小于 fk；1 个断于焊缝，脆性断裂，不小于 1.0 fk' }
      : { outcome: 'retest', rule: '2 个断于母材，延性断裂，不小于 fk；1 个断于焊缝，脆性断裂，小于 fk' };
  }
  if (ductile === 1 && brittle.length === 2) {
    return { outcome: 'retest', rule: '1 个断于母材，延性断裂，不小于 fk；2 个断于焊缝，脆性断裂' };
  }
  if (brittle.length === 3) {
    const allGreater = brittle.every(({ strength_MPa: strength }) => new Exact(strength).greaterThan(fk));
    const asked = threeBrittle === 'greater' ? '大于' : '不小于';
    return (threeBrittle === 'greater' ? allGreater : allAtLeast)
      ? { outcome: 'retest', rule: `3 个试件均断于焊缝，脆性断裂，均${asked} fk` }
      : { outcome: 'unqualified', rule: `3 个试件均断于焊缝，脆性断裂，不是均${asked} fk` };
  }
  return { outcome: 'unqualified', rule: '不符合任何一种合格或复验的条件' };
}

function secondTest({ ductile, brittle, below }: Counts): TensionVerdict {
  if (below > 0) return { outcome: 'unqualified', rule: `复验的 6 个试件中有 ${below} 个小于 fk` };
  if (ductile >= 4 && ductile + brittle.length === 6) {
    return {
      outcome: 'qualified',
      rule: `复验的 6 个试件中 ${ductile} 个断于母材，延性断裂，${brittle.length} 个断于焊缝，脆性断裂，均不小于 fk`,
    };
  }
  return { outcome: 'unqualified', rule: '复验时断于母材、延性断裂的不足 4 个，或有不属于合格条件的断裂' };
}

/** `fk`: tensile standard value of the bar, MPa. 3 specimens at first, 6 in a retest; the caller has counted them. */
export function judgeTension(
  specimens: readonly TensionSpecimen[],
  fk: string,
  round: Round,
  threeBrittle: ThreeBrittle,
): TensionVerdict {
  const abnormal = abnormalSpecimens(specimens);
  if (abnormal.length > 0) {
    return { outcome: 'void', rule: `试件 ${abnormal.join('、')} 断于母材且呈脆性断裂，属异常，该项试验无效` };
  }
  const counts: Counts = { ductile: 0, brittle: [], below: 0 };
  for (const specimen of specimens) {
    const isBelow = new Exact(specimen.strength_MPa).lessThan(fk);
    if (isBelow) counts.below += 1;
    const fracture = classOf(specimen);
    if (fracture === 'weld-brittle') counts.brittle.push(specimen);
    else if (fracture === 'bar-ductile' && !isBelow) counts.ductile += 1;
  }
  return round === 'retest' ? secondTest(counts) : firstTest(counts, fk, threeBrittle);
}

/** How each specimen's break is counted. */
export function fractureTrace(fractures: readonly Fracture[]): TraceStep[] {
  return fractures.map((fracture, index) => ({
    name: `试件 ${index + 1} 断裂特征`,
    formula: '断裂位置和断裂形式',
    value: fractureWords(fracture),
    rule: CLASS_WORDS[classOf(fracture)],
    clause: CLAUSE_TENSION_RULE,
  }));
}
