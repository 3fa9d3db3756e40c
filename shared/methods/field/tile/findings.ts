// What a group of tile pull-off tests means in words: trace of the two conditions, sentence of the conclusion, warnings,
// and the stop for a piece that broke outside the bond.
import { Exact } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { MethodWarning, PlausibilityStop, Verdict } from '../../method.ts';
import { STRENGTH_STEP } from './data.ts';
import { NOT_THE_BOND } from './fields.ts';
import type { TileInputs } from './fields.ts';
import type { TileGroup, TileThresholds, TileVerdict } from './judge.ts';
import type { TilePiece } from './strength.ts';

export const NOT_COMPARED = '限值未与标准原文核对，需人工判定';

export const VERDICTS: Readonly<Record<TileVerdict, Verdict>> = {
  qualified: 'qualified',
  unqualified: 'unqualified',
  'retest-two-groups': 'retest',
};
export const OUTCOME_WORDS: Readonly<Record<TileVerdict, string>> = {
  qualified: '合格',
  unqualified: '不合格',
  'retest-two-groups': '复验',
};
export const SINGLE_VERDICT: Readonly<Record<Verdict, string>> = {
  qualified: '符合',
  unqualified: '不符合',
  retest: '需复验',
  'not-judged': '需人工判定',
};

/** A weak piece that broke in the glue of the block or in the tile says nothing of the bond. */
export function stateStops(
  inputs: TileInputs,
  pieces: readonly TilePiece[],
  { mean_MPa }: TileThresholds,
  clause: string,
): PlausibilityStop[] {
  return pieces.flatMap((piece, index): PlausibilityStop[] => {
    const state = inputs.states[index];
    const isElsewhere = NOT_THE_BOND.some((known) => known === state);
    if (!isElsewhere || new Exact(piece.strength_MPa).greaterThanOrEqualTo(mean_MPa)) return [];
    return [
      {
        code: 'STOP_TILE_STATE',
        message: `试样 ${index + 1} ${state}，粘结强度 ${piece.strength_MPa} MPa，小于平均值指标 ${mean_MPa} MPa。`,
        meaning: '断开处不在饰面砖的粘结层，测得的不是粘结强度。',
        next: '请分析原因，一般应重新选点检测；要采用本次结果的，说明原因并由第二人确认。',
        field: `states.${index}`,
        clause,
      },
    ];
  });
}

export function groupTrace(
  groups: readonly TileGroup[],
  { mean_MPa, least_MPa }: TileThresholds,
  clause: string,
): TraceStep[] {
  return groups.flatMap((group, index): TraceStep[] => [
    {
      name: `第 ${index + 1} 组平均粘结强度`,
      symbol: 'Rm',
      formula: '(R1 + R2 + R3) / 3',
      substituted: `(${group.singles_MPa.join(' + ')}) / 3`,
      value: group.mean_MPa,
      unit: 'MPa',
      rule: `由修约后的单个值平均，修约至 ${STRENGTH_STEP} MPa`,
      clause,
    },
    {
      name: `第 ${index + 1} 组平均值与要求比较`,
      formula: `Rm ≥ ${mean_MPa}`,
      substituted: `${group.mean_MPa} 与 ${mean_MPa}`,
      value: group.meanOk ? '符合' : '不符合',
      rule: `修约值比较法（修约间隔 ${STRENGTH_STEP}）`,
      clause,
    },
    {
      name: `第 ${index + 1} 组单个值与要求比较`,
      formula: `至多 1 个小于 ${mean_MPa}，且不小于 ${least_MPa}`,
      substituted: `${group.singles_MPa.join('、')}，其中 ${group.below} 个小于 ${mean_MPa}`,
      value: group.singleOk ? '符合' : '不符合',
      rule: `修约值比较法（修约间隔 ${STRENGTH_STEP}）`,
      clause,
    },
  ]);
}

export function sentenceOf(groups: readonly TileGroup[], verdict: Verdict, standard: string): string {
  const means = groups.map((group) => group.mean_MPa).join('、');
  const measured = `饰面砖粘结强度平均值为 ${means} MPa`;
  if (verdict === 'not-judged') return `${measured}；${NOT_COMPARED}。`;
  if (verdict === 'retest') {
    return `${measured}；该组试样只符合 ${standard} 两项指标中的一项，应在原取样区域内重新抽取 2 组试样检验。`;
  }
  return `${measured}，${verdict === 'qualified' ? '符合' : '不符合'} ${standard} 的要求。`;
}

export function warningsOf(verdict: Verdict, sentence: string, clause: string): MethodWarning[] {
  if (verdict !== 'unqualified' && verdict !== 'retest') return [];
  const failed = verdict === 'unqualified';
  return [
    {
      code: failed ? 'TILE_UNQUALIFIED' : 'TILE_RETEST',
      message: sentence,
      meaning: failed ? '该检验批饰面砖粘结强度不合格，有脱落的危险。' : '复验结果出来以前，该组没有结论。',
      next: failed
        ? '请通知质量负责人，列入不合格台账，并按规定报告。'
        : '请在原取样区域内重新抽取 2 组试样，以“复验”登记。',
      clause,
      notify: 'supervisor',
    },
  ];
}
