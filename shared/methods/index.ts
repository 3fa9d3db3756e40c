// The registry of test methods. Adding a method is one file plus one line in METHODS; nothing else names it.
import { AppError } from '../errors/appError.ts';
import { concreteCube } from './concrete-cube.ts';
import type { TestMethod } from './method.ts';

const METHODS: readonly TestMethod[] = [concreteCube];

export function listMethods(): readonly TestMethod[] {
  return METHODS;
}

function unknownMethod(what: string): AppError {
  const known = METHODS.map((method) => `${method.id}（${standardText(method)}）`).join('、');
  return new AppError({
    code: 'METHOD_UNKNOWN',
    message: `没有检测方法：${what}。`,
    meaning: '程序不会用别的方法代替计算。',
    next: `请选择已有的方法：${known}。`,
    details: [{ field: 'method', message: `没有检测方法：${what}。` }],
  });
}

/** `GB/T 50081-2019`. */
export function standardText(method: Pick<TestMethod, 'standard'>): string {
  return `${method.standard.number}-${method.standard.edition}`;
}

export function methodById(id: string): TestMethod {
  const found = METHODS.find((method) => method.id === id);
  if (found === undefined) throw unknownMethod(id);
  return found;
}

/** The method for an item's parameter; `standard` (`GB/T 50081-2019`) keeps old work on the edition it was commissioned under. */
export function methodFor(itemCode: string, parameterCode: string, standard?: string): TestMethod {
  const found = METHODS.find(
    (method) =>
      method.itemCode === itemCode &&
      method.parameterCodes.includes(parameterCode) &&
      (standard === undefined || standardText(method) === standard),
  );
  if (found === undefined) throw unknownMethod([itemCode, parameterCode, standard].filter(Boolean).join(' / '));
  return found;
}

export { round, roundReported } from './rounding.ts';
export { meetsFullValue, meetsRoundedValue } from './limits.ts';
export { ageTolerance, resolvePolicies } from './method.ts';
export type * from './method.ts';
export { singleStrength } from './concrete-cube.ts';
export { methodOfItem } from './catalogue.ts';
export { loadingRateWindow } from './loadingRate.ts';
