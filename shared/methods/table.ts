// Tables of the original record and of the report, as data: the method says what stands in them, the paper and the
// screen only draw them. Heads and cells may carry x_{sub} and x^{super}. What a method cannot know stands as a
// placeholder and is filled in when the paper is made: {sampleNo} {recordNo} {structurePart} {madeOn} {testedOn} {ageDays}
// {representedQuantity} {batchNo} {maker} {sampleState}.
import type { PaperPlot } from './plot.ts';

export interface TableColumn {
  head: string;
  unit?: string;
  /** Relative width; 1 when not given. */
  width?: number;
}

export interface TableCell {
  text: string;
  /** Columns it spans. */
  across?: number;
  /** Rows it spans; the covered cells are left out of the following rows. */
  down?: number;
  strong?: true;
  left?: true;
}

export interface PaperTable {
  caption?: string;
  columns: readonly TableColumn[];
  rows: readonly (readonly (string | TableCell)[])[];
  /** A picture of what stands in the table, under it. */
  plot?: PaperPlot;
  /** Lines under the table. */
  notes?: readonly string[];
  /** Tables of several samples with the same columns become one on a report. */
  joins?: true;
  /** What of the sample stands in its columns: names of properties, `name`, `maker`, `batchNo`. The report says the rest apart. */
  describes?: readonly string[];
}
