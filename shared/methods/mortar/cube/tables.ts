// Record and report tables of a group of mortar cubes.
import { RULE_NAME } from '../../foundation/threeValueRule.ts';
import type { PaperTable, TableCell } from '../../table.ts';
import type { MortarCubeOutputs } from '../mortar-cube.method.ts';
import { SIDE_MM } from './data.ts';
import type { MortarInputs } from './fields.ts';

const INVALID = '试验结果无效';

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
  const down = outputs.single_MPa.length;
  const whole = (text: string): TableCell => ({ text, down });
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.5 },
        { head: '工程部位', width: 1.7 },
        { head: '砂浆种类', width: 1.1 },
        { head: '设计等级', width: 0.8 },
        { head: '公称尺寸', unit: 'mm', width: 1.3 },
        { head: '成型日期', width: 1.2 },
        { head: '检测日期', width: 1.2 },
        { head: '龄期', unit: 'd', width: 0.6 },
        { head: '养护条件' },
        { head: '破坏荷载', unit: 'kN' },
        { head: '抗压强度', unit: 'MPa', width: 0.9 },
        { head: '代表值', unit: 'MPa', width: 0.9 },
        { head: '达到设计强度', unit: '%', width: 0.8 },
      ],
      rows: outputs.single_MPa.map((single, index) => {
        const own = [inputs.loads_kN[index] ?? '—', single];
        if (index > 0) return own;
        return [
          whole('{sampleNo}'),
          whole('{structurePart}'),
          whole(inputs.kind ?? '—'),
          whole(inputs.designGrade ?? '—'),
          whole(`${SIDE_MM}×${SIDE_MM}×${SIDE_MM}`),
          whole('{madeOn}'),
          whole('{testedOn}'),
          whole('{ageDays}'),
          whole(inputs.curing ?? '—'),
          ...own,
          { text: outputs.groupValue_MPa ?? INVALID, strong: true, down },
          whole(outputs.percentOfGrade ?? '—'),
        ];
      }),
    },
  ];
}
