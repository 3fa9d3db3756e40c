// Keyboard first: every place declares its keys here, the shell listens once, F1 lists what works right now, and the
// hint on a button comes from the same declaration. An open dialog keeps the keys below it quiet.
import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from 'react';

export interface Hotkey {
  /** `F8`, `Alt+1`, `Ctrl+Enter`; as shown to people. */
  keys: string;
  name: string;
  run: () => void;
  /** Shown in F1 but not run while true. */
  disabled?: boolean;
}

interface Group {
  title: string;
  layer: number;
  hotkeys: readonly Hotkey[];
}

let groups: readonly Group[] = [];
const listeners = new Set<() => void>();

function setGroups(next: readonly Group[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

/** How many dialogs lie over the screen; keys of lower layers rest. */
let openLayers = 0;
export const LayerContext = createContext(0);

export function enterLayer(): () => void {
  openLayers += 1;
  return () => {
    openLayers -= 1;
  };
}

export function topLayer(): number {
  return openLayers;
}

/** Name of a key press in the same notation; null for a bare modifier. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey'>,
): string | null {
  if (['Control', 'Alt', 'Shift', 'Meta'].includes(event.key)) return null;
  // By code for letters, digits and their row: an input method or a layer of the keyboard changes `key`.
  const plain =
    /^Key([A-Z])$/.exec(event.code)?.[1] ??
    /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1] ??
    ({ Minus: '-', Equal: '=', BracketLeft: '[', BracketRight: ']' }[event.code] || event.key);
  const modifiers = [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    event.shiftKey ? 'Shift' : '',
  ];
  return [...modifiers.filter(Boolean), plain.length === 1 ? plain.toUpperCase() : plain].join('+');
}

/** Runs the topmost hotkey for a key press; answers whether one was there. */
export function runHotkey(event: KeyboardEvent): boolean {
  const keys = keysOf(event);
  // A key that a field or a grid has already taken (Ctrl+D in the sample grid) must not act a second time.
  if (keys === null || event.isComposing || event.defaultPrevented) return false;
  for (const group of groups.toReversed()) {
    if (group.layer < openLayers) continue;
    const found = group.hotkeys.find((hotkey) => hotkey.keys === keys);
    if (found === undefined) continue;
    event.preventDefault();
    if (found.disabled !== true) found.run();
    return true;
  }
  return false;
}

/** Declares the keys of a place while it is on the screen. */
export function useHotkeys(title: string, hotkeys: readonly Hotkey[]): void {
  const layer = useContext(LayerContext);
  const latest = useRef(hotkeys);
  // Before the screen is drawn: what a person sees has its keys.
  useLayoutEffect(() => {
    latest.current = hotkeys;
  });
  // Names and keys decide whether the list changed; the functions are always the latest ones.
  const signature = JSON.stringify(hotkeys.map(({ keys, name, disabled }) => [keys, name, disabled === true]));
  useLayoutEffect(() => {
    const described = JSON.parse(signature) as [string, string, boolean][];
    const group: Group = {
      title,
      layer,
      hotkeys: described.map(([keys, name, disabled], index) => ({
        keys,
        name,
        disabled,
        run: () => latest.current[index]?.run(),
      })),
    };
    setGroups([...groups, group]);
    return () => setGroups(groups.filter((other) => other !== group));
  }, [title, layer, signature]);
}

export function useHotkeyGroups(): readonly Group[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
  );
}
