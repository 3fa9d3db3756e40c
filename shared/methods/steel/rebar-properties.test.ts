import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { everything, item, ribbedBase, ribbedJudged, ribbedOnly, verdicts } from '../testing/rebar.ts';
import {
  AREAS,
  MASSES,
  rawStrength,
  refAgt,
  refElongation,
  refFailures,
  refMass,
  refRatio,
  refStrength,
} from '../testing/steel-rebar.ts';
import { Exact } from '../foundation/decimal.ts';
import { DIAMETERS } from './nominal.ts';
import { RIBBED_GRADES, characteristicYield } from './rebar/limits.ts';

const decimals = (value: number, places: number): string => {
  const scaled = String(Math.round(value * 10 ** places)).padStart(places + 1, '0');
  return places === 0 ? scaled : `${scaled.slice(0, -places)}.${scaled.slice(-places)}`;
};
const share = (from: number, to: number) =>
  fc.integer({ min: Math.round(from * 10_000), max: Math.round(to * 10_000) });
const pair = <T>(one: fc.Arbitrary<T>) => fc.tuple(one, one);
const finding = fc.constantFrom('no-crack', 'no-crack', 'no-crack', 'no-crack', 'no-crack', 'crack', 'broken');

/** Bars whose figures lie about their limits, so that every verdict occurs. */
const sample = fc
  .record({
    grade: fc.constantFrom(...RIBBED_GRADES),
    nominalDiameter_mm: fc.constantFrom(...DIAMETERS),
    yields: pair(share(0.98, 1.32)),
    tensiles: pair(share(1.22, 1.5)),
    finals: pair(share(1.115, 1.2)),
    places: pair(share(0.05, 0.5)),
    agt: pair(share(1.065, 1.1)),
    bendFindings: pair(finding),
    mass: share(0.93, 1.07),
  })
  .map(({ grade, nominalDiameter_mm: size, bendFindings, ...at }) => {
    const unit = (Number(characteristicYield(grade)) * Number(AREAS[size])) / 1e7;
    const gauge = Number(size) * 5;
    const lengths = ['510', '512', '508', '511', '509'];
    return {
      ...ribbedBase,
      grade,
      nominalDiameter_mm: size,
      FeL_kN: at.yields.map((one) => decimals(one * unit, 2)),
      // A bar's maximum force is never below its yield.
      Fm_kN: at.tensiles.map((one, index) => decimals(Math.max(one, at.yields[index] ?? 0) * unit, 2)),
      Lu_mm: at.finals.map((one) => decimals((one * gauge) / 10_000, 2)),
      fractureDistance_mm: at.places.map((one) => decimals((one * gauge) / 10_000, 1)),
      agtFinal_mm: at.agt.map((one) => decimals(one / 100, 1)),
      bendFindings: [...bendFindings],
      lengths_mm: lengths,
      totalMass_g: decimals((2.55 * 1000 * Number(MASSES[size]) * at.mass) / 10_000, 0),
    };
  });

describe('against an independent implementation', () => {
  test('every figure of a sample', () => {
    fc.assert(
      fc.property(sample, (inputs) => {
        const { nominalDiameter_mm: size, FeL_kN: yields, Fm_kN: peaks } = inputs;
        const { outputs } = ribbedJudged(inputs, { parameters: ['QF', 'KL', 'ZL', 'QQB', 'QBB', 'ZLPC'] });
        const raw = (index: number) => rawStrength(peaks[index] ?? '0', size);
        const low = (index: number) => rawStrength(yields[index] ?? '0', size);
        expect(outputs.ReL_MPa).toEqual(yields.map((force) => refStrength(force, size)));
        expect(outputs.Rm_MPa).toEqual(peaks.map((force) => refStrength(force, size)));
        expect(outputs.Agt_percent).toEqual(inputs.agtFinal_mm.map((final, index) => refAgt('100', final, raw(index))));
        expect(outputs.Rm_ReL_ratio).toEqual([0, 1].map((index) => refRatio(raw(index), low(index))));
        const characteristic = { n: BigInt(characteristicYield(inputs.grade)), d: 1n };
        expect(outputs.ReL_characteristic_ratio).toEqual([0, 1].map((index) => refRatio(low(index), characteristic)));
        expect(outputs.massDeviation_percent).toBe(refMass(inputs.lengths_mm, inputs.totalMass_g, size, '0.1'));
        const both = { strengthRounding: 'GB/T 228.1-2021', elongationStep: 'GB/T 228.1-2021', agtStep: '0.5' };
        const other = ribbedJudged(inputs, { policies: both }).outputs;
        expect(other.ReL_MPa).toEqual(yields.map((force) => refStrength(force, size, true)));
        expect(other.Agt_percent).toEqual(
          inputs.agtFinal_mm.map((final, index) => refAgt('100', final, raw(index), '0.5')),
        );
      }),
      { numRuns: 600 },
    );
  });

  test('every verdict of a sample', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(sample, (inputs) => {
        const failures = refFailures(inputs);
        const answer = ribbedJudged(inputs);
        const found = verdicts(answer);
        for (const [code, failure] of Object.entries(failures)) {
          const expected =
            failure === true
              ? code === 'ZLPC'
                ? 'unqualified'
                : 'retest'
              : failure === false
                ? 'qualified'
                : code === 'SC'
                  ? 'not-judged'
                  : undefined;
          expect([code, found[code]]).toEqual([code, expected]);
          seen.add(`${code} ${String(failure)}`);
        }
        const required = answer.result.parameters.filter(({ requirement }) => requirement !== null);
        const good = required.every(({ verdict }) => verdict === 'qualified');
        expect(answer.verdict === 'qualified').toBe(good);
        expect(answer.verdict === 'unqualified').toBe(failures['ZLPC'] === true);
      }),
      { numRuns: 1500 },
    );
    // Every branch was really met.
    for (const code of ['QF', 'KL', 'SC', 'ZL', 'QQB', 'QBB', 'WQ', 'ZLPC'])
      for (const outcome of ['true', 'false']) expect([...seen]).toContain(`${code} ${outcome}`);
    expect([...seen]).toEqual(expect.arrayContaining(['SC invalid', 'SC null', 'QQB null']));
  });

  test('A, where the specimen has one', () => {
    fc.assert(
      fc.property(sample, (inputs) => {
        const { outputs } = ribbedJudged(inputs, { parameters: ['SC'] });
        for (const [index, value] of (outputs.A_percent ?? []).entries()) {
          if (value !== null) expect(value).toBe(refElongation(inputs.Lu_mm[index] ?? '', inputs.nominalDiameter_mm));
        }
        const half = { elongationStep: 'GB/T 228.1-2021' };
        const { outputs: coarse } = ribbedJudged(inputs, { parameters: ['SC'], policies: half });
        for (const [index, value] of (coarse.A_percent ?? []).entries()) {
          const reference = refElongation(inputs.Lu_mm[index] ?? '', inputs.nominalDiameter_mm, true);
          if (value !== null) expect(value).toBe(reference);
        }
      }),
      { numRuns: 600 },
    );
  });
});

const TENSION = ['FeL_kN', 'Fm_kN', 'Lu_mm', 'fractureDistance_mm', 'agtFinal_mm', 'bendFindings'] as const;

describe('properties', () => {
  test('the order of the specimens changes no verdict, no stop, and only the order of the values', () => {
    fc.assert(
      fc.property(sample, fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 }), (inputs, order) => {
        const swapped = Object.fromEntries(TENSION.map((name) => [name, inputs[name].toReversed()]));
        const lengths = order.map((index) => inputs.lengths_mm[index] ?? '');
        const [a, b] = [ribbedJudged(inputs), ribbedJudged({ ...inputs, ...swapped, lengths_mm: lengths })];
        expect(verdicts(b)).toEqual(verdicts(a));
        expect(b.outputs.ReL_MPa).toEqual(a.outputs.ReL_MPa?.toReversed());
        expect(b.outputs.A_percent).toEqual(a.outputs.A_percent?.toReversed());
        expect(b.outputs.massDeviation_percent).toBe(a.outputs.massDeviation_percent);
        expect(b.stops.map(({ code }) => code).sort()).toEqual(a.stops.map(({ code }) => code).sort());
      }),
      { numRuns: 500 },
    );
  });

  test('scaling lengths and mass together keeps the deviation, scaling both forces keeps the ratio', () => {
    fc.assert(
      fc.property(sample, fc.constantFrom('2', '3', '0.5'), (inputs, factor) => {
        const times = (value: string): string => new Exact(value).times(factor).toFixed();
        // Half the lengths would be shorter than 500 mm, twice the forces more than any machine has.
        const mass =
          factor === '0.5' ? {} : { lengths_mm: inputs.lengths_mm.map(times), totalMass_g: times(inputs.totalMass_g) };
        const forces = factor === '0.5' ? { FeL_kN: inputs.FeL_kN.map(times), Fm_kN: inputs.Fm_kN.map(times) } : {};
        const parameters = { parameters: ['QQB', 'ZLPC'] };
        const a = ribbedJudged(inputs, parameters).outputs;
        const b = ribbedJudged({ ...inputs, ...mass, ...forces }, parameters).outputs;
        expect(b.massDeviation_percent).toBe(a.massDeviation_percent);
        expect(b.Rm_ReL_ratio).toEqual(a.Rm_ReL_ratio);
      }),
      { numRuns: 600 },
    );
  });

  test('a stronger, longer or tougher bar never fails what the weaker one passed', () => {
    fc.assert(
      fc.property(sample, share(1, 1.2), (inputs, factor) => {
        const raised = (values: readonly string[]) =>
          values.map((one, index) => (index === 0 ? decimals((Number(one) * factor) / 10_000 + 0.01, 2) : one));
        const before = verdicts(ribbedJudged(inputs));
        const peaks = verdicts(ribbedJudged({ ...inputs, Fm_kN: raised(inputs.Fm_kN) }));
        for (const code of ['KL', 'ZL', 'QQB']) {
          if (before[code] === 'qualified') expect(peaks[code]).toBe('qualified');
        }
        const longer = verdicts(ribbedJudged({ ...inputs, Lu_mm: raised(inputs.Lu_mm) }));
        if (before['SC'] === 'qualified') expect(longer['SC']).toBe('qualified');
        const farther = verdicts(ribbedJudged({ ...inputs, agtFinal_mm: raised(inputs.agtFinal_mm) }));
        if (before['ZL'] === 'qualified') expect(farther['ZL']).toBe('qualified');
      }),
      { numRuns: 500 },
    );
  });

  test('the answer is plain data, and a draft never says 符合 of any bar', () => {
    fc.assert(
      fc.property(sample, (inputs) => {
        const draft = ribbedJudged(inputs, { policies: { 'limits GB 1499.2-2024': 'draft' } });
        expect(JSON.parse(JSON.stringify(draft))).toEqual(draft);
        expect(new Set(Object.values(verdicts(draft)))).toEqual(new Set(['not-judged']));
        expect(everything(draft)).not.toContain('"符合"');
        expect(draft.result.text).not.toMatch(/要求。|复验/);
      }),
      { numRuns: 500 },
    );
  });
});

describe('exactly at each limit, and a little beyond it', () => {
  test.each([
    ['HRB400', '397.5', '537.5'],
    ['HRB500', '497.5', '627.5'],
    ['HRB600', '597.5', '727.5'],
  ])('%s: the ties %s and %s MPa are rounded up to the limit, a thousandth less is not', (grade, low, high) => {
    for (const size of DIAMETERS) {
      const force = (stress: Exact | string): string =>
        new Exact(stress)
          .times(AREAS[size] ?? '0')
          .div(1000)
          .toFixed();
      const run = (yielding: string, tensile: string) => {
        const forces = { FeL_kN: [yielding, force(low)], Fm_kN: [force(high), tensile] };
        return verdicts(ribbedOnly({ grade, nominalDiameter_mm: size, ...forces }, { parameters: ['QF', 'KL'] }));
      };
      const below = (stress: string): string => force(new Exact(stress).minus('0.001'));
      expect(run(force(low), force(high))).toEqual({ QF: 'qualified', KL: 'qualified' });
      expect(run(below(low), force(high))).toEqual({ QF: 'retest', KL: 'qualified' });
      expect(run(force(low), below(high))).toEqual({ QF: 'qualified', KL: 'retest' });
    }
  });

  test.each([
    ['HRB400', '7.45', 'retest'],
    ['HRB400', '7.4501', 'qualified'],
    ['HRB400E', '8.95', 'qualified'],
    ['HRB400E', '8.9499', 'retest'],
  ])('Agt of %s at %s %%: %s', (grade, percent, verdict) => {
    // 600 MPa on φ20 adds 0.3 %.
    const final = new Exact(percent).minus('0.3').plus(100).toFixed();
    const readings = { grade, Fm_kN: ['188.52', '188.52'], agtGauge_mm: '100', agtFinal_mm: [final, '115'] };
    expect(item(ribbedOnly(readings, { parameters: ['ZL'] }), 'ZL').verdict).toBe(verdict);
  });

  test.each([
    ['12', '5.5'],
    ['14', '4.5'],
    ['20', '4.5'],
    ['22', '3.5'],
    ['50', '3.5'],
  ])('mass of φ%s: ±%s %% and a little more pass, the tie at 0.05 beyond fails', (size, limit) => {
    const due = new Exact(MASSES[size] ?? '0').times(2500);
    const at = (percent: Exact): string => {
      const totalMass_g = due.times(percent.plus(100)).div(100).toFixed();
      const lengths_mm = ['500', '500', '500', '500', '500'];
      return item(ribbedOnly({ nominalDiameter_mm: size, lengths_mm, totalMass_g }), 'ZLPC').verdict;
    };
    for (const sign of [1, -1]) {
      expect(at(new Exact(limit).times(sign))).toBe('qualified');
      expect(at(new Exact(limit).plus('0.0499').times(sign))).toBe('qualified');
      expect(at(new Exact(limit).plus('0.05').times(sign))).toBe('unqualified');
    }
  });

  test.each([
    ['HRB400', '20', '115.50', '115.49'],
    ['HRB400', '28', '160.31', '160.30'],
    ['HRB400', '50', '283.75', '283.74'],
    ['HRB500', '20', '114.51', '114.50'],
    ['HRB600', '32', '180.01', '180.00'],
  ])('A of %s φ%s: %s mm passes, %s mm fails', (grade, size, good, bad) => {
    const far = String(Number(size) * 2);
    const run = (final: string) => {
      const readings = { Lu_mm: [final, good], fractureDistance_mm: [far, far] };
      return item(ribbedOnly({ grade, nominalDiameter_mm: size, ...readings }), 'SC').verdict;
    };
    expect([run(good), run(bad)]).toEqual(['qualified', 'retest']);
  });
});
