// 混凝土强度等级 C10, C15 … C120, as written on a commission, and the age-and-curing words that concrete tests share.
import { choice } from '../field.ts';
import { curingField } from '../gradeAgainst.ts';

const grades = [...Array.from({ length: 19 }, (_, index) => 10 + 5 * index), 105, 110, 115, 120].map(
  (strength) => `C${strength}`,
);

export const gradeOptions = grades.map((grade) => ({ value: grade, label: grade }));

/** Standard strength of a grade, MPa: `C30` is `30`. */
export const strengthOf = (grade: string): string => grade.slice(1);

export const designGrade = choice({
  name: 'designGrade',
  label: '设计强度等级',
  at: 'reception',
  optional: true,
  instrument: '委托单',
  clause: 'GB/T 50107-2010 3.0.1',
  options: gradeOptions,
  refusalCode: 'METHOD_GRADE_UNKNOWN',
  hint: '写作 C30、C35 …',
});

export const curing = curingField('GB/T 50081-2019 4.4');
