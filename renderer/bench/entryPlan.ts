// Which places of a record a person types, set by set: what the machine delivers and what the program knows is left out.
import type { TestRecord } from '../../shared/entities/record.ts';
import type { Field, SpecimenSet, TestMethod } from '../../shared/methods/index.ts';
import { countRange, isAskedOf, methodById, specimensOfSet, usualOfSet } from '../../shared/methods/index.ts';

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
  // What stands in for another reading comes of the curve alone.
  field.insteadOf === undefined &&
  (field.source === undefined || field.source === 'curve' || (field.source === 'peak' && record.typedPeaks)) &&
  isAskedOf(record.parameters, field.parameters);

function specimensOf(record: TestRecord, method: TestMethod, set: SpecimenSet, extra: number): number[] {
  const { properties } = record.sample;
  const read = specimensOfSet(method, set, properties, record.readings);
  // The first value must not take the other empty lines away from under the hands of the person who types.
  const count = record.state === 'testing' ? Math.max(read, usualOfSet(set, properties)) : read;
  return Array.from({ length: Math.min(countRange(set).max, count + extra) }, (_, index) => index + 1);
}

/** Groups of places to type; `optional` ones are those that a record may do without. */
export function entryPlan(
  record: TestRecord,
  extra: Readonly<Record<string, number>>,
): { required: EntryGroup[]; optional: EntryGroup[] } {
  const method = methodById(record.methodId);
  const typed = method.fields.filter((field) => isTyped(record, field));
  const groupsOf = (own: readonly Field[]): EntryGroup[] =>
    [null, ...method.sets].flatMap((set) => {
      const ofSet = own.filter((field) => (field.set ?? null) === (set?.id ?? null));
      if (ofSet.length === 0) return [];
      return [
        {
          set,
          fields: ofSet,
          specimens: set === null ? [] : specimensOf(record, method, set, extra[set.id] ?? 0),
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
