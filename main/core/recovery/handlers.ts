// In a core that runs there is nothing to recover, and nothing is told.
import { AppError } from '../../../shared/errors/appError.ts';
import type { SomeHandlers } from '../context.ts';

const nothingToDo = (): AppError =>
  new AppError({
    code: 'RECOVERY_NONE',
    message: '数据正常，不需要恢复。',
    meaning: '什么也没有改动。',
    next: '请直接登录使用；核对备份请用“备份”里的恢复演练。',
  });

export function recoveryHandlers(): SomeHandlers<'recovery.state' | 'recovery.look' | 'recovery.act'> {
  return {
    'recovery.state': () => ({
      state: 'none',
      error: null,
      mayRestore: false,
      dataFolder: '',
      kept: [],
      backups: [],
      missing: [],
      progress: null,
      failure: null,
      outcome: [],
    }),
    'recovery.look': () => {
      throw nothingToDo();
    },
    'recovery.act': () => {
      throw nothingToDo();
    },
  };
}
