// A computation as the record keeps it: plain data that is signed, shown and printed.
import type { RecordResult, RecordStop } from '../../../shared/entities/record.ts';
import type { MethodComputation, PaperTable, PolicyDeclaration, TestMethod } from '../../../shared/methods/index.ts';

/** Tables as plain, mutable data. */
export function resultTables(tables: readonly PaperTable[]): RecordResult['record'] {
  return JSON.parse(JSON.stringify(tables)) as RecordResult['record'];
}

function policyWords(declarations: readonly PolicyDeclaration[], chosen: Readonly<Record<string, string>>) {
  return declarations.map(({ name, label, clause, options }) => ({
    name,
    label,
    clause,
    option: options.find(({ value }) => value === chosen[name])?.label ?? chosen[name] ?? '',
  }));
}

/** `releaseOf` finds who let the record go on past a stop; null where nobody did. */
export function resultOf(
  method: TestMethod,
  computation: MethodComputation,
  releaseOf: (stop: { code: string; field: string; message: string }) => RecordStop['release'],
): RecordResult {
  return {
    valid: computation.result.valid,
    verdict: computation.verdict,
    parameters: computation.result.parameters.map((parameter) => ({ ...parameter })),
    conclusionText: computation.result.text,
    trace: computation.trace.map((step) => ({ ...step, value: step.value ?? '—' })),
    warnings: computation.warnings.map((warning) => warning.message),
    alarming: computation.warnings.some((warning) => warning.notify === 'supervisor'),
    stops: computation.stops.map((stop) => ({ ...stop, release: releaseOf(stop) })),
    policies: policyWords(method.policies, computation.policies),
    outputs: JSON.parse(JSON.stringify(computation.outputs)) as Record<string, unknown>,
    record: resultTables(computation.record),
    report: resultTables(computation.report),
  };
}
