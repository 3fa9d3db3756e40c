// A store that cannot be opened: nothing is changed until a person decides; a backup takes its place, the damaged one is
// set aside whole, what was done after the backup is named, its numbers are never given again, and the audit log says so.
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { receive, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, testSecrets, type TestCore } from '../../../tests/support/testCore.ts';
import type { RecoveryState } from '../../../shared/recovery/calls.ts';
import { openReadOnly } from '../../store/readOnly.ts';
import { verifyStore } from '../../store/verify.ts';
import { makeBackup } from '../backup/make.ts';
import { trainingPassword } from '../training/trainingLab.ts';
import { openCore, type AnyCore } from './openCore.ts';
import { salvage } from './salvage.ts';
import { writeTargets } from './targets.ts';

let kept: string;
let target: string;
let before: { recordNo: string; runs: string[] };
let after: { recordNo: string; runs: string[] };
const folders: string[] = [];
const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-recovery-'));
  folders.push(folder);
  return folder;
};
const runsIn = (folder: string): string[] => readdirSync(join(folder, 'runs')).filter((name) => name.endsWith('.run'));

beforeAll(async () => {
  const lab: TestCore = await openTestCore();
  target = temporary();
  const one = await testedGroup(lab);
  await signTest(lab, one.record.recordNo);
  before = { recordNo: one.record.recordNo, runs: runsIn(lab.folder) };
  await makeBackup({ dataFolder: lab.folder, target, passphrase: 'offener Himmel' });
  const two = await testedGroup(lab);
  after = {
    recordNo: two.record.recordNo,
    runs: runsIn(lab.folder).filter((name) => !before.runs.includes(name)),
  };
  await receive(lab);
  writeTargets(lab.folder, [target, '/not/there']);
  await lab.core.stop();
  kept = temporary();
  rmSync(kept, { recursive: true });
  renameSync(lab.folder, kept);
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

let data: string;
let opened: AnyCore | null = null;
beforeEach(() => {
  data = temporary();
  rmSync(data, { recursive: true });
  cpSync(kept, data, { recursive: true });
});
afterEach(async () => {
  await opened?.stop();
  opened = null;
});

const open = async () => {
  opened = await openCore({ dataFolder: data, secrets: testSecrets, training: true, virtualSpeed: 50 });
  const connection = opened.connect(() => undefined, '测试工位');
  const call = async (name: string, input: unknown) => {
    const reply = await connection.call(name, input);
    if (reply.ok) return reply.value as never;
    throw Object.assign(new Error(reply.error.code), { error: reply.error });
  };
  const state = (folder?: string): Promise<RecoveryState> =>
    call('recovery.state', folder === undefined ? {} : { folder });
  return { call, state, raw: (name: string, input: unknown) => connection.call(name, input) };
};

/** Asks again and again, until it is so. */
async function waitFor(look: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await look()); await new Promise((go) => setTimeout(go, 30)))
    if (Date.now() > end) throw new Error('it did not happen in time');
}

const storeFile = () => join(data, 'jiantai.sqlite');

/** Garbage over pages of the file; the header stays, or goes too. */
function damage(pages: readonly number[]): Buffer {
  const file = openSync(storeFile(), 'r+');
  for (const page of pages) writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
  closeSync(file);
  // As after a crash: the program did not end by itself.
  writeFileSync(join(data, 'in-use.lock'), '0');
  return readFileSync(storeFile());
}

const wish = (name: string, changes = {}) => ({
  action: 'restore',
  target,
  name,
  passphrase: 'offener Himmel',
  person: '黄志明',
  reason: '硬盘损坏',
  ...changes,
});

describe('a damaged store', () => {
  test('is not written to, is told in words, and a backup takes its place when a person says so', async () => {
    const pages = Math.floor(statSync(storeFile()).size / 4096);
    const bytes = damage([Math.floor(pages / 2), Math.floor(pages / 2) + 1, pages - 3]);
    const { call, state, raw } = await open();
    expect(opened?.open).toBeNull();
    expect(await raw('session.current', {})).toMatchObject({ ok: false, error: { code: 'STORE_DAMAGED' } });
    expect(await raw('records.get', { recordNo: before.recordNo })).toMatchObject({ error: { code: 'STORE_DAMAGED' } });
    const told = await state();
    expect(told).toMatchObject({ state: 'stopped', mayRestore: true, dataFolder: data });
    expect(told.backups).toMatchObject([{ target, encrypted: true, good: true, records: 1 }]);
    expect(told.missing).toEqual(['/not/there 现在连不上：请插好备份盘或连上共享文件夹。']);
    expect(told.kept.map(({ name }) => name)).toContain('jiantai.sqlite');
    const name = told.backups[0]!.name;

    // Not with a wrong passphrase, and nothing has changed after it.
    await call('recovery.act', wish(name, { passphrase: 'wrong' }));
    await waitFor(async () => (await state()).failure !== null);
    expect((await state()).failure?.code).toBe('BACKUP_PASSPHRASE');
    expect(readFileSync(storeFile()).equals(bytes)).toBe(true);
    expect(await raw('recovery.act', { action: 'restore' })).toMatchObject({ error: { code: 'INPUT_INVALID' } });

    await call('recovery.act', wish(name));
    await waitFor(async () => (await state()).state === 'recovered');
    const { outcome } = await state();
    const aside = readdirSync(data).find((one) => one.startsWith('set-aside-'))!;
    expect(readFileSync(join(data, aside, 'jiantai.sqlite')).equals(bytes)).toBe(true);
    expect(outcome[0]).toContain(`原样保留在 ${aside}`);
    expect(readdirSync(join(data, aside, 'runs')).sort()).toEqual(after.runs.toSorted());
    expect(existsSync(join(data, 'restore.tmp'))).toBe(false);

    const session = (await call('session.signIn', { username: 'zhiliang', password: trainingPassword })) as object;
    expect(session).toMatchObject({ state: 'open' });
    const { store } = opened!.open!.context;
    expect(store.all('SELECT recordNo FROM testRecord').map((row) => row['recordNo'])).toEqual([before.recordNo]);
    const said = store.all(`SELECT entityKey, actor, reason, newValue FROM audit WHERE entity = 'backup' ORDER BY seq`);
    expect(said.map((row) => row['entityKey'])).toEqual(['restore', 'recovery']);
    expect(said[0]).toMatchObject({ actor: '黄志明（未登录，数据恢复）', reason: '硬盘损坏' });
    expect(store.first(`SELECT text FROM notice WHERE subjectKind = 'recovery'`)?.['text']).toContain(aside);
    expect(verifyStore(store.database).firstFault).toBeNull();
    // A number that stands on somebody's label is never given again.
    const voided = store
      .all('SELECT number FROM numberIssued WHERE voidReason IS NOT NULL')
      .map((row) => row['number']);
    if (voided.length > 0) expect(outcome.join('')).toContain(`${voided.length} 个编号已作废`);
  });

  test('whose header is gone tells nothing, and the backup is used all the same', async () => {
    damage([1, 2, 3]);
    const { call, state } = await open();
    const look = (await call('recovery.look', {})) as { counts: unknown[]; unreadable: number };
    expect(look).toMatchObject({ counts: [], unreadable: 1 });
    const [backup] = (await state()).backups;
    await call('recovery.act', wish(backup!.name));
    await waitFor(async () => (await state()).state === 'recovered');
    expect((await state()).outcome.join('')).toContain('一行也读不出来');
  });

  test('one bad page: the rest is read round it, and later work is named with its numbers', async () => {
    const whole = salvage(data);
    expect(whole.unreadable).toBe(0);
    expect(whole.rows.get('testRecord')?.map((row) => row['key'])).toEqual([before.recordNo, after.recordNo]);
    const source = openReadOnly(data);
    // The page of the audit table's middle: everything else can be read.
    const page = Number(
      source.first(
        `SELECT pageno FROM dbstat WHERE name = 'audit' AND pagetype = 'leaf' ORDER BY pageno LIMIT 1 OFFSET 8`,
      )?.['pageno'],
    );
    source.close();
    damage([page]);
    const found = salvage(data);
    expect(found.unreadable).toBeGreaterThan(0);
    expect(found.rows.get('testRecord')?.length).toBe(2);
    const [all, some] = [whole.rows.get('audit')!.length, found.rows.get('audit')!.length];
    expect(some).toBeGreaterThan(all / 2);
    expect(some).toBeLessThan(all);

    const { call, state } = await open();
    const look = (await call('recovery.look', {})) as { records: { recordNo: string }[] };
    expect(look.records.map(({ recordNo }) => recordNo)).toEqual([after.recordNo, before.recordNo]);
    expect(JSON.stringify(look)).not.toMatch(/云岭|梁志远/);
    await call('recovery.act', wish((await state()).backups[0]!.name));
    await waitFor(async () => (await state()).state === 'recovered');
    const { outcome } = await state();
    expect(outcome.join('')).toContain(`原始记录 1（${after.recordNo}）`);
    const aside = readdirSync(data).find((one) => one.startsWith('set-aside-'))!;
    const list = JSON.parse(readFileSync(join(data, aside, 'after-backup.json'), 'utf8')) as {
      later: Record<string, string[]>;
    };
    expect(list.later['testRecord']?.[0]).toContain(after.recordNo);
    expect(list.later['run']?.length).toBe(3);
    const { store } = opened!.open!.context;
    const next = store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
      tx.number('record', '2026-11-23', 'record'),
    );
    expect(next > after.recordNo).toBe(true);
    expect(verifyStore(store.database).firstFault).toBeNull();
  });
});

describe('other reasons', () => {
  test('a store that is gone is not replaced by an empty one; put back, the program goes on', async () => {
    renameSync(storeFile(), `${storeFile()}.elsewhere`);
    const { call, state, raw } = await open();
    expect((await state()).error?.code).toBe('STORE_LOST');
    expect(existsSync(storeFile())).toBe(false);
    expect(await raw('recovery.act', { action: 'retry' })).toMatchObject({ ok: false, error: { code: 'STORE_LOST' } });
    renameSync(`${storeFile()}.elsewhere`, storeFile());
    await call('recovery.act', { action: 'retry' });
    expect(opened?.open).not.toBeNull();
    expect(await raw('session.current', {})).toMatchObject({ ok: true, value: { state: 'signedOut' } });
  });

  test('sound data, and an unclean end with sound data, open as ever; a new folder too', async () => {
    writeFileSync(join(data, 'in-use.lock'), '0');
    const { raw } = await open();
    expect(opened?.open).not.toBeNull();
    expect(await raw('recovery.state', {})).toMatchObject({ ok: true, value: { state: 'none', dataFolder: '' } });
    expect(await raw('recovery.act', { action: 'retry' })).toMatchObject({ error: { code: 'RECOVERY_NONE' } });
  });
});
