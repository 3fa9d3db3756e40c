// Test help: random portions of sand, some of them with a loss or gain around the 1 % that is allowed.
import * as fc from 'fast-check';

export interface RandomPortion {
  /** Seven masses in g, coarsest sieve first, pan last. */
  masses: string[];
  /** Tenths of a gram. */
  sum: number;
  sample: number;
}

export const tenths = (value: number): string => `${Math.floor(value / 10)}.${value % 10}`;

export const portion: fc.Arbitrary<RandomPortion> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 7, maxLength: 7 }), fc.integer({ min: -60, max: 60 }))
  .map(([masses, off]) => {
    const sum = masses.reduce((total, mass) => total + mass, 0);
    return { masses: masses.map(tenths), sum, sample: Math.max(sum + off, 1000) };
  })
  .filter(({ sum, sample, masses }) => sum > 1500 && sample <= 10_000 && Number(masses[0]) * 10 < sample * 0.9);

export const basis = fc.constantFrom('rounded' as const, 'mass' as const);
