// The key that inspection bundles of this store are signed with: Ed25519, made on first use. The private part is sealed
// as the platform's secret is; the public part is a setting, so that its making stands in the audit chain.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import type { AuditActor } from '../../store/audit.ts';
import type { Store } from '../../store/store.ts';
import type { Context } from '../context.ts';

export const secretName = 'inspectionKey';
export const settingName = 'inspectionPublicKey';

export interface SigningKey {
  /** SubjectPublicKeyInfo, DER, base64. */
  publicKey: string;
  sign(bytes: Uint8Array): Buffer;
}

/** What people compare by eye: the first 16 characters of the SHA-256 of the public key. */
export const fingerprintOf = (publicKey: string): string => sha256Hex(Buffer.from(publicKey, 'base64')).slice(0, 16);

/** Of the key in use; null while no bundle was made. */
export function knownFingerprint(reader: Pick<Store, 'get'>): string | null {
  const value = reader.get('setting', settingName)?.['value'];
  return value === undefined ? null : fingerprintOf(String(value));
}

const publicOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');

export async function signingKey(context: Context, actor: AuditActor): Promise<SigningKey> {
  const sealed = context.store.get('secret', secretName)?.['sealed'];
  const privateKey = sealed === undefined ? await makeKey(context, actor) : await openKey(context, String(sealed));
  return { publicKey: publicOf(privateKey), sign: (bytes) => sign(null, bytes, privateKey) };
}

async function openKey(context: Context, sealed: string): Promise<KeyObject> {
  const der = Buffer.from(await context.secrets.open(sealed), 'base64');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

async function makeKey(context: Context, actor: AuditActor): Promise<KeyObject> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const sealed = await context.secrets.seal(der);
  const reason = '首次导出检查包，生成签名密钥';
  context.store.transact(actor, (tx) => {
    tx.put('secret', { key: secretName, sealed }, reason);
    tx.put('setting', { key: settingName, value: publicOf(privateKey) }, reason);
  });
  return privateKey;
}
