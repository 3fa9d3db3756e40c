// The permission matrix, cell by cell: docs/roles.md says who may make which call, and every call is tried at the door for
// every role. A call without a row, a row without a call, and a permission that was widened in the code alone all fail.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callNames } from '../../shared/contract/calls.ts';
import { roleNames } from '../../shared/entities/roles.ts';
import { readRoles, roles } from '../../tests/support/rolesTable.ts';
import { countsOf, openTestCore, type TestCore } from '../../tests/support/testCore.ts';
import { createAccount } from './sessions/accounts.ts';

const table = readRoles();
const password = 'one-role-2026';
let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
  const actor = { actor: '测试', workstation: '测试' };
  for (const role of roles)
    await createAccount(lab.context, actor, { username: `only-${role}`, personId: 'P005', roles: [role], password });
  const every = { username: 'every-role', personId: 'P005', roles: [...roles], password };
  await createAccount(lab.context, actor, every);
});
afterAll(() => lab.stop());

async function seatOf(username: string) {
  const seat = lab.window();
  await seat.call('session.signIn', { username, password });
  return seat;
}
/** No call takes null: whoever gets as far as the parser is let in, and nothing is done. */
const answerOf = async (seat: { raw: ReturnType<TestCore['window']>['raw'] }, name: string): Promise<string> => {
  const reply = await seat.raw(name, null);
  return reply.ok ? 'done' : reply.error.code;
};

test('every call has its row, and every row its call', () => {
  expect([...table.keys()].toSorted(), 'run: node tests/support/rolesTable.ts').toEqual([...callNames].toSorted());
});

describe.each(roles)('%s', (role) => {
  test(`${roleNames[role]}: each call is allowed or refused as the table says`, async () => {
    const seat = await seatOf(`only-${role}`);
    const before = countsOf(lab.store);
    for (const name of callNames) {
      const allowed = table.get(name)?.has(role) ?? false;
      expect(await answerOf(seat, name), name).toBe(allowed ? 'INPUT_INVALID' : 'PERMISSION_DENIED');
    }
    expect(countsOf(lab.store)).toEqual(before);
  });
});

test('several roles together may what any of them may', async () => {
  const seat = await seatOf('every-role');
  for (const name of callNames)
    expect(await answerOf(seat, name), name).toBe((table.get(name)?.size ?? 0) > 0 ? 'INPUT_INVALID' : 'PERMISSION_DENIED'); // prettier-ignore
});

test('a role that is taken away, or an account that is disabled, counts at once', async () => {
  const admin = await lab.as('admin');
  const seat = await seatOf('only-qualityManager');
  expect(await answerOf(seat, 'audit.verify')).toBe('INPUT_INVALID');
  const { users } = await admin.call('users.list', {});
  const userId = users.find(({ username }) => username === 'only-qualityManager')?.userId ?? '';
  await admin.call('users.change', { userId, roles: ['receiver'], reason: '调岗' });
  expect(await answerOf(seat, 'audit.verify')).toBe('PERMISSION_DENIED');
  await admin.call('users.change', { userId, disabled: true, reason: '离职' });
  expect(await answerOf(seat, 'notices.acknowledge')).toBe('SESSION_SIGNED_OUT');
});

test('the roles that matter most are kept apart', () => {
  const may = (role: (typeof roles)[number]) => callNames.filter((name) => table.get(name)?.has(role));
  const has = (name: string, role: (typeof roles)[number]) => table.get(name)?.has(role) ?? false;
  // Who rules over accounts signs nothing and lets nothing pass; who tests does not approve.
  const signatures = ['records.signTest', 'records.signCheck', 'reports.approve', 'gate.override', 'changes.approve'];
  for (const name of signatures) expect(has(name, 'administrator'), name).toBe(false);
  expect(has('records.signTest', 'authorisedSignatory') || has('reports.approve', 'technician')).toBe(false);
  expect(has('users.change', 'qualityManager')).toBe(false);
  for (const role of roles) expect(may(role).length, role).toBeGreaterThan(20);
});
