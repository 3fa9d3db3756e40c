// JSON lines in, JSON lines out. A line that is no JSON gives an error line; the others go on.
import { createInterface } from 'node:readline';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';

export const write = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`);

export function errorOf(cause: unknown): ErrorInfo {
  if (cause instanceof AppError) return cause.info;
  return { code: 'INPUT_INVALID', message: cause instanceof Error ? cause.message : String(cause) };
}

/** Answers 0 when every line was answered without an error, 1 otherwise; errors also go to standard error. */
export async function answerLines(answer: (line: unknown) => { value: unknown; failed: boolean }): Promise<number> {
  let failures = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (text.trim() === '') continue;
    try {
      const { value, failed } = answer(JSON.parse(text));
      write(value);
      if (failed) failures += 1;
    } catch (cause) {
      failures += 1;
      const info =
        cause instanceof SyntaxError
          ? { code: 'LINE_NOT_JSON', message: `不是有效的 JSON：${text.slice(0, 80)}` }
          : errorOf(cause);
      write({ error: info });
      process.stderr.write(`${JSON.stringify({ error: info })}\n`);
    }
  }
  return failures === 0 ? 0 : 1;
}
