// A reader in virtual time: a driver and a simulator with no port between them, so that every kind can be held against its
// driver under every fault in a second.
import { commandBytes } from '../../drivers/driver.ts';
import type { DriverEvent } from '../../drivers/driver.ts';
import { bindDriver } from '../../drivers/index.ts';
import { SampleDecoder } from '../../run/sample-decoder.ts';
import type { Meant } from '../device.ts';
import type { Endpoint } from '../endpoint.ts';
import { kindOf } from '../kinds.ts';
import type { KindId } from '../kinds.ts';
import { instrumentOptionsSchema, Simulator } from '../simulator.ts';
import type { InstrumentCommand, InstrumentEvent, InstrumentOptionsInput } from '../simulator.ts';

const STEP_S = 0.01;
/** The rhythm in which a reader asks an instrument that has none of its own. */
const ASK_EVERY_S = 0.3;

export interface Said {
  value: string;
  unit: string;
  stable?: boolean | undefined;
}

export class VirtualReader {
  readonly seen: Said[] = [];
  readonly events: DriverEvent[] = [];
  readonly meant: (Meant & { whole: boolean })[] = [];
  readonly news: InstrumentEvent[] = [];
  readonly #bound: ReturnType<typeof bindDriver>;
  readonly #simulator: Simulator;
  #decoder: SampleDecoder;
  #hears: (bytes: Uint8Array) => void = () => undefined;
  #isPlugged = true;
  #written: Uint8Array[] = [];
  #now_s = 0;
  #asks = 0;
  #askedAt_s = 0;
  #answerBy_s = Infinity;

  constructor(options: InstrumentOptionsInput) {
    const endpoint: Endpoint = {
      path: 'virtual',
      write: (bytes) => {
        if (this.#isPlugged) this.#written.push(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
      },
      onData: (handler) => void (this.#hears = handler),
      pull: async () => void (this.#isPlugged = false),
      plug: async () => {
        this.#isPlugged = true;
        this.#written = [];
        this.#open();
      },
      close: () => Promise.resolve(),
    };
    const parsed = instrumentOptionsSchema.parse({ report: true, ...options });
    this.#simulator = new Simulator(parsed, endpoint, (event) => this.#told(event));
    const { id, profile } = this.#simulator.driver;
    this.#bound = bindDriver(id, profile);
    this.#decoder = this.#newDecoder();
    this.#open();
  }

  obey(command: InstrumentCommand): Promise<void> {
    return this.#simulator.obey(command);
  }

  send(name: string): void {
    this.#ask(name);
    this.#drain();
  }

  /** `asking`: false leaves the line to the instrument. */
  async run(seconds: number, asking = true): Promise<void> {
    for (const end = this.#now_s + seconds; this.#now_s < end - 1e-9; this.#now_s += STEP_S) {
      if (asking) this.#keepAsking();
      this.#simulator.step(STEP_S);
      this.#drain();
      // Pull and plug are promises.
      // oxlint-disable-next-line no-await-in-loop
      await Promise.resolve();
    }
  }

  #keepAsking(): void {
    const { poll, commands, streams, replyTimeoutMs = 1000 } = this.#bound;
    if (poll) {
      if (this.#now_s > this.#answerBy_s) {
        this.#decoder.hangUp();
        this.#answerBy_s = Infinity;
        this.#askedAt_s = this.#now_s + replyTimeoutMs / 1000;
      }
      if (this.#answerBy_s !== Infinity || this.#now_s - this.#askedAt_s < poll.everyMs / 1000) return;
      this.#answerBy_s = this.#now_s + replyTimeoutMs / 1000;
      return this.#ask(poll.command);
    }
    if (streams || this.#now_s - this.#askedAt_s < ASK_EVERY_S) return;
    const names = ['readNow', 'read', 'information'].filter((name) => commands[name] !== undefined);
    const name = names[this.#asks++ % Math.max(1, names.length)];
    if (name !== undefined) this.#ask(name);
  }

  #ask(name: string): void {
    const command = this.#bound.commands[name];
    if (command === undefined) throw new Error(`no command ${name}`);
    this.#askedAt_s = this.#now_s;
    this.#decoder.ask();
    if (this.#isPlugged) this.#hears(commandBytes(command));
  }

  #open(): void {
    if (!this.#bound) return;
    this.#decoder = this.#newDecoder();
    this.#answerBy_s = Infinity;
    if (this.#bound.streams && this.#bound.commands['stream'] !== undefined) this.#ask('stream');
  }

  #newDecoder(): SampleDecoder {
    return new SampleDecoder(this.#bound, { joinStream: this.#bound.streams || this.#bound.tailLooksWhole === true });
  }

  #drain(): void {
    const bytes = Buffer.concat(this.#written);
    this.#written = [];
    if (bytes.length === 0) return;
    const fed = this.#decoder.feed(bytes, BigInt(Math.round(this.#now_s * 1e9)));
    for (const { value, unit, stable } of fed.values) this.seen.push({ value, unit, stable });
    this.events.push(...fed.events);
    if (fed.answered) this.#answerBy_s = Infinity;
  }

  #told(event: InstrumentEvent): void {
    if (event.event === 'sent') for (const meant of event.meant) this.meant.push({ ...meant, whole: event.whole });
    else this.news.push(event);
  }
}

/** Does with a kind what is usual for it: a load on, a print, a specimen in, a code in front of it. */
export async function useIt(reader: VirtualReader, kind: KindId): Promise<void> {
  if (kindOf(kind).isMachine) {
    await reader.obey({ command: 'press', specimen: { kind: 'compression', load_kN: 300, rate_kN_s: 60 } });
  } else if (kind === 'barcode-serial') await reader.obey({ command: 'scan', code: 'YP20260001' });
  else if (kind !== 'rebound-hammer')
    await reader.obey({ command: 'put', value: kind === 'and-log' ? '11.5598' : '25.34' });
}

/** Whether `part` stands in `whole` in this order. */
export function isInOrder(part: readonly Said[], whole: readonly Meant[]): boolean {
  let at = 0;
  for (const each of part) {
    while (at < whole.length && !isSame(each, whole[at] as Meant)) at += 1;
    if (at === whole.length) return false;
    at += 1;
  }
  return true;
}

const isSame = (said: Said, meant: Meant): boolean =>
  said.value === meant.value &&
  said.unit === meant.unit &&
  (meant.stable === undefined || said.stable === undefined || said.stable === meant.stable);
