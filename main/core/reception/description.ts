// What a sample must be described by is the method's to say: its properties, its age or the days it takes, its edition.
import type { SampleInput } from '../../../shared/entities/commission.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import type { Edition, TestMethod } from '../../../shared/methods/index.ts';
import { editionOf, isAskedOf, valueFault } from '../../../shared/methods/index.ts';
import type { Transaction } from '../../store/transaction.ts';
import { methodParameters } from '../catalogue.ts';

export interface DescriptionProblem {
  field: string;
  message: string;
  rule?: string;
}

/** The edition that work is commissioned under: the one named, else the newest that is in force on the day. */
export function editionFor(method: TestMethod, named: string | undefined, today: string): Edition {
  if (named !== undefined) return editionOf(method, named);
  const inForce = method.editions.find(
    ({ inForceFrom, inForceUntil }) => inForceFrom <= today && (inForceUntil === null || today <= inForceUntil),
  );
  return inForce ?? editionOf(method, undefined);
}

/** Tasks of a sample: one, or one for each age that the method tests at. */
export function tasksOf(
  method: TestMethod,
  sample: Pick<SampleInput, 'madeOn' | 'requiredAgeDays'>,
  today: string,
): { ageDays: number | null; dueOn: string }[] {
  const { timing } = method;
  const madeOn = sample.madeOn ?? today;
  if (timing.kind === 'prompt') return [{ ageDays: null, dueOn: addDays(today, timing.turnaroundDays) }];
  if (timing.kind === 'stages') return timing.ageDays.map((ageDays) => ({ ageDays, dueOn: addDays(madeOn, ageDays) }));
  return [{ ageDays: null, dueOn: addDays(madeOn, sample.requiredAgeDays ?? 0) }];
}

export function descriptionProblems(
  reader: Pick<Transaction, 'get'>,
  method: TestMethod,
  sample: SampleInput,
  today: string,
): DescriptionProblem[] {
  return [
    ...editionProblems(method, sample),
    ...propertyProblems(reader, method, sample),
    ...ageProblems(method, sample, today),
  ];
}

function editionProblems(method: TestMethod, { edition }: SampleInput): DescriptionProblem[] {
  if (edition === undefined || method.editions.some(({ id }) => id === edition)) return [];
  const known = method.editions.map(({ id }) => id).join('、');
  return [{ field: 'edition', message: `标准版本“${edition}”不可用，可选 ${known}`, rule: known }];
}

function propertyProblems(
  reader: Pick<Transaction, 'get'>,
  method: TestMethod,
  { itemCode, parameterCodes, properties }: SampleInput,
): DescriptionProblem[] {
  const fields = method.fields.filter(({ at }) => at === 'reception');
  const own = methodParameters(reader, method, itemCode, parameterCodes).filter((code) => code !== null);
  const problems = fields.flatMap((field): DescriptionProblem[] => {
    const value = properties[field.name];
    if (value === undefined && (field.optional === true || !isAskedOf(own, field.parameters))) return [];
    const fault = valueFault(field, value);
    return fault === null ? [] : [{ field: `properties.${field.name}`, message: fault.message, rule: field.clause }];
  });
  const strangers = Object.keys(properties).filter((name) => !fields.some((field) => field.name === name));
  return [
    ...problems,
    ...strangers.map((name) => ({ field: `properties.${name}`, message: `“${method.name}”没有属性 ${name}` })),
  ];
}

function ageProblems(
  { timing }: TestMethod,
  { madeOn, requiredAgeDays }: SampleInput,
  today: string,
): DescriptionProblem[] {
  if (timing.kind === 'prompt') return [];
  const clause = timing.tolerances[0]?.clause ?? '委托约定的龄期';
  if (madeOn === undefined) return [{ field: 'madeOn', message: '缺少成型日期', rule: clause }];
  if (timing.kind === 'stages') {
    const last = addDays(madeOn, Math.max(...timing.ageDays));
    return last < addDays(today, -1)
      ? [{ field: 'madeOn', message: `最后一个龄期日 ${last} 已过，不能再检测`, rule: clause }]
      : [];
  }
  if (requiredAgeDays === undefined) return [{ field: 'requiredAgeDays', message: '缺少要求龄期', rule: clause }];
  const dueOn = addDays(madeOn, requiredAgeDays);
  if (dueOn >= addDays(today, -1)) return [];
  const message = `到龄期日 ${dueOn} 已过，不能再按 ${requiredAgeDays} d 检测`;
  return [{ field: 'requiredAgeDays', message, rule: clause }];
}
