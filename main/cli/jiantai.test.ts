// The command line as an IT person or a check calls it: JSON on standard output, errors with a code on standard error,
// exit status 0 only on success.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vectorMethods } from '../../shared/methods/compute.ts';
import { receive, signTest, testedGroup } from '../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../tests/support/testCore.ts';
import { tamper } from '../../tests/support/testStore.ts';

const program = fileURLToPath(new URL('jiantai.ts', import.meta.url));
const linesIn = (file: string): unknown => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));

interface Answer {
  status: number | null;
  lines: Record<string, unknown>[];
  error: { code: string; message: string; text?: string } | null;
}

function jiantai(args: string[], input = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: 'pipe' });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (status) => {
      const json = (text: string) =>
        text
          .trim()
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as never);
      const [error] = json(err) as { error?: Answer['error']; code?: string }[];
      resolve({ status, lines: args[0] === '--help' ? [] : json(out), error: error?.error ?? null });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

describe('compute', () => {
  interface Vector {
    id: string;
    method: string;
    inputs: unknown;
    expected: Record<string, unknown>;
  }
  const vectors = linesIn('../../shared/methods/vectors/method-vectors.json') as Vector[];
  const known = vectors.filter(({ method }) => vectorMethods().includes(method));

  test(`every vector of the methods that exist gives what it expects`, async () => {
    const lines = known.map(({ id, method, inputs }) => JSON.stringify({ id, method, inputs })).join('\n');
    const { status, lines: answers, error } = await jiantai(['compute'], lines);
    expect({ status, error }).toEqual({ status: 0, error: null });
    expect(known.length).toBeGreaterThan(50);
    expect(answers).toEqual(
      known.map(({ id, expected }) => ({ id, outputs: expect.objectContaining(expected) as never })),
    );
  });

  test('a bad line is answered in its place and the others go on; the status says that not all was well', async () => {
    const good = known[0];
    const input = [JSON.stringify(good), 'not json', '{"id":"x","method":"no-such","inputs":{}}', JSON.stringify(good)];
    const { status, lines, error } = await jiantai(['compute'], input.join('\n'));
    expect(status).toBe(1);
    expect(lines.map((line) => Object.keys(line).sort())).toEqual([['id', 'outputs'], ['error'], ['error', 'id'], ['id', 'outputs']]); // prettier-ignore
    expect(error?.code).toBe('LINE_NOT_JSON');
  });
});

describe('methods', () => {
  test('every method with its editions and vector names; one by id; an unknown one is refused', async () => {
    const all = await jiantai(['methods']);
    expect(all.status).toBe(0);
    expect(all.lines.length).toBeGreaterThanOrEqual(26);
    const { lines } = await jiantai(['methods', '--id', 'rebar-ribbed']);
    expect(lines).toMatchObject([
      { id: 'rebar-ribbed', editions: [{ id: 'GB 1499.2-2024' }, { id: 'GB/T 1499.2-2018' }] },
    ]);
    expect((await jiantai(['methods', '--id', 'x'])).status).toBe(1);
  });
});

describe('decode and drivers', () => {
  test('the drivers by id', async () => {
    const { status, lines } = await jiantai(['drivers']);
    expect(status).toBe(0);
    const ids = lines.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['mt-sics', 'line-profile']));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('text and bytes: a value with its own digits and unit, a state, rejected bytes', async () => {
    const input = [
      { text: 'S S     129.07 g\r\n' },
      { bytes_hex: Buffer.from('S D     100.00 g\r\n').toString('hex') },
      { text: 'S +\r\n' },
      { text: '?? nonsense ??\r\n' },
    ];
    const lines = input.map((line) => JSON.stringify(line)).join('\n');
    const answer = await jiantai(['decode', '--driver', 'mt-sics'], lines);
    expect(answer.status).toBe(0);
    const [stable, moving, over, noise] = answer.lines as { events: unknown[]; rejected: number }[];
    expect(stable).toEqual({ events: [{ kind: 'value', value: '129.07', unit: 'g', stable: true }], rejected: 0 });
    expect(moving?.events).toEqual([{ kind: 'value', value: '100.00', unit: 'g', stable: false }]);
    expect(over?.events).toMatchObject([{ kind: 'state', state: 'overload' }]);
    expect(noise?.events).not.toContainEqual(expect.objectContaining({ kind: 'value' }));
  });

  test.each([
    [['decode', '--driver', 'mt-sics', '--profile', '/no/such.json'], 'FILE_MISSING'],
    [['decode', '--drivers', 'x'], 'USAGE'],
    [['bogus'], 'COMMAND_UNKNOWN'],
    [['verify'], 'USAGE'],
  ])('%j: %s', async (args, code) => {
    const { status, error, lines } = await jiantai(args);
    expect({ status, lines }).toEqual({ status: 1, lines: [] });
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(/[\u4e00-\u9fff]/);
  });

  test('a line of another shape is refused in its place', async () => {
    const { status, error } = await jiantai(['decode', '--driver', 'mt-sics'], '{"bytes_hex":"zz"}\n');
    expect(status).toBe(1);
    expect(error?.code).toBe('LINE_INVALID');
  });
});

describe('verify, status and backup beside a running bench', () => {
  let lab: TestCore;
  beforeAll(async () => {
    lab = await openTestCore();
    const { record } = await testedGroup(lab);
    await signTest(lab, record.recordNo);
  });
  afterAll(() => lab.stop());

  test('verify walks everything while the bench goes on writing', async () => {
    const verified = new AbortController();
    const writing = (async () => {
      while (!verified.signal.aborted) {
        await receive(lab);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const answers = await Promise.all([
      jiantai(['verify', '--data', lab.folder]),
      jiantai(['verify', '--data', lab.folder]),
    ]);
    verified.abort();
    await writing;
    for (const { status, error, lines } of answers) {
      expect({ status, error }).toEqual({ status: 0, error: null });
      expect(lines).toMatchObject([{ ok: true, firstFault: null, checked: { runs: 3, signatures: 1 } }]);
    }
  });

  test('status counts what waits, was accepted and was refused', async () => {
    const { status, lines } = await jiantai(['status', '--data', lab.folder]);
    expect(status).toBe(0);
    const [counts] = lines as { waiting: number; accepted: number; refused: number; byKind: object }[];
    const total = (counts?.waiting ?? 0) + (counts?.accepted ?? 0) + (counts?.refused ?? 0);
    expect(total).toBeGreaterThan(3);
    expect(Object.keys(counts?.byKind ?? {})).toEqual(expect.arrayContaining(['acquisition', 'commission', 'media']));
  });

  test('a backup is refused inside the data folder and where nothing can be written, at once', async () => {
    const inside = await jiantai(['backup', '--data', lab.folder, '--to', join(lab.folder, 'backup')]);
    expect({ status: inside.status, code: inside.error?.code }).toEqual({ status: 1, code: 'BACKUP_INSIDE' });
    const nowhere = await jiantai(['backup', '--data', lab.folder, '--to', '/proc/nowhere/backup']);
    expect({ status: nowhere.status, code: nowhere.error?.code }).toEqual({ status: 1, code: 'BACKUP_FOLDER' });
  });

  test('a backup, the drill that shows that it can be restored, and the restore, sealed with a passphrase', async () => {
    const to = mkdtempSync(join(tmpdir(), 'jiantai-cli-backup-'));
    try {
      const passphrase = join(to, 'passphrase.txt');
      writeFileSync(passphrase, 'kein Wort davon\n');
      const seal = ['--passphrase-file', passphrase];
      const target = join(to, 'backups');
      const made = await jiantai(['backup', '--data', lab.folder, '--to', target, ...seal]);
      expect(made).toMatchObject({ status: 0, lines: [{ ok: true, sealed: true, counts: { records: 1, runs: 3 } }] });
      const drilled = await jiantai(['backup', 'drill', '--from', target, '--to', to, ...seal]);
      expect(drilled).toMatchObject({ status: 0, lines: [{ ok: true, faults: [], checked: { recomputed: 1 } }] });
      const closed = await jiantai(['backup', 'drill', '--from', target, '--to', to]);
      expect({ status: closed.status, code: closed.error?.code }).toEqual({ status: 1, code: 'BACKUP_SEALED' });
      const restored = join(to, 'restored');
      const done = await jiantai(['restore', '--from', target, '--to', restored, ...seal]);
      expect(done).toMatchObject({ status: 0, lines: [{ ok: true, complete: true, to: restored }] });
      const verified = await jiantai(['verify', '--data', restored]);
      expect(verified).toMatchObject({ status: 0, lines: [{ ok: true, checked: { runs: 3, signatures: 1 } }] });
      const twice = await jiantai(['restore', '--from', target, '--to', restored, ...seal]);
      expect({ status: twice.status, code: twice.error?.code }).toEqual({ status: 1, code: 'RESTORE_NOT_EMPTY' });
    } finally {
      rmSync(to, { recursive: true, force: true });
    }
  }, 240_000);

  test('what waits for the platform and was edited by hand is named', async () => {
    const { store } = lab;
    const entry = store.first("SELECT entryId, payload FROM outbox WHERE kind = 'commission'");
    const write = (payload: string) =>
      tamper(
        store.database,
        `UPDATE outbox SET payload = '${payload}' WHERE entryId = '${String(entry?.['entryId'])}'`,
      );
    write(String(entry?.['payload']).replace('100 m³', '900 m³'));
    const { status, error } = await jiantai(['verify', '--data', lab.folder]);
    expect(status).toBe(1);
    expect(error?.message).toContain('上传队列');
    write(String(entry?.['payload']));
  });

  test('a fault is named, on both streams, with a status that is not 0', async () => {
    tamper(lab.store.database, `UPDATE commission SET clientUnit = '别人' WHERE commissionNo LIKE '%-00001'`);
    const { status, lines, error } = await jiantai(['verify', '--data', lab.folder]);
    expect(status).toBe(1);
    expect(lines).toMatchObject([{ ok: false }]);
    expect(lines[0]?.['firstFault']).toContain('clientUnit');
    expect(error).toMatchObject({ code: 'VERIFY_FAILED', message: lines[0]?.['firstFault'] });
  });
});

test('a folder that holds no store, or one that is damaged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-cli-'));
  try {
    for (const command of ['verify', 'status']) {
      const { status, error } = await jiantai([command, '--data', folder]);
      expect({ status, code: error?.code }).toEqual({ status: 1, code: 'STORE_MISSING' });
    }
    writeFileSync(join(folder, 'jiantai.sqlite'), 'x'.repeat(5_000));
    expect((await jiantai(['verify', '--data', folder])).error?.code).toBe('STORE_DAMAGED');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
