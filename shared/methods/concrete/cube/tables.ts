// What record and report of a cube group show.
import { RULE_NAME } from '../../foundation/threeValueRule.ts';
import type { GroupRule } from '../../foundation/threeValueRule.ts';
import { INVALID } from '../../foundation/words.ts';
import { groupResult, percentOfGrade, pressedGroupTable } from '../../pressedGroup.ts';
import type { PaperTable } from '../../table.ts';

export interface CubeFigures {
  designGrade?: string | undefined;
  curing?: string | undefined;
  /** Failure loads, kN. */
  loads: readonly string[];
  measuredSides_mm?: readonly (readonly string[])[] | undefined;
}

export interface CubeGroupFigures {
  side_mm: string;
  area_mm2: string;
  single_MPa: readonly string[];
  sizeFactor: string;
  rule: GroupRule;
  groupValue_MPa: string | null;
  percentOfGrade: string | null;
}

export function cubeRecordTables(figures: CubeFigures, group: CubeGroupFigures): PaperTable[] {
  return [
    {
      columns: [
        { head: '试件', width: 0.6 },
        { head: '实测尺寸', unit: 'mm', width: 1.4 },
        { head: '承压面积 A', unit: 'mm^{2}' },
        { head: '破坏荷载 F', unit: 'kN' },
        { head: '抗压强度 f_{cc}', unit: 'MPa' },
      ],
      rows: group.single_MPa.map((single, index) => [
        String(index + 1),
        figures.measuredSides_mm?.[index]?.join('×') ?? '按公称尺寸',
        group.area_mm2,
        figures.loads[index] ?? '—',
        single,
      ]),
    },
    {
      columns: [
        { head: '尺寸换算系数' },
        { head: '取值规则' },
        { head: '代表值', unit: 'MPa' },
        { head: '达到设计强度', unit: '%' },
      ],
      rows: [
        [
          group.sizeFactor,
          RULE_NAME[group.rule],
          { text: group.groupValue_MPa ?? INVALID, strong: true },
          group.percentOfGrade ?? '—',
        ],
      ],
    },
  ];
}

export function cubeReportTables(figures: CubeFigures, group: CubeGroupFigures): PaperTable[] {
  const side = group.side_mm;
  return [
    pressedGroupTable({
      describes: ['designGrade', 'side_mm', 'curing', 'judgeAgainstGrade'],
      grade: figures.designGrade,
      size: `${side}×${side}×${side}`,
      curing: figures.curing,
      loads_kN: figures.loads,
      singles: { column: { head: '抗压强度', unit: 'MPa', width: 0.9 }, texts: group.single_MPa },
      results: [groupResult('代表值', group.groupValue_MPa), percentOfGrade(group.percentOfGrade)],
    }),
  ];
}
