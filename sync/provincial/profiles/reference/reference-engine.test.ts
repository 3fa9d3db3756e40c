// The engine over the reference profile, by the tests that all profiles share. What is its own is in engine.test.ts and
// faults.test.ts.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startTrainingPlatform } from '../../../training/platform.ts';
import { seedTrainingLab } from '../../../training/seed.ts';
import { digestOf } from '../../../wire/digest.ts';
import { type Fault, startFaultProxy } from '../../testing/fault-proxy.ts';
import { openProfileLab, type ProfileLab, SECRET } from '../testing/profile-lab.ts';
import { describeProfile } from '../testing/profile-suite.ts';
import { createReferencePort } from './index.ts';

const KINDS: Fault[] = ['before', 'after', 'error-500', 'garbage', 'html', 'truncated', 'html-404-instead', 'twice'];
const TABLES: Record<string, { table: string; column: string }> = {
  commission: { table: 'commission', column: 'commission_no' },
  report: { table: 'report', column: 'report_no' },
};

async function open(): Promise<ProfileLab> {
  return openProfileLab(async (folder) => {
    const seed = seedTrainingLab({ secret: SECRET });
    const file = join(folder, 'platform.sqlite');
    const platform = await startTrainingPlatform({ file, seed });
    const proxy = await startFaultProxy(platform.url);
    const db = new Database(file, { readonly: true });
    return {
      createPort: (store) =>
        createReferencePort({
          baseUrl: proxy.url,
          orgCode: seed.institution.orgCode,
          ...seed.credentials,
          clockOffset: () => store.clockOffset()?.offsetMs ?? 0,
          timeoutMs: 2_000,
        }),
      opponent: {
        holdings() {
          const { commission, medium, entry, report, report_code, report_file } = platform.counts();
          return { commission, medium, entry, report, code: report_code, file: report_file };
        },
        codes: () => platform.codes(),
        digests(kind, key) {
          const { table, column } = TABLES[kind] ?? { table: 'entry', column: 'key' };
          const where = table === 'entry' ? ` AND kind = '${kind}'` : '';
          return db
            .prepare<[string], { payload: string }>(`SELECT payload FROM ${table} WHERE ${column} = ?${where}`)
            .all(key)
            .map(({ payload }) => digestOf(JSON.parse(payload)));
        },
        lock: (commissionNo, reason) => platform.supervisor.lockCommission(commissionNo, reason),
        unlock: (commissionNo, reason) => platform.supervisor.unlockCommission(commissionNo, reason),
        cut(random) {
          proxy.decide = () =>
            random !== null && random() < 0.3 ? KINDS[Math.floor(random() * KINDS.length)]! : 'pass';
        },
        async stop() {
          db.close();
          await proxy.close();
          await platform.stop();
        },
      },
    };
  });
}

describeProfile('reference', open, { notice: true, registrations: true, seeds: 5 });
