// What a paper is made of: samples as they are received and read, in the form of the method's inputs, and which of them
// stand together on one report.
import type { SampleInput } from '../../support/mainJob.ts';

export interface PaperSample {
  /** Everything that is described at reception and read at the bench, by field name. */
  inputs: Readonly<Record<string, unknown>>;
  /** What stands beside it on the commission: part of the structure, maker, batch, quantity. */
  about?: Partial<SampleInput>;
}

export interface MethodSamples {
  /** On one report, everything in order. */
  sound: readonly PaperSample[];
  /** On one report, what is below its limit or has no valid result. */
  failing: readonly PaperSample[];
  /** Of all samples; `madeOn` is counted back from today by `ageDays`. */
  about: Partial<SampleInput>;
  ageDays?: number;
  /** Where several machines of the training lab are for the item. */
  equipmentId?: string;
}

export const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
