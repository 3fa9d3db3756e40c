// What a backup says of itself: `manifest.json` beside the copy. It is written last, so that a folder without it is no
// backup; its digest shows damage, and in a sealed backup its proof shows that it was written with the passphrase.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '../../store/database.ts';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { canonicalJson, digestOf } from '../../../sync/wire/digest.ts';
import { proofOf, sealKey, wrongPassphrase, type SealKey } from './seal.ts';

export const manifestName = 'manifest.json';
/** Name of a whole backup; one that is being made has `.part` behind it. */
const namePattern = /^jiantai-\d{8}T\d{6}$/;
export const partSuffix = '.part';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Paths of a backup stay inside it, whatever a manifest from elsewhere may say. */
const innerPath = z
  .string()
  .max(400)
  .regex(/^(jiantai\.sqlite|(runs|reports|files)\/[^\\/:*?"<>|]+(\/[^\\/:*?"<>|]+)*)$/)
  .refine((path) => !path.split('/').some((part) => part === '..' || part === '.'));
const entrySchema = z.object({
  path: innerPath,
  bytes: z.number().int().min(0),
  sha256,
  storedBytes: z.number().int().min(0),
  storedSha256: sha256,
});
export type Entry = z.infer<typeof entrySchema>;

const countsSchema = z.object({
  commissions: z.number().int(),
  records: z.number().int(),
  runs: z.number().int(),
  signatures: z.number().int(),
  reports: z.number().int(),
  files: z.number().int(),
});
export type Counts = z.infer<typeof countsSchema>;

const bodySchema = z.object({
  format: z.literal('jiantai-backup'),
  version: z.literal(1),
  program: z.string(),
  madeAt: z.string(),
  /** Whose store it is: hash of the first entry of its audit chain. */
  lab: sha256,
  head: z.object({ seq: z.number().int(), hash: sha256 }),
  checked: z.object({ audit: z.number().int(), rows: z.number().int() }),
  counts: countsSchema,
  /** Files of the lab that were missing or not what they should be when the copy was made. */
  faults: z.array(z.string()),
  seal: z
    .object({ salt: z.string(), N: z.number().int(), r: z.number().int(), p: z.number().int(), keyId: z.string() })
    .nullable(),
  store: entrySchema,
  files: z.array(entrySchema),
});
export type ManifestBody = z.infer<typeof bodySchema>;
const manifestSchema = bodySchema.extend({ digest: sha256, proof: sha256.nullable() });
export type Manifest = z.infer<typeof manifestSchema>;

export function finishedManifest(body: ManifestBody, key: SealKey | null): Manifest {
  const text = canonicalJson(body);
  return { ...body, digest: digestOf(body), proof: key === null ? null : proofOf(key, text) };
}

/** The manifest of a whole backup; a refusal in words where it is none. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, manifestName);
  const refuse = (code: string, message: string): AppError =>
    new AppError({
      code,
      message,
      meaning: '它不能用来恢复，也没有改动。',
      next: '请选择名为 jiantai-日期T时间、里面有 manifest.json 的备份文件夹。',
    });
  if (!existsSync(path)) throw refuse('BACKUP_NONE', `${folder} 不是一份完整的备份：没有 ${manifestName}。`);
  let parsed;
  try {
    parsed = manifestSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw refuse('BACKUP_CUT', `${path} 读不出来：文件不完整或已损坏。`);
  }
  if (!parsed.success) throw refuse('BACKUP_ALTERED', `${path} 的内容不是本程序写的样子。`);
  const { digest, proof: _, ...body } = parsed.data;
  if (digestOf(body) !== digest) throw refuse('BACKUP_ALTERED', `${path} 的内容被改动过。`);
  return parsed.data;
}

/** The key of a sealed backup, or null for one that is not sealed. */
export function keyOfManifest(manifest: Manifest, passphrase: string | null): SealKey | null {
  const { seal } = manifest;
  if (seal === null) return null;
  if (passphrase === null) {
    throw new AppError({
      code: 'BACKUP_SEALED',
      message: '这份备份加了密，需要口令。',
      meaning: '没有打开，也没有改动。',
      next: '请输入做这份备份时设置的口令。',
    });
  }
  const key = sealKey(passphrase, Buffer.from(seal.salt, 'base64'), { N: seal.N, r: seal.r, p: seal.p });
  if (key.keyId.toString('hex') !== seal.keyId) throw wrongPassphrase();
  const { digest: _, proof, ...body } = manifest;
  if (proof !== proofOf(key, canonicalJson(body))) {
    throw new AppError({
      code: 'BACKUP_ALTERED',
      message: `${manifestName} 被没有口令的人改动过。`,
      meaning: '这份备份不能用来恢复，其他备份不受影响。',
      next: '请换一份备份，并检查谁能写存放备份的文件夹。',
    });
  }
  return key;
}

export interface FoundBackup {
  name: string;
  folder: string;
  manifest: Manifest;
}

/** Whole backups in a folder, newest first; what cannot be read is named apart. Never throws for one bad folder. */
export function listBackups(target: string): { found: FoundBackup[]; unreadable: { name: string; why: string }[] } {
  const found: FoundBackup[] = [];
  const unreadable: { name: string; why: string }[] = [];
  const names = readdirSync(target).filter((name) => namePattern.test(name));
  for (const name of names.sort().toReversed()) {
    const folder = join(target, name);
    try {
      if (!statSync(folder).isDirectory()) continue;
      found.push({ name, folder, manifest: readManifest(folder) });
    } catch (cause) {
      unreadable.push({ name, why: cause instanceof AppError ? cause.info.message : String(cause) });
    }
  }
  return { found, unreadable };
}

export const isGood = ({ manifest }: Pick<FoundBackup, 'manifest'>): boolean => manifest.faults.length === 0;
export const backupNamePattern = namePattern;

export function labOf(db: Database): string {
  const row = db.prepare<[], { hash: string }>('SELECT hash FROM audit WHERE seq = 1').get();
  return row?.hash ?? '0'.repeat(64);
}

export function countsOfStore(db: Database): Omit<Counts, 'files'> {
  const count = (table: string): number =>
    db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  return {
    commissions: count('commission'),
    records: count('testRecord'),
    runs: count('run'),
    signatures: count('signature'),
    reports: count('report'),
  };
}
