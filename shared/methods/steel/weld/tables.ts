// Tables of the original record and of the report for welded joints.
import type { PaperTable, TableColumn } from '../../table.ts';
import { INVALID } from '../../foundation/words.ts';
import { VERDICT_WORDS, roundWords, spanningRows } from '../joint/words.ts';
import { bendWords } from './bend.ts';
import type { BendTest } from './bendTest.ts';
import type { WeldInputs } from './fields.ts';
import { fractureWords } from './tension.ts';
import type { TensionTest } from './tensionTest.ts';

function tensionRecord(test: TensionTest): PaperTable {
  return {
    caption: '拉伸试验',
    columns: [
      { head: '试件', width: 0.5 },
      { head: '最大力 F_{m}', unit: 'kN' },
      { head: '抗拉强度', unit: 'MPa', width: 1.2 },
      { head: '断裂位置' },
      { head: '断裂形式' },
      { head: '断口离焊缝距离', unit: 'mm', width: 1.3 },
    ],
    rows: test.loads_kN.map((load, index) => [
      String(index + 1),
      load,
      test.strengths_MPa?.[index] ?? INVALID,
      test.fractures[index]?.place ?? '—',
      test.fractures[index]?.mode ?? '—',
      test.fractureDistances_mm[index] ?? '—',
    ]),
    notes: [`技术要求：${test.parameter.requirement ?? '—'}`, `评定：${test.rule}；${test.sentence}。`],
  };
}

function bendRecord(test: BendTest): PaperTable {
  return {
    caption: '弯曲试验',
    columns: [
      { head: '试件', width: 0.5 },
      { head: '弯心直径', unit: 'mm' },
      { head: '弯曲角度' },
      { head: '外侧表面', width: 2 },
    ],
    rows: test.specimens.map((specimen, index) => [String(index + 1), test.former_mm, '90°', bendWords(specimen)]),
    notes: [`技术要求：${test.parameter.requirement ?? '—'}`, `评定：${test.rule}；${test.sentence}。`],
  };
}

export function weldRecord(
  inputs: WeldInputs,
  area_mm2: string,
  tension: TensionTest | null,
  bend: BendTest | null,
): PaperTable[] {
  const sample: PaperTable = {
    columns: [
      { head: '焊接方式' },
      { head: '焊工姓名及证号', width: 1.4 },
      { head: '牌号' },
      { head: '公称直径 d', unit: 'mm' },
      { head: '公称横截面面积 S_{0}', unit: 'mm^{2}', width: 1.4 },
      { head: '试验轮次' },
    ],
    rows: [
      [inputs.weldType, inputs.welder ?? '—', inputs.grade, inputs.nominalDiameter_mm, area_mm2, roundWords(inputs)],
    ],
  };
  return [sample, ...(tension === null ? [] : [tensionRecord(tension)]), ...(bend === null ? [] : [bendRecord(bend)])];
}

/** What the joints are (kind, welder, bar, maker) the report says above its results. */
export function weldReport(tension: TensionTest | null, bend: BendTest | null): PaperTable[] {
  const columns: TableColumn[] = [
    { head: '样品编号', width: 1.4 },
    ...(tension === null ? [] : [{ head: '抗拉强度技术要求' }]),
    ...(bend === null ? [] : [{ head: '弯曲技术要求', width: 1.3 }]),
    ...(tension === null
      ? []
      : [
          { head: '抗拉强度', unit: 'MPa', width: 0.9 },
          { head: '断口离焊缝距离', unit: 'mm' },
          { head: '断裂特征', width: 1.4 },
        ]),
    ...(bend === null ? [] : [{ head: '弯曲 90°', width: 1.1 }]),
    ...(tension === null ? [] : [{ head: '拉伸单项判定', width: 0.8 }]),
    ...(bend === null ? [] : [{ head: '弯曲单项判定', width: 0.8 }]),
  ];
  const sample = [
    '{sampleNo}',
    ...[tension, bend].flatMap((test) => (test === null ? [] : [test.parameter.requirement ?? '—'])),
  ];
  const count = Math.max(tension?.loads_kN.length ?? 0, bend?.specimens.length ?? 0);
  const specimens = Array.from({ length: count }, (_, index) => {
    const fracture = tension?.fractures[index];
    const bent = bend?.specimens[index];
    return [
      ...(tension === null
        ? []
        : [
            tension.strengths_MPa?.[index] ?? INVALID,
            tension.fractureDistances_mm[index] ?? '—',
            fracture === undefined ? '—' : fractureWords(fracture),
          ]),
      ...(bend === null ? [] : [bent === undefined ? '—' : bendWords(bent)]),
    ];
  });
  const closing = [
    ...(tension === null ? [] : [tension.void ? INVALID : VERDICT_WORDS[tension.parameter.verdict]]),
    ...(bend === null ? [] : [VERDICT_WORDS[bend.parameter.verdict]]),
  ];
  return [{ joins: true, columns, rows: spanningRows(sample, specimens, closing) }];
}
