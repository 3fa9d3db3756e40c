// Fault switches: everything a network and a platform can do to a client, on demand, so that the client is proved
// against it. Counters say how many matching requests are still to be hit; -1 means until switched off.

export interface FaultSwitches {
  /** Regular expression on `METHOD /path`; empty means every request under /v1. */
  match: string;
  /** Delay before a matching request is looked at. */
  latencyMs: number;
  /** The connection dies before anything is done. */
  dropBeforeCommit: number;
  /** The work is done and kept, then the connection dies: the client never gets the answer. */
  dropAfterCommit: number;
  /** 500 before anything is done. */
  status500: number;
  /** 500 although the work was done and kept. */
  status500AfterCommit: number;
  /** The work is done; the answer is 200 with bytes that are no JSON. */
  garbageBody: number;
  /** The work is done; the answer breaks off in the middle. */
  truncatedBody: number;
  /** 429 with Retry-After, nothing is done. */
  rateLimited: number;
  retryAfterSeconds: number;
  /** How far the platform's clock is off. */
  clockSkewMs: number;
  /** How many asks for a code are answered 202. */
  codePending: number;
}

export const NO_FAULTS: Readonly<FaultSwitches> = Object.freeze({
  match: '',
  latencyMs: 0,
  dropBeforeCommit: 0,
  dropAfterCommit: 0,
  status500: 0,
  status500AfterCommit: 0,
  garbageBody: 0,
  truncatedBody: 0,
  rateLimited: 0,
  retryAfterSeconds: 1,
  clockSkewMs: 0,
  codePending: 0,
});

export type FaultCounter =
  | 'dropBeforeCommit'
  | 'dropAfterCommit'
  | 'status500'
  | 'status500AfterCommit'
  | 'garbageBody'
  | 'truncatedBody'
  | 'rateLimited'
  | 'codePending';

const BEFORE = ['dropBeforeCommit', 'rateLimited', 'status500'] as const;
const AFTER = ['dropAfterCommit', 'status500AfterCommit', 'garbageBody', 'truncatedBody'] as const;
export type RequestFault = (typeof BEFORE)[number] | (typeof AFTER)[number];

export function matches(faults: FaultSwitches, method: string, path: string): boolean {
  return faults.match === '' ? path.startsWith('/v1/') : new RegExp(faults.match).test(`${method} ${path}`);
}

/** Takes one hit from a counter; false where it is off. */
export function take(faults: FaultSwitches, counter: FaultCounter): boolean {
  if (faults[counter] === 0) return false;
  if (faults[counter] > 0) faults[counter] -= 1;
  return true;
}

/** The one fault that hits this request, if any; a request is hit by one at a time. */
export function takeRequestFault(faults: FaultSwitches): RequestFault | undefined {
  return [...BEFORE, ...AFTER].find((counter) => take(faults, counter));
}

/** Sets the named switches; throws on a name or value that is none, so that a mistyped switch is not silently off. */
export function setFaults(faults: FaultSwitches, changes: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(changes)) {
    if (!Object.hasOwn(NO_FAULTS, name)) throw new TypeError(`没有故障开关 ${name}`);
    if (name === 'match') {
      if (typeof value !== 'string') throw new TypeError('match 须为正则表达式文本');
      void new RegExp(value);
    } else if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
      throw new TypeError(`${name} 须为整数`);
    } else if (value < (name === 'clockSkewMs' ? -Number.MAX_SAFE_INTEGER : name.endsWith('Ms') ? 0 : -1)) {
      throw new TypeError(`${name} 超出范围`);
    }
  }
  Object.assign(faults, changes);
}
