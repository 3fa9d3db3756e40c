// The engine over the form profile: a real form platform behind the fault proxy.
import { join } from 'node:path';
import { startFormPlatform } from '../../../training/form/platform.ts';
import { seedTrainingLab } from '../../../training/seed.ts';
import { digestOf } from '../../../wire/digest.ts';
import type { EntryKind } from '../../sync-store.ts';
import { type Fault, startFaultProxy } from '../../testing/fault-proxy.ts';
import { openProfileLab, type ProfileLab, SECRET } from '../testing/profile-lab.ts';
import { describeProfile } from '../testing/profile-suite.ts';
import { createFormPort } from './index.ts';

const KINDS: Fault[] = [
  'before',
  'after',
  'error-500',
  'error-500-instead',
  'garbage',
  'html',
  'truncated',
  'html-404-instead',
  'redirect-instead',
  'twice',
];

async function open(): Promise<ProfileLab> {
  return openProfileLab(async (folder) => {
    const seed = seedTrainingLab({ secret: SECRET });
    const platform = await startFormPlatform({ file: join(folder, 'form.sqlite'), seed });
    const proxy = await startFaultProxy(platform.url);
    return {
      createPort: (store) =>
        createFormPort({
          baseUrl: proxy.url,
          orgCode: seed.institution.orgCode,
          ...seed.credentials,
          clockOffset: () => store.clockOffset()?.offsetMs ?? 0,
          timeoutMs: 2_000,
          settleMs: 0,
        }),
      opponent: {
        holdings() {
          const { commission, file, data, report, code, report_file } = platform.counts();
          return { commission, medium: file, entry: data, report, code, file: report_file };
        },
        codes: () => platform.codes(),
        digests: (kind: EntryKind, key) => platform.stored(kind, key).map((nr) => digestOf(JSON.parse(nr))),
        lock: (commissionNo, reason) => platform.lockCommission(commissionNo, reason),
        unlock: (commissionNo, reason) => platform.unlockCommission(commissionNo, reason),
        cut(random) {
          const pick = random === null ? null : () => KINDS[Math.floor(random() * KINDS.length)]!;
          proxy.decide = () => (random !== null && pick !== null && random() < 0.3 ? pick() : 'pass');
        },
        async stop() {
          await proxy.close();
          await platform.stop();
        },
      },
    };
  });
}

describeProfile('form', open, { notice: true, registrations: false, seeds: 20 });
