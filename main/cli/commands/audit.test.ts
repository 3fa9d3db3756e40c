// verify with its two witnesses, and export-bundle, as they are called: each command a process of its own, the platform
// over real HTTP.
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { forgeHistory } from '../../../tests/support/forgeChain.ts';
import { approve, eventually, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { startTrainingPlatform, type TrainingPlatform } from '../../../sync/training/platform.ts';
import { openKeyFileSecrets } from '../../server/key-file-secrets.ts';
import { openReadOnly } from '../../store/readOnly.ts';

const program = fileURLToPath(new URL('../jiantai.ts', import.meta.url));
let lab: TestCore;
let folder: string;
let secretFile: string;
let port: number;
let platform: TrainingPlatform | null = null;
let recordNo: string;
let reportNo: string;
let printed: string;
const file = () => join(folder, 'jiantai.sqlite');

interface Answer {
  status: number | null;
  lines: Record<string, unknown>[];
  error: { code: string; message: string } | null;
}
function jiantai(...args: string[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args, '--data', folder], { stdio: 'pipe' });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (status) => {
      const lines = out.trim().split('\n').filter(Boolean).map((text) => JSON.parse(text) as never); // prettier-ignore
      const said = err.trim().split('\n').findLast((text) => text.startsWith('{"error"')); // prettier-ignore
      resolve({ status, lines, error: said ? (JSON.parse(said) as { error: Answer['error'] }).error : null });
    });
  });
}
const withPlatform = () => ['verify', '--against-platform', '--secret-file', secretFile];

beforeAll(async () => {
  lab = await openTestCore();
  folder = lab.folder;
  secretFile = `${folder}-secret`;
  writeFileSync(secretFile, await lab.context.secrets.open(String(lab.store.get('secret', 'platform')?.['sealed'])));
  port = Number(new URL(lab.core.platform?.url ?? '').port);
  const { record } = await testedGroup(lab);
  ({ recordNo } = record);
  await signTest(lab, recordNo);
  await signCheck(lab, recordNo);
  reportNo = await approve(lab, recordNo);
  await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
  printed = (JSON.parse(String(lab.store.get('report', `${reportNo}#1`)?.['contentJson'])) as { auditHeadShort: string }).auditHeadShort; // prettier-ignore
  await lab.core.stop();
  platform = await startTrainingPlatform({ file: join(folder, 'training-platform.sqlite'), port });
}, 90_000);
afterAll(async () => {
  await platform?.stop();
  for (const path of [folder, secretFile, `${folder}.zip`, `${folder}-bundle`])
    rmSync(path, { recursive: true, force: true });
});

test('verify: here, the printed head, the platform', async () => {
  const asked = await jiantai(...withPlatform(), '--head', printed);
  expect(asked).toMatchObject({ status: 0, lines: [{ ok: true, printedHead: { found: true } }, {}], error: null });
  expect(asked.lines[1]).toMatchObject({ platform: { ok: true, asked: 1, witnessed: 1, firstFault: null } });
  const wrong = await jiantai('verify', '--head', 'ffff0000ffff0000');
  expect(wrong).toMatchObject({ status: 1, lines: [{ ok: true }], error: { code: 'VERIFY_FAILED' } });
}, 180_000);

test('verify: the platform cannot be asked without its secret', async () => {
  expect(await jiantai('verify', '--against-platform')).toMatchObject({
    status: 1,
    error: { code: 'SECRET_NOT_OPENED' },
  });
});

test('verify: a history made anew down to the outbox is found by the platform and by the paper alone', async () => {
  const good = `${file()}.good`;
  copyFileSync(file(), good);
  const db = new Database(file());
  forgeHistory(db, {
    careful: true,
    edit: (entry) =>
      entry.entity === 'commission' && entry.action === 'insert'
        ? { ...entry, newValue: JSON.stringify({ ...JSON.parse(entry.newValue ?? ''), siteAddress: '别处' }) }
        : entry,
    rows: [['commission', `UPDATE commission SET siteAddress = '别处'`]],
  });
  db.close();
  // Here everything is right in itself; the paper and the platform say otherwise.
  const asked = await jiantai(...withPlatform(), '--head', printed);
  expect(asked).toMatchObject({ status: 1, error: { code: 'VERIFY_FAILED' } });
  expect(asked.error?.message).toContain('不在审计链里');
  expect(asked.lines[0]).toMatchObject({ ok: true, firstFault: null, printedHead: { found: false } });
  expect(asked.lines[1]).toMatchObject({ platform: { ok: false, firstFault: expect.stringContaining('与平台见证的内容不一致') } }); // prettier-ignore
  for (const tail of ['-wal', '-shm']) rmSync(`${file()}${tail}`, { force: true });
  copyFileSync(good, file());
  rmSync(good);
}, 180_000);

test('export-bundle: written once, logged, checked by its own program', async () => {
  const to = `${folder}.zip`;
  expect(await jiantai('export-bundle', '--records', recordNo, '--to', to)).toMatchObject({
    status: 1,
    error: { code: 'SECRET_NOT_OPENED' },
  });
  await openKeyFileSecrets(folder);
  const made = await jiantai('export-bundle', '--records', recordNo, '--to', to, '--reason', '监督检查');
  expect(made).toMatchObject({ status: 0, error: null, lines: [{ file: to }] });
  for (const [path, bytes] of Object.entries(unzipSync(readFileSync(to)))) {
    const at = join(`${folder}-bundle`, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, bytes);
  }
  const said = await new Promise<string>((resolve) => {
    const args = [join(`${folder}-bundle`, 'verify.mjs'), '--key', String(made.lines[0]?.['fingerprint'])];
    execFile(process.execPath, args, (_, out, err) => resolve(out + err));
  });
  expect(said).toContain('✓ 全部一致');
  const store = openReadOnly(folder);
  const event = store.first(`SELECT * FROM audit WHERE entity = 'inspection'`);
  store.close();
  expect(event).toMatchObject({ actor: '程序:命令行', reason: '监督检查' });
  expect((await jiantai('export-bundle', '--records', recordNo, '--to', to)).error?.code).toBe('FILE_EXISTS');
  expect((await jiantai('export-bundle', '--records', 'YS-0', '--to', `${to}2`)).error?.code).toBe('NOT_FOUND');
  expect((await jiantai('export-bundle', '--to', `${to}2`)).error?.code).toBe('USAGE');
  expect(existsSync(`${to}2`)).toBe(false);
  expect((await jiantai('verify')).status).toBe(0);
}, 240_000);
