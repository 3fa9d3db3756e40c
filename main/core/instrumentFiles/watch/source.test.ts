// A watched place: half-written, locked, renamed, taken away and back, a database with new rows; nothing twice, nothing
// half, the original never touched.
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { toWallTime } from '../../../../shared/entities/scalars.ts';
import { parseFileProfile, readInstrumentFile, type FileProfile } from '../../../instruments/files/index.ts';
import { accessFile, withoutLastRow } from '../../../instruments/files/testing/access.ts';
import { sha256Hex } from '../../../../sync/wire/digest.ts';
import { FileSource, longestPauseMs, lookEveryMs, rowDigest } from './source.ts';

let folder: string;
let watched: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-watch-'));
  watched = join(folder, 'out');
  mkdirSync(watched);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const profile = parseFileProfile({
  id: 'plain', title: '表', instrument: '卡尺', source: { kind: 'csv' }, sample: '样品', specimen: { column: '试件' },
  values: [{ id: 'd', label: '直径', columns: ['直径'], unit: 'mm' }],
}); // prettier-ignore
const database = parseFileProfile({ ...profile, source: { kind: 'sqlite', table: '结果' } });
const table = '样品,试件,直径\nYP1,1,10.0\nYP1,2,10.1\n';

interface Watch {
  source: FileSource;
  taken: Set<string>;
  before: { rows: Set<string> | null };
  told: () => number;
  kept: Map<string, Uint8Array>;
}

function watch(path = watched, used: FileProfile = profile): Watch {
  const taken = new Set<string>();
  const kept = new Map<string, Uint8Array>();
  const before: Watch['before'] = { rows: null };
  let told = 0;
  const source = new FileSource({
    setting: { equipmentId: 'E008', path, profileId: used.id },
    profile: () => used,
    isTaken: (sha256) => taken.has(sha256),
    rowsBefore: () => before.rows,
    keep: (fileName, bytes) => void kept.set(fileName, bytes),
    now: () => new Date('2026-11-20T01:00:00Z'),
    changed: () => (told += 1),
  });
  return { source, taken, before, told: () => told, kept };
}
const offersOf = ({ source }: Watch) => source.state((at) => toWallTime(at)).offers;
const troubleOf = ({ source }: Watch) => source.state((at) => toWallTime(at)).trouble;

test('a file is offered only when it stopped growing, once, and is not changed by being read', async () => {
  const one = watch();
  const path = join(watched, 'a.csv');
  writeFileSync(path, '样品,试件,直径\nYP1,1,1');
  await one.source.look();
  appendFileSync(path, '0.0\nYP1,2,10.1\n');
  await one.source.look();
  expect(offersOf(one)).toEqual([]);
  const facts = statSync(path);
  await one.source.look();
  expect(offersOf(one)).toMatchObject([{ fileName: 'a.csv', newRows: 2, samples: ['YP1'], trouble: null }]);
  const told = one.told();
  expect(told).toBeGreaterThanOrEqual(2);
  await one.source.look();
  expect(one.told()).toBe(told);
  expect([statSync(path).mtimeMs, readFileSync(path, 'utf8')]).toEqual([facts.mtimeMs, table]);
  expect(Buffer.from(one.kept.get('a.csv') ?? []).toString()).toBe(table);
});

test('what was taken over is not offered again: after a restart, under another name, as a copy', async () => {
  const path = join(watched, 'a.csv');
  writeFileSync(path, table);
  const first = watch();
  await first.source.look();
  await first.source.look();
  const { sha256 } = offersOf(first)[0]!;
  first.taken.add(sha256);
  first.source.forget(sha256);
  await first.source.look();
  expect(offersOf(first)).toEqual([]);
  renameSync(path, join(watched, 'b.csv'));
  const second = watch();
  second.taken.add(sha256);
  for (let look = 0; look < 3; look += 1) await second.source.look();
  expect(offersOf(second)).toEqual([]);
});

test('a rename before it was taken leaves one offer under the new name; a file that is gone is no longer offered', async () => {
  const one = watch();
  writeFileSync(join(watched, 'a.csv'), table);
  await one.source.look();
  await one.source.look();
  renameSync(join(watched, 'a.csv'), join(watched, 'b.csv'));
  await one.source.look();
  await one.source.look();
  expect(offersOf(one).map(({ fileName }) => fileName)).toEqual(['b.csv']);
  unlinkSync(join(watched, 'b.csv'));
  await one.source.look();
  expect(offersOf(one)).toEqual([]);
});

test('a folder that is gone is said, tried again slower and slower, and picked up where it was', async () => {
  const one = watch();
  writeFileSync(join(watched, 'a.csv'), table);
  await one.source.look();
  renameSync(watched, `${watched}-away`);
  for (let look = 0; look < 8; look += 1) await one.source.look();
  expect(troubleOf(one)).toContain('找不到（网络文件夹断开、被移走或改名），会自动再试');
  expect(one.source.pauseMs).toBe(longestPauseMs);
  renameSync(`${watched}-away`, watched);
  await one.source.look();
  expect([troubleOf(one), one.source.pauseMs]).toEqual([null, lookEveryMs]);
  await one.source.look();
  expect(offersOf(one)).toHaveLength(1);
});

test('a locked file is said beside it and taken when it is free; the others do not wait for it', async () => {
  // Root reads everything: then the lock cannot be shown this way.
  if (process.getuid?.() === 0) return expect(process.getuid()).toBe(0);
  const one = watch();
  const path = join(watched, 'a.csv');
  writeFileSync(path, table);
  writeFileSync(join(watched, 'b.csv'), table.replace('10.0', '10.5'));
  chmodSync(path, 0o000);
  await one.source.look();
  await one.source.look();
  expect(offersOf(one).map(({ trouble }) => trouble !== null)).toEqual([true, false]);
  chmodSync(path, 0o600);
  await one.source.look();
  await one.source.look();
  expect(offersOf(one).map(({ trouble }) => trouble)).toEqual([null, null]);
});

test('what is no file of the profile, too large, or half of a temporary name is said or left alone', async () => {
  const one = watch();
  writeFileSync(join(watched, 'bad.csv'), Buffer.from([0, 1, 2, 3]));
  writeFileSync(join(watched, 'large.csv'), Buffer.alloc(21 * 1024 * 1024, 0x31));
  writeFileSync(join(watched, '~$a.csv'), table);
  writeFileSync(join(watched, 'a.csv.tmp'), table);
  writeFileSync(join(watched, 'other.pdf'), table);
  await one.source.look();
  await one.source.look();
  const offers = Object.fromEntries(offersOf(one).map(({ fileName, trouble }) => [fileName, trouble]));
  expect(Object.keys(offers)).toEqual(['bad.csv', 'large.csv']);
  expect(offers['bad.csv']).toContain('不是文本文件');
  expect(offers['large.csv']).toContain('有 21 MB');
});

test('a database: new rows alone are offered, not in the middle of a transaction, the file untouched', async () => {
  const path = join(folder, 'v.db');
  const db = new SqliteDatabase(path);
  db.exec('CREATE TABLE 结果 (样品 TEXT, 试件 INTEGER, 直径 REAL)');
  const add = db.prepare('INSERT INTO 结果 VALUES (?, ?, ?)');
  add.run('YP1', 1, 10.5);
  const one = watch(path, database);
  await one.source.look();
  await one.source.look();
  expect(offersOf(one)).toMatchObject([{ fileName: 'v.db', newRows: 1, samples: ['YP1'] }]);

  // Taken over; then the vendor's program adds a row of another sample.
  const { sha256 } = offersOf(one)[0]!;
  const { rows } = await readInstrumentFile('v.db', readFileSync(path), database);
  one.taken.add(sha256);
  one.before.rows = new Set(rows.map(({ raw }) => rowDigest(raw)));
  one.source.forget(sha256);
  await one.source.look();
  expect(offersOf(one)).toEqual([]);
  writeFileSync(`${path}-journal`, 'half a transaction');
  add.run('YP2', 1, 11.5);
  writeFileSync(`${path}-journal`, 'half a transaction');
  await one.source.look();
  await one.source.look();
  expect(offersOf(one)[0]?.trouble).toContain('正在写这个数据库');
  unlinkSync(`${path}-journal`);
  db.close();
  const digest = sha256Hex(readFileSync(path));
  await one.source.look();
  await one.source.look();
  expect(offersOf(one)).toMatchObject([{ newRows: 1, samples: ['YP2'], trouble: null }]);
  expect(sha256Hex(readFileSync(path))).toBe(digest);
});

test('an Access database: new rows alone are offered; a half-written one is said, the file untouched', async () => {
  const path = join(folder, 'v.mdb');
  const access = parseFileProfile({
    ...profile, source: { kind: 'mdb', table: 'Users' }, sample: 'UserName', specimen: { column: 'UserId' },
    values: [{ id: 'd', label: '直径', columns: ['UserId'], unit: 'mm' }],
  }); // prettier-ignore
  const one = watch(path, access);
  writeFileSync(path, withoutLastRow(accessFile()));
  await one.source.look();
  await one.source.look();
  expect(offersOf(one)).toMatchObject([{ fileName: 'v.mdb', newRows: 2, samples: ['Nuintun', 'Angela'] }]);
  const { sha256 } = offersOf(one)[0]!;
  const { rows } = await readInstrumentFile('v.mdb', readFileSync(path), access);
  one.taken.add(sha256);
  one.before.rows = new Set(rows.map(({ raw }) => rowDigest(raw)));
  one.source.forget(sha256);

  writeFileSync(path, accessFile().subarray(0, 150_000));
  await one.source.look();
  await one.source.look();
  expect(offersOf(one)[0]?.trouble).toContain('长度不是整页');
  writeFileSync(path, accessFile());
  await one.source.look();
  await one.source.look();
  expect(offersOf(one)).toMatchObject([{ newRows: 1, samples: ['张三'], trouble: null }]);
  expect(readFileSync(path).equals(accessFile())).toBe(true);
});
