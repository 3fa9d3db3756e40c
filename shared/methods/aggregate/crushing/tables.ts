// The crushing index on paper: all masses in the original record; requirement, result and verdict in the report.
import type { ParameterResult } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import { STANDARD, verdictWord } from '../jgj52.ts';
import type { Crushed } from './crushed.ts';
import type { CrushingInputs } from './fields.ts';

const NONE = '—';

export function recordTables(
  inputs: CrushingInputs,
  { single_percent: singles, result_percent }: Crushed,
): PaperTable[] {
  return [
    {
      columns: [
        { head: '压碎试样', width: 0.8 },
        { head: '试样质量 m_{0}', unit: 'g' },
        { head: '2.50 mm 筛上剩留质量 m_{1}', unit: 'g', width: 1.6 },
        { head: '加荷时间', unit: 's' },
        { head: '单次压碎值指标', unit: '%', width: 1.2 },
        { head: '平均值', unit: '%' },
      ],
      rows: singles.map((single, index) => {
        const own = [
          String(index + 1),
          inputs.crushedBefore_g[index] ?? NONE,
          inputs.crushedRetained_g[index] ?? NONE,
          inputs.loadingTime_s?.[index] ?? NONE,
          single,
        ];
        return index > 0 ? own : [...own, { text: result_percent, strong: true as const, down: singles.length }];
      }),
      notes: ['δ_{a} = (m_{0} − m_{1}) / m_{0} × 100；10.0～20.0 mm 风干颗粒，200 kN'],
    },
  ];
}

export function reportTables(
  { rock, crushingGradeClass: grade, nominalSize }: CrushingInputs,
  { single_percent: singles }: Crushed,
  parameter: ParameterResult,
): PaperTable[] {
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '岩石品种', width: 1.3 },
        { head: '公称粒级' },
        { head: '混凝土强度等级' },
        { head: '检测依据', width: 1.1 },
        { head: '技术要求' },
        { head: '单次压碎值指标', unit: '%', width: 1.4 },
        { head: '压碎值指标', unit: '%' },
        { head: '单项判定' },
      ],
      rows: [
        [
          '{sampleNo}',
          rock,
          nominalSize ?? NONE,
          grade ?? NONE,
          STANDARD,
          parameter.requirement ?? NONE,
          singles.join(' / '),
          { text: parameter.value ?? NONE, strong: true },
          verdictWord(parameter),
        ],
      ],
    },
  ];
}
