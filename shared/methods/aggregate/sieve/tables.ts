// The sieve analysis on paper: the original record shows every mass, the report the zones beside the averaged figures.
import type { ParameterResult } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import { INVALID } from '../../foundation/words.ts';
import { STANDARD, verdictWord } from '../jgj52.ts';
import { SIEVES, ZONES } from './data.ts';
import type { PortionMasses } from './portion.ts';
import type { SandSieveOutputs } from './result.ts';

const NONE = '—';

export function recordTables(masses: readonly PortionMasses[], outputs: SandSieveOutputs): PaperTable[] {
  const places = [...SIEVES, '筛底'];
  const cells = (index: number): string[] =>
    outputs.portions.flatMap((portion, number) => [
      masses[number]?.retained_g[index] ?? NONE,
      portion.individual_percent?.[index] ?? NONE,
      portion.cumulative_percent?.[index] ?? NONE,
    ]);
  const summary = (name: string, values: readonly (string | null)[], all: string) => [
    name,
    ...values.map((value) => ({ text: value ?? NONE, across: 3 })),
    { text: all, strong: true as const },
  ];
  return [
    {
      columns: [
        { head: '筛孔公称直径', width: 1.4 },
        ...outputs.portions.flatMap((_, index) => [
          { head: `试样 ${index + 1} 筛余`, unit: 'g' },
          { head: '分计筛余', unit: '%' },
          { head: '累计筛余', unit: '%' },
        ]),
        { head: '平均累计筛余', unit: '%' },
      ],
      rows: [
        ...places.map((place, index) => [place, ...cells(index), outputs.cumulativeMean_percent?.[index] ?? NONE]),
        summary(
          '试样质量 g',
          masses.map(({ sample_g }) => sample_g),
          NONE,
        ),
        summary(
          '筛分损失 %',
          outputs.portions.map(({ loss_percent }) => loss_percent),
          NONE,
        ),
        summary(
          '细度模数',
          outputs.portions.map(({ finenessModulus }) => finenessModulus),
          outputs.finenessModulus ?? INVALID,
        ),
      ],
      notes: ['μ_{f} = ((β_{2} + β_{3} + β_{4} + β_{5} + β_{6}) − 5β_{1}) / (100 − β_{1})'],
    },
    {
      columns: [
        { head: '两次细度模数之差' },
        { head: '细度模数' },
        { head: '规格' },
        { head: '级配区' },
        { head: '总超出量', unit: '%' },
      ],
      rows: [
        [
          outputs.finenessDifference ?? NONE,
          { text: outputs.finenessModulus ?? INVALID, strong: true },
          outputs.sandClass ?? NONE,
          outputs.zone === null ? NONE : `${outputs.zone}区`,
          outputs.zoneExcess_percent ?? NONE,
        ],
      ],
    },
  ];
}

/** What came out of all samples, then the sieves of each. */
export function reportTables(outputs: SandSieveOutputs, parameters: readonly ParameterResult[]): PaperTable[] {
  const down = parameters.length;
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '检测项目' },
        { head: '检测依据', width: 1.2 },
        { head: '技术要求', width: 2.4 },
        { head: '检测结果', width: 1.4 },
        { head: '单项判定' },
      ],
      rows: parameters.map((parameter, index) => [
        ...(index === 0 ? [{ text: '{sampleNo}', down }] : []),
        parameter.name,
        STANDARD,
        parameter.requirement ?? NONE,
        { text: parameter.value ?? INVALID, strong: true },
        verdictWord(parameter),
      ]),
    },
    {
      columns: [{ head: '筛孔公称直径', width: 1.6 }, ...SIEVES.map((head) => ({ head }))],
      rows: [
        ...ZONES.map(({ zone, ranges }) => [`${zone}区 累计筛余 %`, ...ranges.map(([min, max]) => `${max}～${min}`)]),
        [
          '实测累计筛余 %',
          ...SIEVES.map((_, index) => ({
            text: outputs.cumulativeMean_percent?.[index] ?? NONE,
            strong: true as const,
          })),
        ],
      ],
    },
  ];
}
