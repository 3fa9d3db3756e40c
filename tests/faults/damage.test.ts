// A disk that dies slowly: every page of a store spoilt in turn, the WAL cut at every frame and inside it, bits turned in
// it, a file system that cannot be written. No acknowledged transaction is lost that the disk still holds, nothing is half
// there, and what is damaged is never taken for sound. JIANTAI_DAMAGE=all takes every page and more places in a frame.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { backupStore } from '../../main/store/backup.ts';
import { openCore } from '../../main/core/recovery/openCore.ts';
import { storeError } from '../../main/store/database.ts';
import { openStore, storeFileName } from '../../main/store/store.ts';
import { openReadOnly } from '../../main/store/readOnly.ts';
import { verifyStore } from '../../main/store/verify.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { testSecrets } from '../support/testCore.ts';
import { commissionRow, insertCommission, tester } from '../support/testStore.ts';
import { canMount } from './crash-steps.ts';

let folder: string;
let base: string;
/** Transactions that the store acknowledged while its WAL grew. */
let acknowledged: string[];
beforeAll(() => {
  // In memory where there is such a place: what is asked is what is read back, not what the disk does.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'jiantai-damage-'));
  base = join(folder, 'base');
  const store = openStore(join(folder, 'made'), tester);
  store.database.pragma('wal_checkpoint(TRUNCATE)');
  acknowledged = Array.from({ length: 5 }, () =>
    store.transact(tester, (tx) => {
      const commissionNo = tx.number('commission', '2026-11-23', 'commission');
      insertCommission(tx, commissionRow(commissionNo, { remarks: '长'.repeat(500) }));
      return commissionNo;
    }),
  );
  // As a power cut leaves it: with the WAL beside it, which nobody has put back.
  mkdirSync(base);
  for (const suffix of ['', '-wal']) copyFileSync(join(folder, 'made', `${storeFileName}${suffix}`), join(base, `${storeFileName}${suffix}`)); // prettier-ignore
  store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const place = (name: string): string => {
  const to = join(folder, name);
  rmSync(to, { recursive: true, force: true });
  cpSync(base, to, { recursive: true });
  return to;
};
const walOf = (of: string): string => join(of, `${storeFileName}-wal`);

/** What a person finds after the start: the commissions in order, and whether everything agrees. */
function found(of: string): { numbers: string[]; fault: string | null } {
  const store = openStore(of, tester);
  try {
    const numbers = store.all('SELECT commissionNo FROM commission ORDER BY commissionNo').map((row) => String(row['commissionNo'])); // prettier-ignore
    return { numbers, fault: verifyStore(store.database).firstFault };
  } finally {
    store.close();
  }
}

const everything = process.env['JIANTAI_DAMAGE'] === 'all';
const pageBytes = 4096;
const frameBytes = 24 + pageBytes;
const walHeader = 32;

describe('a WAL that was written half', () => {
  test('cut at every frame and inside it: whole transactions, all that are whole, and nothing else', () => {
    const wal = readFileSync(walOf(base));
    const frames = Math.floor((wal.length - walHeader) / frameBytes);
    expect(frames).toBeGreaterThan(20);
    // The second number of a frame's head is not 0 in the last one of a transaction.
    const commits = Array.from({ length: frames }, (_, n) => wal.readUInt32BE(walHeader + n * frameBytes + 4) !== 0);
    expect(commits.filter(Boolean).length).toBe(acknowledged.length);
    const cut = place('cut');
    for (let frame = 0; frame <= frames; frame += 1) {
      const whole = commits.slice(0, frame).filter(Boolean).length;
      const inside = everything ? [10, 24, 24 + pageBytes / 2, frameBytes - 1] : [24 + ((frame * 997) % pageBytes)];
      for (const more of frame === frames ? [0] : [0, ...inside]) {
        copyFileSync(join(base, storeFileName), join(cut, storeFileName));
        rmSync(`${join(cut, storeFileName)}-shm`, { force: true });
        writeFileSync(walOf(cut), wal.subarray(0, walHeader + frame * frameBytes + more));
        expect(found(cut), `${frame} frames and ${more} bytes`).toEqual({ numbers: acknowledged.slice(0, whole), fault: null }); // prettier-ignore
      }
    }
  }, 60_000);

  test('a bit that turned in it ends the WAL there; what stands before it is whole', () => {
    const wal = readFileSync(walOf(base));
    const frames = Math.floor((wal.length - walHeader) / frameBytes);
    const turned = place('turned');
    for (let frame = 0; frame < frames; frame += 3) {
      const bytes = Buffer.from(wal);
      bytes[walHeader + frame * frameBytes + 24 + ((frame * 631) % pageBytes)]! ^= 4;
      copyFileSync(join(base, storeFileName), join(turned, storeFileName));
      rmSync(`${join(turned, storeFileName)}-shm`, { force: true });
      writeFileSync(walOf(turned), bytes);
      const { numbers, fault } = found(turned);
      expect({ fault, numbers }, `frame ${frame}`).toEqual({ fault: null, numbers: acknowledged.slice(0, numbers.length) }); // prettier-ignore
    }
  }, 60_000);
});

describe('a page that is spoilt', () => {
  test('pages of the store in turn: never taken for sound, and never backed up as if it were', async () => {
    const whole = place('whole');
    openStore(whole, tester).close();
    const bytes = readFileSync(join(whole, storeFileName));
    const pages = bytes.length / pageBytes;
    expect(pages).toBeGreaterThan(60);
    const answers: Record<string, number> = {};
    for (let page = 1; page <= pages; page += everything || page < 4 ? 1 : 7) {
      const spoilt = Buffer.from(bytes);
      spoilt.fill(0xa5, (page - 1) * pageBytes, page * pageBytes);
      const of = join(folder, 'spoilt');
      mkdirSync(of, { recursive: true });
      for (const suffix of ['-wal', '-shm']) rmSync(join(of, `${storeFileName}${suffix}`), { force: true });
      writeFileSync(join(of, storeFileName), spoilt);
      const to = join(folder, 'copy');
      mkdirSync(to, { recursive: true });
      const answer = await backedUp(of, to);
      answers[answer] = (answers[answer] ?? 0) + 1;
      expect(readFileSync(join(of, storeFileName)).equals(spoilt), `page ${page} was written to`).toBe(true);
    }
    expect(answers['sound'] ?? 0, JSON.stringify(answers)).toBe(0);
    expect(Object.keys(answers).toSorted()).toEqual(['BACKUP_DAMAGED', 'STORE_DAMAGED']);
  }, 120_000);
});

async function backedUp(of: string, to: string): Promise<string> {
  try {
    const source = openReadOnly(of);
    try {
      await backupStore(source.database, to);
      return 'sound';
    } finally {
      source.close();
    }
  } catch (cause) {
    const told = storeError(cause);
    return told instanceof AppError ? told.code : String(told);
  }
}

describe('a disk that cannot be written', () => {
  test.skipIf(!canMount())('is told in words and waits for a person; nothing is changed', async () => {
    const mounted = join(folder, 'mounted');
    mkdirSync(mounted);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=32m', 'tmpfs', mounted]);
    try {
      cpSync(base, join(mounted, 'lab'), { recursive: true });
      const before = readFileSync(join(mounted, 'lab', storeFileName));
      expect(spawnSync('mount', ['-o', 'remount,ro', mounted]).status).toBe(0);
      const refusal = await openCore({ dataFolder: join(mounted, 'lab'), secrets: testSecrets }).then(
        async (core) => {
          const reply = await core.connect(() => undefined, '测试').call('session.current', {});
          await core.stop();
          return reply.ok ? null : reply.error;
        },
        (cause: unknown) => (cause instanceof AppError ? cause.info : { code: String(cause), message: '', next: '' }),
      );
      expect(refusal?.message).toMatch(/[\u4e00-\u9fff]/);
      expect(refusal?.next).toMatch(/[\u4e00-\u9fff]/);
      expect(readFileSync(join(mounted, 'lab', storeFileName)).equals(before)).toBe(true);
    } finally {
      spawnSync('umount', ['-l', mounted]);
    }
  });
});
