// Which places of a record a person types, set by set: what the machine delivers and what the program knows is left out.
import type { TestRecord } from '../../shared/entities/record.ts';
import type { Field, SpecimenSet } from '../../shared/methods/index.ts';
import { countRange, isAskedOf, methodById } from '../../shared/methods/index.ts';

export interface EntryGroup {
  /** Null for what is read once for the whole sample. */
  set: SpecimenSet | null;
  fields: Field[];
  /** Specimens now on the screen; one more may be begun where the set is open. */
  specimens: number[];
  mayGrow: boolean;
}

const isTyped = (record: TestRecord, field: Field): boolean =>
  field.at === 'bench' &&
  (field.source === undefined || (field.source === 'peak' && record.typedPeaks)) &&
  isAskedOf(record.parameters, field.parameters);

function specimensOf(record: TestRecord, set: SpecimenSet, fields: readonly Field[], extra: number): number[] {
  const { min, max } = countRange(set);
  const names = new Set(fields.map(({ name }) => name));
  const read = record.readings.filter(({ field, current, value }) => current && value !== null && names.has(field));
  const last = Math.max(0, ...read.map(({ specimenNo }) => specimenNo ?? 0));
  const usual = typeof set.count === 'number' ? set.count : last === 0 ? set.count.usual : last;
  return Array.from({ length: Math.min(max, Math.max(min, usual) + extra) }, (_, index) => index + 1);
}

/** Groups of places to type; `optional` ones are those that a record may do without. */
export function entryPlan(
  record: TestRecord,
  extra: Readonly<Record<string, number>>,
): { required: EntryGroup[]; optional: EntryGroup[] } {
  const { fields, sets } = methodById(record.methodId);
  const typed = fields.filter((field) => isTyped(record, field));
  const groupsOf = (own: readonly Field[]): EntryGroup[] =>
    [null, ...sets].flatMap((set) => {
      const ofSet = own.filter((field) => (field.set ?? null) === (set?.id ?? null));
      if (ofSet.length === 0) return [];
      const all = fields.filter((field) => field.set === set?.id);
      return [
        {
          set,
          fields: ofSet,
          specimens: set === null ? [] : specimensOf(record, set, all, extra[set.id] ?? 0),
          mayGrow: set !== null && typeof set.count !== 'number',
        },
      ];
    });
  return {
    required: groupsOf(typed.filter((field) => field.optional !== true)),
    optional: groupsOf(typed.filter((field) => field.optional === true)),
  };
}

/** Places of one cell: 1, 2 … for a field of several values, else none. */
export function positionsOf(field: Field, filled: number): (number | null)[] {
  if (field.values === undefined) return [null];
  const count =
    typeof field.values === 'number'
      ? field.values
      : Math.min(field.values.max, Math.max(field.values.min, filled + 1));
  return Array.from({ length: count }, (_, index) => index + 1);
}
