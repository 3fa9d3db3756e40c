// What is the exchange tables' own: lengths, marks that are believed and marks that are not, refusals that are read and
// judged again, a file that is held, missing or something else, and what the tables cannot carry.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSupervision, superviseOnce } from '../../../training/exchange/client.ts';
import { type ClientFiles, openClientFiles } from '../../../training/exchange/files.ts';
import { fillExchange, fillRow } from '../../../training/exchange/fill.ts';
import { seedTrainingLab } from '../../../training/seed.ts';
import { digestOf, sha256Hex } from '../../../wire/digest.ts';
import { EXCHANGE_TABLES, type ExchangeTable, UP_CODES } from '../../../wire/exchange-schema.ts';
import type { BatchEntry } from '../../port.ts';
import { commissionPayload, numbers, PDF, recordPayload, reportPayload } from '../../testing/lab.ts';
import { createExchangePort, EXCHANGE_PROFILE, type ExchangePort } from './index.ts';

const n = numbers(1);
const seed = seedTrainingLab();
const ORG = seed.institution.orgCode;

let folder: string;
let path: string;
let files: ClientFiles;
let port: ExchangePort;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-exchange-'));
  path = join(folder, 'exchange.sqlite');
  files = openClientFiles(path, join(folder, 'platform.sqlite'));
  fillExchange(files, seed);
  port = createExchangePort({ baseUrl: pathToFileURL(path).href, orgCode: ORG, busyMs: 120 });
});

afterEach(() => {
  files.close();
  rmSync(folder, { recursive: true, force: true });
});

const supervise = (): number => superviseOnce(files, Date.now());
const set = (sql: string): void => void files.exchange.prepare(sql).run();
const row = (table: string): Record<string, unknown> =>
  files.exchange.prepare<[], Record<string, unknown>>(`SELECT * FROM ${table}`).get() ?? {};

function entryOf(kind: string, key: string, payload: BatchEntry['payload'], revision = 1): BatchEntry {
  return { entryId: `E-${key}-${revision}`, kind, key, revision, payload, digest: digestOf(payload) };
}

async function putCommission(change: object = {}): Promise<unknown> {
  const payload = { ...commissionPayload(n), ...change };
  return port.putCommission(n.commissionNo, { payload, digest: digestOf(payload) });
}

/** A record of a commission that was taken, without runs. */
async function record(change: object = {}, revision = 1): Promise<BatchEntry> {
  await putCommission();
  supervise();
  const payload = { ...recordPayload(n), acquisitionKeys: [], ...change };
  return entryOf('test-record', n.recordNo, payload, revision);
}

const receiptOf = (answer: unknown): unknown => (answer as { value?: { receipts: unknown[] } }).value?.receipts[0];

describe('columns', () => {
  it('Register_Temp has the standard’s columns with their lengths, and its key', () => {
    const table: ExchangeTable = EXCHANGE_TABLES.Register_Temp;
    const lengths = Object.fromEntries(table.columns.map((column) => [column.name, column.length]));
    expect(lengths).toMatchObject({
      Sy_Num: 20,
      Organcode: 30,
      Wt_Num: 25,
      Ph_Num: 25,
      Prtnum: 25,
      Jd_Code: 50,
      Jd_Unti: 250,
    });
    expect(table.key).toEqual(['Sy_Num', 'Organcode']);
  });

  it('a record fills them, with the supervision of its commission', async () => {
    await putCommission({ supervisionCode: 'JD-001', supervisionUnit: '云岭区质安站' });
    supervise();
    await port.postBatch('B1', [entryOf('test-record', n.recordNo, { ...recordPayload(n), acquisitionKeys: [] })]);
    expect(row('Register_Temp')).toMatchObject({
      Sy_Num: n.recordNo,
      Organcode: ORG,
      Wt_Num: n.commissionNo,
      Ph_Num: `S-${n.recordNo}`,
      Prtnum: n.reportNo,
      Jd_Code: 'JD-001',
      Jd_Unti: '云岭区质安站',
      Up_State: 0,
    });
  });

  it('what is too long or missing is refused with the name of the field, and nothing is written', async () => {
    const long = await record({ testNo: '试'.repeat(26) });
    expect(receiptOf(await port.postBatch('B1', [long]))).toMatchObject({
      state: 'rejected',
      failure: { class: 'rejected', code: 'FIELD_TOO_LONG', details: [{ field: 'Ph_Num', rule: 'length' }] },
    });
    const exact = await record({ testNo: '𠮷'.repeat(25) });
    const [first, second] = [entryOf('test-record', '', exact.payload), { ...exact, entryId: 'E2' }];
    const answer = await port.postBatch('B2', [first, second]);
    expect(answer).toMatchObject({
      value: {
        receipts: [
          { state: 'rejected', failure: { code: 'FIELD_MISSING', details: [{ field: 'Sy_Num' }] } },
          { state: 'queued' },
        ],
      },
    });
    expect(await putCommission({ samples: [] })).toMatchObject({
      failure: { class: 'rejected', code: 'FIELD_MISSING' },
    });
    expect(files.exchange.prepare('SELECT count(*) AS n FROM Register_Temp').get()).toEqual({ n: 1 });
  });
});

describe('marks', () => {
  it('written is queued, accepted is accepted; a commission is one thing', async () => {
    expect(await putCommission()).toMatchObject({ failure: { class: 'later', code: 'NOT_TAKEN_YET' } });
    expect(await port.getCommission(n.commissionNo)).toMatchObject({ failure: { class: 'later' } });
    supervise();
    expect(await port.getCommission(n.commissionNo)).toMatchObject({ value: { state: 'active' } });
    expect(await putCommission()).toMatchObject({ outcome: 'ok', value: { platformId: `YL-${n.commissionNo}` } });
    expect(await putCommission({ clientUnit: '别家' })).toMatchObject({ failure: { class: 'conflict' } });
    expect(await port.getCommission('W-NONE')).toMatchObject({ outcome: 'ok', value: null });
  });

  it('a refusal is told in the client’s words once read, and judged again when it is sent again', async () => {
    const bad = await record({ testerId: 'P008' });
    await port.postBatch('B1', [bad]);
    supervise();
    const refused = { state: 'rejected', failure: { class: 'rejected', code: UP_CODES.incomplete } };
    expect(receiptOf(await port.getBatch('B1'))).toMatchObject(refused);
    expect(receiptOf(await port.getBatch('B1'))).toMatchObject(refused);
    files.platform.prepare("UPDATE person SET state = 'active' WHERE id = 'P008'").run();
    expect(receiptOf(await port.postBatch('B2', [bad]))).toMatchObject({ state: 'queued' });
    expect(await port.getBatch('B1')).toMatchObject({ outcome: 'ok', value: null });
    supervise();
    expect(receiptOf(await port.getBatch('B2'))).toMatchObject({ entryId: bad.entryId, state: 'accepted' });
  });

  it('a later revision takes the row and waits again; an earlier one never comes back', async () => {
    const first = await record();
    await port.postBatch('B1', [first]);
    const second = entryOf('test-record', n.recordNo, { ...first.payload, siteAddress: '现场' }, 2);
    expect(receiptOf(await port.postBatch('B2', [second]))).toMatchObject({ failure: { class: 'later' } });
    supervise();
    expect(receiptOf(await port.postBatch('B3', [second]))).toMatchObject({ state: 'queued' });
    supervise();
    expect(receiptOf(await port.postBatch('B4', [first]))).toMatchObject({ failure: { class: 'conflict' } });
    expect(row('Register_Temp')).toMatchObject({ Rev: 2, Up_State: 1, Sy_Addr: '现场' });
  });

  it.each([
    ['an unknown standing', 'UPDATE Register_Temp SET Up_State = 77'],
    ['content that is none', "UPDATE Register_Temp SET Content = '<html>'"],
  ])('%s is not believed and changes nothing', async (_, sql) => {
    const one = await record();
    await port.postBatch('B1', [one]);
    set(sql);
    const before = row('Register_Temp');
    expect(await port.postBatch('B2', [one])).toMatchObject({
      failure: { class: 'unknown-outcome', code: 'ANSWER_NOT_IN_CONTRACT' },
    });
    expect(row('Register_Temp')).toEqual(before);
  });

  it('an unknown code of refusal is a refusal in its own words; a void is told from a lock', async () => {
    const one = await record();
    await port.postBatch('B1', [one]);
    set("UPDATE Register_Temp SET Up_State = 2, Up_Code = 'X9', Up_Msg = '将来的理由'");
    expect(receiptOf(await port.getBatch('B1'))).toMatchObject({
      failure: { class: 'rejected', code: 'X9', message: '将来的理由' },
    });
    set(`UPDATE Register_Temp SET Up_State = 2, Up_Code = '${UP_CODES.voided}'`);
    expect(receiptOf(await port.getBatch('B1'))).toMatchObject({
      failure: { class: 'frozen', code: '05', freezes: 'voided' },
    });
  });
});

describe('reports', () => {
  async function accepted(): Promise<void> {
    await port.postBatch('B1', [await record()]);
    supervise();
    const payload = reportPayload(n);
    const submission = { payload, digest: digestOf(payload) };
    expect(await port.putReport(n.reportNo, 1, submission)).toMatchObject({ value: { state: 'submitted' } });
    expect(await port.obtainCode(n.reportNo, 1)).toMatchObject({ failure: { class: 'later' } });
    supervise();
    expect(await port.putReport(n.reportNo, 1, submission)).toMatchObject({ value: { state: 'accepted' } });
  }

  it('a code comes back in its column, bound to the content of its row; the file follows it', async () => {
    await accepted();
    expect(await port.obtainCode(n.reportNo, 1)).toMatchObject({ failure: { class: 'later', code: 'BEING_ISSUED' } });
    expect(await port.fileReport(n.reportNo, 1, sha256Hex(PDF), PDF)).toMatchObject({ failure: { code: 'NOT_READY' } });
    supervise();
    const answer = await port.obtainCode(n.reportNo, 1);
    const { Code } = row('Reportfilelist');
    expect(answer).toMatchObject({
      value: { code: Code, reportNo: n.reportNo, revision: 1, digest: digestOf(reportPayload(n)) },
    });
    expect(await port.fileReport(n.reportNo, 1, sha256Hex(PDF), PDF)).toMatchObject({ failure: { class: 'later' } });
    supervise();
    expect(await port.fileReport(n.reportNo, 1, sha256Hex(PDF), PDF)).toMatchObject({ value: { wasThere: true } });
    const other = Buffer.from('%PDF-other');
    expect(await port.fileReport(n.reportNo, 1, sha256Hex(other), other)).toMatchObject({
      failure: { class: 'conflict' },
    });
    expect(await port.getReport(n.reportNo, 1)).toMatchObject({ value: { state: 'filed', code: { code: Code } } });
  });

  it('a code whose time is none is not believed', async () => {
    await accepted();
    set("UPDATE Reportfilelist SET Code = 'C1', Code_Time = 'gestern'");
    expect(await port.obtainCode(n.reportNo, 1)).toMatchObject({ failure: { code: 'ANSWER_NOT_IN_CONTRACT' } });
  });

  it('a report that is not there has no code and no file', async () => {
    expect(await port.obtainCode('B-NONE', 1)).toMatchObject({ failure: { class: 'dependency' } });
    expect(await port.fileReport('B-NONE', 1, sha256Hex(PDF), PDF)).toMatchObject({ failure: { class: 'dependency' } });
    expect(await port.getReport('B-NONE', 1)).toMatchObject({ outcome: 'ok', value: null });
  });
});

describe('downloads', () => {
  it('pages by versions; a change and a deletion come with the next one', async () => {
    const first = await port.referencePage('person', null, 4);
    const second = first.outcome === 'ok' ? await port.referencePage('person', first.value.nextCursor, 100) : first;
    expect(first).toMatchObject({ value: { more: true } });
    if (first.outcome !== 'ok' || second.outcome !== 'ok') throw new Error('no pages');
    const ids = [...first.value.rows, ...second.value.rows].map((one) => one.id);
    expect(ids.sort()).toEqual(seed.reference.person.map((one) => one.id).sort());
    fillRow(files, 'Jg_Employee', ['Emp_Id'], { Emp_Id: 'P001', Emp_Name: '梁志远', Cert_Num: 'x', State: '停用' });
    fillRow(files, 'Jg_Employee', ['Emp_Id'], { Emp_Id: 'P002', Emp_Name: '', Cert_Num: '', State: '', Deleted: 1 });
    const next = await port.referencePage('person', second.value.nextCursor, 100);
    expect(next).toMatchObject({
      value: {
        more: false,
        rows: [
          { id: 'P001', deleted: false, data: { state: '停用' } },
          { id: 'P002', deleted: true, data: null },
        ],
      },
    });
    expect(await port.referencePage('person', 'nonsense', 10)).toMatchObject({ failure: { class: 'unknown-outcome' } });
  });

  it('a machine whose items change comes again', async () => {
    const all = await port.referencePage('equipment', null, 100);
    const cursor = all.outcome === 'ok' ? all.value.nextCursor : '';
    fillRow(files, 'Jg_Deviceaptitude', ['Device_Id', 'Item_Code'], {
      Device_Id: 'E001',
      Item_Code: 'XX-NEW',
      Seq: 99,
    });
    const next = await port.referencePage('equipment', cursor, 100);
    const rows = next.outcome === 'ok' ? next.value.rows : [];
    expect(rows.map((one) => one.id)).toEqual(['E001']);
    expect(rows[0]?.data?.['itemCodes']).toContain('XX-NEW');
  });

  it('a lock, its lifting and a revoked code are told once', async () => {
    await record();
    setSupervision(files, n.commissionNo, 'locked', '复查');
    const first = await port.events(null);
    expect(first).toMatchObject({
      value: { events: [{ type: 'commission.locked', subject: n.commissionNo, text: '复查' }] },
    });
    const cursor = first.outcome === 'ok' ? first.value.nextCursor : '';
    expect(await port.events(cursor)).toMatchObject({ value: { events: [], nextCursor: cursor } });
    expect(await port.getCommission(n.commissionNo)).toMatchObject({ value: { state: 'locked', reason: '复查' } });
    setSupervision(files, n.commissionNo, 'active', '复查完毕');
    expect(await port.events(cursor)).toMatchObject({ value: { events: [{ type: 'commission.unlocked' }] } });
  });

  it('an institution that is not in the tables is not guessed', async () => {
    const stranger = createExchangePort({ baseUrl: pathToFileURL(path).href, orgCode: 'OTHER' });
    expect(await stranger.institution()).toMatchObject({ failure: { code: 'ANSWER_NOT_IN_CONTRACT' } });
    expect(await port.institution()).toMatchObject({ value: { orgCode: ORG, name: seed.institution.name } });
  });
});

describe('the file', () => {
  const at = (name: string): ExchangePort =>
    createExchangePort({ baseUrl: pathToFileURL(join(folder, name)).href, orgCode: ORG, busyMs: 60 });

  it('held by the other side: waited for, then nothing was sent; it goes on afterwards', async () => {
    const holder = new Database(path);
    holder.exec('BEGIN EXCLUSIVE');
    expect(await putCommission()).toMatchObject({
      failure: { class: 'unknown-outcome', code: 'EXCHANGE_BUSY', sent: false },
    });
    const waiting = createExchangePort({ baseUrl: pathToFileURL(path).href, orgCode: ORG, busyMs: 5_000 });
    const payload = commissionPayload(n);
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 5);
    setTimeout(() => holder.close(), 200);
    expect(await waiting.putCommission(n.commissionNo, { payload, digest: digestOf(payload) })).toMatchObject({
      failure: { class: 'later' },
    });
    clearInterval(ticking);
    // The program was not held up while it waited.
    expect(ticks).toBeGreaterThan(3);
    expect(row('SamplCode')).toMatchObject({ Wt_Num: n.commissionNo });
  });

  it('missing, something else, or without the tables: nothing was sent', async () => {
    expect(await at('nowhere.sqlite').hasMedia('a')).toMatchObject({
      failure: { code: 'EXCHANGE_MISSING', sent: false },
    });
    expect(await at('no/such/folder.sqlite').hasMedia('a')).toMatchObject({ failure: { code: 'EXCHANGE_MISSING' } });
    writeFileSync(join(folder, 'page.sqlite'), '<html>'.repeat(500));
    expect(await at('page.sqlite').hasMedia('a')).toMatchObject({
      failure: { code: 'EXCHANGE_UNREADABLE', sent: false },
    });
    new Database(join(folder, 'empty.sqlite')).close();
    writeFileSync(join(folder, 'empty.sqlite'), '');
    expect(await at('empty.sqlite').hasMedia('a')).toMatchObject({ failure: { code: 'EXCHANGE_UNREADABLE' } });
    expect(() => createExchangePort({ baseUrl: 'https://x.example', orgCode: ORG })).toThrow(/file:/);
  });

  it('keeps the rollback journal, so that the one file is always whole', async () => {
    await putCommission();
    expect(files.exchange.pragma('journal_mode', { simple: true })).toBe('delete');
  });

  it('an operation that was broken off before it began wrote nothing', async () => {
    const payload = commissionPayload(n);
    const answer = await port.putCommission(
      n.commissionNo,
      { payload, digest: digestOf(payload) },
      { signal: AbortSignal.abort() },
    );
    expect(answer).toMatchObject({ failure: { code: 'CANCELLED', sent: false } });
    expect(row('SamplCode')).toEqual({});
  });
});

describe('what the tables cannot carry', () => {
  it('is a flag and a refusal that says what to do, never silence', async () => {
    const { changeOrder, void: voids } = EXCHANGE_PROFILE.capabilities;
    expect([changeOrder, voids]).toEqual([false, false]);
    const missing = { failure: { class: 'rejected', code: 'CAPABILITY_MISSING', sent: false } };
    const empty = { payload: {}, digest: digestOf({}) };
    expect(await port.postChange('B1', empty)).toMatchObject(missing);
    expect(await port.voidReport('B1', { reason: 'x', by: 'P1', at: '' })).toMatchObject(missing);
    expect(await port.putRegistration('person', 'L1', entryOf('person', 'L1', {}))).toMatchObject(missing);
    expect(await port.time()).toMatchObject(missing);
    const receipt = receiptOf(await port.postBatch('B1', [entryOf('unqualified-notice', 'K', {})]));
    expect(receipt).toMatchObject({ state: 'rejected', failure: { code: 'CAPABILITY_MISSING' } });
    expect(JSON.stringify(receipt)).toContain('不合格结果的上报');
  });
});
