// The trace explains a result: every intermediate value, the formula with its numbers, and the clause that decided.
// Record, screen and inspector see the same list.
export interface TraceStep {
  /** Chinese name of the intermediate value. */
  name: string;
  symbol?: string;
  formula: string;
  /** The formula with the numbers put in. */
  substituted?: string;
  /** Decimal string; null where the rule yields no number. */
  value: string | null;
  unit?: string;
  /** Which rule decided, in words. */
  rule: string;
  /** Standard and clause. */
  clause: string;
}
export type Trace = readonly TraceStep[];
