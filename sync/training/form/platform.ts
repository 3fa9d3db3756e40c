// Starts the form platform: a real HTTP server with its own SQLite file, sessions and kick-out, that answers HTTP 200 to
// everything. In this process, or through main.ts in one of its own.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FORM_DATA_KINDS, FORM_OPERATIONS, type FormOperationName } from '../../wire/form-contract.ts';
import type { TrainingLab } from '../seed.ts';
import { countForm, type FormCounts, type FormDatabase, openFormDatabase, putReference } from './database.ts';
import { type FormContext, formOperations } from './operations.ts';
import { FormRefusal } from './refusal.ts';
import { admit, type FormValues, login } from './sessions.ts';

export interface FormPlatformOptions {
  file: string;
  host?: string;
  /** 0 takes any free port. */
  port?: number;
  seed?: TrainingLab;
  clock?: () => number;
}

export interface FormFaults {
  clockSkewMs: number;
  /** So many of the next saves lose their connection at once and are carried out only by `carryOutLate`. */
  lateSaves: number;
  /** Answers the next code requests with "being done". */
  codesBeingDone: number;
  /** Answers the next calls with "too often". */
  tooOften: number;
}

export interface FormPlatform {
  url: string;
  faults: FormFaults;
  stop(): Promise<void>;
  lockCommission(commissionNo: string, reason: string): void;
  unlockCommission(commissionNo: string, reason: string): void;
  voidCommission(commissionNo: string, reason: string): void;
  disablePerson(id: string): void;
  /** Somebody logs in with the same account elsewhere. */
  kickOut(): void;
  /** 24 hours are over. */
  endSessions(): void;
  logins(): number;
  /** Does now what was saved while the connection was lost. */
  carryOutLate(): void;
  counts(): FormCounts;
  codes(): { code: string; reportNo: string; revision: number }[];
  /** Contents held of one kind under one key, as they came; more than one is a double. */
  stored(kind: string, key: string): string[];
}

const BODY_LIMIT = 64 * 1024 * 1024;
const byPath = new Map<string, FormOperationName>(
  Object.entries(FORM_OPERATIONS).map(([name, operation]) => [operation.path, name as FormOperationName] as const),
);

async function formValues(request: IncomingMessage): Promise<FormValues> {
  if (!/^application\/x-www-form-urlencoded/i.test(request.headers['content-type'] ?? '')) {
    throw new FormRefusal('incomplete');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new FormRefusal('tooLarge');
    chunks.push(chunk);
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
}

function supervise(db: FormDatabase, now: number, lx: string, zt: string, wtbh: string, yy: string): void {
  db.transaction(() => {
    db.prepare(
      'INSERT INTO supervision (wtbh, zt, yy) VALUES (?, ?, ?) ON CONFLICT (wtbh) DO UPDATE SET zt = excluded.zt, yy = excluded.yy',
    ).run(wtbh, zt, yy);
    db.prepare('INSERT INTO event (lx, bh, at, sm) VALUES (?, ?, ?, ?)').run(lx, wtbh, now, yy);
  }).immediate();
}

export async function startFormPlatform(options: FormPlatformOptions): Promise<FormPlatform> {
  const db = openFormDatabase(options.file, options.seed);
  const faults: FormFaults = { clockSkewMs: 0, lateSaves: 0, codesBeingDone: 0, tooOften: 0 };
  const now = (): number => (options.clock ?? Date.now)() + faults.clockSkewMs;
  let url = '';
  let logins = 0;
  const late: (() => void)[] = [];
  const context: FormContext = { db, now, publicBase: () => url };

  function carryOut(name: FormOperationName, values: FormValues): unknown {
    const operation = FORM_OPERATIONS[name];
    if (name === 'login') {
      logins += 1;
      return login(db, operation, values, now());
    }
    if (operation.checked !== null) admit(db, operation, values, now());
    return formOperations[name](context, values);
  }

  /** All of it or nothing; a refusal, too, keeps the flow number it came with. */
  function answerTo(name: FormOperationName, values: FormValues): { code: number; msg: string; data: unknown } {
    return db
      .transaction(() => {
        try {
          return { code: 0, msg: '操作成功', data: carryOut(name, values) };
        } catch (error) {
          if (error instanceof FormRefusal) return error.answer;
          throw error;
        }
      })
      .immediate();
  }

  function fault(name: FormOperationName): FormRefusal | null {
    if (faults.tooOften > 0) {
      faults.tooOften -= 1;
      return new FormRefusal('tooOften', { ms: '1' });
    }
    if (name === 'issueCode' && faults.codesBeingDone > 0) {
      faults.codesBeingDone -= 1;
      return new FormRefusal('beingDone');
    }
    return null;
  }

  const server = createServer((request, response) => {
    const answer = async (): Promise<{ code: number; msg: string; data: unknown } | null> => {
      const name = byPath.get(new URL(request.url ?? '/', 'http://platform').pathname);
      if (request.method !== 'POST' || name === undefined) return new FormRefusal('failed').answer;
      const values = await formValues(request);
      if (name.startsWith('save') && faults.lateSaves > 0) {
        faults.lateSaves -= 1;
        late.push(() => void answerTo(name, values));
        return null;
      }
      return fault(name)?.answer ?? answerTo(name, values);
    };
    answer()
      .catch((error: unknown) => (error instanceof FormRefusal ? error : new FormRefusal('failed')).answer)
      .then(
        (body) => {
          if (body === null) request.socket.destroy();
          else {
            response.writeHead(200, { 'content-type': 'application/json;charset=UTF-8' });
            response.end(JSON.stringify(body));
          }
        },
        () => request.socket.destroy(),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  url = `http://${options.host ?? '127.0.0.1'}:${(server.address() as AddressInfo).port}`;
  return {
    url,
    faults,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          db.close();
          resolve();
        });
        server.closeAllConnections();
      }),
    lockCommission: (no, reason) => supervise(db, now(), 'sd', '1', no, reason),
    unlockCommission: (no, reason) => supervise(db, now(), 'js', '0', no, reason),
    voidCommission: (no, reason) => supervise(db, now(), 'zf', '2', no, reason),
    disablePerson(id) {
      const row = db
        .prepare<[string], { body: string }>("SELECT body FROM reference WHERE lx = 'ry' AND id = ?")
        .get(id);
      const body = { ...(JSON.parse(row?.body ?? '{}') as object), state: '停用' };
      db.transaction(() => putReference(db, 'ry', id, body, false)).immediate();
    },
    kickOut() {
      db.transaction(() => {
        db.prepare('INSERT OR IGNORE INTO kicked (token) SELECT token FROM session').run();
        db.prepare("UPDATE session SET token = 'elsewhere' || random()").run();
      }).immediate();
    },
    endSessions: () => void db.prepare('UPDATE session SET ends = 0').run(),
    logins: () => logins,
    carryOutLate() {
      for (const save of late.splice(0)) save();
    },
    counts: () => countForm(db),
    codes: () =>
      db
        .prepare<[], { code: string; reportNo: string; bb: string }>(
          'SELECT sbm AS code, bgbh AS reportNo, bb FROM code ORDER BY at, rowid',
        )
        .all()
        .map(({ bb, ...row }) => ({ ...row, revision: Number(bb) })),
    stored: (kind, key) => storedContents(db, kind, key),
  };
}

function storedContents(db: FormDatabase, kind: string, key: string): string[] {
  const all = (sql: string, ...keys: string[]): string[] =>
    db
      .prepare<string[], { nr: string }>(sql)
      .all(...keys)
      .map(({ nr }) => nr);
  if (kind === 'commission') return all('SELECT nr FROM commission WHERE wtbh = ? ORDER BY id', key);
  if (kind === 'report') return all('SELECT nr FROM report WHERE bgbh = ? ORDER BY id', key);
  const lx = Object.hasOwn(FORM_DATA_KINDS, kind) ? FORM_DATA_KINDS[kind as keyof typeof FORM_DATA_KINDS] : '';
  return all('SELECT nr FROM data WHERE lx = ? AND bh = ? ORDER BY id', lx, key);
}
