// From figures and findings to one item per parameter: requirement, verdict, and the step of the trace that decided.
// Every specimen must pass by itself; a mean is never formed.
import { meetsFullValue } from '../../foundation/limits.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { EvaluationContext } from '../../define.ts';
import { requirementText } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { Verdict } from '../../method.ts';
import { BEND_ANGLE, CLAUSE_RETEST, PARAMETERS, REVERSE_BACK_ANGLE, REVERSE_BEND_ANGLE } from './data.ts';
import type { Code } from './data.ts';
import { elongationState } from './elongationState.ts';
import type { ElongationState } from './elongationState.ts';
import { findingText } from './findings.ts';
import type { RebarReadings } from './readings.ts';
import type { Figure } from './figures.ts';
import { formerOf, requirementOf } from './product.ts';
import type { RebarProduct, Requirement } from './product.ts';
import { within } from './ratio.ts';
import type { SampleFigures } from './sample.ts';

export interface Item {
  code: Code;
  standard: string;
  /** Values per specimen; null for one whose test is invalid. */
  values: (string | null)[];
  limit: BoundLimit | null;
  requirement: string | null;
  verdict: Verdict;
  /** The comparison as such, also where the limits are drafts that may not judge; null where nothing is compared. */
  met: boolean | null;
  trace: TraceStep[];
  /** Why it is not judged, beside unconfirmed limits; null where nothing else is open. */
  open: string | null;
}

export interface ItemContext {
  product: RebarProduct;
  readings: RebarReadings;
  figures: SampleFigures;
  context: EvaluationContext;
  /** Mass deviation compared as calculated, not as rounded. */
  fullValueMass: boolean;
  /** Whether the lab has confirmed what an extensometer may stand in for. */
  extensionConfirmed: boolean;
}

/** What a failed item means: mass deviation is final, everything else is tested again once where the product allows. */
function verdictFor(code: Code, met: boolean | null, judges: boolean, at: ItemContext): Verdict {
  if (!judges || met === null) return 'not-judged';
  if (met) return 'qualified';
  return at.product.retests && code !== 'ZLPC' && at.readings.round !== 'retest' ? 'retest' : 'unqualified';
}

const RULE = '每个试件均应符合，不取平均值';

function decided(code: Code, values: readonly (string | null)[], item: Item, rule: string): TraceStep {
  const missing = values.includes(null);
  const words: Readonly<Record<Verdict, string>> = {
    qualified: '符合',
    unqualified: '不符合',
    retest: '不符合',
    'not-judged': missing ? '试验无效' : item.limit === null ? '无规定要求' : '需人工判定',
  };
  return {
    name: `${PARAMETERS[code].name} 判定`,
    formula: item.requirement ?? '标准未作规定',
    substituted: values.map((one) => one ?? '无效').join('、'),
    value: words[item.verdict],
    rule: item.verdict === 'retest' ? `${rule}；初验不符合，取双倍数量复验` : rule,
    clause: item.limit === null ? item.standard : `${item.standard} ${item.limit.clause}`,
  };
}

function finish(
  code: Code,
  at: ItemContext,
  requirement: Requirement & { text: string | null },
  outcome: { values: (string | null)[]; met: boolean | null; rule: string; open?: string | null },
): Item {
  const { open = null } = outcome;
  const judges = open === null && at.context.judges(requirement.standard);
  const item: Item = {
    code,
    standard: requirement.standard,
    values: outcome.values,
    limit: requirement.limit,
    requirement: requirement.text,
    verdict: verdictFor(code, outcome.met, judges, at),
    met: outcome.met,
    trace: [],
    open,
  };
  item.trace.push(decided(code, outcome.values, item, outcome.rule));
  if (item.verdict === 'unqualified' && code === 'ZLPC' && at.product.retests) {
    const step: TraceStep = {
      name: '复验',
      formula: '重量偏差',
      value: '不允许',
      rule: '重量偏差不允许复验',
      clause: CLAUSE_RETEST,
    };
    item.trace.push(step);
  }
  return item;
}

const bound = (code: Code, at: ItemContext): Requirement & { text: string | null } => {
  const requirement = requirementOf(at.product, code, at.readings, at.context.edition);
  return { ...requirement, text: requirement.limit === null ? null : requirementText(requirement.limit) };
};

/** What of the figures rests on rules that nobody has compared with the print. */
function openText(figures: readonly Figure[]): string | null {
  if (figures.some(({ by }) => by === 'proof')) return '以 Rp0.2 代替 ReL 的规定未与标准原文核对，需人工判定';
  return figures.some(({ by }) => by === 'gauge') ? '引伸计法的规定未与标准原文核对，需人工判定' : null;
}

/** Strengths, Agt, ratios, mass deviation: every reported value against the limit. */
export function numberItem(code: Code, figures: readonly Figure[], at: ItemContext): Item {
  const requirement = bound(code, at);
  const { limit } = requirement;
  const full = code === 'ZLPC' && at.fullValueMass;
  const passes = (one: Figure, by: BoundLimit) => (full ? within(one.exact, by) : meetsFullValue(one.value, by));
  const steps = [...new Set(figures.map((one) => one.step))].join('、');
  return finish(code, at, requirement, {
    open: at.extensionConfirmed ? null : openText(figures),
    values: figures.map((one) => one.value),
    met: limit === null ? null : figures.every((one) => passes(one, limit)),
    rule: `${full ? '全数值比较法' : `修约值比较法（修约间隔 ${steps}）`}${code === 'ZLPC' ? '' : `；${RULE}`}`,
  });
}

export interface ElongationItem extends Item {
  states: ElongationState[];
}

/** A: a specimen that broke near a mark counts only if it reaches the required value. */
export function elongationItem(
  figures: readonly Figure[],
  distances: readonly string[],
  at: ItemContext,
): ElongationItem {
  const requirement = bound('SC', at);
  const { limit } = requirement;
  const judges = at.context.judges(requirement.standard);
  const states = figures.map((one, index) =>
    elongationState(one.value, distances[index] ?? '0', at.figures.gauge_mm, limit, judges),
  );
  const valid = figures.filter((_, index) => states[index] !== 'invalid');
  const failed = limit !== null && valid.some((one) => !meetsFullValue(one.value, limit));
  const complete = valid.length === figures.length;
  const steps = [...new Set(figures.map((one) => one.step))].join('、');
  // Where no value is required, a test must still be valid: an item without its figure leaves the record open.
  const text = requirement.text ?? (complete ? null : '断口至最近标距标记不小于 L0/3');
  const item = finish(
    'SC',
    at,
    { ...requirement, text },
    {
      values: figures.map((one, index) => (states[index] === 'invalid' ? null : one.value)),
      // A valid specimen that fails is not washed away by another one whose test was invalid.
      met: limit === null ? null : failed ? false : complete ? true : null,
      rule: `修约值比较法（修约间隔 ${steps}）；${RULE}`,
    },
  );
  return { ...item, states };
}

/** Bend and reverse bend: no visible crack on the outside. */
export function bendItem(code: 'WQ' | 'FW', at: ItemContext): Item | null {
  const findings = code === 'WQ' ? at.readings.bendFindings : at.readings.reverseBendFindings;
  if (findings === undefined) return null;
  const { standard, limit } = bound(code, at);
  if (limit === null) throw new RangeError(`no former for ${at.readings.grade}`);
  const former = `压头直径 ${limit.min}d = ${formerOf(limit, at.readings.nominalDiameter_mm)} mm`;
  const angle = code === 'WQ' ? `${BEND_ANGLE}°` : `正向弯曲 ${REVERSE_BEND_ANGLE}°，反向弯曲 ${REVERSE_BACK_ANGLE}°`;
  return finish(
    code,
    at,
    { standard, limit, text: `${former}，${angle}，受弯部位外表面无裂纹` },
    {
      values: findings.map(findingText),
      met: findings.every((finding) => finding === 'no-crack'),
      rule: '每个试件受弯部位外表面均应无裂纹',
    },
  );
}
