// The only door: every call for every role, and what is refused before anything is done.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { User } from '../../shared/contract/answers.ts';
import { callNames, calls } from '../../shared/contract/calls.ts';
import type { Reply } from '../../shared/contract/call.ts';
import { permits, roleNames, type Role } from '../../shared/entities/roles.ts';
import { commissionInput, sampleInput } from '../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../tests/support/testCore.ts';
import { createDispatcher, type DispatchTarget } from './dispatch.ts';
import { createAccount } from './sessions/accounts.ts';
import { freshSession, Sessions } from './sessions/sessions.ts';

const roles = Object.keys(roleNames) as Role[];
const password = 'one-role-2026';
let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
  const actor = { actor: '测试', workstation: '测试' };
  for (const role of roles)
    await createAccount(lab.context, actor, { username: `only-${role}`, personId: 'P005', roles: [role], password });
});
afterAll(() => lab.stop());

const codeOf = (reply: Reply) => (reply.ok ? 'OK' : reply.error.code);
/** No call takes null: whoever gets as far as the parser is permitted, and nothing is done. */
const probe = async (raw: (name: string, input: unknown) => Promise<Reply>) =>
  Object.fromEntries(await Promise.all(callNames.map(async (name) => [name, codeOf(await raw(name, null))] as const)));

describe('permission matrix', () => {
  test.each(roles)('%s may make exactly the calls that the role permits', async (role) => {
    const window = lab.window();
    await window.call('session.signIn', { username: `only-${role}`, password });
    const expected = Object.fromEntries(
      callNames.map((name) => [name, permits([role], calls[name].permission) ? 'INPUT_INVALID' : 'PERMISSION_DENIED']),
    );
    expect(await probe(window.raw)).toEqual(expected);
  });

  test('nobody signed in: only what is public', async () => {
    const expected = Object.fromEntries(
      callNames.map((name) => [name, calls[name].permission === 'public' ? 'INPUT_INVALID' : 'SESSION_SIGNED_OUT']),
    );
    expect(await probe(lab.window().raw)).toEqual(expected);
  });

  test('locked: only what belongs to the session', async () => {
    const window = lab.window();
    await window.call('session.signIn', { username: 'only-administrator', password });
    expect((await window.call('session.lock', {})).state).toBe('locked');
    const expected = Object.fromEntries(
      callNames.map((name) => [
        name,
        ['public', 'session'].includes(calls[name].permission) ? 'INPUT_INVALID' : 'SESSION_LOCKED',
      ]),
    );
    expect(await probe(window.raw)).toEqual(expected);
  });

  test('a refusal names the person, the call and who may do it', async () => {
    const refused = await refusalOf((await lab.as('jiance')).call('users.list', {}));
    expect(refused).toMatchObject({ code: 'PERMISSION_DENIED', meaning: '什么也没有执行。' });
    expect(refused.message).toContain('梁志远');
    expect(refused.next).toContain('系统管理员');
  });
});

describe('what is not declared or does not parse', () => {
  test.each(['store.transact', 'constructor', '__proto__', 'toString', 'records.get ', '', 'hasOwnProperty'])(
    'the call %j does not exist',
    async (name) => {
      const reply = await (await lab.as('admin')).raw(name, {});
      expect(codeOf(reply)).toBe('CALL_UNKNOWN');
    },
  );

  test('details by field, in Chinese, and nothing written', async () => {
    const before = countsOf(lab.store);
    const bad = {
      ...commissionInput(),
      clientUnit: '',
      commissionedByOwner: 'ja',
      witnessName: undefined,
      samples: [{ ...sampleInput(), requiredAgeDays: 'abc', madeOn: '2026-02-30', madeAt: '25:00' }],
    };
    const reply = await (await lab.as('shouyang')).raw('commissions.register', bad);
    if (reply.ok) throw new Error('was not refused');
    const { code, message, details = [] } = reply.error;
    expect(code).toBe('INPUT_INVALID');
    expect(message).toBe('填写的内容有误，没有保存。');
    expect(Object.fromEntries(details.map((detail) => [detail.field, detail.message]))).toEqual({
      clientUnit: '必填',
      commissionedByOwner: '应为是或否',
      witnessName: '必填',
      'samples.0.requiredAgeDays': '龄期应为整天数',
      'samples.0.madeOn': '应为日期 YYYY-MM-DD',
      'samples.0.madeAt': '应为时刻 HH:MM',
    });
    expect(countsOf(lab.store)).toEqual(before);
  });

  test('characters that cannot be seen are refused: a report may not hold them', async () => {
    const input = commissionInput({ clientUnit: '云岭\u202e置业' });
    const reply = await (await lab.as('shouyang')).raw('commissions.register', input);
    expect(reply).toMatchObject({ error: { details: [{ field: 'clientUnit', message: '含有看不见的字符' }] } });
  });
});

describe('a fault of the program', () => {
  const lines: string[] = [];
  const dispatcherWith = (handlers: object) =>
    createDispatcher(new Sessions(lab.context), handlers as never, (level, message) =>
      lines.push(`${level} ${message}`),
    );
  const target = async (): Promise<DispatchTarget> => {
    const session = freshSession();
    const user = lab.store.first(`SELECT userId FROM userAccount WHERE username = 'jiance'`);
    session.userId = String(user?.['userId']);
    return { connectionId: 'c', workstation: 'w', session };
  };

  test('is logged with its cause and told without it', async () => {
    const dispatch = dispatcherWith({
      'drafts.discard': () => {
        throw new Error('secret detail');
      },
    });
    const reply = await dispatch(await target(), 'drafts.discard', { form: 'f' });
    expect(codeOf(reply)).toBe('INTERNAL');
    expect(JSON.stringify(reply)).not.toContain('secret detail');
    expect(lines.at(-1)).toContain('error call drafts.discard failed');
  });

  test('an answer that does not fit the contract does not say that nothing was done', async () => {
    const dispatch = dispatcherWith({ 'drafts.load': () => ({ content: 5 }) });
    const reply = await dispatch(await target(), 'drafts.load', { form: 'f' });
    expect(codeOf(reply)).toBe('ANSWER_INVALID');
    expect(reply).toMatchObject({ error: { message: '这一步已经执行，但结果无法显示。' } });
  });
});

test('no password and no key is anywhere in the data folder or the log', async () => {
  const admin = await lab.as('admin');
  const receiver = await lab.as('shouyang');
  await receiver.call('drafts.save', { form: 'commission', content: '{"clientUnit":"半个字"}' });
  const created: User = await admin.call('users.create', {
    username: 'geheim',
    personId: 'P010',
    roles: ['technician'],
    password: 'Hidden-Password-77',
  });
  await admin.call('users.change', { userId: created.userId, password: 'Other-Password-78', reason: '重设密码' });
  await lab.window().raw('session.signIn', { username: 'geheim', password: 'Wrong-Password-79' });
  const secret = await lab.context.secrets.open(String(lab.store.get('secret', 'platform')?.['sealed']));
  expect(secret.length).toBeGreaterThan(20);
  lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
  // The training password is no secret: the sign-in page of the training lab shows it.
  const hidden = ['Hidden-Password-77', 'Other-Password-78', 'Wrong-Password-79', password, secret];
  const files = readdirSync(lab.folder, { recursive: true, withFileTypes: true }).filter(
    // The embedded platform is the other side; it knows the shared secret.
    (entry) => entry.isFile() && !entry.name.startsWith('training-platform'),
  );
  expect(files.map(({ name }) => name)).toContain('jiantai.sqlite');
  for (const entry of files) {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const text of hidden) expect(bytes.includes(text), `${entry.name} holds ${text}`).toBe(false);
  }
  for (const text of hidden) expect(lab.log.join('\n')).not.toContain(text);
  const hashes = lab.store.all('SELECT passwordHash FROM userAccount').map((row) => String(row['passwordHash']));
  const audit = JSON.stringify(lab.store.all('SELECT * FROM audit'));
  for (const hash of hashes) {
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
    expect(audit).not.toContain(hash);
  }
});
