// Qualifications by parameter: what they narrow, their first and last day, and that taking one back opens nothing.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../entities/scalars.ts';
import { decideGate } from './decide.ts';
import { byParameter, sound } from './testing/facts.ts';
import type { GateQuestion } from './question.ts';

type Parameters = NonNullable<NonNullable<GateQuestion['person']>['parameters']>;

const asked = (parameters: Parameters | undefined, parameterCodes = ['KY'], change: Partial<GateQuestion> = {}) => {
  const question = sound('signing');
  const scope = [{ itemCode: 'HNT-KY', validTo: '2030-01-01', state: 'active' }];
  return {
    ...question,
    institution: { ...question.institution, scope },
    parameterCodes,
    person: question.person && { ...question.person, ...(parameters ? { parameters } : {}) },
    ...change,
  };
};
const allowed = (...given: Parameters_): boolean => decideGate(asked(...given)).allowed;
type Parameters_ = [parameters: Parameters | undefined, parameterCodes?: string[], change?: Partial<GateQuestion>];

test('nothing entered, or for another item only: the qualification for the item suffices', () => {
  expect(allowed(undefined)).toBe(true);
  expect(allowed([])).toBe(true);
  expect(allowed([byParameter({ itemCode: 'GJ-LS', validTo: '2020-01-01' })])).toBe(true);
});

test('the first and the last day count; an entry for all parameters covers each', () => {
  expect(allowed([byParameter({ validFrom: '2026-11-23', validTo: '2026-11-23' })])).toBe(true);
  expect(allowed([byParameter({ validTo: '2026-11-22' })])).toBe(false);
  expect(allowed([byParameter({ validFrom: '2026-11-24' })])).toBe(false);
  expect(allowed([byParameter({ parameterCode: '' })], ['KY', 'PL'])).toBe(true);
  expect(allowed([byParameter()], ['KY', 'PL'])).toBe(false);
});

test('it stands in the place of nothing: without the item’s own qualification it allows nothing', () => {
  const question = asked([byParameter()]);
  const person = question.person && { ...question.person, qualifications: [] };
  expect(decideGate({ ...question, person }).allowed).toBe(false);
});

test('taking back an expired one opens nothing', () => {
  const expired = byParameter({ validTo: '2026-11-22' });
  expect(allowed([expired])).toBe(false);
  expect(allowed([{ ...expired, withdrawn: true }])).toBe(false);
  expect(allowed([{ ...expired, withdrawn: true }, byParameter()])).toBe(true);
});

test('calibrating a machine is no test of the item', () => {
  expect(allowed([byParameter({ validTo: '2026-11-22' })], ['KY'], { purpose: 'calibration' })).toBe(true);
});

test('each kind of fault is told once, with its parameters', () => {
  const { findings } = decideGate(asked([byParameter({ validTo: '2026-11-22' })], ['KY', 'PL', 'KZ']));
  const said = findings.filter(({ code }) => code.startsWith('GATE_PERSON_PARAMETER'));
  expect(said.map(({ code }) => code)).toEqual(['GATE_PERSON_PARAMETER_EXPIRED', 'GATE_PERSON_PARAMETER']);
  expect(said[1]?.message).toContain('PL、KZ');
});

const entry = fc.record({
  itemCode: fc.constantFrom('HNT-KY', 'GJ-LS'),
  parameterCode: fc.constantFrom('', 'KY', 'PL'),
  validFrom: fc.integer({ min: -40, max: 20 }).map((days) => addDays('2026-11-23', days)),
  validTo: fc.integer({ min: -20, max: 40 }).map((days) => addDays('2026-11-23', days)),
  withdrawn: fc.boolean(),
});

test('as a second reading of the rule says, for any entries', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), fc.subarray(['KY', 'PL'], { minLength: 1 }), (rows, codes) => {
      const own = rows.filter(({ itemCode }) => itemCode === 'HNT-KY');
      const covers = (code: string) => own.some((row) => !row.withdrawn && (row.parameterCode === '' || row.parameterCode === code) && row.validFrom <= '2026-11-23' && row.validTo >= '2026-11-23'); // prettier-ignore
      expect(allowed(rows, codes)).toBe(own.length === 0 || codes.every(covers));
    }),
  );
});

test('withdrawing never permits more', () => {
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 6 }), fc.nat(), (rows, at) => {
      const index = at % rows.length;
      const withdrawn = rows.map((row, n) => (n === index ? { ...row, withdrawn: true } : row));
      if (allowed(withdrawn)) expect(allowed(rows)).toBe(true);
    }),
  );
});
