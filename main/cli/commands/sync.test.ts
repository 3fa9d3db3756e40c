// jiantai sync as IT calls it, each command a process of its own, against the embedded platform over real HTTP: a group that
// was tested, signed and approved without a network goes out, gets its code, and is verified; every exit status is had.
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approve, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { startTrainingPlatform, type TrainingPlatform } from '../../../sync/training/platform.ts';
import { programActor } from '../../core/context.ts';
import { openStore } from '../../store/store.ts';

const program = fileURLToPath(new URL('../jiantai.ts', import.meta.url));
const actor = programActor('测试');
let lab: TestCore;
let folder: string;
let secretFile: string;
let secret: string;
let port: number;
let platform: TrainingPlatform | null = null;
let reportNo: string;

interface Answer {
  status: number | null;
  out: string;
  lines: Record<string, unknown>[];
  error: { code: string; message: string } | null;
}
function sync(...args: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const all = [program, 'sync', ...args, ...(args.includes('--data') ? [] : ['--data', folder])];
    const child = spawn(process.execPath, all, { stdio: 'pipe' });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (status) => {
      expect(out + err).not.toContain(secret);
      const lines = args.includes('--json') ? out.trim().split('\n').filter(Boolean).map((text) => JSON.parse(text) as never) : []; // prettier-ignore
      const said = err.trim().split('\n').findLast((text) => text.startsWith('{"error"')); // prettier-ignore
      resolve({ status, out, lines, error: said ? (JSON.parse(said) as { error: Answer['error'] }).error : null });
    });
  });
}
const online = async (): Promise<TrainingPlatform> =>
  (platform ??= await startTrainingPlatform({ file: join(folder, 'training-platform.sqlite'), port }));
const offline = async (): Promise<void> => {
  await platform?.stop();
  platform = null;
};
const withKey = () => ['--secret-file', secretFile];
/** Hands on the store while no command runs. */
const inStore = (sql: string): void => {
  const store = openStore(folder, actor);
  store.database.exec(sql);
  store.close();
};

beforeAll(async () => {
  lab = await openTestCore();
  folder = lab.folder;
  secretFile = join(folder, '..', `${folder.split('/').at(-1)}-secret`);
  secret = await lab.context.secrets.open(String(lab.store.get('secret', 'platform')?.['sealed']));
  writeFileSync(secretFile, `${secret}\n`);
  port = Number(new URL(lab.core.platform?.url ?? '').port);
  await lab.core.link.stop();
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  reportNo = await approve(lab, record.recordNo);
}, 90_000);
afterAll(async () => {
  await offline();
  rmSync(folder, { recursive: true, force: true });
  rmSync(secretFile, { force: true });
});

test('while the bench is open, reading is possible and everything else is refused in words', async () => {
  const status = await sync('status', '--json');
  expect(status).toMatchObject({ status: 4, lines: [{ state: 'waiting', halt: null }] });
  for (const part of [['push'], ['pull'], ['verify', reportNo]]) {
    const { status: code, error } = await sync(...part, ...withKey());
    expect({ code, error: error?.code }, part[0]).toEqual({ code: 5, error: 'FOLDER_IN_USE' });
  }
  expect(lab.store.all(`SELECT 1 FROM outbox WHERE state = 'accepted'`)).toEqual([]);
  await lab.core.stop();
}, 60_000);

test('usage: status 2, in words', async () => {
  for (const args of [
    [],
    ['nosuch'],
    ['status', '--nosuch'],
    ['push', '--seconds', 'x'],
    ['ledger', '--state', 'odd'],
    ['verify'],
    ['push', '--secret-file', '/no/such/file'],
  ]) {
    const { status, error } = await sync(...args);
    expect({ status, error: error?.code }, args.join(' ')).toEqual({ status: 2, error: 'USAGE' });
  }
  const nowhere = await sync('status', '--data', join(folder, 'nothing'));
  expect({ status: nowhere.status, code: nowhere.error?.code }).toEqual({ status: 5, code: 'STORE_MISSING' });
}, 60_000);

test('a desktop’s sealed key is not opened here, and that is said', async () => {
  const { status, error } = await sync('push');
  expect({ status, code: error?.code }).toEqual({ status: 3, code: 'SECRET_NOT_OPENED' });
}, 30_000);

test('no network: status 3, everything still waits, the ledger says for what', async () => {
  const push = await sync('push', '--json', '--seconds', '1', ...withKey());
  expect(push).toMatchObject({ status: 3, lines: [{ state: 'unreachable', sent: 0, failure: { code: expect.any(String) as never } }] }); // prettier-ignore
  expect(await sync('pull', '--json', ...withKey())).toMatchObject({ status: 3, lines: [{ ok: false }] });
  expect(await sync('verify', 'NO-CODE', ...withKey())).toMatchObject({ status: 3, error: { code: 'PLATFORM_UNREACHABLE' } }); // prettier-ignore
  const ledger = await sync('ledger', '--json');
  expect(ledger.status).toBe(0);
  expect(new Set(ledger.lines.map(({ standing }) => standing))).toEqual(new Set(['waiting']));
  const report = ledger.lines.find(({ kind }) => kind === 'report');
  expect(report).toMatchObject({ key: reportNo });
  expect(String(report?.['why'])).toMatch(/^须先由平台接收/u);
  const [counts] = (await sync('status', '--json')).lines as { counts: { waiting: number } }[];
  expect(counts?.counts.waiting).toBe(ledger.lines.length);
}, 60_000);

test('the network is back: all of it goes out, the code comes in, its file is made and filed; status 0', async () => {
  const there = await online();
  const push = await sync('push', '--json', '--progress', ...withKey());
  expect(push).toMatchObject({ status: 0, lines: [{ state: 'complete', failure: null, counts: { waiting: 0, rejected: 0, parked: 0 } }] }); // prettier-ignore
  const [facts] = push.lines as { sent: number; counts: { accepted: number } }[];
  expect(facts?.sent).toBe(facts?.counts.accepted);
  expect(there.codes()).toHaveLength(1);
  const ledger = await sync('ledger', '--json', '--report', reportNo, '--state', 'accepted');
  expect(ledger.lines.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['report', 'code', 'report-file', 'test-record', 'acquisition', 'media', 'commission'])); // prettier-ignore
  expect(await sync('push', '--json', ...withKey())).toMatchObject({ status: 0, lines: [{ sent: 0 }] });
  expect((await sync('status')).out).toContain('等待 0，');
}, 90_000);

test('verify: by report number and by code, equal on both sides; what the platform does not know is status 1', async () => {
  const byNumber = await sync('verify', reportNo, '--json', ...withKey());
  expect(byNumber).toMatchObject({ status: 0, lines: [{ agrees: true, differences: [], here: { reportNo, state: 'filed' }, platform: { status: 'valid' } }] }); // prettier-ignore
  const code = String(byNumber.lines[0]?.['code']);
  const byCode = await sync('verify', code, ...withKey());
  expect(byCode.status).toBe(0);
  expect(byCode.out).toContain('✓ 与本机一致');
  expect(await sync('verify', 'GD-NO-SUCH-CODE', '--json', ...withKey())).toMatchObject({ status: 1, lines: [{ agrees: false, here: null }] }); // prettier-ignore
}, 60_000);

test('pull: the reference data, with their version', async () => {
  const { status, lines } = await sync('pull', '--json', ...withKey());
  expect(status).toBe(0);
  expect(lines).toMatchObject([{ ok: true, held: [], failure: null, snapshot: expect.any(String) as never }]);
}, 30_000);

test('refused content: status 1 with the platform’s words; refused access: status 3, the halt and its next step', async () => {
  inStore(`UPDATE outbox SET state = 'rejected', platformCode = 'VALIDATION', platformMessage = '见证人证书编号不存在' WHERE kind = 'commission'`); // prettier-ignore
  const status = await sync('status', '--json');
  expect(status).toMatchObject({ status: 1, lines: [{ state: 'attention', counts: { rejected: 1 } }] });
  const ledger = await sync('ledger', '--state', 'rejected');
  expect(ledger.out).toContain('见证人证书编号不存在');
  expect(ledger.out).toContain('下一步：');
  inStore(`UPDATE outbox SET state = 'pending', platformCode = NULL, platformMessage = NULL WHERE kind = 'commission'`);
  (await online()).faults.accessRefused = -1;
  const push = await sync('push', '--json', '--seconds', '1', ...withKey());
  expect(push).toMatchObject({ status: 3, lines: [{ state: 'unreachable', halt: { code: 'FORBIDDEN', next: expect.stringContaining('平台') as never } }] }); // prettier-ignore
  (await online()).faults.accessRefused = 0;
  expect((await sync('push', '--json', ...withKey())).status).toBe(0);
}, 90_000);
