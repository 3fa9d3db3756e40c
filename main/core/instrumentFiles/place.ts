// Where the values of a file go in a record: field, specimen, place, in the record's unit. The profile and the person say
// it; a value for which they do not, and a value that the record would refuse from a keyboard, goes nowhere.
import type { Field, TestMethod } from '../../../shared/methods/index.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { convert, type FileProfile, type FileValue } from '../../instruments/files/index.ts';
import { checkEntry, type Entry } from '../records/readings.ts';

export interface PlaceFacts {
  method: TestMethod;
  profile: FileProfile;
  /** Which reading a value is, where a person chose it. */
  fields: Readonly<Record<string, string>>;
  typedPeaks: boolean;
  now: Date;
}

export type Placed =
  | { value: FileValue; entry: Entry & { value: string }; field: Field; place: string; fault: null }
  | { value: FileValue; entry: null; field: Field | null; place: string; fault: string };

/** A clock of an instrument may run a little ahead of ours. */
const clockToleranceMs = 5 * 60_000;

export function placeValue(facts: PlaceFacts, value: FileValue): Placed {
  const { method, profile, fields } = facts;
  const column = profile.values.find(({ id }) => id === value.valueId);
  const name = column?.field ?? fields[value.valueId];
  const field = method.fields.find((candidate) => candidate.name === name && candidate.at === 'bench') ?? null;
  const nowhere = (fault: string): Placed => ({ value, entry: null, field, place: '', fault });
  if (name === undefined) return nowhere('还没有选择它是哪一项读数');
  if (field === null) return nowhere(`“${method.name}”没有读数 ${name}`);
  if (value.measuredAt !== null && Date.parse(value.measuredAt) > facts.now.getTime() + clockToleranceMs)
    return nowhere('文件写明的测量时间在将来，请核对仪器的时钟');
  const where = placeOf(field, value, profile);
  if (typeof where === 'string') return nowhere(where);
  const read = inRecordUnit(field, value);
  if (read === null) {
    const unit = field.kind === 'decimal' ? field.unit || '（无单位）' : '（不是数值）';
    return nowhere(`文件里是 ${value.unit || '（无单位）'}，“${field.label}”要 ${unit}，不能换算`);
  }
  const entry = { field: field.name, ...where, value: read };
  try {
    return { value, entry, field, place: checkEntry(method, entry, facts.typedPeaks), fault: null };
  } catch (cause) {
    if (cause instanceof AppError) return nowhere(cause.info.message);
    throw cause;
  }
}

/** Specimen and place, or why there is none. */
function placeOf(
  field: Field,
  { specimenNo, position, order }: FileValue,
  { specimen, long }: FileProfile,
): Pick<Entry, 'specimenNo' | 'position'> | string {
  const places = field.values === undefined ? 1 : field.values;
  if (position !== null) {
    if (field.values === undefined) return `文件里有多个数，“${field.label}”只有一个`;
    return { specimenNo: field.set === undefined ? null : (specimenNo ?? order), position };
  }
  if (field.set === undefined && field.values === undefined)
    return order === 1 ? { specimenNo: null, position: null } : `“${field.label}”整组只有一个读数，文件里有多行`;
  if (field.values === undefined) return { specimenNo: specimenNo ?? order, position: null };
  // Several readings of one place, a row for each: they follow each other, and a full place is followed by the next.
  if (specimen !== 'order' || long === undefined || typeof places !== 'number')
    return `“${field.label}”每处有多个读数，配置没有写明各在哪一列`;
  if (field.set === undefined)
    return order <= places
      ? { specimenNo: null, position: order }
      : `“${field.label}”只有 ${places} 个读数，文件里更多`;
  return { specimenNo: Math.ceil(order / places), position: ((order - 1) % places) + 1 };
}

function inRecordUnit(field: Field, { value, unit }: FileValue): string | null {
  if (field.kind !== 'decimal') return unit === '' ? value : null;
  return unit === field.unit ? value : convert(value, unit, field.unit);
}
