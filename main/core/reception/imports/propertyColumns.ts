// What only some tests ask about a sample stands in columns headed as the reception form labels it: 设计强度等级, 牌号,
// 公称直径. A choice may be written as it is shown or as it is stored.
import { listMethods } from '../../../../shared/methods/index.ts';
import type { Field, TestMethod } from '../../../../shared/methods/index.ts';
import { normalHeading } from './columns.ts';

/** Headings that people write for another one. */
const otherNames: Readonly<Record<string, string>> = { 公称尺寸: '公称边长' };

/** `150×150×150` and `150 mm` are a side of 150. */
const plainSize = (cell: string): string => /^(\d+(?:\.\d+)?)(\s*[×xX*]\s*\1){0,2}\s*(mm)?$/.exec(cell)?.[1] ?? cell;

const sameWords = (a: string, b: string): boolean => normalHeading(a) === normalHeading(b);

function valueOf(field: Field, cell: string): string {
  if (field.kind === 'decimal') return plainSize(cell);
  if (field.kind === 'text') return cell;
  const plain = plainSize(cell);
  const option =
    field.options.find(({ value, label }) => sameWords(value, cell) || sameWords(label, cell)) ??
    field.options.find(({ value }) => value === plain);
  return option?.value ?? cell;
}

/** Where each heading stands, under its usual name. */
export function propertyPlaces(headings: readonly string[]): Map<string, number> {
  return new Map(
    headings.map((heading, index) => {
      const plain = normalHeading(heading);
      return [otherNames[plain] ?? plain, index];
    }),
  );
}

export function propertiesOf(
  method: TestMethod,
  cells: readonly string[],
  places: ReadonlyMap<string, number>,
): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const field of method.fields.filter(({ at }) => at === 'reception')) {
    const place = places.get(normalHeading(field.label));
    const cell = place === undefined ? '' : (cells[place] ?? '').trim();
    if (cell !== '') properties[field.name] = valueOf(field, cell);
  }
  return properties;
}

/** The heading under which a property is written. */
export function propertyHeading(name: string): string {
  const fields = listMethods().flatMap((method) => method.fields);
  return fields.find((field) => field.name === name)?.label ?? name;
}

/** Columns of the template: what a method asks about its samples, with its usual answers. */
export function templateProperties(method: TestMethod): { heading: string; required: boolean; example: string }[] {
  return method.fields
    .filter(({ at }) => at === 'reception')
    .map((field) => ({
      heading: field.label,
      required: field.optional !== true,
      example: field.usual ?? '',
    }));
}
