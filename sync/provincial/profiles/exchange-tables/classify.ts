// Third of the profile's three functions: what a mark of the supervision client, or an error of the file, means. A mark
// nobody knows is not believed; an error before the transaction is committed left nothing behind.
import { unknownOutcome } from '../http/raw-answer.ts';
import type { PlatformFailure } from '../../port.ts';
import { EXCHANGE_PROFILE } from './profile.ts';

/** A refusal in the client's own code and words. */
export function refusalOf(code: string | null, message: string | null): PlatformFailure {
  const given = code ?? '';
  const rule = Object.hasOwn(EXCHANGE_PROFILE.errorTable, given) ? EXCHANGE_PROFILE.errorTable[given] : undefined;
  return {
    class: rule?.class ?? 'rejected',
    code: given === '' ? 'REFUSED' : given,
    message: message === null || message === '' ? '监管客户端退回了这一条，但没有写明理由。' : message,
    sent: true,
    ...(rule?.freezes === undefined ? {} : { freezes: rule.freezes }),
  };
}

export function waiting(message = '已写入交换表，等监管客户端收取。'): PlatformFailure {
  return { class: 'later', code: 'NOT_TAKEN_YET', message, sent: true };
}

/** Thrown where a row says what the tables do not allow: it is not believed and nothing of it is applied. */
export class UnreadableRow extends Error {}

/** An error of the file as a failure; `null` for what is no error of a file. */
export function failureOfFile(error: unknown): PlatformFailure | null {
  if (error instanceof UnreadableRow)
    return unknownOutcome('ANSWER_NOT_IN_CONTRACT', `交换表的内容与规约不符：${error.message}`);
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') {
    return /directory does not exist/.test(error.message) ? missingFile() : null;
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return unknownOutcome('EXCHANGE_BUSY', '交换文件正被监管客户端占用，稍后再试。', false);
  }
  if (code.startsWith('SQLITE_CANTOPEN')) return missingFile();
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_READONLY')) {
    return unknownOutcome('EXCHANGE_NOT_WRITABLE', `交换文件写不进去（${code}）。`, false);
  }
  if (code.startsWith('SQLITE_IOERR'))
    return unknownOutcome('EXCHANGE_FAILED', `读写交换文件出错（${code}），结果不明。`);
  if (code.startsWith('SQLITE_')) {
    return unknownOutcome('EXCHANGE_UNREADABLE', `交换文件不是规约所定的格式（${code}：${error.message}）。`, false);
  }
  return null;
}

function missingFile(): PlatformFailure {
  return unknownOutcome(
    'EXCHANGE_MISSING',
    '找不到交换文件。请确认监管客户端已安装，且平台地址指向它的交换文件。',
    false,
  );
}
