// Tables of the original record and of the report for mechanical splices.
import type { PaperTable, TableColumn } from '../../table.ts';
import { VERDICT_WORDS, roundWords, spanningRows } from '../joint/words.ts';
import type { SpliceInputs } from './fields.ts';
import type { ResidualTest } from './residual.ts';
import type { SpliceTensionTest } from './tensionTest.ts';

function tensionRecord(test: SpliceTensionTest): PaperTable {
  return {
    caption: '极限抗拉强度',
    columns: [
      { head: '试件', width: 0.5 },
      { head: '最大拉力', unit: 'kN' },
      { head: '极限抗拉强度 f^{0}_{mst}', unit: 'MPa', width: 1.2 },
      { head: '断裂位置', width: 1.6 },
      { head: '破坏形式', width: 1.1 },
      { head: '技术要求', unit: 'MPa' },
    ],
    rows: test.specimens.map((specimen, index) => [
      String(index + 1),
      specimen.load_kN,
      specimen.strength_MPa,
      specimen.break,
      specimen.failure,
      `≥${specimen.threshold.value_MPa}`,
    ]),
    notes: [`评定：${test.rule}；${test.sentence}。`],
  };
}

function residualRecord(test: ResidualTest): PaperTable {
  return {
    caption: '残余变形',
    columns: [
      ...test.singles_mm.map((_, index) => ({ head: `试件 ${index + 1}`, unit: 'mm' })),
      { head: '平均值 u_{0}', unit: 'mm' },
      { head: '技术要求', width: 1.2 },
    ],
    rows: [[...test.singles_mm, { text: test.mean_mm, strong: true }, test.parameter.requirement ?? '—']],
    notes: [`评定：${test.sentence}。`],
  };
}

export function spliceRecord(
  inputs: SpliceInputs,
  area_mm2: string,
  tension: SpliceTensionTest | null,
  residual: ResidualTest | null,
): PaperTable[] {
  const sample: PaperTable = {
    columns: [
      { head: '接头类型', width: 1.6 },
      { head: '接头等级', width: 0.8 },
      { head: '钢筋牌号' },
      { head: '公称直径 d', unit: 'mm' },
      { head: '公称横截面面积', unit: 'mm^{2}', width: 1.4 },
      { head: '检验类别' },
      { head: '试验轮次' },
    ],
    rows: [
      [
        inputs.spliceType,
        `${inputs.spliceLevel}级`,
        inputs.grade,
        inputs.nominalDiameter_mm,
        area_mm2,
        inputs.inspection,
        roundWords(inputs),
      ],
    ],
  };
  return [
    sample,
    ...(tension === null ? [] : [tensionRecord(tension)]),
    ...(residual === null ? [] : [residualRecord(residual)]),
  ];
}

/** What the splices are (type, level, bar) the report says above its results. */
export function spliceReport(tension: SpliceTensionTest | null, residual: ResidualTest | null): PaperTable[] {
  const columns: TableColumn[] = [
    { head: '样品编号', width: 1.4 },
    ...(tension === null
      ? []
      : [
          { head: '技术要求', unit: 'MPa', width: 0.9 },
          { head: '极限抗拉强度', unit: 'MPa', width: 0.9 },
          { head: '断裂位置', width: 1.5 },
        ]),
    ...(residual === null
      ? []
      : [
          { head: '残余变形技术要求', width: 1.1 },
          { head: '残余变形', unit: 'mm', width: 0.8 },
        ]),
    ...(tension === null ? [] : [{ head: '强度单项判定', width: 0.8 }]),
    ...(residual === null ? [] : [{ head: '变形单项判定', width: 0.8 }]),
  ];
  const sample = ['{sampleNo}'];
  const specimens =
    tension === null
      ? [[]]
      : tension.specimens.map((specimen) => [
          `≥${specimen.threshold.value_MPa}`,
          specimen.strength_MPa,
          `${specimen.break}（${specimen.failure}）`,
        ]);
  const closing = [
    ...(residual === null ? [] : [residual.parameter.requirement ?? '—', residual.mean_mm]),
    ...(tension === null ? [] : [VERDICT_WORDS[tension.parameter.verdict]]),
    ...(residual === null ? [] : [VERDICT_WORDS[residual.parameter.verdict]]),
  ];
  return [{ joins: true, columns, rows: spanningRows(sample, specimens, closing) }];
}
