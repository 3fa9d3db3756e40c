// Tables of the original record and of the report of a rebound test.
import { INVALID } from '../../foundation/words.ts';
import type { PaperTable, TableCell, TableColumn } from '../../table.ts';
import { STANDARD } from './data.ts';
import { ESTIMATE_RULE } from './estimate.ts';
import { angle as ANGLE, face as FACE } from './fields.ts';
import type { ReboundInputs } from './fields.ts';
import type { ReboundOutputs } from './outputs.ts';

const NONE = '—';

const labelOf = (options: readonly { value: string; label: string }[], value: string | undefined): string =>
  options.find((option) => option.value === value)?.label ?? NONE;

/** `测区`, with its member in a batch. */
function zoneName(inputs: ReboundInputs, index: number): string {
  const member = inputs.members?.[index];
  return member === undefined ? String(index + 1) : `${member}-${index + 1}`;
}

const columns = (heads: readonly (readonly [string, string?, number?])[]): TableColumn[] =>
  heads.map(([head, unit, width]) => ({
    head,
    ...(unit === undefined || unit === '' ? {} : { unit }),
    ...(width === undefined ? {} : { width }),
  }));

function conditions(inputs: ReboundInputs, outputs: ReboundOutputs): PaperTable {
  return {
    caption: '检测条件',
    columns: columns([
      ['混凝土类型', '', 1.2],
      ['检测方式'],
      ['回弹仪编号', '', 1.2],
      ['率定值（前/后）'],
      ['龄期', 'd', 0.7],
      ['强度换算依据', '', 2.2],
    ]),
    rows: [
      [
        inputs.placing === 'pumped' ? '泵送混凝土' : '非泵送混凝土',
        inputs.scope === 'batch' ? '批量检测' : '单个构件',
        inputs.hammerNo,
        `${inputs.anvilBefore_R}/${inputs.anvilAfter_R ?? NONE}`,
        inputs.age_d ?? '{ageDays}',
        outputs.strengthBasis,
      ],
    ],
  };
}

function readings(inputs: ReboundInputs, outputs: ReboundOutputs): PaperTable {
  const most = Math.max(...inputs.rebound_R.map((values) => values.length));
  const numbers = Array.from({ length: most }, (_, index) => index);
  return {
    caption: '回弹值',
    columns: columns([
      ['测区', '', 1.4],
      ...numbers.map((index) => [String(index + 1), '', 0.6] as const),
      ['R_{m}', '', 0.8],
    ]),
    rows: inputs.rebound_R.map((values, index) => [
      zoneName(inputs, index),
      ...numbers.map((at) => values[at] ?? NONE),
      outputs.mean_R[index] ?? NONE,
    ]),
  };
}

function zones(inputs: ReboundInputs, outputs: ReboundOutputs): PaperTable {
  return {
    caption: '测区强度换算',
    columns: columns([
      ['测区', '', 1.2],
      ['测试角度'],
      ['测试面', '', 1.2],
      ['R_{m}', '', 0.7],
      ['角度修正值', '', 0.9],
      ['浇筑面修正值', '', 0.9],
      ['修正后 R_{m}', '', 0.9],
      ['碳化深度读数', 'mm', 1.4],
      ['d_{m}', 'mm', 0.6],
      ['f^{c}_{cu}', 'MPa', 0.8],
    ]),
    rows: outputs.strength_MPa.map((strength, index) => [
      zoneName(inputs, index),
      labelOf(ANGLE.options, inputs.angle_deg[index]),
      labelOf(FACE.options, inputs.face[index]),
      outputs.mean_R[index] ?? NONE,
      outputs.angleCorrection[index] ?? NONE,
      outputs.faceCorrection[index] ?? NONE,
      outputs.corrected_R[index] ?? NONE,
      inputs.carbonation_mm[index]?.join('、') ?? '未测',
      outputs.carbonation_mm[index] ?? NONE,
      strength,
    ]),
    ...(outputs.strengthSource === 'table'
      ? {
          notes: [
            `f^{c}_{cu} 由检测人员按表中修正后的 R_{m} 和 d_{m} 查 ${STANDARD} 附录 A（纸质标准）录入，非程序计算。`,
          ],
        }
      : {}),
  };
}

function result(outputs: ReboundOutputs): PaperTable {
  return {
    caption: '强度推定',
    columns: columns([
      ['测区数'],
      ['平均值 m', 'MPa'],
      ['标准差 S', 'MPa'],
      ['最小值', 'MPa'],
      ['推定方法', '', 2.4],
      ['推定值 f_{cu,e}', 'MPa', 1.2],
    ]),
    rows: [
      [
        outputs.zoneCount,
        outputs.zoneMean_MPa ?? NONE,
        outputs.standardDeviation_MPa ?? NONE,
        outputs.minimum_MPa,
        ESTIMATE_RULE[outputs.rule],
        { text: outputs.estimate_MPa ?? INVALID, strong: true },
      ],
    ],
  };
}

export function recordTables(inputs: ReboundInputs, outputs: ReboundOutputs): PaperTable[] {
  return [conditions(inputs, outputs), readings(inputs, outputs), zones(inputs, outputs), result(outputs)];
}

export function reportTables(inputs: ReboundInputs, outputs: ReboundOutputs): PaperTable[] {
  const cells: (string | TableCell)[] = [
    '{sampleNo}',
    '{structurePart}',
    inputs.designGrade ?? NONE,
    '{madeOn}',
    '{testedOn}',
    inputs.age_d ?? '{ageDays}',
    outputs.memberCount,
    outputs.zoneCount,
    outputs.zoneMean_MPa ?? NONE,
    outputs.standardDeviation_MPa ?? NONE,
    outputs.minimum_MPa,
    { text: outputs.estimate_MPa ?? INVALID, strong: true },
    outputs.percentOfGrade ?? NONE,
  ];
  return [
    {
      joins: true,
      columns: columns([
        ['样品编号', '', 1.4],
        ['构件（部位）', '', 1.6],
        ['设计等级', '', 0.8],
        ['浇筑日期', '', 1.1],
        ['检测日期', '', 1.1],
        ['龄期', 'd', 0.6],
        ['构件数', '', 0.6],
        ['测区数', '', 0.6],
        ['强度平均值', 'MPa', 0.8],
        ['标准差', 'MPa', 0.8],
        ['强度最小值', 'MPa', 0.8],
        ['强度推定值', 'MPa', 0.9],
        ['达到设计强度', '%', 0.8],
      ]),
      rows: [cells],
    },
  ];
}
