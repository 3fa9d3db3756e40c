// Test help: what a call refuses, as plain data.
import { AppError } from '../../errors/appError.ts';

export interface Refusal {
  code: string;
  field: string | undefined;
  rule: string | undefined;
}

/** Runs and returns the refusal; a call that is not refused fails the test by its answer. */
export function refusalOf(run: () => unknown): Refusal {
  try {
    const answer = run();
    throw new Error(`not refused: ${JSON.stringify(answer)}`);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const detail = error.info.details?.[0];
    return { code: error.code, field: detail?.field, rule: detail?.rule };
  }
}
