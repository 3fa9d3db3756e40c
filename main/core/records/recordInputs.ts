// What a method computes from: the sample's properties, the peaks and rates of the runs that count, what was typed, the
// machine's range and the age. Says in words what is still to be read; nothing is filled in for a missing value.
import type { Sample } from '../../../shared/entities/commission.ts';
import type { Reading, Run } from '../../../shared/entities/record.ts';
import type { Field, TestMethod } from '../../../shared/methods/index.ts';
import {
  Exact,
  fieldNamed,
  insteadOf,
  isAskedOf,
  peakInUnit,
  specimenLabel,
  specimensOfSet,
} from '../../../shared/methods/index.ts';
import { acquiredReadings, validRunOf } from './runRows.ts';

export interface InputFacts {
  method: TestMethod;
  sample: Pick<Sample, 'properties'>;
  runs: readonly Run[];
  readings: readonly Reading[];
  /** The method's own codes of the parameters asked for. */
  parameters: readonly string[];
  ageDays: number | null;
  /** Range of the machine, kN. */
  machineRange: string | null;
}

export interface RecordInputs {
  inputs: Record<string, unknown>;
  /** What is still to be read. */
  open: string[];
}

/** Number of specimens of a set: what a machine ran counts as what was typed. */
export function countOf(
  { method, sample, runs, readings }: Pick<InputFacts, 'method' | 'sample' | 'runs' | 'readings'>,
  setId: string,
): number {
  const set = method.sets.find(({ id }) => id === setId);
  if (set === undefined) return 0;
  return specimensOfSet(method, set, sample.properties, [...acquiredReadings({ method, runs }), ...readings]);
}

function typedAt(facts: InputFacts, field: Field, specimenNo: number | null): unknown {
  const own = facts.readings.filter(
    (reading) => reading.current && reading.field === field.name && reading.specimenNo === specimenNo,
  );
  if (field.values === undefined) return own.find(({ value }) => value !== null)?.value ?? null;
  const values = own.filter(({ value }) => value !== null).sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const least = typeof field.values === 'number' ? field.values : field.values.min;
  return values.length < least ? null : values.map(({ value }) => value);
}

/** What the curve of the run that counts says; a value that a person typed instead stands before it. */
function ofCurve({ method, runs }: InputFacts, field: Field, specimenNo: number | null): string | null {
  const found = acquiredReadings({ method, runs }).findLast(
    (reading) => reading.current && reading.field === field.name && reading.specimenNo === specimenNo,
  );
  return found?.value ?? null;
}

function valueAt(facts: InputFacts, field: Field, specimenNo: number | null): unknown {
  const { method, runs } = facts;
  if (field.source === 'age') return facts.ageDays === null ? null : String(facts.ageDays);
  if (field.source === 'range') return facts.machineRange;
  if (field.source === 'gauge' || field.source === 'gaugeClass') return ofExtensometer(facts, field, specimenNo);
  // What stands in for another reading is what the curve says, and nothing else.
  if (field.insteadOf !== undefined) return ofCurve(facts, field, specimenNo);
  if (field.source === 'curve') return typedAt(facts, field, specimenNo) ?? ofCurve(facts, field, specimenNo);
  const acquisition = method.acquisitions.find(({ field: name, rateField }) =>
    field.source === 'rate' ? rateField === field.name : name === field.name,
  );
  const run =
    acquisition === undefined || specimenNo === null
      ? undefined
      : validRunOf(method, runs, specimenNo, acquisition.field);
  if (field.source === 'rate') {
    const rate = run?.loadingRateKnPerS ?? null;
    return rate !== null && new Exact(rate).greaterThan(0) ? rate : null;
  }
  if (field.source === 'peak' && run?.peakKn != null) return peakInUnit(run.peakKn, field);
  return typedAt(facts, field, specimenNo);
}

/** Of the extensometer that was on the specimen in the run that counts. */
function ofExtensometer({ method, runs }: InputFacts, field: Field, specimenNo: number | null): string | null {
  const acquisition = method.acquisitions.find(({ curve }) => curve !== undefined);
  if (acquisition === undefined || specimenNo === null) return null;
  const one = validRunOf(method, runs, specimenNo, acquisition.field)?.extensometer ?? null;
  return one === null ? null : field.source === 'gauge' ? one.gaugeMm : one.accuracyClass;
}

/** Whether the curve gave what stands in the place of a reading. One that is read once for all, where it did for each. */
function isReplaced(facts: InputFacts, field: Field, specimenNo: number | null): boolean {
  const { method } = facts;
  return insteadOf(method.fields, field.name).some((other) => {
    if (specimenNo !== null) return valueAt(facts, other, specimenNo) !== null;
    if (other.set === undefined) return valueAt(facts, other, null) !== null;
    const partners = (other.insteadOf ?? []).flatMap((name) => fieldNamed(method, name) ?? []);
    return Array.from({ length: countOf(facts, other.set) }, (_, index) => index + 1).every(
      (no) =>
        valueAt(facts, other, no) !== null &&
        partners.every((partner) => partner.set === undefined || valueAt(facts, partner, no) === null),
    );
  });
}

export function recordInputs(facts: InputFacts): RecordInputs {
  const inputs: Record<string, unknown> = {};
  const open: string[] = [];
  for (const field of facts.method.fields) {
    if (field.at === 'reception') {
      const value = facts.sample.properties[field.name];
      if (value !== undefined) inputs[field.name] = value;
      continue;
    }
    const wanted = field.optional !== true && isAskedOf(facts.parameters, field.parameters);
    if (field.set === undefined) {
      const value = valueAt(facts, field, null);
      if (value !== null) inputs[field.name] = value;
      else if (wanted && !isReplaced(facts, field, null)) open.push(field.label);
      continue;
    }
    const count = countOf(facts, field.set);
    const values = Array.from({ length: count }, (_, index) => valueAt(facts, field, index + 1));
    const begun = values.some((value) => value !== null);
    const missing = values.flatMap((value, index) =>
      value === null && !isReplaced(facts, field, index + 1) ? [index + 1] : [],
    );
    const mayLack = field.sparse === true && insteadOf(facts.method.fields, field.name).length === 0;
    // Each place of it is taken by what stands in for it.
    if (missing.length === 0 && !begun && count > 0) continue;
    if (missing.length === 0 || (begun && mayLack)) inputs[field.name] = values;
    else if (wanted || (begun && (field.source === undefined || field.source === 'curve'))) {
      const which = missing.length === count ? ` ${count} 个` : `第 ${missing.join('、')} 个`;
      open.push(`${field.label}（${specimenLabel(facts.method, field.name)}${which}）`);
    }
  }
  return { inputs, open };
}
