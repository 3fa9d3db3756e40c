// How the lab backs up: one setting in the store, audited as every setting is; the passphrase is a sealed secret.
import { backupSettingsSchema, type BackupSettings } from '../../../shared/backup/calls.ts';
import type { Context } from '../context.ts';

export const usualSettings: BackupSettings = {
  targets: [],
  dailyAt: '02:00',
  everyHours: 0,
  keepDaily: 14,
  keepWeekly: 12,
  alarmHours: 50,
  warnGb: 5,
  floorGb: 1,
};

type Reader = Pick<Context, 'store'>;

export function backupSettings({ store }: Reader): BackupSettings {
  const row = store.get('setting', 'backup');
  if (!row) return usualSettings;
  const parsed = backupSettingsSchema.safeParse({ ...usualSettings, ...(JSON.parse(String(row['value'])) as object) });
  return parsed.success ? parsed.data : usualSettings;
}

export const isSealing = ({ store }: Reader): boolean => sealedText({ store }) !== null;

function sealedText({ store }: Reader): string | null {
  const sealed = store.get('secret', 'backup')?.['sealed'];
  return sealed === undefined || sealed === '' ? null : String(sealed);
}

export async function passphraseOf(context: Pick<Context, 'store' | 'secrets'>): Promise<string | null> {
  const sealed = sealedText(context);
  return sealed === null ? null : context.secrets.open(sealed);
}
