import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keyFileName, openKeyFileSecrets } from './key-file-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiantai-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('what is sealed opens again, also after a restart, and never looks the same twice', async () => {
  const box = await openKeyFileSecrets(folder);
  const sealed = await box.seal('平台密钥 s3cret');
  expect(sealed).not.toContain('s3cret');
  expect(await box.seal('平台密钥 s3cret')).not.toBe(sealed);
  expect(await (await openKeyFileSecrets(folder)).open(sealed)).toBe('平台密钥 s3cret');
  expect(await box.open(await box.seal(''))).toBe('');
});

test.skipIf(process.platform === 'win32')(
  'the key file is for the owner alone, and loosened rights are tightened',
  async () => {
    await openKeyFileSecrets(folder);
    const path = join(folder, keyFileName);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    await openKeyFileSecrets(folder);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  },
);

test('two processes that start on a new folder at once agree on one key', async () => {
  const boxes = await Promise.all(Array.from({ length: 8 }, () => openKeyFileSecrets(folder)));
  const sealed = await boxes[0]!.seal('x');
  for (const box of boxes) expect(await box.open(sealed)).toBe('x');
});

test('a changed byte, a foreign key and a foreign text are refused with a sentence', async () => {
  const box = await openKeyFileSecrets(folder);
  const sealed = await box.seal('secret');
  const flipped = sealed.slice(0, 10) + (sealed[10] === 'A' ? 'B' : 'A') + sealed.slice(11);
  const foreign = await openKeyFileSecrets(join(folder, 'other'));
  for (const open of [box.open(flipped), foreign.open(sealed), box.open('plain text'), box.open('kf1:AAAA')]) {
    await expect(open).rejects.toMatchObject({ info: { code: 'SECRET_NOT_OPENED' } });
  }
});

test('a damaged key file is named, never replaced', async () => {
  const path = join(folder, keyFileName);
  await writeFile(path, 'short');
  await expect(openKeyFileSecrets(folder)).rejects.toMatchObject({ info: { code: 'SECRET_KEY_DAMAGED' } });
  expect(await readFile(path, 'utf8')).toBe('short');
});
