import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../errors/appError.ts';
import { decideGate, gateError } from './decide.ts';
import type { GateFinding } from './decision.ts';
import { MOMENTS, SWITCHED } from './question.ts';
import type { GateMoment, GateOverride, GateQuestion, GateSubject } from './question.ts';
import { FAULTS, machine, sound } from './testing/facts.ts';
import type { SingleFault } from './testing/facts.ts';

/** The table of the rule, written a second time: where a fault of each question refuses. */
const REFUSES: Record<GateSubject, readonly GateMoment[]> = {
  scope: ['reception', 'signing', 'approval', 'import'],
  contract: ['reception', 'import'],
  personnel: ['run-start', 'signing', 'approval', 'import'],
  equipment: ['run-start', 'signing', 'approval', 'import'],
  age: ['run-start', 'import'],
  supervision: MOMENTS,
};

const OFF = { scope: false, contract: false, personnel: false, equipment: false };
const override = (question: (typeof SWITCHED)[number], change: Partial<GateOverride> = {}): GateOverride => ({
  question,
  by: { id: 'U9', name: '李主任' },
  reason: '监管平台停机，已电话备案',
  ...change,
});
const find = (question: GateQuestion, code: string): GateFinding | undefined =>
  decideGate(question).findings.find((finding) => finding.code === code);
const runStart = (change: Partial<GateQuestion>): GateQuestion => ({ ...sound('run-start'), ...change });
const withMachine = (change: Partial<typeof machine>, rest: Partial<GateQuestion> = {}): GateQuestion =>
  runStart({ equipment: { ...machine, ...change }, ...rest });
const madeOn = (made: string | null, change: Partial<GateQuestion> = {}, days = 28, hours: number | null = 20) =>
  runStart({
    specimen: {
      name: '样品 YP-1',
      madeOn: made,
      requiredAgeDays: days,
      tolerance: hours === null ? null : { hours, clause: 'GB/T 50081-2019' },
    },
    ...change,
  });
const ageOutcome = (question: GateQuestion) =>
  decideGate(question).findings.find((finding) => finding.question === 'age')?.outcome;
const named = (code: string): SingleFault => {
  const found = FAULTS.find((fault) => fault.code === code);
  if (found === undefined) throw new Error(code);
  return found;
};

const withScope = (at: string, validTo: string): GateQuestion => {
  const question = sound('reception');
  const scope = question.institution.scope.map((row) => ({ ...row, validTo }));
  return { ...question, at, institution: { ...question.institution, scope } };
};
function personOf(): NonNullable<GateQuestion['person']> {
  const { person } = sound('run-start');
  if (person === null) throw new Error('no person');
  return person;
}
const runStartCodes = (at: string): string[] => {
  const person = { ...personOf(), qualifications: [{ itemCode: 'HNT-KY', validTo: '2030-01-01' }] };
  return decideGate(runStart({ at, specimen: null, person })).findings.map((finding) => finding.code);
};

describe('a sound question passes at every moment', () => {
  test.each(MOMENTS)('%s', (moment) => {
    const decision = decideGate(sound(moment));
    expect(decision.allowed).toBe(true);
    expect(decision.findings.map((finding) => finding.outcome)).toEqual(decision.findings.map(() => 'pass'));
    expect(gateError(decision)).toBeNull();
  });
});

describe('each fault refuses where the table says, and nowhere else', () => {
  const cases = MOMENTS.flatMap((moment) => FAULTS.map((fault) => ({ moment, fault, code: fault.code })));
  test.each(cases)('$moment $code', ({ moment, fault }) => {
    const question = fault.add(sound(moment));
    const decision = decideGate(question);
    const refuses = REFUSES[fault.subject].includes(moment);
    expect(decision.allowed).toBe(!refuses);
    const finding = decision.findings.find((candidate) => candidate.code === fault.code);
    if (!refuses) {
      expect(finding?.outcome ?? 'not asked').toBe(
        moment === 'run-start' && fault.subject === 'scope' ? 'warn' : 'not asked',
      );
      return;
    }
    expect(finding).toMatchObject({ question: fault.subject, outcome: 'refuse', overridable: false });
    for (const sentence of [finding?.message, finding?.meaning, finding?.next])
      expect(sentence).toMatch(/\p{sc=Han}.*。$/u);
    expect(finding?.source).not.toBe('');
    expect(gateError(decision)).toMatchObject({ code: fault.code });
  });

  test.each(FAULTS)('$code with every switch off', (fault) => {
    const moment = REFUSES[fault.subject][0] ?? 'reception';
    const question = { ...fault.add(sound(moment)), controls: OFF };
    const [finding] = decideGate(question).findings.filter((candidate) => candidate.code === fault.code);
    expect(finding).toMatchObject({ outcome: 'refuse', overridable: fault.overridable });
    const overridden = { ...question, overrides: SWITCHED.map((subject) => override(subject)) };
    expect(decideGate(overridden).allowed).toBe(fault.overridable);
    if (!fault.overridable) return;
    expect(find(overridden, fault.code)).toMatchObject({
      outcome: 'not-enforced',
      override: { by: { name: '李主任' } },
    });
    expect(find(overridden, fault.code)?.meaning).toContain('由李主任放行，理由：监管平台停机，已电话备案');
    // With the control enforced, the same override is worth nothing.
    expect(decideGate({ ...overridden, controls: sound(moment).controls }).allowed).toBe(false);
  });
});

describe('overrides', () => {
  const expired = { ...named('GATE_SCOPE_EXPIRED').add(sound('reception')), controls: OFF };

  test.each([
    ['no name', override('scope', { by: { id: 'U9', name: ' ' } })],
    ['no id', override('scope', { by: { id: '', name: '李主任' } })],
    ['no reason', override('scope', { reason: '  ' })],
    ['another question', override('contract')],
  ])('with %s does not count', (_name, given) => {
    expect(decideGate({ ...expired, overrides: [given] }).allowed).toBe(false);
  });

  test('a switch that is off and no fault needs no override', () => {
    const decision = decideGate({ ...sound('reception'), controls: OFF });
    expect(decision.allowed).toBe(true);
    const outcomes = Object.fromEntries(decision.findings.map((finding) => [finding.question, finding.outcome]));
    expect(outcomes).toEqual({ supervision: 'pass', scope: 'not-enforced', contract: 'not-enforced' });
  });

  test('no contract and no project: refused where enforced, free where not', () => {
    const none = { ...sound('reception'), contract: null, project: null };
    expect(decideGate(none).findings.map((finding) => finding.code)).toEqual(
      expect.arrayContaining(['GATE_PROJECT_MISSING', 'GATE_CONTRACT_MISSING']),
    );
    expect(decideGate(none).allowed).toBe(false);
    expect(decideGate({ ...none, controls: { ...none.controls, contract: false } }).allowed).toBe(true);
  });
});

describe('dates are inclusive in +08:00', () => {
  test('scope and qualification hold to the last second of their last day', () => {
    expect(decideGate(withScope('2026-11-23T23:59:59+08:00', '2026-11-23')).allowed).toBe(true);
    expect(decideGate(withScope('2026-11-24T00:00:00+08:00', '2026-11-23')).allowed).toBe(false);
    const person = sound('run-start').person;
    const lastDay = person && { ...person, qualifications: [{ itemCode: 'HNT-KY', validTo: '2026-11-23' }] };
    expect(decideGate(runStart({ person: lastDay })).allowed).toBe(true);
    expect(decideGate(runStart({ person: lastDay, at: '2026-11-24T00:00:00+08:00', specimen: null })).allowed).toBe(
      false,
    );
  });

  test('of several rows one valid row is enough, and parameters may be spread over rows', () => {
    const question = sound('reception');
    const scope = [
      { itemCode: 'HNT-KY', parameterCodes: ['KY'], validTo: '2026-01-01', state: 'active' },
      { itemCode: 'HNT-KY', parameterCodes: ['KY'], validTo: '2027-01-01', state: 'active' },
      { itemCode: 'HNT-KY', parameterCodes: ['PL'], validTo: '2027-01-01', state: 'active' },
    ];
    const asked = { ...question, parameterCodes: ['KY', 'PL'], institution: { ...question.institution, scope } };
    expect(decideGate(asked).allowed).toBe(true);
    const suspended = scope.map((row, index) => (index === 2 ? { ...row, state: 'suspended' } : row));
    const message = find(
      { ...asked, institution: { ...asked.institution, scope: suspended } },
      'GATE_SCOPE_PARAMETER_NOT_COVERED',
    );
    expect(message?.message).toContain('参数 PL');
  });

  test('a row without parameters covers the whole item; a row with an empty list covers none', () => {
    const question = sound('reception');
    const covered = (parameterCodes: string[] | undefined) =>
      decideGate({
        ...question,
        institution: {
          ...question.institution,
          scope: [
            { itemCode: 'HNT-KY', validTo: '2027-01-01', state: 'active', ...(parameterCodes && { parameterCodes }) },
          ],
        },
      }).allowed;
    expect([covered(undefined), covered([])]).toEqual([true, false]);
  });

  test('the question must carry +08:00', () => {
    for (const at of ['2026-11-23T02:00:00Z', '2026-11-23', '2026-11-31T10:00:00+08:00']) {
      expect(() => decideGate({ ...sound('reception'), at })).toThrow(AppError);
    }
  });
});

describe('equipment', () => {
  test('the machine whose calibration ended yesterday is refused, on its last day it is not', () => {
    const yesterday = withMachine({ calibratedOn: '2025-11-23' });
    expect(find(yesterday, 'GATE_EQUIPMENT_EXPIRED')?.message).toBe(
      '设备“压力试验机（YLJ-01）”的校准有效期至 2026年11月22日，检测日期 2026年11月23日 已超期。',
    );
    const lastDay = decideGate(withMachine({ calibratedOn: '2025-11-24' }));
    expect(lastDay.allowed).toBe(true);
    expect(lastDay.findings.find((finding) => finding.question === 'equipment')).toMatchObject({
      code: 'GATE_EQUIPMENT_EXPIRES_SOON',
      outcome: 'warn',
    });
  });

  test('warns from one month before, not a day earlier', () => {
    expect(runStartCodes('2027-02-13T23:59:59+08:00')).not.toContain('GATE_EQUIPMENT_EXPIRES_SOON');
    expect(runStartCodes('2027-02-14T00:00:00+08:00')).toContain('GATE_EQUIPMENT_EXPIRES_SOON');
  });

  test('the day of the test counts, not the day of the signature', () => {
    const ended = { ...machine, calibratedOn: '2025-11-23' };
    const question = { ...sound('signing'), equipment: ended, testedAt: '2026-11-22T18:00:00+08:00' };
    expect(decideGate(question).allowed).toBe(true);
    expect(decideGate({ ...question, testedAt: '2026-11-23T00:00:00+08:00' }).allowed).toBe(false);
  });

  test('a machine stopped after the test does not undo it; stopped before, or since unknown, refuses', () => {
    const stopped = { ...machine, state: 'stopped' };
    const question = { ...sound('signing'), testedAt: '2026-11-20T10:00:00+08:00' };
    const ask = (stateSince?: string) =>
      decideGate({ ...question, equipment: { ...stopped, ...(stateSince && { stateSince }) } });
    expect(ask('2026-11-21T09:00:00+08:00')).toMatchObject({ allowed: true });
    expect(ask('2026-11-20T09:00:00+08:00').allowed).toBe(false);
    expect(ask().allowed).toBe(false);
  });

  test('every machine of a test is asked for', () => {
    const second = { ...machine, id: 'KC-02', name: '游标卡尺', calibratedOn: null };
    const decision = decideGate(runStart({ equipment: [machine, second] }));
    expect(decision.allowed).toBe(false);
    expect(decision.findings.map((finding) => finding.message).join('')).toContain('游标卡尺（KC-02）');
  });

  test('no machine and no person are never a pass, not even with every switch off', () => {
    expect(find(runStart({ equipment: null, controls: OFF }), 'GATE_EQUIPMENT_MISSING')?.outcome).toBe('refuse');
    expect(find(runStart({ equipment: [], controls: OFF }), 'GATE_EQUIPMENT_MISSING')?.outcome).toBe('refuse');
    expect(find(runStart({ person: null, controls: OFF }), 'GATE_PERSON_MISSING')?.outcome).toBe('refuse');
    expect(find(runStart({ commission: null }), 'GATE_COMMISSION_MISSING')?.outcome).toBe('refuse');
  });

  test.each(['calibration', 'intermediate-check', 'qc'] as const)(
    '%s runs on a machine that is refused for samples',
    (purpose) => {
      for (const change of [
        { state: 'stopped' },
        { calibratedOn: null },
        { calibratedOn: '2020-01-01' },
        { itemCodes: [] },
      ]) {
        expect(decideGate(withMachine(change)).allowed).toBe(false);
        const decision = decideGate(
          withMachine(change, { purpose, commission: null, specimen: null, contract: null, project: null }),
        );
        expect(decision.allowed).toBe(true);
        expect(decision.findings.map((finding) => finding.outcome)).toContain('warn');
        expect(decision.findings.map((finding) => finding.question)).not.toContain('scope');
      }
      expect(decideGate(withMachine({ state: 'scrapped' }, { purpose })).allowed).toBe(false);
      const unqualified = runStart({ purpose, person: { ...personOf(), qualifications: [] } });
      expect(decideGate(unqualified).allowed).toBe(purpose !== 'qc');
    },
  );
});

describe('age', () => {
  test('28 days ± 20 hours: the edges are inside, one second beyond is not', () => {
    expect(ageOutcome(madeOn('2026-10-27T06:00:00+08:00'))).toBe('pass');
    expect(ageOutcome(madeOn('2026-10-27T06:00:01+08:00'))).toBe('refuse');
    expect(ageOutcome(madeOn('2026-10-25T14:00:00+08:00'))).toBe('pass');
    expect(ageOutcome(madeOn('2026-10-25T13:59:59+08:00'))).toBe('refuse');
    expect(ageOutcome(madeOn('2026-10-26T02:00:00Z'))).toBe('pass');
  });

  test('with only the day known, calendar days count', () => {
    expect(ageOutcome(madeOn('2026-10-26'))).toBe('pass');
    expect(ageOutcome(madeOn('2026-10-26', { at: '2026-11-23T23:59:59+08:00' }))).toBe('pass');
    expect(ageOutcome(madeOn('2026-10-25'))).toBe('refuse');
    expect(ageOutcome(madeOn('2026-10-27'))).toBe('refuse');
    expect(ageOutcome(madeOn('2026-08-22', {}, 90, 48))).toBe('refuse');
    expect(ageOutcome(madeOn('2026-08-24', {}, 90, 48))).toBe('pass');
  });

  test('says when it is due and how far off it is', () => {
    expect(find(madeOn('2026-10-29T09:00:00+08:00'), 'GATE_AGE_EARLY')?.message).toBe(
      '样品 YP-1于 2026年10月29日 09:00 成型，要求龄期 28 天（2026年11月26日 09:00），检测时早 2 天 23 小时（允许偏差 ±20 小时）。',
    );
  });

  test('an age without a tabled tolerance is left to a person, never guessed', () => {
    expect(ageOutcome(madeOn('2026-11-09', {}, 14, null))).toBe('pass');
    expect(find(madeOn('2026-11-08', {}, 14, null), 'GATE_AGE_NO_TOLERANCE')).toMatchObject({
      outcome: 'warn',
      meaning: '能否使用需要人工判定。',
    });
  });

  test('no age asked for is no fault; an imported run is judged at the time of its test', () => {
    expect(ageOutcome(runStart({ specimen: null }))).toBe('pass');
    const imported = madeOn('2026-10-26', {
      moment: 'import',
      testedAt: '2026-11-23T09:00:00+08:00',
      at: '2026-12-01T09:00:00+08:00',
    });
    expect(ageOutcome(imported)).toBe('pass');
    expect(ageOutcome({ ...imported, testedAt: null })).toBe('refuse');
  });
});

describe('reference data', () => {
  test('version and age are part of the decision', () => {
    expect(decideGate(sound('reception')).reference).toEqual({
      version: '17',
      fetchedAt: '2026-11-20T08:00:00+08:00',
      ageSeconds: 266_400,
      text: '依据 2026年11月20日 08:00 取得的参考数据（版本 17，距今 3 天 2 小时）。',
    });
    const ahead = { ...sound('reception'), referenceSnapshot: { version: '1', fetchedAt: '2026-11-23T03:00:00Z' } };
    expect(decideGate(ahead).reference).toMatchObject({ ageSeconds: -3600 });
    expect(decideGate({ ...sound('reception'), referenceSnapshot: null }).reference.version).toBeNull();
  });
});

describe('properties', () => {
  const fault = fc.constantFrom(...FAULTS);
  const moment = fc.constantFrom(...MOMENTS);
  const controls = fc.record({
    scope: fc.boolean(),
    contract: fc.boolean(),
    personnel: fc.boolean(),
    equipment: fc.boolean(),
  });
  const overrides = fc.subarray([...SWITCHED]).map((subjects) => subjects.map((subject) => override(subject)));
  const purpose = fc.constantFrom('sample', 'calibration', 'intermediate-check', 'qc');

  test('adding a fault never turns a refusal into a permission', () => {
    const distinct = fc.uniqueArray(fault, { minLength: 1, maxLength: 6, selector: (each) => each.fact });
    fc.assert(
      fc.property(moment, purpose, controls, overrides, distinct, (at, why, switches, given, faults) => {
        let question: GateQuestion = { ...sound(at), purpose: why, controls: switches, overrides: given };
        let allowed = decideGate(question).allowed;
        expect(allowed).toBe(true);
        for (const each of faults) {
          question = each.add(question);
          const now = decideGate(question).allowed;
          if (!allowed) expect(now).toBe(false);
          allowed = now;
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('enforcing a control or withdrawing an override never permits more', () => {
    fc.assert(
      fc.property(moment, controls, overrides, fc.array(fault, { maxLength: 4 }), (at, switches, given, faults) => {
        const question = faults.reduce<GateQuestion>((each, add) => add.add(each), {
          ...sound(at),
          controls: switches,
          overrides: given,
        });
        if (decideGate(question).allowed) return;
        expect(decideGate({ ...question, overrides: [] }).allowed).toBe(false);
        const all = { scope: true, contract: true, personnel: true, equipment: true };
        expect(decideGate({ ...question, controls: all }).allowed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('allowed is exactly: no finding refuses; and the question is not changed', () => {
    fc.assert(
      fc.property(moment, controls, fc.array(fault, { maxLength: 4 }), (at, switches, faults) => {
        const question = faults.reduce<GateQuestion>((each, add) => add.add(each), {
          ...sound(at),
          controls: switches,
        });
        const copy = structuredClone(question);
        const decision = decideGate(question);
        expect(decision.allowed).toBe(decision.findings.every((finding) => finding.outcome !== 'refuse'));
        expect(question).toEqual(copy);
        expect(decideGate(question)).toEqual(decision);
      }),
    );
  });
});
