// Data of 含泥量 and 泥块含量 of sand and stone, JGJ 52-2006: portions, repeat rules, limits by the class of the concrete.
// Nobody has seen the tables on paper yet, so all rows are drafts.
import type { LimitRow, LimitTable } from '../../method.ts';
import { GRADE_CLASSES, STANDARD } from '../jgj52.ts';

export const MUD = 'HN';
export const CLUMPS = 'NK';

/** What differs between the four determinations. */
export interface Determination {
  parameterCode: string;
  name: string;
  symbol: string;
  clause: string;
  limitClause: string;
  /** Names of the two masses in the inputs. */
  before: string;
  after: string;
  /** Mass of a portion as the standard gives it; null where it goes by the size of the stone. */
  portion_g: string | null;
  /** Two results further apart than this are void; null where the standard has no such rule. */
  maxDifference: string | null;
  /** More than this is hardly aggregate at all. */
  hardly_percent: string;
  limits: readonly [string, string, string];
}

export const SAND_MUD: Determination = {
  parameterCode: MUD,
  name: '含泥量',
  symbol: 'ωc',
  clause: `${STANDARD} 砂中含泥量试验`,
  limitClause: '砂中含泥量限值',
  before: 'mudBefore_g',
  after: 'mudAfter_g',
  portion_g: '400',
  maxDifference: '0.5',
  hardly_percent: '20',
  limits: ['2.0', '3.0', '5.0'],
};

export const SAND_CLUMPS: Determination = {
  parameterCode: CLUMPS,
  name: '泥块含量',
  symbol: 'ωc,L',
  clause: `${STANDARD} 砂中泥块含量试验`,
  limitClause: '砂中泥块含量限值',
  before: 'clumpBefore_g',
  after: 'clumpAfter_g',
  portion_g: '200',
  maxDifference: null,
  hardly_percent: '10',
  limits: ['0.5', '1.0', '2.0'],
};

export const STONE_MUD: Determination = {
  parameterCode: MUD,
  name: '含泥量',
  symbol: 'ωc',
  clause: `${STANDARD} 碎石或卵石中含泥量试验`,
  limitClause: '碎石或卵石中含泥量限值',
  before: 'mudBefore_g',
  after: 'mudAfter_g',
  portion_g: null,
  maxDifference: '0.2',
  hardly_percent: '10',
  limits: ['0.5', '1.0', '2.0'],
};

export const STONE_CLUMPS: Determination = {
  parameterCode: CLUMPS,
  name: '泥块含量',
  symbol: 'ωc,L',
  clause: `${STANDARD} 碎石或卵石中泥块含量试验`,
  limitClause: '碎石或卵石中泥块含量限值',
  before: 'clumpBefore_g',
  after: 'clumpAfter_g',
  portion_g: null,
  maxDifference: null,
  hardly_percent: '5',
  limits: ['0.2', '0.5', '0.7'],
};

/** One table per determination, one row per class of concrete. */
export function limitTables(determinations: readonly Determination[]): LimitTable[] {
  return determinations.map(({ parameterCode, name, limitClause, limits }) => ({
    standard: STANDARD,
    clause: limitClause,
    title: name,
    status: 'draft',
    rows: GRADE_CLASSES.map((appliesTo, index): LimitRow => {
      const max = limits[index];
      if (max === undefined) throw new RangeError(`${name}: no limit for ${appliesTo}`);
      return { parameterCode, appliesTo, max, unit: '%', compareMode: 'full-value' };
    }),
  }));
}
