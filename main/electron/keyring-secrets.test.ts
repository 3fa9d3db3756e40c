import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openKeyFileSecrets } from '../server/key-file-secrets.ts';
import { openKeyringSecrets, type Keyring } from './keyring-secrets.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiantai-keyring-'));
});
afterEach(() => rm(folder, { recursive: true }));

function keyring(available: boolean, backend: ReturnType<Keyring['getSelectedStorageBackend']>): Keyring {
  return {
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: (text: string) =>
      Promise.resolve(Buffer.from(Buffer.from(`<${text}>`).map((byte) => byte ^ 90))),
    decryptStringAsync: (sealed: Buffer) => {
      const text = Buffer.from(Buffer.from(sealed).map((byte) => byte ^ 90)).toString();
      if (!text.startsWith('<')) return Promise.reject(new Error('wrong key'));
      return Promise.resolve({ result: text.slice(1, -1), shouldReEncrypt: false });
    },
    getSelectedStorageBackend: () => backend,
  } satisfies Keyring;
}
const fallback = (): ReturnType<typeof openKeyFileSecrets> => openKeyFileSecrets(folder);

test('with a keyring, secrets are sealed by it', async () => {
  const { secrets, warning } = await openKeyringSecrets(keyring(true, 'gnome_libsecret'), 'linux', fallback);
  expect(warning).toBeNull();
  const sealed = await secrets.seal('s3cret');
  expect(sealed).toMatch(/^os1:/);
  expect(await secrets.open(sealed)).toBe('s3cret');
});

test('basic_text is not taken for a keyring: the key file is used and it is said', async () => {
  const { secrets, warning } = await openKeyringSecrets(keyring(true, 'basic_text'), 'linux', fallback);
  expect(warning).toContain('basic_text');
  expect(await secrets.seal('x')).toMatch(/^kf1:/);
  expect((await openKeyringSecrets(keyring(false, 'unknown'), 'win32', fallback)).warning).toContain('不可用');
});

test('what the key file sealed still opens once there is a keyring; a foreign seal is refused in words', async () => {
  const sealed = await (await fallback()).seal('old');
  const { secrets } = await openKeyringSecrets(keyring(true, 'kwallet6'), 'linux', fallback);
  expect(await secrets.open(sealed)).toBe('old');
  await expect(secrets.open('os1:AAAA')).rejects.toMatchObject({ info: { code: 'SECRET_NOT_OPENED' } });
});
