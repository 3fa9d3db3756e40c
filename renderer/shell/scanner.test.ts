// @vitest-environment jsdom
// Scans on a page: whatever has the focus, whatever the input method does with the letters.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { catchScans, scanIntoField } from './scanner.ts';
import { anyCode } from '../../shared/instrument-files/scanCode.ts';
import { characterOf } from './scanKeys.ts';

let stop: (() => void) | null = null;
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  stop?.();
  vi.useRealTimers();
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
    if (kept && field instanceof HTMLInputElement && name !== 'Enter')
      field.value += characterOf({ code: name, key: '', shiftKey: false }) ?? '';
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

/** A Chinese input method over a scan: it hides the keys, shows its letters in the field, and writes them at the end. */
class InputMethod {
  #at = 9_000;
  #composing = '';
  #base = '';
  readonly field: HTMLInputElement;
  constructor(field: HTMLInputElement) {
    this.field = field;
    field.addEventListener('blur', () => this.commit(this.#composing));
  }
  key(code: string, key: string, shiftKey: boolean, gap: number): void {
    this.#at += gap;
    const event = new KeyboardEvent('keydown', {
      code,
      key,
      shiftKey,
      isComposing: this.#composing !== '',
      bubbles: true,
      cancelable: true,
    });
    Object.defineProperty(event, 'timeStamp', { value: this.#at });
    this.field.dispatchEvent(event);
  }
  compose(letter: string): void {
    if (this.#composing === '') {
      this.#base = this.field.value;
      this.field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    }
    this.#composing += letter;
    this.#write(this.#base + this.#composing, true);
  }
  commit(text: string): void {
    if (this.#composing === '') return;
    this.#composing = '';
    this.#write(this.#base + text, false);
    this.field.dispatchEvent(new CompositionEvent('compositionend', { data: text, bubbles: true }));
  }
  #write(value: string, isComposing: boolean): void {
    this.field.value = value;
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing }));
  }
  /** Letters are composed; a digit chooses a candidate and writes it; Enter writes what is left. */
  scan(text: string): void {
    for (const character of text) {
      const capital = /[A-Z]/.test(character);
      if (capital) this.key('ShiftLeft', 'Shift', true, 2);
      const code = /[A-Za-z]/.test(character)
        ? `Key${character.toUpperCase()}`
        : /\d/.test(character)
          ? `Digit${character}`
          : 'Minus';
      this.key(code, 'Process', capital, 3);
      if (/\d/.test(character) && this.#composing !== '') this.commit('样品');
      else this.compose(character.toLowerCase());
    }
    const writes = this.#composing;
    this.key('Enter', 'Process', false, 3);
    // Some input methods write a moment after the key.
    this.field.value += writes;
    this.field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

test('with a Chinese input method on: the code is right, and nothing of it stays in the field', () => {
  const field = document.createElement('input');
  field.value = '三层柱';
  document.body.append(field);
  field.focus();
  const scans: string[] = [];
  stop = catchScans(window, (code) => scans.push(code));
  const method = new InputMethod(field);
  method.scan('YP2026-0001');
  expect(scans).toEqual(['YP2026-0001']);
  vi.advanceTimersByTime(50);
  expect(field.value).toBe('三层柱');
  // Two more, the second right behind the first.
  method.scan('YP2026-0002');
  method.scan('YP2026-0003');
  expect(scans.slice(1)).toEqual(['YP2026-0002', 'YP2026-0003']);
  vi.advanceTimersByTime(1_000);
  expect(field.value).toBe('三层柱');
});

test('after a composed scan the person goes on typing: nothing of that is taken back', () => {
  const field = document.createElement('input');
  field.value = '三层';
  document.body.append(field);
  field.focus();
  stop = catchScans(window, () => undefined);
  const method = new InputMethod(field);
  method.scan('YP2026-0001');
  method.key('KeyZ', 'z', false, 120);
  field.value += 'z';
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  vi.advanceTimersByTime(1_000);
  expect(field.value).toBe('三层z');
});

test('what a person typed a moment before the scan stays; the scan does not', () => {
  const field = document.createElement('input');
  document.body.append(field);
  const scans: string[] = [];
  stop = catchScans(window, (code) => scans.push(code));
  let at = 5_000;
  const key = (code: string, gap: number): void => {
    at += gap;
    const event = new KeyboardEvent('keydown', { code, bubbles: true, cancelable: true });
    Object.defineProperty(event, 'timeStamp', { value: at });
    if (field.dispatchEvent(event)) field.value += characterOf({ code, key: '', shiftKey: false }) ?? '';
  };
  key('Digit2', 300);
  key('Digit5', 140);
  for (const [index, code] of ['KeyA', 'KeyB', 'Digit1', 'Digit2', 'Digit3'].entries()) key(code, index === 0 ? 42 : 4);
  key('Enter', 4);
  expect(scans).toEqual(['ab123']);
  expect(field.value).toBe('25');
});

test('a misread is said, leaves nothing behind and presses nothing', () => {
  const field = document.createElement('input');
  document.body.append(field);
  const faults: string[] = [];
  const scans: string[] = [];
  stop = catchScans(window, {
    rule: { ...anyCode, check: 'mod10' },
    onScan: (code) => scans.push(code),
    onMisread: (fault) => faults.push(fault),
  });
  const kept = type(
    field,
    '4006381333932'
      .split('')
      .map((digit) => `Digit${digit}`)
      .concat('Enter'),
    4,
  );
  expect([scans, faults, field.value, kept.at(-1)]).toEqual([[], ['check'], '', false]);
});

test('a scan from a serial port goes into a field that wants scans, and into no other', () => {
  const field = document.createElement('input');
  document.body.append(field);
  field.focus();
  expect(scanIntoField('YP1')).toBe(false);
  field.dataset.scan = 'own';
  const heard = vi.fn();
  field.addEventListener('input', heard);
  expect(scanIntoField('YP1')).toBe(true);
  expect([field.value, heard.mock.calls.length]).toEqual(['YP1', 1]);
});
