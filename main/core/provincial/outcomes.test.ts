import { afterEach, expect, test } from 'vitest';
import { commissionRow, insertCommission, openTestStore, type TestStore } from '../../../tests/support/testStore.ts';
import { programActor } from '../context.ts';
import type { EntryChange } from '../../../sync/provincial/sync-store.ts';
import { queue } from './outbox.ts';
import { recordOutcome } from './outcomes.ts';

let lab: TestStore;
afterEach(() => lab.remove());
const actor = programActor('上传');

const change = (entryId: string, state: EntryChange['state'], more: Partial<EntryChange> = {}): EntryChange => ({
  entryId,
  state,
  attempts: 0,
  nextTryAt: null,
  batchId: null,
  failureClass: null,
  platformCode: null,
  platformMessage: null,
  platformDetails: null,
  acceptedAt: null,
  ...more,
});

test('a refused report shows the platform’s words once, and is no longer refused when the platform takes it after all', () => {
  lab = openTestStore();
  const { store } = lab;
  const entryId = store.transact(actor, (tx) => {
    insertCommission(tx, commissionRow('WT1'));
    tx.insert('report', {
      reportKey: 'BG1#1',
      reportNo: 'BG1',
      revision: 1,
      commissionNo: 'WT1',
      itemCode: 'HNT-KY',
      dueOn: '2026-11-23',
      title: '报告',
      state: 'approved',
      draftJson: '{}',
      createdAt: '2026-11-23T09:00:00.000+08:00',
    });
    return queue(tx, { kind: 'report', commissionNo: 'WT1', key: 'BG1', revision: 1, payload: { reportNo: 'BG1' } }) ?? ''; // prettier-ignore
  });
  const refused = change(entryId, 'rejected', { platformCode: 'VALIDATION', platformMessage: '缺少见证人' });
  store.transact(actor, (tx) => recordOutcome(tx, { attempt: null, changes: [refused] }));
  store.transact(actor, (tx) => recordOutcome(tx, { attempt: null, changes: [refused] }));
  expect(store.get('report', 'BG1#1')?.['state']).toBe('rejected');
  const notices = store.all('SELECT text FROM notice');
  expect(notices).toHaveLength(1);
  expect(notices[0]?.['text']).toContain('VALIDATION 缺少见证人');

  store.transact(actor, (tx) => recordOutcome(tx, { attempt: null, changes: [change(entryId, 'accepted')] }));
  expect(store.get('report', 'BG1#1')?.['state']).toBe('submitted');
});
