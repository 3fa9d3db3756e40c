// A write whose answer was lost may still be at work on the platform, and this platform does not notice a second one. So
// "absent" is believed only some time after the last such write of the same thing; and after a start only some time
// after the start, because what an earlier run of the program has sent is not remembered.
import type { PlatformFailure } from '../../port.ts';

export class Settling {
  readonly #settleMs: number;
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #lost = new Map<string, number>();

  constructor(settleMs: number, now: () => number) {
    this.#settleMs = settleMs;
    this.#now = now;
    this.#startedAt = now();
  }

  /** A write of this thing has ended: `lost` when nobody can say whether it was done. */
  ended(what: string, lost: boolean): void {
    if (!lost) this.#lost.delete(what);
    else this.#lost.set(what, this.#now());
  }

  /** Why "absent" may not be believed yet. `asked`: by somebody who does not know what became of an earlier try. */
  tooEarly(what: string, asked: boolean): PlatformFailure | null {
    const since = Math.max(this.#lost.get(what) ?? Number.NEGATIVE_INFINITY, asked ? this.#startedAt : 0);
    const leftMs = since + this.#settleMs - this.#now();
    if (leftMs <= 0) {
      this.#lost.delete(what);
      return null;
    }
    return {
      class: 'later',
      code: 'WRITE_SETTLING',
      message: '上一次提交没有得到答复，平台可能仍在处理，稍后再查询，以免重复。',
      sent: true,
      retryAfterS: Math.ceil(leftMs / 1000),
    };
  }
}
