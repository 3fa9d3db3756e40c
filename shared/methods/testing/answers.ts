// Test help: answers of every method, from forms made of its declarations and, where readings have to agree in ways that
// no declaration tells, from the sound sample of its own tests.
import * as fc from 'fast-check';
import { AppError } from '../../errors/appError.ts';
import { listMethods } from '../index.ts';
import type { MethodComputation, TestMethod } from '../method.ts';
import { base as cementConsistency } from './cement-consistency.ts';
import { coreBase } from './field-core.ts';
import { formOf, type Form } from './library.ts';
import { plainBase, ribbedBase, straightenedBase } from './rebar.ts';
import { compactionBase, ringBase, sandBase } from './soil-samples.ts';

export interface Answered {
  form: Form;
  answer: MethodComputation;
}

const SOUND: Readonly<Record<string, Form>> = {
  'cement-consistency': cementConsistency,
  'core-strength': coreBase,
  'rebar-plain': plainBase,
  'rebar-ribbed': ribbedBase,
  'rebar-straightened': straightenedBase,
  compaction: compactionBase,
  'field-density-ring': ringBase,
  'field-density-sand-cone': sandBase,
};

/** At least one, for every method. Asked inside a test: what runs while a test file loads belongs to no test. */
export function answersOf(method: TestMethod): Answered[] {
  const sound = SOUND[method.id];
  const forms = fc.sample(formOf(method), { numRuns: 150, seed: 8170 });
  const answers = [...(sound === undefined ? [] : [sound]), ...forms].flatMap((form) => {
    try {
      return [{ form, answer: method.compute(form) }];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
  if (answers.length === 0) throw new Error(`${method.id} answers none of its forms: give it a sound sample here`);
  return answers;
}

export const EVERY_METHOD: readonly (readonly [id: string, method: TestMethod])[] = listMethods().map((method) => [
  method.id,
  method,
]);
