// What ends a command: a refusal with its code, options that do not parse, a file that is not there, or a fault of the
// program. One JSON line on standard error.
import { AppError, describeError, type ErrorInfo } from '../../../shared/errors/appError.ts';

export function commandError(cause: unknown): ErrorInfo {
  if (cause instanceof AppError) return cause.info;
  const text = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code.startsWith('ERR_PARSE_ARGS')) {
    return { code: 'USAGE', message: `选项有误：${text}`, next: '运行 jiantai --help 查看用法。' };
  }
  if (code === 'ENOENT') return { code: 'FILE_MISSING', message: `没有找到文件：${text}` };
  return { code: 'INTERNAL', message: text };
}

export function sayError(info: ErrorInfo): void {
  process.stderr.write(`${JSON.stringify({ error: { ...info, text: describeError(info) } })}\n`);
}
