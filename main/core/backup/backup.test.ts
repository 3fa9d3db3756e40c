// Backups of a store with records, runs and a coded report: whole or not there, linked to the one before, sealed or not,
// proved by a drill, restored without overwriting; and every way in which a copy can be bad is told in its own words.
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { approve, eventually, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { digestOf } from '../../../sync/wire/digest.ts';
import { openReadOnly } from '../../store/readOnly.ts';
import { verifyStore } from '../../store/verify.ts';
import { chosenBackup, drill } from './drill.ts';
import { startJob } from './job.ts';
import { makeBackup } from './make.ts';
import { finishedManifest, keyOfManifest, listBackups, manifestName, readManifest } from './manifest.ts';
import { restore } from './restore.ts';
import { rotate, superfluous } from './rotate.ts';
import { takeFile } from './stored.ts';

const who = { actor: '测试员(test)', workstation: '测试工位' };
let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  await approve(lab, record.recordNo);
  await eventually(() => lab.store.first('SELECT 1 FROM report WHERE codedSha256 IS NOT NULL'));
});
afterAll(() => lab.stop());

let target: string;
let second = 0;
beforeEach(() => {
  target = mkdtempSync(join(tmpdir(), 'jiantai-backup-'));
});
afterEach(() => rmSync(target, { recursive: true, force: true }));

const make = (passphrase: string | null = null) => {
  second += 1;
  const at = new Date(Date.now() + second * 1000);
  return makeBackup({ dataFolder: lab.folder, target, passphrase, now: () => at });
};
const inside = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('a backup', () => {
  test('is a whole data folder with a manifest that counts it', async () => {
    const made = await make();
    expect(readdirSync(target)).toEqual([made.name]);
    const { counts, faults, seal } = readManifest(made.folder);
    expect({ faults, seal }).toEqual({ faults: [], seal: null });
    expect(counts).toMatchObject({ records: 1, runs: 3, reports: 1 });
    expect(inside(made.folder)).toEqual(
      ['jiantai.sqlite', manifestName, ...made.manifest.files.map(({ path }) => path)].sort(),
    );
    expect(made.manifest.files.filter(({ path }) => path.startsWith('runs/')).length).toBe(3);
    const copy = openReadOnly(made.folder);
    expect(verifyStore(copy.database)).toMatchObject({ ok: true, head: made.manifest.head.hash });
    copy.close();
  });

  test('links the files of the one before, and copies anew what has changed there', async () => {
    const first = await make();
    const again = await make();
    expect(again).toMatchObject({ copied: 0, linked: first.copied, repaired: 0 });
    const run = first.manifest.files.find(({ path }) => path.startsWith('runs/'))!.path;
    expect(statSync(join(again.folder, run)).ino).toBe(statSync(join(first.folder, run)).ino);
    truncateSync(join(again.folder, run), 10);
    const third = await make();
    expect(third).toMatchObject({ copied: 1, repaired: 1 });
    expect((await drill(third.folder, target, null)).faults).toEqual([]);
  });

  test('names a file of evidence that is gone, and is no good backup then', async () => {
    const run = join(lab.folder, 'runs', readdirSync(join(lab.folder, 'runs'))[0]!);
    renameSync(run, `${run}.part`);
    try {
      const made = await make();
      expect(made.manifest.faults).toEqual([expect.stringMatching(/^runs\/.* 不见了。$/)]);
    } finally {
      renameSync(`${run}.part`, run);
    }
  });

  test('half of one does not look like one, and goes away with the next', async () => {
    const { name } = await make();
    const half = join(target, 'jiantai-20200101T000000.part');
    mkdirSync(half);
    const of = readManifest(join(target, name)).lab;
    writeFileSync(join(half, '.jiantai-part'), of);
    const foreign = join(target, 'jiantai-20200101T000001.part');
    mkdirSync(foreign);
    writeFileSync(join(foreign, '.jiantai-part'), 'another lab');
    expect(listBackups(target).found.map((one) => one.name)).toEqual([name]);
    await make();
    expect([existsSync(half), existsSync(foreign)]).toEqual([false, true]);
  });

  test('is refused inside the data folder, where nothing is, and where nothing may be written', async () => {
    const to = (folder: string) => makeBackup({ dataFolder: lab.folder, target: folder, passphrase: null });
    expect((await refusalOf(to(join(lab.folder, 'b')))).code).toBe('BACKUP_INSIDE');
    const gone = await refusalOf(to(join(target, 'not-connected')));
    expect(gone).toMatchObject({ code: 'BACKUP_TARGET_GONE', next: expect.stringContaining('自动再试') });
    expect(existsSync(join(target, 'not-connected'))).toBe(false);
    expect((await refusalOf(to('/proc/self'))).code).toMatch(/BACKUP_(READONLY|TARGET_LOST|TARGET_GONE|DISK_FULL)/);
    if (process.getuid?.() !== 0) {
      chmodSync(target, 0o500);
      expect((await refusalOf(to(target))).code).toBe('BACKUP_READONLY');
      chmodSync(target, 0o700);
    }
  });

  test('runs in a thread of its own, and can be broken off without leaving anything', async () => {
    const input = { dataFolder: lab.folder, target, passphrase: null, create: false, keeping: { daily: 2, weekly: 1 } };
    const phases = new Set<string>();
    const job = startJob('make', input, { onProgress: ({ phase }) => phases.add(phase) });
    expect((await job.done).manifest.faults).toEqual([]);
    expect(phases.size).toBeGreaterThan(0);
    const before = readdirSync(target);
    const other = startJob('make', input);
    other.cancel();
    expect((await refusalOf(other.done)).code).toBe('BACKUP_CANCELLED');
    expect(readdirSync(target)).toEqual(before);
  });
});

describe('sealed with a passphrase', () => {
  test('nothing of it can be read, the same passphrase links, and the drill opens it', async () => {
    const made = await make('四月里的旧雨伞');
    const again = await make('四月里的旧雨伞');
    expect(again).toMatchObject({ copied: 0, linked: made.copied });
    for (const path of inside(made.folder).filter((name) => name !== manifestName)) {
      expect(path).toMatch(/\.sealed$/);
      const bytes = readFileSync(join(made.folder, path));
      for (const text of ['SQLite format', '云岭', '%PDF']) expect(bytes.includes(text), path).toBe(false);
    }
    const result = await drill(again.folder, target, '四月里的旧雨伞');
    expect(result).toMatchObject({ ok: true, faults: [], sealed: true, counts: { records: 1, runs: 3 } });
    expect(result.checked).toMatchObject({ runs: 3, recomputed: 1 });
    expect(existsSync(join(target, 'drill.tmp'))).toBe(false);
  });

  test('another passphrase makes files of its own', async () => {
    await make('first passphrase');
    expect(await make('other passphrase')).toMatchObject({ linked: 0 });
  });

  test('wrong passphrase, none, cut, altered and exchanged files are told apart', async () => {
    const made = await make('right one');
    const codeOf = async (passphrase: string | null = 'right one') =>
      (await refusalOf(drill(made.folder, target, passphrase))).code;
    expect(await codeOf('wrong one')).toBe('BACKUP_PASSPHRASE');
    expect(await codeOf(null)).toBe('BACKUP_SEALED');
    const [one, two] = made.manifest.files.filter(({ path }) => path.startsWith('runs/'));
    const path = join(made.folder, `${one!.path}.sealed`);
    const whole = readFileSync(path);
    const key = keyOfManifest(made.manifest, 'right one');
    const attempt = async (bytes: Buffer) => {
      writeFileSync(path, bytes);
      const to = join(target, 'out');
      const { code } = await refusalOf(() => takeFile(path, to, one!, key, one!.path));
      expect(existsSync(to)).toBe(false);
      writeFileSync(path, whole);
      return code;
    };
    for (const length of [0, 40, 130, whole.length - 1])
      expect(await attempt(whole.subarray(0, length)), String(length)).toBe('BACKUP_CUT');
    for (const at of [0, 10, 60, 100, 140, whole.length - 1]) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1;
      expect(await attempt(bytes), String(at)).toBe('BACKUP_ALTERED');
    }
    expect(await attempt(Buffer.concat([whole, Buffer.from('x')]))).toBe('BACKUP_ALTERED');
    const other = readFileSync(join(made.folder, `${two!.path}.sealed`));
    expect(await attempt(other)).toMatch(/BACKUP_(ALTERED|CUT)/);
    // Somebody without the passphrase who puts digest and sum right as well.
    const manifestFile = join(made.folder, manifestName);
    const { digest: _, proof, ...body } = JSON.parse(readFileSync(manifestFile, 'utf8'));
    body.counts.records = 7;
    writeFileSync(manifestFile, JSON.stringify({ ...body, digest: digestOf(body), proof }));
    expect(await codeOf()).toBe('BACKUP_ALTERED');
  });
});

describe('drill', () => {
  test('finds a bit that turned, a file that is gone and a manifest that was edited', async () => {
    const made = await make();
    const store = join(made.folder, 'jiantai.sqlite');
    const bytes = readFileSync(store);
    const turned = Buffer.from(bytes);
    turned[Math.floor(bytes.length / 2)]! ^= 1;
    writeFileSync(store, turned);
    expect((await refusalOf(drill(made.folder, target, null))).code).toBe('BACKUP_ALTERED');
    writeFileSync(store, bytes.subarray(0, 5000));
    expect((await refusalOf(drill(made.folder, target, null))).code).toBe('BACKUP_CUT');
    writeFileSync(store, bytes);
    const run = join(made.folder, made.manifest.files.find(({ path }) => path.startsWith('runs/'))!.path);
    renameSync(run, `${run}-away`);
    expect((await refusalOf(drill(made.folder, target, null))).code).toBe('BACKUP_FILE_MISSING');
    renameSync(`${run}-away`, run);
    expect((await drill(made.folder, target, null)).ok).toBe(true);
    appendFileSync(join(made.folder, manifestName), 'x');
    expect((await refusalOf(drill(made.folder, target, null))).code).toBe('BACKUP_CUT');
    expect(readdirSync(target)).toEqual([made.name]);
  });

  test('takes the newest good backup, and says so where there is none', async () => {
    expect((await refusalOf(() => void chosenBackup(target, null))).code).toBe('BACKUP_NONE');
    await make();
    const newest = await make();
    expect(chosenBackup(target, null).folder).toBe(newest.folder);
  });
});

describe('restore', () => {
  test('fills an empty folder, says so in its own audit chain, and never overwrites', async () => {
    const made = await make('zum Beispiel');
    const to = join(target, 'again');
    const done = await restore(made.folder, to, 'zum Beispiel', who, '演示');
    expect(done.proof).toMatchObject({ ok: true, checked: { recomputed: 1 } });
    const store = openReadOnly(to);
    expect(verifyStore(store.database).firstFault).toBeNull();
    const said = store.first(`SELECT * FROM audit WHERE entity = 'backup' ORDER BY seq DESC`);
    expect(said).toMatchObject({ actor: who.actor, entityKey: 'restore', reason: '演示' });
    expect(String(said?.['newValue'])).toContain(made.manifest.head.hash.slice(0, 16));
    expect(store.get('fact', 'epoch')?.['value']).not.toBe(lab.store.epoch);
    store.close();
    const before = inside(to);
    expect((await refusalOf(restore(made.folder, to, 'zum Beispiel', who, '再来'))).code).toBe('RESTORE_NOT_EMPTY');
    expect(inside(to)).toEqual(before);
  });
});

describe('rotation', () => {
  const day = 86_400_000;
  const one = (name: string, madeAt: string, faults: string[] = []) => ({
    name,
    manifest: { madeAt, faults } as never,
  });

  test('keeps days, weeks, the last day and the newest good one', () => {
    const now = Date.parse('2026-11-23T20:00:00+08:00');
    const found = Array.from({ length: 60 }, (_, index) => {
      const at = new Date(now - index * day + 8 * 3_600_000).toISOString().slice(0, 19);
      return one(`d${index}`, `${at}.000+08:00`);
    });
    const gone = new Set(superfluous(found, { daily: 7, weekly: 4 }, now));
    const kept = found.map(({ name }) => name).filter((name) => !gone.has(name));
    // Seven days, then the newest of each week (Sundays): 22 November 2026 is day 1.
    expect(kept).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6', 'd8', 'd15']);
  });

  test('a backup with faults never counts, and the last good one stays however old it is', () => {
    const now = Date.parse('2026-11-23T20:00:00+08:00');
    const found = [
      one('bad-new', '2026-11-23T02:00:00.000+08:00', ['x']),
      one('good', '2024-01-01T02:00:00.000+08:00'),
      one('bad-old', '2023-01-01T02:00:00.000+08:00', ['x']),
      one('good-old', '2022-01-01T02:00:00.000+08:00'),
    ];
    expect(superfluous(found, { daily: 1, weekly: 1 }, now)).toEqual(['bad-old', 'good-old']);
    expect(superfluous([], { daily: 1, weekly: 1 }, now)).toEqual([]);
  });

  test('what is not ours is never touched', async () => {
    const made = await make();
    const of = made.manifest.lab;
    const foreign = join(target, 'jiantai-20200101T000000');
    cpSync(made.folder, foreign, { recursive: true });
    const { digest: _, proof: __, ...body } = made.manifest;
    writeFileSync(
      join(foreign, manifestName),
      JSON.stringify(finishedManifest({ ...body, lab: 'a'.repeat(64), madeAt: '2020-01-01T00:00:00.000+08:00' }, null)),
    );
    mkdirSync(join(target, 'jiantai-20190101T000000'));
    mkdirSync(join(target, 'holiday pictures'));
    const old = join(target, 'jiantai-20200202T000000');
    cpSync(made.folder, old, { recursive: true });
    writeFileSync(
      join(old, manifestName),
      JSON.stringify(finishedManifest({ ...body, madeAt: '2020-02-02T00:00:00.000+08:00' }, null)),
    );
    expect(rotate(target, of, { daily: 1, weekly: 1 }, Date.now())).toEqual(['jiantai-20200202T000000']);
    expect(readdirSync(target).sort()).toEqual(
      ['holiday pictures', 'jiantai-20190101T000000', 'jiantai-20200101T000000', made.name].sort(),
    );
  });
});
