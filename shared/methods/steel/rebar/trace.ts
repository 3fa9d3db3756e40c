// The steps from readings to figures, each with its formula, numbers and clause.
import type { TraceStep } from '../../foundation/trace.ts';
import { NOMINAL_SUBJECT } from '../nominal.ts';
import {
  CLAUSE_AGT,
  CLAUSE_AGT_EXTENSION,
  CLAUSE_ELONGATION,
  CLAUSE_FRACTURE,
  CLAUSE_MASS,
  CLAUSE_PROOF,
  CLAUSE_STRENGTH,
  PARAMETERS,
} from './data.ts';
import type { Code } from './data.ts';
import { STATE_TEXT } from './elongationState.ts';
import type { RebarReadings } from './readings.ts';
import type { Figure } from './figures.ts';
import type { ElongationItem } from './items.ts';
import type { RebarChoices } from './policies.ts';
import type { SampleFigures } from './sample.ts';

type TensionCode = 'QF' | 'KL' | 'SC' | 'ZL' | 'QQB' | 'QBB';
interface Words {
  symbol: string;
  formula: string;
  /** Null: the mechanical properties of the bar's own standard. */
  clause: string | null;
  /** Which standard or setting the rounding is taken from. */
  basis(choices: RebarChoices): string;
}

const strengthBasis = ({ strengthRounding }: RebarChoices): string => strengthRounding;
const ratioBasis = ({ ratiosFromRounded }: RebarChoices): string =>
  ratiosFromRounded ? '用修约后的强度' : '用未修约的强度';

const WORDS: Readonly<Record<TensionCode, Words>> = {
  QF: { symbol: 'ReL', formula: 'FeL × 1000 / S0', clause: CLAUSE_STRENGTH, basis: strengthBasis },
  KL: { symbol: 'Rm', formula: 'Fm × 1000 / S0', clause: CLAUSE_STRENGTH, basis: strengthBasis },
  SC: {
    symbol: 'A',
    formula: '(Lu − L0) / L0 × 100',
    clause: CLAUSE_ELONGATION,
    basis: ({ elongationStep }) => elongationStep,
  },
  ZL: {
    symbol: 'Agt',
    formula: '(L′ − L0′) / L0′ × 100 + Rm / E × 100',
    clause: CLAUSE_AGT,
    basis: ({ agtFromRounded }) => (agtFromRounded ? '用修约后的抗拉强度' : '用未修约的抗拉强度'),
  },
  QQB: { symbol: 'R°m/R°eL', formula: 'R°m / R°eL', clause: null, basis: ratioBasis },
  QBB: { symbol: 'R°eL/ReL', formula: 'R°eL / ReL', clause: null, basis: ratioBasis },
};

/** What another origin changes in the words of a step. */
const BY: Readonly<
  Record<
    'proof' | 'gauge',
    Partial<Record<TensionCode, { symbol?: string; formula?: string; rule: string; clause?: string }>>
  >
> = {
  proof: {
    QF: {
      symbol: 'Rp0.2',
      formula: 'Fp0.2 × 1000 / S0',
      rule: '；没有明显屈服，下屈服强度采用 Rp0.2，由引伸计测定',
      clause: CLAUSE_PROOF,
    },
    QQB: { rule: '；没有明显屈服，R°eL 用 Rp0.2' },
    QBB: { rule: '；没有明显屈服，R°eL 用 Rp0.2' },
  },
  gauge: {
    ZL: {
      formula: '最大力处的引伸计延伸 / 引伸计标距 × 100',
      rule: '；由曲线和引伸计取得',
      clause: CLAUSE_AGT_EXTENSION,
    },
  },
};

/** Settings, and the product standard of the bar, that the steps rest on. */
interface Basis {
  choices: RebarChoices;
  standard: string;
}

function figureStep(code: TensionCode, one: Figure, index: number, { choices, standard }: Basis): TraceStep {
  const { symbol, formula, clause, basis } = WORDS[code];
  const { name, unit } = PARAMETERS[code];
  const other = one.by === undefined ? undefined : BY[one.by][code];
  return {
    name: `拉伸试件 ${index + 1} ${name}`,
    symbol: other?.symbol ?? symbol,
    formula: other?.formula ?? formula,
    substituted: one.by === 'gauge' ? one.substituted : `${one.substituted} ≈ ${one.calculated}`,
    value: one.value,
    ...(unit === '' ? {} : { unit }),
    rule: `修约间隔 ${one.step}${unit === '' ? '' : ` ${unit}`}${one.by === 'gauge' ? '' : `（${basis(choices)}）`}${other?.rule ?? ''}`,
    clause: other?.clause ?? clause ?? `${standard} 力学性能`,
  };
}

/** A with the place of the fracture; an invalid test shows its readings and no value. */
function elongationSteps(
  figures: readonly Figure[],
  { item, readings, gauge }: { item: ElongationItem | undefined; readings: RebarReadings; gauge: string },
  rests: Basis,
): TraceStep[] {
  return figures.flatMap((one, index) => {
    const state = item?.states[index];
    const step = figureStep('SC', one, index, rests);
    if (state === undefined) return [];
    const position: TraceStep = {
      name: `拉伸试件 ${index + 1} 断口位置`,
      formula: '3 × 断口至最近标记的距离 ≥ L0，或断后伸长率不小于规定值',
      substituted: `3 × ${readings.fractureDistance_mm?.[index] ?? '—'}，L0 = ${gauge}`,
      value: state === 'invalid' ? null : state === 'undecided' ? '需人工判定' : '有效',
      rule: STATE_TEXT[state],
      clause: CLAUSE_FRACTURE,
    };
    return [state === 'invalid' ? { ...step, substituted: one.substituted, value: null } : step, position];
  });
}

function massSteps(
  { ZLPC: mass, mass_kg_m: perMetre }: SampleFigures,
  readings: RebarReadings,
  standard: string,
): TraceStep[] {
  if (mass === null) return [];
  return [
    {
      name: '总长度',
      symbol: 'Σl',
      formula: 'Σl',
      substituted: readings.lengths_mm?.join(' + ') ?? '',
      value: mass.totalLength_mm,
      unit: 'mm',
      rule: '各试件长度之和',
      clause: CLAUSE_MASS,
    },
    {
      name: '理论总重量',
      formula: 'Σl × 每米理论重量',
      substituted: `${mass.totalLength_mm} × ${perMetre}`,
      value: mass.theoretical_g,
      unit: 'g',
      rule: '每米理论重量查表，kg/m',
      clause: `${standard} ${NOMINAL_SUBJECT}`,
    },
    {
      name: '重量偏差',
      formula: '(m − 理论总重量) / 理论总重量 × 100',
      substituted: `${mass.substituted} ≈ ${mass.calculated}`,
      value: mass.value,
      unit: '%',
      rule: `修约间隔 ${mass.step} %，保留正负号`,
      clause: CLAUSE_MASS,
    },
  ];
}

/** Figures that a commissioned parameter is, or is formed of. */
const FORMED_OF: Readonly<Record<Code, readonly Code[]>> = {
  QF: ['QF'],
  KL: ['KL'],
  SC: ['SC'],
  ZL: ['KL', 'ZL'],
  QQB: ['QF', 'KL', 'QQB'],
  QBB: ['QF', 'QBB'],
  WQ: [],
  FW: [],
  ZLPC: ['ZLPC'],
};
export const neededFor = (codes: readonly Code[]): ReadonlySet<Code> =>
  new Set(codes.flatMap((code) => FORMED_OF[code]));

export function figureTrace(
  codes: ReadonlySet<Code>,
  at: { figures: SampleFigures; readings: RebarReadings; elongation: ElongationItem | undefined },
  rests: Basis,
): TraceStep[] {
  const { figures, readings, elongation } = at;
  const of = (code: TensionCode): TraceStep[] =>
    codes.has(code) ? (figures[code] ?? []).map((one, index) => figureStep(code, one, index, rests)) : [];
  const tabled: TraceStep[] = [
    {
      name: '公称横截面面积',
      symbol: 'S0',
      formula: '按公称直径查表',
      substituted: `d = ${readings.nominalDiameter_mm} mm`,
      value: figures.area_mm2,
      unit: 'mm²',
      rule: '用公称值，不按 π·d²/4 计算',
      clause: `${rests.standard} ${NOMINAL_SUBJECT}`,
    },
    {
      name: '原始标距',
      symbol: 'L0',
      formula: '5 × d',
      substituted: `5 × ${readings.nominalDiameter_mm}`,
      value: figures.gauge_mm,
      unit: 'mm',
      rule: '比例试样',
      clause: CLAUSE_ELONGATION,
    },
  ];
  const strengths = codes.has('QF') || codes.has('KL');
  return [
    ...(strengths ? tabled.slice(0, 1) : []),
    ...(codes.has('SC') ? tabled.slice(1) : []),
    ...of('QF'),
    ...of('KL'),
    ...(codes.has('SC')
      ? elongationSteps(figures.SC ?? [], { item: elongation, readings, gauge: figures.gauge_mm }, rests)
      : []),
    ...of('ZL'),
    ...of('QQB'),
    ...of('QBB'),
    ...(codes.has('ZLPC') ? massSteps(figures, readings, rests.standard) : []),
  ];
}
