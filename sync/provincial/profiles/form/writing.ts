// Writing to a platform that does not notice a second write: look by natural key, compare what is held with what is to
// be sent, and only where nothing is there, save. The platform keeps no digests; they are taken from what it answers.
import type { PlatformFailure } from '../../port.ts';
import { type HeldRow, heldRows, saved } from './answers.ts';
import type { FormRequest } from './encode.ts';
import type { FormExchange, Result, Steps } from './exchange.ts';
import { Settling } from './settling.ts';

export type Written = 'duplicate' | 'accepted';

export function conflict(message: string): PlatformFailure {
  return { class: 'conflict', code: 'CONFLICT_CONTENT', message, sent: true };
}

/** Is what the platform holds under a key what is to be sent? Doubles with equal content are one thing to us. */
export function compare(rows: readonly HeldRow[], digest: string): 'absent' | 'same' | 'other' {
  if (rows.length === 0) return 'absent';
  return rows.every((row) => row.nr.digest === digest) ? 'same' : 'other';
}

/** One thing to be written: its name for the memory of lost answers, and the form that saves it. */
export interface Write {
  what: string;
  request: FormRequest;
  /** Sending is also how it is asked about: an earlier run of the program may have sent it just before it ended. */
  asked?: boolean;
}

export class FormWriting {
  readonly #exchange: FormExchange;
  readonly #settling: Settling;

  constructor(exchange: FormExchange, settling: Settling) {
    this.#exchange = exchange;
    this.#settling = settling;
  }

  /** Saves what a look did not find, unless a lost write of it may still be at work. */
  async save({ what, request, asked }: Write, steps: Steps): Promise<Result<{ id: string }>> {
    const early = this.mayWrite(what, asked);
    if (!early.ok) return early;
    const answer = await this.#exchange.ask(request, saved, steps);
    this.noteEnd(what, answer);
    return answer;
  }

  /** Not while a lost write of the same thing may still be at work. */
  mayWrite(what: string, asked = false): Result<null> {
    const early = this.#settling.tooEarly(what, asked);
    return early === null ? { ok: true, value: null } : { ok: false, failure: early };
  }

  /** A write has ended; whatever has no definite answer is remembered. */
  noteEnd(what: string, answer: Result<unknown>): void {
    const lost = !answer.ok && answer.failure.class === 'unknown-outcome' && answer.failure.sent;
    this.#settling.ended(what, lost);
  }

  async lookAndSave(look: FormRequest, digest: string, write: Write, steps: Steps): Promise<Result<Written>> {
    const found = await this.#exchange.ask(look, heldRows, steps);
    if (!found.ok) return found;
    const there = compare(found.value.rows, digest);
    if (there === 'same') return { ok: true, value: 'duplicate' };
    if (there === 'other') return { ok: false, failure: conflict('平台上同一编号已有内容不同的数据。') };
    const answer = await this.save(write, steps);
    return answer.ok ? { ok: true, value: 'accepted' } : answer;
  }

  /** "Absent" for somebody who does not know what became of an earlier try. */
  absent<T>(what: string, value: T): Result<T> {
    const early = this.#settling.tooEarly(what, true);
    return early === null ? { ok: true, value } : { ok: false, failure: early };
  }
}
