// The reception form as typed: every field is text until it is sent, so that anything can be typed, kept as a draft
// and judged by the shared schema, the same one that the far side uses.
import type { z } from 'zod';
import {
  commissionInputSchema,
  testCategories,
  type Commission,
  type CommissionInput,
} from '../../shared/entities/commission.ts';

export interface SampleForm {
  rowId: string;
  sampleCode: string;
  itemCode: string;
  name: string;
  grade: string;
  sideMm: string;
  curing: string;
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

let rowCount = 0;
function newRowId(): string {
  rowCount += 1;
  return `${Date.now().toString(36)}-${rowCount}`;
}

export function emptySample(itemCode = ''): SampleForm {
  return {
    rowId: newRowId(),
    sampleCode: '',
    itemCode,
    name: '混凝土试块',
    grade: '',
    sideMm: '150',
    curing: '标准养护',
    madeOn: '',
    madeAt: '',
    requiredAgeDays: '28',
    sampledOn: '',
    structurePart: '',
    representedQuantity: '',
    maker: '',
    batchNo: '',
    state: '表面平整，无缺棱掉角',
  };
}

/** A further sample like the one above it; what is unique to a sample starts empty. */
export function copySample(sample: SampleForm): SampleForm {
  return { ...sample, rowId: newRowId(), sampleCode: '' };
}

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
    form.samples = stored.samples.map((sample: Partial<SampleForm>) => {
      const row = emptySample();
      for (const name of Object.keys(row) as (keyof SampleForm)[]) {
        const value = sample[name];
        if (typeof value === 'string' && name !== 'rowId') row[name] = value;
      }
      return row;
    });
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

/** The form as the contract wants it; not yet judged. */
export function toInput(form: CommissionForm, parametersOf: (itemCode: string) => string[]): CommissionInput {
  const { samples, contractNo, remarks, ...rest } = form;
  return {
    ...rest,
    contractNo: optional(contractNo),
    remarks: optional(remarks),
    samples: samples.map((sample) => ({
      sampleCode: optional(sample.sampleCode),
      itemCode: sample.itemCode,
      parameterCodes: parametersOf(sample.itemCode),
      name: sample.name,
      grade: sample.grade.trim().toUpperCase(),
      sideMm: sample.sideMm as CommissionInput['samples'][number]['sideMm'],
      curing: sample.curing as CommissionInput['samples'][number]['curing'],
      madeOn: sample.madeOn.trim(),
      madeAt: optional(sample.madeAt),
      requiredAgeDays: /^\d{1,4}$/.test(sample.requiredAgeDays.trim()) ? Number(sample.requiredAgeDays) : Number.NaN,
      sampledOn: sample.sampledOn.trim(),
      structurePart: sample.structurePart,
      representedQuantity: sample.representedQuantity,
      maker: optional(sample.maker),
      batchNo: optional(sample.batchNo),
      state: sample.state,
    })),
  };
}

const clearer: Partial<Record<string, string>> = {
  requiredAgeDays: '应为 1 至 365 的整数（天）',
  madeAt: '应为 HH:MM，如 09:30',
  parameterCodes: '检测项目没有参数',
};

/** Problems by path, `samples.0.grade` → sentence. Empty when the form may be sent. */
export function problemsOf(input: CommissionInput): ReadonlyMap<string, string> {
  const answer = commissionInputSchema.safeParse(input);
  const problems = new Map<string, string>();
  if (answer.success) return addCrossChecks(answer.data, problems);
  for (const issue of (answer.error as z.ZodError).issues) {
    const path = issue.path.map(String).join('.');
    const field = String(issue.path.at(-1) ?? '');
    if (!problems.has(path)) problems.set(path, clearer[field] ?? issue.message);
  }
  return addCrossChecks(input, problems);
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
    if (known && sample.sampledOn < sample.madeOn) problems.set(path('sampledOn'), '取样日期早于成型日期');
  });
  return problems;
}
