// The only door. A call that is not declared, a caller without the permission, or an input that does not parse is
// refused here, on the far side of every boundary, whatever the window believed.
import { calls, isCallName, type CallName } from '../../shared/contract/calls.ts';
import type { Reply } from '../../shared/contract/call.ts';
import { permits, rolePermissions, roleNames, type Permission, type Role } from '../../shared/entities/roles.ts';
import { AppError, type ErrorInfo } from '../../shared/errors/appError.ts';
import type { AuditActor } from '../store/audit.ts';
import type { User } from '../../shared/contract/answers.ts';
import type { Cover } from './blind/cover.ts';
import type { Caller, Handlers, Log } from './context.ts';
import { toldSystemError } from './files/systemErrors.ts';
import { GateRefused } from './gate/decisions.ts';
import type { LiveSession, Sessions } from './sessions/sessions.ts';

type SessionCall = Extract<CallName, `session.${string}`>;

export interface DispatchTarget {
  readonly connectionId: string;
  readonly workstation: string;
  readonly session: LiveSession;
}

export type Dispatcher = (target: DispatchTarget, name: string, input: unknown) => Promise<Reply>;

/** Calls that windows make by themselves; they do not show that a person is there. */
const automatic: ReadonlySet<string> = new Set([
  'replication.pull',
  'session.current',
  'drafts.save',
  'records.agreed',
  'reports.agreed',
  'bench.state',
  'instruments.keepTrial',
  'sync.overview',
  'sync.entries',
  'sync.groups',
  'sync.entry',
  'sync.setAside',
  'backup.overview',
  'recovery.state',
  'climate.list',
  'climate.now',
  'climate.series',
  'climate.table',
  'climate.alarms',
  'climate.curing',
  'climate.gaps',
  'overview.read',
  'overview.rows',
  'tasks.list',
  'tasks.calendar',
]);

/** `onRefused` is told of what the gate refused, with who tried: the work itself left nothing. */
export function createDispatcher(
  sessions: Sessions,
  handlers: Omit<Handlers, SessionCall>,
  log: Log,
  onRefused: (actor: AuditActor, refusal: GateRefused) => void = () => undefined,
  coverFor: (user: User | null) => Cover | null = () => null,
): Dispatcher {
  return async (target, name, input) => {
    let cover: Cover | null = null;
    try {
      if (!isCallName(name))
        throw refuse(
          'CALL_UNKNOWN',
          '界面请求了程序没有的功能。',
          '什么也没有执行。',
          '请重新打开程序；若仍出现，请联系信息管理员。',
        );
      const { permission } = calls[name];
      const user = authorise(sessions, target, name, permission);
      const parsed = calls[name].input.safeParse(input);
      if (!parsed.success) throw inputRefusal(parsed.error.issues);
      cover = coverFor(user);
      const told = cover === null ? parsed.data : cover.input(name, parsed.data);
      if (!automatic.has(name)) target.session.lastActiveAt = Date.now();
      const value = isSessionCall(name)
        ? await answerSession(sessions, target, name, parsed.data as { username: string; password: string })
        : await handlers[name](told as never, {
            connectionId: target.connectionId,
            user: user as NonNullable<typeof user>,
            actor: actorOf(user?.name ?? '', user?.username ?? '', target.workstation),
          } satisfies Caller);
      const answer = calls[name].output.safeParse(cover === null ? value : cover.answer(name, parsed.data, value));
      if (!answer.success) throw answerRefusal(name, answer.error, log);
      return { ok: true, value: answer.data };
    } catch (cause) {
      if (cause instanceof GateRefused) {
        const user = sessions.userOf(target.session);
        onRefused(actorOf(user?.name ?? '', user?.username ?? '', target.workstation), cause);
      }
      const error = toErrorInfo(cause, name, log);
      return { ok: false, error: cover === null ? error : cover.error(error) };
    }
  };
}

export const actorOf = (name: string, username: string, workstation: string): AuditActor => ({
  actor: `${name}(${username})`,
  workstation,
});

function isSessionCall(name: CallName): name is SessionCall {
  return name.startsWith('session.');
}

function authorise(sessions: Sessions, target: DispatchTarget, name: string, permission: Permission) {
  if (permission === 'public') return null;
  const user = sessions.userOf(target.session);
  if (!user) {
    throw refuse(
      'SESSION_SIGNED_OUT',
      '登录已结束，这一步没有执行。',
      '已填写的内容还在，并已存为草稿。',
      '请重新登录后继续。',
    );
  }
  sessions.lockIfIdle(target.session);
  if (permission === 'session') return user;
  if (target.session.locked) {
    throw refuse(
      'SESSION_LOCKED',
      '屏幕已锁定，这一步没有执行。',
      '已填写的内容还在，并已存为草稿。',
      '请输入密码解锁后再试。',
    );
  }
  if (!permits(user.roles, permission)) {
    const holders = (Object.keys(rolePermissions) as Role[]).filter((role) =>
      rolePermissions[role].includes(permission),
    );
    throw refuse(
      'PERMISSION_DENIED',
      `${user.name} 没有权限做这一步（${name}）。`,
      '什么也没有执行。',
      `请由${holders.map((role) => roleNames[role]).join('或')}办理。`,
    );
  }
  return user;
}

async function answerSession(
  sessions: Sessions,
  target: DispatchTarget,
  name: SessionCall,
  input: { username: string; password: string },
) {
  const { session } = target;
  switch (name) {
    case 'session.signIn':
      return sessions.signIn(session, input.username, input.password);
    case 'session.unlock':
      return sessions.unlock(session, input.password);
    case 'session.signOut':
      session.userId = null;
      session.locked = false;
      break;
    case 'session.lock':
      session.locked = true;
      break;
    case 'session.touch':
    case 'session.current':
      sessions.lockIfIdle(session);
      break;
  }
  return sessions.describe(session);
}

function refuse(code: string, message: string, meaning: string, next: string): AppError {
  return new AppError({ code, message, meaning, next });
}

function inputRefusal(issues: readonly { path: PropertyKey[]; message: string }[]): AppError {
  return new AppError({
    code: 'INPUT_INVALID',
    message: '填写的内容有误，没有保存。',
    meaning: `共 ${issues.length} 处需要更正。`,
    next: '请按下面的提示更正后再提交。',
    details: issues.slice(0, 100).map(({ path, message }) => ({ field: path.map(String).join('.'), message })),
  });
}

/** The work is done and on disk; only its answer cannot be shown. Saying that nothing happened would be untrue. */
function answerRefusal(name: string, cause: Error, log: Log): AppError {
  log('error', `answer of ${name} does not fit the contract`, { error: cause.message });
  return new AppError(
    {
      code: 'ANSWER_INVALID',
      message: '这一步已经执行，但结果无法显示。',
      meaning: '已保存的数据不受影响；详细原因已写入日志。',
      next: '请不要重复操作；刷新后查看结果，并把日志交给信息管理员。',
    },
    { cause },
  );
}

/** A refusal as it is told to people, whatever it was. */
export function toErrorInfo(cause: unknown, name: string, log: Log): ErrorInfo {
  if (cause instanceof AppError) return cause.info;
  const told = toldSystemError(cause);
  if (told) return told.info;
  log('error', `call ${name} failed`, {
    error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  });
  return {
    code: 'INTERNAL',
    message: '程序内部出错，这一步没有完成。',
    meaning: '已保存的数据不受影响；详细原因已写入日志。',
    next: '请再试一次；若仍出现，请把日志交给信息管理员。',
  };
}
