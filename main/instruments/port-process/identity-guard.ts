// Who the instrument says it is. Asked on every connection where the driver can; until it is known to be the one that was
// there before, no value of it is passed on. A different answer must come twice before it is called another instrument.
import type { BoundDriver } from '../drivers/driver.ts';
import type { Framer } from '../framers/framer.ts';
import type { Answer } from './asker.ts';

export type IdentityVerdict =
  /** The expected one, or the first one of a channel that expected none. */
  | { kind: 'known'; identity: string }
  /** It cannot say, and was never expected to. */
  | { kind: 'unknown' }
  /** It is expected to say and does not. */
  | { kind: 'mute' }
  | { kind: 'swapped'; identity: string }
  | { kind: 'stopped' };

const TRIES = 2;
const LONGEST_WAIT_MS = 1500;

export class IdentityGuard {
  readonly #driver: BoundDriver;
  readonly #framer: Framer | null;
  #heard: string | null = null;
  #asking = false;
  expected: string | null;

  constructor(driver: BoundDriver, expected: string | null) {
    this.#driver = driver;
    this.#framer = driver.identity ? driver.makeFramer({ joinStream: false }) : null;
    this.expected = expected;
  }

  get asks(): boolean {
    return this.#framer !== null;
  }

  /** While it asks, all bytes are its own. */
  get asking(): boolean {
    return this.#asking;
  }

  /** True when the answer stands in these bytes. */
  take(bytes: Uint8Array): boolean {
    const { identity } = this.#driver;
    if (!this.#asking || !identity || !this.#framer) return false;
    for (const frame of this.#framer.push(bytes)) {
      // A balance that prints by itself sends weights; a number with a unit is nobody's serial number.
      const isReading = this.#driver.decode(frame).events.some((event) => event.kind === 'value' && event.unit !== '');
      if (isReading) continue;
      this.#heard ??= identity.decode(frame);
    }
    return this.#heard !== null;
  }

  async ask(request: (command: string, limitMs: number) => Promise<Answer>): Promise<IdentityVerdict> {
    const { identity, replyTimeoutMs } = this.#driver;
    if (!identity) return { kind: 'unknown' };
    const limitMs = Math.min(replyTimeoutMs ?? LONGEST_WAIT_MS, LONGEST_WAIT_MS);
    let other: string | null = null;
    let silent = 0;
    while (silent < TRIES) {
      this.#heard = null;
      this.#framer?.reset();
      this.#asking = true;
      const answer = await request(identity.command, limitMs);
      this.#asking = false;
      if (answer === 'stopped') return { kind: 'stopped' };
      const heard = this.#heard as string | null;
      if (heard === null) silent += 1;
      else if (this.expected === null || heard === this.expected) return { kind: 'known', identity: heard };
      else if (heard === other) return { kind: 'swapped', identity: heard };
      else if (other !== null) silent += 1;
      other = heard ?? other;
    }
    return this.expected === null ? { kind: 'unknown' } : { kind: 'mute' };
  }
}
