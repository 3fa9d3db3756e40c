// The columns of the sample grid, in the order of the paper form.
import { cubeSides, curingKinds } from '../../shared/entities/commission.ts';
import type { SampleForm } from './form.ts';

export type SampleField = Exclude<keyof SampleForm, 'rowId'>;

export interface SampleColumn {
  field: SampleField;
  title: string;
  width: number;
  required: boolean;
  kind: 'text' | 'day' | 'choice' | 'item' | 'scan';
  choices?: readonly string[];
  hint?: string;
}

const column = (
  field: SampleField,
  title: string,
  width: number,
  kind: SampleColumn['kind'] = 'text',
  extra: Partial<SampleColumn> = {},
): SampleColumn => ({ field, title, width, kind, required: true, ...extra });

export const sampleColumns: readonly SampleColumn[] = [
  column('itemCode', '检测项目', 176, 'item'),
  column('structurePart', '工程部位', 180),
  column('grade', '等级', 64, 'text', { hint: 'C10 至 C100' }),
  column('madeOn', '成型日期', 108, 'day', { hint: '可简写：1103 即 11 月 3 日' }),
  column('requiredAgeDays', '龄期 d', 60),
  column('curing', '养护条件', 112, 'choice', { choices: curingKinds }),
  column('sideMm', '尺寸 mm', 76, 'choice', { choices: cubeSides }),
  column('representedQuantity', '代表数量', 96, 'text', { hint: '带单位，如 100 m³' }),
  column('sampledOn', '取样日期', 108, 'day', { hint: '空着时取成型日期' }),
  column('state', '样品状态', 176),
  column('name', '样品名称', 108),
  column('sampleCode', '样品二维码', 140, 'scan', { required: false, hint: '可直接扫入' }),
  column('madeAt', '成型时刻', 76, 'text', { required: false, hint: 'HH:MM，判定龄期允许偏差用' }),
  column('maker', '制作单位', 140, 'text', { required: false }),
  column('batchNo', '批号', 100, 'text', { required: false }),
];
