// May this result be tested again, and on how many specimens? The verdict of the method says whether the standard asks
// for it, the rule says under which clause. What no rule speaks of is not known here, and a person decides.
import { isAskedOf } from './inputs.ts';
import type { TestMethod, Verdict } from './method.ts';
import { usualOfSet } from './places.ts';

export interface RetestAnswer {
  /** `rule`: the standard provides for it; `none`: it does not; `unknown`: the program does not know. */
  standing: 'rule' | 'none' | 'unknown';
  /** The rule's clause; null where none is known. */
  clause: string | null;
  /** One plain sentence. */
  says: string;
}

type Described = Pick<TestMethod, 'fields' | 'sets' | 'retests'>;
type Properties = Readonly<Record<string, string>>;

/** Reception fields by which a method tells a retest from a first test. */
const ROUND = 'round';
const RETEST = 'retest';
const FIRST_RECORD = 'initialRecordNo';

const at = (method: Described, name: string) =>
  method.fields.find((field) => field.name === name && field.at === 'reception');

/** `again`: the result is itself that of a retest. */
export function retestAnswer(
  method: Described,
  result: { parameterCode: string; verdict: Verdict },
  again: boolean,
): RetestAnswer {
  const rule = method.retests?.find(({ parameters }) => parameters?.includes(result.parameterCode) ?? true);
  if (result.verdict === 'not-judged') {
    const says = '程序没有判定这一结果，不知道标准是否规定复检。';
    return { standing: 'unknown', clause: rule?.clause ?? null, says };
  }
  if (rule === undefined) {
    return { standing: 'unknown', clause: null, says: '程序里没有这一参数的复检规定，不知道标准是否允许复检。' };
  }
  if (result.verdict === 'retest' && rule.allowed) return { standing: 'rule', clause: rule.clause, says: rule.says };
  const why = again ? '这已是复检的结果，标准不再规定复检。' : rule.allowed ? '这一结果不在应复检的情形之内。' : '';
  return { standing: 'none', clause: rule.clause, says: `${rule.says}${why}` };
}

/** What the sample of a retest is described by. A method that knows no rounds tests it as any other sample. */
export function retestProperties(method: Described, properties: Properties, firstRecordNo: string): Properties {
  const round = at(method, ROUND);
  if (round?.kind !== 'choice' || !round.options.some(({ value }) => value === RETEST)) return properties;
  const then = { ...properties, [ROUND]: RETEST };
  return at(method, FIRST_RECORD) === undefined ? then : { ...then, [FIRST_RECORD]: firstRecordNo };
}

/** A sample that is described as one of a retest. */
export const isRetestSample = (properties: Properties): boolean => properties[ROUND] === RETEST;

export interface RetestCount {
  label: string;
  first: number;
  again: number;
}

/** Specimens of the sets that the parameters need: at first, and in the retest. */
export function retestCounts(
  method: Described,
  properties: Properties,
  parameters: readonly string[],
  firstRecordNo: string,
): RetestCount[] {
  const then = retestProperties(method, properties, firstRecordNo);
  return method.sets
    .filter((set) => isAskedOf(parameters, set.parameters))
    .map((set) => ({ label: set.label, first: usualOfSet(set, properties), again: usualOfSet(set, then) }));
}
