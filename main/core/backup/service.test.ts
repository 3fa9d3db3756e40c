// Backups as the program makes them: by the clock, on demand, after a failure; what is said of them and where; the drill;
// free space; how long records are kept. Through the contract, as windows do.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { diskState, refuseFullDisk } from './diskWatch.ts';
import { archivableFrom, retentionYears } from './retention.ts';
import { freshTarget, nextTry } from './schedule.ts';
import { backupFact } from './service.ts';
import { usualSettings } from './settings.ts';

let lab: TestCore;
let folder: string;
beforeAll(async () => {
  lab = await openTestCore();
  folder = mkdtempSync(join(tmpdir(), 'jiantai-targets-'));
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
});
afterAll(async () => {
  await lab.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Asks again and again, until it is so. */
async function waitFor(look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await look()); await new Promise((go) => setTimeout(go, 30)))
    if (Date.now() > end) throw new Error('it did not happen in time');
}

const overview = async () => (await lab.as('zhiliang')).call('backup.overview', {});
const configure = async (changes: object) =>
  (await lab.as('admin')).call('backup.configure', { ...usualSettings, ...changes, reason: '按本机构管理要求' });
const until = async (count: number) => {
  await eventually(() => (backupFact(lab.store).history.length >= count ? true : null), 60_000);
  await waitFor(async () => (await overview()).running === null);
};

describe('setting', () => {
  test('a folder must be there, elsewhere and writable; who may read may not set', async () => {
    const codeOf = async (targets: string[]) => (await refusalOf(configure({ targets }))).code;
    expect(await codeOf(['relative/path'])).toBe('BACKUP_PATH');
    expect(await codeOf([join(folder, 'not there')])).toBe('BACKUP_FOLDER');
    expect(await codeOf([lab.folder])).toBe('BACKUP_INSIDE');
    const quality = await lab.as('zhiliang');
    expect((await refusalOf(quality.call('backup.now', {}))).code).toBe('PERMISSION_DENIED');
    expect((await refusalOf((await lab.as('jiance')).call('backup.overview', {}))).code).toBe('PERMISSION_DENIED');
    expect((await refusalOf((await lab.as('admin')).call('backup.now', {}))).code).toBe('BACKUP_NO_TARGET');
  });

  test('the passphrase is sealed, and nothing of it can be read in store or log', async () => {
    const admin = await lab.as('admin');
    await admin.call('backup.passphrase', { passphrase: 'a long passphrase 4711', reason: '加密' });
    expect((await overview()).encrypted).toBe(true);
    lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(join(lab.folder, 'jiantai.sqlite')).includes('a long passphrase 4711')).toBe(false);
    expect(lab.log.join('\n')).not.toContain('4711');
    await admin.call('backup.passphrase', { passphrase: '', reason: '不加密' });
    expect((await overview()).encrypted).toBe(false);
  });
});

describe('on demand', () => {
  test('every target gets one; progress is told; it is in the history and in the audit chain', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    for (const target of [one, two]) mkdirSync(target);
    await configure({ targets: [one, two], dailyAt: null });
    const admin = await lab.as('admin');
    await admin.call('backup.now', {});
    expect((await refusalOf(admin.call('backup.now', {}))).code).toBe('BACKUP_RUNNING');
    await until(2);
    const { targets, history } = await overview();
    expect(history.map(({ state, target, kind }) => [state, target, kind])).toEqual([
      ['good', two, 'asked'],
      ['good', one, 'asked'],
    ]);
    for (const { backups, goodAt, trouble } of targets) {
      expect({ trouble, count: backups.length, age: Date.now() - Date.parse(goodAt ?? '') < 120_000 }).toEqual({
        trouble: null,
        count: 1,
        age: true,
      });
      expect(backups[0]).toMatchObject({ good: true, encrypted: false, records: 1, runs: 3 });
    }
    const told = admin.events.filter(({ type }) => type === 'backup.progress');
    expect(told.length).toBeGreaterThan(2);
    expect(told.at(-1)).toEqual({ type: 'backup.progress', progress: null });
    const said = lab.store.all(`SELECT actor, newValue FROM audit WHERE entity = 'backup' ORDER BY seq`);
    expect(said.length).toBe(2);
    expect(String(said[0]?.['actor'])).toContain(admin.user.name);
    expect(String(said[0]?.['newValue'])).toMatch(/^备份完成：jiantai-.*审计第 \d+ 条，链头/);
  });

  test('drill: dated result in the history and in the chain, nothing left behind, only of known folders', async () => {
    const quality = await lab.as('zhiliang');
    const target = join(folder, 'one');
    expect((await refusalOf(quality.call('backup.drill', { target: folder }))).code).toBe('BACKUP_TARGET_UNKNOWN');
    expect((await refusalOf(quality.call('backup.drill', { target, name: '../two' }))).code).toBe('BACKUP_NONE');
    await quality.call('backup.drill', { target });
    await until(3);
    const [entry] = (await overview()).history;
    expect(entry).toMatchObject({ kind: 'drill', state: 'good', target });
    expect(entry?.text).toMatch(/可以恢复：记录 1，采集 3/);
    expect(existsSync(join(lab.folder, 'drill.tmp'))).toBe(false);
    const said = lab.store.first(`SELECT * FROM audit WHERE entity = 'backup' AND entityKey = 'drill'`);
    expect(String(said?.['actor'])).toContain(quality.user.name);
  });

  test('a target that is gone: told in words, tried again, the other one is served, the alert follows', async () => {
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    rmSync(one, { recursive: true });
    await (await lab.as('admin')).call('backup.now', {});
    await until(5);
    const { targets, history } = await overview();
    expect(history.slice(0, 2).map(({ state }) => state)).toEqual(['good', 'failed']);
    const [gone, there] = targets;
    expect(gone?.trouble).toContain('备份盘没有插好');
    expect(gone?.lastText).toContain('找不到备份文件夹');
    const wait = Date.parse(gone?.nextAt ?? '') - Date.now();
    expect(wait).toBeGreaterThan(13 * 60_000);
    expect(wait).toBeLessThan(16 * 60_000);
    expect(there?.backups.length).toBe(2);
    expect(existsSync(one)).toBe(false);
    const status = await (
      await lab.as('admin')
    ).call('replication.pull', { collection: 'status', checkpoint: 0, limit: 10 });
    expect(status.documents[0]).toMatchObject({ backupTargets: 2, backupFailure: gone?.lastText });
    expect(readdirSync(two).every((name) => !name.endsWith('.part'))).toBe(true);
  });
});

describe('schedule', () => {
  const now = Date.parse('2026-11-23T10:00:00+08:00');
  const good = (at: string) => ({ ...freshTarget, goodAt: at, lastAt: at });
  const at = (state: typeof freshTarget, changes = {}) => {
    const next = nextTry(state, { ...usualSettings, ...changes }, now);
    return next === null ? null : toWallTime(next).slice(0, 16);
  };

  test('daily, made up for when the machine was off, and every so many hours', () => {
    expect(at(freshTarget)).toBe('2026-11-23T02:00');
    expect(at(good('2026-11-23T02:00:05.000+08:00'))).toBe('2026-11-24T02:00');
    expect(at(good('2026-11-22T02:00:05.000+08:00'))).toBe('2026-11-23T02:00');
    expect(at(good('2026-11-23T02:00:05.000+08:00'), { dailyAt: '09:30' })).toBe('2026-11-23T09:30');
    expect(at(good('2026-11-23T02:00:05.000+08:00'), { dailyAt: '19:30' })).toBe('2026-11-23T19:30');
    expect(at(good('2026-11-23T08:00:00.000+08:00'), { everyHours: 4 })).toBe('2026-11-23T12:00');
    expect(at(freshTarget, { dailyAt: null })).toBeNull();
    expect(at(freshTarget, { dailyAt: null, everyHours: 4 })).toBe('2026-11-23T10:00');
  });

  test('after failures a quarter of an hour, then longer, four hours at most', () => {
    const failed = (failures: number) => ({ ...freshTarget, failures, lastAt: '2026-11-23T10:00:00.000+08:00' });
    expect([1, 2, 3, 9].map((failures) => at(failed(failures)))).toEqual([
      '2026-11-23T10:15',
      '2026-11-23T10:30',
      '2026-11-23T11:00',
      '2026-11-23T14:00',
    ]);
  });
});

describe('free space', () => {
  const gb = 1024 ** 3;
  test('told below the one limit, refused below the other, silent where the system does not say', () => {
    const stateAt = (free: number | null) => diskState(lab.context, () => free).state;
    expect([6 * gb, 5 * gb - 1, gb, gb - 1, null].map(stateAt)).toEqual(['ok', 'low', 'low', 'floor', 'ok']);
    expect(() => refuseFullDisk(lab.context, () => 2 * gb)).not.toThrow();
    expect(() => refuseFullDisk(lab.context, () => gb / 2)).toThrow(/DISK_FLOOR.*0\.5 GB/);
  });
});

describe('retention', () => {
  test('six years, twenty where the structure rests on it, an unknown item is kept for long', () => {
    expect(['HNT-KY', 'GJ-DL', 'SN-QD', 'SJ-KY', 'XX-1'].map(retentionYears)).toEqual([20, 20, 20, 20, 20]);
    expect(['SA-SF', 'SI-YS', 'TG-JS', 'SZ-NJ'].map(retentionYears)).toEqual([6, 6, 6, 6]);
    expect(archivableFrom('2026-11-23', 6)).toBe('2032-11-24');
    expect(archivableFrom('2024-02-29', 6)).toBe('2030-03-02');
    expect(archivableFrom('2026-12-31', 20)).toBe('2047-01-01');
  });

  test('the list counts what there is and deletes nothing; uninstalling keeps the data', async () => {
    const { rows } = await (await lab.as('zhiliang')).call('retention.list', {});
    expect(rows).toMatchObject([{ itemCode: 'HNT-KY', years: 20, structural: true, records: 1, archivable: 0 }]);
    const builder = readFileSync(new URL('../../../electron-builder.yml', import.meta.url), 'utf8');
    expect(builder).toMatch(/^ {2}deleteAppDataOnUninstall: false$/m);
    expect(builder).not.toMatch(/include:|script:|customUnInstall/);
  });
});
