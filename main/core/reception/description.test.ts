// What reception asks about a sample is the method's to say; here every rule of it, at its edges.
import { expect, test } from 'vitest';
import type { SampleInput } from '../../../shared/entities/commission.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { exampleSample } from '../training/example.ts';
import { descriptionProblems, editionFor, tasksOf } from './description.ts';

const TODAY = '2026-05-20';
/** A catalogue of the training kind: the item's parameters carry the method's own codes. */
const reader = (methodId: string) => {
  const method = methodById(methodId);
  const row = {
    itemCode: method.itemCode,
    name: method.name,
    methodsJson: '[]',
    parametersJson: JSON.stringify(method.parameters.map(({ code, name, unit }) => ({ code, name, unit }))),
  };
  return { get: () => row } as unknown as Parameters<typeof descriptionProblems>[0];
};
const problems = (methodId: string, sample: Partial<SampleInput>, today = TODAY) => {
  const method = methodById(methodId);
  const whole = {
    ...exampleSample(),
    itemCode: method.itemCode ?? '',
    parameterCodes: method.parameters.map(({ code }) => code),
    properties: {},
    ...sample,
  };
  return descriptionProblems(reader(methodId), method, whole, today);
};
const fields = (...given: Parameters<typeof problems>): string[] => problems(...given).map(({ field }) => field);

const cube = {
  properties: { designGrade: 'C30', side_mm: '150', curing: '标准养护' },
  madeOn: '2026-04-22',
  requiredAgeDays: 28,
};
const bar = { grade: 'HRB400E', nominalDiameter_mm: '25', round: 'initial' };

test('a whole description has no problem', () => {
  expect(problems('concrete-cube', cube)).toEqual([]);
  expect(problems('rebar-ribbed', { properties: bar })).toEqual([]);
});

test('what is missing, unknown or foreign is named by its path and its clause', () => {
  expect(fields('rebar-ribbed', { properties: { round: 'initial' } })).toEqual([
    'properties.grade',
    'properties.nominalDiameter_mm',
  ]);
  const [wrong] = problems('rebar-ribbed', { properties: { ...bar, grade: 'HRB335' } });
  expect(wrong).toMatchObject({ field: 'properties.grade', rule: expect.stringContaining('GB') });
  expect(problems('rebar-ribbed', { properties: { ...bar, curing: '标准养护' } })).toEqual([
    { field: 'properties.curing', message: '“热轧带肋钢筋”没有属性 curing' },
  ]);
});

test('an optional property is checked where it is given', () => {
  expect(fields('rebar-ribbed', { properties: { ...bar, seismicByDesign: 'maybe' } })).toEqual([
    'properties.seismicByDesign',
  ]);
});

test('an edition that the method does not have is refused with those it has', () => {
  const [problem] = problems('rebar-ribbed', { properties: bar, edition: 'GB 1499.2-1998' });
  expect(problem).toMatchObject({ field: 'edition', rule: expect.stringContaining('GB 1499.2-2024') });
  expect(problems('rebar-ribbed', { properties: bar, edition: 'GB/T 1499.2-2018' })).toEqual([]);
});

test('the edition is the one named, else the one in force on the day', () => {
  const rebar = methodById('rebar-ribbed');
  expect(editionFor(rebar, undefined, TODAY).id).toBe('GB 1499.2-2024');
  expect(editionFor(rebar, 'GB/T 1499.2-2018', TODAY).id).toBe('GB/T 1499.2-2018');
  const old = rebar.editions.find(({ id }) => id === 'GB/T 1499.2-2018');
  expect(editionFor(rebar, undefined, old?.inForceUntil ?? '').id).toBe('GB/T 1499.2-2018');
});

test('specimens of an age need the day they were made and an age that is not yet past', () => {
  expect(fields('concrete-cube', { ...cube, madeOn: undefined })).toEqual(['madeOn']);
  expect(fields('concrete-cube', { ...cube, requiredAgeDays: undefined })).toEqual(['requiredAgeDays']);
  // Due yesterday still goes; the gate decides by the tolerance of the age.
  expect(fields('concrete-cube', { ...cube, madeOn: '2026-04-21' })).toEqual([]);
  expect(fields('concrete-cube', { ...cube, madeOn: '2026-04-20' })).toEqual(['requiredAgeDays']);
});

test('cement is received while its last age can still be tested, and makes a task for each age', () => {
  const properties = { kind: 'P·O', grade: '42.5' };
  expect(fields('cement-strength', { properties, madeOn: undefined })).toEqual(['madeOn']);
  expect(fields('cement-strength', { properties, madeOn: '2026-04-21' })).toEqual([]);
  expect(fields('cement-strength', { properties, madeOn: '2026-04-20' })).toEqual(['madeOn']);
  expect(tasksOf(methodById('cement-strength'), { madeOn: '2026-05-18' }, TODAY)).toEqual([
    { ageDays: 3, dueOn: '2026-05-21' },
    { ageDays: 28, dueOn: '2026-06-15' },
  ]);
});

test('a test without an age is due some days after reception, one with an age on its day', () => {
  expect(tasksOf(methodById('rebar-ribbed'), {}, TODAY)).toEqual([{ ageDays: null, dueOn: '2026-05-23' }]);
  expect(tasksOf(methodById('concrete-cube'), { madeOn: '2026-05-01', requiredAgeDays: 28 }, TODAY)).toEqual([
    { ageDays: null, dueOn: '2026-05-29' },
  ]);
});
