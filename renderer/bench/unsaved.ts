// What stands in a cell and is not on disk: refused, or left before it was whole. It is kept while the program runs, so
// that another sample may be scanned in between and nothing that was typed is lost.
const texts = new Map<string, string>();

export const unsavedText = (place: string): string | undefined => texts.get(place);

/** `null`: what stands there is saved. */
export function keepUnsaved(place: string, text: string | null): void {
  if (text === null) texts.delete(place);
  else texts.set(place, text);
}
