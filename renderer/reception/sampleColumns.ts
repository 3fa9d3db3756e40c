// The columns of the sample grid: common ones in the order of the paper form, and between them what the tests of this
// commission ask about their samples. A cell that the test of its line does not ask for is closed.
import type { Field, TestMethod } from '../../shared/methods/index.ts';
import { methodOf, receptionFields, type Item, type SampleForm, type TextField } from './sampleForm.ts';

interface Common {
  /** Unique, and the last part of the cell's test id. */
  key: string;
  title: string;
  width: number;
  required: boolean;
  hint?: string | undefined;
}

export type SampleColumn =
  | (Common & { kind: 'text' | 'day' | 'item' | 'scan' | 'edition'; field: TextField })
  | (Common & { kind: 'parameters' })
  | (Common & { kind: 'property'; field: Field });

const column = (
  field: TextField,
  title: string,
  width: number,
  kind: 'text' | 'day' | 'item' | 'scan' | 'edition' = 'text',
  extra: { required?: boolean; hint?: string } = {},
): SampleColumn => ({ key: field, field, title, width, kind, required: true, ...extra });

/** More options than this are typed, with the list as help. */
export const longList = 8;

function widthOf(field: Field): number {
  const longest = field.kind === 'choice' ? Math.max(...field.options.map(({ label }) => label.length)) * 13 + 34 : 70;
  return Math.min(190, Math.max(72, longest, field.label.length * 13 + 16));
}

const propertyColumn = (field: Field): SampleColumn => ({
  key: field.name,
  kind: 'property',
  field,
  title: field.kind === 'decimal' && field.unit !== '' ? `${field.label} ${field.unit}` : field.label,
  width: widthOf(field),
  required: field.optional !== true,
  hint: field.hint,
});

export function sampleColumns(samples: readonly SampleForm[], items: readonly Item[]): SampleColumn[] {
  const methods = [...new Set(samples.map(({ itemCode }) => methodOf(items, itemCode)))].filter((one) => one !== null);
  const fields = new Map(methods.flatMap(receptionFields).map((field) => [field.name, field]));
  const properties = [...fields.values()];
  const several = samples.some(({ itemCode }) => (items.find(({ id }) => id === itemCode)?.parameters.length ?? 0) > 1);
  const timings = methods.map(({ timing }) => timing.kind);
  const made = methods.length === 0 || timings.some((kind) => kind !== 'prompt');
  const editions = methods.some((method) => method.editions.length > 1);
  return [
    column('itemCode', '检测项目', 176, 'item'),
    ...(several
      ? [{ key: 'parameterCodes', kind: 'parameters' as const, title: '检测参数', width: 120, required: true }]
      : []),
    column('structurePart', '工程部位', 180),
    ...properties.filter(({ rare }) => rare !== true).map(propertyColumn),
    ...(made ? [column('madeOn', '成型日期', 108, 'day', { hint: '可简写：1103 即 11 月 3 日' })] : []),
    ...(methods.length === 0 || timings.includes('age') ? [column('requiredAgeDays', '龄期 d', 60)] : []),
    column('representedQuantity', '代表数量', 96, 'text', { hint: '带单位，如 100 m³' }),
    column('sampledOn', '取样日期', 108, 'day', { hint: '空着时取成型日期' }),
    column('state', '样品状态', 176),
    column('name', '样品名称', 108),
    column('sampleCode', '样品二维码', 140, 'scan', { required: false, hint: '可直接扫入' }),
    ...(made ? [column('madeAt', '成型时刻', 76, 'text', { required: false, hint: 'HH:MM，判定龄期允许偏差用' })] : []),
    column('maker', '生产厂家', 140, 'text', { required: false }),
    column('batchNo', '批号', 100, 'text', { required: false }),
    ...properties.filter(({ rare }) => rare === true).map(propertyColumn),
    ...(editions ? [column('edition', '标准版本', 150, 'edition', { required: false, hint: '空着按现行版本' })] : []),
  ];
}

/** Whether the test of a line asks for what a column holds. */
export function isAsked(shown: SampleColumn, method: TestMethod | null): boolean {
  if (method === null) return shown.kind === 'item';
  if (shown.kind === 'property') return method.fields.some(({ name }) => name === shown.field.name);
  if (shown.key === 'madeOn' || shown.key === 'madeAt') return method.timing.kind !== 'prompt';
  if (shown.key === 'requiredAgeDays') return method.timing.kind === 'age';
  if (shown.key === 'edition') return method.editions.length > 1;
  return true;
}

export const valueOf = (sample: SampleForm, shown: SampleColumn): string => {
  if (shown.kind === 'parameters') return '';
  return shown.kind === 'property' ? (sample.properties[shown.field.name] ?? '') : sample[shown.field];
};

/** Path of a cell in the contract, for problems and refusals. */
export const pathOf = (row: number, shown: SampleColumn): string =>
  `samples.${row}.${shown.kind === 'property' ? `properties.${shown.key}` : shown.key}`;
