// 含泥量 and 泥块含量 on paper: all masses in the original record; in the report the limits of the three classes of concrete
// side by side, as the trade's form has them.
import type { PaperTable } from '../../table.ts';
import { INVALID } from '../../foundation/words.ts';
import { GRADE_CLASSES, STANDARD, verdictWord } from '../jgj52.ts';
import type { Determined } from './evaluate.ts';

const NONE = '—';

export function recordTables(results: readonly Determined[]): PaperTable[] {
  return [
    {
      columns: [
        { head: '检测项目' },
        { head: '试样', width: 0.6 },
        { head: '试验前质量', unit: 'g' },
        { head: '试验后质量', unit: 'g' },
        { head: '单次结果', unit: '%' },
        { head: '两次之差', unit: '%' },
        { head: '平均值', unit: '%' },
      ],
      rows: results.flatMap(({ kind, before, after, content }) => {
        const all = { down: before.length };
        return before.map((mass, index) => {
          const own = [String(index + 1), mass, after[index] ?? NONE, content.single_percent[index] ?? NONE];
          if (index > 0) return own;
          return [
            { text: kind.name, ...all },
            ...own,
            { text: kind.maxDifference === null ? NONE : content.difference_percent, ...all },
            { text: content.result_percent ?? INVALID, strong: true as const, ...all },
          ];
        });
      }),
      notes: ['ω_{c} = (m_{0} − m_{1}) / m_{0} × 100；ω_{c,L} = (m_{1} − m_{2}) / m_{1} × 100'],
    },
  ];
}

export function reportTables(results: readonly Determined[]): PaperTable[] {
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '检测项目' },
        { head: '检测依据', width: 1.2 },
        ...GRADE_CLASSES.map((grade) => ({ head: `技术要求 ${grade}` })),
        { head: '检测结果', unit: '%' },
        { head: '单项判定' },
      ],
      rows: results.map(({ parameter, requirements }, index) => {
        const own = [
          parameter.name,
          STANDARD,
          ...requirements.map((requirement) => requirement ?? NONE),
          { text: parameter.value ?? INVALID, strong: true as const },
          verdictWord(parameter),
        ];
        return index > 0 ? own : [{ text: '{sampleNo}', down: results.length }, ...own];
      }),
    },
  ];
}
