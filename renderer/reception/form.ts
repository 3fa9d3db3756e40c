// The reception form as typed: every field is text until it is sent, so that anything can be typed, kept as a draft
// and judged by the shared schema, the same one that the far side uses.
import type { z } from 'zod';
import {
  commissionInputSchema,
  testCategories,
  type Commission,
  type CommissionInput,
} from '../../shared/entities/commission.ts';
import { isAskedOf, parametersOfItem, valueFault } from '../../shared/methods/index.ts';
import type { TestMethod } from '../../shared/methods/index.ts';
import { acceptSample, emptySample, methodOf, receptionFields, type Item, type SampleForm } from './sampleForm.ts';

export const unitFields = [
  'clientUnit',
  'ownerUnit',
  'contractorUnit',
  'supervisorUnit',
  'witnessUnit',
  'witnessName',
  'witnessCertNo',
  'samplerName',
  'siteAddress',
  'remarks',
] as const;
export type UnitField = (typeof unitFields)[number];

export type CommissionForm = Record<UnitField, string> & {
  projectId: string;
  contractNo: string;
  testCategory: (typeof testCategories)[number];
  commissionedByOwner: boolean;
  samples: SampleForm[];
};

export function emptyForm(): CommissionForm {
  return {
    projectId: '',
    contractNo: '',
    clientUnit: '',
    ownerUnit: '',
    contractorUnit: '',
    supervisorUnit: '',
    witnessUnit: '',
    witnessName: '',
    witnessCertNo: '',
    samplerName: '',
    siteAddress: '',
    remarks: '',
    testCategory: testCategories[0],
    commissionedByOwner: false,
    samples: [emptySample()],
  };
}

/** A stored draft in today's shape: fields it lacks are empty, fields unknown today are left out. */
export function acceptDraft(content: unknown): CommissionForm | null {
  if (typeof content !== 'object' || content === null) return null;
  const stored = content as Partial<CommissionForm>;
  const form = emptyForm();
  for (const name of [...unitFields, 'projectId', 'contractNo'] as const) {
    const value = stored[name];
    if (typeof value === 'string') form[name] = value;
  }
  if (testCategories.some((category) => category === stored.testCategory)) form.testCategory = stored.testCategory!;
  if (typeof stored.commissionedByOwner === 'boolean') form.commissionedByOwner = stored.commissionedByOwner;
  if (Array.isArray(stored.samples) && stored.samples.length > 0) {
    form.samples = stored.samples.map(acceptSample);
  }
  return form;
}

/** Units and witness of an earlier commission of the same project. */
export function withUnitsOf(form: CommissionForm, earlier: Commission): CommissionForm {
  const next = { ...form, testCategory: earlier.testCategory, commissionedByOwner: earlier.commissionedByOwner };
  for (const name of unitFields) if (name !== 'remarks') next[name] = earlier[name] ?? '';
  return next;
}

const optional = (text: string): string | undefined => (text.trim() === '' ? undefined : text);

const wholeDays = (text: string): number => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : Number.NaN);

/** Properties as the method wants them: empty ones left out, those of another method too. */
function propertiesOf(sample: SampleForm, method: TestMethod | null): Record<string, string> {
  const names = method === null ? [] : receptionFields(method).map(({ name }) => name);
  const filled = Object.entries(sample.properties).filter(
    ([name, value]) => names.includes(name) && value.trim() !== '',
  );
  return Object.fromEntries(filled.map(([name, value]) => [name, value.trim()]));
}

/** The form as the contract wants it; not yet judged. */
export function toInput(form: CommissionForm, items: readonly Item[]): CommissionInput {
  const { samples, contractNo, remarks, ...rest } = form;
  return {
    ...rest,
    contractNo: optional(contractNo),
    remarks: optional(remarks),
    samples: samples.map((sample) => {
      const method = methodOf(items, sample.itemCode);
      const timing = method?.timing.kind ?? 'age';
      const all = items.find(({ id }) => id === sample.itemCode)?.parameters.map(({ code }) => code) ?? [];
      return {
        sampleCode: optional(sample.sampleCode),
        itemCode: sample.itemCode,
        parameterCodes: sample.parameterCodes ?? all,
        name: sample.name,
        edition: optional(sample.edition),
        properties: propertiesOf(sample, method),
        madeOn: timing === 'prompt' ? undefined : sample.madeOn.trim(),
        madeAt: timing === 'prompt' ? undefined : optional(sample.madeAt),
        requiredAgeDays: timing === 'age' ? wholeDays(sample.requiredAgeDays) : undefined,
        sampledOn: sample.sampledOn.trim(),
        structurePart: sample.structurePart,
        representedQuantity: sample.representedQuantity,
        maker: optional(sample.maker),
        batchNo: optional(sample.batchNo),
        state: sample.state,
      };
    }),
  };
}

const clearer: Partial<Record<string, string>> = {
  requiredAgeDays: '应为 1 至 365 的整数（天）',
  madeAt: '应为 HH:MM，如 09:30',
  parameterCodes: '至少选一个检测参数',
};

/** Problems by path, `samples.0.properties.designGrade` → sentence. Empty when the form may be sent. */
export function problemsOf(input: CommissionInput, items: readonly Item[]): ReadonlyMap<string, string> {
  const answer = commissionInputSchema.safeParse(input);
  const problems = new Map<string, string>();
  for (const issue of answer.success ? [] : (answer.error as z.ZodError).issues) {
    const path = issue.path.map(String).join('.');
    const field = String(issue.path.at(-1) ?? '');
    if (!problems.has(path)) problems.set(path, clearer[field] ?? issue.message);
  }
  addPropertyProblems(input, items, problems);
  return addCrossChecks(input, problems);
}

/** What the method of each line misses or refuses. */
function addPropertyProblems(input: CommissionInput, items: readonly Item[], problems: Map<string, string>): void {
  input.samples.forEach((sample, index) => {
    const item = items.find(({ id }) => id === sample.itemCode);
    const method = methodOf(items, sample.itemCode);
    if (item === undefined || method === null) return;
    const own = parametersOfItem(method, { ...item, itemCode: item.id });
    const asked = sample.parameterCodes.flatMap((code) => own.get(code) ?? []);
    for (const field of receptionFields(method)) {
      const value = sample.properties[field.name];
      if (value === undefined && (field.optional === true || !isAskedOf(asked, field.parameters))) continue;
      const fault = valueFault(field, value);
      if (fault !== null) problems.set(`samples.${index}.properties.${field.name}`, fault.message);
    }
  });
}

function addCrossChecks(input: CommissionInput, problems: Map<string, string>): ReadonlyMap<string, string> {
  const codes = new Map<string, number>();
  input.samples.forEach((sample, index) => {
    const path = (field: string): string => `samples.${index}.${field}`;
    if (sample.sampleCode !== undefined) {
      const before = codes.get(sample.sampleCode);
      if (before !== undefined) problems.set(path('sampleCode'), `与第 ${before + 1} 个样品的二维码相同`);
      codes.set(sample.sampleCode, index);
    }
    const known = !problems.has(path('madeOn')) && !problems.has(path('sampledOn'));
    if (known && sample.madeOn !== undefined && sample.sampledOn < sample.madeOn)
      problems.set(path('sampledOn'), '取样日期早于成型日期');
  });
  return problems;
}
