// A declared reading in the words of a person who looks it up: where it comes from, what it may be, who is asked for it.
import type { Field, TestMethod } from '../../shared/methods/index.ts';

const sources: Record<NonNullable<Field['source']>, string> = {
  peak: '采集的峰值',
  curve: '采集的曲线',
  rate: '采集的平均加载速率',
  range: '量程',
  age: '委托的龄期',
  gauge: '所用引伸计的标距',
  gaugeClass: '所用引伸计的级别',
};

export const sourceWords = (field: Field): string =>
  field.source === undefined ? field.instrument : `${field.instrument}（${sources[field.source]}）`;

/** What is accepted: `0～2000 kN`, the listed choices, a length. */
export function boundWords(field: Field): string {
  if (field.kind === 'choice') return field.options.map(({ label }) => label).join('、');
  if (field.kind === 'text') return `最长 ${field.maxLength} 字`;
  const { min, max, negative, zero, whole } = field;
  const range =
    min !== undefined
      ? `${min}～${max}`
      : negative === true
        ? `≤${max}`
        : zero === true
          ? `0～${max}`
          : `大于 0，至 ${max}`;
  return whole === true ? `${range}，整数` : range;
}

/** How many of it: one, several in each place. */
export function countWords({ values }: Field): string {
  if (values === undefined) return '';
  return typeof values === 'number' ? `每处 ${values} 个` : `每处 ${values.min}～${values.max} 个`;
}

/** When it is asked for. */
export function askedWords(field: Field, method: Pick<TestMethod, 'parameters'>): string {
  const parts: string[] = [];
  if (field.parameters !== undefined) {
    const names = field.parameters.map((code) => method.parameters.find((own) => own.code === code)?.name ?? code);
    parts.push(`仅${names.join('、')}`);
  }
  if (field.optional === true) parts.push('可不填');
  if (field.sparse === true) parts.push('个别试件可缺');
  return parts.join('；');
}

export interface FieldGroup {
  title: string;
  fields: readonly Field[];
}

/** Reception first, then the bench: the whole sample, then each set of specimens. */
export function fieldGroups(method: Pick<TestMethod, 'fields' | 'sets'>): FieldGroup[] {
  const at = (place: Field['at']): Field[] => method.fields.filter((field) => field.at === place);
  const groups: FieldGroup[] = [
    { title: '收样时填写', fields: at('reception') },
    { title: '检测时：整个样品', fields: at('bench').filter(({ set }) => set === undefined) },
    ...method.sets.map(({ id, label }) => ({
      title: `检测时：每个${label}`,
      fields: at('bench').filter(({ set }) => set === id),
    })),
  ];
  return groups.filter(({ fields }) => fields.length > 0);
}

/** Half an hour is 30 min; whole hours are hours. */
export function toleranceWords(hours: number): string {
  return Number.isInteger(hours) ? `±${hours} h` : `±${Math.round(hours * 60)} min`;
}
