// Fired bricks on paper: the group's figures after the table of specimens, and the three rows of the trade's report form.
import type { PaperTable } from '../../table.ts';
import type { Judgement } from '../grade.ts';
import { NONE, recordTable, reportTable } from '../tables.ts';
import type { CharacteristicRule } from './data.ts';
import type { BrickInputs } from './fields.ts';
import type { FiredBrickOutputs } from './result.ts';

export function recordTables(inputs: BrickInputs, outputs: FiredBrickOutputs, rule: CharacteristicRule): PaperTable[] {
  return [
    recordTable(inputs, outputs),
    {
      columns: [
        { head: '试样制备方法', width: 1.2 },
        { head: '平均值', unit: 'MPa' },
        { head: '标准差 S', unit: 'MPa' },
        { head: '变异系数 δ' },
        { head: '标准值 f_{k}', unit: 'MPa' },
        { head: '单块最小值', unit: 'MPa' },
        { head: '达到的强度等级', width: 1.2 },
      ],
      rows: [
        [
          inputs.preparation,
          { text: outputs.mean_MPa, strong: true },
          outputs.S_MPa,
          outputs.variation ?? NONE,
          { text: outputs.fk_MPa ?? NONE, strong: true },
          outputs.least_MPa,
          outputs.grade ?? NONE,
        ],
      ],
      notes: [`f_{k} = 平均值 − ${rule.factor} S`],
    },
  ];
}

export function reportTables(
  designGrade: string | undefined,
  outputs: FiredBrickOutputs,
  { requirements, verdicts }: Pick<Judgement, 'requirements' | 'verdicts'>,
): PaperTable[] {
  const { mean_MPa: mean, fk_MPa: fk, least_MPa: least } = outputs;
  return [
    reportTable(designGrade, [
      { name: '平均值', value: mean, requirement: requirements?.mean ?? null, verdict: verdicts.mean },
      { name: '强度标准值', value: fk ?? NONE, requirement: requirements?.second ?? null, verdict: verdicts.second },
      { name: '单块最小值', value: least, requirement: null, verdict: 'not-judged' },
    ]),
  ];
}
