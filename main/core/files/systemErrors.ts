// What the operating system says when a file cannot be read or written, as a refusal in words; null for anything else.
import { AppError } from '../../../shared/errors/appError.ts';

export function toldSystemError(cause: unknown): AppError | null {
  const code = cause instanceof Error && 'code' in cause && 'syscall' in cause ? String(cause.code) : '';
  const refuse = (name: string, message: string, next: string): AppError =>
    new AppError({ code: name, message, meaning: '此前已保存的数据完好。', next }, { cause });
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return refuse(
        'STORE_DISK_FULL',
        '磁盘已满，这一步没有保存。',
        '请清理磁盘空间，然后再试；仍不行时重新打开程序。',
      );
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return refuse('STORE_READONLY', `数据文件夹不能写入（${code}），这一步没有保存。`, '请检查磁盘的写保护和文件夹权限，然后重新打开程序。'); // prettier-ignore
    case 'EIO':
    case 'ENODEV':
    case 'ENXIO':
    case 'ESTALE':
      return refuse('STORE_IO', `磁盘读写失败（${code}），这一步没有保存。`, '请检查磁盘和连接，然后重新打开程序。');
    default:
      return null;
  }
}
