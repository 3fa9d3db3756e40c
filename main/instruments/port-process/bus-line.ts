// One exchange at a time on a Modbus line: silence before the request, a framer that knows what the reply must be, and
// nothing that comes outside an exchange is ever looked at.
import { encodeRequest, expectedReply } from '../drivers/modbus/index.ts';
import type { ReadRequest } from '../drivers/modbus/index.ts';
import type { LineSettings } from '../drivers/driver.ts';
import { ModbusRtuFramer } from '../framers/modbus-rtu.ts';

export type Exchange =
  | { kind: 'reply'; bytes: Uint8Array }
  | { kind: 'timeout' }
  /** A telegram of the right shape with a wrong CRC. */
  | { kind: 'damaged' }
  | { kind: 'stopped' };

interface Open {
  framer: ModbusRtuFramer;
  damaged: boolean;
  timer: NodeJS.Timeout;
  done(result: Exchange): void;
}

/** A timer this late means that the process was held up; the reply may lie in the kernel. */
const LATE_MS = 50;
const GRACE_MS = 50;
const SILENT_CHARACTERS = 3.5;
const BITS_PER_CHARACTER = 11;
const FAST_BAUD = 19_200;
const FAST_SILENCE_MS = 1.75;

/** Silence between two telegrams, ms. */
export const frameSilenceMs = ({ baudRate }: LineSettings): number =>
  baudRate > FAST_BAUD ? FAST_SILENCE_MS : (SILENT_CHARACTERS * BITS_PER_CHARACTER * 1000) / baudRate;

export class BusLine {
  readonly #silenceMs: number;
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  #open: Open | null = null;
  #lastByte = 0;

  constructor(line: LineSettings, write: (bytes: Uint8Array) => Promise<void>) {
    this.#silenceMs = frameSilenceMs(line);
    this.#write = write;
  }

  take(bytes: Uint8Array): void {
    this.#lastByte = performance.now();
    const open = this.#open;
    if (!open) return;
    for (const frame of open.framer.push(bytes)) {
      if (frame.fault === undefined) return this.#finish(open, { kind: 'reply', bytes: frame.bytes });
      open.damaged = true;
    }
  }

  /** The connection is gone. */
  stop(): void {
    if (this.#open) this.#finish(this.#open, { kind: 'stopped' });
  }

  async exchange(request: ReadRequest, limitMs: number): Promise<Exchange> {
    const rest = this.#lastByte + this.#silenceMs - performance.now();
    if (rest > 0) await new Promise((resolve) => setTimeout(resolve, Math.ceil(rest)));
    return new Promise((done) => {
      const due = performance.now() + limitMs;
      const open: Open = {
        framer: new ModbusRtuFramer([expectedReply(request)]),
        damaged: false,
        timer: setTimeout(() => this.#overdue(open, due), limitMs),
        done,
      };
      this.#open = open;
      // A port that cannot be written to is lost, and that news stops this exchange.
      this.#write(encodeRequest(request)).catch(() => undefined);
    });
  }

  #overdue(open: Open, due: number): void {
    const result: Exchange = { kind: open.damaged ? 'damaged' : 'timeout' };
    if (performance.now() - due <= LATE_MS) return this.#finish(open, result);
    open.timer = setTimeout(() => this.#finish(open, result), GRACE_MS);
  }

  #finish(open: Open, result: Exchange): void {
    if (this.#open !== open) return;
    clearTimeout(open.timer);
    this.#open = null;
    open.done(result);
  }
}
