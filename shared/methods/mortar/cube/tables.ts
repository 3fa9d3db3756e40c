// Record and report tables of a group of mortar cubes.
import { RULE_NAME } from '../../foundation/threeValueRule.ts';
import { INVALID } from '../../foundation/words.ts';
import { groupResult, percentOfGrade, pressedGroupTable } from '../../pressedGroup.ts';
import type { PaperTable } from '../../table.ts';
import type { MortarCubeOutputs } from '../mortar-cube.method.ts';
import { SIDE_MM } from './data.ts';
import type { MortarInputs } from './fields.ts';

export function mortarRecord(inputs: MortarInputs, outputs: MortarCubeOutputs): PaperTable[] {
  return [
    {
      columns: [
        { head: '试件', width: 0.6 },
        { head: '实测尺寸', unit: 'mm', width: 1.4 },
        { head: '承压面积 A', unit: 'mm^{2}' },
        { head: '破坏荷载 N_{u}', unit: 'kN' },
        { head: '抗压强度 f_{m,cu}', unit: 'MPa' },
      ],
      rows: outputs.single_MPa.map((single, index) => [
        String(index + 1),
        inputs.measuredSides_mm?.[index]?.join('×') ?? '按公称尺寸',
        outputs.area_mm2,
        inputs.loads_kN[index] ?? '—',
        single,
      ]),
    },
    {
      columns: [
        { head: '换算系数 K' },
        { head: '取值规则' },
        { head: '代表值', unit: 'MPa' },
        { head: '达到设计强度', unit: '%' },
      ],
      rows: [
        [
          outputs.K,
          RULE_NAME[outputs.rule],
          { text: outputs.groupValue_MPa ?? INVALID, strong: true },
          outputs.percentOfGrade ?? '—',
        ],
      ],
    },
  ];
}

export function mortarReport(inputs: MortarInputs, outputs: MortarCubeOutputs): PaperTable[] {
  return [
    pressedGroupTable({
      describes: ['designGrade', 'kind', 'curing', 'judgeAgainstGrade'],
      kind: inputs.kind ?? '—',
      grade: inputs.designGrade,
      size: `${SIDE_MM}×${SIDE_MM}×${SIDE_MM}`,
      curing: inputs.curing,
      loads_kN: inputs.loads_kN,
      singles: { column: { head: '抗压强度', unit: 'MPa', width: 0.9 }, texts: outputs.single_MPa },
      results: [groupResult('代表值', outputs.groupValue_MPa), percentOfGrade(outputs.percentOfGrade)],
    }),
  ];
}
