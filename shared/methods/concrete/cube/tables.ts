// What record and report of a cube group show.
import { RULE_NAME } from '../../foundation/threeValueRule.ts';
import type { GroupRule } from '../../foundation/threeValueRule.ts';
import type { PaperTable } from '../../table.ts';

const INVALID = '试验结果无效';

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
  const all = { down: group.single_MPa.length };
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.5 },
        { head: '工程部位', width: 1.7 },
        { head: '设计等级', width: 0.8 },
        { head: '公称尺寸', unit: 'mm', width: 1.2 },
        { head: '成型日期', width: 1.2 },
        { head: '检测日期', width: 1.2 },
        { head: '龄期', unit: 'd', width: 0.6 },
        { head: '养护条件' },
        { head: '破坏荷载', unit: 'kN' },
        { head: '抗压强度', unit: 'MPa', width: 0.9 },
        { head: '代表值', unit: 'MPa', width: 0.9 },
        { head: '达到设计强度', unit: '%', width: 0.8 },
      ],
      rows: group.single_MPa.map((single, index) => {
        const own = [figures.loads[index] ?? '—', single];
        if (index > 0) return own;
        return [
          { text: '{sampleNo}', ...all },
          { text: '{structurePart}', ...all },
          { text: figures.designGrade ?? '—', ...all },
          { text: `${side}×${side}×${side}`, ...all },
          { text: '{madeOn}', ...all },
          { text: '{testedOn}', ...all },
          { text: '{ageDays}', ...all },
          { text: figures.curing ?? '—', ...all },
          ...own,
          { text: group.groupValue_MPa ?? INVALID, strong: true, ...all },
          { text: group.percentOfGrade ?? '—', ...all },
        ];
      }),
    },
  ];
}
