// Between the driver's profile (JSON) and the text of a form.
import { at, emptyTyped, isShown, put, withInitials, type Field, type Typed } from './profileFields.ts';
import { profileForms } from './profileForms.ts';

/** Profiles that carry a name of their own. */
const named = new Set(['line-profile', 'frame-profile', 'modbus']);

type Plain = Record<string, unknown>;

/** Parts of an imported profile that no field shows: they go on as they came. */
const keptName = '(kept)';

export const keptParts = (typed: Typed): string[] =>
  typeof typed[keptName] === 'string' ? Object.keys(JSON.parse(typed[keptName]) as Plain) : [];

function set(target: Plain, path: string, value: unknown): void {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) target[name] = value;
  else {
    target[name] ??= {};
    set(target[name] as Plain, rest.join('.'), value);
  }
}

/** An empty text is no value; a text that is no whole number is sent as it is, so that the refusal names the field. */
function plainOf(field: Field, value: string): unknown {
  if (field.kind === 'check') return value === 'true';
  const isNumber = field.kind === 'number' || field.numeric === true;
  return isNumber && /^\d{1,7}$/.test(value.trim()) ? Number(value.trim()) : value.trim();
}

/** The fields of a row that count, first those that others depend on. */
const shownOf = (field: Field, typed: Typed, row: Typed): Field[] => {
  const fields = field.row ?? [];
  const whole = withInitials(
    fields.filter((each) => each.when === undefined),
    row,
  );
  return fields.filter((each) => isShown(each, typed, whole));
};

function build(fields: readonly Field[], typed: Typed, row: Typed): Plain {
  const result: Plain = {};
  for (const field of fields) {
    if (!isShown(field, typed, row)) continue;
    const value = at(row, field.path);
    if (field.kind === 'rows') {
      set(
        result,
        field.path,
        (Array.isArray(value) ? value : []).map((each) =>
          build(field.row ?? [], typed, withInitials(shownOf(field, typed, each), each)),
        ),
      );
    } else if (typeof value === 'string' && value.trim() !== '') set(result, field.path, plainOf(field, value));
  }
  return result;
}

/** The profile as the driver reads it; null for a driver without one. */
export function toProfile(driverId: string, typed: Typed): Plain | null {
  const fields = profileForms[driverId];
  if (!fields) return null;
  const whole = withInitials(fields, typed);
  const profile = build(fields, whole, whole);
  const kept = typeof typed[keptName] === 'string' ? (JSON.parse(typed[keptName]) as Plain) : {};
  return { ...(named.has(driverId) ? { id: driverId } : {}), ...kept, ...profile };
}

/** A profile (imported, or kept with a machine) as text to edit. */
export function fromProfile(driverId: string, profile: unknown): Typed {
  const fields = profileForms[driverId] ?? [];
  const read = (list: readonly Field[], source: unknown): Typed => {
    let typed = emptyTyped(list);
    for (const field of list) {
      let value: unknown = source;
      for (const name of field.path.split('.')) value = (value as Plain | undefined | null)?.[name];
      if (value === undefined || value === null) continue;
      if (field.kind === 'rows') {
        typed = put(typed, field.path, Array.isArray(value) ? value.map((each) => read(field.row ?? [], each)) : []);
      } else if (typeof value === 'object') {
        // Bytes that were read and written again.
        typed = put(typed, field.path, Array.isArray(value) ? value.map((byte) => Number(byte).toString(16).padStart(2, '0')).join(' ') : ''); // prettier-ignore
      } else typed = put(typed, field.path, typeof value === 'string' ? value : JSON.stringify(value));
    }
    return typed;
  };
  const shown = new Set([...fields.map((field) => field.path.split('.')[0]), 'id', 'confirmedBy']);
  const rest = Object.entries((profile ?? {}) as Plain).filter(([name]) => !shown.has(name));
  const typed = read(fields, profile);
  return rest.length === 0 ? typed : { ...typed, [keptName]: JSON.stringify(Object.fromEntries(rest)) };
}

/** Columns that a probe has seen: every cell that is a number waits for a meaning. */
export function typedOfShape(shape: { separator: string; decimal: string; columns: number }): Typed {
  const typed = emptyTyped(profileForms['line-profile'] ?? []);
  const columns = Array.from({ length: shape.columns }, (): Typed => ({ role: 'ignore' }));
  return { ...typed, separator: shape.separator, decimal: shape.decimal, columns };
}
