// Makes noise, broken frames and true frames with known values, plays them to a driver as a port would, pulls the
// cable at random bytes, and judges: no exception, bounded memory, no value that no valid frame of this very
// connection holds, and no true frame lost.
import { bindDriver } from '../../../main/instruments/drivers/index.ts';
import type { BoundDriver, DriverEvent } from '../../../main/instruments/drivers/driver.ts';
import type { Random } from '../bed/random.ts';
import { key, latin } from './subject.ts';
import type { Subject } from './subject.ts';

/** No framer may hold more than this, whatever comes. */
const MOST_PENDING = 512;
const CONNECTION_BYTES = 8192;
const MOST_VIOLATIONS = 20;
/** Longer than any frame, and no head of one: whatever began before is judged before a guarded frame comes. */
const GUARD = new Uint8Array(300).fill(0xee);

export interface FuzzResult {
  name: string;
  bytes: number;
  connections: number;
  /** Guarded true frames, all of whose values had to come. */
  planted: number;
  values: number;
  mostPending: number;
  seconds: number;
  violations: string[];
}

function mutate(frame: Uint8Array, other: Uint8Array, random: Random): Uint8Array {
  const at = random.between(0, frame.length - 1);
  const bytes = [...frame];
  switch (random.between(0, 6)) {
    case 0:
      bytes[at] = (bytes[at] as number) ^ (1 << random.between(0, 7));
      return Uint8Array.from(bytes);
    case 1:
      bytes.splice(at, random.between(1, 3));
      return Uint8Array.from(bytes);
    case 2:
      bytes.splice(at, 0, random.between(0, 255));
      return Uint8Array.from(bytes);
    case 3:
      return frame.slice(0, at);
    case 4:
      return frame.slice(at);
    case 5:
      return Uint8Array.from([...frame.slice(0, at), ...other.slice(random.between(0, other.length - 1))]);
    default:
      bytes[at] = bytes[random.between(0, bytes.length - 1)] as number;
      return Uint8Array.from(bytes);
  }
}

/** Uniform, or of the bytes that frames are made of, which comes much nearer to a false frame. */
function noise(sample: Uint8Array, random: Random): Uint8Array {
  const length = random.between(1, 64);
  const near = random.chance(0.6);
  return Uint8Array.from({ length }, () => (near ? random.pick([...sample]) : random.between(0, 255)));
}

interface Connection {
  bytes: Uint8Array;
  /** Values of the guarded frames, in order. */
  owed: string[];
  planted: number;
}

function makeConnection(subject: Subject, random: Random, serial: { next: number }): Connection {
  const parts: Uint8Array[] = [];
  const owed: string[] = [];
  const made = { length: 0 };
  let planted = 0;
  const add = (...more: Uint8Array[]): void => {
    for (const part of more) {
      parts.push(part);
      made.length += part.length;
    }
  };
  const guard = subject.lines ? latin('\r\n') : GUARD;
  const make = () => subject.make(random, (serial.next += 1));
  if (subject.headless) {
    const first = make();
    add(first.wire);
    owed.push(...first.values);
    planted += 1;
  }
  while (made.length < CONNECTION_BYTES) {
    const dice = random.next();
    if (dice < 0.35) add(noise(make().wire, random));
    else if (dice < 0.75) add(mutate(make().wire, make().wire, random));
    else if (dice < 0.9 && !subject.lines) add(make().wire);
    else {
      const frame = make();
      add(guard, frame.wire, guard);
      if (subject.headless) continue;
      owed.push(...frame.values);
      planted += 1;
    }
  }
  // The cable comes out somewhere behind the last guarded frame: the next connection begins with nothing.
  add(make().wire.slice(0, random.between(0, 8)));
  return { bytes: Uint8Array.from(Buffer.concat(parts)), owed, planted };
}

/** As the port process opens it. */
export function makeLiveFramer(driver: BoundDriver): ReturnType<BoundDriver['makeFramer']> {
  return driver.makeFramer({ joinStream: driver.streams || driver.tailLooksWhole === true });
}

export const valueKeys = (events: readonly DriverEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'value' ? [key(event.value, event.unit, event.stable)] : []));

/** Index of the first of `wanted` that does not follow in `list`; -1 when all do. An entry may offer several. */
export function firstMissing(wanted: readonly string[], list: readonly string[]): number {
  let at = 0;
  for (const [index, each] of wanted.entries()) {
    while (at < list.length && list[at] !== each && !(list[at] as string).split('|').includes(each)) at += 1;
    if (at === list.length) return index;
    at += 1;
  }
  return -1;
}

export function fuzzDriver(subject: Subject, options: { bytes: number; random: Random }): FuzzResult {
  const { random } = options;
  const driver = bindDriver(subject.driver, subject.profile);
  const framer = makeLiveFramer(driver);
  const result: FuzzResult = {
    name: subject.name, bytes: 0, connections: 0, planted: 0, values: 0, mostPending: 0, seconds: 0, violations: [],
  }; // prettier-ignore
  const serial = { next: 0 };
  const started = performance.now();
  while (result.bytes < options.bytes && result.violations.length < MOST_VIOLATIONS) {
    const connection = makeConnection(subject, random, serial);
    const said: string[] = [];
    let framed = 0;
    const droppedBefore = framer.dropped;
    try {
      for (let at = 0; at < connection.bytes.length;) {
        const to = at + random.between(1, 200);
        for (const frame of framer.push(connection.bytes.subarray(at, to))) {
          framed += frame.wireLength;
          said.push(...valueKeys(driver.decode(frame).events));
        }
        result.mostPending = Math.max(result.mostPending, framer.pending);
        at = to;
      }
      framer.reset();
    } catch (error) {
      result.violations.push(`connection ${result.connections}: exception ${String(error)}`);
    }
    const stream = Buffer.from(connection.bytes).toString('latin1');
    const accounted = framed + framer.dropped - droppedBefore;
    if (accounted > connection.bytes.length)
      result.violations.push(`connection ${result.connections}: ${accounted} bytes from ${connection.bytes.length}`);
    const invented = firstMissing(said, subject.allowed(stream));
    if (invented >= 0)
      result.violations.push(`connection ${result.connections}: no valid frame says ${said[invented]}`);
    const lost = firstMissing(connection.owed, said);
    if (lost >= 0) result.violations.push(`connection ${result.connections}: lost ${connection.owed[lost]}`);
    result.bytes += connection.bytes.length;
    result.connections += 1;
    result.planted += connection.planted;
    result.values += said.length;
  }
  if (result.mostPending > MOST_PENDING) result.violations.push(`held ${result.mostPending} bytes`);
  result.seconds = (performance.now() - started) / 1000;
  return result;
}

export interface PullResult {
  name: string;
  pulls: number;
  lines: number;
  violations: string[];
}

/**
 * A stream of true lines, the cable out at a random byte and in again some bytes later: only lines that came whole
 * within one connection may give values, the first of a connection is not even believed when it looks whole.
 */
export function pullLines(subject: Subject, options: { pulls: number; random: Random }): PullResult {
  const { random } = options;
  const result: PullResult = { name: subject.name, pulls: 0, lines: 0, violations: [] };
  const driver = bindDriver(subject.driver, subject.profile);
  for (; result.pulls < options.pulls; result.pulls += 1) {
    const frames = Array.from({ length: 8 }, (_, index) => subject.make(random, 1000 + index * 7919 + result.pulls));
    const stream = Buffer.concat(frames.map(({ wire }) => wire));
    const out = random.between(1, stream.length - 1);
    // Back at once, after some lost bytes, or at the beginning of a line (the instrument was switched on again).
    const back = random.chance(0.5) ? out : Math.min(stream.length, out + random.between(0, 60));
    const framer = makeLiveFramer(driver);
    const play = (bytes: Uint8Array): string[] =>
      framer.push(bytes).flatMap((frame) => valueKeys(driver.decode(frame).events));
    const said = play(stream.subarray(0, out));
    framer.reset();
    said.push(...play(stream.subarray(back)));
    let end = 0;
    const whole = frames.flatMap(({ wire, values }) => {
      const from = end;
      end += wire.length;
      return end <= out + 1 || from >= back ? values : [];
    });
    result.lines += said.length;
    if (firstMissing(said, whole) >= 0) {
      result.violations.push(`out at ${out}, back at ${back}: ${said.join(' | ')} from ${whole.join(' | ')}`);
    }
  }
  return result;
}
