// How many specimens a record has: one rule for core, papers and screens, whoever delivered the readings.
import { expect, test } from 'vitest';
import { listMethods, methodById, specimensOfSet, usualOfSet } from './index.ts';
import type { ReadPlace } from './places.ts';

const read = (field: string, specimenNo: number, changes: Partial<ReadPlace> = {}): ReadPlace => ({
  field,
  specimenNo,
  value: '1',
  current: true,
  ...changes,
});

function count(methodId: string, setId: string, places: readonly ReadPlace[], properties = {}): number {
  const method = methodById(methodId);
  const set = method.sets.find(({ id }) => id === setId);
  if (set === undefined) throw new Error(`${methodId} has no set ${setId}`);
  return specimensOfSet(method, set, properties, places);
}

test('cores that only a machine has run so far count as cores', () => {
  expect(count('core-strength', 'core', [])).toBe(3);
  expect(count('core-strength', 'core', [read('loads_kN', 5)])).toBe(5);
  expect(count('core-strength', 'core', [read('heights_mm', 4), read('loads_kN', 2)])).toBe(4);
});

test('what was taken back, repeated or read of another set does not count', () => {
  const taken = [read('loads_kN', 6, { value: null }), read('loads_kN', 7, { current: false })];
  expect(count('core-strength', 'core', [read('loads_kN', 1), ...taken])).toBe(3);
  expect(count('rebar-ribbed', 'tension', [read('Fm_kN', 1), read('lengths_mm', 9)])).toBe(2);
});

test('a fixed number stays, whatever was read', () => {
  expect(count('concrete-cube', 'cube', [read('loads_kN', 1)])).toBe(3);
});

test('no more than the set may have', () => {
  expect(count('tile-bond', 'piece', [read('forces_kN', 40)])).toBe(6);
});

test.each([
  ['rebar-ribbed', 'tension', 2, 4],
  ['rebar-ribbed', 'bend', 2, 4],
  ['rebar-ribbed', 'reverseBend', 1, 2],
  ['rebar-ribbed', 'mass', 5, 5],
  ['weld-joint', 'tension', 3, 6],
  ['weld-joint', 'bend', 3, 6],
  ['mechanical-splice', 'tension', 3, 6],
  ['tile-bond', 'piece', 3, 6],
])('a retest of %s (%s) asks for its double number from the first specimen on', (methodId, setId, first, again) => {
  const field = methodById(methodId).fields.find(({ set }) => set === setId)?.name ?? '';
  for (const [round, due] of [
    ['initial', first],
    ['retest', again],
  ] as const) {
    expect(count(methodId, setId, [], { round })).toBe(due);
    expect(count(methodId, setId, [read(field, 1)], { round })).toBe(due);
  }
});

test('an empty form has the usual number of lines, which every set allows', () => {
  for (const method of listMethods()) {
    for (const set of method.sets) {
      for (const round of ['initial', 'retest']) {
        const lines = usualOfSet(set, { round });
        expect(lines).toBe(specimensOfSet(method, set, { round }, []));
        if (typeof set.count !== 'number') expect(lines <= set.count.max && lines >= set.count.min).toBe(true);
      }
    }
  }
});
