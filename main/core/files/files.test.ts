import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/appError.ts';
import { createFileStore } from './fileStore.ts';
import { lockDataFolder, takeDataFolder } from './folderLock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (cause) {
    if (cause instanceof AppError) return cause.info;
    throw cause;
  }
  throw new Error('was not refused');
};

describe('report files', () => {
  test('kept by content: the same bytes once, no half file beside them', () => {
    const files = createFileStore(folder);
    const bytes = Buffer.from('%PDF-1.7 报告');
    const sha256 = files.keep(bytes, 'pdf');
    expect(files.keep(bytes, 'pdf')).toBe(sha256);
    expect(Buffer.from(files.read(sha256, 'pdf'))).toEqual(bytes);
    expect(readdirSync(files.reportsFolder)).toEqual([`${sha256}.pdf`]);
  });

  test('a file that was changed or is gone is never handed out', () => {
    const files = createFileStore(folder);
    const sha256 = files.keep(Buffer.from('%PDF'), 'pdf');
    const path = join(files.reportsFolder, `${sha256}.pdf`);
    writeFileSync(path, '%PDF!');
    expect(refusal(() => files.read(sha256, 'pdf'))).toMatchObject({ code: 'FILE_DAMAGED' });
    rmSync(path);
    expect(refusal(() => files.read(sha256, 'pdf')).message).toContain('不在数据文件夹里');
  });
});

describe('one data folder, one program', () => {
  const lock = () => join(folder, 'in-use.lock');

  test('a lock of a living process is respected', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    try {
      writeFileSync(lock(), String(other.pid));
      expect(refusal(() => lockDataFolder(folder))).toMatchObject({ code: 'FOLDER_IN_USE' });
      expect(readFileSync(lock(), 'utf8')).toBe(String(other.pid));
    } finally {
      const ended = new Promise((resolve) => other.once('exit', resolve));
      other.kill('SIGKILL');
      await ended;
    }
    const unlock = lockDataFolder(folder);
    expect(readFileSync(lock(), 'utf8')).toBe(String(process.pid));
    unlock();
    expect(existsSync(lock())).toBe(false);
  });

  test('a folder whose program is just ending is waited for', async () => {
    const ending = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 500)']);
    writeFileSync(lock(), String(ending.pid));
    const unlock = await takeDataFolder(folder);
    expect(readFileSync(lock(), 'utf8')).toBe(String(process.pid));
    unlock();
  });

  test.each(['', 'x', '0', '-1'])('a lock that names nobody (%j), as a crash leaves it, is taken over', (text) => {
    writeFileSync(lock(), text);
    lockDataFolder(folder)();
  });
});
