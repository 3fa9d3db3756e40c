// Verdict of a bend test of flash-butt and gas-pressure welds, JGJ 18-2012 5.1.8: bent to 90°, a specimen fails when its
// outer side, weld and heat-affected zone included, has a crack of 0.5 mm or more, or when it breaks.
import { Exact, refusal } from '../../foundation/decimal.ts';
import type { TraceStep } from '../../foundation/trace.ts';
import type { Round } from '../joint/fields.ts';
import { CLAUSE_BEND, CLAUSE_BEND_RULE, CRACK_WIDTH_MM } from './data.ts';

export const FINDINGS = ['无裂纹', '有裂纹', '断裂'] as const;
export type Finding = (typeof FINDINGS)[number];

export interface BendSpecimen {
  finding: Finding;
  /** Widest crack; null where there is none to measure. */
  crack_mm: string | null;
}

export type BendOutcome = 'qualified' | 'retest' | 'unqualified';

export interface BendVerdict {
  outcome: BendOutcome;
  failed: number;
  rule: string;
}

/** Findings with their crack widths: every crack has a width, and nothing else has one. */
export function bendSpecimens(
  findings: readonly Finding[],
  widths_mm: readonly (string | null)[] | undefined,
): BendSpecimen[] {
  return findings.map((finding, index) => {
    const crack = widths_mm?.[index] ?? null;
    if ((finding === '有裂纹') === (crack !== null)) return { finding, crack_mm: crack };
    const message =
      crack === null
        ? `弯曲试件 ${index + 1} 有裂纹，缺少“裂纹宽度”。`
        : `弯曲试件 ${index + 1} 的结果是“${finding}”，不应有裂纹宽度 ${crack} mm。`;
    const code = crack === null ? 'METHOD_MISSING' : 'METHOD_CONFLICT';
    throw refusal(code, message, `crackWidths_mm.${index}`, CLAUSE_BEND, '请核对弯曲结果，有裂纹的量取最大宽度。');
  });
}

export const isFailed = ({ finding, crack_mm: crack }: BendSpecimen): boolean =>
  finding === '断裂' || (crack !== null && new Exact(crack).greaterThanOrEqualTo(CRACK_WIDTH_MM));

/** `裂纹 0.3 mm`: what papers say of a specimen. */
export const bendWords = ({ finding, crack_mm: crack }: BendSpecimen): string =>
  crack === null ? finding : `裂纹 ${crack} mm`;

/** 3 specimens at first, 6 in a retest; the caller has counted them. */
export function judgeBend(specimens: readonly BendSpecimen[], round: Round): BendVerdict {
  const failed = specimens.filter(isFailed).length;
  const rule = `${specimens.length} 个试件中 ${failed} 个断裂或裂纹宽度达到 ${CRACK_WIDTH_MM} mm`;
  if (round === 'retest') return { outcome: failed <= 2 ? 'qualified' : 'unqualified', failed, rule };
  return { outcome: failed <= 1 ? 'qualified' : failed === 2 ? 'retest' : 'unqualified', failed, rule };
}

export function bendTrace(specimens: readonly BendSpecimen[]): TraceStep[] {
  return specimens.map((specimen, index) => ({
    name: `弯曲试件 ${index + 1}`,
    formula: `外侧（含焊缝和热影响区）裂纹宽度 < ${CRACK_WIDTH_MM} mm`,
    value: bendWords(specimen),
    rule: isFailed(specimen) ? '不符合' : '符合',
    clause: CLAUSE_BEND_RULE,
  }));
}
