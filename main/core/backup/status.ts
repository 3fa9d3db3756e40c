// What the alerts of every window say of backup and free space.
import type { CollectionDocument } from '../../../shared/entities/collections.ts';
import type { Context } from '../context.ts';
import { readFact } from '../provincial/facts.ts';
import type { DiskFact } from './diskWatch.ts';
import { backupFact } from './service.ts';
import { backupSettings } from './settings.ts';

type Told = Pick<
  CollectionDocument<'status'>,
  'backupTargets' | 'backupGoodAt' | 'backupAlarmHours' | 'backupFailure' | 'disk' | 'diskText'
>;

export function backupStatus(context: Pick<Context, 'store'>): Told {
  const { targets, alarmHours } = backupSettings(context);
  const known = backupFact(context.store).targets;
  const disk = readFact<DiskFact>(context.store, 'disk');
  const goods = targets.map((target) => known[target]?.goodAt ?? null);
  const failed = targets.find((target) => (known[target]?.failures ?? 0) > 0);
  return {
    backupTargets: targets.length,
    // The newest of any place: as long as one of them has it, the lab's work is safe.
    backupGoodAt:
      goods
        .filter((at) => at !== null)
        .sort()
        .at(-1) ?? null,
    backupAlarmHours: alarmHours,
    backupFailure: failed === undefined ? null : (known[failed]?.lastText ?? null),
    disk: disk?.state ?? 'ok',
    diskText: disk?.text ?? null,
  };
}
