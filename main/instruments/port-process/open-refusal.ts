// Why a port could not be opened, in words a person can act on. The systems' own texts differ and mean three things.
import { AppError } from '../../../shared/errors/appError.ts';

export function openRefusal(path: string, message: string): AppError {
  if (/denied|EACCES|EPERM|Cannot lock|EBUSY|busy/i.test(message)) {
    return new AppError({
      code: 'instrument.port-denied',
      message: `端口 ${path} 被其他程序占用，或没有权限打开。`,
      meaning: `没有读到任何数据（${message}）。`,
      next: '请关闭占用它的程序（厂家软件、串口助手）后重试；Linux 上请确认本用户在 dialout 组里。',
    });
  }
  if (/No such file|ENOENT|File not found|cannot find/i.test(message)) {
    return new AppError({
      code: 'instrument.port-absent',
      message: `找不到端口 ${path}。`,
      meaning: '转接器没有插好，或换了名称。',
      next: '请检查数据线，重新列出端口后选择。',
    });
  }
  return new AppError({
    code: 'instrument.port-failed',
    message: `打不开端口 ${path}（${message}）。`,
    meaning: '没有读到任何数据。',
    next: '请拔插转接器后重试，或换一种线路设置。',
  });
}
