import { expect, test } from 'vitest';
import { acceptDraft, copySample, emptyForm, problemsOf, toInput, type CommissionForm } from './form.ts';

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
    itemCode: 'CON',
    grade: 'c30',
    madeOn: '2026-10-26',
    sampledOn: '2026-10-26',
    structurePart: '三层柱',
    representedQuantity: '100 m³',
  });
  return form;
}
const input = (form: CommissionForm) => toInput(form, () => ['KY']);

test('a filled form passes the shared schema, empty optional fields left out', () => {
  const made = input(filled());
  expect([...problemsOf(made)]).toEqual([]);
  expect(made.samples[0]).toMatchObject({ grade: 'C30', requiredAgeDays: 28 });
  expect(made.samples[0]!.sampleCode).toBeUndefined();
});

test('each wrong field is named by its path, in words', () => {
  const form = filled();
  form.witnessName = '';
  form.samples[0]!.requiredAgeDays = '二十八';
  form.samples[0]!.sampledOn = '2026-10-25';
  form.samples.push({ ...copySample(form.samples[0]!), grade: 'C17', sampledOn: '2026-10-26', requiredAgeDays: '28' });
  const problems = problemsOf(input(form));
  expect(problems.get('witnessName')).toBe('必填');
  expect(problems.get('samples.0.requiredAgeDays')).toBe('应为 1 至 365 的整数（天）');
  expect(problems.get('samples.0.sampledOn')).toBe('取样日期早于成型日期');
  expect(problems.get('samples.1.grade')).toBe('设计强度等级应为 C10、C15、C20 …… C95、C100（每 5 一级）');
});

test('the same code on two samples is refused at once', () => {
  const form = filled();
  form.samples[0]!.sampleCode = 'QR-1';
  form.samples.push({ ...copySample(form.samples[0]!), sampleCode: 'QR-1' });
  expect(problemsOf(input(form)).get('samples.1.sampleCode')).toBe('与第 1 个样品的二维码相同');
});

test('a draft survives a change of the form: known fields stay, the rest is empty', () => {
  const restored = acceptDraft({ ...filled(), gone: 'x', samples: [{ grade: 'C40', old: 1 }] });
  expect(restored).toMatchObject({ projectId: 'P1', clientUnit: '甲' });
  expect(restored?.samples).toHaveLength(1);
  expect(restored?.samples[0]).toMatchObject({ grade: 'C40', structurePart: '' });
  expect(acceptDraft('text')).toBeNull();
});
