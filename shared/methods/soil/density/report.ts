// What every method of field density answers in the same way: results of the parameters asked for, the sentence, and the
// table of the report (one line per place, places of one report join).
import type { ParameterDeclaration, ParameterResult } from '../../method.ts';
import type { PaperTable } from '../../table.ts';
import { DENSITY_UNIT } from '../data.ts';
import { INVALID } from '../../foundation/words.ts';
import { VERDICT_WORD, reasonWords } from '../words.ts';
import type { Fault } from '../words.ts';
import type { Degree } from './degree.ts';
import { COMPACTION_COEFFICIENT, COMPACTION_DEGREE, DRY_DENSITY, MOISTURE, WET_DENSITY } from './fields.ts';
import type { PlaceDescription } from './fields.ts';

export const DENSITY_PARAMETERS: readonly ParameterDeclaration[] = [
  { code: COMPACTION_DEGREE, name: '压实度', unit: '%', recognises: /压实度/ },
  { code: COMPACTION_COEFFICIENT, name: '压实系数', unit: '', recognises: /压实系数/ },
  { code: DRY_DENSITY, name: '干密度', unit: DENSITY_UNIT, recognises: /^(?!.*最大).*干密度/ },
  { code: WET_DENSITY, name: '湿密度', unit: DENSITY_UNIT, recognises: /湿密度|^密度/ },
  { code: MOISTURE, name: '含水率', unit: '%', recognises: /^(?!.*最[优佳]).*含水[率量]/ },
];

/** Figures of a place; all null when invalid. */
export interface PlaceFigures {
  wetDensity_g_cm3: string | null;
  moisture_percent: string | null;
  dryDensity_g_cm3: string | null;
  compaction_percent: string | null;
  compactionCoefficient: string | null;
}

export const NO_FIGURES: PlaceFigures = {
  wetDensity_g_cm3: null,
  moisture_percent: null,
  dryDensity_g_cm3: null,
  compaction_percent: null,
  compactionCoefficient: null,
};

export function placeResults(
  figures: PlaceFigures,
  degree: Degree | null,
  place: PlaceDescription,
  asked: (code: string) => boolean,
): ParameterResult[] {
  const { designCompaction_percent: percent, designCoefficient: coefficient, maxDryDensity_g_cm3: most } = place;
  const plain = { requirement: null, verdict: 'not-judged' } as const;
  const rows: ParameterResult[] = [
    {
      parameterCode: COMPACTION_DEGREE,
      name: '压实度',
      value: figures.compaction_percent,
      unit: '%',
      requirement: percent === undefined ? null : `≥${percent}%`,
      verdict: degree?.percentVerdict ?? 'not-judged',
    },
    {
      parameterCode: COMPACTION_COEFFICIENT,
      name: '压实系数',
      value: figures.compactionCoefficient,
      unit: '',
      requirement: coefficient === undefined ? null : `≥${coefficient}`,
      verdict: degree?.coefficientVerdict ?? 'not-judged',
    },
    { ...plain, parameterCode: DRY_DENSITY, name: '干密度', value: figures.dryDensity_g_cm3, unit: DENSITY_UNIT },
    { ...plain, parameterCode: WET_DENSITY, name: '湿密度', value: figures.wetDensity_g_cm3, unit: DENSITY_UNIT },
    { ...plain, parameterCode: MOISTURE, name: '含水率', value: figures.moisture_percent, unit: '%' },
  ];
  // Without a maximum dry density there is no degree; a commission that asks for it has been refused before.
  const known = most === undefined ? rows.slice(2) : rows;
  return known.filter(({ parameterCode }) => asked(parameterCode));
}

/** What the place is judged by: `≥95%`, `λc≥0.94`, both, or nothing. */
function designText({ designCompaction_percent: percent, designCoefficient: coefficient }: PlaceDescription): string {
  const parts = [
    ...(percent === undefined ? [] : [`≥${percent}%`]),
    ...(coefficient === undefined ? [] : [`λc≥${coefficient}`]),
  ];
  return parts.length === 0 ? '—' : parts.join('，');
}

function judgedWord(degree: Degree | null): string {
  const verdicts = [degree?.percentVerdict ?? 'not-judged', degree?.coefficientVerdict ?? 'not-judged'];
  if (verdicts.includes('unqualified')) return VERDICT_WORD.unqualified;
  return verdicts.includes('qualified') ? VERDICT_WORD.qualified : VERDICT_WORD['not-judged'];
}

export function placeSentence(
  figures: PlaceFigures,
  degree: Degree | null,
  place: PlaceDescription,
  faults: readonly Fault[],
): string {
  if (figures.dryDensity_g_cm3 === null) return `该测点${INVALID}：${reasonWords(faults)}。`;
  const density = `该测点干密度为 ${figures.dryDensity_g_cm3} ${DENSITY_UNIT}，含水率为 ${figures.moisture_percent}%`;
  if (degree === null) return `${density}。`;
  const byCoefficient = place.designCompaction_percent === undefined && place.designCoefficient !== undefined;
  const degreeText = byCoefficient ? `压实系数为 ${degree.coefficient}` : `压实度为 ${degree.percent}%`;
  const words: Record<string, string> = {
    合格: `，符合设计要求（${designText(place)}）`,
    不合格: `，不符合设计要求（${designText(place)}）`,
  };
  return `${density}，${degreeText}${words[judgedWord(degree)] ?? '；委托单未给出设计值，不作判定'}。`;
}

export function placeReport(figures: PlaceFigures, degree: Degree | null, place: PlaceDescription): PaperTable[] {
  const invalid = figures.dryDensity_g_cm3 === null;
  const cell = (value: string | null): string => value ?? (invalid ? INVALID : '—');
  return [
    {
      joins: true,
      columns: [
        { head: '试样编号', width: 1.4 },
        { head: '取样部位', width: 1.6 },
        { head: '层次' },
        { head: '设计压实度', width: 1.1 },
        { head: '湿密度', unit: 'g/cm^{3}' },
        { head: '含水率', unit: '%' },
        { head: '干密度', unit: 'g/cm^{3}' },
        { head: '最大干密度', unit: 'g/cm^{3}' },
        { head: '压实度', unit: '%' },
        { head: '压实系数', width: 0.8 },
        { head: '单项评定', width: 0.8 },
      ],
      rows: [
        [
          '{sampleNo}',
          '{structurePart}',
          place.layer ?? '—',
          designText(place).replace('λc', 'λ_{c}'),
          cell(figures.wetDensity_g_cm3),
          cell(figures.moisture_percent),
          cell(figures.dryDensity_g_cm3),
          place.maxDryDensity_g_cm3 ?? '—',
          { text: cell(figures.compaction_percent), strong: true },
          cell(figures.compactionCoefficient),
          judgedWord(degree),
        ],
      ],
    },
  ];
}

export const DENSITY_HEADS = [
  { head: '湿密度 ρ', unit: 'g/cm^{3}' },
  { head: '含水率 w', unit: '%' },
  { head: '干密度 ρ_{d}', unit: 'g/cm^{3}' },
  { head: '最大干密度 ρ_{dmax}', unit: 'g/cm^{3}' },
  { head: '压实度 K', unit: '%' },
  { head: '压实系数 λ_{c}' },
  { head: '单项评定' },
];

/** Last table of the original record. */
export function placeRecord(figures: PlaceFigures, degree: Degree | null, place: PlaceDescription): PaperTable {
  const invalid = figures.dryDensity_g_cm3 === null;
  const cell = (value: string | null): string => value ?? (invalid ? INVALID : '—');
  return {
    columns: DENSITY_HEADS,
    rows: [
      [
        cell(figures.wetDensity_g_cm3),
        cell(figures.moisture_percent),
        cell(figures.dryDensity_g_cm3),
        place.maxDryDensity_g_cm3 ?? '—',
        { text: cell(figures.compaction_percent), strong: true },
        cell(figures.compactionCoefficient),
        judgedWord(degree),
      ],
    ],
    notes: [
      ...(place.compactionReport === undefined ? [] : [`最大干密度取自击实试验报告 ${place.compactionReport}。`]),
      '单项评定以委托单给出的设计值为准；整层或整批的评定按相应验收标准进行。',
    ],
  };
}
