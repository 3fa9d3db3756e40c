// A seeded sample of the campaign over every driver; and that the judge itself notices what it is there for.
import { describe, expect, test } from 'vitest';
import { listDrivers } from '../../main/instruments/drivers/index.ts';
import { seededRandom } from './bed/random.ts';
import { subjects } from './fuzz-drivers.ts';
import { firstMissing, fuzzDriver, pullLines } from './fuzz/play.ts';
import type { Subject } from './fuzz/subject.ts';

const BYTES = 100_000;
/** Nothing that they say is a value. */
const silent = ['modbus-inspect', 'rebound-hammer', 'barcode-serial'];
const named = (kept: readonly Subject[]) => kept.map((subject) => ({ name: subject.name, subject }));

test('every driver is fuzzed', () => {
  const fuzzed = new Set(subjects.map(({ driver }) => driver));
  expect(
    listDrivers()
      .map(({ id }) => id)
      .filter((id) => !fuzzed.has(id)),
  ).toEqual([]);
});

describe('noise, broken and true frames', () => {
  test.each(named(subjects))('$name', ({ subject }) => {
    const result = fuzzDriver(subject, { bytes: BYTES, random: seededRandom(20_261) });
    expect(result.violations).toEqual([]);
    expect(result.planted).toBeGreaterThan(10);
    expect(result.values > 0).toBe(!silent.includes(subject.name));
  });
});

describe('pulled at 200 random bytes', () => {
  test.each(named(subjects.filter(({ lines, name }) => lines && !silent.includes(name))))('$name', ({ subject }) => {
    const result = pullLines(subject, { pulls: 200, random: seededRandom(7) });
    expect(result.violations).toEqual([]);
    expect(result.lines).toBeGreaterThan(500);
  });
});

describe('the judge', () => {
  const mtSics = subjects.find(({ name }) => name === 'mt-sics') as Subject;
  test('notices a value that no frame holds', () => {
    const blind: Subject = { ...mtSics, allowed: (stream) => mtSics.allowed(stream).slice(0, -1) };
    expect(fuzzDriver(blind, { bytes: 10_000, random: seededRandom(1) }).violations).not.toEqual([]);
  });
  test('notices a true frame that is lost', () => {
    const more: Subject = {
      ...mtSics,
      make: (random, serial) => ({ ...mtSics.make(random, serial), values: ['0.000 g true'] }),
    };
    expect(fuzzDriver(more, { bytes: 10_000, random: seededRandom(1) }).violations).not.toEqual([]);
  });
  test('notices a half line that joined the next', () => {
    const joins: Subject = {
      ...mtSics,
      make: (random, serial) => ({ ...mtSics.make(random, serial), values: [] }),
    };
    expect(pullLines(joins, { pulls: 3, random: seededRandom(1) }).violations).not.toEqual([]);
  });
  test('takes values in their order only', () => {
    expect(firstMissing(['a', 'c'], ['a', 'b', 'c'])).toBe(-1);
    expect(firstMissing(['c', 'a'], ['a', 'b', 'c'])).toBe(1);
    expect(firstMissing(['b'], ['a|b'])).toBe(-1);
  });
});
