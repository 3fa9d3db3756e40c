// The ledger of unqualified results: deadline, proof of sending, who dealt with it and how it ended; its reports are neither
// changed nor made void.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, press, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { applied, issued, type Issued } from './issued.test-helper.ts';
import { listUnqualified } from './unqualified.ts';

let lab: TestCore;
let one: Issued;
beforeAll(async () => {
  lab = await openTestCore();
  // 675 kN on a 150 mm cube is 30.0 MPa; a C30 group of 560 kN is far below its grade.
  one = await issued(lab, { loads: ['560.00', '566.00', '571.00'] });
});
afterAll(() => lab.stop());

const list = async (part: 'open' | 'overdue' | 'closed' | 'all', text = '') =>
  (await lab.as('pizhun')).call('unqualified.list', { part, text });

test('a line with its deadline, and the platform’s receipt as the proof that it was sent', async () => {
  const [row] = await eventually(() => {
    const { rows } = listUnqualified(lab.context, { part: 'open', text: '', limit: 10 });
    return rows[0]?.sending === 'sent' ? rows : null;
  });
  expect(row).toMatchObject({
    recordNo: one.recordNo,
    commissionNo: one.commissionNo,
    sampleNo: one.sampleNo,
    reportNos: [one.reportNo],
    closed: false,
    notice: { state: 'accepted' },
  });
  expect(Date.parse(row?.deadline ?? '') - Date.parse(row?.foundAt ?? '')).toBe(24 * 3_600_000);
  expect(row?.notice?.noticeNo).toContain(one.recordNo);
  expect(row?.notice?.attempts).toBeGreaterThan(0);
  expect(Date.parse(row?.notice?.acceptedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(row?.foundAt ?? ''));
  expect((await list('open')).counts).toEqual({ open: 1, overdue: 0 });
});

test('overdue: what the platform does not have a day later; sent late stays late', () => {
  const entry = lab.store.first(`SELECT entryId, acceptedAt FROM outbox WHERE kind = 'unqualified-notice'`);
  const actor = { actor: '测试', workstation: '测试' };
  const at = (hours: number) => ({ ...lab.context, now: () => new Date(Date.now() + hours * 3_600_000) });
  const state = (hours: number) => listUnqualified(at(hours), { part: 'all', text: '', limit: 10 }).rows[0]?.sending;
  lab.store.transact(actor, (tx) =>
    tx.update('outbox', entry?.['entryId'] ?? '', { state: 'pending', acceptedAt: null }),
  );
  expect([state(0), state(23.9), state(24.1)]).toEqual(['due', 'due', 'overdue']);
  const overdue = listUnqualified(at(24.1), { part: 'overdue', text: '', limit: 10 });
  expect([overdue.rows.length, overdue.counts.overdue]).toEqual([1, 1]);
  expect(listUnqualified(at(23.9), { part: 'overdue', text: '', limit: 10 }).rows).toEqual([]);
  const late = Date.now() + 25 * 3_600_000;
  lab.store.transact(actor, (tx) =>
    tx.update('outbox', entry?.['entryId'] ?? '', { state: 'accepted', acceptedAt: late }),
  );
  expect(state(48)).toBe('late');
  lab.store.transact(actor, (tx) =>
    tx.update('outbox', entry?.['entryId'] ?? '', { acceptedAt: entry?.['acceptedAt'] ?? null }),
  );
  expect(state(48)).toBe('sent');
});

test('its report is neither changed nor void: it stays as it is', async () => {
  const change = await refusalOf(applied(lab, one.reportNo, [{ field: 'samplerName', newValue: '周力' }]));
  const seat = await lab.as('zhiliang');
  const makeVoid = seat.call('reports.void', { reportNo: one.reportNo, reason: '误发', password: lab.password });
  expect([change.code, (await refusalOf(makeVoid)).code]).toEqual(['REPORT_UNQUALIFIED', 'REPORT_UNQUALIFIED']);
  expect(change.meaning).toContain('不得抽撤');
});

test('handling: notes, then the end; after the end nothing is added; only who may', async () => {
  const seat = await lab.as('zhiliang');
  const ledgerNo = (await list('open')).rows[0]?.ledgerNo ?? '';
  const stranger = (await lab.as('jiance')).call('unqualified.handle', { ledgerNo, how: 'note', text: '已告知' });
  expect((await refusalOf(stranger)).code).toBe('PERMISSION_DENIED');
  await seat.call('unqualified.handle', { ledgerNo, how: 'note', text: '已电话告知监理，定于明日取芯' });
  expect((await list('open')).rows[0]?.handling).toHaveLength(1);
  const closed = await seat.call('unqualified.handle', { ledgerNo, how: 'retest', text: '钻芯复检合格，报告另附' });
  expect(closed).toMatchObject({ closed: true });
  expect(closed.handling.map(({ how, personName }) => [how, personName])).toEqual([['note', '谭敏仪'], ['retest', '谭敏仪']]); // prettier-ignore
  const more = seat.call('unqualified.handle', { ledgerNo, how: 'note', text: '再写一句' });
  expect((await refusalOf(more)).code).toBe('UNQUALIFIED_CLOSED');
  expect([(await list('open')).rows, (await list('closed')).rows.length]).toEqual([[], 1]);
  expect((await list('all', one.sampleNo)).rows).toHaveLength(1);
  expect((await list('all', '没有这样的')).rows).toEqual([]);
});

test('export: a table with every column filled, in the audit log', async () => {
  const { fileName, text } = await (await lab.as('zhiliang')).call('unqualified.export', { part: 'all' });
  expect(fileName).toMatch(/^不合格台账-\d{4}-\d{2}-\d{2}\.csv$/u);
  const [head = '', line = '', ...rest] = text.replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(rest).toEqual([]);
  expect(head.split(',')).toHaveLength(25);
  for (const words of [one.sampleNo, one.reportNo, '按时上报', '复检', '谭敏仪', '钻芯复检合格'])
    expect(line).toContain(words);
  expect(lab.store.first(`SELECT newValue FROM audit WHERE entity = 'unqualified' AND action = 'event'`)).toEqual({ newValue: '导出不合格台账 1 条' }); // prettier-ignore
});

test('a second value of the same result, signed after a return, was refused by the platform: it has one key for one value', async () => {
  const { record } = await testedGroup(lab, { loads: ['560.00', '566.00', '571.00'] });
  const { recordNo } = record;
  await signTest(lab, recordNo);
  const mine = () => listUnqualified(lab.context, { part: 'all', text: recordNo, limit: 10 }).rows;
  await eventually(() => (mine()[0]?.sending === 'sent' ? true : null));
  await (await lab.as('jiaohe')).call('records.return', { recordNo, reason: '第 3 块试件偏心，重做' });
  const technician = await lab.as('jiance');
  await technician.call('bench.repeat', { runNo: record.runs[2]?.runNo ?? '', reason: '试件偏心' });
  await press(lab, technician, recordNo, 3, '540.00');
  await signTest(lab, recordNo);
  const [second, first] = await eventually(() =>
    mine().length === 2 && mine()[0]?.sending === 'sent' ? mine() : null,
  );
  expect(first?.notice).toMatchObject({ state: 'accepted', noticeNo: `${recordNo}/HNT-KY/KY` });
  expect(second?.notice).toMatchObject({ state: 'accepted', noticeNo: `${recordNo}/HNT-KY/KY/2` });
  expect(second?.value).not.toBe(first?.value);
  // Signed once more with nothing changed: the authority knows it.
  await (await lab.as('jiaohe')).call('records.return', { recordNo, reason: '再核' });
  await signTest(lab, recordNo);
  expect(mine()).toHaveLength(2);
});
