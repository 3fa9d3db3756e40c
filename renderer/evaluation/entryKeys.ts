// Keys inside the form: Enter goes on to the next place, arrows up and down stay in their column, Ctrl+Delete takes a row
// away. A list keeps its own arrows.
import type { KeyboardEvent } from 'react';

const placesOf = (area: Element | null): HTMLElement[] =>
  [...(area?.querySelectorAll<HTMLElement>('[data-entry]:not(:disabled)') ?? [])].filter(
    (place) => place.closest('details:not([open])') === null,
  );

export function focusPlace(place: HTMLElement | null | undefined): boolean {
  if (place == null) return false;
  place.focus();
  if (place instanceof HTMLInputElement) place.select();
  return true;
}

/** The place in the same column of a row above or below that can be typed in. */
function neighbour(from: HTMLElement, by: 1 | -1): HTMLElement | undefined {
  const [row, column] = (from.dataset['at'] ?? '').split(':');
  if (row === undefined || column === undefined) return undefined;
  const sheet = from.closest('[data-sheet]');
  const inColumn = placesOf(sheet).filter((place) => place.dataset['at']?.endsWith(`:${column}`));
  return inColumn[inColumn.indexOf(from) + by];
}

export interface EntryKeyHandlers {
  /** Enter in the last place of a sheet. */
  onEnd?: () => void;
  onRemoveRow?: (row: number) => void;
}

export function onEntryKey(event: KeyboardEvent<HTMLElement>, { onEnd, onRemoveRow }: EntryKeyHandlers): void {
  const from = event.target as HTMLElement;
  if (from.dataset['entry'] === undefined || event.nativeEvent.isComposing || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    const row = Number(from.dataset['at']?.split(':')[0]);
    if (event.key !== 'Delete' || onRemoveRow === undefined || Number.isNaN(row)) return;
    event.preventDefault();
    onRemoveRow(row);
    return;
  }
  if (event.key === 'Enter') {
    event.preventDefault();
    if (onEnd !== undefined && placesOf(from.closest('[data-sheet]')).at(-1) === from) {
      onEnd();
      return;
    }
    const places = placesOf(from.closest('[data-entry-area]'));
    focusPlace(places[places.indexOf(from) + 1]);
    return;
  }
  if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || from instanceof HTMLSelectElement) return;
  if (focusPlace(neighbour(from, event.key === 'ArrowDown' ? 1 : -1))) event.preventDefault();
}
