// Tables of the original record: every reading, the calculated and the reported value, finding and verdict.
import { INVALID } from '../../foundation/words.ts';
import type { Verdict } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import { BEND_ANGLE, PARAMETERS, REVERSE_BACK_ANGLE, REVERSE_BEND_ANGLE } from './data.ts';
import type { Code } from './data.ts';
import { STATE_TEXT } from './elongationState.ts';
import { findingText } from './findings.ts';
import type { RebarReadings } from './readings.ts';
import type { Figure } from './figures.ts';
import type { ElongationItem, Item } from './items.ts';
import { formerOf } from './product.ts';
import type { SampleFigures } from './sample.ts';

const NONE = '—';

export const ROUND_TEXT = { initial: '初验', retest: '复验（双倍数量）' } as const;
const VERDICT_TEXT: Readonly<Record<Verdict, string>> = {
  qualified: '符合',
  unqualified: '不符合',
  retest: '不符合，需复验',
  'not-judged': '需人工判定',
};

export const verdictText = (item: Item): string => {
  if (item.values.every((value) => value === null)) return INVALID;
  return item.requirement === null ? NONE : VERDICT_TEXT[item.verdict];
};

/** `430/435`; null where no specimen has a value. */
export const joined = (values: readonly (string | null)[]): string | null =>
  values.every((value) => value === null) ? null : values.map((value) => value ?? '无效').join('/');

export interface PaperFacts {
  readings: RebarReadings;
  figures: SampleFigures;
  items: readonly Item[];
  elongation: ElongationItem | undefined;
  /** Figures that the commissioned parameters are formed of. */
  needed: ReadonlySet<Code>;
  retests: boolean;
}

function sampleTable({ readings, figures, retests }: PaperFacts): PaperTable {
  const columns = [
    { head: '牌号' },
    { head: '公称直径 d', unit: 'mm' },
    { head: '公称横截面面积 S_{0}', unit: 'mm^{2}' },
    { head: '原始标距 L_{0}', unit: 'mm' },
    { head: '炉（批）号' },
    { head: '样品状态' },
  ];
  const row = [
    readings.grade,
    readings.nominalDiameter_mm,
    figures.area_mm2,
    figures.gauge_mm,
    '{batchNo}',
    readings.sampleState ?? '{sampleState}',
  ];
  if (!retests) return { columns, rows: [row] };
  const again = [ROUND_TEXT[readings.round ?? 'initial'], readings.initialRecordNo ?? NONE];
  return { columns: [...columns, { head: '试验轮次' }, { head: '初验记录编号' }], rows: [[...row, ...again]] };
}

const notesOf = (notes: string[]): Pick<PaperTable, 'notes'> => (notes.length === 0 ? {} : { notes });

/** `引伸计标距 100 mm、1 级`, with the specimens it was on. */
function gaugeWords(readings: RebarReadings, places: readonly number[]): string {
  const of = (index: number): string =>
    `标距 ${readings.extensometerGauge_mm?.[index] ?? NONE} mm、${readings.extensometerClass?.[index] ?? NONE} 级`;
  return `引伸计（${[...new Set(places.map(of))].join('；')}）`;
}
const placesBy = (figures: readonly Figure[] | null, by: Figure['by']): number[] =>
  (figures ?? []).flatMap((one, index) => (one.by === by ? [index] : []));
const numbered = (places: readonly number[]): string => places.map((index) => index + 1).join('、');

/** Which specimens had no yield, and by which extensometer their Rp0.2 was measured. */
export function proofNotes(readings: RebarReadings, figures: SampleFigures): string[] {
  const places = placesBy(figures.QF, 'proof');
  if (places.length === 0) return [];
  return [
    `拉伸试件 ${numbered(places)} 没有明显屈服，下屈服强度采用规定塑性延伸强度 R_{p0.2}，由${gaugeWords(readings, places)}测定。`,
  ];
}

/** Which specimens have their Agt of the extensometer. */
export function agtNotes(readings: RebarReadings, figures: SampleFigures): string[] {
  const places = placesBy(figures.ZL, 'gauge');
  if (places.length === 0) return [];
  return [`拉伸试件 ${numbered(places)} 的最大力总延伸率 A_{gt} 由${gaugeWords(readings, places)}测定。`];
}

function strengthTable({ readings, figures, needed }: PaperFacts): PaperTable[] {
  const { FeL_kN: yields, Fp02_kN: proofs, Fm_kN: peaks } = readings;
  const withProof = figures.QF?.some(({ by }) => by === 'proof') ?? false;
  const count = yields?.length ?? proofs?.length ?? peaks?.length ?? 0;
  if (count === 0) return [];
  const cell = (code: 'QF' | 'KL' | 'QQB' | 'QBB', index: number, key: 'value' | 'calculated'): string => {
    const one: Figure | undefined = needed.has(code) ? figures[code]?.[index] : undefined;
    return one?.[key] ?? NONE;
  };
  const withRatios = needed.has('QQB') || needed.has('QBB');
  return [
    {
      caption: '拉伸试验：强度',
      columns: [
        { head: '试件', width: 0.6 },
        { head: '下屈服力 F_{eL}', unit: 'kN' },
        ...(withProof ? [{ head: '规定塑性延伸力 F_{p0.2}', unit: 'kN' }] : []),
        { head: '最大力 F_{m}', unit: 'kN' },
        { head: withProof ? 'R_{eL} 或 R_{p0.2} 计算值' : 'R_{eL} 计算值', unit: 'MPa' },
        { head: withProof ? 'R_{eL} 或 R_{p0.2}' : 'R_{eL}', unit: 'MPa' },
        { head: 'R_{m} 计算值', unit: 'MPa' },
        { head: 'R_{m}', unit: 'MPa' },
        ...(withRatios ? [{ head: 'R°_{m}/R°_{eL}' }, { head: 'R°_{eL}/R_{eL}' }] : []),
      ],
      rows: Array.from({ length: count }, (_, index) => [
        String(index + 1),
        yields?.[index] ?? NONE,
        ...(withProof ? [proofs?.[index] ?? NONE] : []),
        peaks?.[index] ?? NONE,
        cell('QF', index, 'calculated'),
        cell('QF', index, 'value'),
        cell('KL', index, 'calculated'),
        cell('KL', index, 'value'),
        ...(withRatios ? [cell('QQB', index, 'value'), cell('QBB', index, 'value')] : []),
      ]),
      ...notesOf(proofNotes(readings, figures)),
    },
  ];
}

const FRACTURE_TEXT = { ductile: '延性断裂', brittle: '脆性断裂' } as const;

function elongationTable({ readings, figures, elongation }: PaperFacts): PaperTable[] {
  const finals = readings.Lu_mm;
  if (finals === undefined) return [];
  return [
    {
      caption: '拉伸试验：断后伸长率',
      columns: [
        { head: '试件', width: 0.6 },
        { head: '断后标距 L_{u}', unit: 'mm' },
        { head: '断口至最近标记', unit: 'mm' },
        { head: '断口形貌' },
        { head: '断裂位置', width: 2 },
        { head: 'A 计算值', unit: '%' },
        { head: 'A', unit: '%' },
      ],
      rows: finals.map((final, index) => {
        const type = readings.fractureTypes?.[index];
        const state = elongation?.states[index];
        const one = state === undefined || state === 'invalid' ? undefined : figures.SC?.[index];
        return [
          String(index + 1),
          final,
          readings.fractureDistance_mm?.[index] ?? NONE,
          type === undefined || type === null ? NONE : FRACTURE_TEXT[type],
          state === undefined ? NONE : STATE_TEXT[state],
          one?.calculated ?? NONE,
          state === 'invalid' ? INVALID : (one?.value ?? NONE),
        ];
      }),
    },
  ];
}

function agtTable({ readings, figures, needed }: PaperFacts): PaperTable[] {
  const count = readings.agtFinal_mm?.length ?? readings.agtExtension_percent?.length ?? 0;
  if (count === 0) return [];
  const finals = Array.from({ length: count }, (_, index) => readings.agtFinal_mm?.[index] ?? null);
  const shown = needed.has('ZL');
  const byGauge = readings.agtExtension_percent;
  const caption = byGauge === undefined ? '（手工法）' : finals.every((final) => final === null) ? '（引伸计法）' : '';
  return [
    {
      caption: `最大力总延伸率${caption}`,
      columns: [
        { head: '试件', width: 0.6 },
        { head: '原始标距 L_{0}′', unit: 'mm' },
        { head: '断后距离 L′', unit: 'mm' },
        { head: '标记至断口', unit: 'mm' },
        { head: '标记至夹持处', unit: 'mm' },
        ...(byGauge === undefined ? [] : [{ head: 'A_{gt}（引伸计）', unit: '%' }]),
        { head: 'A_{gt} 计算值', unit: '%' },
        { head: 'A_{gt}', unit: '%' },
      ],
      rows: finals.map((final, index) => {
        const one = shown ? figures.ZL?.[index] : undefined;
        return [
          String(index + 1),
          final === null ? NONE : (readings.agtGauge_mm ?? NONE),
          final ?? NONE,
          readings.agtToFracture_mm?.[index] ?? NONE,
          readings.agtToGrip_mm?.[index] ?? NONE,
          ...(byGauge === undefined ? [] : [byGauge[index] ?? NONE]),
          one?.calculated ?? NONE,
          one?.value ?? NONE,
        ];
      }),
      ...notesOf(agtNotes(readings, figures)),
    },
  ];
}

/** Former and angle as the standard gives them for grade and diameter. */
export const bendWords = (item: Item, diameter_mm: string): { former: string; angle: string } => ({
  former: item.limit === null ? NONE : `${formerOf(item.limit, diameter_mm)}（${item.limit.min}d）`,
  angle: item.code === 'WQ' ? `${BEND_ANGLE}°` : `${REVERSE_BEND_ANGLE}°，反弯 ${REVERSE_BACK_ANGLE}°`,
});

function bendTable({ readings, items }: PaperFacts): PaperTable[] {
  const bends = items.filter(({ code }) => code === 'WQ' || code === 'FW');
  if (bends.length === 0) return [];
  return [
    {
      caption: '弯曲试验',
      columns: [
        { head: '项目' },
        { head: '试件', width: 0.6 },
        { head: '弯曲压头直径', unit: 'mm' },
        { head: '弯曲角度' },
        { head: '受弯部位外表面', width: 1.4 },
      ],
      rows: bends.flatMap((item) => {
        const { former, angle } = bendWords(item, readings.nominalDiameter_mm);
        const findings = (item.code === 'WQ' ? readings.bendFindings : readings.reverseBendFindings) ?? [];
        return findings.map((finding, index) => [
          PARAMETERS[item.code].name,
          String(index + 1),
          former,
          angle,
          findingText(finding),
        ]);
      }),
    },
  ];
}

function massTable({ readings, figures, needed }: PaperFacts): PaperTable[] {
  const mass = figures.ZLPC;
  if (mass === null || !needed.has('ZLPC')) return [];
  return [
    {
      caption: '重量偏差',
      columns: [
        { head: '各试件长度', unit: 'mm', width: 2.4 },
        { head: '总长度', unit: 'mm' },
        { head: '理论重量', unit: 'kg/m' },
        { head: '理论总重量', unit: 'g' },
        { head: '实际总重量', unit: 'g' },
        { head: '计算值', unit: '%' },
        { head: '重量偏差', unit: '%' },
      ],
      rows: [
        [
          readings.lengths_mm?.join('、') ?? NONE,
          mass.totalLength_mm,
          figures.mass_kg_m ?? NONE,
          mass.theoretical_g,
          readings.totalMass_g ?? NONE,
          mass.calculated,
          { text: mass.value, strong: true },
        ],
      ],
    },
  ];
}

function resultTable({ items }: PaperFacts): PaperTable {
  return {
    caption: '结果',
    columns: [
      { head: '检测项目' },
      { head: '单位', width: 0.6 },
      { head: '技术要求', width: 2 },
      { head: '检测结果', width: 1.4 },
      { head: '单项判定' },
    ],
    rows: items.map((item) => [
      PARAMETERS[item.code].name,
      PARAMETERS[item.code].unit || NONE,
      item.requirement ?? NONE,
      { text: joined(item.values) ?? INVALID, strong: true },
      verdictText(item),
    ]),
  };
}

export function recordTables(facts: PaperFacts): PaperTable[] {
  return [
    sampleTable(facts),
    ...strengthTable(facts),
    ...elongationTable(facts),
    ...agtTable(facts),
    ...bendTable(facts),
    ...massTable(facts),
    resultTable(facts),
  ];
}
