// A form that is data: its fields, and the text a person has typed into them. Typed text stays text until it is sent.
export type Typed = { [name: string]: string | Typed | Typed[] };

export interface Field {
  kind: 'text' | 'number' | 'check' | 'choice' | 'rows';
  path: string;
  label: string;
  hint?: string;
  /** An empty field is left out of the profile; without it the driver will ask for it. */
  options?: readonly (readonly [value: string, label: string])[];
  initial?: string;
  /** Choice of numbers, e.g. 3 or 4. */
  numeric?: boolean;
  row?: readonly Field[];
  addLabel?: string;
  when?: (typed: Typed, row: Typed) => boolean;
}

export function at(typed: Typed, path: string): string | Typed | Typed[] | undefined {
  let here: string | Typed | Typed[] | undefined = typed;
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || Array.isArray(here)) return undefined;
    here = here[name];
  }
  return here;
}

export function put(typed: Typed, path: string, value: string | Typed[]): Typed {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...typed, [name]: value };
  const inner = typed[name];
  return {
    ...typed,
    [name]: put(typeof inner === 'object' && !Array.isArray(inner) ? inner : {}, rest.join('.'), value),
  };
}

export const isShown = (field: Field, typed: Typed, row: Typed = typed): boolean => field.when?.(typed, row) ?? true;

/** What a field shows without having been touched is meant; a field that was emptied stays empty. */
export function withInitials(fields: readonly Field[], given: Typed): Typed {
  let typed = given;
  for (const field of fields) {
    if (at(typed, field.path) !== undefined) continue;
    if (field.kind === 'rows') typed = put(typed, field.path, []);
    else if (field.initial !== undefined) typed = put(typed, field.path, field.initial);
  }
  return typed;
}

/** What a form begins with. */
export const emptyTyped = (fields: readonly Field[]): Typed => withInitials(fields, {});

export const emptyRow = (fields: readonly Field[]): Typed =>
  emptyTyped(fields.filter((field) => isShown(field, {}, {})));

export function textAt(typed: Typed, path: string, otherwise = ''): string {
  const value = at(typed, path);
  return typeof value === 'string' ? value : otherwise;
}
