// The dossiers on a real core: entries with proof, what a bad result does, withdrawal, what is due, reminders, permissions.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NewDossierEntry } from '../../../shared/dossier/calls.ts';
import { dossierKinds } from '../../../shared/dossier/kinds.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import { today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { Context } from '../context.ts';
import { dueOf } from './entries.ts';
import { markOf, remind } from './reminders.ts';

let lab: TestCore;
let keeper: Seat;
let manager: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  keeper = await lab.as('shebei');
  manager = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

const dayMs = 24 * 3_600_000;
const later = (days: number): Context => ({ ...lab.context, now: () => new Date(Date.now() + days * dayMs) });
const entry = (changes: Partial<NewDossierEntry> = {}): NewDossierEntry => ({
  kind: 'intermediateCheck',
  subjectId: 'E001',
  day: today(),
  title: '用标准测力仪核查 200、500、1000 kN 三点',
  doneBy: '何工',
  result: 'passed',
  nextOn: addDays(today(), 180),
  ...changes,
});
const pdf = { fileName: '核查记录.pdf', bytesBase64: Buffer.from('%PDF-1.7\n% 1\n%%EOF\n').toString('base64') };

describe('an entry', () => {
  test('keeps what was entered and its proof, byte by byte', async () => {
    const { entry: made, stopped } = await keeper.call('dossier.enter', entry({ files: [pdf], detail: '1000 kN 修正 −1.2 kN' }));
    expect(stopped).toBe(false);
    const { entries, due } = await manager.call('dossier.list', { subject: 'equipment', subjectId: 'E001' });
    expect(entries).toEqual([made]);
    expect(made).toMatchObject({ detail: '1000 kN 修正 −1.2 kN', result: 'passed', withdrawn: null, enteredByName: keeper.user.name });
    expect(due).toMatchObject([{ subjectId: 'E001', kind: 'intermediateCheck', nextOn: addDays(today(), 180) }]);
    const [file] = made.files;
    const shown = await keeper.call('dossier.file', { entryId: made.entryId, sha256: file?.sha256 ?? '' });
    expect(shown).toEqual({ fileName: '核查记录.pdf', type: 'application/pdf', bytesBase64: pdf.bytesBase64 });
    const other = keeper.call('dossier.file', { entryId: made.entryId, sha256: '0'.repeat(64) });
    expect((await refusalOf(other)).code).toBe('FILE_DAMAGED');
  }); // prettier-ignore

  test.each([
    ['a day that has not come', { day: addDays(today(), 1), nextOn: null }, 'DOSSIER_REFUSED'],
    ['a check without its result', { result: null }, 'DOSSIER_REFUSED'],
    ['a maintenance with a result', { kind: 'maintenance' as const, result: 'passed' as const }, 'DOSSIER_REFUSED'],
    ['a next day before the day itself', { nextOn: today() }, 'INPUT_INVALID'],
    ['a machine that is not there', { subjectId: 'E999' }, 'NOT_FOUND'],
    ['a file that is no document', { files: [{ fileName: 'a.pdf', bytesBase64: 'YWJj' }] }, 'EVIDENCE_REFUSED'],
  ])('is refused with %s, and nothing is kept', async (_name, changes, code) => {
    const before = lab.store.first('SELECT count(*) AS n FROM dossierEntry');
    expect((await refusalOf(keeper.call('dossier.enter', entry(changes)))).code).toBe(code);
    expect(lab.store.first('SELECT count(*) AS n FROM dossierEntry')).toEqual(before);
  });

  test('can be neither changed nor deleted', () => {
    for (const sql of [`UPDATE dossierEntry SET result = 'passed'`, 'DELETE FROM dossierEntry'])
      expect(() => lab.store.database.exec(sql)).toThrow(/IMMUTABLE/);
  });
});

test('a failed check takes the machine out of use; the gate refuses it; withdrawal does not put it back', async () => {
  const failed = entry({ subjectId: 'E002', result: 'failed', title: '示值误差 2.4 %，超过 1 %' });
  const { entry: made, stopped } = await keeper.call('dossier.enter', failed);
  expect(stopped).toBe(true);
  expect(lab.store.get('equipment', 'E002')).toMatchObject({
    localState: 'stopped',
    localReason: '期间核查不合格：示值误差 2.4 %，超过 1 %',
  });
  const withdrawn = await keeper.call('dossier.withdraw', { entryId: made.entryId, reason: '登错设备' });
  expect(withdrawn.withdrawn).toMatchObject({ reason: '登错设备', byName: keeper.user.name });
  expect(lab.store.get('equipment', 'E002')?.['localState']).toBe('stopped');
  const again = keeper.call('dossier.withdraw', { entryId: made.entryId, reason: '再撤一次' });
  expect((await refusalOf(again)).code).toBe('DOSSIER_WITHDRAWN');
  expect((await keeper.call('dossier.list', { subject: 'equipment', subjectId: 'E002' })).due).toEqual([]);
});

test('what is due follows the newest entry that stands', async () => {
  const check = async (day: string, nextOn: string) =>
    (await keeper.call('dossier.enter', entry({ subjectId: 'E003', day, nextOn }))).entry.entryId;
  await check(addDays(today(), -300), addDays(today(), -120));
  const newer = await check(addDays(today(), -10), addDays(today(), 170));
  const due = () => dueOf(lab.store, 'E003').map(({ nextOn }) => nextOn);
  expect(due()).toEqual([addDays(today(), 170)]);
  await keeper.call('dossier.withdraw', { entryId: newer, reason: '登记有误' });
  expect(due()).toEqual([addDays(today(), -120)]);
});

test('each keeper keeps their own; others read only', async () => {
  const training = entry({ kind: 'training', subjectId: 'P001', doneBy: '省站', title: 'GB/T 50081 宣贯' });
  expect((await refusalOf(keeper.call('dossier.enter', training))).code).toBe('PERMISSION_DENIED');
  await manager.call('dossier.enter', training);
  const technician = await lab.as('jiance');
  expect((await technician.call('dossier.list', { subject: 'person', subjectId: 'P001' })).entries).toHaveLength(1);
  expect((await refusalOf(technician.call('dossier.enter', training))).code).toBe('PERMISSION_DENIED');
  expect((await refusalOf(keeper.call('dossier.export', { subject: 'person' }))).code).toBe('PERMISSION_DENIED');
});

test('the export names every entry, also the withdrawn ones, and is logged', async () => {
  const { text } = await manager.call('dossier.export', { subject: 'equipment' });
  const count = Number(lab.store.first(`SELECT count(*) AS n FROM dossierEntry WHERE subject = 'equipment'`)?.['n']);
  expect(text.trimEnd().split('\r\n')).toHaveLength(count + 1);
  expect(text).toContain('登错设备');
  expect(lab.store.first(`SELECT newValue FROM audit WHERE entity = 'dossier'`)?.['newValue']).toContain(`${count} 条`);
});

describe('reminders', () => {
  const said = () =>
    lab.store
      .all(`SELECT text, level FROM notice WHERE text LIKE '%维护保养%' ORDER BY noticeId`)
      .map((row) => `${String(row['level'])} ${/不到 \d+ 天|已于/.exec(String(row['text']))?.[0] ?? ''}`);

  test('at 60, 30 and 7 days and once past', () => {
    const marks = [61, 60, 31, 30, 8, 7, 0, -1, -400].map((days) => markOf(addDays(today(), days), today()));
    expect(marks).toEqual([null, 60, 60, 30, 30, 7, 7, 0, 0]);
  });

  test('each is said once; after a long pause only the nearest', async () => {
    await keeper.call('dossier.enter', entry({ kind: 'maintenance', result: null, title: '换油', nextOn: addDays(today(), 100) })); // prettier-ignore
    remind(later(0));
    expect(said()).toEqual([]);
    remind(later(45));
    remind(later(46));
    expect(said()).toEqual(['info 不到 60 天']);
    // A machine out of use is no matter of a reminder.
    await keeper.call('equipment.setState', { equipmentId: 'E001', state: 'stopped', reason: '送检' });
    remind(later(75));
    await keeper.call('equipment.setState', { equipmentId: 'E001', state: 'inUse', reason: '检定合格返回' });
    // From here straight into the last week: 30 days are no longer said.
    remind(later(95));
    expect(said().toSorted()).toEqual(['info 不到 60 天', 'warning 不到 7 天']);
    remind(later(101));
    remind(later(300));
    expect(said().toSorted()).toEqual(['info 不到 60 天', 'warning 不到 7 天', 'warning 已于']);
  });

  test('a reminder can be acknowledged as any notice, and is not made again', async () => {
    const [open] = lab.store.all(`SELECT noticeId FROM notice WHERE text LIKE '%维护保养%' AND acknowledgedBy IS NULL`);
    const noticeId = String(open?.['noticeId']);
    await manager.call('notices.acknowledge', { noticeId });
    expect(lab.store.get('notice', noticeId)?.['acknowledgedBy']).toBe(manager.user.name);
    const before = said().length;
    remind(later(300));
    expect(said()).toHaveLength(before);
  });

  test('every kind that comes round has a name and a subject of its own', () => {
    for (const kind of Object.values(dossierKinds)) expect(kind.name.length * kind.by.length).toBeGreaterThan(0);
    expect(remind(later(0)) + remind(later(0))).toBe(0);
  });
});
