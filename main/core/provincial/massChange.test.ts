// Downloads that would take away many at once: held for people, machines and qualifications, shown with names and counts,
// decided by a person with a reason, both ways on record, and never in the way of the other kinds.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { openTestStore, personRow, tester } from '../../../tests/support/testStore.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import type { ReferencePageToApply } from '../../../sync/provincial/sync-store.ts';
import { verifyStore } from '../../store/verify.ts';
import { mustWait } from './massChange.ts';
import { isActive } from './profileInForce.ts';
import { SqliteSyncStore } from './syncStore.ts';

const today = toCalendarDay(Date.now());
let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const pageOf = (kind: ReferencePageToApply['kind'], rows: ReferencePageToApply['rows']): ReferencePageToApply => ({
  kind,
  rows,
  cursor: 'v9999',
  snapshot: 'v9999',
  more: false,
  at: Date.now(),
});
const people = (ids: string[], state: string) =>
  pageOf(
    'person',
    ids.map((id) => ({ id, version: 99, deleted: false, data: { name: id, certificateNo: '', state } })),
  );
const gone = (kind: ReferencePageToApply['kind'], ids: string[]) =>
  pageOf(
    kind,
    ids.map((id) => ({ id, version: 99, deleted: true, data: null })),
  );
const idsOf = (table: string, key: string, where: string, many: number) =>
  lab.store.all(`SELECT ${key} AS id FROM ${table} WHERE ${where} LIMIT ${many}`).map((row) => String(row['id']));
const syncStore = () => new SqliteSyncStore(lab.context, () => undefined);
const newestHeld = () => lab.store.first('SELECT * FROM referenceHeld ORDER BY heldId DESC');

describe('what would take away many at once is held, and changes nothing', () => {
  test('people', () => {
    const store = syncStore();
    const cursor = store.referenceCursor('person');
    expect(store.applyReferencePage(people(['P001', 'P002', 'P003'], 'disabled'))).toBe('held');
    expect(store.referenceCursor('person')).toBe(cursor);
    expect(lab.store.get('person', 'P001')?.['state']).toBe('active');
    // The same page again, as every half hour, is not said twice.
    expect(store.applyReferencePage(people(['P001', 'P002', 'P003'], 'disabled'))).toBe('held');
    expect(lab.store.first("SELECT count(*) AS n FROM notice WHERE level = 'alarm'")?.['n']).toBe(1);
    const lost = JSON.parse(String(newestHeld()?.['lostJson'])) as { name: string; why: string }[];
    expect(lost).toHaveLength(3);
    expect(lost[0]).toMatchObject({ name: '梁志远', why: '状态改为 disabled' });
  });

  test('machines, withdrawn or with a calibration that is suddenly over', () => {
    const usable = idsOf('equipment', 'equipmentId', `platformState = 'active' AND equipmentId <> 'E002'`, 4);
    expect(syncStore().applyReferencePage(gone('equipment', usable))).toBe('held');
    const rows = usable.map((id) => {
      const row = lab.store.get('equipment', id);
      const data = { name: row?.['name'], model: 'x', serial: 'x', itemCodes: [], startDate: '2020-01-01', validMonths: 12, state: 'active' }; // prettier-ignore
      return { id, version: 99, deleted: false, data };
    });
    expect(syncStore().applyReferencePage(pageOf('equipment', rows))).toBe('held');
    expect(String(newestHeld()?.['lostJson'])).toContain('检定有效期改为至 2020-12-31');
    expect(lab.store.get('equipment', usable[0] ?? '')?.['platformState']).toBe('active');
  });

  test('qualifications, withdrawn or over', () => {
    const many = Number(lab.store.first(`SELECT count(*) AS n FROM personQualification WHERE state = 'active' AND validTo >= ?`, today)?.['n']); // prettier-ignore
    const some = idsOf('personQualification', 'qualificationId', `state = 'active' AND validTo >= '${today}'`, Math.floor(many / 5) + 1); // prettier-ignore
    expect(syncStore().applyReferencePage(gone('person-qualification', some))).toBe('held');
    const over = some.map((id) => {
      const row = lab.store.get('personQualification', id);
      return { id, version: 99, deleted: false, data: { personId: row?.['personId'], itemCode: row?.['itemCode'], validTo: addDays(today, -1) } }; // prettier-ignore
    });
    expect(syncStore().applyReferencePage(pageOf('person-qualification', over))).toBe('held');
    expect(String(newestHeld()?.['lostJson'])).toMatch(/：.*有效期改为至/);
  });
});

test('another word for active disables nobody', () => {
  expect(syncStore().applyReferencePage({ ...people(['P001', 'P002', 'P003'], '在岗'), cursor: '' })).toBe('applied');
  expect(lab.store.get('person', 'P001')?.['state']).toBe('active');
  expect(['正常', '停用', ''].map((word) => isActive(lab.store, word))).toEqual([true, false, false]);
});

describe('a person decides', () => {
  test('who may, with a reason, once; the decision, its author and the names are in the audit', async () => {
    const page = people(['P001', 'P002', 'P004'], '离岗');
    expect(syncStore().applyReferencePage(page)).toBe('held');
    const heldId = String(newestHeld()?.['heldId']);
    const technician = await lab.as('jiance');
    const tried = technician.call('sync.decideHeld', { heldId, decision: 'accepted', reason: '试试' });
    expect((await refusalOf(tried)).code).toBe('PERMISSION_DENIED');
    const manager = await lab.as('zhiliang');
    expect((await refusalOf(manager.call('sync.decideHeld', { heldId, decision: 'refused', reason: ' ' }))).code).toBe('INPUT_INVALID'); // prettier-ignore
    const { page: refused } = await manager.call('sync.decideHeld', { heldId, decision: 'refused', reason: '三人均在岗，已电话告知平台' }); // prettier-ignore
    expect(refused).toMatchObject({ state: 'refused', decidedByName: manager.user.name });
    expect(refused.lost.map(({ name }) => name)).toContain('钟国栋');
    expect(syncStore().applyReferencePage(page)).toBe('held');
    expect(lab.store.first('SELECT acknowledgedBy FROM notice WHERE subjectKey = ?', heldId)?.['acknowledgedBy']).toBe(manager.user.name); // prettier-ignore
    const audit = lab.store.first(`SELECT actor, reason FROM audit WHERE entity = 'referenceHeld' AND entityKey = ? AND field = 'state'`, heldId); // prettier-ignore
    expect(audit).toMatchObject({ reason: '三人均在岗，已电话告知平台' });
    // On second thoughts: what was refused can be taken, what was taken cannot be undone here.
    await manager.call('sync.decideHeld', { heldId, decision: 'accepted', reason: '核实后确已离岗' });
    const again = manager.call('sync.decideHeld', { heldId, decision: 'refused', reason: '又改' });
    expect((await refusalOf(again)).code).toBe('ALREADY_DECIDED');
    expect(syncStore().applyReferencePage(page)).toBe('applied');
    expect(lab.store.get('person', 'P004')?.['state']).toBe('离岗');
    expect(verifyStore(lab.store.database).firstFault).toBeNull();
  });
});

test('over real HTTP: one kind is held, the others come down, and it is taken after the decision', async () => {
  const own = await openTestCore();
  const { platform, link } = own.core;
  if (!platform) throw new Error('no platform');
  const ids = own.store.all(`SELECT qualificationId AS id FROM personQualification WHERE state = 'active' AND validTo >= ?`, today); // prettier-ignore
  for (const { id } of ids.slice(0, Math.floor(ids.length / 4)))
    platform.supervisor.revokeQualification(String(id), '集中清理');
  // As if the events had not come: only the download tells.
  await link.refresh();
  const [held] = own.store.all('SELECT * FROM referenceHeld');
  expect(held).toMatchObject({ kind: 'person-qualification', state: 'waiting' });
  const before = own.store.get('referenceCursor', 'person-qualification');
  const others = own.store.get('referenceCursor', 'project');
  await new Promise((resolve) => setTimeout(resolve, 20));
  await link.refresh();
  expect(own.store.get('referenceCursor', 'person-qualification')).toEqual(before);
  expect(String(own.store.get('referenceCursor', 'project')?.['fetchedAt']) > String(others?.['fetchedAt'])).toBe(true);
  const manager = await own.as('zhiliang');
  const pull = () => manager.call('replication.pull', { collection: 'status', checkpoint: 0, limit: 5 });
  expect((await pull()).documents[0]).toMatchObject({ held: [{ kind: 'person-qualification', lost: Math.floor(ids.length / 4) }] }); // prettier-ignore
  await manager.call('sync.decideHeld', {
    heldId: String(held?.['heldId']),
    decision: 'accepted',
    reason: '平台已发文',
  });
  expect((await pull()).documents[0]).toMatchObject({ held: [] });
  const [first] = ids;
  expect(own.store.get('personQualification', String(first?.['id']))?.['state']).toBe('deleted');
  await own.stop();
});

describe('what counts as many', () => {
  const pages = (active: number, lostPerPage: number[], more: boolean[] = []) => {
    const opened = openTestStore();
    opened.store.transact(tester, (tx) => {
      for (let n = 0; n < active; n += 1) tx.insert('person', personRow(`P${n}`));
    });
    let from = 0;
    const answers = lostPerPage.map((lost, index) => {
      const rows = Array.from({ length: lost }, (_, n) => ({
        id: `P${from + n}`,
        version: 2,
        deleted: true,
        data: null,
      }));
      from += lost;
      return opened.store.transact(tester, (tx) => {
        const waits = mustWait(tx, { ...pageOf('person', rows), more: more[index] ?? false });
        if (!waits) for (const { id } of rows) tx.update('person', id, { state: 'deleted' });
        return waits;
      });
    });
    opened.remove();
    return answers;
  };

  test('more than a fifth, at least two; whatever the size of the lab', () => {
    expect(pages(10, [2])).toEqual([false]);
    expect(pages(10, [3])).toEqual([true]);
    expect(pages(4, [1])).toEqual([false]);
    expect(pages(8, [8])).toEqual([true]);
    expect(pages(5, [2])).toEqual([true]);
    expect(pages(1, [1])).toEqual([false]);
  });

  test('pages of one download are counted together, separate downloads are not', () => {
    expect(pages(100, [15, 15], [true, false])).toEqual([false, true]);
    expect(pages(100, [10, 10, 1], [true, true, false])).toEqual([false, false, true]);
    expect(pages(100, [15, 15], [false, false])).toEqual([false, false]);
    expect(pages(100, [20, 0], [true, false])).toEqual([false, false]);
  });
});
