// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { catchScans, characterOf, ScanRecogniser, type KeyPress } from './scanner.ts';

const press = (code: string, extra: Partial<KeyPress> = {}): KeyPress => ({
  code,
  key: '',
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  capsLock: false,
  ...extra,
});

function feed(codes: readonly KeyPress[], gap: number): string | null {
  const recogniser = new ScanRecogniser();
  let at = 1_000;
  let found: string | null = null;
  for (const key of codes) {
    at += gap;
    const answer = recogniser.press(key, at);
    if (answer.kind === 'scan') found = answer.code;
  }
  return found;
}

const code = [
  press('ShiftLeft', { shiftKey: true }),
  press('KeyY', { shiftKey: true }),
  press('KeyP', { shiftKey: true }),
  press('Digit2'),
  press('Minus'),
  press('Digit7'),
  press('Enter'),
];

test('a fast burst with Enter is a scan, read by key code with shift', () => {
  expect(feed(code, 8)).toBe('YP2-7');
});

test('the same keys at a person’s pace are typing', () => {
  expect(feed(code, 90)).toBeNull();
});

test('an input method that reports every key as 229 does not change what was scanned', () => {
  expect(
    feed(
      code.map((key) => ({ ...key, key: 'Process' })),
      5,
    ),
  ).toBe('YP2-7');
});

test('three fast keys are no scan, nor is a burst without Enter', () => {
  expect(feed([press('Digit1'), press('Digit2'), press('Digit3'), press('Enter')], 5)).toBeNull();
  expect(feed(code.slice(0, -1), 5)).toBeNull();
});

test('a shortcut in between is no part of a scan', () => {
  expect(feed([press('Digit1'), press('Digit2'), press('KeyC', { ctrlKey: true }), press('Enter')], 5)).toBeNull();
});

test('characters of a verify address', () => {
  expect(characterOf(press('Semicolon', { shiftKey: true }))).toBe(':');
  expect(characterOf(press('Slash'))).toBe('/');
  expect(characterOf(press('Slash', { shiftKey: true }))).toBe('?');
  expect(characterOf(press('KeyA', { capsLock: true }))).toBe('A');
  expect(characterOf(press('KeyA', { capsLock: true, shiftKey: true }))).toBe('a');
  expect(characterOf(press('F8'))).toBeNull();
});

let stop: (() => void) | null = null;
afterEach(() => {
  stop?.();
  stop = null;
  document.body.replaceChildren();
});

/** Keys as a browser gives them: the character lands in the field unless the press was refused. */
function type(field: HTMLElement, codes: string[], gap: number): boolean[] {
  let at = 5_000;
  return codes.map((name) => {
    at += gap;
    const event = new KeyboardEvent('keydown', { code: name, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: at });
    const kept = field.dispatchEvent(event);
    if (kept && field instanceof HTMLInputElement && name !== 'Enter') field.value += characterOf(press(name)) ?? '';
    return kept;
  });
}

test('a scan with the focus in a field leaves its content as it was and presses nothing', () => {
  const field = document.createElement('input');
  field.value = '三层柱';
  document.body.append(field);
  const scans: string[] = [];
  stop = catchScans(window, (scanned) => scans.push(scanned));
  const kept = type(field, ['KeyA', 'KeyB', 'Digit1', 'Digit2', 'Enter'], 6);
  expect(scans).toEqual(['ab12']);
  expect(field.value).toBe('三层柱');
  expect(kept.at(-1)).toBe(false);
});

test('typing at a person’s pace is left alone', () => {
  const field = document.createElement('input');
  document.body.append(field);
  const scans: string[] = [];
  stop = catchScans(window, (scanned) => scans.push(scanned));
  type(field, ['KeyA', 'KeyB', 'Digit1', 'Digit2', 'Enter'], 80);
  expect(scans).toEqual([]);
  expect(field.value).toBe('ab12');
});

test('a field that wants scans keeps them', () => {
  const field = document.createElement('input');
  field.dataset.scan = 'own';
  document.body.append(field);
  const scans: string[] = [];
  stop = catchScans(window, (scanned) => scans.push(scanned));
  type(field, ['KeyA', 'KeyB', 'Digit1', 'Digit2', 'Enter'], 5);
  expect(scans).toEqual([]);
  expect(field.value).toBe('ab12');
});

test('a password is never taken for a scan, however fast it is typed, also while it is shown', () => {
  const scans: string[] = [];
  stop = catchScans(window, (scanned) => scans.push(scanned));
  for (const kind of ['password', 'text']) {
    const frame = document.createElement('span');
    frame.className = 'ant-input-password';
    const field = document.createElement('input');
    field.type = kind;
    frame.append(field);
    document.body.append(frame);
    const kept = type(field, ['KeyA', 'KeyB', 'Digit1', 'Digit2', 'Enter'], 1);
    expect(kept.at(-1)).toBe(true);
    expect(field.value).toBe('ab12');
  }
  expect(scans).toEqual([]);
});
