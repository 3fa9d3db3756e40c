// How well a driver reads a piece of a stream: whole valid frames against rejected bytes. Pure; no port, no clock.
import type { BoundDriver, DriverEvent } from '../drivers/driver.ts';
import type { Framer } from '../framers/framer.ts';

export interface Score {
  /** 0 to 100. */
  score: number;
  frames: number;
  values: number;
  rejectedBytes: number;
  /** The last value or state, as text. */
  sample: string;
}

/** So much is full evidence: a value counts two, any other whole frame one. */
const FULL_EVIDENCE = 6;
/** What only answers, or takes any line for a code, is no instrument yet. */
const WITHOUT_VALUE = 2;

export const nothing: Score = { score: 0, frames: 0, values: 0, rejectedBytes: 0, sample: '' };

function sayEvent(event: DriverEvent): string {
  switch (event.kind) {
    case 'value':
      return `${event.value} ${event.unit}`.trim();
    case 'state':
      return event.state;
    case 'info':
      return [event.info, event.value, event.unit].filter(Boolean).join(' ');
    default:
      return event.message ?? event.code;
  }
}

export class Scorer {
  readonly #driver: BoundDriver;
  readonly #framer: Framer;
  #frames = 0;
  #values = 0;
  #valid = 0;
  #refused = 0;
  /** Bytes before the first frame, which are the rest of one that had begun before: not held against the driver. */
  #lead: number | null = null;
  #firstLength = 0;
  #sample = '';

  constructor(driver: BoundDriver) {
    this.#driver = driver;
    this.#framer = driver.makeFramer({ joinStream: driver.streams || driver.tailLooksWhole === true });
  }

  /** A new question: what is half there belongs to the one before. */
  restart(): void {
    this.#framer.reset();
  }

  feed(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const frame of this.#framer.push(bytes.subarray(at, at + 1))) {
        const decoded = this.#driver.decode(frame);
        if (!decoded.understood) {
          this.#refused += frame.wireLength;
          continue;
        }
        if (this.#lead === null) {
          this.#lead = this.#framer.dropped;
          this.#firstLength = frame.wireLength;
        }
        this.#frames += 1;
        this.#valid += frame.wireLength;
        if (decoded.events.some((event) => event.kind === 'value')) this.#values += 1;
        const last = decoded.events.findLast((event) => event.kind !== 'error') ?? decoded.events.at(-1);
        // A value says more than who it is.
        if (last && (last.kind === 'value' || this.#values === 0)) this.#sample = sayEvent(last);
      }
    }
  }

  get result(): Score {
    const lead = Math.min(this.#lead ?? 0, this.#firstLength);
    const rejectedBytes = this.#refused + this.#framer.dropped - lead;
    const evidence = Math.min(this.#values === 0 ? WITHOUT_VALUE : FULL_EVIDENCE, this.#frames + this.#values);
    const share = this.#frames === 0 ? 0 : (100 * this.#valid) / (this.#valid + rejectedBytes);
    return {
      score: Math.floor((share * evidence) / FULL_EVIDENCE),
      frames: this.#frames,
      values: this.#values,
      rejectedBytes,
      sample: this.#sample,
    };
  }
}
