// Where a key leads in the sheet of readings. Enter follows the work: specimen by specimen, reading after reading,
// however the table lies. The arrows follow the picture.
type Place = HTMLInputElement | HTMLSelectElement;

const places = (area: Element | null): Place[] => [
  ...(area?.querySelectorAll<Place>('[data-entry]:not(:disabled)') ?? []),
];
/** A folded part is not on the screen; its places are passed over. */
const isOpen = (place: Place): boolean => place.closest('details:not([open])') === null;

function orderOf(place: Place): number[] {
  return (place.dataset['entry'] ?? '').split('.').map(Number);
}

function compare(one: Place, other: Place): number {
  const [a, b] = [orderOf(one), orderOf(other)];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

function focusOn(place: Place | undefined): boolean {
  if (place === undefined) return false;
  place.focus();
  if (place instanceof HTMLInputElement) place.select();
  return true;
}

/** The next place in the order of the work; after the last one what the record still wants, its environment. */
export function goOn(from: Place): boolean {
  const all = places(from.closest('[data-entry-area]')).filter(isOpen).sort(compare);
  const after = document.querySelector<HTMLInputElement>('[data-after-entries]:not(:disabled)') ?? undefined;
  return focusOn(all[all.indexOf(from) + 1] ?? after);
}

/** The first place in the order of the work that is empty; answers whether there was one. */
export function toFirstEmpty(area: Element | null): boolean {
  const all = places(area).filter(isOpen).sort(compare);
  return focusOn(all.find(({ value }) => value === ''));
}

/** The place above or below: the same column of the next line, else the next in reading order. */
export function goDown(from: Place, by: 1 | -1): boolean {
  const cell = from.closest('td');
  const row = from.closest('tr');
  const lines = [...(row?.parentElement?.children ?? [])];
  const line = row === null ? undefined : lines[lines.indexOf(row) + by];
  if (cell !== null && line instanceof HTMLTableRowElement) {
    const within = places(cell).indexOf(from);
    const there = places(line.cells[cell.cellIndex] ?? null);
    if (focusOn(there[Math.min(within, there.length - 1)])) return true;
  }
  const all = places(from.closest('[data-entry-area]')).filter(isOpen);
  return focusOn(all[all.indexOf(from) + by]);
}

/** The place beside, when the text ends there. */
export function goBeside(from: Place, by: 1 | -1): boolean {
  const all = places(from.closest('tr')?.querySelector('[data-entry]') ? from.closest('tr') : null);
  return focusOn(all[all.indexOf(from) + by]);
}

/** True when an arrow key would leave the text of the field. */
export function atEdge(field: HTMLInputElement, by: 1 | -1): boolean {
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const edge = by === 1 ? field.value.length : 0;
  return whole || (field.selectionStart === edge && field.selectionEnd === edge);
}
