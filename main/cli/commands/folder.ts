// Makes a folder that a command writes into, or refuses in the command's own words.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, type ErrorInfo } from '../../../shared/errors/appError.ts';

/** One folder after the other: asked to make many at once, Node never gives up on a place such as /proc. */
export function makeFolder(path: string, refusal: (path: string) => ErrorInfo): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path), refusal);
  try {
    mkdirSync(path);
  } catch (cause) {
    throw new AppError(refusal(path), { cause });
  }
}
