// Which backups may go: the newest of each of the last N days and of the last M weeks stay, and everything of the last
// day; never the newest good one; never what another lab or another program put there, and never what cannot be read.
import { renameSync } from 'node:fs';
import { removeQuietly } from './disk.ts';
import { isGood, listBackups, partSuffix, type FoundBackup } from './manifest.ts';

export interface Keeping {
  daily: number;
  weekly: number;
}

const dayMs = 86_400_000;

/** Names of those that go; `found` is newest first and of one lab. */
export function superfluous(
  found: readonly Pick<FoundBackup, 'name' | 'manifest'>[],
  keeping: Keeping,
  now: number,
): string[] {
  const kept = new Set<string>();
  const days = new Set<string>();
  const weeks = new Set<number>();
  const good = found.filter(isGood);
  for (const { name, manifest } of good) {
    const at = Date.parse(manifest.madeAt);
    const day = manifest.madeAt.slice(0, 10);
    // Weeks begin on Monday; 1970-01-05 was one.
    const week = Math.floor((Date.parse(`${day}T00:00:00Z`) - 4 * dayMs) / (7 * dayMs));
    if (now - at < dayMs) kept.add(name);
    if (!days.has(day) && days.size < keeping.daily) kept.add(name);
    if (!weeks.has(week) && weeks.size < keeping.weekly) kept.add(name);
    days.add(day);
    weeks.add(week);
  }
  const newest = good[0];
  if (newest) kept.add(newest.name);
  // One with faults is worth something only as long as no better one is newer.
  const newestGoodAt = newest ? Date.parse(newest.manifest.madeAt) : -Infinity;
  for (const one of found) if (!isGood(one) && Date.parse(one.manifest.madeAt) > newestGoodAt) kept.add(one.name);
  return found.filter(({ name }) => !kept.has(name)).map(({ name }) => name);
}

/** Takes away what is superfluous; each loses its name first, so that half of one never looks like a whole one. */
export function rotate(target: string, lab: string, keeping: Keeping, now: number): string[] {
  const own = listBackups(target).found.filter(({ manifest }) => manifest.lab === lab);
  const going = new Set(superfluous(own, keeping, now));
  for (const { name, folder } of own) {
    if (!going.has(name)) continue;
    renameSync(folder, `${folder}${partSuffix}`);
    removeQuietly(`${folder}${partSuffix}`);
  }
  return [...going];
}
