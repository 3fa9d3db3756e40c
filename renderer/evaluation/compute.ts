// The live computation of the page: the method's own, with the lab's settings or those tried instead. Nothing is stored.
import { AppError, type ErrorInfo } from '../../shared/errors/appError.ts';
import type { RecordResult } from '../../shared/entities/record.ts';
import { resolvePolicies } from '../../shared/methods/index.ts';
import type { MethodComputation, Policies, TestMethod } from '../../shared/methods/index.ts';
import { toErrorInfo } from '../client.ts';
import type { TrialForm } from './trialForm.ts';
import { buildInputs, placeDetails, typedFaults } from './trialInputs.ts';

export interface Trial {
  computation: MethodComputation | null;
  /** What stands beside the places: faults of what was typed, and what the method says of a place. */
  faults: ReadonlyMap<string, string>;
  /** Words of what is still to be filled in; empty where something is wrong or nothing is missing. */
  missing: string[];
  /** Why there is no result, where it is not only something missing. */
  refusal: ErrorInfo | null;
}

/** Settings that differ from the lab's. */
export function triedPolicies(method: TestMethod, chosen: Policies, form: TrialForm): string[] {
  const own = resolvePolicies(method.policies, chosen);
  return method.policies.filter(({ name }) => (form.tried[name] ?? own[name]) !== own[name]).map(({ label }) => label);
}

export function policiesOf(method: TestMethod, chosen: Policies, form: TrialForm): Policies {
  const known = Object.entries(form.tried).filter(([name, value]) =>
    method.policies.some((policy) => policy.name === name && policy.options.some((option) => option.value === value)),
  );
  return resolvePolicies(method.policies, { ...chosen, ...Object.fromEntries(known) });
}

const isMissing = (message: string): boolean => message.startsWith('缺少');

export function computeTrial(method: TestMethod, chosen: Policies, form: TrialForm): Trial {
  const built = buildInputs(method, form);
  const faults = typedFaults(method, form);
  try {
    const computation = method.compute(built.inputs, {
      edition: form.edition,
      policies: policiesOf(method, chosen, form),
      ...(form.parameters === null ? {} : { parameters: form.parameters }),
    });
    return { computation, faults, missing: [], refusal: null };
  } catch (cause) {
    const error = toErrorInfo(cause);
    if (!(cause instanceof AppError)) return { computation: null, faults, missing: [], refusal: error };
    const details = error.details ?? [];
    const { placed, loose } = placeDetails(method, built, details);
    for (const [place, message] of placed) if (!faults.has(place)) faults.set(place, message);
    const words = details.map(({ message }) => message);
    // A form that is being filled in is no fault: it says what it still waits for.
    const waiting =
      words.length > 0 && (words.every(isMissing) || (error.code === 'METHOD_MISSING' && words.length === 1));
    if (waiting) return { computation: null, faults, missing: words, refusal: null };
    const shown = [...placed].map(([, message]) => ({ message }));
    const said = loose.map(({ message, rule }) => ({ message, ...(rule === undefined ? {} : { rule }) }));
    return { computation: null, faults, missing: [], refusal: { ...error, details: [...said, ...shown] } };
  }
}

/** A computation in the shape in which records show it. */
export function shownResult({ result, verdict, trace }: MethodComputation): RecordResult {
  return {
    valid: result.valid,
    verdict,
    parameters: result.parameters.map((parameter) => ({ ...parameter })),
    conclusionText: result.text,
    trace: trace.map((step) => ({ ...step, value: step.value ?? '—' })),
    warnings: [],
    alarming: false,
    stops: [],
    policies: [],
    outputs: {},
    record: [],
    report: [],
  };
}
