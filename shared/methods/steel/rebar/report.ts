// Tables of the report: the sample block, then one row per parameter with technical requirement, result, single verdict.
import { INVALID } from '../../foundation/words.ts';
import type { PaperTable } from '../../table.ts';
import { PARAMETERS } from './data.ts';
import type { Item } from './items.ts';
import { ROUND_TEXT, agtNotes, joined, proofNotes, verdictText } from './papers.ts';
import type { PaperFacts } from './papers.ts';
import type { SampleFigures } from './sample.ts';

const NONE = '—';

/** The head of a result row, with the symbol that the trade prints. */
const SYMBOL: Readonly<Record<string, string>> = {
  QF: ' R_{eL}',
  KL: ' R_{m}',
  SC: ' A',
  ZL: ' A_{gt}',
  QQB: ' R°_{m}/R°_{eL}',
  QBB: ' R°_{eL}/R_{eL}',
};

/** What is printed behind the name: Rp0.2 where no specimen of the sample had a yield. */
function symbolOf(item: Item, figures: SampleFigures): string {
  const proofs = (figures.QF ?? []).filter(({ by }) => by === 'proof').length;
  if (item.code !== 'QF' || proofs === 0) return SYMBOL[item.code] ?? '';
  return proofs === figures.QF?.length ? '（以 R_{p0.2} 计）' : ' R_{eL}（或 R_{p0.2}）';
}

export function reportTables(kind: string, { readings, figures, items, needed, retests }: PaperFacts): PaperTable[] {
  const notes = [
    ...(needed.has('QF') ? proofNotes(readings, figures) : []),
    ...(needed.has('ZL') ? agtNotes(readings, figures) : []),
  ];
  const round = readings.round ?? 'initial';
  return [
    {
      joins: true,
      describes: ['name', 'grade', 'nominalDiameter_mm', 'round', 'sampleState', 'maker', 'batchNo'],
      columns: [
        { head: '样品编号', width: 1.4 },
        { head: '样品种类', width: 1.3 },
        { head: '牌号' },
        { head: '公称直径', unit: 'mm', width: 0.8 },
        { head: '炉号（批号）', width: 1.2 },
        { head: '生产厂家', width: 1.4 },
        { head: '代表数量' },
        { head: '样品状态', width: 1.2 },
        { head: '工程部位', width: 1.4 },
        ...(retests ? [{ head: '试验轮次' }] : []),
      ],
      rows: [
        [
          '{sampleNo}',
          kind,
          readings.grade,
          readings.nominalDiameter_mm,
          '{batchNo}',
          '{maker}',
          '{representedQuantity}',
          readings.sampleState ?? '{sampleState}',
          '{structurePart}',
          ...(retests ? [ROUND_TEXT[round]] : []),
        ],
      ],
    },
    {
      joins: true,
      columns: [
        { head: '样品编号', width: 1.3 },
        { head: '检测项目', width: 1.5 },
        { head: '单位', width: 0.6 },
        { head: '技术要求', width: 2.2 },
        { head: '检测结果', width: 1.4 },
        { head: '单项判定' },
      ],
      rows: items.map((item, index) => [
        ...(index === 0 ? [{ text: '{sampleNo}', down: items.length }] : []),
        `${PARAMETERS[item.code].name}${symbolOf(item, figures)}`,
        PARAMETERS[item.code].unit || NONE,
        item.requirement ?? NONE,
        { text: joined(item.values) ?? INVALID, strong: true },
        verdictText(item),
      ]),
      ...(notes.length === 0 ? {} : { notes: notes.map((note) => `样品 {sampleNo}：${note}`) }),
    },
  ];
}
