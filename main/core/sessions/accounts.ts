// User accounts: one per person, one or more roles. Changes go through the audit chain; a password is never in it.
import { ulid } from 'ulid';
import type { User } from '../../../shared/contract/answers.ts';
import type { Role } from '../../../shared/entities/roles.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { requireRow } from '../../store/store.ts';
import type { Row } from '../../store/tables.ts';
import type { Context, SomeHandlers } from '../context.ts';
import { hashPassword } from './passwords.ts';

export function userOf(context: Context, row: Row): User {
  const person = context.store.get('person', row['personId'] ?? '');
  return {
    userId: String(row['userId']),
    username: String(row['username']),
    personId: String(row['personId']),
    name: String(person?.['name'] ?? row['username']),
    roles: JSON.parse(String(row['rolesJson'])) as Role[],
    disabled: row['disabled'] === 1,
  };
}

export async function createAccount(
  context: Context,
  actor: AuditActor,
  input: { username: string; personId: string; roles: Role[]; password: string },
): Promise<User> {
  requireRow(context.store.get('person', input.personId), '人员', input.personId);
  if (context.store.first('SELECT 1 FROM userAccount WHERE username = ?', input.username)) {
    throw new AppError({
      code: 'USERNAME_TAKEN',
      message: `用户名 ${input.username} 已经有人使用。`,
      meaning: '每个用户名只能属于一个人。',
      next: '请换一个用户名。',
    });
  }
  const passwordHash = await hashPassword(input.password);
  const userId = ulid();
  context.store.transact(actor, (tx) =>
    tx.insert('userAccount', {
      userId,
      username: input.username,
      personId: input.personId,
      passwordHash,
      rolesJson: JSON.stringify(input.roles),
      disabled: 0,
      createdAt: toWallTime(context.now()),
    }),
  );
  return userOf(context, requireRow(context.store.get('userAccount', userId), '用户', userId));
}

export function accountHandlers(context: Context): SomeHandlers<'users.list' | 'users.create' | 'users.change'> {
  return {
    'users.list': () => ({
      users: context.store.all('SELECT * FROM userAccount ORDER BY username').map((row) => userOf(context, row)),
    }),
    'users.create': (input, caller) => createAccount(context, caller.actor, input),
    async 'users.change'(input, caller) {
      requireRow(context.store.get('userAccount', input.userId), '用户', input.userId);
      if (
        input.userId === caller.user.userId &&
        (input.disabled || (input.roles && !input.roles.includes('administrator')))
      ) {
        throw new AppError({
          code: 'OWN_ACCOUNT',
          message: '不能停用自己，也不能去掉自己的系统管理员角色。',
          meaning: '否则可能没有人能再管理用户。',
          next: '请由另一名系统管理员操作。',
        });
      }
      const passwordHash = input.password === undefined ? null : await hashPassword(input.password);
      context.store.transact(caller.actor, (tx) =>
        tx.update(
          'userAccount',
          input.userId,
          {
            ...(input.roles ? { rolesJson: JSON.stringify(input.roles) } : {}),
            ...(input.disabled === undefined ? {} : { disabled: input.disabled ? 1 : 0 }),
            ...(passwordHash === null ? {} : { passwordHash }),
          },
          input.reason,
        ),
      );
      return userOf(context, requireRow(context.store.get('userAccount', input.userId), '用户', input.userId));
    },
  };
}
