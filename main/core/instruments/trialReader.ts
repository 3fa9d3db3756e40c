// Reads the bytes of a trial with the very driver that the bench will use: the newest reading with the bytes it came
// in, conditions, identity, and in words what is wrong when there is no reading. No port, no timer.
import { lineShape, parityEvidence, sayLine, textPercent } from '../../instruments/inspect/evidence.ts';
import type { RawAsk, RawPiece } from '../../instruments/inspect/types.ts';
import { commandBytes } from '../../instruments/drivers/driver.ts';
import type { DriverEvent, InstrumentState, LineSettings } from '../../instruments/drivers/driver.ts';
import { bindDriver, findDriver } from '../../instruments/drivers/index.ts';
import type { Frame, Framer } from '../../instruments/framers/framer.ts';
import type { Figure } from './quantities.ts';

export interface TrialReading extends Figure {
  stable: boolean | null;
  at: number;
}

export interface TrialTrouble {
  code: string;
  message: string;
  next: string;
}

const TAIL_BYTES = 256;
const SAMPLE_BYTES = 1024;
const MOST_REFUSALS = 4;
const SILENT_MS = 3000;
const FRESH_MS = 2000;
/** An instrument that prints on a key press: the paper is still in the hand. */
const PRINTED_MS = 120_000;
const ASK_MS = 500;
/** So many readings between two questions who it is. */
const TURNS = 6;
/** Between two questions to an instrument that is asked nothing else. */
const WHO_MS = 2000;
const UNREAD_BYTES = 48;
/** So many questions without an answer before it counts as an instrument that does not say who it is. */
const MOST_UNANSWERED = 3;

const CONDITIONS: Record<InstrumentState, string> = {
  overload: '超载',
  underload: '欠载',
  busy: '忙，或未在时限内稳定',
  ready: '就绪',
  restarted: '仪器重新启动',
};

export type IdentityState = 'none' | 'asking' | 'silent' | 'known';

type Bound = ReturnType<typeof bindDriver>;

export class TrialReader {
  readonly line: LineSettings;
  readonly driverId: string | null;
  readonly #bound: Bound | null;
  #framer: Framer | null = null;
  #headersLeft = 0;
  #awaitsIdentity = false;
  #unanswered = 0;
  #connection = 0;
  #tail: Uint8Array = new Uint8Array();
  #sample: Uint8Array = new Uint8Array();
  #lastInAt = 0;
  readonly #openedAt: number;
  #asked = 0;
  #droppedBefore = 0;
  #refused = 0;
  #reading: TrialReading | null = null;
  #condition: { words: string; at: number } | null = null;
  bytes = 0;
  frames = 0;
  identity: string | null = null;
  refusals: string[] = [];

  /** Throws AppError when the profile does not fit; without a driver bytes are only shown. */
  constructor(line: LineSettings, driver: { id: string; profile: unknown } | null, now: number) {
    this.line = line;
    this.driverId = driver?.id ?? null;
    this.#bound = driver === null ? null : bindDriver(driver.id, driver.profile ?? undefined);
    this.#openedAt = now;
  }

  get runs(): boolean {
    return this.#bound?.runs ?? false;
  }

  get version(): string {
    return this.#bound?.version ?? '';
  }

  /** Whether it is known who speaks: `none` when this kind of instrument cannot be asked. */
  get identityState(): IdentityState {
    if (this.identity !== null) return 'known';
    if (this.#bound?.identity === undefined) return 'none';
    return this.#unanswered < MOST_UNANSWERED ? 'asking' : 'silent';
  }

  /** What the port must be asked for this driver to have something to read. */
  get asking(): { ask: RawAsk[]; once?: Uint8Array } {
    const bound = this.#bound;
    if (bound === null) return { ask: [] };
    const of = (name: string | undefined): Uint8Array | undefined => {
      const command = name === undefined ? undefined : bound.commands[name];
      return command === undefined ? undefined : commandBytes(command);
    };
    const who = of(bound.identity?.command);
    const once = who ?? (bound.streams ? of('stream') : undefined);
    const more = once === undefined ? {} : { once };
    const alone = who === undefined ? [] : [{ bytes: who, everyMs: WHO_MS }];
    if (bound.streams) return { ask: alone, ...more };
    const poll = bound.poll;
    const names = poll
      ? [
          poll.command,
          ...(bound.id === 'modbus' ? Object.keys(bound.commands).filter((name) => /^read\d+$/.test(name)) : []),
        ]
      : ['readNow', 'read'].filter((name) => bound.commands[name] !== undefined).slice(0, 1);
    const everyMs = Math.max(100, poll?.everyMs ?? ASK_MS);
    const reads = names.flatMap((name) => of(name) ?? []);
    if (reads.length === 0) return { ask: alone, ...more };
    // Who it is, is asked again and again: the first answer may be lost, and an instrument can be swapped.
    const turns = who === undefined ? reads : [...reads, who, ...Array.from({ length: TURNS - 1 }, () => reads).flat()];
    return { ask: turns.map((bytes) => ({ bytes, everyMs })), ...more };
  }

  get rejectedBytes(): number {
    return this.#refused + this.#droppedBefore + (this.#framer?.dropped ?? 0);
  }

  /** The bytes that came last, for the record. */
  get raw(): string {
    return Buffer.from(this.#tail).toString('hex');
  }

  /** Null as soon as it is too old to say what the instrument shows now. */
  reading(now: number): TrialReading | null {
    const reading = this.#reading;
    return reading !== null && now - reading.at <= this.#freshMs() ? reading : null;
  }

  /** Overload and the like, as long as it is news. */
  condition(now: number): string | null {
    const found = this.#condition;
    return found !== null && now - found.at <= this.#freshMs() ? found.words : null;
  }

  /** A new connection, or bytes that were lost: nothing that is half there may join what comes. */
  restart(connection: number): void {
    this.#connection = connection;
    this.#droppedBefore += this.#framer?.dropped ?? 0;
    this.#framer =
      this.#bound?.makeFramer({ joinStream: this.#bound.streams || this.#bound.tailLooksWhole === true }) ?? null;
    this.#headersLeft = this.#bound?.headerFrames ?? 0;
    this.#awaitsIdentity = false;
    this.#reading = null;
    this.#condition = null;
  }

  feed(connection: number, pieces: readonly RawPiece[]): void {
    if (connection !== this.#connection) this.restart(connection);
    for (const piece of pieces) {
      if (piece.out) this.#question(piece.bytes);
      else this.#answer(piece);
    }
  }

  #question(bytes: Uint8Array): void {
    const bound = this.#bound;
    if (bound === null) return;
    this.#asked += 1;
    // A late or half answer to the question before must not join the next one.
    if (!bound.streams) this.#framer?.reset();
    if (this.#awaitsIdentity) this.#unanswered += 1;
    const identity = bound.identity === undefined ? undefined : bound.commands[bound.identity.command];
    this.#awaitsIdentity = identity !== undefined && Buffer.compare(commandBytes(identity), bytes) === 0;
  }

  #answer({ bytes, at }: RawPiece): void {
    this.bytes += bytes.length;
    this.#lastInAt = at;
    this.#tail = Buffer.concat([this.#tail, bytes]).subarray(-TAIL_BYTES);
    this.#sample = Buffer.concat([this.#sample, bytes]).subarray(-SAMPLE_BYTES);
    for (const frame of this.#framer?.push(bytes) ?? []) this.#frame(frame, at);
  }

  #frame(frame: Frame, at: number): void {
    const bound = this.#bound as Bound;
    if (this.#headersLeft > 0) {
      this.#headersLeft -= 1;
      return;
    }
    const decoded = bound.decode(frame);
    // Slow answers cross: a reading that was on its way is nobody's serial number, and the number may still come.
    const isReading = decoded.events.some((event) => event.kind === 'value' && event.unit !== '');
    const identity = this.#awaitsIdentity && !isReading ? (bound.identity?.decode(frame) ?? null) : null;
    if (identity !== null) {
      this.#awaitsIdentity = false;
      this.#unanswered = 0;
      this.identity = identity;
      this.frames += 1;
      return;
    }
    if (decoded.understood) this.frames += 1;
    else this.#refused += frame.wireLength;
    for (const event of decoded.events) this.#event(event, at);
  }

  #event(event: DriverEvent, at: number): void {
    if (event.kind === 'value') {
      this.#condition = null;
      this.#reading = { value: event.value, unit: event.unit, stable: event.stable ?? null, at };
    } else if (event.kind === 'state') {
      if (event.state === 'ready') return;
      this.#condition = { words: CONDITIONS[event.state], at };
      this.#reading = null;
    } else if (event.kind === 'error') {
      const words = event.message ?? `这一帧不符合格式（${event.code}）`;
      this.refusals = [...this.refusals.filter((each) => each !== words), words].slice(-MOST_REFUSALS);
    }
  }

  /** Why there is no reading, and what to do; null while there is one, or while it is too early to say. */
  trouble(now: number): TrialTrouble | null {
    if (this.reading(now) !== null || this.condition(now) !== null) return null;
    if (now - Math.max(this.#lastInAt, this.#openedAt) >= SILENT_MS) return this.#silence();
    if (this.bytes < UNREAD_BYTES) return null;
    const parity = this.line.dataBits === 8 && this.line.parity === 'none' ? parityEvidence(this.#sample) : null;
    if (parity !== null) {
      const word = parity === 'odd' ? '7 位奇校验（7O1）' : '7 位偶校验（7E1）';
      return {
        code: 'parity',
        message: `收到的字符约一半第 8 位被置位：仪器多半设为${word}，现在按 ${sayLine(this.line)} 读。`,
        next: '回到“探测”，把数据位和校验改成与仪器一致。',
      };
    }
    if (this.#bound === null || this.frames > 0) return null;
    return this.#unread();
  }

  #silence(): TrialTrouble {
    if (this.#asked > 0) {
      return {
        code: 'silent',
        message: `已询问 ${this.#asked} 次，仪器没有应答。`,
        next: '请检查仪器电源、数据线（交叉或直连）、仪器的通信地址和协议设置；波特率或校验不对时仪器也不应答。',
      };
    }
    if (this.#bound !== null && !this.#bound.streams) {
      return {
        code: 'silent',
        message: '还没有收到数据。',
        next: '这种仪器按键才发送：请在仪器上按一次打印键或数据键。',
      };
    }
    return {
      code: 'silent',
      message: '端口已打开，但没有收到数据。',
      next: '请检查仪器电源、数据线，以及仪器的通信输出设置（连续发送）。',
    };
  }

  #unread(): TrialTrouble {
    if (textPercent(this.#sample) >= 95) {
      const shape = lineShape(this.#sample);
      const seen = shape === null ? '' : `（看起来每行 ${shape.columns} 列）`;
      return {
        code: 'unknown',
        message: `收到的是清楚的文本${seen}，但按所选的协议认不出读数。`,
        next: '波特率是对的；请在“协议”一步换一种协议，或改正配置。',
      };
    }
    return {
      code: 'garbage',
      message: '收到的是乱码，没有一帧认得出来。',
      next: '多半是波特率、数据位或校验不对：请回到“探测”。二进制协议请核对帧的说明。',
    };
  }

  #freshMs(): number {
    const bound = this.#bound;
    if (bound === null || bound.streams) return FRESH_MS;
    const { ask } = this.asking;
    if (ask.length === 0) return PRINTED_MS;
    return Math.max(FRESH_MS, 3 * (ask[0]?.everyMs ?? 0) * new Set(ask.map((each) => each.bytes)).size);
  }
}

/** Drivers whose profile must name the person who compared the display: the wizard is that comparison. */
export const confirmedByPerson: ReadonlySet<string> = new Set([
  'frame-profile', 'xk3190-reversed', 'digimatic', 'ai-bus', 'jianyi', 'kent-lcd', 'kent-ad', 'kent-led',
]); // prettier-ignore

export const titleOf = (driverId: string): string => findDriver(driverId).title;
