// The ledger on a real core: what waits and for what, what was refused in the platform's words, what is frozen; set aside,
// put back, settled by two people; pages of ten thousand; files for other programs.
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LedgerFilter, LedgerRow } from '../../../../shared/sync/calls.ts';
import { receive, type Received } from '../../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../../tests/support/testCore.ts';
import { programActor } from '../../context.ts';
import { ledgerRows } from './export.ts';

let lab: TestCore;
let manager: Seat;
let received: Received;
const actor = programActor('测试');

const filter = (changes: Partial<LedgerFilter> = {}): LedgerFilter => ({ part: 'all', text: '', ...changes });
const page = async (changes: Partial<LedgerFilter> = {}): Promise<LedgerRow[]> =>
  (await manager.call('sync.entries', { ...filter(changes), limit: 200 })).rows;
const overview = () => manager.call('sync.overview', {});
const second = () => ({ username: 'admin', password: lab.password });

interface Made {
  kind?: string;
  commissionNo?: string;
  key?: string;
  revision?: number;
  state?: string;
  code?: string;
  message?: string;
  payload?: object | null;
}
/** An entry as the engine would have left it. */
function made(entry: Made): string {
  const entryId = ulid();
  const row = {
    entryId,
    kind: entry.kind ?? 'test-record',
    commissionNo: entry.commissionNo ?? received.commissionNo,
    key: entry.key ?? entryId,
    revision: entry.revision ?? 1,
    digest: 'd',
    payload: entry.payload === null ? null : JSON.stringify(entry.payload ?? {}),
    mediaSha256: null,
    state: entry.state ?? 'pending',
    attempts: 0,
    nextTryAt: null,
    batchId: null,
    failureClass: entry.state === 'rejected' ? 'rejected' : entry.state === 'parked' ? 'local' : null,
    platformCode: entry.code ?? null,
    platformMessage: entry.message ?? null,
    platformDetailsJson: null,
    createdAt: Date.now(),
    acceptedAt: null,
  };
  lab.store.transact(actor, (tx) => tx.insert('outbox', row));
  return entryId;
}
const one = async (entryId: string): Promise<LedgerRow> => (await manager.call('sync.entry', { entryId })).row;

beforeAll(async () => {
  lab = await openTestCore();
  manager = await lab.as('zhiliang');
  [received] = (await receive(lab)) as [Received];
  // From here on the outbox is what the tests put there.
  await lab.core.link.stop();
}, 60_000);
afterAll(() => lab.stop());

test('an entry says what it waits for; when that was refused, it says so', async () => {
  const run = made({ kind: 'acquisition', key: 'CJ-9', state: 'rejected', code: 'VALIDATION', message: '设备不在有效期', payload: { recordNo: 'JL-9' } }); // prettier-ignore
  const record = made({ key: 'JL-9', payload: { acquisitionKeys: ['CJ-9'] } });
  const waiting = await one(record);
  expect(waiting).toMatchObject({
    standing: 'waiting',
    why: '须先由平台接收采集数据 CJ-9（平台退回）',
    next: '请先处理它等待的采集数据 CJ-9（平台退回），处理好后它会自动上传。',
  });
  const { blockers } = await manager.call('sync.entry', { entryId: record });
  expect(blockers).toMatchObject([{ entryId: run, kind: 'acquisition', standing: 'rejected' }]);
  expect(await one(run)).toMatchObject({ standing: 'rejected', why: 'VALIDATION 设备不在有效期', platformMessage: '设备不在有效期' }); // prettier-ignore

  // A corrected revision takes its place: the old one is nobody's work any more.
  made({ kind: 'acquisition', key: 'CJ-9', revision: 2, state: 'accepted' });
  expect(await one(run)).toMatchObject({ standing: 'replaced', why: '已由第 2 版代替' });
  expect((await one(record)).why).toBe('');
  expect((await page({ part: 'todo' })).map(({ entryId }) => entryId)).not.toContain(run);
  expect((await page({ part: 'closed' })).map(({ entryId }) => entryId)).toContain(run);
});

test('set aside with a reason, audited, and put back', async () => {
  const entryId = made({ key: 'JL-10' });
  const technician = await lab.as('jiance');
  expect(await refusalOf(technician.call('sync.park', { entryId, reason: '想搁置' }))).toMatchObject({ code: 'PERMISSION_DENIED' }); // prettier-ignore
  await manager.call('sync.park', { entryId, reason: '等待客户确认' });
  expect(await one(entryId)).toMatchObject({ standing: 'aside', state: 'parked', why: `${manager.user.name}：等待客户确认` }); // prettier-ignore
  expect((await page({ part: 'aside' })).map((row) => row.entryId)).toEqual([entryId]);
  expect((await page({ part: 'todo' })).map((row) => row.entryId)).not.toContain(entryId);
  expect(await refusalOf(manager.call('sync.park', { entryId, reason: '再一次' }))).toMatchObject({ code: 'SYNC_NOT_POSSIBLE' }); // prettier-ignore

  await manager.call('sync.putBack', { entryId, reason: '客户已确认' });
  expect(await one(entryId)).toMatchObject({ standing: 'waiting', state: 'pending' });
  const { marks } = await manager.call('sync.entry', { entryId });
  expect(marks.map(({ action, reason }) => [action, reason])).toEqual([
    ['back', '客户已确认'],
    ['aside', '等待客户确认'],
  ]);
  const audited = lab.store.all(
    `SELECT actor, reason FROM audit WHERE entity = 'outboxMark' ORDER BY seq DESC LIMIT 2`,
  );
  expect(audited.map((row) => row['reason'])).toEqual(['原始记录 JL-10：客户已确认', '原始记录 JL-10：等待客户确认']);
});

test('settled outside: two people, no longer open, never accepted; what waited for it goes on', async () => {
  const run = made({ kind: 'acquisition', key: 'CJ-11', state: 'rejected', code: 'SCOPE', message: '不在范围', payload: { recordNo: 'JL-11' } }); // prettier-ignore
  const record = made({ key: 'JL-11', payload: { acquisitionKeys: ['CJ-11'] } });
  expect((await one(run)).next).toContain('资质');
  const before = await overview();
  const settle = (who: { username: string; password: string }) =>
    manager.call('sync.resolve', { entryId: run, reason: '已在平台网页补录', second: who });
  expect(await refusalOf(settle({ username: 'zhiliang', password: lab.password }))).toMatchObject({ code: 'SAME_PERSON' }); // prettier-ignore
  expect(await refusalOf(settle({ username: 'jiance', password: lab.password }))).toMatchObject({ code: 'PERMISSION_DENIED', meaning: expect.stringContaining('办结') as never }); // prettier-ignore
  expect((await refusalOf(settle({ username: 'admin', password: '错误的密码' }))).code).toMatch(/PASSWORD|SIGN/);
  expect((await one(run)).standing).toBe('rejected');

  await settle(second());
  const admin = await lab.as('admin');
  expect(await one(run)).toMatchObject({ standing: 'settled', state: 'rejected', acceptedAt: null, platformMessage: '不在范围', why: `${manager.user.name}、${admin.user.name}（复核）：已在平台网页补录` }); // prettier-ignore
  const after = await overview();
  expect(after.counts.rejected).toBe(before.counts.rejected - 1);
  expect(after.counts.closed).toBe(before.counts.closed + 1);
  expect(after.counts.accepted).toBe(before.counts.accepted);
  expect((await one(record)).why).toBe('');
  await manager.call('sync.putBack', { entryId: run, reason: '补录有误' });
  expect((await one(run)).standing).toBe('waiting');
});

test('what is under way cannot be decided about; an older revision does not come back', async () => {
  for (const state of ['sending', 'unknown', 'queued', 'accepted']) {
    const entryId = made({ state });
    for (const call of ['sync.park', 'sync.putBack'] as const)
      expect(await refusalOf(manager.call(call, { entryId, reason: '试试' })), state).toMatchObject({ code: 'SYNC_NOT_POSSIBLE' }); // prettier-ignore
    expect(await refusalOf(manager.call('sync.resolve', { entryId, reason: '试试', second: second() }))).toMatchObject({ code: 'SYNC_NOT_POSSIBLE' }); // prettier-ignore
  }
  const old = made({ key: 'JL-12', state: 'parked', code: 'CONFLICT_CONTENT' });
  await manager.call('sync.park', { entryId: old, reason: '核对' });
  made({ key: 'JL-12', revision: 2 });
  expect(await refusalOf(manager.call('sync.putBack', { entryId: old, reason: '放回' }))).toMatchObject({ code: 'SYNC_NOT_POSSIBLE' }); // prettier-ignore
  expect(await one(old)).toMatchObject({ standing: 'replaced' });
  // Without a platform nobody can retry, and nothing is noted.
  expect(await refusalOf(manager.call('sync.retry', { entryId: old }))).toMatchObject({ code: 'PLATFORM_NOT_SET' });
});

test('a frozen commission: every entry says why, the notice of an unqualified result goes on, a void one may be settled', async () => {
  const [frozen] = (await receive(lab)) as [Received];
  const { commissionNo } = frozen;
  const notice = made({ kind: 'unqualified-notice', commissionNo, key: 'JL-13/HNT/KY' });
  const set = (platformState: string, platformReason: string) =>
    lab.store.transact(actor, (tx) => tx.update('commission', commissionNo, { platformState, platformReason }));
  set('locked', '待核查样品');
  const rows = await page({ part: 'frozen' });
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => [row.commissionNo, row.why].join(' ')))).toEqual(new Set([`${commissionNo} 委托被监管平台锁定：待核查样品`])); // prettier-ignore
  expect((await one(notice)).standing).toBe('waiting');
  expect((await overview()).frozen).toEqual([{ commissionNo, state: 'locked', reason: '待核查样品' }]);
  const entryId = rows[0]!.entryId;
  const resolve = () => manager.call('sync.resolve', { entryId, reason: '监督机构已书面答复', second: second() });
  expect(await refusalOf(resolve())).toMatchObject({ code: 'SYNC_NOT_POSSIBLE' });
  set('voided', '委托作废');
  await resolve();
  expect(await one(entryId)).toMatchObject({ standing: 'settled' });
  const groups = await manager.call('sync.groups', { by: 'commission', text: commissionNo });
  expect(groups.rows).toMatchObject([{ key: commissionNo, frozenAs: 'voided', frozenReason: '委托作废', counts: { frozen: rows.length - 1, waiting: 1, closed: 1 } }]); // prettier-ignore
});

test('search by number, kind and the platform’s words', async () => {
  const entryId = made({ key: 'JL-TEXT-1', state: 'rejected', code: 'VALIDATION', message: '检测员资格已过期' });
  for (const text of ['jl-text', '资格已过期'])
    expect(
      (await page({ text })).map((row) => row.entryId),
      text,
    ).toEqual([entryId]);
  expect(new Set((await page({ text: '采集数据' })).map(({ kind }) => kind))).toEqual(new Set(['acquisition']));
  expect(await page({ text: '没有这个' })).toEqual([]);
});

test('ten thousand entries: every page small, quick, complete and in order', async () => {
  lab.store.transact(actor, (tx) => {
    for (let index = 0; index < 10_000; index += 1) {
      const entryId = ulid();
      tx.insert('outbox', {
        entryId, kind: 'test-record', commissionNo: `WT-${String(index % 500).padStart(5, '0')}`, key: `BIG-${index}`, revision: 1,
        digest: 'd', payload: JSON.stringify({ filler: 'x'.repeat(2_000) }), mediaSha256: null, state: 'pending', attempts: 0,
        nextTryAt: null, batchId: null, failureClass: null, platformCode: null, platformMessage: null, platformDetailsJson: null,
        createdAt: Date.now(), acceptedAt: null,
      }); // prettier-ignore
    }
  });
  const seen: LedgerRow[] = [];
  const times: number[] = [];
  let cursor: string | undefined;
  do {
    const started = performance.now();
    const answer = await manager.call('sync.entries', { part: 'open', text: 'BIG-', limit: 200, ...(cursor === undefined ? {} : { cursor }) }); // prettier-ignore
    times.push(performance.now() - started);
    expect(answer.rows.length).toBeLessThanOrEqual(200);
    seen.push(...answer.rows);
    cursor = answer.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(seen).toHaveLength(10_000);
  expect(new Set(seen.map(({ entryId }) => entryId)).size).toBe(10_000);
  for (const [index, row] of seen.entries()) {
    const last = seen[index - 1];
    if (last === undefined) continue;
    expect(row.commissionNo < last.commissionNo || (row.commissionNo === last.commissionNo && row.seq > last.seq)).toBe(true); // prettier-ignore
  }
  const started = performance.now();
  const { counts } = await overview();
  const countMs = performance.now() - started;
  expect(counts.waiting).toBeGreaterThan(9_999);
  const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
  process.stdout.write(`10 000 waiting: a page of 200 ${middle.toFixed(0)} ms, counts ${countMs.toFixed(0)} ms\n`);
  // The live working set holds one line of counts, not the entries.
  const { documents } = await manager.call('replication.pull', { collection: 'ledger', checkpoint: 0, limit: 100 });
  expect(documents).toMatchObject([{ id: 'now', waiting: counts.waiting, refused: counts.rejected + counts.parked }]);
}, 60_000);

test('files: CSV with its mark, a cell that looks like a formula is text, JSON of the same rows; each noted', async () => {
  made({ key: 'JL-EX-1', state: 'rejected', code: 'VALIDATION', message: '=HYPERLINK("http://x")' });
  const csv = await manager.call('sync.export', { format: 'csv', part: 'all', text: 'JL-EX-1' });
  expect(csv.fileName).toMatch(/^上传台账-\d{14}\.csv$/u);
  expect(csv.text.startsWith('\uFEFF序号,委托编号,')).toBe(true);
  expect(csv.text).toContain(`"'=HYPERLINK(""http://x"")"`);
  const json = await manager.call('sync.export', { format: 'json', part: 'all', text: 'JL-EX-1' });
  expect(JSON.parse(json.text)).toMatchObject({ entries: [{ key: 'JL-EX-1', standing: 'rejected' }] });
  const whole = await manager.call('sync.export', { format: 'csv', part: 'open' });
  const open = [...ledgerRows(lab.store, filter({ part: 'open' }))].length;
  expect(whole.text.trimEnd().split('\r\n')).toHaveLength(open + 1);
  const noted = lab.store.first(`SELECT newValue, actor FROM audit WHERE entity = 'sync' ORDER BY seq DESC LIMIT 1`);
  expect(String(noted?.['newValue'])).toContain(`导出上传台账 ${open} 条`);
});
