// Forms and profiles: what a person chose is what is sent, and a profile that came as a file comes back whole.
import { expect, test } from 'vitest';
import { emptyTyped, put, type Field, type Typed } from './profileFields.ts';
import { profileForms } from './profileForms.ts';
import { fromProfile, keptParts, toProfile, typedOfShape } from './profileText.ts';

const press = {
  id: 'press',
  title: '2000 kN 压力机',
  separator: ';',
  decimal: ',',
  terminator: 'CRLF',
  headerLines: 1,
  range_kN: '2000',
  columns: [
    { role: 'seq' },
    { role: 'time', unit: 'ms' },
    { role: 'load', unit: 'N' },
    { role: 'ignore' },
    { role: 'extension', unit: 'um' },
  ],
};
const frame = {
  title: 'XK3190',
  start: '02',
  end: '03',
  length: 12,
  value: { encoding: 'ascii', offset: 2, size: 6, order: 'forward', decimals: 2 },
  sign: { kind: 'byte', offset: 1, negative: '2d', positive: '2b' },
  unit: 'kg',
  quantity: 'reading',
  checksum: { kind: 'xor', from: 1, to: 8, at: 9, form: 'hex' },
  repeat: 1,
  range: '3000',
};
const value = { name: 'temperature', function: 4, register: 1, type: 'int16', scale: '0.1', unit: '℃', plausible: { min: '-40', max: '80' } }; // prettier-ignore
const meter = { slave: 3, everyMs: 500, values: [value, { ...value, name: 'load', type: 'float32', order: 'CDAB' }] };

test.each([
  ['line-profile', press],
  ['frame-profile', frame],
  ['modbus', meter],
])('%s: from a profile into the form and back', (driverId, profile) => {
  const again = toProfile(driverId, fromProfile(driverId, profile));
  expect(again).toEqual({ ...profile, id: driverId });
});

test('what a profile has beside the fields of the form goes on as it came; names of people do not', () => {
  const overload = { offset: 1, mask: '02', equals: '02' };
  const typed = fromProfile('frame-profile', { ...frame, overload, confirmedBy: '别人' });
  expect(keptParts(typed)).toEqual(['overload']);
  const again = toProfile('frame-profile', typed);
  expect(again).toMatchObject({ overload });
  expect(again).not.toHaveProperty('confirmedBy');
  expect(JSON.parse(JSON.stringify(fromProfile('line-profile', { ...press, maxLineLength: 64 })))).toBeTruthy();
  expect(toProfile('line-profile', fromProfile('line-profile', { ...press, maxLineLength: 64 }))).toMatchObject({ maxLineLength: 64 }); // prettier-ignore
});

test('what a field shows is meant; an empty text is no value; a wrong number is sent as it is', () => {
  expect(toProfile('xk3190-reversed', {})).toEqual({ unit: 'kg', orientation: 'reversed', length: 7 });
  expect(toProfile('xk3190-reversed', { length: '' })).toEqual({ unit: 'kg', orientation: 'reversed' });
  expect(toProfile('jianyi', { replyLength: ' ', range_kN: '300' })).toEqual({ range_kN: '300' });
  expect(toProfile('jianyi', { replyLength: '八', range_kN: '' })).toEqual({ replyLength: '八' });
  expect(toProfile('mt-sics', {})).toBeNull();
});

test('what is not shown is not sent', () => {
  let typed: Typed = fromProfile('frame-profile', frame);
  typed = put(typed, 'sign.kind', 'inside');
  typed = put(typed, 'checksum.kind', 'none');
  expect(toProfile('frame-profile', typed)).toMatchObject({ sign: { kind: 'inside' }, checksum: { kind: 'none' } });
  expect(toProfile('frame-profile', typed)?.['sign']).toEqual({ kind: 'inside' });
});

test('the shape that a probe saw waits for its meanings', () => {
  const typed = typedOfShape({ separator: 'tab', decimal: ',', columns: 3 });
  expect(toProfile('line-profile', typed)).toMatchObject({
    separator: 'tab',
    decimal: ',',
    columns: [{ role: 'ignore' }, { role: 'ignore' }, { role: 'ignore' }],
  });
});

test('no field of a form is named twice at a time', () => {
  const clash = (fields: readonly Field[]): string[] => {
    const typed = emptyTyped(fields);
    const paths = fields.filter((field) => field.when?.(typed, typed) ?? true).map(({ path }) => path);
    return paths.filter((path, index) => paths.indexOf(path) !== index);
  };
  for (const fields of Object.values(profileForms)) {
    expect(clash(fields)).toEqual([]);
    for (const field of fields) if (field.row) expect(clash(field.row)).toEqual([]);
  }
});
