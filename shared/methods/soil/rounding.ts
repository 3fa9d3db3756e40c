// Whether intermediate figures are rounded. GB/T 50123-2019 gives digits for wet density (0.01), moisture (0.1 %) and dry
// density (0.01); on the same readings the compaction is 95.2 % with these digits and 95.0 % without, so the lab says
// which way it calculates.
import type { PolicyDeclaration } from '../method.ts';
import { printed, ratio, shownInFull } from './ratio.ts';
import type { Ratio } from './ratio.ts';
import { STANDARD } from './data.ts';

export type IntermediateRounding = 'stepwise' | 'final-only';

export const INTERMEDIATE_ROUNDING: PolicyDeclaration = {
  name: 'intermediateRounding',
  label: '中间值的修约',
  clause: `${STANDARD} 密度、含水率、干密度的计算`,
  options: [
    { value: 'stepwise', label: '逐步修约：湿密度 0.01、含水率 0.1、干密度 0.01，再计算压实度' },
    { value: 'final-only', label: '中间值不修约，只修约最终结果' },
  ],
  default: 'stepwise',
};

/** The figure that goes into the next step. */
export function carried(value: Ratio, step: string, rounding: IntermediateRounding): Ratio {
  return rounding === 'stepwise' ? ratio(printed(value, step)) : value;
}

/** Says in the trace how a figure goes on. */
export function carriedRule(step: string, rounding: IntermediateRounding): string {
  return rounding === 'stepwise' ? `修约至 ${step} 后参与下一步计算` : `以未修约值参与下一步计算，列出值修约至 ${step}`;
}

/** A figure as it stands in the formula of the next step. */
export function substituted(value: Ratio, step: string, rounding: IntermediateRounding): string {
  return rounding === 'stepwise' ? printed(value, step) : shownInFull(value);
}
