// History rewritten by somebody inside, every hash right again: what the platform was told, and what is printed on the
// reports, still says otherwise.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { forgeHistory, type Forgery } from '../../../tests/support/forgeChain.ts';
import { approve, eventually, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import type { PlatformAnswer, ReportState } from '../../../sync/provincial/port.ts';
import type { TestReportContent } from '../../../shared/reports/test-report.ts';
import { openReadOnly, type ReadStore } from '../../store/readOnly.ts';
import { verifyStore } from '../../store/verify.ts';
import { verifyAll } from '../verifyAll.ts';
import { verifyAgainstPlatform } from './againstPlatform.ts';
import { findHead, reportHeads } from './heads.ts';

let lab: TestCore;
let recordNo: string;
let printed: string;
let good: string;
/** What the platform answered while everything was as it was. */
const platform = new Map<string, PlatformAnswer<ReportState | null>>();
const file = () => join(lab.folder, 'jiantai.sqlite');
const ask = (reportNo: string, revision: number) => Promise.resolve(platform.get(`${reportNo}/${revision}`) ?? null);

beforeAll(async () => {
  lab = await openTestCore();
  for (const loads of [undefined, ['701.00', '702.00', '703.00']]) {
    const { record } = await testedGroup(lab, loads ? { loads } : {});
    recordNo = record.recordNo;
    await signTest(lab, recordNo);
    await signCheck(lab, recordNo);
    const reportNo = await approve(lab, recordNo);
    await eventually(() => (lab.store.get('report', `${reportNo}#1`)?.['state'] === 'filed' ? true : null));
    const answer = await lab.core.link.askReport(reportNo, 1);
    if (answer?.outcome !== 'ok') throw new Error('the platform did not answer');
    platform.set(`${reportNo}/1`, answer);
    const content = JSON.parse(String(lab.store.get('report', `${reportNo}#1`)?.['contentJson'])) as TestReportContent;
    printed = content.auditHeadShort;
  }
  const whole = await verifyAgainstPlatform(lab.store, (no, revision) => lab.core.link.askReport(no, revision));
  expect(whole).toMatchObject({ ok: true, asked: 2, witnessed: 2, unanswered: 0, firstFault: null });
  expect(whole.upToSeq).toBeGreaterThan(100);
  await lab.core.stop();
  good = join(lab.folder, 'good.sqlite');
  copyFileSync(file(), good);
});
afterAll(async () => {
  copyFileSync(good, file());
  await lab.restart().catch(() => undefined);
  await lab.stop();
});
beforeEach(() => {
  for (const tail of ['-wal', '-shm']) rmSync(`${file()}${tail}`, { force: true });
  copyFileSync(good, file());
});

function forge(forgery: Forgery): void {
  const db = new Database(file());
  try {
    forgeHistory(db, forgery);
  } finally {
    db.close();
  }
}

async function look<T>(work: (store: ReadStore) => T | Promise<T>): Promise<T> {
  const store = openReadOnly(lab.folder);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
const everything = () =>
  look(async (store) => ({
    chain: verifyStore(store.database).firstFault,
    all: (await verifyAll(store, { runsFolder: join(lab.folder, 'runs'), reportsFolder: join(lab.folder, 'reports') }))
      .firstFault,
    platform: (await verifyAgainstPlatform(store, ask)).firstFault,
    head: findHead(store, printed).found,
  }));

const another = (entry: { entity: string; action: string; newValue: string | null }): boolean =>
  entry.entity === 'commission' && entry.action === 'insert' && entry.newValue !== null;
/** The site of every commission, as if it had always been another. */
const moved: Forgery = {
  edit: (entry) =>
    another(entry)
      ? { ...entry, newValue: JSON.stringify({ ...JSON.parse(entry.newValue ?? ''), siteAddress: '别处' }) }
      : entry,
  rows: [['commission', `UPDATE commission SET siteAddress = '别处'`]],
};

test('as it is, all witnesses agree', async () => {
  expect(await everything()).toEqual({ chain: null, all: null, platform: null, head: true });
});

describe('the chain made anew by somebody inside', () => {
  test('is right in itself, and the heads of the reports are no longer in it', async () => {
    forge(moved);
    const found = await everything();
    expect(found.chain).toBeNull();
    expect(found.all).toMatch(
      /报告 BG\d+-\d+ 批准时的审计链头 [0-9a-f]{16} 已不在审计链里：批准之前的历史被整体重写过/,
    );
    expect(found.platform).toContain('已不在本机的审计链里');
    expect(found.head).toBe(false);
  });

  test('with outbox, frozen content and digests to fit: nothing here tells, the platform and the paper do', async () => {
    forge({ ...moved, careful: true });
    const found = await everything();
    expect({ chain: found.chain, all: found.all }).toEqual({ chain: null, all: null });
    expect(found.platform).toMatch(/报告 BG\d+-\d+ 与平台见证的内容不一致/);
    expect(found.head).toBe(false);
  });

  test.each([true, false])('an entry that never happened (careful: %s)', async (careful) => {
    let gone = false;
    forge({
      edit: (entry) => {
        if (gone || entry.action !== 'event') return entry;
        gone = true;
        return null;
      },
      rows: [],
      careful,
    });
    expect(gone).toBe(true);
    const found = await everything();
    expect(found.chain).toBeNull();
    expect(found.platform).not.toBeNull();
    expect(found.head).toBe(false);
  });

  test('what was written after the last report is not witnessed yet, and the answer says how much that is', async () => {
    const before = await look((store) => verifyAgainstPlatform(store, ask));
    const heads = await look((store) => reportHeads(store).map(({ seq }) => seq ?? 0));
    expect(before).toMatchObject({ ok: true, upToSeq: Math.max(...heads) });
    const last = await look((store) => Number(store.first('SELECT max(seq) AS seq FROM audit')?.['seq']));
    expect(before.since).toBe(last - Math.max(...heads));
    forge({
      edit: (entry) => (entry.seq === last ? { ...entry, reason: '换了说法' } : entry),
      rows: [],
    });
    const found = await everything();
    expect(found).toEqual({ chain: null, all: null, platform: null, head: true });
  });
});

test('a report that the platform does not know, and one whose answer is another', async () => {
  const [key = '', answer] = [...platform][0] ?? [];
  platform.set(key, { ...(answer as { outcome: 'ok' }), outcome: 'ok', value: null } as never);
  expect((await everything()).platform).toContain('平台没有报告');
  platform.set(key, answer as never);
  expect((await everything()).platform).toBeNull();
});

test('no answer is no verdict', async () => {
  const silent = { outcome: 'failed', failure: { code: 'NO_ANSWER', message: '没有应答' } };
  const refused = await look((store) =>
    refusalOf(verifyAgainstPlatform(store, () => Promise.resolve(silent as never))),
  );
  expect(refused).toMatchObject({ code: 'PLATFORM_UNREACHABLE', meaning: expect.stringContaining('没有做完') });
  const unset = await look((store) => refusalOf(verifyAgainstPlatform(store, () => Promise.resolve(null))));
  expect(unset.code).toBe('PLATFORM_NOT_SET');
});

test('the head on a paper is found as people type it, and a head of nothing is not', async () => {
  const spaced = `${printed.slice(0, 4)} ${printed.slice(4, 8).toUpperCase()} ${printed.slice(8)}`;
  const found = await look((store) => findHead(store, spaced));
  expect(found).toMatchObject({ found: true, reports: [expect.stringMatching(/^报告 BG/)] });
  expect(found.seq).toBeGreaterThan(0);
  for (const typed of ['0123456789abcdef', '', 'xyz', printed.slice(0, 6), `${printed}%`])
    expect((await look((store) => findHead(store, typed))).found, typed).toBe(false);
});
