// Requests to the port process that wait for their reply, each with a limit.
import { AppError } from '../../shared/errors/appError.ts';
import type { PortOp, PortRequests, ReplyMessage, RequestMessage } from './protocol.ts';
import type { PortProcess } from './spawn.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

export class PortRequestTable {
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;

  ask<Op extends PortOp>(
    process: PortProcess,
    op: Op,
    args: PortRequests[Op]['args'],
    limitMs: number,
  ): Promise<PortRequests[Op]['result']> {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new AppError({ code: 'instrument.timeout', message: '采集进程没有及时应答。', next: '稍候重试。' }));
      }, limitMs);
      this.#waiting.set(id, { resolve, reject, timer });
      process.send({ kind: 'request', id, op, args } as RequestMessage);
    });
  }

  answer(reply: ReplyMessage): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    this.#waiting.delete(reply.id);
    clearTimeout(waiting.timer);
    if (reply.ok) waiting.resolve(reply.result);
    else waiting.reject(new AppError(reply.error));
  }

  /** The process is gone: nobody will answer. */
  fail(error: AppError): void {
    for (const waiting of this.#waiting.values()) {
      clearTimeout(waiting.timer);
      waiting.reject(error);
    }
    this.#waiting.clear();
  }
}

export function goneError(): AppError {
  return new AppError({
    code: 'instrument.process-gone',
    message: '采集进程没有运行。',
    meaning: '仪器暂时连接不上。',
    next: '程序会自动重新启动采集进程，请稍候重试。',
  });
}
