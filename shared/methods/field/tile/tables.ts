// Tables of the original record and of the report for the bond strength of facing tiles.
import type { PaperTable, TableCell } from '../../table.ts';
import { GROUP_SIZE } from './data.ts';
import type { TileInputs } from './fields.ts';
import type { TileGroup } from './judge.ts';
import type { TilePiece } from './strength.ts';

const MET = { true: '符合', false: '不符合' } as const;
const metWords = (isMet: boolean): string => MET[`${isMet}`];

/** A cell that spans the pieces of a group. */
const ofGroup = (text: string, strong = false): TableCell => ({
  text,
  down: GROUP_SIZE,
  ...(strong ? { strong: true as const } : {}),
});

export interface TilePaper {
  inputs: TileInputs;
  pieces: readonly TilePiece[];
  groups: readonly TileGroup[];
  requirement: string;
  /** Whether the limits judge: while they do not, no word of a verdict is printed. */
  judged: boolean;
  /** What stands under 单项判定. */
  verdictWords: string;
  sentence: string;
}

export function tileRecord({ inputs, pieces, groups, requirement, judged, sentence }: TilePaper): PaperTable[] {
  const round = inputs.round === 'initial' ? '初验' : `复验（初验记录 ${inputs.initialRecordNo ?? '—'}）`;
  return [
    {
      columns: [
        { head: '粘贴方式' },
        { head: '饰面砖品种及规格', width: 1.4 },
        { head: '粘贴材料', width: 1.2 },
        { head: '粘贴龄期', unit: 'd', width: 0.7 },
        { head: '试验轮次' },
      ],
      rows: [
        [inputs.construction, inputs.tileKind ?? '—', inputs.bondingMaterial ?? '—', inputs.bondAge_d ?? '—', round],
      ],
    },
    {
      columns: [
        { head: '组', width: 0.4 },
        { head: '试样', width: 0.5 },
        { head: '抽样部位', width: 1.5 },
        { head: '断面长×宽', unit: 'mm', width: 1.1 },
        { head: '断面面积 S', unit: 'mm^{2}' },
        { head: '粘结力 X', unit: 'kN', width: 0.8 },
        { head: '粘结强度 R', unit: 'MPa', width: 0.8 },
        { head: '平均值', unit: 'MPa', width: 0.8 },
        { head: '断开状态', width: 1.8 },
      ],
      rows: pieces.map((piece, index) => {
        const group = groups[Math.floor(index / GROUP_SIZE)];
        const own = [
          String(index + 1),
          inputs.locations?.[index] ?? '—',
          `${inputs.lengths_mm[index] ?? '—'}×${inputs.widths_mm[index] ?? '—'}`,
          piece.area_mm2,
          inputs.forces_kN[index] ?? '—',
          piece.strength_MPa,
        ];
        const state = inputs.states[index] ?? '—';
        if (index % GROUP_SIZE > 0) return [...own, state];
        return [
          ofGroup(String(Math.floor(index / GROUP_SIZE) + 1)),
          ...own,
          ofGroup(group?.mean_MPa ?? '—', true),
          state,
        ];
      }),
      notes: [
        `技术要求：${requirement}`,
        ...groups.map(
          (group, index) =>
            `第 ${index + 1} 组：${judged ? `平均值${metWords(group.meanOk)}，单个值${metWords(group.singleOk)}，` : ''}小于平均值指标的 ${group.below} 个。`,
        ),
        sentence,
      ],
    },
  ];
}

export function tileReport({ inputs, pieces, groups, requirement, verdictWords }: TilePaper): PaperTable[] {
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '工程部位', width: 1.4 },
        { head: '抽样部位', width: 1.4 },
        { head: '断面长×宽', unit: 'mm' },
        { head: '粘结力', unit: 'kN', width: 0.7 },
        { head: '粘结强度', unit: 'MPa', width: 0.7 },
        { head: '平均值', unit: 'MPa', width: 0.7 },
        { head: '断开状态', width: 1.7 },
        { head: '技术要求', width: 1.6 },
        { head: '单项判定', width: 0.8 },
      ],
      rows: pieces.map((piece, index) => {
        const all = { down: pieces.length };
        const first = index === 0;
        const group = groups[Math.floor(index / GROUP_SIZE)];
        return [
          ...(first
            ? [
                { text: '{sampleNo}', ...all },
                { text: '{structurePart}', ...all },
              ]
            : []),
          inputs.locations?.[index] ?? '—',
          `${inputs.lengths_mm[index] ?? '—'}×${inputs.widths_mm[index] ?? '—'}`,
          inputs.forces_kN[index] ?? '—',
          piece.strength_MPa,
          ...(index % GROUP_SIZE === 0 ? [ofGroup(group?.mean_MPa ?? '—', true)] : []),
          inputs.states[index] ?? '—',
          ...(first
            ? [
                { text: requirement, ...all },
                { text: verdictWords, strong: true as const, ...all },
              ]
            : []),
        ];
      }),
    },
  ];
}
