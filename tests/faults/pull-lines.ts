// The cable comes out at random bytes of every line protocol, on a real pseudo-terminal and through the port process: no
// value may be said that was not sent whole within one connection.
//   node tests/faults/pull-lines.ts --pulls 200 --seed 1
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { InstrumentHost } from '../../main/instruments/host.ts';
import type { DriverEvent } from '../../main/instruments/drivers/driver.ts';
import { findDriver } from '../../main/instruments/drivers/index.ts';
import { hasSocat, openPtyPeer, type PtyPeer } from '../support/ptyPeer.ts';
import { seededRandom, seedOf, sleep, type Random } from './bed/random.ts';
import { lineSubjects } from './fuzz/lines.ts';
import { firstMissing, valueKeys } from './fuzz/play.ts';
import { plain, type Subject } from './fuzz/subject.ts';

export const lackingForPulls = (): string | null => (hasSocat ? null : 'socat is not installed');

export interface PulledLines {
  name: string;
  pulls: number;
  sent: number;
  /** Values that came. */
  said: number;
  violations: string[];
}

const OPEN_LIMIT_MS = 20_000;
const LINES = 6;

/** One instrument on a port of the shared port process. */
class PulledInstrument {
  readonly #subject: Subject;
  readonly #random: Random;
  readonly #host: InstrumentHost;
  readonly #said: string[] = [];
  /** Everything that was sent whole, in order: a value may come late on a busy machine, but never out of nothing. */
  readonly #whole: string[] = [];
  #serial = 0;
  readonly result: PulledLines;

  constructor(subject: Subject, random: Random, host: InstrumentHost) {
    this.#subject = subject;
    this.#random = random;
    this.#host = host;
    this.result = { name: subject.name, pulls: 0, sent: 0, said: 0, violations: [] };
    host.on('reading', ({ channelId, event }) => {
      if (channelId === subject.name) this.#said.push(...valueKeys([event] as DriverEvent[]));
    });
    host.on('samples', ({ channelId, load_kN }) => {
      // Loads of machines come as numbers; their text is compared without trailing zeros.
      if (channelId === subject.name) for (const load of load_kN) this.#said.push(String(load));
    });
  }

  async run(pulls: number): Promise<void> {
    const { driver, profile, name } = this.#subject;
    const peer = await openPtyPeer();
    // An instrument that can say who it is answers here to every question, as the same one each time.
    const identity = findDriver(driver).identity;
    peer.onHeard = (bytes) => identity && peer.write(identityAnswer(driver, bytes));
    try {
      const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
      await this.#host.openChannel({
        channelId: name,
        path: peer.path,
        line,
        driver: { id: driver, ...(profile === undefined ? {} : { profile }) },
      });
      for (; this.result.pulls < pulls; this.result.pulls += 1) await this.#pull(peer);
      await sleep(500);
      this.judge();
    } finally {
      await this.#host.closeChannel(name);
      await peer.close();
    }
  }

  /** Whole lines, then one that is cut at a random byte; the next connection begins with its rest or with what follows. */
  async #pull(peer: PtyPeer): Promise<void> {
    await this.#opened();
    const frames = Array.from({ length: LINES }, () => this.#subject.make(this.#random, (this.#serial += 7919)));
    const stream = Buffer.concat(frames.map(({ wire }) => wire));
    const out = this.#random.between(1, stream.length - 1);
    const back = this.#random.chance(0.5) ? out : Math.min(stream.length, out + this.#random.between(0, 40));
    peer.write(stream.subarray(0, out));
    await sleep(60);
    await peer.pull();
    await this.#closed();
    await peer.plug();
    await this.#opened();
    peer.write(stream.subarray(back));
    await sleep(120);
    this.#whole.push(
      ...wholeFrames(frames, out, back).flatMap(({ values }) => values.map((value) => this.#shown(value))),
    );
  }

  /** Every value that came must be one that was sent whole, in the order of sending; each is a new number. */
  judge(): void {
    const { result } = this;
    result.sent = this.#whole.length;
    result.said = this.#said.length;
    const said = [...this.#said];
    for (let at = firstMissing(said, this.#whole); at >= 0; at = firstMissing(said, this.#whole)) {
      result.violations.push(`${said[at]} was not sent whole`);
      said.splice(at, 1);
    }
  }

  /** As this driver's values come from the host. */
  #shown(value: string): string {
    const { runs } = findDriver(this.#subject.driver);
    return runs ? String(Number(plain(value.split(' ')[0] as string))) : value;
  }

  async #opened(): Promise<void> {
    await this.#until(() => ['open', 'silent'].includes(this.#host.channelState(this.#subject.name).state));
  }

  async #closed(): Promise<void> {
    await this.#until(() => this.#host.channelState(this.#subject.name).state === 'reconnecting');
  }

  async #until(condition: () => boolean): Promise<void> {
    for (const limit = Date.now() + OPEN_LIMIT_MS; !condition(); await sleep(10)) {
      if (Date.now() < limit) continue;
      throw new Error(`${this.#subject.name} stays ${this.#host.channelState(this.#subject.name).state}`);
    }
  }
}

/** Those that came whole before the cut (their end may have been the last byte), or after it. */
function wholeFrames<Frame extends { wire: Uint8Array }>(frames: readonly Frame[], out: number, back: number): Frame[] {
  let end = 0;
  return frames.filter(({ wire }) => {
    const from = end;
    end += wire.length;
    // The LF of a CR LF may be missing: the CR has ended the line.
    return end <= out + 1 || from >= back;
  });
}

function identityAnswer(driver: string, bytes: Uint8Array): string {
  const asked = Buffer.from(bytes).toString('latin1');
  if (driver === 'mt-sics' && asked.startsWith('I4')) return 'I4 A "0123456789"\r\n';
  if (driver === 'and' && asked.startsWith('?SN')) return 'SN,T1234567\r\n';
  if (driver === 'sartorius-sbi' && asked.includes('x2_')) return '     21604567  \r\n';
  return '';
}

export async function pullAll(options: { pulls: number; seed: number; driver?: string }): Promise<PulledLines[]> {
  const folder = mkdtempSync(`${tmpdir()}/jiantai-pull-`);
  const host = new InstrumentHost({ runsFolder: folder });
  const subjects = lineSubjects.filter(({ lines, driver }) => lines && (options.driver ?? driver) === driver);
  const instruments = subjects.map(
    (subject, part) => new PulledInstrument(subject, seededRandom(seedOf(options.seed, part)), host),
  );
  try {
    await Promise.all(instruments.map((instrument) => instrument.run(options.pulls)));
  } finally {
    await host.shutdown();
    rmSync(folder, { recursive: true, force: true });
  }
  return instruments.map(({ result }) => result);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      pulls: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      driver: { type: 'string' },
    },
  });
  const lacking = lackingForPulls();
  if (lacking !== null) process.stdout.write(`skipped: ${lacking}\n`);
  else {
    const started = Date.now();
    const results = await pullAll({
      pulls: Number(values.pulls),
      seed: Number(values.seed),
      ...(values.driver === undefined ? {} : { driver: values.driver }),
    });
    for (const result of results) process.stdout.write(`${JSON.stringify(result)}\n`);
    const violations = results.reduce((sum, { violations: some }) => sum + some.length, 0);
    process.stdout.write(`violations ${violations} in ${Math.round((Date.now() - started) / 1000)} s\n`);
    if (violations > 0) process.exitCode = 1;
  }
}
