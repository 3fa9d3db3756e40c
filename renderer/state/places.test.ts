// Every place has a key of its own for everyone, however many roles a person holds.
import { expect, test } from 'vitest';
import { roleSchema } from '../../shared/entities/roles.ts';
import { keysOf } from '../design/hotkeys.ts';
import { homeFor, placeKeys, places, placesFor } from './places.ts';

const pressed = (code: string, key: string) =>
  keysOf({ code, key, altKey: true, ctrlKey: false, shiftKey: false, metaKey: false });

test('no place of any role is without its key', () => {
  for (const role of roleSchema.options) {
    const own = placesFor([role]).map((_place, index) => placeKeys(index));
    expect(own).not.toContain(null);
    expect(new Set(own).size).toBe(own.length);
  }
  const manager = placesFor(['qualityManager', 'receiver']);
  expect(manager.map((_place, index) => placeKeys(index))).not.toContain(null);
  expect(places.length).toBeLessThanOrEqual(15);
});

test('the keys are those that a keyboard sends, also while an input method is on', () => {
  expect([
    pressed('Digit1', '1'),
    pressed('Digit0', '０'),
    pressed('Minus', '－'),
    pressed('Equal', '='),
    pressed('BracketLeft', '【'),
  ]).toEqual([0, 9, 10, 11, 12].map(placeKeys));
});

test('the quality manager begins with what the morning brings', () => {
  expect(homeFor(['qualityManager'])).toBe('overview');
});
