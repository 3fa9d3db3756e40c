// The engine over the exchange tables: a real supervision client in another process on the same file. The cuts here are
// those a file has: an answer nobody hears, a file held by the other side, a client killed and started again.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { setSupervision } from '../../../training/exchange/client.ts';
import { openClientFiles } from '../../../training/exchange/files.ts';
import { seedTrainingLab } from '../../../training/seed.ts';
import { digestOf } from '../../../wire/digest.ts';
import type { PlatformAnswer } from '../../port.ts';
import { type ClosablePort, openProfileLab, type ProfileLab, SECRET } from '../testing/profile-lab.ts';
import { describeProfile } from '../testing/profile-suite.ts';
import { createExchangePort } from './index.ts';

const MAIN = new URL('../../../training/exchange/main.ts', import.meta.url).pathname;

async function startClient(folder: string): Promise<ChildProcess> {
  const path = (name: string): string => join(folder, name);
  const child = spawn(
    process.execPath,
    [MAIN, '--exchange', path('exchange.sqlite'), '--platform', path('jh.sqlite')].concat([
      '--seed',
      path('lab.json'),
      '--every',
      '4',
    ]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await once(createInterface(child.stdout), 'line');
  return child;
}

async function open(): Promise<ProfileLab> {
  return openProfileLab(async (folder) => {
    const seed = seedTrainingLab({ secret: SECRET });
    writeFileSync(join(folder, 'lab.json'), JSON.stringify(seed));
    const exchangePath = join(folder, 'exchange.sqlite');
    let client = await startClient(folder);
    let random: (() => number) | null = null;
    let starting: Promise<unknown> = Promise.resolve();
    let down = false;
    const holders = new Set<Database.Database>();

    const kill = (): void => {
      down = true;
      const gone = once(client, 'exit');
      client.kill('SIGKILL');
      starting = gone.then(async () => {
        client = await startClient(folder);
        down = false;
      });
    };
    /** Another program has the file for a while. */
    const hold = (ms: number): void => {
      const db = new Database(exchangePath, { timeout: 0 });
      try {
        db.exec('BEGIN EXCLUSIVE');
        holders.add(db);
        setTimeout(() => {
          holders.delete(db);
          db.close();
        }, ms);
      } catch {
        db.close();
      }
    };

    /** Before: it never happens. After: it has happened and nobody hears. Twice: it happens twice. */
    async function cutting<T>(call: () => Promise<PlatformAnswer<T>>): Promise<PlatformAnswer<T>> {
      if (random === null) return call();
      const dice = random();
      if (dice > 0.97 && !down) kill();
      else if (dice > 0.85) hold(20 + 100 * random());
      const answer = dice < 0.1 ? null : await call();
      if (dice > 0.2) return answer!;
      const last = answer ?? (await createExchangePort({ baseUrl: 'file:///nowhere/at/all', orgCode: 'x' }).time());
      if (dice < 0.15) {
        const failure = { class: 'unknown-outcome', code: 'NO_ANSWER', message: '没有应答', sent: true } as const;
        return { outcome: 'failed', failure, trace: last.trace };
      }
      return call();
    }

    const files = openClientFiles(exchangePath, join(folder, 'jh.sqlite'));
    const count = (table: string, kind?: string): number => {
      const sql = `SELECT count(*) AS n FROM ${table}${kind === undefined ? '' : ` WHERE kind = '${kind}'`}`;
      return files.platform.prepare<[], { n: number }>(sql).get()?.n ?? 0;
    };
    return {
      createPort(): ClosablePort {
        const baseUrl = pathToFileURL(exchangePath).href;
        const port = createExchangePort({ baseUrl, orgCode: seed.institution.orgCode, busyMs: 60 });
        const wrapped = Object.entries(port).map(([name, member]) => [
          name,
          typeof member === 'function' && name !== 'close'
            ? (...args: unknown[]) =>
                cutting(() => (member as (...given: unknown[]) => Promise<PlatformAnswer<unknown>>)(...args))
            : member,
        ]);
        return Object.fromEntries(wrapped) as ClosablePort;
      },
      opponent: {
        holdings: () => ({
          commission: count('taken', 'commission'),
          medium: count('medium'),
          entry: count('taken', 'acquisition') + count('taken', 'test-record') + count('taken', 'modification'),
          report: count('taken', 'report'),
          code: count('code'),
          file: count('filed'),
        }),
        codes: () =>
          files.platform
            .prepare<[], { code: string; reportNo: string; revision: number }>(
              'SELECT code, report_no AS reportNo, revision FROM code ORDER BY issued_at, code',
            )
            .all(),
        digests: (kind, key) =>
          files.platform
            .prepare<[string, string], { content: string }>('SELECT content FROM taken WHERE kind = ? AND key = ?')
            .all(kind, key)
            .map(({ content }) => digestOf(JSON.parse(content))),
        lock: (commissionNo, reason) => setSupervision(files, commissionNo, 'locked', reason),
        unlock: (commissionNo, reason) => setSupervision(files, commissionNo, 'active', reason),
        async cut(given) {
          random = given;
          if (given === null) await starting;
        },
        async stop() {
          await starting;
          for (const db of holders) db.close();
          files.close();
          client.kill('SIGKILL');
        },
      },
    };
  });
}

describeProfile('exchange-tables', open, { notice: false, registrations: false, seeds: 12 });
