// What holds for every method of the library, whatever it tests: its declarations fit together, any form that obeys the
// declarations parses, no figure of an answer is a binary number, and nothing that is typed makes it fail otherwise than by a refusal
// that names a field. The seed is fixed, so that a failure comes back.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/appError.ts';
import { computeVector, vectorMethods } from './compute.ts';
import { decimalFault } from './foundation/decimal.ts';
import { foundationVectors } from './foundation/foundation.vectors.ts';
import { listMethods } from './index.ts';
import { countRange, valueFault } from './inputs.ts';
import { limitPolicyName } from './policies.ts';
import { anything, cellGarbage, formOf, figuresIn } from './testing/library.ts';
import { writtenVectors } from './testing/vectors.ts';

const SEED = 20_260_417;
const run = (numRuns: number) => ({ seed: SEED, numRuns });
const METHODS = listMethods();
const each = METHODS.map((method) => [method.id, method] as const);
const repeated = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);
const isDay = (day: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
const isPlain = (value: string): boolean => decimalFault(value) === null;

/** Runs; a refusal must name a field and say what to do. Answers what was returned, or null when it was refused. */
function answerOf<T>(call: () => T): T | null {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, meaning, next, details } = error.info;
    expect(code).toMatch(/^METHOD_[A-Z0-9_]+$/);
    for (const words of [message, meaning, next]) expect(words).not.toBe('');
    expect(details?.[0]?.field ?? '').not.toBe('');
    return null;
  }
}

describe('the library', () => {
  test('names nothing twice', () => {
    const itemCodes = METHODS.flatMap(({ itemCode }) => itemCode ?? []);
    const vectorNames = [foundationVectors, ...METHODS.map((method) => method.vectors)].flatMap(Object.keys);
    expect(METHODS.length).toBeGreaterThan(0);
    expect(repeated(METHODS.map(({ id }) => id))).toEqual([]);
    expect(repeated(METHODS.map(({ name }) => name))).toEqual([]);
    expect(repeated(itemCodes)).toEqual([]);
    expect(repeated(vectorNames)).toEqual([]);
  });

  test('answers many of the forms that are made of declarations alone', () => {
    const answering = METHODS.filter((method) =>
      fc.sample(formOf(method), run(40)).some((inputs) => answerOf(() => method.compute(inputs)) !== null),
    );
    // Some methods ask for readings that agree in ways no declaration tells; what is said of answers below needs the others.
    expect(answering.length * 3).toBeGreaterThan(METHODS.length);
  });

  test('answers vector lines with figures as decimal strings', () => {
    let answered = 0;
    for (const { id, method, inputs } of writtenVectors) {
      const { outputs } = computeVector({ id, method, inputs });
      if (outputs === undefined) continue;
      answered += 1;
      expect([id, figuresIn(outputs)]).toEqual([id, []]);
    }
    expect(answered).toBeGreaterThan(0);
  });

  test('every line of every vector file has an id of its own and a method, and comes out exactly', () => {
    expect(repeated(writtenVectors.map(({ id }) => id))).toEqual([]);
    const known = vectorMethods();
    const named = new Set(writtenVectors.map(({ method }) => method));
    // Both ways: no line without a method, no vector method without a line.
    expect([...named].toSorted()).toEqual(known);
    for (const { id, method, inputs, expected } of writtenVectors) {
      expect(Object.keys(expected)).not.toEqual([]);
      expect(computeVector({ id, method, inputs })).toEqual({ id, outputs: expected });
    }
  });
});

describe.each(each)('declarations of %s', (_, method) => {
  const parameterCodes = method.parameters.map(({ code }) => code);
  const setIds = method.sets.map(({ id }) => id);

  test('an evaluation has no item code, everything else has one; parameters are named once', () => {
    expect(method.itemCode === null).toBe(method.purpose === 'evaluation');
    expect(method.sampleName).not.toBe('');
    expect(parameterCodes).not.toEqual([]);
    expect(repeated(parameterCodes)).toEqual([]);
    for (const { name, recognises } of method.parameters) {
      expect(name).not.toBe('');
      // A global expression keeps a place between two questions.
      expect(recognises.flags).not.toMatch(/[gy]/);
    }
  });

  test('sets have sound counts and fields, and both name parameters that exist', () => {
    expect(repeated(setIds)).toEqual([]);
    for (const set of method.sets) {
      const { min, max } = countRange(set);
      const usual = typeof set.count === 'number' ? set.count : set.count.usual;
      expect([min >= 1, min <= usual, usual <= max]).toEqual([true, true, true]);
      expect(method.fields.some((field) => field.set === set.id)).toBe(true);
    }
    for (const { parameters = [] } of [...method.sets, ...method.fields]) {
      for (const code of parameters) expect(parameterCodes).toContain(code);
    }
  });

  test('fields are named once, stand in a set that exists, and say where they come from', () => {
    expect(repeated(method.fields.map(({ name }) => name))).toEqual([]);
    for (const field of method.fields) {
      if (field.set !== undefined) expect(setIds).toContain(field.set);
      if (field.sparse === true) expect(field.set).toBeDefined();
      for (const words of [field.label, field.clause, field.instrument]) expect([field.name, words]).not.toContain('');
      if (field.usual !== undefined) expect([field.name, valueFault(field, field.usual)]).toEqual([field.name, null]);
      if (field.kind === 'choice') {
        const values = field.options.map(({ value }) => value);
        expect([field.name, repeated(values), values.length > 0]).toEqual([field.name, [], true]);
      }
      if (field.kind !== 'decimal') continue;
      expect([field.name, valueFault(field, field.max)]).toEqual([field.name, null]);
      if (field.min !== undefined) expect([field.name, isPlain(field.min)]).toEqual([field.name, true]);
      if (field.resolution !== '') expect([field.name, isPlain(field.resolution)]).toEqual([field.name, true]);
    }
  });

  test('every acquired field is the peak of a run, one per specimen; its rate is a rate', () => {
    const acquired = method.acquisitions.map(({ field }) => field);
    expect(repeated(acquired)).toEqual([]);
    for (const { field: name, rateField } of method.acquisitions) {
      const field = method.fields.find((candidate) => candidate.name === name);
      expect([name, field?.source, field?.kind]).toEqual([name, 'peak', 'decimal']);
      expect(setIds).toContain(field?.set);
      if (rateField === undefined) continue;
      const rate = method.fields.find((candidate) => candidate.name === rateField);
      expect([rateField, rate?.source, rate?.set]).toEqual([rateField, 'rate', field?.set]);
    }
    const peaks = method.fields.filter((field) => field.source === 'peak').map(({ name }) => name);
    expect(peaks.toSorted()).toEqual(acquired.toSorted());
  });

  test('editions: newest first, with days in force, no name twice', () => {
    const { editions } = method;
    expect(editions).not.toEqual([]);
    expect(repeated(editions.map(({ id }) => id))).toEqual([]);
    for (const [index, { id, title, test: standard, inForceFrom, inForceUntil }] of editions.entries()) {
      for (const words of [id, title, standard]) expect(words).not.toBe('');
      expect([id, isDay(inForceFrom)]).toEqual([id, true]);
      if (inForceUntil !== null)
        expect([id, isDay(inForceUntil), inForceUntil >= inForceFrom]).toEqual([id, true, true]);
      const newer = editions[index - 1];
      if (newer !== undefined) expect([id, newer.inForceFrom >= inForceFrom]).toEqual([id, true]);
    }
  });

  test('every policy has a default among its options', () => {
    expect(repeated(method.policies.map(({ name }) => name))).toEqual([]);
    for (const policy of method.policies) {
      const values = policy.options.map(({ value }) => value);
      expect(repeated(values)).toEqual([]);
      expect(values).toContain(policy.default);
      for (const words of [policy.label, policy.clause, ...policy.options.map(({ label }) => label)]) {
        expect([policy.name, words]).not.toContain('');
      }
    }
  });

  test('limits: drafts wait for the lab, verified ones stand in an edition; every row limits something', () => {
    const standards = method.editions.flatMap((edition) => [edition.test, edition.judgement]);
    for (const { standard, clause, status, rows } of method.limits) {
      expect(clause).not.toBe('');
      const policy = method.policies.find(({ name }) => name === limitPolicyName(standard));
      if (status === 'draft') expect([standard, policy?.default]).toEqual([standard, 'draft']);
      else expect(standards).toContain(standard);
      for (const { min, max, step, compareMode, appliesTo, parameterCode } of rows) {
        const row = [standard, parameterCode, appliesTo];
        const figures = [min, max].filter((limit) => limit !== undefined);
        expect([row, figures.length > 0, figures.every(isPlain)]).toEqual([row, true, true]);
        if (compareMode === 'rounded-value') expect([row, isPlain(step ?? '')]).toEqual([row, true]);
      }
    }
  });
});

describe.each(each)('%s', (id, method) => {
  const form = formOf(method);

  test('parses every form that its declarations allow, and answers or refuses it in words', () => {
    fc.assert(
      fc.property(form, (inputs) => {
        const parsed = method.inputs.safeParse(inputs);
        expect([inputs, parsed.error?.issues.map((issue) => issue.message) ?? []]).toEqual([inputs, []]);
        const answer = answerOf(() => method.compute(inputs));
        if (answer === null) return;
        expect(figuresIn(answer.outputs)).toEqual([]);
        expect(structuredClone(answer)).toEqual(answer);
        expect(answer.methodId).toBe(id);
        expect(Object.keys(answer.policies).toSorted()).toEqual(method.policies.map(({ name }) => name).toSorted());
        const known = method.parameters.map(({ code }) => code);
        for (const { parameterCode, value, verdict } of answer.result.parameters) {
          expect(known).toContain(parameterCode);
          expect(value).not.toBe('');
          if (!answer.result.valid) expect([value, verdict]).toEqual([null, 'not-judged']);
        }
        for (const { rule, clause } of answer.trace) expect([rule, clause]).not.toContain('');
        const printed = JSON.stringify([answer.result.text, answer.trace, answer.record, answer.report]);
        expect(printed).not.toMatch(/undefined|NaN|Infinity|\[object|\de[+-]\d/);
      }),
      run(80),
    );
  });

  test('refuses garbage in one place of a form, in a whole form and in the settings', () => {
    const names = method.fields.map(({ name }) => name);
    const where = fc.record({ inputs: form, name: fc.constantFrom(...names), bad: cellGarbage, whole: fc.boolean() });
    fc.assert(
      fc.property(where, ({ inputs, name, bad, whole }) => {
        const old = inputs[name];
        const spoilt = whole || !Array.isArray(old) || old.length === 0 ? bad : [bad, ...(old as unknown[]).slice(1)];
        answerOf(() => method.compute({ ...inputs, [name]: spoilt }));
      }),
      run(300),
    );
    fc.assert(
      fc.property(anything, (inputs) => {
        expect(answerOf(() => method.compute(inputs))).toBeNull();
      }),
      run(100),
    );
    fc.assert(
      fc.property(form, fc.string(), (inputs, word) => {
        const policy = { policies: { [`x${word}`]: word } };
        expect(answerOf(() => method.compute(inputs, policy))).toBeNull();
        expect(answerOf(() => method.compute(inputs, { edition: `x${word}` }))).toBeNull();
        const declared = method.policies[0];
        if (declared === undefined) return;
        expect(answerOf(() => method.compute(inputs, { policies: { [declared.name]: `x${word}` } }))).toBeNull();
      }),
      run(20),
    );
  });

  test('its vector methods refuse garbage in words', () => {
    const lines = writtenVectors.filter(({ method: name }) => Object.hasOwn(method.vectors, name));
    for (const [name, compute] of Object.entries(method.vectors)) {
      const sound = lines.filter((line) => line.method === name).map(({ inputs }) => inputs);
      fc.assert(
        fc.property(fc.dictionary(fc.string(), cellGarbage), (line) => {
          answerOf(() => compute(line));
        }),
        run(50),
      );
      expect([name, answerOf(() => compute({ 不认识: '1' }))]).toEqual([name, null]);
      if (sound.length === 0) continue;
      fc.assert(
        fc.property(fc.constantFrom(...sound), fc.nat(), cellGarbage, (line, place, bad) => {
          const keys = Object.keys(line);
          const key = keys[place % keys.length] ?? '';
          const outputs = answerOf(() => compute({ ...line, [key]: bad }));
          if (outputs !== null) expect(figuresIn(outputs)).toEqual([]);
        }),
        run(100),
      );
    }
  });
});
