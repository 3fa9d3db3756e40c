// One instrument on a port of its own: what comes in goes first to the run that records and only then to the live
// decoder; what goes out waits its turn; nothing is passed on before it is known which instrument speaks.
import { AppError } from '../../../shared/errors/appError.ts';
import { commandBytes } from '../drivers/driver.ts';
import type { DriverEvent } from '../drivers/driver.ts';
import { bindDriver } from '../drivers/index.ts';
import type { ArmRun, ChannelState, EventMessage, OpenChannel, PortEventName, PortEvents } from '../protocol.ts';
import { SampleDecoder } from '../run/sample-decoder.ts';
import { TIME_SCALE } from '../run/sample.ts';
import type { RunEnding, RunSummary } from '../run/run-types.ts';
import { Asker } from './asker.ts';
import { mute, swapped, WORDS } from './channel-words.ts';
import { Connection } from './connection.ts';
import { IdentityGuard } from './identity-guard.ts';
import { LiveView } from './live-view.ts';
import type { Mark } from './prehistory.ts';
import { tapped } from './raw-view.ts';
import type { Columns } from './ring.ts';
import type { SeenChunk } from './run-recorder.ts';
import { RunSlot } from './run-slot.ts';
import { canFetchYield, fetchYield } from './yield-fetch.ts';

/** Of a driver that streams: the bytes that make its controller begin. */
const START_COMMAND = 'stream';
const SILENT_AFTER_NS = 3_000_000_000n;
const SILENT_AFTER_TIMEOUTS = 3;
const HISTORY_NS = 2_000_000_000n;
const REPLY_LIMIT_MS = 1000;
/** An instrument that is not the one it should be is asked again, in case somebody puts the right one back. */
const ASK_WHO_EVERY_MS = 3000;

export type Emit = (message: EventMessage) => void;

export class Channel {
  readonly config: OpenChannel;
  readonly #bound: ReturnType<typeof bindDriver>;
  readonly #emit: Emit;
  readonly #connection: Connection;
  readonly #asker: Asker;
  readonly #guard: IdentityGuard;
  readonly #live: LiveView;
  readonly #run: RunSlot;
  #decoder: SampleDecoder;
  #state: ChannelState = 'closed';
  #reason: string | undefined;
  /** Values may pass: the connection is open and it is known, or not asked, who speaks. */
  #passing = false;
  #closed = false;
  #history: (SeenChunk | Mark)[] = [];
  /** What the open request was answered with, and the last one that was. */
  #answer: DriverEvent[] = [];
  #lastAnswer: readonly DriverEvent[] = [];
  #seenIdentity: string | null = null;
  #whoTimer: NodeJS.Timeout | null = null;
  /** Bytes came since the last answer. */
  #talked = false;
  #lastByteNs = 0n;
  #startedNs = 0n;
  #lastSampleNs = 0n;

  /** Throws AppError when the driver or its profile does not fit. */
  constructor(config: OpenChannel, emit: Emit) {
    this.config = config;
    this.#emit = emit;
    const bound = bindDriver(config.driver.id, config.driver.profile);
    this.#bound = bound;
    this.#guard = new IdentityGuard(bound, config.identity ?? null);
    this.#live = new LiveView(config.channelId, (name, event) => this.#send(name, event));
    this.#run = new RunSlot({
      phase: (runId, phase, sample_us) => {
        const at_us = sample_us === null ? null : this.#run.toChannelTime(sample_us, this.#live.lastTime_us);
        this.#send('phase', {
          channelId: config.channelId,
          runId,
          phase,
          at_s: at_us === null ? null : at_us / TIME_SCALE,
        });
      },
      broken: (hold) => canFetchYield(bound.commands) && hold(this.#fetchYield()),
      sealed: (summary) => {
        this.#live.flush(this.#run.view);
        this.#send('sealed', { channelId: config.channelId, summary });
      },
    });
    this.#decoder = this.#newDecoder();
    this.#asker = new Asker(
      {
        ...(bound.poll ? { poll: bound.poll } : {}),
        replyTimeoutMs: bound.replyTimeoutMs ?? REPLY_LIMIT_MS,
        quietAfterTimeout: bound.poll !== undefined,
        expectsAnswer: (command) =>
          bound.poll !== undefined || command === bound.identity?.command || command.startsWith('read'),
      },
      {
        write: (command) => this.#connection.write(this.#bytesOf(command)),
        asked: (command) => this.#mark({ event: 'ask', command }),
        gaveUp: (command) => this.#gaveUp(command),
        timeouts: (count) => this.#timeouts(count),
      },
    );
    this.#connection = new Connection(config.path, config.line, {
      opening: () => this.#begin(),
      opened: () => this.#opened(),
      data: (bytes, monoNs) => {
        this.#take(bytes, monoNs);
        tapped(config.channelId, bytes);
      },
      lost: (reason, detail) => this.#lost(reason, detail),
      refused: (state, reason) => this.#setState(state, reason),
    });
  }

  get status(): { state: ChannelState; reason?: string } {
    return { state: this.#state, ...(this.#reason === undefined ? {} : { reason: this.#reason }) };
  }

  /** One attempt now; further ones follow by themselves until close(). */
  async open(): Promise<void> {
    await this.#connection.open();
  }

  async close(ending: RunEnding): Promise<void> {
    this.#closed = true;
    this.#forgetWho();
    await this.end(ending);
    this.#asker.stop();
    await this.#connection.close();
    this.#setState('closed', ending.reason);
  }

  arm(request: ArmRun, runsFolder: string): Promise<{ file: string }> {
    if (this.#state !== 'open' && this.#state !== 'silent') return Promise.reject(WORDS.notReady(this.#reason));
    const { path, driver } = this.config;
    const channel = { path, driver: this.#bound, profile: driver.profile, identity: this.#seenIdentity };
    return this.#run.arm(request, channel, runsFolder, () => this.#history);
  }

  /** Ends whatever run there is; null when none had recorded anything. */
  end(ending: RunEnding): Promise<RunSummary | null> {
    return this.#run.end(ending);
  }

  /** The answer comes as `reading` events; commands wait for the request that is under way. */
  send(command: string): void {
    if (!Object.hasOwn(this.#bound.commands, command)) {
      throw new AppError({ code: 'instrument.command-unknown', message: `这台仪器没有“${command}”命令。` });
    }
    if (!this.#connection.isOpen) {
      throw new AppError({ code: 'instrument.not-open', message: '仪器没有连接好。', next: '接好仪器后重试。' });
    }
    if (!this.#passing) throw WORDS.notReady(this.#reason);
    void this.#asker.request(command);
  }

  /** A person looked at the instrument that answers now and says that it is the right one. */
  acceptIdentity(identity: string): void {
    if (this.#state !== 'swapped' || this.#seenIdentity !== identity) {
      throw new AppError({
        code: 'instrument.identity-changed',
        message: `现在连接的仪器不是“${identity}”。`,
        meaning: '确认没有生效，读数仍未放行。',
        next: '核对仪器的出厂编号后重新确认。',
      });
    }
    this.#guard.expected = identity;
    this.#tellIdentity(identity);
    this.#pass();
  }

  recent(seconds: number): Columns {
    return this.#live.last(seconds);
  }

  /** 25 times a second: batches to the parent, watchdogs. `late` after a stall of this process itself, when
   *  bytes wait in the kernel and silence proves nothing. */
  tick(nowNs: bigint, late: boolean): void {
    this.#live.flush(this.#run.view);
    if (!late) {
      this.#run.tick(nowNs);
      this.#watchSilence(nowNs);
    }
    if (this.#state === 'open') this.#live.tick(this.#run.view, this.#run.dueRate, this.#decoder.rejectedBytes);
  }

  #newDecoder(): SampleDecoder {
    return new SampleDecoder(this.#bound, {
      joinStream: this.#bound.streams || this.#bound.tailLooksWhole === true,
    });
  }

  #bytesOf(command: string): Uint8Array {
    return commandBytes(this.#bound.commands[command] ?? '');
  }

  /** A new connection: nothing of the old one is carried over. */
  #begin(): void {
    this.#passing = false;
    this.#decoder = this.#newDecoder();
    this.#history = [];
    this.#live.clear();
  }

  async #opened(): Promise<void> {
    if (this.#closed) return;
    this.#lastByteNs = this.#lastSampleNs = process.hrtime.bigint();
    this.#asker.start();
    if (this.#guard.asks) await this.#askWho();
    else this.#pass();
  }

  /** From here on what the instrument says counts. */
  #pass(): void {
    this.#forgetWho();
    this.#passing = true;
    this.#lastSampleNs = process.hrtime.bigint();
    this.#setState('open');
    this.#asker.startPolling();
    this.#startStream();
  }

  /** Some controllers stream only after a word, and forget it when they are switched off. */
  #startStream(): void {
    if (!this.#bound.streams || !Object.hasOwn(this.#bound.commands, START_COMMAND)) return;
    this.#startedNs = process.hrtime.bigint();
    void this.#asker.request(START_COMMAND);
  }

  async #askWho(): Promise<void> {
    this.#forgetWho();
    this.#passing = false;
    this.#asker.stopPolling();
    const verdict = await this.#guard.ask((command, limitMs) => this.#asker.request(command, limitMs));
    if (this.#closed || verdict.kind === 'stopped') return;
    if (verdict.kind === 'unknown') {
      this.#send('log', {
        level: 'warn',
        message: `${this.config.path}: 仪器没有回答身份询问，重新连接后不能核对是否同一台。`,
      });
      return this.#pass();
    }
    if (verdict.kind === 'known') {
      this.#guard.expected = verdict.identity;
      this.#seenIdentity = verdict.identity;
      this.#tellIdentity(verdict.identity);
      return this.#pass();
    }
    if (verdict.kind === 'swapped') this.#swapped(verdict.identity);
    else this.#setState('silent', mute(this.#guard.expected ?? ''));
    this.#whoTimer = setTimeout(() => void this.#askWho(), ASK_WHO_EVERY_MS);
  }

  #forgetWho(): void {
    if (this.#whoTimer) clearTimeout(this.#whoTimer);
    this.#whoTimer = null;
  }

  #swapped(identity: string): void {
    if (this.#state === 'swapped' && this.#seenIdentity === identity) return;
    const expected = this.#guard.expected ?? '';
    this.#passing = false;
    this.#asker.stopPolling();
    this.#seenIdentity = identity;
    this.#setState('swapped', swapped(expected, identity));
    this.#tellIdentity(identity);
    this.#run.giveUp(`连接的仪器换成了另一台（${identity}），原来是 ${expected}。`);
  }

  #tellIdentity(identity: string): void {
    this.#send('identity', { channelId: this.config.channelId, identity, expected: this.#guard.expected });
  }

  #take(bytes: Uint8Array, monoNs: bigint): void {
    this.#lastByteNs = monoNs;
    this.#asker.heard();
    if (this.#guard.asking) {
      if (this.#guard.take(bytes)) this.#asker.answered();
      return;
    }
    if (!this.#passing) return;
    // After a silence the instrument may have been exchanged behind an adapter that stayed where it was.
    if (this.#state === 'silent' && this.#guard.asks && this.#bound.poll && !this.#run.recording) {
      void this.#askWho();
      return;
    }
    this.#run.take(bytes, monoNs);
    const { samples, values, events, answered } = this.#decoder.feed(bytes, monoNs);
    this.#talked = !answered;
    this.#answer.push(...events);
    for (const event of events) this.#reading(event);
    // One of them may have said that another instrument speaks here; then its values do not pass either.
    if (!this.#passing) return;
    if (!this.#bound.runs) for (const value of values) this.#live.reading(value);
    if (samples.length > 0) {
      this.#lastSampleNs = monoNs;
      if (this.#state === 'silent') this.#setState('open');
    }
    if (this.#bound.runs) {
      const chunk = { bytes, monoNs, samples };
      // Kept even without a whole sample in it: the next chunk may hold the other half of its line.
      this.#keepHistory(chunk);
      for (const sample of samples) this.#live.push(sample);
      this.#run.watch(samples);
    }
    if (answered || (!this.#bound.poll && (values.length > 0 || events.some(({ kind }) => kind !== 'error')))) {
      this.#lastAnswer = this.#answer;
      this.#asker.answered();
    }
  }

  #reading(event: DriverEvent): void {
    this.#live.reading(event);
    // A balance that was switched on says its number by itself: another one was plugged in behind the adapter.
    const { expected } = this.#guard;
    const serial = event.kind === 'info' && event.info === 'serial' ? event.value : undefined;
    if (serial !== undefined && expected !== null && serial !== expected) {
      this.#swapped(serial);
      this.#whoTimer ??= setTimeout(() => void this.#askWho(), ASK_WHO_EVERY_MS);
    }
  }

  #mark(mark: Mark['mark']): void {
    this.#answer = [];
    if (this.#guard.asking) return;
    if (mark.event === 'ask') this.#decoder.ask();
    else this.#decoder.hangUp();
    const monoNs = process.hrtime.bigint();
    this.#run.marked({ mark, monoNs });
    if (this.#bound.runs) this.#keepHistory({ mark, monoNs });
  }

  #gaveUp(command: string): void {
    if (this.#guard.asking) return;
    if (this.#bound.poll) this.#mark({ event: 'no-answer', command });
    else this.#live.reading({ kind: 'error', code: 'no-answer', message: '仪器在规定时间内没有应答' });
  }

  #timeouts(count: number): void {
    if (this.#guard.asking || this.#state === 'swapped') return;
    if (count >= SILENT_AFTER_TIMEOUTS && this.#state === 'open') {
      this.#setState('silent', this.#talked ? WORDS.misunderstood : WORDS.noAnswer);
    } else if (count === 0 && this.#state === 'silent') this.#setState('open');
  }

  #isTalking(): boolean {
    return process.hrtime.bigint() - this.#lastByteNs < SILENT_AFTER_NS;
  }

  #lost(reason: string, detail: string): void {
    this.#live.flush(this.#run.view);
    this.#passing = false;
    this.#forgetWho();
    this.#asker.stop();
    this.#run.portLost('试验过程中与仪器的连接断开。');
    this.#send('log', { level: 'warn', message: detail });
    this.#setState('reconnecting', reason);
  }

  #watchSilence(nowNs: bigint): void {
    if (this.#state === 'silent' && nowNs - this.#startedNs >= SILENT_AFTER_NS) this.#startStream();
    if (this.#state !== 'open' || !this.#bound.streams || nowNs - this.#lastSampleNs < SILENT_AFTER_NS) return;
    this.#setState('silent', this.#isTalking() ? WORDS.misunderstood : WORDS.noData);
  }

  #fetchYield(): Promise<void> {
    return fetchYield(async (command) => {
      const answer = await this.#asker.request(command);
      return { answer, events: answer === 'answered' ? this.#lastAnswer : [] };
    });
  }

  #keepHistory(chunk: SeenChunk | Mark): void {
    this.#history.push(chunk);
    const oldest = chunk.monoNs - HISTORY_NS;
    if ((this.#history[0] as SeenChunk | Mark).monoNs >= oldest - HISTORY_NS) return;
    this.#history = this.#history.filter((each) => each.monoNs >= oldest);
  }

  #setState(state: ChannelState, reason?: string): void {
    if (state === this.#state && reason === this.#reason) return;
    this.#state = state;
    this.#reason = reason;
    this.#send('state', { channelId: this.config.channelId, ...this.status });
  }

  #send<Name extends PortEventName>(name: Name, event: PortEvents[Name]): void {
    this.#emit({ kind: 'event', name, event } as EventMessage);
  }
}
