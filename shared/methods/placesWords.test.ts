// Where a reading belongs and how it is said: field of a run, name of a specimen, a peak in the unit of its field, the words
// of a choice, and the description of a sample.
import { describe, expect, test } from 'vitest';
import { choice, decimal, text } from './field.ts';
import { describeProperties, fieldNamed, fieldOfRun, peakInUnit, shownValue, specimenLabel } from './places.ts';

const common = { clause: '4.1', instrument: '委托单' } as const;
const force = (unit: string) =>
  decimal({ ...common, name: 'loads', label: '荷载', at: 'bench', set: 'bar', unit, resolution: '1', max: '9', maxReason: '' }); // prettier-ignore
const state = choice({
  ...common,
  name: 'state',
  label: '粘贴方式',
  at: 'reception',
  options: [{ value: 'site', label: '现场粘贴' }],
});
const side = (unit: string) => ({ ...force(unit), name: 'side', label: '边长', at: 'reception' }) as const;
const note = text({ ...common, name: 'note', label: '备注', at: 'bench', maxLength: 9 });
const method = {
  fields: [side('mm'), state, force('kN'), note],
  sets: [{ id: 'bar', label: '接头', count: 3 }],
  acquisitions: [{ field: 'loads' }, { field: 'bend' }],
};

test('a run that names no field is of the first one; without any it is of none', () => {
  expect(fieldOfRun(method, { field: null })).toBe('loads');
  expect(fieldOfRun(method, { field: 'bend' })).toBe('bend');
  expect(fieldOfRun({ acquisitions: [] }, { field: null })).toBe('');
});

test('a specimen is called as its set; a field of no set speaks of 试件', () => {
  expect(fieldNamed(method, 'loads')?.label).toBe('荷载');
  expect(fieldNamed(method, 'Loads')).toBeUndefined();
  expect(['loads', 'state', 'nothing'].map((name) => specimenLabel(method, name))).toEqual(['接头', '试件', '试件']);
});

test('a peak of 2.5 kN is 2500 N for a field in N, and 2.5 elsewhere', () => {
  expect([force('N'), force('kN'), state, undefined].map((field) => peakInUnit('2.5', field))).toEqual([
    '2500',
    '2.5',
    '2.5',
    '2.5',
  ]);
});

describe('a value in words', () => {
  test('is the label of its option, or itself', () => {
    expect(shownValue(state, 'site')).toBe('现场粘贴');
    expect(shownValue(state, 'factory')).toBe('factory');
    expect(shownValue(force('kN'), '5')).toBe('5');
    expect(shownValue(undefined, '5')).toBe('5');
  });

  test('a sample is described by what was given at reception, in the order of the form, with units', () => {
    expect(describeProperties(method, { state: 'site', side: '100', note: '裂', loads: '7' })).toEqual([
      ['边长', '100 mm'],
      ['粘贴方式', '现场粘贴'],
    ]);
    expect(describeProperties({ fields: [side('')] }, { side: '1' })).toEqual([['边长', '1']]);
    expect(describeProperties(method, {})).toEqual([]);
  });
});
