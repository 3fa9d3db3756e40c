// Scanner input with the focus anywhere. A scanner is a keyboard that types very fast and ends with Enter: such a burst
// is taken as a scan, the field that had the focus gets its content back, and Enter presses no button. Where an input
// method is switched to Chinese, keys are read by `code`, so that it does not change what was scanned.

/** Largest pause inside a burst, and largest mean pause; a fast typist needs more than 60 ms for a key. */
const longestGapMs = 50;
const meanGapMs = 30;
const shortestCode = 4;

const plainCodes: Record<string, readonly [string, string]> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Backquote: ['`', '~'],
  Space: [' ', ' '],
  NumpadSubtract: ['-', '-'],
  NumpadDecimal: ['.', '.'],
  NumpadDivide: ['/', '/'],
};
const shiftedDigits = ')!@#$%^&*(';

export interface KeyPress {
  code: string;
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
  capsLock: boolean;
}

/** The character of a key on the standard layout that scanners speak; null for keys without one. */
export function characterOf(press: Pick<KeyPress, 'code' | 'shiftKey' | 'capsLock'>): string | null {
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter !== undefined) return press.shiftKey === press.capsLock ? letter.toLowerCase() : letter;
  const digit = /^Digit(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined) return press.shiftKey ? shiftedDigits[Number(digit)]! : digit;
  const numpad = /^Numpad(\d)$/.exec(press.code)?.[1];
  if (numpad !== undefined) return numpad;
  return plainCodes[press.code]?.[press.shiftKey ? 1 : 0] ?? null;
}

/** What the system itself makes of the key; an input method says `Process` or a full-width character instead. */
const isPlain = (key: string): boolean => /^[\x20-\x7e]$/.test(key);

interface Burst {
  text: string;
  startedAt: number;
  lastAt: number;
}

/** Recognises bursts; knows nothing of the page, so that it can be tested key by key. */
export class ScanRecogniser {
  private burst: Burst | null = null;

  /** `begin`: this key may start a scan; `more`: it may go on; `scan`: it was one; `none`: an ordinary key. */
  press(key: KeyPress, at: number): { kind: 'begin' | 'more' | 'none' } | { kind: 'scan'; code: string } {
    if (key.code.startsWith('Shift') || key.code === 'CapsLock') return { kind: this.burst === null ? 'none' : 'more' };
    const burst = this.burst;
    const fast = burst !== null && at - burst.lastAt <= longestGapMs;
    if (key.code === 'Enter' || key.code === 'NumpadEnter') {
      this.burst = null;
      if (burst === null || !fast || burst.text.length < shortestCode) return { kind: 'none' };
      const mean = (burst.lastAt - burst.startedAt) / (burst.text.length - 1);
      return mean <= meanGapMs ? { kind: 'scan', code: burst.text } : { kind: 'none' };
    }
    const shortcut = key.ctrlKey || key.altKey || key.metaKey;
    const character = shortcut ? null : isPlain(key.key) ? key.key : characterOf(key);
    if (character === null) {
      this.burst = null;
      return { kind: 'none' };
    }
    if (burst !== null && fast) {
      burst.text += character;
      burst.lastAt = at;
      return { kind: 'more' };
    }
    this.burst = { text: character, startedAt: at, lastAt: at };
    return { kind: 'begin' };
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Snapshot {
  field: Field;
  value: string;
  selection: readonly [number | null, number | null] | null;
}

function takeSnapshot(target: EventTarget | null): Snapshot | null {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) {
    return { field: target, value: target.value, selection: [target.selectionStart, target.selectionEnd] };
  }
  return target instanceof HTMLSelectElement ? { field: target, value: target.value, selection: null } : null;
}

/** Puts a value into a field that React controls, as if a person had typed it. */
function setValue(field: Field, value: string): void {
  const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field) as object, 'value')?.set;
  setter?.call(field, value);
  field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input', { bubbles: true }));
}

function restore(snapshot: Snapshot | null): void {
  if (snapshot === null || !snapshot.field.isConnected || snapshot.field.value === snapshot.value) return;
  setValue(snapshot.field, snapshot.value);
  if (snapshot.selection !== null && !(snapshot.field instanceof HTMLSelectElement)) {
    try {
      snapshot.field.setSelectionRange(snapshot.selection[0], snapshot.selection[1]);
    } catch {
      // Fields of types without a selection keep their own.
    }
  }
}

/**
 * True for fields whose keys are theirs alone: those that want scans as content, and every password, which must never
 * be taken for a scan and shown, however fast it is typed or filled in.
 */
function keepsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A password that is being shown is a text field inside the same frame.
  if (
    target instanceof HTMLInputElement &&
    (target.type === 'password' || target.closest('.ant-input-password') !== null)
  )
    return true;
  return target.dataset.scan === 'own';
}

/** Listens on the window. A field marked `data-scan="own"` takes scans as its content. Returns the way to stop. */
export function catchScans(target: Window, onScan: (code: string) => void): () => void {
  const recogniser = new ScanRecogniser();
  let snapshot: Snapshot | null = null;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.repeat) return;
    if (keepsKeys(event.target)) return;
    const answer = recogniser.press(
      {
        code: event.code,
        key: event.isComposing ? 'Process' : event.key,
        shiftKey: event.shiftKey,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
        capsLock: event.getModifierState('CapsLock'),
      },
      event.timeStamp,
    );
    if (answer.kind === 'begin') snapshot = takeSnapshot(event.target);
    if (answer.kind !== 'scan') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const before = snapshot;
    snapshot = null;
    restore(before);
    // An input method may write what it was composing after the last key.
    if (event.isComposing || event.key === 'Process') {
      const field = before?.field;
      field?.addEventListener('compositionend', () => setTimeout(() => restore(before)), { once: true });
      field?.blur();
      field?.focus();
    }
    onScan(answer.code);
  };
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => target.removeEventListener('keydown', onKeyDown, { capture: true });
}
