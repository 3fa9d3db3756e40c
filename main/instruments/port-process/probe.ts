// Finds the line setting and the driver of an unknown instrument: opens the port with each usual setting, listens,
// asks the instruments that only answer with commands that change nothing, and scores what came. It never lasts
// longer than its budget, and proposes: what is right a person confirms at the display.
import { AppError } from '../../../shared/errors/appError.ts';
import type { LineSettings } from '../drivers/driver.ts';
import { lineShape, parityEvidence, sameLine, sayLine, textPercent } from '../inspect/evidence.ts';
import { nothing, Scorer } from '../inspect/score.ts';
import type { ProbeCandidate, ProbedLine, ProbeProgress, ProbeRequest, ProbeResult } from '../inspect/types.ts';
import { openRefusal } from './open-refusal.ts';
import { subjectsOf, usualLines, type Subject } from './probe-subjects.ts';
import { makeTransport } from './transport.ts';
import type { Transport } from './transport.ts';

const BUDGET_MS = 18_000;
const SLOW_BAUD = 2400;
const MOST_BYTES = 8192;
/** So many bytes unasked are a stream that need not be asked. */
const STREAM_BYTES = 12;
const SETTLED_MS = 50;
const REPEATS = 3;
const CONCLUSIVE = 95;
const FEWEST_SHAPED_BYTES = 60;
const HEX_SHOWN = 48;

export class Probe {
  readonly #request: ProbeRequest;
  readonly #progress: (progress: ProbeProgress) => void;
  readonly #subjects: Subject[];
  readonly #queue: LineSettings[];
  readonly #done: ProbedLine[] = [];
  readonly #candidates: ProbeCandidate[] = [];
  readonly #started = performance.now();
  #cancelled = false;
  #wake: (() => void) | null = null;
  #take: (bytes: Uint8Array) => void = () => undefined;

  /** Throws AppError when a given profile does not fit. */
  constructor(request: ProbeRequest, progress: (progress: ProbeProgress) => void) {
    this.#request = request;
    this.#progress = progress;
    this.#subjects = subjectsOf(request);
    this.#queue = [];
    const homes = request.drivers ? this.#subjects.map(({ home }) => home) : [];
    for (const each of request.lines ?? [...homes, ...usualLines]) this.#enqueue(each);
  }

  cancel(): void {
    this.#cancelled = true;
    this.#wake?.();
  }

  async run(): Promise<ProbeResult> {
    let conclusive = false;
    while (this.#queue.length > 0 && !this.#cancelled && this.#left() > 0 && !conclusive) {
      const now = this.#queue.shift() as LineSettings;
      const total = this.#done.length + this.#queue.length + 1;
      this.#progress({
        path: this.#request.path,
        done: this.#done.length,
        total,
        line: now,
        best: this.#ranked()[0] ?? null,
      });
      // oxlint-disable-next-line no-await-in-loop -- one port, one setting after another
      conclusive = await this.#try(now, this.#left() / (this.#queue.length + 1));
    }
    const candidates = this.#ranked();
    const troubles = this.#done.map(({ trouble }) => trouble);
    const order = ['parity', 'garbage', 'unknown', 'silent', 'not-opened'] as const;
    return {
      candidates,
      lines: this.#done,
      trouble: candidates.length > 0 ? null : (order.find((each) => troubles.includes(each)) ?? null),
      cancelled: this.#cancelled,
      conclusive,
      took_ms: Math.round(performance.now() - this.#started),
    };
  }

  #left(): number {
    return BUDGET_MS - (performance.now() - this.#started);
  }

  #enqueue(wanted: LineSettings, first = false): void {
    const known = [...this.#queue, ...this.#done.map((each) => each.line)];
    if (known.some((each) => sameLine(each, wanted))) return;
    if (first) this.#queue.unshift(wanted);
    else this.#queue.push(wanted);
  }

  #ranked(): ProbeCandidate[] {
    const isHome = (each: ProbeCandidate): number =>
      sameLine(this.#subjects.find(({ id }) => id === each.driverId)?.home ?? each.line, each.line) ? 1 : 0;
    return [...this.#candidates].sort(
      (a, b) => b.score - a.score || b.values - a.values || isHome(b) - isHome(a) || a.rejectedBytes - b.rejectedBytes,
    );
  }

  async #try(now: LineSettings, budgetMs: number): Promise<boolean> {
    const transport = makeTransport(this.#request.path, now);
    const end = performance.now() + budgetMs;
    try {
      await transport.open({ data: (bytes) => this.#take(bytes), lost: () => this.#wake?.() });
    } catch (error) {
      await transport.close();
      const refusal = openRefusal(this.#request.path, (error as Error).message);
      // A port that is not there or taken stays so with every setting; one that refuses a setting may take another.
      if (refusal.info.code !== 'instrument.port-failed' || this.#request.lines?.length === 1) throw refusal;
      this.#done.push({ line: now, bytes: 0, hex: '', trouble: 'not-opened', words: '端口不支持这种线路设置。' });
      return false;
    }
    try {
      return await this.#study(now, transport, end);
    } finally {
      this.#take = () => undefined;
      await transport.close();
    }
  }

  async #study(now: LineSettings, transport: Transport, end: number): Promise<boolean> {
    const isSlow = now.baudRate <= SLOW_BAUD;
    const heard = collector();
    this.#take = heard.take;
    await this.#pause(isSlow ? 700 : 400, end);
    if (heard.length >= STREAM_BYTES) await this.#pause(isSlow ? 1200 : 800, end);
    const unasked = heard.bytes();
    const isStream = unasked.length >= STREAM_BYTES;
    const answers: Uint8Array[] = [];
    const found: ProbeCandidate[] = [];
    for (const subject of this.#inOrder(now)) {
      const scorer = new Scorer(subject.bound);
      scorer.feed(unasked);
      let score = scorer.result;
      let asked = false;
      if (!isStream && subject.asks.length > 0 && performance.now() < end && !this.#cancelled) {
        asked = true;
        const talk = new Scorer(subject.bound);
        // oxlint-disable-next-line no-await-in-loop -- one question after another
        answers.push(await this.#ask(subject, transport, talk, isSlow ? 300 : 150, end));
        score = better(score, talk.result);
      }
      if (score.frames > 0) found.push({ line: now, driverId: subject.id, asked, ...score });
    }
    const all = Buffer.concat([unasked, ...answers]).subarray(0, MOST_BYTES);
    const shape = isStream ? lineShape(unasked) : null;
    const isShaped = shape !== null && unasked.length >= FEWEST_SHAPED_BYTES;
    if (shape) {
      const { sample } = shape;
      found.push({
        line: now,
        driverId: 'line-profile',
        asked: false,
        ...nothing,
        score: isShaped ? 50 : 25,
        sample,
        shape,
      });
    }
    const best = Math.max(0, ...found.map(({ score }) => score));
    // Beside a driver that reads everything, one that understands a chance frame is no proposal.
    this.#candidates.push(...found.filter(({ score }) => score > 0 && (best < CONCLUSIVE || score >= 20)));
    this.#done.push(this.#report(now, all, found));
    return best >= CONCLUSIVE || isShaped;
  }

  /** Repeats a question that was understood, so that one chance answer is not the whole evidence. */
  async #ask(subject: Subject, transport: Transport, talk: Scorer, waitMs: number, end: number): Promise<Uint8Array> {
    const answers: Uint8Array[] = [];
    for (const command of subject.asks) {
      for (let turn = 0; turn < REPEATS && performance.now() < end && !this.#cancelled; turn += 1) {
        const before = talk.result.frames;
        const heard = collector();
        this.#take = heard.take;
        talk.restart();
        // oxlint-disable-next-line no-await-in-loop -- an answer belongs to its question
        await transport.write(command).catch(() => undefined);
        for (let waited = 0; waited < waitMs; waited += SETTLED_MS) {
          const had = heard.length;
          // oxlint-disable-next-line no-await-in-loop
          await this.#pause(SETTLED_MS, end);
          if (had > 0 && heard.length === had) break;
        }
        answers.push(heard.bytes());
        talk.feed(heard.bytes());
        if (talk.result.frames === before) break;
      }
    }
    return Buffer.concat(answers);
  }

  #inOrder(now: LineSettings): Subject[] {
    const rank = ({ home }: Subject): number => (sameLine(home, now) ? 0 : home.baudRate === now.baudRate ? 1 : 2);
    return [...this.#subjects].sort((a, b) => rank(a) - rank(b));
  }

  #report(now: LineSettings, bytes: Uint8Array, found: readonly ProbeCandidate[]): ProbedLine {
    const base = { line: now, bytes: bytes.length, hex: Buffer.from(bytes.subarray(0, HEX_SHOWN)).toString('hex') };
    const parity = now.dataBits === 8 && now.parity === 'none' ? parityEvidence(bytes) : null;
    if (parity !== null) {
      const likely = { ...now, dataBits: 7 as const, parity: parity === 'odd' ? ('odd' as const) : ('even' as const) };
      if (this.#request.lines === undefined) this.#enqueue(likely, true);
      return {
        ...base,
        trouble: 'parity',
        words: `波特率 ${now.baudRate} 像是对的，但约一半字符的第 8 位被置位：仪器多半设为 ${sayLine(likely).split(' ')[1]}。`,
      };
    }
    if (found.some(({ values, shape }) => values > 0 || shape)) {
      return { ...base, trouble: null, words: `收到 ${bytes.length} 字节，认出了数据。` };
    }
    if (bytes.length === 0) return { ...base, trouble: 'silent', words: '没有收到数据，询问也没有应答。' };
    if (textPercent(bytes) < 60 && found.length === 0) {
      return {
        ...base,
        trouble: 'garbage',
        words: `收到 ${bytes.length} 字节，都认不出：像是波特率不对的乱码，或是二进制协议。`,
      };
    }
    return { ...base, trouble: 'unknown', words: `收到 ${bytes.length} 字节，没有驱动认得出读数。` };
  }

  #pause(ms: number, end: number): Promise<void> {
    const waitMs = Math.max(0, Math.min(ms, end - performance.now()));
    if (this.#cancelled || waitMs === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function better<T extends { score: number }>(a: T, b: T): T {
  return b.score > a.score ? b : a;
}

function collector(): { take(bytes: Uint8Array): void; bytes(): Uint8Array; readonly length: number } {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    take(bytes) {
      if (length >= MOST_BYTES) return;
      parts.push(bytes);
      length += bytes.length;
    },
    bytes: () => Buffer.concat(parts).subarray(0, MOST_BYTES),
    get length() {
      return length;
    },
  };
}

/** A port that something else of this program reads must not be read twice. */
export function heldError(path: string, by: string): AppError {
  return new AppError({
    code: 'instrument.port-held',
    message: `端口 ${path} 正由${by}使用。`,
    meaning: '同一个端口不能同时读两次，没有打开。',
    next: '请先断开那里的连接再试。',
  });
}
