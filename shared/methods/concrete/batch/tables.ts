// The acceptance table of a concrete batch (混凝土强度评定表): list of groups, way and figures, limits, verdict.
import type { PaperTable } from '../../table.ts';
import type { Verdict } from '../../method.ts';
import type { BatchFigures } from './evaluate.ts';
import { WAY_NAME, wayReason } from './evaluate.ts';
import type { BatchInputs } from './fields.ts';
import { LIST_COLUMNS, VALUE_COLUMN, listRows } from './groups.ts';

/** Words for the verdict of a batch; without a confirmed rule a person decides. */
export const BATCH_VERDICT: Readonly<Record<Verdict, string>> = {
  qualified: '合格',
  unqualified: '不合格',
  retest: '复验',
  'not-judged': '需人工判定',
};

const figuresTable = (figures: BatchFigures): PaperTable => ({
  caption: '评定计算',
  columns: [
    { head: '评定方法', width: 1.8 },
    { head: '组数 n', width: 0.6 },
    { head: '平均值 m', unit: 'MPa' },
    { head: '标准差', unit: 'MPa' },
    { head: '采用的标准差', unit: 'MPa' },
    { head: '最小值 f_{min}', unit: 'MPa' },
    { head: '系数', width: 1.1 },
  ],
  rows: [
    [
      WAY_NAME[figures.way],
      String(figures.n),
      figures.mean_MPa,
      figures.deviation_MPa ?? '—',
      figures.deviationUsed_MPa ?? '—',
      figures.min_MPa,
      `${figures.meanCoefficient}；${figures.minCoefficient}`,
    ],
  ],
  notes: [`评定方法的选择：${wayReason(figures.way, figures.n)}。`],
});

const verdictTable = (figures: BatchFigures, verdict: Verdict): PaperTable => {
  const minLimits = [figures.minLimit_MPa, figures.minLimit2_MPa].filter((limit) => limit !== null);
  const compared = (met: boolean): string => (met ? '符合' : '不符合');
  return {
    caption: '评定结果',
    columns: [
      { head: '项目' },
      { head: '技术要求', unit: 'MPa', width: 1.4 },
      { head: '计算结果', unit: 'MPa' },
      { head: '比较' },
      { head: '评定结论', width: 1.2 },
    ],
    rows: [
      [
        '平均值',
        `≥${figures.meanLimit_MPa}`,
        figures.mean_MPa,
        compared(figures.meanMeets),
        { text: BATCH_VERDICT[verdict], strong: true, down: 2 },
      ],
      ['最小值', minLimits.map((limit) => `≥${limit}`).join('，且 '), figures.min_MPa, compared(figures.minMeets)],
    ],
  };
};

/** Without a valid group only the list remains. */
export function batchTables(inputs: BatchInputs, figures: BatchFigures | null, verdict: Verdict): PaperTable[] {
  const list: PaperTable = {
    caption: `混凝土强度检验批试件组清单（${inputs.designGrade}）`,
    columns: [...LIST_COLUMNS, { head: '养护条件', width: 1.1 }, VALUE_COLUMN],
    rows: listRows(inputs, (index) => [inputs.curings[index] ?? '—']),
    ...(inputs.curings.includes('同条件养护') ? { notes: ['同条件养护试件的强度为代表值除以 0.88 后的数值。'] } : {}),
  };
  return figures === null ? [list] : [list, figuresTable(figures), verdictTable(figures, verdict)];
}
