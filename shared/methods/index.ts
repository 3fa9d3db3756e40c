// The library of test methods: what there is, and which method an item, a parameter and an edition mean.
import { AppError } from '../errors/appError.ts';
import type { TestMethod } from './method.ts';
import { METHODS } from './registry.ts';

export function listMethods(): readonly TestMethod[] {
  return METHODS;
}

function unknownMethod(what: string): AppError {
  const known = METHODS.map((method) => `${method.id}（${method.name}）`).join('、');
  return new AppError({
    code: 'METHOD_UNKNOWN',
    message: `没有检测方法：${what}。`,
    meaning: '程序不会用别的方法代替计算。',
    next: `请选择已有的方法：${known}。`,
    details: [{ field: 'method', message: `没有检测方法：${what}。` }],
  });
}

export function methodById(id: string): TestMethod {
  const found = METHODS.find((method) => method.id === id);
  if (found === undefined) throw unknownMethod(id);
  return found;
}

export { editionOf } from './define.ts';
export { Exact } from './foundation/decimal.ts';
export { round, roundReported } from './foundation/rounding.ts';
export { meetsFullValue, meetsRoundedValue } from './foundation/limits.ts';
export { ageTolerance } from './method.ts';
export { confirmedText, coveredElsewhere, isConfirmation, referencesOf, tablesOf } from './confirmations.ts';
export type { Confirmable } from './confirmations.ts';
export { familyOf } from './families.ts';
export { countRange, insteadOf, isAskedOf, valueFault } from './inputs.ts';
export * from './places.ts';
export { isLimitPolicy, resolvePolicies } from './policies.ts';
export { isRetestSample, retestAnswer, retestCounts, retestProperties } from './retest.ts';
export type { RetestAnswer, RetestCount } from './retest.ts';
export type * from './method.ts';
export type * from './field.ts';
export type * from './table.ts';
export { methodOfItem, parametersOfItem } from './catalogue.ts';
export type { CatalogueItem } from './catalogue.ts';
