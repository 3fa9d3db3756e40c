// What a core test answers with, and its tables of record and report.
import type { Verdict } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import type { CoreInputs } from './fields.ts';

export interface CoreOutputs {
  assessment: 'member' | 'entity';
  diameter_mm: string[];
  /** For information, to 1 mm². */
  area_mm2: string[];
  heightOverDiameter: string[];
  betaC: string;
  betaCBasis: string;
  single_MPa: string[];
  least_MPa: string;
  /** Estimate of one member; null in a check of a structure. */
  estimate_MPa: string | null;
  /** Null for one member. */
  entity: {
    mean_MPa: string;
    meanRequired_MPa: string;
    leastRequired_MPa: string;
    meanMeets: boolean;
    leastMeets: boolean;
  } | null;
}

const WORD: Readonly<Record<Verdict, string>> = {
  qualified: '合格',
  unqualified: '不合格',
  retest: '复验',
  'not-judged': '需人工判定',
};

export function recordTables(inputs: CoreInputs, outputs: CoreOutputs, verdict: Verdict): PaperTable[] {
  const cores: PaperTable = {
    columns: [
      { head: '芯样', width: 0.5 },
      { head: '直径（两个方向）', unit: 'mm', width: 1.4 },
      { head: '平均直径 d', unit: 'mm' },
      { head: '高度 h', unit: 'mm' },
      { head: '高径比' },
      { head: '面积 A_{c}', unit: 'mm^{2}' },
      { head: '破坏荷载 F_{c}', unit: 'kN' },
      { head: 'β_{c}', width: 0.6 },
      { head: '抗压强度 f_{cu,cor}', unit: 'MPa' },
    ],
    rows: outputs.single_MPa.map((single, index) => [
      String(index + 1),
      inputs.diameters_mm[index]?.join('、') ?? '—',
      outputs.diameter_mm[index] ?? '—',
      inputs.heights_mm[index] ?? '—',
      outputs.heightOverDiameter[index] ?? '—',
      outputs.area_mm2[index] ?? '—',
      inputs.loads_kN[index] ?? '—',
      outputs.betaC,
      single,
    ]),
    notes: [`试件状态：${inputs.condition ?? '—'}；面积列出值修约至 1 mm^{2}，强度由直径直接计算。`],
  };
  const { entity } = outputs;
  if (entity === null) {
    const columns = [{ head: '设计强度等级' }, { head: '芯样数量' }, { head: '强度推定值（最小值）', unit: 'MPa' }];
    const value = { text: outputs.estimate_MPa ?? '—', strong: true as const };
    return [cores, { columns, rows: [[inputs.designGrade ?? '—', String(outputs.single_MPa.length), value]] }];
  }
  return [
    cores,
    {
      columns: [
        { head: '设计强度等级' },
        { head: '平均值', unit: 'MPa' },
        { head: '要求（88%）', unit: 'MPa' },
        { head: '最小值', unit: 'MPa' },
        { head: '要求（80%）', unit: 'MPa' },
        { head: '判定' },
      ],
      rows: [
        [
          inputs.designGrade ?? '—',
          { text: entity.mean_MPa, strong: true },
          `≥${entity.meanRequired_MPa}`,
          { text: outputs.least_MPa, strong: true },
          `≥${entity.leastRequired_MPa}`,
          WORD[verdict],
        ],
      ],
    },
  ];
}

export function reportTables(inputs: CoreInputs, outputs: CoreOutputs, verdict: Verdict): PaperTable[] {
  const all = { down: outputs.single_MPa.length };
  const { entity } = outputs;
  const result =
    entity === null
      ? { head: '强度推定值', requirement: '—', value: outputs.estimate_MPa ?? '—' }
      : {
          head: '平均值 / 最小值',
          requirement: `≥${entity.meanRequired_MPa} / ≥${entity.leastRequired_MPa}`,
          value: `${entity.mean_MPa} / ${outputs.least_MPa}`,
        };
  return [
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '工程部位', width: 1.6 },
        { head: '设计等级' },
        { head: '芯样', width: 0.5 },
        { head: '直径', unit: 'mm' },
        { head: '高度', unit: 'mm' },
        { head: '破坏荷载', unit: 'kN' },
        { head: '芯样抗压强度', unit: 'MPa' },
        { head: '技术要求', unit: 'MPa' },
        { head: result.head, unit: 'MPa' },
        { head: '单项判定', width: 0.9 },
      ],
      rows: outputs.single_MPa.map((single, index) => {
        const own = [
          String(index + 1),
          outputs.diameter_mm[index] ?? '—',
          inputs.heights_mm[index] ?? '—',
          inputs.loads_kN[index] ?? '—',
          single,
        ];
        if (index > 0) return own;
        return [
          { text: '{sampleNo}', ...all },
          { text: '{structurePart}', ...all },
          { text: inputs.designGrade ?? '—', ...all },
          ...own,
          { text: result.requirement, ...all },
          { text: result.value, strong: true, ...all },
          { text: entity === null ? '—' : WORD[verdict], ...all },
        ];
      }),
    },
  ];
}
