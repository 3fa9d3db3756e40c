// The exit status of `jiantai sync …`, the same for every part of it.
import type { SyncOverview } from '../../../../shared/sync/calls.ts';

export const exits = {
  /** Everything is at the platform, or what was asked for is done. */
  done: 0,
  /** Refused, stopped, set aside or held: a person must look. */
  attention: 1,
  usage: 2,
  /** No answer of the platform, or it refuses access, or none is set. */
  unreachable: 3,
  /** Still on its way: queued over there, frozen, or not yet due. */
  waiting: 4,
  /** The data folder cannot be used: open elsewhere, missing, damaged; or a fault of the program. */
  folder: 5,
} as const;

const byCode: Record<string, number> = {
  USAGE: exits.usage,
  PLATFORM_NOT_SET: exits.unreachable,
  PLATFORM_UNREACHABLE: exits.unreachable,
  SECRET_NOT_OPENED: exits.unreachable,
  NOT_FOUND: exits.attention,
};
export const exitOf = (code: string): number => byCode[code] ?? exits.folder;

export function exitOfQueue(overview: Pick<SyncOverview, 'counts' | 'halt'>): number {
  const { counts, halt } = overview;
  if (halt !== null) return exits.unreachable;
  if (counts.rejected + counts.parked + counts.aside > 0) return exits.attention;
  return counts.waiting + counts.frozen > 0 ? exits.waiting : exits.done;
}
