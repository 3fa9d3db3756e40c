import { expect, test } from 'vitest';
import { methodById } from '../../shared/methods/index.ts';
import { acceptDraft, emptyForm, problemsOf, toInput, type CommissionForm } from './form.ts';
import { copySample, emptySample, settleChoice, withItem, type Item } from './sampleForm.ts';

const item = (id: string, methodId: string, parameters: string[]): Item => ({
  id,
  seq: 1,
  name: id,
  parameters: parameters.map((code) => ({ code, name: code, unit: '' })),
  methods: [],
  acquisition: 'required',
  inScope: true,
  methodId,
});
const items = [item('HNT-KY', 'concrete-cube', ['KY']), item('ZK-QY', 'fired-brick', ['QD'])];

function filled(): CommissionForm {
  const form = emptyForm();
  Object.assign(form, {
    projectId: 'P1',
    clientUnit: '甲',
    contractorUnit: '乙',
    witnessUnit: '丙',
    witnessName: '丁',
    witnessCertNo: '1',
    samplerName: '戊',
  });
  Object.assign(form.samples[0]!, {
    ...emptySample('HNT-KY', methodById('concrete-cube')),
    madeOn: '2026-10-26',
    sampledOn: '2026-10-26',
    structurePart: '三层柱',
    representedQuantity: '100 m³',
  });
  form.samples[0]!.properties['designGrade'] = 'C30';
  return form;
}
const input = (form: CommissionForm) => toInput(form, items);
const problemsIn = (form: CommissionForm) => problemsOf(input(form), items);

test('a filled form passes the shared schema, empty optional fields left out', () => {
  const made = input(filled());
  expect([...problemsOf(made, items)]).toEqual([]);
  expect(made.samples[0]).toMatchObject({
    parameterCodes: ['KY'],
    properties: { designGrade: 'C30', side_mm: '150', curing: '标准养护' },
    requiredAgeDays: 28,
  });
  expect(made.samples[0]!.sampleCode).toBeUndefined();
});

test('each wrong field is named by its path, in words', () => {
  const form = filled();
  form.witnessName = '';
  form.samples[0]!.requiredAgeDays = '二十八';
  form.samples[0]!.sampledOn = '2026-10-25';
  const copy = copySample(form.samples[0]!);
  form.samples.push({
    ...copy,
    properties: { ...copy.properties, designGrade: 'C17' },
    sampledOn: '2026-10-26',
    requiredAgeDays: '28',
  });
  const problems = problemsIn(form);
  expect(problems.get('witnessName')).toBe('必填');
  expect(problems.get('samples.0.requiredAgeDays')).toBe('应为 1 至 365 的整数（天）');
  expect(problems.get('samples.0.sampledOn')).toBe('取样日期早于成型日期');
  expect(problems.get('samples.1.properties.designGrade')).toMatch(/^“设计强度等级”只能是 C10、C15/);
});

test('the same code on two samples is refused at once', () => {
  const form = filled();
  form.samples[0]!.sampleCode = 'QR-1';
  form.samples.push({ ...copySample(form.samples[0]!), sampleCode: 'QR-1' });
  expect(problemsIn(form).get('samples.1.sampleCode')).toBe('与第 1 个样品的二维码相同');
});

test('a draft survives a change of the form: known fields stay, the rest is empty', () => {
  const restored = acceptDraft({ ...filled(), gone: 'x', samples: [{ grade: 'C40', old: 1, parameterCodes: ['KY'] }] });
  expect(restored).toMatchObject({ projectId: 'P1', clientUnit: '甲' });
  expect(restored?.samples).toHaveLength(1);
  expect(restored?.samples[0]).toMatchObject({
    properties: { designGrade: 'C40' },
    parameterCodes: ['KY'],
    structurePart: '',
  });
  expect(acceptDraft('text')).toBeNull();
});

test('another test of a line keeps what both ask, and brings what is usual', () => {
  const cube = filled().samples[0]!;
  const brick = withItem(cube, 'ZK-QY', methodById('fired-brick'));
  expect(brick.properties).not.toHaveProperty('side_mm');
  expect(brick).toMatchObject({ itemCode: 'ZK-QY', structurePart: '三层柱', requiredAgeDays: '' });
  const form = { ...filled(), samples: [brick] };
  expect(input(form).samples[0]).toMatchObject({ madeOn: undefined, requiredAgeDays: undefined });
});

test.each([
  ['30', 'C30'],
  ['c30', 'C30'],
  ['10', 'C10'],
  ['33', '33'],
  ['', ''],
])('a grade typed as %j is %j', (typed, meant) => {
  const field = methodById('concrete-cube').fields.find(({ name }) => name === 'designGrade')!;
  expect(settleChoice(field, typed)).toBe(meant);
});
