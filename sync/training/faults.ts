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
  /** FORBIDDEN: the institution's access is withdrawn. */
  accessRefused: number;
  /** BAD_SIGNATURE: the key is no longer known. */
  signatureRefused: number;
  /** A page of a gateway with status 200, nothing is done. */
  htmlPage: number;
  /** 302 to somewhere else, nothing is done. */
  redirected: number;
  /** A write fails with SQLITE_FULL: 503, nothing is kept. */
  diskFull: number;
  /** The same bytes arrive twice, as from a proxy that repeats; the client gets the second answer. */
  deliveredTwice: number;
  /** The work is done; the right answer comes with so many blanks in front. */
  hugeAnswer: number;
  hugeAnswerBytes: number;
  /** Every object of the answer carries fields of a later version. */
  futureFields: number;
  /** States, types and statuses of the answer are words that the contract does not know. */
  unknownEnum: number;
  /** A batch's receipts name an entry that was never sent. */
  strayReceipt: number;
  /** A code comes with the number of another report. */
  foreignCode: number;
  /** A code comes with another digest. */
  wrongDigestCode: number;
  /** A code other than the one that was issued. */
  secondCode: number;
  /** A page of people or equipment says that every one of them is disabled. */
  massChange: number;
  /** A page says that there is more and names the cursor it was asked with. */
  endlessPaging: number;
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
  accessRefused: 0,
  signatureRefused: 0,
  htmlPage: 0,
  redirected: 0,
  diskFull: 0,
  deliveredTwice: 0,
  hugeAnswer: 0,
  hugeAnswerBytes: 50 * 1024 * 1024,
  futureFields: 0,
  unknownEnum: 0,
  strayReceipt: 0,
  foreignCode: 0,
  wrongDigestCode: 0,
  secondCode: 0,
  massChange: 0,
  endlessPaging: 0,
});

const BEFORE = [
  'dropBeforeCommit',
  'rateLimited',
  'status500',
  'accessRefused',
  'signatureRefused',
  'htmlPage',
  'redirected',
] as const;
/** Only a write can be hit by these. */
const DURING = ['diskFull', 'deliveredTwice'] as const;
const AFTER = ['dropAfterCommit', 'status500AfterCommit', 'garbageBody', 'truncatedBody', 'hugeAnswer'] as const;
export const DISTORTIONS = [
  'futureFields',
  'unknownEnum',
  'strayReceipt',
  'foreignCode',
  'wrongDigestCode',
  'secondCode',
  'massChange',
  'endlessPaging',
] as const;

export type Distortion = (typeof DISTORTIONS)[number];
export type RequestFault = (typeof BEFORE)[number] | (typeof DURING)[number] | (typeof AFTER)[number];
export type FaultCounter = RequestFault | Distortion | 'codePending';

/** Switches that are no counters: a pattern, a time or a size. */
export type FaultMeasure = Exclude<keyof FaultSwitches, FaultCounter>;

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
export function takeRequestFault(faults: FaultSwitches, method: string): RequestFault | undefined {
  const during = method === 'PUT' || method === 'POST' ? DURING : [];
  return [...BEFORE, ...during, ...AFTER].find((counter) => take(faults, counter));
}

function lowest(name: string): number {
  if (name === 'clockSkewMs') return -Number.MAX_SAFE_INTEGER;
  return /(Ms|Bytes|Seconds)$/.test(name) ? 0 : -1;
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
    } else if (value < lowest(name)) {
      throw new TypeError(`${name} 超出范围`);
    }
  }
  Object.assign(faults, changes);
}
