// The acceptance table of a mortar batch (砂浆强度评定表): list of groups, figures, limits, verdict.
import type { PaperTable } from '../../table.ts';
import type { Verdict } from '../../method.ts';
import { LIST_COLUMNS, VALUE_COLUMN, listRows } from '../../concrete/batch/groups.ts';
import type { ListedGroups } from '../../concrete/batch/groups.ts';
import { BATCH_VERDICT } from '../../concrete/batch/tables.ts';
import { USUAL_GROUPS } from './evaluate.ts';
import type { MortarBatchFigures } from './evaluate.ts';

/** Without a valid group only the list remains. */
export function mortarBatchTables(
  groups: ListedGroups & { designGrade: string },
  figures: MortarBatchFigures | null,
  verdict: Verdict,
): PaperTable[] {
  const list: PaperTable = {
    caption: `砂浆强度验收批试块组清单（${groups.designGrade}）`,
    columns: [...LIST_COLUMNS, VALUE_COLUMN],
    rows: listRows(groups, () => []),
  };
  if (figures === null) return [list];
  const compared = (met: boolean): string => (met ? '符合' : '不符合');
  const few = figures.n < USUAL_GROUPS;
  return [
    list,
    {
      caption: `评定结果（有效试块 ${figures.n} 组）`,
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
          `≥${figures.meanLimit_MPa}（${figures.meanFactor} f_{2}）`,
          figures.mean_MPa,
          compared(figures.meanMeets),
          { text: BATCH_VERDICT[verdict], strong: true, down: 2 },
        ],
        [
          few ? '每组值（最小）' : '最小值',
          `≥${figures.minLimit_MPa}（${figures.minFactor} f_{2}）`,
          figures.min_MPa,
          compared(figures.minMeets),
        ],
      ],
      ...(few ? { notes: ['试块少于 3 组，每组强度均应不小于设计强度等级值的 1.10 倍。'] } : {}),
    },
  ];
}
