// A copy of a file that another program owns: opened to read, never locked, never changed, and taken only when size and
// time of change were the same at two looks and are still the same after the last byte was read.
import { open, stat } from 'node:fs/promises';
import { mostBytes } from '../../../instruments/files/index.ts';

export interface Seen {
  size: number;
  changedMs: number;
}

export type Copied = { bytes: Buffer } | { wait: 'growing' | 'locked' | 'gone' | 'writing' } | { tooLarge: number };

const isSame = (a: Seen, b: Seen): boolean => a.size === b.size && a.changedMs === b.changedMs;

const codeOf = (cause: unknown): string => (cause instanceof Error && 'code' in cause ? String(cause.code) : '');

export async function seen(path: string): Promise<Seen & { folder: boolean }> {
  const facts = await stat(path);
  return { size: facts.size, changedMs: facts.mtimeMs, folder: facts.isDirectory() };
}

/** `before`: what the look before this one saw; null at the first. */
export async function copyWhenStable(path: string, before: Seen | null): Promise<Copied & { now: Seen | null }> {
  try {
    const now = await seen(path);
    if (before === null || !isSame(before, now)) return { wait: 'growing', now };
    if (now.size > mostBytes) return { tooLarge: now.size, now };
    // A database in the middle of a transaction keeps its journal beside it.
    const journal = await stat(`${path}-journal`).catch(() => null);
    if (journal !== null && journal.size > 0) return { wait: 'writing', now };
    const file = await open(path, 'r');
    try {
      const bytes = await file.readFile();
      const after = await seen(path);
      return isSame(now, after) && bytes.length === now.size ? { bytes, now } : { wait: 'growing', now: after };
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = codeOf(cause);
    if (code === 'ENOENT') return { wait: 'gone', now: null };
    if (code === 'EBUSY' || code === 'EPERM' || code === 'EACCES') return { wait: 'locked', now: before };
    throw cause;
  }
}
