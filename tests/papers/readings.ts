// A sample's inputs as a person and a machine bring them: typed places, and the peaks of runs in kN.
import { Exact } from '../../shared/methods/index.ts';
import type { Field, TestMethod } from '../../shared/methods/index.ts';

export interface TypedEntry {
  field: string;
  specimenNo: number | null;
  position: number | null;
  value: string;
}

export interface Press {
  field: string;
  specimenNo: number;
  peakKn: string;
  /** Mean loading rate, kN/s. */
  rate: number;
}

type Inputs = Readonly<Record<string, unknown>>;

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

/** What is described at reception. */
export function propertiesOf(method: TestMethod, inputs: Inputs): Record<string, string> {
  const names = new Set(method.fields.filter(({ at }) => at === 'reception').map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, value]) =>
      names.has(name) && typeof value === 'string' ? [[name, value]] : [],
    ),
  );
}

/** What a person types at the bench, or reads off a curve, in the order of the method's fields. */
export function typedEntries(method: TestMethod, inputs: Inputs): TypedEntry[] {
  const typed = method.fields.filter(
    ({ at, source }) => at === 'bench' && (source === undefined || source === 'curve'),
  );
  return typed.flatMap((field) => {
    const value = inputs[field.name];
    if (value === undefined) return [];
    if (field.set === undefined) return placesOf(field, null, value);
    return listed(value).flatMap((place, index) => (place === null ? [] : placesOf(field, index + 1, place)));
  });
}

function placesOf(field: Field, specimenNo: number | null, value: unknown): TypedEntry[] {
  if (field.values === undefined) return [{ field: field.name, specimenNo, position: null, value: String(value) }];
  return listed(value).map((single, index) => ({
    field: field.name,
    specimenNo,
    position: index + 1,
    value: String(single),
  }));
}

/** What the testing machine brings, in the order in which the method's runs are made. */
export function presses(method: TestMethod, inputs: Inputs): Press[] {
  const properties = propertiesOf(method, inputs);
  return method.acquisitions.flatMap(({ field: name, rateWindow }) => {
    const field = method.fields.find((candidate) => candidate.name === name);
    const inNewtons = field?.kind === 'decimal' && field.unit === 'N';
    const window = rateWindow?.(properties) ?? null;
    return listed(inputs[name] ?? []).map((load, index) => {
      const peakKn = new Exact(String(load)).div(inNewtons ? 1000 : 1).toFixed(2);
      const rate = window ? (Number(window.min_kN_s) + Number(window.max_kN_s)) / 2 : Number(peakKn) / 40;
      return { field: name, specimenNo: index + 1, peakKn, rate };
    });
  });
}
