// Requests to an instrument that is asked: one at a time, in the rhythm of its poll, with a time for the answer. What
// comes after that time belongs to nobody: the next request waits until the line has been quiet for as long again, so an
// answer that is up to twice too late is never taken for the next one.

export interface AskerEvents {
  write(command: string): Promise<void>;
  /** Right before the bytes go out. */
  asked(command: string): void;
  /** The time is over. */
  gaveUp(command: string): void;
  /** Consecutive requests without an answer; zero when one came again. */
  timeouts(count: number): void;
}

export interface AskerOptions {
  poll?: { command: string; everyMs: number };
  replyTimeoutMs: number;
  /** Late answers must not be taken: the line has to be quiet after a time-out. Not so for an instrument that may speak
   *  unasked, whose late answer is a reading like any other. */
  quietAfterTimeout: boolean;
  /** Whether this command has an answer to wait for. */
  expectsAnswer(command: string): boolean;
}

export type Answer = 'answered' | 'no-answer' | 'stopped';

interface Request {
  command: string;
  limitMs: number;
  done(answer: Answer): void;
}

/** A timer this late means that the process was held up; the answer may lie in the kernel. */
const LATE_MS = 50;
const GRACE_MS = 50;
/** A line that never becomes quiet is not waited for longer than this. */
const LONGEST_QUIET_MS = 10_000;

export class Asker {
  readonly #options: AskerOptions;
  readonly #events: AskerEvents;
  readonly #queue: Request[] = [];
  #busy: Request | null = null;
  #timer: NodeJS.Timeout | null = null;
  #wake: NodeJS.Timeout | null = null;
  #running = false;
  #polling = false;
  #pollDue = 0;
  #timeouts = 0;
  /** Set after a time-out: no request before the line was quiet for one reply time. */
  #quietFrom: { since: number; lastByte: number } | null = null;

  constructor(options: AskerOptions, events: AskerEvents) {
    this.#options = options;
    this.#events = events;
  }

  /** The connection is open. Polling begins when startPolling() says so. */
  start(): void {
    this.#running = true;
    this.#timeouts = 0;
    this.#quietFrom = null;
    this.#next();
  }

  startPolling(): void {
    if (!this.#options.poll || this.#polling) return;
    this.#polling = true;
    this.#pollDue = performance.now();
    this.#next();
  }

  stopPolling(): void {
    this.#polling = false;
  }

  /** The connection is gone: nobody answers what was asked over it. */
  stop(): void {
    this.#running = this.#polling = false;
    for (const timer of [this.#timer, this.#wake]) if (timer) clearTimeout(timer);
    this.#timer = this.#wake = null;
    const waiting = [...(this.#busy ? [this.#busy] : []), ...this.#queue.splice(0)];
    this.#busy = null;
    for (const request of waiting) request.done('stopped');
  }

  /** Goes before the next poll. Commands without an answer count as answered when they are written. */
  request(command: string, limitMs = this.#options.replyTimeoutMs): Promise<Answer> {
    return new Promise((done) => {
      this.#queue.push({ command, limitMs, done });
      this.#next();
    });
  }

  /** Any byte came in. */
  heard(): void {
    if (this.#quietFrom) this.#quietFrom.lastByte = performance.now();
  }

  /** The open request got its answer. */
  answered(): void {
    const request = this.#busy;
    if (!request) return;
    this.#finish();
    this.#counted(0);
    request.done('answered');
    this.#next();
  }

  #finish(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#busy = null;
  }

  #counted(count: number): void {
    if (count === this.#timeouts && count === 0) return;
    this.#timeouts = count;
    this.#events.timeouts(count);
  }

  #next(): void {
    if (!this.#running || this.#busy) return;
    const waitMs = Math.max(this.#untilQuiet(), this.#queue.length > 0 ? 0 : this.#untilPoll());
    if (waitMs === Infinity) return;
    if (waitMs > 0) return this.#sleep(waitMs);
    this.#quietFrom = null;
    const { poll, replyTimeoutMs } = this.#options;
    let request = this.#queue.shift();
    if (!request && poll) {
      this.#pollDue = Math.max(this.#pollDue + poll.everyMs, performance.now());
      request = { command: poll.command, limitMs: replyTimeoutMs, done: () => undefined };
    }
    if (request) this.#ask(request);
  }

  #untilPoll(): number {
    return this.#polling ? this.#pollDue - performance.now() : Infinity;
  }

  #untilQuiet(): number {
    if (!this.#quietFrom) return 0;
    const { since, lastByte } = this.#quietFrom;
    const until = Math.min(lastByte + this.#options.replyTimeoutMs, since + LONGEST_QUIET_MS);
    return until - performance.now();
  }

  #sleep(ms: number): void {
    if (this.#wake) clearTimeout(this.#wake);
    const due = performance.now() + ms;
    this.#wake = setTimeout(() => {
      this.#wake = null;
      // The quiet may only have been ours: what came meanwhile must be heard before the next question.
      if (this.#quietFrom && performance.now() - due > LATE_MS) this.#sleep(GRACE_MS);
      else this.#next();
    }, Math.ceil(ms));
  }

  #ask(request: Request): void {
    this.#busy = request;
    this.#events.asked(request.command);
    const expects = this.#options.expectsAnswer(request.command);
    const due = performance.now() + request.limitMs;
    if (expects) this.#timer = setTimeout(() => this.#overdue(request, due), request.limitMs);
    this.#events.write(request.command).then(
      () => {
        if (expects || this.#busy !== request) return;
        this.#finish();
        request.done('answered');
        this.#next();
      },
      // The loss of the port comes as its own news and stops this.
      () => undefined,
    );
  }

  #overdue(request: Request, due: number): void {
    if (this.#busy !== request) return;
    if (performance.now() - due > LATE_MS) {
      this.#timer = setTimeout(() => this.#giveUp(request), GRACE_MS);
      return;
    }
    this.#giveUp(request);
  }

  #giveUp(request: Request): void {
    if (this.#busy !== request) return;
    this.#finish();
    const now = performance.now();
    if (this.#options.quietAfterTimeout) this.#quietFrom = { since: now, lastByte: now };
    this.#events.gaveUp(request.command);
    this.#counted(this.#timeouts + 1);
    request.done('no-answer');
    this.#next();
  }
}
