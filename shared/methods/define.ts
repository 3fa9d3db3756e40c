// Makes a test method of its declaration: adds the settings for unconfirmed limits, the inputs schema and the one
// `compute` that every caller uses (policies resolved, edition chosen, inputs parsed, then the method's own `evaluate`).
import { refusal } from './foundation/decimal.ts';
import type { Field, InputsOf, SpecimenSet } from './field.ts';
import { inputsSchema, parseInputs, requireReadings } from './inputs.ts';
import type {
  ComputeSettings,
  Edition,
  Evaluation,
  MethodComputation,
  ParameterResult,
  Policies,
  TestMethod,
  VectorComputer,
  Verdict,
} from './method.ts';
import type { OwnMethod } from './recordVector.ts';
import { limitPolicies, mayJudge, resolvePolicies } from './policies.ts';

export interface EvaluationContext {
  edition: Edition;
  policies: Policies;
  /** Whether a parameter is asked for; without a commission, every one is. */
  asked(parameterCode: string): boolean;
  /** Whether the limits of a standard may judge here (verified, or confirmed by the lab). */
  judges(standard: string): boolean;
}

type Vectors = Readonly<Record<string, VectorComputer>>;

type Declared<Fs extends readonly Field[], Outputs> = Omit<
  TestMethod<InputsOf<Fs>, Outputs>,
  'fields' | 'sets' | 'inputs' | 'compute' | 'vectors'
> & {
  sets?: readonly SpecimenSet[];
  fields: Fs;
  evaluate(inputs: InputsOf<Fs>, context: EvaluationContext): Evaluation<Outputs>;
  /** Vector methods; those that answer whole forms take what they need of the method that is made here. */
  vectors: Vectors | ((own: OwnMethod<Outputs>) => Vectors);
};

export function editionOf(method: Pick<TestMethod, 'editions' | 'name'>, id: string | undefined): Edition {
  const found = id === undefined ? method.editions[0] : method.editions.find((edition) => edition.id === id);
  if (found !== undefined) return found;
  const known = method.editions.map((edition) => edition.id).join('、');
  const message = `${method.name}没有版本“${id}”（可用：${known}）。`;
  throw refusal('METHOD_EDITION_UNKNOWN', message, 'edition', known, '请选择所列版本之一；旧委托保持其委托时的版本。');
}

/** What nothing is required of (标准稠度用水量) keeps no verdict open; where nothing is required of anything, none is left. */
function judged(results: readonly ParameterResult[]): readonly ParameterResult[] {
  return results.filter((result) => result.requirement !== null || result.verdict !== 'not-judged');
}

/** A failed parameter fails the record; otherwise an open one leaves it open, and so does having none. */
export function overallVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('unqualified')) return 'unqualified';
  if (verdicts.includes('retest')) return 'retest';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'qualified') ? 'qualified' : 'not-judged';
}

export function defineMethod<const Fs extends readonly Field[], Outputs>(
  declared: Declared<Fs, Outputs>,
): TestMethod<InputsOf<Fs>, Outputs> {
  const { evaluate, sets = [], ...rest } = declared;
  const policies = [...declared.policies, ...limitPolicies(declared.limits)];
  const inputs = inputsSchema(declared.fields, sets);

  function compute(raw: unknown, settings: ComputeSettings = {}): MethodComputation<Outputs> {
    const chosen = resolvePolicies(policies, settings.policies);
    const edition = editionOf(declared, settings.edition);
    const parsed = parseInputs(inputs, raw);
    const { parameters } = settings;
    if (parameters !== undefined) requireReadings(declared.fields, parsed, parameters);
    const {
      valid,
      text,
      parameters: results,
      warnings = [],
      stops = [],
      ...evaluated
    } = evaluate(parsed, {
      edition,
      policies: chosen,
      asked: (code) => parameters === undefined || parameters.includes(code),
      judges: (standard) => mayJudge(declared.limits, chosen, standard),
    });
    return {
      methodId: declared.id,
      edition,
      policies: chosen,
      ...evaluated,
      result: { valid, text, parameters: results },
      verdict: valid ? overallVerdict(judged(results).map((result) => result.verdict)) : 'not-judged',
      warnings,
      stops,
    };
  }

  const own = { compute, parameters: declared.parameters, policies };
  const vectors = typeof declared.vectors === 'function' ? declared.vectors(own) : declared.vectors;
  return { ...rest, sets, policies, inputs, compute, vectors };
}
