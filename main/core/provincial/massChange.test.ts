import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { isActive } from './referenceRows.ts';
import { SqliteSyncStore } from './syncStore.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const page = (ids: string[], state: string) => ({
  kind: 'person' as const,
  rows: ids.map((id) => ({ id, version: 99, deleted: false, data: { name: id, certificateNo: '', state } })),
  cursor: 'c99',
  snapshot: 'v99',
  more: false,
  at: Date.now(),
});

test('a page that would disable many people at once is held for a person, and changes nothing', () => {
  const store = new SqliteSyncStore(lab.context, () => undefined);
  const cursor = store.referenceCursor('person');
  expect(store.applyReferencePage(page(['P001', 'P002', 'P003'], 'disabled'))).toBe('held');
  expect(store.referenceCursor('person')).toBe(cursor);
  expect(lab.store.get('person', 'P001')?.['state']).toBe('active');
  expect(lab.store.first("SELECT count(*) AS n FROM notice WHERE level = 'alarm'")?.['n']).toBe(1);
});

test('another word for active disables nobody', () => {
  const store = new SqliteSyncStore(lab.context, () => undefined);
  expect(store.applyReferencePage(page(['P001', 'P002', 'P003'], '在岗'))).toBe('applied');
  expect(lab.store.get('person', 'P001')?.['state']).toBe('active');
  expect([isActive('正常'), isActive('停用'), isActive('')]).toEqual([true, false, false]);
});
