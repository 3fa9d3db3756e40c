// A store of the version before takes the assignment: its tasks stay as they were and are nobody's, the audit chain still
// rebuilds them, and what is asked of open tasks and of a day is found by indexes.
import { expect, test } from 'vitest';
import { useOldStore } from '../../../tests/support/oldStore.ts';
import { openStore } from '../store.ts';
import { verifyStore } from '../verify.ts';

const actor = { actor: '测试', workstation: '测试' };
const old = useOldStore();

test('tasks stay as they were, and nobody has them', () => {
  const db = old.openBefore(16);
  const before = db.prepare<[], Record<string, unknown>>('SELECT * FROM task ORDER BY taskId').all();
  expect(before.length).toBeGreaterThan(0);
  expect(Object.keys(before[0] ?? {})).not.toContain('assigneeId');
  db.close();

  const store = openStore(old.folder, actor);
  const none = { assigneeId: null, assigneeName: null, assignedAt: null, assignedByName: null, assignedReason: null };
  expect(store.all('SELECT * FROM task ORDER BY taskId')).toEqual(before.map((row) => ({ ...row, ...none })));
  const taskId = String(before[0]?.['taskId']);
  store.transact(actor, (tx) => tx.update('task', taskId, { assigneeId: 'P001', assigneeName: '梁志远' }, '试'));
  expect(verifyStore(store.database).firstFault).toBeNull();
  expect(() => store.database.exec('DELETE FROM task')).toThrow(/UNDELETABLE/);
  store.close();
});

test.each([
  [`SELECT taskId FROM task WHERE dueOn BETWEEN '2026-11-01' AND '2026-11-30'`, 'taskByDue'],
  [`SELECT count(*) FROM task WHERE state IN ('waiting', 'testing') AND assigneeId = 'P001'`, 'taskByAssignee'],
  [`SELECT dueOn FROM task WHERE state IN ('waiting', 'testing') AND assigneeId IS NOT NULL`, 'taskByAssignee'],
  [`SELECT taskId FROM task WHERE state IN ('waiting', 'testing') AND assigneeId IS NULL`, 'taskOpen'],
])('%s is found by %s', (sql, index) => {
  const store = openStore(old.folder, actor);
  const plan = store
    .all(`EXPLAIN QUERY PLAN ${sql}`)
    .map((row) => String(row['detail']))
    .join('\n');
  store.close();
  expect(plan).toContain(index);
});
