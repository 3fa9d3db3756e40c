// The work of job.ts in a process that may die: what the program acknowledged goes out line by line at once, and a refusal
// ends it with its words.
import { writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { toldSystemError } from '../../../main/core/files/systemErrors.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { doWork, type Line } from './job.ts';

const { values } = parseArgs({ options: { data: { type: 'string' }, patience: { type: 'string', default: '20000' } } });
const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`);

doWork(values.data ?? '', Number(values.patience), say).then(
  () => process.exit(0),
  (cause: unknown) => {
    const told = toldSystemError(cause) ?? cause;
    const words = told instanceof AppError ? told.info : null;
    say({
      refused: words ?? { code: 'NOT_IN_WORDS', message: cause instanceof Error ? (cause.stack ?? '') : String(cause) },
    });
    process.exit(3);
  },
);
