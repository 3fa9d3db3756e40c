// From the masses of a sand or stone sample to its results: the same for both, only the determinations and what the limits
// apply to differ.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import { comparisonStep, limitOf, meets, requirementText, verdictOf } from '../../judge.ts';
import type { BoundLimit } from '../../judge.ts';
import type { Evaluation, LimitTable, MethodWarning, ParameterResult, PlausibilityStop } from '../../method.ts';
import { GRADE_CLASSES, REPEAT, STANDARD, UNCHECKED } from '../jgj52.ts';
import type { GradeClass } from '../jgj52.ts';
import { mudContent } from './content.ts';
import type { Content } from './content.ts';
import type { Determination } from './data.ts';
import { recordTables, reportTables } from './tables.ts';

export type MudFigures = Omit<Content, 'trace'>;

export interface MudOutputs {
  /** 含泥量; null when it was not asked for or not read. */
  mud: MudFigures | null;
  /** 泥块含量. */
  clumps: MudFigures | null;
}

export interface MudSample {
  /** 砂样 or 石样, as the report's sentence calls it. */
  noun: string;
  gradeClass: GradeClass | undefined;
  special: boolean;
  /** Why the table's limits do not apply to this sample at all; null where they do. */
  beyondTable: string | null;
}

export interface Reading {
  kind: Determination;
  before: readonly string[] | undefined;
  after: readonly string[] | undefined;
}

interface Context {
  asked(parameterCode: string): boolean;
  judges: boolean;
  limits: readonly LimitTable[];
}

export interface Determined {
  kind: Determination;
  before: readonly string[];
  after: readonly string[];
  content: Content;
  /** Of the three classes of concrete; null where no limit applies. */
  requirements: (string | null)[];
  parameter: ParameterResult;
  words: string;
  trace: TraceStep[];
}

/** The asked determinations that were read; one mass without the other is refused, none at all as well. */
function readings(
  all: readonly [Reading, Reading],
  asked: Context['asked'],
): Pick<Determined, 'kind' | 'before' | 'after'>[] {
  const found = all.flatMap(({ kind, before, after }) => {
    if (!asked(kind.parameterCode) || (before === undefined && after === undefined)) return [];
    if (before === undefined || after === undefined) {
      const [field, when] = before === undefined ? [kind.before, '试验前'] : [kind.after, '试验后'];
      throw refusal('METHOD_MISSING', `缺少${kind.name}${when}的质量。`, field, kind.clause);
    }
    return [{ kind, before, after }];
  });
  if (found.length > 0) return found;
  // A commission that names a determination was refused before, for its own masses.
  const [{ kind }] = all;
  throw refusal('METHOD_MISSING', '没有含泥量或泥块含量的读数。', kind.before, kind.clause);
}

/** The limit of a class of concrete for this sample; null where the table has none that applies to it. */
function limitFor(kind: Determination, grade: GradeClass, sample: MudSample, limits: readonly LimitTable[]) {
  if (sample.beyondTable !== null || (sample.special && grade === '≤C25')) return null;
  return limitOf(limits, STANDARD, kind.parameterCode, grade);
}

/** Why nothing can be judged, in words; null where a limit is there. */
function whyOpen(sample: MudSample, limit: BoundLimit | null, judges: boolean): string | null {
  if (sample.gradeClass === undefined) return '未给出混凝土强度等级，不作判定';
  if (limit === null) {
    const special = '≤C25 混凝土有抗冻、抗渗或其他特殊要求时的限值未收录，需人工判定';
    return sample.beyondTable ?? special;
  }
  return judges ? null : UNCHECKED;
}

function determined(
  reading: Pick<Determined, 'kind' | 'before' | 'after'>,
  sample: MudSample,
  at: Context,
): Determined {
  const { kind, before, after } = reading;
  const pairs = before.map((mass, index): [string, string] => [mass, after[index] ?? '']);
  const content = mudContent(pairs, kind, (portion) => `${kind.after}.${portion}`);
  const { gradeClass: grade } = sample;
  const limit = grade === undefined ? null : limitFor(kind, grade, sample, at.limits);
  const { parameterCode, name } = kind;
  const value = content.result_percent;
  const open: ParameterResult = {
    parameterCode,
    name,
    value,
    unit: '%',
    requirement: limit !== null ? requirementText(limit) : grade === undefined ? null : '限值未收录',
    verdict: 'not-judged',
  };
  const requirements = GRADE_CLASSES.map((each) => {
    const own = limitFor(kind, each, sample, at.limits);
    return own === null ? null : requirementText(own);
  });
  const base = { ...reading, content, requirements };
  if (value === null) {
    return { ...base, parameter: open, words: `${name}试验结果无效，应重新取样试验`, trace: content.trace };
  }
  const reason = whyOpen(sample, limit, at.judges);
  const figure = `${name}为 ${value}%`;
  if (limit === null || reason !== null) {
    return { ...base, parameter: open, words: `${figure}（${reason}）`, trace: content.trace };
  }
  const isMet = meets(value, limit);
  return {
    ...base,
    parameter: { ...open, verdict: verdictOf(isMet, at.judges) },
    words: `${figure}，${isMet ? '符合' : '不符合'} ${grade} 混凝土的要求`,
    trace: [...content.trace, comparisonStep(name, value, limit)],
  };
}

function warningsOf({ kind, before, content, parameter, words }: Determined): MethodWarning[] {
  const { name, clause, portion_g: portion, maxDifference } = kind;
  const found: MethodWarning[] = [];
  if (portion !== null) {
    for (const [index, mass] of before.entries()) {
      // Within 1 % of the standard's portion passes unremarked.
      if (new Exact(mass).minus(portion).abs().times(100).lessThanOrEqualTo(portion)) continue;
      found.push({
        code: 'AGGREGATE_PORTION_MASS',
        message: `试样 ${index + 1} ${name}试验的质量为 ${mass} g，标准规定每份 ${portion} g。`,
        meaning: '试样量不同会影响结果的代表性。',
        next: '请核对称量；确为其他质量的，在原始记录中说明。',
        field: `${kind.before}.${index}`,
        clause,
      });
    }
  }
  if (content.status === 'redo') {
    found.push({
      code: 'AGGREGATE_MUD_INVALID',
      message: `两次${name}之差为 ${content.difference_percent}%，大于 ${maxDifference}%。`,
      meaning: `本次${name}试验结果无效。`,
      next: REPEAT,
      field: kind.after,
      clause,
      notify: 'supervisor',
    });
  }
  if (parameter.verdict === 'unqualified') {
    found.push({
      code: 'AGGREGATE_MUD_UNQUALIFIED',
      message: `${words}（${parameter.requirement}）。`,
      meaning: '该样品不符合所用混凝土强度等级的要求。',
      next: '请通知质量负责人，并列入不合格台账。',
      clause: `${STANDARD} ${kind.limitClause}`,
      notify: 'supervisor',
    });
  }
  return found;
}

function stopsOf({ kind, content }: Determined): PlausibilityStop[] {
  return content.single_percent.flatMap((single, index) =>
    new Exact(single).lessThanOrEqualTo(kind.hardly_percent)
      ? []
      : [
          {
            code: 'STOP_MUD_CONTENT',
            message: `试样 ${index + 1} ${kind.name}为 ${single}%，超过 ${kind.hardly_percent}%。`,
            meaning: '几乎没有这样的骨料，很可能称量或单位有误。',
            next: '请核对称量，说明原因并由第二人确认后继续；必要时另取试样重做。',
            field: `${kind.after}.${index}`,
            clause: kind.clause,
          },
        ],
  );
}

function figures(results: readonly Determined[], kind: Determination): MudFigures | null {
  const found = results.find((result) => result.kind === kind);
  if (found === undefined) return null;
  const { single_percent, difference_percent, status, result_percent } = found.content;
  return { single_percent, difference_percent, status, result_percent };
}

export function evaluateMud(
  all: { mud: Reading; clumps: Reading },
  sample: MudSample,
  context: Context,
): Evaluation<MudOutputs> {
  const results = readings([all.mud, all.clumps], context.asked).map((reading) => determined(reading, sample, context));
  return {
    outputs: { mud: figures(results, all.mud.kind), clumps: figures(results, all.clumps.kind) },
    trace: results.flatMap(({ trace }) => trace),
    parameters: results.map(({ parameter }) => parameter),
    // One void determination is repeated; the other keeps its number.
    valid: results.some(({ content }) => content.result_percent !== null),
    text: `该${sample.noun}${results.map(({ words }) => words).join('；')}。`,
    warnings: results.flatMap(warningsOf),
    stops: results.flatMap(stopsOf),
    record: recordTables(results),
    report: reportTables(results),
  };
}
