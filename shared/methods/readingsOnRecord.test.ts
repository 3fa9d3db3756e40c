// Every reading that was entered stands on the original record, as it was written: a record that prints a dash for a
// figure that exists hides the evidence, although the result is right.
import { describe, expect, test } from 'vitest';
import type { MethodComputation, TestMethod } from './method.ts';
import { answersOf, EVERY_METHOD } from './testing/answers.ts';
import type { Form } from './testing/library.ts';

const printedOn = ({ record }: MethodComputation): string =>
  record
    .flatMap(({ rows, notes = [] }) => [
      ...rows.flatMap((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text))),
      ...notes,
    ])
    .join('\n');

/** Figures of the bench that were entered. A machine's range and its rate are kept with the equipment and the run. */
const entered = (method: TestMethod, form: Form): [string, string][] =>
  method.fields
    .filter(({ kind, at, source }) => kind === 'decimal' && at === 'bench' && source !== 'rate')
    .filter(({ instrument }) => instrument !== '设备台账')
    .flatMap(({ name }) =>
      [form[name]].flat(2).flatMap((value) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])),
    );

describe('what was read stands on the original record', () => {
  test.each(EVERY_METHOD)('%s', (_, method) => {
    const missing = answersOf(method).flatMap(({ form, answer }) => {
      const printed = printedOn(answer);
      return entered(method, form).flatMap(([name, value]) => (printed.includes(value) ? [] : [name]));
    });
    expect([...new Set(missing)]).toEqual([]);
  });
});
