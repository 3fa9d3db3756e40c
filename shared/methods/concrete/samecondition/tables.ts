// Record and report tables of a group of same-condition cubes.
import { RULE_NAME } from '../../foundation/threeValueRule.ts';
import type { PaperTable, TableCell } from '../../table.ts';
import type { SameConditionOutputs } from '../concrete-same-condition.method.ts';
import { cubeRecordTables } from '../cube/tables.ts';
import { DIVISOR } from './convert.ts';
import type { SameConditionInputs } from './fields.ts';

const INVALID = '试验结果无效';

export function sameConditionRecord(inputs: SameConditionInputs, outputs: SameConditionOutputs): PaperTable[] {
  return [
    ...cubeRecordTables({ ...inputs, loads: inputs.loads_kN }, outputs).slice(0, 1),
    {
      columns: [
        { head: '累计温度', unit: '℃·d' },
        { head: '尺寸换算系数' },
        { head: '取值规则' },
        { head: '代表值', unit: 'MPa' },
        { head: `代表值 ÷ ${DIVISOR}`, unit: 'MPa' },
        { head: '达到设计强度', unit: '%' },
      ],
      rows: [
        [
          inputs.maturity_Cd ?? '未提供',
          outputs.sizeFactor,
          RULE_NAME[outputs.rule],
          outputs.groupValue_MPa ?? INVALID,
          { text: outputs.converted_MPa ?? INVALID, strong: true },
          outputs.percentOfGrade ?? '—',
        ],
      ],
    },
  ];
}

export function sameConditionReport(inputs: SameConditionInputs, outputs: SameConditionOutputs): PaperTable[] {
  const side = outputs.side_mm;
  const down = outputs.single_MPa.length;
  const whole = (text: string): TableCell => ({ text, down });
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.5 },
        { head: '工程部位', width: 1.6 },
        { head: '设计等级', width: 0.8 },
        { head: '公称尺寸', unit: 'mm', width: 1.2 },
        { head: '成型日期', width: 1.2 },
        { head: '检测日期', width: 1.2 },
        { head: '累计温度', unit: '℃·d', width: 0.9 },
        { head: '养护条件' },
        { head: '破坏荷载', unit: 'kN' },
        { head: '抗压强度', unit: 'MPa', width: 0.9 },
        { head: '代表值', unit: 'MPa', width: 0.9 },
        { head: `代表值 ÷ ${DIVISOR}`, unit: 'MPa', width: 0.9 },
        { head: '达到设计强度', unit: '%', width: 0.8 },
      ],
      rows: outputs.single_MPa.map((single, index) => {
        const own = [inputs.loads_kN[index] ?? '—', single];
        if (index > 0) return own;
        return [
          whole('{sampleNo}'),
          whole('{structurePart}'),
          whole(inputs.designGrade ?? '—'),
          whole(`${side}×${side}×${side}`),
          whole('{madeOn}'),
          whole('{testedOn}'),
          whole(inputs.maturity_Cd ?? '—'),
          whole('同条件养护'),
          ...own,
          whole(outputs.groupValue_MPa ?? INVALID),
          { text: outputs.converted_MPa ?? INVALID, strong: true, down },
          whole(outputs.percentOfGrade ?? '—'),
        ];
      }),
    },
  ];
}
