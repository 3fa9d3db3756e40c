// Seals secrets with the keyring of the operating system (DPAPI, Keychain, libsecret, KWallet) through Electron's
// asynchronous safeStorage. Linux without a keyring offers `basic_text`, which only obfuscates: then we use the
// owner-only key file instead and say so, rather than pretend.
import type { SafeStorage } from 'electron';
import { AppError } from '../../shared/errors/appError.ts';
import type { SecretBox } from '../core/interface.ts';

const prefix = 'os1:';

export type Keyring = Pick<
  SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>;

export interface KeyringChoice {
  readonly secrets: SecretBox;
  /** Set when the keyring could not be used; a sentence for the log and for the person. */
  readonly warning: string | null;
}

/** New secrets go to the best place there is; old ones open wherever they were sealed. */
export async function openKeyringSecrets(
  keyring: Keyring,
  platform: NodeJS.Platform,
  fallback: () => Promise<SecretBox>,
): Promise<KeyringChoice> {
  const reason = await unusable(keyring, platform);
  const file = await fallback();
  return {
    warning:
      reason === null
        ? null
        : `本机没有可用的系统密钥环(${reason}),平台密钥改用数据文件夹中的密钥文件保护；请限制该文件夹的访问权限。`,
    secrets: {
      async seal(plain) {
        if (reason !== null) return file.seal(plain);
        return prefix + (await keyring.encryptStringAsync(plain)).toString('base64url');
      },
      async open(sealed) {
        if (!sealed.startsWith(prefix)) return file.open(sealed);
        try {
          return (await keyring.decryptStringAsync(Buffer.from(sealed.slice(prefix.length), 'base64url'))).result;
        } catch (error) {
          throw new AppError(
            {
              code: 'SECRET_NOT_OPENED',
              message: '已保存的密钥无法用本机的系统密钥环解开。',
              meaning: '数据可能来自另一台电脑或另一个系统用户；检测数据不受影响。',
              next: '请在“设置”中重新填写平台密钥。',
            },
            { cause: error },
          );
        }
      },
    },
  };
}

async function unusable(keyring: Keyring, platform: NodeJS.Platform): Promise<string | null> {
  if (!(await keyring.isAsyncEncryptionAvailable())) return '不可用';
  if (platform === 'linux' && keyring.getSelectedStorageBackend() === 'basic_text') return 'basic_text';
  return null;
}
