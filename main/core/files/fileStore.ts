// Report files and files of instruments, kept by content: the name is the SHA-256 of the bytes, so that a file cannot be exchanged unseen.
// Written to a temporary name, flushed, then renamed: a crash leaves either the whole file or none.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/appError.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';

export interface FileStore {
  /** Keeps the bytes and returns their SHA-256; the same bytes are kept once. */
  keep(bytes: Uint8Array, extension: 'pdf'): string;
  read(sha256: string, extension: 'pdf'): Uint8Array;
  /** Keeps a copy of an instrument's file; answers its path inside the data folder. */
  keepSource(bytes: Uint8Array, extension: string): { sha256: string; path: string };
  readonly reportsFolder: string;
  readonly runsFolder: string;
}

export function createFileStore(dataFolder: string): FileStore {
  const reportsFolder = join(dataFolder, 'reports');
  const runsFolder = join(dataFolder, 'runs');
  const sourcesFolder = join(dataFolder, 'files');
  for (const folder of [reportsFolder, runsFolder, sourcesFolder]) mkdirSync(folder, { recursive: true });
  const pathOf = (sha256: string, extension: string) => join(reportsFolder, `${sha256}.${extension}`);
  const write = (folder: string, name: string, bytes: Uint8Array): void => {
    const path = join(folder, name);
    if (existsSync(path)) return;
    const temporary = `${path}.${process.pid}.part`;
    const file = openSync(temporary, 'w');
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    const opened = openSync(folder, 'r');
    try {
      if (process.platform !== 'win32') fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  };
  return {
    reportsFolder,
    runsFolder,
    keep(bytes, extension) {
      const sha256 = sha256Hex(bytes);
      write(reportsFolder, `${sha256}.${extension}`, bytes);
      return sha256;
    },
    keepSource(bytes, extension) {
      const sha256 = sha256Hex(bytes);
      const name = `${sha256}.${/^[a-z0-9]{1,8}$/.test(extension) ? extension : 'bin'}`;
      write(sourcesFolder, name, bytes);
      return { sha256, path: `files/${name}` };
    },
    read(sha256, extension) {
      const path = pathOf(sha256, extension);
      const bytes = existsSync(path) ? readFileSync(path) : null;
      if (!bytes || sha256Hex(bytes) !== sha256) {
        throw new AppError({
          code: 'FILE_DAMAGED',
          message: `报告文件 ${sha256.slice(0, 12)}… ${bytes ? '与登记的摘要不符' : '不在数据文件夹里'}。`,
          meaning: '该文件被移动、删除或改动过。',
          next: '请从备份恢复 reports 文件夹，并联系质量负责人。',
        });
      }
      return bytes;
    },
  };
}
