import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import {
  approve,
  commissionInput,
  eventually,
  receive,
  sampleInput,
  signCheck,
  signTest,
  testedGroup,
  today,
} from '../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';

let lab: TestCore;
let reception: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  reception = await lab.as('shouyang');
});
afterAll(() => lab.stop());

const register = (samples: ReturnType<typeof sampleInput>[]) =>
  reception.call('commissions.register', commissionInput({ samples }));

describe('registering', () => {
  test('numbers, tasks with their day, and the upload come with one step', async () => {
    const made = addDays(today(), -10);
    const commission = await register([
      sampleInput({ madeOn: made, sampledOn: made }),
      sampleInput({ madeOn: made, sampledOn: made, requiredAgeDays: 14, sampleCode: 'QR-1' }),
    ]);
    const { commissionNo, samples } = commission;
    expect(samples.map(({ sampleNo }) => Number(sampleNo.slice(-6)))).toEqual([1, 2]);
    expect(samples.map(({ sampleCode }) => sampleCode)).toEqual([samples[0]?.sampleNo, 'QR-1']);
    const tasks = lab.store.all('SELECT dueOn, state FROM task WHERE commissionNo = ? ORDER BY sampleNo', commissionNo);
    expect(tasks).toEqual([
      { dueOn: addDays(made, 28), state: 'waiting' },
      { dueOn: addDays(made, 14), state: 'waiting' },
    ]);
    expect(lab.store.first(`SELECT key FROM outbox WHERE kind = 'commission' AND commissionNo = ?`, commissionNo)).toEqual({ key: commissionNo }); // prettier-ignore
    expect(await reception.call('commissions.get', { commissionNo })).toEqual(commission);
  });

  test('tasks that are due on one day stand in the order of their samples', async () => {
    const { commissionNo } = await register(Array.from({ length: 30 }, () => sampleInput()));
    const samples = lab.store.all('SELECT sampleNo FROM task WHERE commissionNo = ? ORDER BY dueOn, taskId', commissionNo); // prettier-ignore
    expect(samples).toEqual(samples.toSorted((a, b) => String(a['sampleNo']).localeCompare(String(b['sampleNo']))));
    expect(samples).toHaveLength(30);
  });

  test.each([
    ['made tomorrow', { madeOn: addDays(today(), 1), sampledOn: addDays(today(), 1) }, 'madeOn', '今天之后'],
    ['sampled before it was made', { sampledOn: addDays(today(), -29) }, 'sampledOn', '早于成型日期'],
    ['sampled tomorrow', { sampledOn: addDays(today(), 1) }, 'sampledOn', '今天之后'],
    ['too old for the age asked for', { requiredAgeDays: 7 }, 'requiredAgeDays', '已过'],
    ['a code in the form of our numbers', { sampleCode: `YP${today().slice(0, 4)}-000099` }, 'sampleCode', '编号'],
  ])('%s is refused at its field', async (_, changes, field, words) => {
    const before = countsOf(lab.store);
    const refused = await refusalOf(register([sampleInput(), sampleInput(changes)]));
    expect(refused.code).toBe('COMMISSION_INVALID');
    expect(refused.details?.[0]?.field).toBe(`samples.1.${field}`);
    expect(refused.details?.map(({ message }) => message).join()).toContain(words);
    expect(countsOf(lab.store)).toEqual(before);
  });

  test('a code is on one sample only, in a commission and in the store', async () => {
    const twins = await refusalOf(register([sampleInput({ sampleCode: 'QR-2' }), sampleInput({ sampleCode: 'QR-2' })]));
    expect(twins.details?.[0]?.message).toBe('唯一性标识 QR-2 与第 1 个样品重复');
    await register([sampleInput({ sampleCode: 'QR-2' })]);
    const known = await refusalOf(register([sampleInput({ sampleCode: 'QR-2' })]));
    expect(known.details?.[0]?.message).toMatch(/唯一性标识 QR-2 已属于样品 YP/);
  });

  test('a code that a future number would meet cannot stop the series', async () => {
    // Without the refusal this code would be drawn for the next sample, and no sample could ever be received again.
    const last = Number(lab.store.first(`SELECT last FROM numberSeries WHERE series = 'sample'`)?.['last']);
    const next = `YP${today().slice(0, 4)}-${String(last + 2).padStart(6, '0')}`;
    expect((await refusalOf(register([sampleInput({ sampleCode: next.toLowerCase() })]))).code).toBe(
      'COMMISSION_INVALID',
    );
    await register([sampleInput(), sampleInput()]);
  });

  test('a project that is not there is named', async () => {
    const unknown = reception.call('commissions.register', commissionInput({ projectId: 'G999' }));
    expect((await refusalOf(unknown)).message).toContain('没有找到工程 G999');
  });
});

test('what a scanned code means', async () => {
  const [received] = await receive(lab, { samples: [sampleInput({ sampleCode: 'chip 0xA1' })] });
  const { record, commissionNo } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  const reportNo = await approve(lab, record.recordNo);
  const code = String(await eventually(() => lab.store.get('report', `${reportNo}#1`)?.['code']));
  const resolve = (text: string) => reception.call('scan.resolve', { code: text });
  const { sampleNo = '', taskId } = received ?? {};
  expect(await resolve('chip 0xA1')).toEqual({ kind: 'sample', key: sampleNo, taskId, recordNo: null });
  expect(await resolve(sampleNo)).toMatchObject({ kind: 'sample', key: sampleNo });
  expect(await resolve(record.sample.sampleCode)).toMatchObject({ kind: 'sample', recordNo: record.recordNo });
  expect(await resolve(commissionNo)).toMatchObject({ kind: 'commission', key: commissionNo });
  expect(await resolve(record.recordNo)).toMatchObject({ kind: 'record', taskId: record.taskId });
  expect(await resolve(reportNo)).toMatchObject({ kind: 'report', key: `${reportNo}#1` });
  expect(await resolve(code)).toMatchObject({ kind: 'report', key: `${reportNo}#1` });
  expect(await resolve(`' OR 1=1 --`)).toEqual({ kind: 'unknown', key: null, taskId: null, recordNo: null });
});

describe('search over the whole history', () => {
  const find = async (text: string) =>
    (await reception.call('commissions.search', { text })).rows.map(({ clientUnit }) => clientUnit);
  const units = ['南屿区教育基建管理中心', '滨江100%混凝土有限公司', '“双引号”工程部', '滨江_下划线公司'];
  beforeAll(async () => {
    for (const clientUnit of units) await receive(lab, { clientUnit });
  });

  test.each([
    ['教育基建', units[0]],
    ['管理中心', units[0]],
    ['基建', units[0]],
    ['100%', units[1]],
    ['0%', units[1]],
    ['“双引号”', units[2]],
    ['_下', units[3]],
  ])('%s', async (text, unit) => {
    expect(await find(text)).toEqual([unit]);
  });

  test('what is special to the full text or to LIKE is text', async () => {
    for (const text of ['"', '%%', '" OR "', 'AND NOT', '*', 'text:', 'NEAR(', '教育"基建'])
      expect(await find(text), text).toEqual([]);
    expect(await find('%')).toEqual([units[1]]);
    expect(await find('_')).toEqual([units[3]]);
  });

  test('a part of a number, and the whole of it', async () => {
    const { rows } = await reception.call('commissions.search', { limit: 1 });
    const commissionNo = rows[0]?.commissionNo ?? '';
    for (const text of [commissionNo, commissionNo.slice(-5), commissionNo.toLowerCase()])
      expect((await reception.call('commissions.search', { text })).rows.map((row) => row.commissionNo)).toContain(commissionNo); // prettier-ignore
  });

  test('paging by cursor gives every row once, newest first, also while new rows arrive', async () => {
    const all = lab.store.all('SELECT commissionNo FROM commission ORDER BY commissionNo DESC').map((row) => row['commissionNo']); // prettier-ignore
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 100; pages += 1) {
      const page = await reception.call('commissions.search', { limit: 3, ...(cursor ? { cursor } : {}) });
      seen.push(...page.rows.map(({ commissionNo }) => commissionNo));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
      if (pages === 1) await receive(lab);
    }
    expect(seen).toEqual(all);
  });
});
