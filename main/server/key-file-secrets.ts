// Seals secrets where no OS keyring is at hand (bench server, command line): AES-256-GCM under a key that lies in
// the data folder and that only the owner may read. It protects copies of the database that travel without the key;
// it does not protect from someone who can read the whole folder as its owner.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../shared/errors/appError.ts';
import type { SecretBox } from '../core/interface.ts';

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const prefix = 'kf1:';
export const keyFileName = 'secrets.key';

/** Opens the box of a data folder; makes its key on first use. Tightens the key's rights if a copy loosened them. */
export async function openKeyFileSecrets(dataFolder: string): Promise<SecretBox> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const path = join(dataFolder, keyFileName);
  const key = (await readKey(path)) ?? (await makeKey(dataFolder, path));
  return {
    seal(plain) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Promise.resolve(prefix + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url'));
    },
    async open(sealed) {
      const bytes = sealed.startsWith(prefix) ? Buffer.from(sealed.slice(prefix.length), 'base64url') : null;
      if (bytes === null || bytes.length < ivBytes + tagBytes) throw notOpened();
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        return Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]).toString('utf8');
      } catch (error) {
        throw notOpened(error);
      }
    },
  };
}

async function readKey(path: string): Promise<Buffer | null> {
  let key: Buffer;
  try {
    key = await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  if (key.length !== keyBytes) {
    throw new AppError({
      code: 'SECRET_KEY_DAMAGED',
      message: `密钥文件已损坏(应为 ${keyBytes} 字节，实为 ${key.length} 字节)。`,
      meaning: '平台密钥和身份证号无法解开；检测数据不受影响。',
      next: `请从备份恢复 ${keyFileName};没有备份时，请将该文件移走后重新填写平台密钥。`,
    });
  }
  const mode = (await stat(path)).mode;
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) await chmod(path, 0o600);
  return key;
}

/** Two processes may start on a new folder at once: the hard link decides whose key counts, never half a file. */
async function makeKey(folder: string, path: string): Promise<Buffer> {
  const temporary = join(folder, `${keyFileName}.${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', 0o600);
  try {
    await handle.writeFile(randomBytes(keyBytes));
    await handle.sync();
  } finally {
    await handle.close();
  }
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(temporary);
  }
  const key = await readKey(path);
  if (key === null) throw new Error(`key file vanished: ${path}`);
  return key;
}

function notOpened(cause?: unknown): AppError {
  return new AppError(
    {
      code: 'SECRET_NOT_OPENED',
      message: '已保存的密钥无法解开。',
      meaning: '密钥文件与数据不是同一套，或内容被改动过；检测数据不受影响。',
      next: `请从同一份备份恢复 ${keyFileName},或在“设置”中重新填写平台密钥。`,
    },
    { cause },
  );
}
