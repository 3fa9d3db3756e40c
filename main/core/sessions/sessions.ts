// Who sits at which window. A session belongs to a connection, opens with a password, locks after idle time and after
// too many wrong passwords makes the next try wait. What a person was typing is not a session's business: drafts are kept.
import { randomUUID } from 'node:crypto';
import type { Session, User } from '../../../shared/contract/answers.ts';
import { permits, type Permission } from '../../../shared/entities/roles.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { nullableText } from '../../store/cells.ts';
import type { Row } from '../../store/tables.ts';
import { programActor, type Context } from '../context.ts';
import { userOf } from './accounts.ts';
import { checkPassword, hashPassword } from './passwords.ts';
import { settingsOf } from './settings.ts';

export interface LiveSession {
  userId: string | null;
  locked: boolean;
  lastActiveAt: number;
}

export const freshSession = (): LiveSession => ({ userId: null, locked: false, lastActiveAt: Date.now() });

type Purpose = 'signIn' | 'unlock' | 'signature' | 'witness';

const refusals: Record<Purpose, { message: string; meaning: string }> = {
  signIn: { message: '用户名或密码不对。', meaning: '没有登录。' },
  unlock: { message: '密码不对。', meaning: '屏幕没有解锁，已填写的内容还在。' },
  signature: { message: '密码不对。', meaning: '没有签名，内容没有变化。' },
  witness: { message: '第二人的用户名或密码不对。', meaning: '记录没有放行，内容没有变化。' },
};

const wrongPassword = (purpose: Purpose) =>
  new AppError({
    code: 'SIGN_IN_REFUSED',
    ...refusals[purpose],
    next: '请核对后再试；忘记密码请找系统管理员重设。',
  });

export class Sessions {
  readonly #context: Context;
  readonly #decoy = hashPassword(randomUUID());
  readonly #failures = new Map<string, { count: number; until: number }>();
  /** One password at a time per name: many tries sent at once wait for each other and meet the delay. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** The signed-in user as the store knows them now: a role taken away or an account disabled counts at once. */
  userOf(session: LiveSession): User | null {
    const row = session.userId ? this.#context.store.get('userAccount', session.userId) : undefined;
    if (!row || row['disabled'] === 1) return null;
    return userOf(this.#context, row);
  }

  describe(session: LiveSession): Session {
    const user = this.userOf(session);
    const institution = this.#context.store.first('SELECT name FROM institution');
    return {
      state: user ? (session.locked ? 'locked' : 'open') : 'signedOut',
      user,
      institutionName: String(institution?.['name'] ?? ''),
      trainingMode: this.#context.store.get('setting', 'trainingMode')?.['value'] === 'true',
      trainingHint: nullableText(this.#context.store.get('setting', 'trainingHint')?.['value']),
    };
  }

  async signIn(session: LiveSession, username: string, password: string): Promise<Session> {
    const row = this.#context.store.first('SELECT * FROM userAccount WHERE username = ?', username);
    await this.#check(row, username, password, 'signIn');
    session.userId = String(row?.['userId']);
    session.locked = false;
    session.lastActiveAt = Date.now();
    this.#note(String(row?.['username']), '登录');
    return this.describe(session);
  }

  async unlock(session: LiveSession, password: string): Promise<Session> {
    const row = session.userId ? this.#context.store.get('userAccount', session.userId) : undefined;
    await this.#check(row, String(row?.['username'] ?? ''), password, 'unlock');
    session.locked = false;
    session.lastActiveAt = Date.now();
    return this.describe(session);
  }

  /** The password again, as every signature asks for. */
  async confirm(user: User, password: string): Promise<void> {
    await this.#check(this.#context.store.get('userAccount', user.userId), user.username, password, 'signature');
  }

  /** A second person at the same window, who proves to be one that may do this; nobody is signed in or out by it. */
  async witness(
    username: string,
    password: string,
    permission: Permission,
    words = {
      meaning: '可疑的数据须由校核员一起确认，记录没有放行。',
      next: '请由校核员输入自己的用户名和密码。',
    },
  ): Promise<User> {
    const row = this.#context.store.first('SELECT * FROM userAccount WHERE username = ?', username);
    await this.#check(row, username, password, 'witness');
    const user = userOf(this.#context, row ?? {});
    if (permits(user.roles, permission)) return user;
    throw new AppError({
      code: 'PERMISSION_DENIED',
      message: `${user.name}没有作为第二人确认的权限。`,
      ...words,
    });
  }

  /** Locks a session that nobody has touched for the idle time. Returns whether it did. */
  lockIfIdle(session: LiveSession): boolean {
    if (!session.userId || session.locked) return false;
    const limit = settingsOf(this.#context).idleLockMinutes * 60_000;
    if (Date.now() - session.lastActiveAt < limit) return false;
    session.locked = true;
    return true;
  }

  #note(who: string, what: string): void {
    this.#context.store.transact(programActor('登录'), (tx) => tx.event('session', who, what));
  }

  #check(row: Row | undefined, typedName: string, password: string, purpose: Purpose): Promise<void> {
    // Names are compared without regard to case, so their failures are counted together.
    const username = typedName.toLowerCase();
    const before = this.#queues.get(username) ?? Promise.resolve();
    const checked = before.then(() => this.#checkNext(row, username, password, purpose));
    const settled = checked.catch(() => undefined);
    this.#queues.set(username, settled);
    void settled.then(() => {
      if (this.#queues.get(username) === settled) this.#queues.delete(username);
    });
    return checked;
  }

  async #checkNext(row: Row | undefined, username: string, password: string, purpose: Purpose): Promise<void> {
    const failure = this.#failures.get(username);
    if (failure && failure.until > Date.now()) {
      const seconds = Math.ceil((failure.until - Date.now()) / 1000);
      throw new AppError({
        code: 'SIGN_IN_WAIT',
        message: `密码连续输错 ${failure.count} 次，请等 ${seconds} 秒再试。`,
        meaning: '这是为了防止别人猜密码。',
        next: '忘记密码请找系统管理员重设。',
      });
    }
    // An unknown name takes as long as a wrong password, so that names cannot be found out by the clock.
    const matches = await checkPassword(row ? String(row['passwordHash']) : await this.#decoy, password);
    if (matches && row !== undefined && row['disabled'] !== 1) {
      this.#failures.delete(username);
      return;
    }
    const count = (failure?.count ?? 0) + 1;
    const wait = count < 3 ? 0 : Math.min(2 ** (count - 3) * 2_000, 300_000);
    this.#failures.set(username, { count, until: Date.now() + wait });
    // A name nobody has is not written down: it may be a password in the wrong field.
    this.#note(row ? String(row['username']) : '未知用户', `密码不对：${refusals[purpose].meaning}`);
    throw wrongPassword(purpose);
  }
}
