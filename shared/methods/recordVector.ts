// A vector line that is a whole form: the fields of reception and bench as a record has them, with `edition`, `policies` and
// `parameters` where they are not the usual ones. It is answered by the very `compute` that makes records, so that limits,
// editions and settings are validated together with the arithmetic.
import { quoteRaw, refusal } from './foundation/decimal.ts';
import type { TestMethod, VectorComputer } from './method.ts';
import { vectorPolicies } from './vectorPolicies.ts';

/** What a method's declaration has of the method that is being made of it. */
export type OwnMethod<Outputs> = Pick<TestMethod<unknown, Outputs>, 'compute' | 'parameters' | 'policies'>;

function editionNamed(raw: unknown): { edition?: string } {
  if (raw === undefined) return {};
  if (typeof raw === 'string') return { edition: raw };
  throw refusal('METHOD_EDITION_UNKNOWN', `“edition”应是版本的名称，收到 ${quoteRaw(raw)}。`, 'edition');
}

function parametersNamed(raw: unknown, known: readonly string[]): { parameters?: readonly string[] } {
  if (raw === undefined) return {};
  const codes: unknown[] = Array.isArray(raw) ? raw : [];
  const parameters = codes.filter((code) => typeof code === 'string' && known.includes(code)) as string[];
  if (codes.length > 0 && parameters.length === codes.length) return { parameters };
  const message = `“parameters”应列出参数代码（${known.join('、')}），收到 ${quoteRaw(raw)}。`;
  throw refusal('METHOD_PARAMETER_UNKNOWN', message, 'parameters');
}

/** `shown` leaves out what is no figure, e.g. words that only the record prints. */
export function recordVector<Outputs extends object>(
  own: OwnMethod<Outputs>,
  shown: (outputs: Outputs) => object = (outputs) => outputs,
): VectorComputer {
  return (raw) => {
    const { policies, readings } = vectorPolicies(own.policies, raw);
    const { edition, parameters, ...form } = readings;
    const codes = own.parameters.map(({ code }) => code);
    const { outputs, result, verdict } = own.compute(form, {
      policies,
      ...editionNamed(edition),
      ...parametersNamed(parameters, codes),
    });
    const verdicts = result.parameters.map(({ parameterCode, verdict: each }) => [parameterCode, each]);
    return {
      ...shown(outputs),
      valid: result.valid,
      overallVerdict: verdict,
      verdicts: Object.fromEntries(verdicts) as Record<string, string>,
    };
  };
}
