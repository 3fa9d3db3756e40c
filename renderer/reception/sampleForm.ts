// One line of the sample grid as typed. What the test asks about the sample beside the common fields stands in
// `properties`, by field name.
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { methodById } from '../../shared/methods/index.ts';
import type { Field, TestMethod } from '../../shared/methods/index.ts';

export interface SampleForm {
  rowId: string;
  sampleCode: string;
  itemCode: string;
  /** Codes of the parameters wanted; null for all of the item. */
  parameterCodes: string[] | null;
  name: string;
  /** Empty for the edition in force. */
  edition: string;
  properties: Record<string, string>;
  madeOn: string;
  madeAt: string;
  requiredAgeDays: string;
  sampledOn: string;
  structurePart: string;
  representedQuantity: string;
  maker: string;
  batchNo: string;
  state: string;
}
export type TextField = Exclude<keyof SampleForm, 'rowId' | 'parameterCodes' | 'properties'>;

export type Item = CollectionDocument<'items'>;

let rowCount = 0;
function newRowId(): string {
  rowCount += 1;
  return `${Date.now().toString(36)}-${rowCount}`;
}

export const methodOf = (items: readonly Item[], itemCode: string): TestMethod | null => {
  const id = items.find((item) => item.id === itemCode)?.methodId ?? null;
  return id === null ? null : methodById(id);
};

export const receptionFields = (method: TestMethod): Field[] => method.fields.filter(({ at }) => at === 'reception');

/** What usually stands in the line of a method. */
function usualOf(method: TestMethod): Pick<SampleForm, 'name' | 'requiredAgeDays' | 'properties'> {
  const usual = receptionFields(method).flatMap((field) =>
    field.usual === undefined ? [] : [[field.name, field.usual]],
  );
  const { timing } = method;
  return {
    name: method.sampleName,
    requiredAgeDays: timing.kind === 'age' ? String(timing.usualDays[0] ?? '') : '',
    properties: Object.fromEntries(usual) as Record<string, string>,
  };
}

export function emptySample(itemCode = '', method: TestMethod | null = null): SampleForm {
  return {
    rowId: newRowId(),
    sampleCode: '',
    itemCode,
    parameterCodes: null,
    edition: '',
    ...(method ? usualOf(method) : { name: '', requiredAgeDays: '', properties: {} }),
    madeOn: '',
    madeAt: '',
    sampledOn: '',
    structurePart: '',
    representedQuantity: '',
    maker: '',
    batchNo: '',
    state: '外观完好，无异常',
  };
}

/** Another test of the same line: what both ask stays, the rest is what is usual. */
export function withItem(sample: SampleForm, itemCode: string, method: TestMethod | null): SampleForm {
  if (method === null) return { ...sample, itemCode, parameterCodes: null };
  const usual = usualOf(method);
  const names = receptionFields(method).map(({ name }) => name);
  const kept = Object.fromEntries(Object.entries(sample.properties).filter(([name]) => names.includes(name)));
  return {
    ...sample,
    itemCode,
    parameterCodes: null,
    edition: '',
    name: usual.name,
    requiredAgeDays: usual.requiredAgeDays,
    properties: { ...usual.properties, ...kept },
  };
}

/** A further sample like the one above it; what is unique to a sample starts empty. */
export function copySample(sample: SampleForm): SampleForm {
  return { ...sample, properties: { ...sample.properties }, rowId: newRowId(), sampleCode: '' };
}

/** A stored line in today's shape; lines of cubes from before had fields of their own. */
export function acceptSample(stored: unknown): SampleForm {
  const row = emptySample();
  if (typeof stored !== 'object' || stored === null) return row;
  const from = stored as Record<string, unknown>;
  for (const name of Object.keys(row) as (keyof SampleForm)[]) {
    const value = from[name];
    if (name !== 'rowId' && name !== 'parameterCodes' && name !== 'properties' && typeof value === 'string')
      row[name] = value;
  }
  if (Array.isArray(from['parameterCodes'])) row.parameterCodes = from['parameterCodes'].map(String);
  const before = { designGrade: from['grade'], side_mm: from['sideMm'], curing: from['curing'] };
  for (const [name, value] of Object.entries({ ...before, ...(from['properties'] as object | undefined) }))
    if (typeof value === 'string') row.properties[name] = value;
  return row;
}

/** What was typed for a choice, as the option it means: `30` is C30 where only that one ends so. */
export function settleChoice(field: Field, typed: string): string {
  if (field.kind !== 'choice') return typed;
  const plain = typed.trim().toUpperCase();
  const same = field.options.find(({ value, label }) => value.toUpperCase() === plain || label.toUpperCase() === plain);
  if (same !== undefined || plain === '') return same?.value ?? '';
  const ending = field.options.filter(({ value }) => value.toUpperCase().endsWith(plain));
  const shortest = ending.filter(({ value }) => value.replace(/^\D+/u, '').toUpperCase() === plain);
  const [only] = shortest.length > 0 ? shortest : ending;
  return only !== undefined && (shortest.length === 1 || ending.length === 1) ? only.value : typed.trim();
}
