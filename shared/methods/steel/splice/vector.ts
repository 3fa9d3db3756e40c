// Answers lines of a vector file for mechanical splices. A line names fstk (and, for grade Ⅲ, fyk) and strengths, not a
// bar and loads, and writes the grade with letters: I, II, III.
import { decimal } from '../../field.ts';
import { Exact, refusal } from '../../foundation/decimal.ts';
import { parseFields, valueFault } from '../../inputs.ts';
import { vectorPolicies } from '../../vectorPolicies.ts';
import { requireCount } from '../joint/fields.ts';
import { MAX_STRENGTH } from '../joint/strength.ts';
import type { JointStrength } from '../joint/strength.ts';
import { booleanOf, specimenList, wordOf } from '../joint/vectorLines.ts';
import { roundStrengthValue, strengthStep } from '../steelRounding.ts';
import { CLAUSE_LIMIT, CLAUSE_RULE, FAILURES, ROUNDING, SPLICE_COMPARISON, thresholdOf } from './data.ts';
import type { Level, SpliceComparison } from './data.ts';
import { judgeSplices } from './judge.ts';
import { isReached } from './tensionTest.ts';

const LEVEL_LETTERS = ['I', 'II', 'III'] as const;
const LEVEL_OF: Readonly<Record<(typeof LEVEL_LETTERS)[number], Level>> = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ' };

const standardValue = <const N extends string>(name: N, label: string) =>
  decimal({
    name,
    label,
    at: 'reception',
    unit: 'MPa',
    resolution: '1',
    instrument: '委托单',
    max: MAX_STRENGTH,
    maxReason: `超过钢筋可能的强度 ${MAX_STRENGTH} MPa`,
    clause: CLAUSE_LIMIT,
  });
const FSTK = standardValue('fstk_MPa', '钢筋极限抗拉强度标准值');
const STANDARD_VALUES = [FSTK, { ...standardValue('fyk_MPa', '钢筋屈服强度标准值'), optional: true }] as const;

/** A strength given as it is: a quotient over one. */
function strengthOf(raw: string): JointStrength {
  const [force, area] = [new Exact(raw), new Exact(1)];
  const step = strengthStep(force, area, ROUNDING);
  return { force, area, load_kN: raw, area_mm2: '1', reported_MPa: roundStrengthValue(raw, ROUNDING), step };
}

export function spliceVector(raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { policies, readings } = vectorPolicies([SPLICE_COMPARISON], raw);
  const { specimens: list, grade, retest, ...rest } = readings;
  const { fstk_MPa: fstk, fyk_MPa: fyk } = parseFields(rest, STANDARD_VALUES);
  const level = LEVEL_OF[wordOf(LEVEL_LETTERS, grade, 'grade', '接头等级', CLAUSE_LIMIT)];
  if (level === 'Ⅲ' && fyk === undefined) {
    throw refusal('METHOD_MISSING', 'Ⅲ级接头缺少“钢筋屈服强度标准值”。', 'fyk_MPa', CLAUSE_LIMIT);
  }
  const round = booleanOf(retest, 'retest', CLAUSE_RULE) ? 'retest' : 'initial';
  const specimens = specimenList(list, ['R', 'where'], CLAUSE_LIMIT);
  requireCount(specimens, round, 'specimens', '试件', CLAUSE_RULE);
  const met = specimens.map((specimen, index) => {
    const at = `specimens.${index}`;
    const fault = valueFault({ ...FSTK, label: `试件 ${index + 1} 极限抗拉强度` }, specimen['R']);
    if (fault !== null) throw refusal(fault.code, fault.message, `${at}.R`, CLAUSE_LIMIT);
    const failure = wordOf(FAILURES, specimen['where'], `${at}.where`, '破坏形式', CLAUSE_LIMIT);
    const threshold = thresholdOf(level, failure, fyk === undefined ? { fstk } : { fstk, fyk });
    const strength = strengthOf(specimen['R'] as string);
    return isReached(strength, threshold.value_MPa, policies['spliceComparison'] as SpliceComparison);
  });
  return { verdict: judgeSplices(met, round, '验收检验').outcome };
}
