// The lab's own settings. Every change is audited.
import type { Context, SomeHandlers } from '../context.ts';
import type { ProfileShown } from '../provincial/profile.ts';

export interface Settings {
  idleLockMinutes: number;
  platformUrl: string;
  /** Id of the profile the platform speaks. */
  platformProfile: string;
  orgCode: string;
  accessKey: string;
  /** Printed on reports; the platform does not send it. */
  telephone: string;
  /** 资质认定（CMA）证书编号, empty when there is none. */
  cmaNo: string;
  /** Reference data older than this many days are refused; 0: never, by default. */
  referenceRefuseDays: number;
}

export function settingsOf(context: Pick<Context, 'store'>): Settings {
  const value = (key: string, otherwise: string) => String(context.store.get('setting', key)?.['value'] ?? otherwise);
  return {
    idleLockMinutes: Number(value('idleLockMinutes', '15')),
    platformUrl: value('platformUrl', ''),
    platformProfile: value('platformProfile', 'reference'),
    orgCode: value('orgCode', ''),
    accessKey: value('accessKey', ''),
    telephone: value('telephone', ''),
    cmaNo: value('cmaNo', ''),
    referenceRefuseDays: Number(value('referenceRefuseDays', '0')),
  };
}

export function settingHandlers(
  context: Context,
  facts: { version: string; profiles: readonly ProfileShown[] },
): SomeHandlers<'settings.get' | 'settings.change'> {
  return {
    'settings.get': () => {
      const { accessKey: _, ...shown } = settingsOf(context);
      return {
        ...shown,
        profiles: [...facts.profiles],
        dataFolder: context.dataFolder,
        version: facts.version,
      };
    },
    'settings.change'(input, caller) {
      context.store.transact(caller.actor, (tx) => {
        for (const key of ['idleLockMinutes', 'telephone', 'cmaNo', 'referenceRefuseDays'] as const) {
          const value = input[key];
          if (value !== undefined) tx.put('setting', { key, value: String(value) }, input.reason);
        }
      });
      return {};
    },
  };
}
