// Which keys are a scan: timing, Shift and Caps Lock, input methods, prefix, suffix, length, check digit.
import { expect, test } from 'vitest';
import { anyCode } from '../../shared/instrument-files/scanCode.ts';
import type { ScannerRule } from '../../shared/instrument-files/scanners.ts';
import { characterOf, ScanRecogniser, type Answer, type KeyPress } from './scanKeys.ts';

const press = (code: string, extra: Partial<KeyPress> = {}): KeyPress => ({
  code, key: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...extra,
}); // prettier-ignore

function feedWith(rule: ScannerRule, keys: readonly (KeyPress | number)[], gap: number): Answer[] {
  const recogniser = new ScanRecogniser(rule);
  let at = 1_000;
  const answers: Answer[] = [];
  for (const key of keys) {
    if (typeof key === 'number') at += key - gap;
    else {
      at += gap;
      answers.push(recogniser.press(key, at));
    }
  }
  return answers;
}
const scansOf = (answers: readonly Answer[]): string[] =>
  answers.flatMap((answer) => (answer.kind === 'scan' ? [answer.code] : []));
const feed = (keys: readonly (KeyPress | number)[], gap: number): string | null =>
  scansOf(feedWith(anyCode, keys, gap)).at(-1) ?? null;

/** Keys of a scanner for a text, Shift before every capital, as the system reports them with Caps Lock on or off. */
function keysOf(text: string, { capsLock = false, hidden = false } = {}): KeyPress[] {
  return Array.from(text).flatMap((character): KeyPress[] => {
    const shiftKey = /[A-Z]/.test(character);
    const shown =
      /[A-Za-z]/.test(character) && capsLock
        ? shiftKey
          ? character.toLowerCase()
          : character.toUpperCase()
        : character;
    const code = /[A-Za-z]/.test(character)
      ? `Key${character.toUpperCase()}`
      : /\d/.test(character)
        ? `Digit${character}`
        : 'Minus';
    const key = press(code, { key: hidden ? 'Process' : shown, shiftKey });
    return shiftKey ? [press('ShiftLeft', { key: 'Shift', shiftKey: true }), key] : [key];
  });
}
const enter = press('Enter', { key: 'Enter' });
const code = [...keysOf('YP2-7'), enter];

test('a fast burst with Enter is a scan; the same keys at a person’s pace are typing', () => {
  expect(feed(code, 8)).toBe('YP2-7');
  expect(feed(code, 90)).toBeNull();
});

test('an input method that hides every key does not change what was scanned', () => {
  expect(feed([...keysOf('YP2-7', { hidden: true }), press('Enter', { key: 'Process' })], 5)).toBe('YP2-7');
});

test('Caps Lock left on by a person does not change the case that the scanner meant', () => {
  expect(feed([...keysOf('YP2-7ab', { capsLock: true }), enter], 5)).toBe('YP2-7ab');
});

test('a scanner that switches Caps Lock itself around capitals is understood, also behind an input method', () => {
  const caps = press('CapsLock', { key: 'CapsLock' });
  const letter = (name: string, key = name) => press(`Key${name.toUpperCase()}`, { key });
  expect(feed([caps, letter('y', 'Y'), letter('p', 'P'), caps, ...keysOf('2-7'), enter], 5)).toBe('YP2-7');
  expect(feed([caps, letter('y', 'Process'), letter('p', 'Process'), caps, ...keysOf('2-7'), enter], 5)).toBe('YP2-7');
  expect(feed([...keysOf('12'), caps, letter('y', 'Y'), letter('p', 'P'), caps, ...keysOf('7'), enter], 5)).toBe(
    '12YP7',
  );
  expect(feed([caps, 900, ...keysOf('yp2-7'), enter], 5)).toBe('yp2-7');
});

test('three fast keys are no scan, nor is a burst without Enter or with a shortcut in it', () => {
  expect(feed([...keysOf('123'), enter], 5)).toBeNull();
  expect(feed(code.slice(0, -1), 5)).toBeNull();
  expect(feed([...keysOf('12'), press('KeyC', { key: 'c', ctrlKey: true }), enter], 5)).toBeNull();
});

test('what a person typed right before the scanner began is no part of the code', () => {
  const answers = feedWith(anyCode, [...keysOf('3'), 45, ...keysOf('YP2026-7'), enter], 4);
  expect(answers.at(-1)).toEqual({ kind: 'scan', code: 'YP2026-7', from: 1 });
  expect(feedWith(anyCode, [...keysOf('3'), 40, ...keysOf('5'), 40, ...keysOf('2026-7'), enter], 4).at(-1)).toEqual({
    kind: 'scan',
    code: '2026-7',
    from: 2,
  });
});

test('two scans within a tenth of a second are two codes', () => {
  const both = [...keysOf('2026-0001'), enter, ...keysOf('2026-0002'), enter];
  expect(scansOf(feedWith(anyCode, both, 4))).toEqual(['2026-0001', '2026-0002']);
});

test('prefix, suffix and length decide what is a scan at all; a wrong check digit is a misread', () => {
  const rule = { ...anyCode, prefix: 'J', suffix: '-', minLength: 3, maxLength: 6 };
  expect(scansOf(feedWith(rule, [...keysOf('J2026-'), enter], 4))).toEqual(['2026']);
  for (const text of ['2026-', 'J2026', 'J22-', 'J1234567-'])
    expect(feedWith(rule, [...keysOf(text), enter], 4).at(-1)).toEqual({ kind: 'none' });
  const checked = { ...anyCode, check: 'mod10' as const };
  expect(scansOf(feedWith(checked, [...keysOf('4006381333931'), enter], 4))).toEqual(['4006381333931']);
  expect(feedWith(checked, [...keysOf('4006381333932'), enter], 4).at(-1)).toEqual({
    kind: 'misread',
    fault: 'check',
    from: 0,
  });
});

test('characters of a verify address; another layout’s letters are its own; keys without a place are read by name', () => {
  expect(characterOf(press('Semicolon', { shiftKey: true }))).toBe(':');
  expect(characterOf(press('Slash'))).toBe('/');
  expect(characterOf(press('Slash', { shiftKey: true, key: '？' }))).toBe('?');
  expect(characterOf(press('KeyY', { key: 'z' }))).toBe('z');
  expect(characterOf(press('', { key: '5' }))).toBe('5');
  expect(characterOf(press('F8', { key: 'F8' }))).toBeNull();
});
