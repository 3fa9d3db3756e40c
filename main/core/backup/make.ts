// Makes one backup: a copy of the store that has passed its checks, every file of evidence, a manifest last, and only
// then the name of a backup. Files that the backup before it holds are linked, not copied again, where the disk can.
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { backupStore } from '../../store/backup.ts';
import { storeError } from '../../store/database.ts';
import { openReadOnly } from '../../store/readOnly.ts';
import { storeFileName } from '../../store/store.ts';
import { programVersion } from '../program.ts';
import { wantedFiles } from './files.ts';
import {
  backupNamePattern,
  countsOfStore,
  finishedManifest,
  labOf,
  listBackups,
  manifestName,
  partSuffix,
  type Entry,
  type Manifest,
} from './manifest.ts';
import { makeTarget, refuseWithoutRoom, removeQuietly, storeBytes, syncFolder, toldFileError } from './disk.ts';
import { sealKey, type SealKey } from './seal.ts';
import { digestOfFile, putFile, sealedSuffix, type Measured } from './stored.ts';

export interface MakeInput {
  dataFolder: string;
  target: string;
  passphrase: string | null;
  /** Makes the target where it is not there; else a share that is not connected is told as one. */
  create?: boolean;
  /** Told of what is done; throws to break off. */
  onStep?: (phase: 'store' | 'files' | 'finish', done: number, total: number) => void;
  now?: () => Date;
}

export interface MakeResult {
  name: string;
  folder: string;
  manifest: Manifest;
  bytes: number;
  /** Files that were linked to the backup before, and those that were copied. */
  linked: number;
  copied: number;
  /** Linked files that had to be copied anew, because what lay there was no longer what it should be. */
  repaired: number;
  seconds: number;
}

const dayMs = 86_400_000;

export function refuseInside(target: string, dataFolder: string): void {
  if (!`${resolve(target)}/`.startsWith(`${resolve(dataFolder)}/`)) return;
  throw new AppError({
    code: 'BACKUP_INSIDE',
    message: '备份文件夹在数据文件夹里面。',
    meaning: '数据文件夹坏了，备份会一起丢，没有备份。',
    next: '请选择另一块盘上的文件夹。',
  });
}

export async function makeBackup(input: MakeInput): Promise<MakeResult> {
  const { dataFolder, target } = input;
  const now = input.now ?? (() => new Date());
  const started = performance.now();
  refuseInside(target, dataFolder);
  const name = `jiantai-${toWallTime(now()).slice(0, 19).replaceAll(/[-:]/g, '')}`;
  const folder = join(resolve(target), name);
  const part = `${folder}${partSuffix}`;
  if (existsSync(folder) || existsSync(part)) {
    throw new AppError({
      code: 'BACKUP_EXISTS',
      message: `${folder} 已经存在。`,
      meaning: '没有备份，原有备份没有改动。',
      next: '请过一秒再试。',
    });
  }
  const source = openReadOnly(dataFolder);
  try {
    makeTarget(resolve(target), input.create ?? false);
    const lab = labOf(source.database);
    removeLeftovers(target, lab);
    refuseWithoutRoom(target, storeBytes(source.database) * (input.passphrase === null ? 1 : 2));
    const before = listBackups(target).found.filter(({ manifest }) => manifest.lab === lab);
    const key = keyFor(input.passphrase, before[0]?.manifest);
    const result = await fill({ ...input, now, source, part, lab, key, before });
    syncFolder(part);
    renameSync(part, folder);
    syncFolder(resolve(target));
    return { ...result, name, folder, seconds: (performance.now() - started) / 1000 };
  } catch (cause) {
    // A copy that failed its check stays for whoever looks into it; anything else that is half is taken away.
    if (cause instanceof AppError && cause.code === 'BACKUP_DAMAGED') rmSync(join(part, ownerName), { force: true });
    else removeQuietly(part);
    throw toldFileError(storeError(cause), target);
  } finally {
    source.close();
  }
}

type Filling = MakeInput & {
  now: () => Date;
  source: ReturnType<typeof openReadOnly>;
  part: string;
  lab: string;
  key: SealKey | null;
  before: readonly { folder: string; manifest: Manifest }[];
};

async function fill(work: Filling): Promise<Omit<MakeResult, 'name' | 'folder' | 'seconds'>> {
  const { dataFolder, source, part, key, lab } = work;
  const step = work.onStep ?? (() => undefined);
  mkdirSync(part);
  // Whose half it is, should it stay behind.
  writeFileSync(join(part, ownerName), lab);
  const madeAt = toWallTime(work.now());
  const checked = await backupStore(source.database, part, (done, total) => step('store', done, total));
  const store = await storedStore(part, key);
  const files: Entry[] = [];
  const faults: string[] = [];
  const sums = { bytes: store.storedBytes, linked: 0, copied: 0, repaired: 0 };
  // The database first: every file that it names was on disk before the row that names it.
  const wanted = wantedFiles(source.database, dataFolder);
  for (const [index, { path, sha256 }] of wanted.entries()) {
    step('files', index, wanted.length);
    const known = reusable(work, path, sha256);
    if (known?.sound === true) {
      files.push(known.entry);
      sums.linked += 1;
      continue;
    }
    if (known) sums.repaired += 1;
    const from = join(dataFolder, path);
    if (!existsSync(from)) {
      if (sha256 !== null) faults.push(`${path} 不见了。`);
      continue;
    }
    const to = join(part, `${path}${key ? sealedSuffix : ''}`);
    const measured = putFile(from, to, key, () => step('files', index, wanted.length));
    refuseUnlike(to, measured, path);
    if (sha256 !== null && measured.sha256 !== sha256) faults.push(`${path} 与登记的摘要不符。`);
    files.push({ path, ...measured });
    sums.copied += 1;
    sums.bytes += measured.storedBytes;
  }
  step('finish', 0, 1);
  const manifest = finishedManifest(
    {
      format: 'jiantai-backup',
      version: 1,
      program: programVersion(),
      madeAt,
      lab,
      head: { seq: checked.checked.audit, hash: checked.head },
      checked: checked.checked,
      counts: { ...countsOfStore(source.database), files: files.length },
      faults: faults.slice(0, 100),
      seal: key && { salt: key.salt.toString('base64'), ...key.cost, keyId: key.keyId.toString('hex') },
      store,
      files,
    },
    key,
  );
  rmSync(join(part, ownerName));
  for (const entry of readdirSync(part, { recursive: true, withFileTypes: true }))
    if (entry.isDirectory()) syncFolder(join(entry.parentPath, entry.name));
  const file = openSync(join(part, manifestName), 'wx');
  try {
    writeFileSync(file, `${JSON.stringify(manifest)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return { manifest, ...sums };
}

/** The checked copy of the store; with a key, sealed, and the open one taken away. */
async function storedStore(part: string, key: SealKey | null): Promise<Entry> {
  const plain = join(part, storeFileName);
  if (key === null) {
    const sha256 = digestOfFile(plain);
    const bytes = statSync(plain).size;
    return { path: storeFileName, bytes, sha256, storedBytes: bytes, storedSha256: sha256 };
  }
  const sealed = `${plain}${sealedSuffix}`;
  const measured = putFile(plain, sealed, key);
  refuseUnlike(sealed, measured, storeFileName);
  rmSync(plain);
  return { path: storeFileName, ...measured };
}

/** Reads back what was written: a disk that takes bytes and gives others is found here. */
function refuseUnlike(path: string, measured: Measured, name: string): void {
  if (digestOfFile(path) === measured.storedSha256) return;
  throw new AppError({
    code: 'BACKUP_DISK_WRONG',
    message: `写到备份盘的 ${name} 读回来不一样。`,
    meaning: '这块盘不可靠，没有留下这份备份；原数据没有改动。',
    next: '请换一块盘，并检查连接线和磁盘。',
  });
}

/** A file of an earlier backup, linked; each is read again in full at least once in seven days of backups. */
function reusable(work: Filling, path: string, sha256: string | null): { entry: Entry; sound: boolean } | null {
  if (sha256 === null) return null;
  const keyId = work.key?.keyId.toString('hex') ?? null;
  const name = `${path}${work.key ? sealedSuffix : ''}`;
  for (const { folder, manifest } of work.before.slice(0, 3)) {
    if ((manifest.seal?.keyId ?? null) !== keyId) continue;
    const entry = filesOf(manifest).get(path);
    const from = join(folder, name);
    if (entry?.sha256 !== sha256) continue;
    const size = statSync(from, { throwIfNoEntry: false })?.size;
    const turn = (parseInt(sha256.slice(0, 4), 16) + Math.floor(work.now().getTime() / dayMs)) % 7 === 0;
    if (size !== entry.storedBytes || (turn && digestOfFile(from) !== entry.storedSha256))
      return { entry, sound: false };
    const to = join(work.part, name);
    mkdirSync(join(to, '..'), { recursive: true });
    try {
      linkSync(from, to);
      return { entry, sound: true };
    } catch {
      // A disk without links (exFAT, some shares): every backup is a full copy there.
      return null;
    }
  }
  return null;
}

const indexes = new WeakMap<Manifest, Map<string, Entry>>();
function filesOf(manifest: Manifest): Map<string, Entry> {
  const known = indexes.get(manifest) ?? new Map(manifest.files.map((entry) => [entry.path, entry]));
  indexes.set(manifest, known);
  return known;
}

/** The key of the backup before, as long as the passphrase is the same, so that its files can be linked. */
function keyFor(passphrase: string | null, before: Manifest | undefined): SealKey | null {
  if (passphrase === null) return null;
  if (before?.seal) {
    const { salt, N, r, p, keyId } = before.seal;
    const key = sealKey(passphrase, Buffer.from(salt, 'base64'), { N, r, p });
    if (key.keyId.toString('hex') === keyId) return key;
  }
  return sealKey(passphrase);
}

const ownerName = '.jiantai-part';

/** Halves that a crash left, of this lab only. One that failed its check has no owner any more, and is kept. */
function removeLeftovers(target: string, lab: string): void {
  for (const name of readdirSync(target)) {
    if (!name.endsWith(partSuffix) || !backupNamePattern.test(name.slice(0, -partSuffix.length))) continue;
    const owner = join(target, name, ownerName);
    if (existsSync(owner) && readFileSync(owner, 'utf8') === lab) removeQuietly(join(target, name));
  }
}
