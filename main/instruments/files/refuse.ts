// A file that is not what its profile says: refused as a whole, in words.
import { AppError } from '../../../shared/errors/appError.ts';

export function refuseFile(fileName: string, what: string, next: string, cause?: unknown): AppError {
  return new AppError(
    { code: 'INSTRUMENT_FILE_UNREADABLE', message: `${fileName}：${what}。`, meaning: '没有取入任何读数。', next },
    { cause },
  );
}
