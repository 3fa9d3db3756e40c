// Where the person is and what lies open there. The address bar keeps it, so that a reload comes back to the same thing.
import { create } from 'zustand';
import { placeIds, type PlaceId } from './places.ts';

interface UiState {
  place: PlaceId | null;
  /** Key of what is open in each place: a task, a record, a report, a commission. */
  open: Partial<Record<PlaceId, string>>;
  /** Counts what was asked for by key, so that the same thing can be asked for again, e.g. scanned a second time. */
  asked: number;
  helpOpen: boolean;
  go(place: PlaceId, key?: string | null): void;
  setHelp(open: boolean): void;
  reset(): void;
}

function readHash(): { place: PlaceId | null; key: string | null } {
  const [place, key] = (globalThis.location?.hash ?? '').replace(/^#\/?/, '').split('/');
  const known = placeIds.find((id) => id === place) ?? null;
  return { place: known, key: known !== null && key ? decodeURIComponent(key) : null };
}

function writeHash(place: PlaceId | null, key: string | undefined): void {
  if (globalThis.history === undefined) return;
  const hash = place === null ? '' : `#/${place}${key ? `/${encodeURIComponent(key)}` : ''}`;
  if (globalThis.location.hash !== hash) globalThis.history.replaceState(null, '', hash || '#');
}

const start = readHash();

export const useUi = create<UiState>()((set, get) => ({
  place: start.place,
  open: start.place !== null && start.key !== null ? { [start.place]: start.key } : {},
  asked: 0,
  helpOpen: false,
  go(place, key) {
    const open = { ...get().open };
    if (key === null) delete open[place];
    else if (key !== undefined) open[place] = key;
    set({ place, open, asked: get().asked + (typeof key === 'string' ? 1 : 0) });
    writeHash(place, open[place]);
  },
  setHelp: (helpOpen) => set({ helpOpen }),
  reset() {
    set({ place: null, open: {}, helpOpen: false });
    writeHash(null, undefined);
  },
}));

/** Remembered on this PC only, e.g. the machine a bench works with; never data. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`jiantai.${name}`, value);
  } catch {
    // A browser without storage only forgets the choice.
  }
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`jiantai.${name}`);
  } catch {
    return null;
  }
}
