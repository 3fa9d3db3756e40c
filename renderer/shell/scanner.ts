// Scanner input with the focus anywhere. Such a burst of keys is taken as a scan, the field that had the focus gets back
// what stood there before, and Enter presses no button. An input method that was composing the scanner's letters writes
// them after the last key: the field is watched until that has passed, so that nothing of the scan stays in it.
import type { ScanFault } from '../../shared/instrument-files/scanCode.ts';
import type { ScannerRule } from '../../shared/instrument-files/scanners.ts';
import { ScanRecogniser } from './scanKeys.ts';

/** How long an input method may take to write what it was composing. */
const settleMs = 400;

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

/** Keeps a field as it was while an input method still writes; ends by itself, or when the person goes on typing. */
class Guard {
  readonly snapshot: Snapshot;
  #timer: ReturnType<typeof setTimeout>;
  readonly #onWritten = (event: Event): void => {
    if (event.target !== this.snapshot.field || this.snapshot.field.value === this.snapshot.value) return;
    // The browser itself is still at work in the middle of a composition.
    if (event instanceof InputEvent && event.isComposing) setTimeout(() => restore(this.snapshot));
    else restore(this.snapshot);
  };

  constructor(snapshot: Snapshot, onEnd: () => void) {
    this.snapshot = snapshot;
    for (const name of ['input', 'compositionend']) snapshot.field.addEventListener(name, this.#onWritten);
    this.#timer = setTimeout(() => {
      restore(this.snapshot);
      this.end();
      onEnd();
    }, settleMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    for (const name of ['input', 'compositionend']) this.snapshot.field.removeEventListener(name, this.#onWritten);
  }
}

/** A scan that came another way, for a field that takes scans as its content; answers whether there was one. */
export function scanIntoField(code: string): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) || field.dataset['scan'] !== 'own') return false;
  setValue(field, code);
  return true;
}

export interface ScanListener {
  onScan: (code: string) => void;
  /** A scan whose check character is wrong; nothing of it stays in a field. */
  onMisread?: (fault: ScanFault) => void;
  rule?: ScannerRule;
}

/** Listens on the window. A field marked `data-scan="own"` takes scans as its content. Returns the way to stop. */
export function catchScans(target: Window, listener: ScanListener | ((code: string) => void)): () => void {
  const { onScan, onMisread, rule } = typeof listener === 'function' ? { onScan: listener } : { ...listener };
  const recogniser = new ScanRecogniser(rule);
  /** What each key of the burst found, so that what was typed right before a scan is kept. */
  let snapshots: (Snapshot | null)[] = [];
  let composed = false;
  let guard: Guard | null = null;
  const endGuard = (): void => {
    guard?.end();
    guard = null;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.repeat || keepsKeys(event.target)) return;
    const hidden = event.isComposing || event.key === 'Process';
    const answer = recogniser.press(
      {
        code: event.code,
        // Inside a composition the key may be a candidate's; its place on the keyboard is what the scanner pressed.
        key: hidden && event.code !== '' ? 'Process' : event.key,
        shiftKey: event.shiftKey,
        ctrlKey: event.ctrlKey,
        altKey: event.altKey,
        metaKey: event.metaKey,
      },
      event.timeStamp,
    );
    const modifier = ['Shift', 'CapsLock', 'Control', 'Alt', 'Meta'].includes(event.key);
    if (answer.kind === 'begin') {
      composed = false;
      // A second scan right behind the first: the input method may not have finished with the first one's letters.
      snapshots =
        guard !== null && guard.snapshot.field === event.target ? [guard.snapshot] : [takeSnapshot(event.target)];
    } else if (answer.kind === 'more') {
      snapshots.push(takeSnapshot(event.target));
    }
    // The person goes on typing, or the next scan is under way: from here on the field is theirs again.
    if (!modifier) endGuard();
    composed ||= hidden;
    if (answer.kind !== 'scan' && answer.kind !== 'misread') return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const before = snapshots[answer.from] ?? snapshots[0] ?? null;
    snapshots = [];
    restore(before);
    if (composed && before !== null) {
      // Leaving the field ends the composition; what it writes then is taken out again.
      const { field } = before;
      guard = new Guard(before, () => (guard = null));
      const had = document.activeElement === field;
      field.blur();
      restore(before);
      if (had) field.focus();
    }
    if (answer.kind === 'scan') onScan(answer.code);
    else onMisread?.(answer.fault);
  };
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    endGuard();
    target.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}
