// How the embedded platform refuses: a code of the contract, a sentence, and the fields concerned. Operations throw it
// for a whole request and collect problems for the single entries of a batch.
import { type WireErrorCode } from '../wire/error-codes.ts';

export interface Problem {
  code: WireErrorCode;
  message: string;
  /** Path of the field concerned, e.g. `samples.0.itemCode`. */
  field?: string;
  /** The control or clause that decided, e.g. `scope`. */
  rule?: string;
}

export class PlatformError extends Error {
  readonly code: WireErrorCode;
  readonly details: Problem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: WireErrorCode, message: string, details: Problem[] = [], retryAfterSeconds?: number) {
    super(message);
    this.name = 'PlatformError';
    this.code = code;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Refuses the whole request if there is any problem; the first one gives the code. */
export function refuseOn(problems: readonly Problem[]): void {
  const first = problems[0];
  if (first !== undefined) throw new PlatformError(first.code, first.message, [...problems]);
}
