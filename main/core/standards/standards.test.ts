// 标准库 on a real core: what the declarations say, what the lab adds, 查新 with its reminders, who may.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { declaredStandards, standardState } from '../../../shared/standards/library.ts';
import { listMethods } from '../../../shared/methods/index.ts';
import { today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { Context } from '../context.ts';
import { remind } from '../dossier/reminders.ts';
import { verifyStore } from '../../store/verify.ts';

let lab: TestCore;
let quality: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  quality = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

const rowOf = async (standardNo: string) => {
  const { rows } = await quality.call('standards.list', {});
  const found = rows.find((row) => row.standardNo === standardNo);
  if (found === undefined) throw new Error(standardNo);
  return found;
};
const check = (changes: object = {}) =>
  quality.call('standards.check', { standardNos: ['GB/T 50081-2019'], day: today(), source: '国家标准全文公开系统', by: '方敏', result: 'passed', ...changes }); // prettier-ignore

describe('the declarations', () => {
  test('every standard of every edition of every method is there, with the methods that use it', async () => {
    const { rows } = await quality.call('standards.list', {});
    for (const method of listMethods())
      for (const edition of method.editions)
        for (const standardNo of [edition.test, edition.judgement, edition.rounding].filter((one) => one !== null)) {
          const row = rows.find((one) => one.standardNo === standardNo);
          expect(row?.uses, `${method.id} ${standardNo}`).toContainEqual(
            expect.objectContaining({ methodName: method.name, editionId: edition.id }),
          );
          expect(row?.name, standardNo).not.toBe('');
        }
  });

  test('an old number is replaced by the next of its own, also where GB/T became GB', () => {
    const by = new Map(declaredStandards().map(({ standardNo, replacedBy }) => [standardNo, replacedBy]));
    expect(by.get('GB/T 1499.2-2018')).toBe('GB 1499.2-2024');
    expect(by.get('GB 175-2007')).toBe('GB 175-2023');
    expect(by.get('GB/T 1346-2011')).toBe('GB/T 1346-2024');
    expect(by.get('JGJ 110-2008')).toBe('JGJ/T 110-2017');
    expect(by.get('GB/T 50081-2019')).toBeNull();
    expect(by.get('GB/T 28900-2022')).toBeNull();
  });
});

describe('the state on a day', () => {
  const used = { usedFrom: '2020-06-01', usedUntil: null, replacedBy: null };
  const lab_ = (changes: object) => ({ inForceFrom: null, replacedBy: '', replacedOn: null, ...changes });
  test.each([
    ['used without end', used, null, null, 'current'],
    ['used up to yesterday', { ...used, usedUntil: '2026-11-22' }, null, null, 'replaced'],
    ['used up to today', { ...used, usedUntil: '2026-11-23' }, null, null, 'current'],
    ['used from tomorrow', { ...used, usedFrom: '2026-11-24' }, null, null, 'upcoming'],
    ['entered: in force from today', null, lab_({ inForceFrom: '2026-11-23' }), null, 'current'],
    ['entered: in force from tomorrow', null, lab_({ inForceFrom: '2026-11-24' }), null, 'upcoming'],
    ['entered: replaced from today', used, lab_({ replacedBy: 'X', replacedOn: '2026-11-23' }), null, 'replaced'],
    ['entered: replaced from tomorrow', used, lab_({ replacedBy: 'X', replacedOn: '2026-11-24' }), null, 'current'],
    ['looked up and gone', used, null, { day: '2026-01-01', passed: false }, 'replaced'],
    ['looked up and in force', used, null, { day: '2026-01-01', passed: true }, 'current'],
  ] as const)('%s', (_name, declared, own, last, state) => {
    expect(standardState(declared, own, last, '2026-11-23').state).toBe(state);
  });
});

describe('what the lab adds', () => {
  test('a standard of its own, put right with a reason; nothing that contradicts itself', async () => {
    const own = { standardNo: 'DBJ/T 15-60-2019', name: '建筑地基基础检测规范', inForceFrom: addDays(today(), 30), replacedBy: '', replacedOn: null };
    await quality.call('standards.put', { ...own, reason: '新收' });
    expect(await rowOf('DBJ/T 15-60-2019')).toMatchObject({ source: 'lab', state: 'upcoming' });
    await quality.call('standards.put', { ...own, inForceFrom: '2019-11-01', reason: '实施日期填错' });
    expect(await rowOf('DBJ/T 15-60-2019')).toMatchObject({ state: 'current', inForceFrom: '2019-11-01' });
    const itself = quality.call('standards.put', { ...own, replacedBy: own.standardNo, reason: '试' });
    expect((await refusalOf(itself)).code).toBe('STANDARD_REFUSED');
    const before = lab.store.first(`SELECT reason FROM audit WHERE entity = 'labStandard' AND field = 'inForceFrom' ORDER BY seq DESC`);
    expect(before?.['reason']).toBe('实施日期填错');
  }); // prettier-ignore

  test('a controlled copy with its file; the list names it', async () => {
    const pdf = { fileName: '受控.pdf', bytesBase64: Buffer.from('%PDF-1.7\n%%EOF\n').toString('base64') };
    await quality.call('dossier.enter', { kind: 'controlledCopy', subjectId: 'GB/T 50081-2019', day: today(), title: '发放到力学室', doneBy: '资料室', documentNo: 'SK-012', result: null, nextOn: null, files: [pdf] });
    expect((await rowOf('GB/T 50081-2019')).copies).toEqual(['SK-012']);
    const unknown = quality.call('dossier.enter', { kind: 'controlledCopy', subjectId: 'GB 1-2000', day: today(), title: 'x', doneBy: 'x', result: null, nextOn: null });
    expect((await refusalOf(unknown)).code).toBe('NOT_FOUND');
  }); // prettier-ignore

  test('查新 of several at once; a bad one says replaced and changes no edition of a method', async () => {
    expect((await rowOf('GB/T 50081-2019')).checkDue).toBeNull();
    const { count } = await check({ standardNos: ['GB/T 50081-2019', 'JGJ/T 70-2009', 'GB/T 50081-2019'], day: '2026-11-01' });
    expect(count).toBe(2);
    expect(await rowOf('GB/T 50081-2019')).toMatchObject({ checkDue: '2027-10-31', lastCheck: { by: '方敏', passed: true } });
    await quality.call('standards.setMonths', { months: 6, reason: '改为半年' });
    expect((await rowOf('GB/T 50081-2019')).checkDue).toBe('2027-04-30');
    await check({ standardNos: ['JGJ/T 70-2009'], result: 'failed', detail: '有新版' });
    expect(await rowOf('JGJ/T 70-2009')).toMatchObject({ state: 'replaced', why: expect.stringContaining('查新') as string });
    expect(listMethods().find(({ id }) => id === 'mortar-cube')?.editions[0]?.inForceUntil).toBeNull();
    expect((await refusalOf(check({ standardNos: ['没有的'] }))).code).toBe('STANDARD_REFUSED');
    expect((await refusalOf(check({ day: addDays(today(), 1) }))).code).toBe('DOSSIER_REFUSED');
  }); // prettier-ignore

  test('only the quality manager keeps it; everybody reads; the table goes out with a trace', async () => {
    const technician = await lab.as('jiance');
    expect((await technician.call('standards.list', {})).rows.length).toBeGreaterThan(30);
    for (const username of ['jiance', 'shebei', 'admin'] as const) {
      const seat = await lab.as(username);
      const put = seat.call('standards.put', { standardNo: 'X', name: 'X', inForceFrom: null, replacedBy: '', replacedOn: null, reason: 'x' });
      expect((await refusalOf(put)).code).toBe('PERMISSION_DENIED');
      const entry = seat.call('dossier.enter', { kind: 'currency', subjectId: 'GB/T 50081-2019', day: today(), title: 'x', doneBy: 'x', result: 'passed', nextOn: null });
      expect((await refusalOf(entry)).code).toBe('PERMISSION_DENIED');
    }
    const { text } = await quality.call('standards.export', {});
    expect(text).toContain('SK-012');
    expect(text.trimEnd().split('\r\n')).toHaveLength((await quality.call('standards.list', {})).rows.length + 1);
    expect((await quality.call('dossier.export', { subject: 'standard' })).text).toContain('混凝土物理力学性能试验方法标准');
  }); // prettier-ignore
});

test('the reminder comes at the marks, once, for all that were looked up on one day', async () => {
  await quality.call('standards.setMonths', { months: 12, reason: '恢复' });
  const said = () => lab.store.all(`SELECT text FROM notice WHERE text LIKE '%查新%' ORDER BY noticeId`).map(({ text }) => String(text)); // prettier-ignore
  const at = (day: string): Context => ({ ...lab.context, now: () => new Date(`${day}T09:00:00+08:00`) });
  await check({ standardNos: ['GB/T 50081-2019', 'GB/T 8170-2008'], day: '2026-11-02' });
  remind(at('2027-08-01'));
  expect(said()).toEqual([]);
  remind(at('2027-10-10'));
  remind(at('2027-10-11'));
  expect(said()).toEqual(['GB/T 50081-2019 等 2 个标准的查新将于 2027-11-01 到期，还有不到 30 天。']);
  remind(at('2027-11-03'));
  expect(said()).toContain('GB/T 50081-2019 等 2 个标准的查新已于 2027-11-01 到期。');
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});
