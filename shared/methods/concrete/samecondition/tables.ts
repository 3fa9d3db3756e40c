// Record and report tables of a group of same-condition cubes.
import { RULE_NAME } from '../../foundation/threeValueRule.ts';
import { INVALID } from '../../foundation/words.ts';
import { groupResult, percentOfGrade, pressedGroupTable } from '../../pressedGroup.ts';
import type { PaperTable } from '../../table.ts';
import type { SameConditionOutputs } from '../concrete-same-condition.method.ts';
import { cubeRecordTables } from '../cube/tables.ts';
import { DIVISOR } from './convert.ts';
import type { SameConditionInputs } from './fields.ts';

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
  const { strong: _strong, ...representative } = groupResult('代表值', outputs.groupValue_MPa);
  return [
    pressedGroupTable({
      describes: ['designGrade', 'side_mm', 'maturity_Cd', 'judgeAgainstGrade'],
      grade: inputs.designGrade,
      size: `${side}×${side}×${side}`,
      age: { column: { head: '累计温度', unit: '℃·d', width: 0.9 }, text: inputs.maturity_Cd ?? '—' },
      curing: '同条件养护',
      loads_kN: inputs.loads_kN,
      singles: { column: { head: '抗压强度', unit: 'MPa', width: 0.9 }, texts: outputs.single_MPa },
      results: [
        representative,
        groupResult(`代表值 ÷ ${DIVISOR}`, outputs.converted_MPa),
        percentOfGrade(outputs.percentOfGrade),
      ],
    }),
  ];
}
