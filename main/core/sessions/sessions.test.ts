import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { createAccount } from './accounts.ts';

let lab: TestCore;
let username: string;
let userId: string;
const password = 'first-password-1';
const actor = { actor: '测试', workstation: '测试' };
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

let counter = 0;
beforeEach(async () => {
  counter += 1;
  username = `Person${counter}`;
  ({ userId } = await createAccount(lab.context, actor, {
    username,
    personId: 'P002',
    roles: ['technician'],
    password,
  }));
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const signIn = (window = lab.window(), typed = password, name = username) =>
  window.call('session.signIn', { username: name, password: typed });

describe('idle lock', () => {
  test('locks after the limit, keeps the user, opens with the password and with no other', async () => {
    const window = lab.window();
    await signIn(window);
    later(14 * 60_000);
    await window.call('commissions.search', {});
    later(14 * 60_000);
    await window.call('session.touch', {});
    later(15 * 60_000);
    const refused = await refusalOf(window.call('commissions.search', {}));
    expect(refused).toMatchObject({ code: 'SESSION_LOCKED', next: '请输入密码解锁后再试。' });
    expect(await window.call('session.current', {})).toMatchObject({ state: 'locked', user: { username } });
    expect((await refusalOf(window.call('session.unlock', { password: 'x' }))).code).toBe('SIGN_IN_REFUSED');
    expect((await window.call('session.unlock', { password })).state).toBe('open');
    await window.call('commissions.search', {});
  });

  test('what windows ask by themselves does not show that a person is there', async () => {
    const window = lab.window();
    await signIn(window);
    for (let minute = 0; minute < 14; minute += 1) {
      later(60_000);
      await window.call('replication.pull', { collection: 'tasks', checkpoint: 0, limit: 10 });
      await window.call('drafts.save', { form: 'f', content: `${minute}` });
      await window.call('session.current', {});
    }
    later(60_000);
    const pull = window.call('replication.pull', { collection: 'tasks', checkpoint: 0, limit: 10 });
    expect((await refusalOf(pull)).code).toBe('SESSION_LOCKED');
    // Nothing of what was typed is lost.
    await window.call('session.unlock', { password });
    expect((await window.call('drafts.load', { form: 'f' })).content).toBe('13');
  });

  test('a shorter limit counts at once; a locked or signed-out window hears nothing of the work', async () => {
    const admin = await lab.as('admin');
    await admin.call('settings.change', { idleLockMinutes: 1, reason: '安全要求' });
    const window = lab.window();
    await signIn(window);
    later(61_000);
    expect((await window.call('session.current', {})).state).toBe('locked');
    const heard = window.events.length;
    lab.store.transact(actor, (tx) => tx.touch('tasks', 'x'));
    expect(window.events.length).toBe(heard);
    await window.call('session.unlock', { password });
    lab.store.transact(actor, (tx) => tx.touch('tasks', 'x'));
    expect(window.events.at(-1)?.type).toBe('resync');
    await window.call('session.signOut', {});
    const signedOut = window.events.length;
    lab.store.transact(actor, (tx) => tx.touch('tasks', 'x'));
    expect(window.events.length).toBe(signedOut);
    await admin.call('session.unlock', { password: lab.password });
    await admin.call('settings.change', { idleLockMinutes: 15, reason: '恢复' });
  });
});

describe('wrong passwords', () => {
  const wrong = async (name = username) => (await refusalOf(signIn(lab.window(), 'wrong', name))).code;

  test('the third in a row makes the next try wait, longer each time, and the right one then ends it', async () => {
    expect([await wrong(), await wrong(), await wrong()]).toEqual(Array(3).fill('SIGN_IN_REFUSED'));
    const waiting = await refusalOf(signIn());
    expect(waiting.code).toBe('SIGN_IN_WAIT');
    expect(waiting.message).toContain('连续输错 3 次，请等 2 秒');
    later(2_000);
    expect(await wrong()).toBe('SIGN_IN_REFUSED');
    expect((await refusalOf(signIn())).message).toContain('请等 4 秒');
    later(4_000);
    expect((await signIn()).state).toBe('open');
    expect(await wrong()).toBe('SIGN_IN_REFUSED');
    expect((await signIn()).state).toBe('open');
  });

  test('another spelling of the same name does not get tries of its own', async () => {
    expect([await wrong(), await wrong(username.toUpperCase()), await wrong(username.toLowerCase())]).toHaveLength(3);
    expect((await refusalOf(signIn())).code).toBe('SIGN_IN_WAIT');
  });

  test('tries sent all at once meet the delay as well', async () => {
    const codes = await Promise.all(Array.from({ length: 10 }, () => wrong()));
    expect(codes.filter((code) => code === 'SIGN_IN_REFUSED')).toHaveLength(3);
    expect(codes.filter((code) => code === 'SIGN_IN_WAIT')).toHaveLength(7);
  });

  test('unlocking counts with signing in; an unknown name is told the same as a wrong password', async () => {
    const window = lab.window();
    await signIn(window);
    await window.call('session.lock', {});
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect((await refusalOf(window.call('session.unlock', { password: 'x' }))).code).toBe('SIGN_IN_REFUSED');
    expect((await refusalOf(signIn())).code).toBe('SIGN_IN_WAIT');
    expect(await wrong('nobody')).toBe('SIGN_IN_REFUSED');
  });
});

describe('accounts', () => {
  test('an account that is disabled in mid-session is out with the next call and cannot come back', async () => {
    const window = lab.window();
    await signIn(window);
    const admin = await lab.as('admin');
    await admin.call('users.change', { userId, disabled: true, reason: '离职' });
    const refused = await refusalOf(window.call('commissions.search', {}));
    expect(refused).toMatchObject({ code: 'SESSION_SIGNED_OUT' });
    expect((await refusalOf(signIn())).code).toBe('SIGN_IN_REFUSED');
    await admin.call('users.change', { userId, disabled: false, reason: '返聘' });
    expect((await signIn()).state).toBe('open');
  });

  test('a role taken away counts with the next call', async () => {
    const window = lab.window();
    await signIn(window);
    const admin = await lab.as('admin');
    await admin.call('users.change', { userId, roles: ['checker'], reason: '调岗' });
    const refused = await refusalOf(window.call('bench.state', { equipmentId: 'E001' }));
    expect(refused.code).toBe('PERMISSION_DENIED');
  });

  test('a name is given once, whatever its case; nobody locks himself out of keeping users', async () => {
    const admin = await lab.as('admin');
    const twin = { username: username.toUpperCase(), personId: 'P001', roles: ['technician' as const], password };
    expect((await refusalOf(admin.call('users.create', twin))).code).toBe('USERNAME_TAKEN');
    const own = admin.user.userId;
    for (const change of [{ disabled: true }, { roles: ['receiver' as const] }])
      expect((await refusalOf(admin.call('users.change', { userId: own, ...change, reason: '试' }))).code).toBe('OWN_ACCOUNT'); // prettier-ignore
  });

  test('who changed an account and why is in its history', async () => {
    const admin = await lab.as('admin');
    await admin.call('users.change', { userId, roles: ['receiver'], reason: '换岗到收样' });
    const { entries } = await admin.call('audit.history', { entity: 'userAccount', key: userId });
    expect(entries[0]).toMatchObject({ field: 'rolesJson', reason: '换岗到收样', actor: '许文涛(admin)' });
  });
});
