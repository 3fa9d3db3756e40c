// The wire of the older platforms, once for both ends: form posts, a session per account, a check value over listed
// values, answers `{code, msg, data}` with HTTP 200 whatever happened. Every save inserts; nothing is idempotent. All of
// it is an assumption of the profile `form`, made after public platforms of the same trade.
import type { SignatureScheme } from './signature-scheme.ts';

/** Name of the field that carries the check value. */
export const CHECK_FIELD = 'sign';
/** How long a session lasts, and how far `time` may be off. */
export const SESSION_MS = 24 * 3_600_000;
export const FORM_CLOCK_MS = 300_000;
/** A flow number is good for one request; the platform remembers it that long. */
export const FLOW_MEMORY_MS = 600_000;

const SESSION = ['account', 'token', 'time', 'flowNo'] as const;

export interface FormOperation {
  path: string;
  /** The values the check value covers, in this order; `null` for what anybody may ask. */
  checked: readonly string[] | null;
}

/** Files travel as base64 in `wj`, which the check value does not cover; it covers their SHA-256 in `xs`. */
export const FORM_OPERATIONS = {
  login: { path: '/api/login.do', checked: ['account', 'time', 'flowNo'] },
  time: { path: '/api/time.do', checked: null },
  institution: { path: '/api/jgxx/query.do', checked: SESSION },
  reference: { path: '/api/jcsj/query.do', checked: [...SESSION, 'lx', 'yb', 'hs'] },
  queryCommission: { path: '/api/wt/query.do', checked: [...SESSION, 'wtbh'] },
  saveCommission: { path: '/api/wt/save.do', checked: [...SESSION, 'wtbh', 'nr'] },
  queryData: { path: '/api/sj/query.do', checked: [...SESSION, 'lx', 'bh', 'bb'] },
  saveData: { path: '/api/sj/save.do', checked: [...SESSION, 'lx', 'bh', 'bb', 'nr'] },
  queryFile: { path: '/api/wj/query.do', checked: [...SESSION, 'xs'] },
  saveFile: { path: '/api/wj/save.do', checked: [...SESSION, 'xs'] },
  queryReport: { path: '/api/bg/query.do', checked: [...SESSION, 'bgbh', 'bb'] },
  saveReport: { path: '/api/bg/save.do', checked: [...SESSION, 'bgbh', 'bb', 'nr'] },
  issueCode: { path: '/api/bg/code.do', checked: [...SESSION, 'bgbh', 'bb'] },
  fileReport: { path: '/api/bg/file.do', checked: [...SESSION, 'bgbh', 'bb', 'xs'] },
  queryChange: { path: '/api/bgd/query.do', checked: [...SESSION, 'bgbh', 'bgdh'] },
  saveChange: { path: '/api/bgd/save.do', checked: [...SESSION, 'bgbh', 'bgdh', 'nr'] },
  queryVoid: { path: '/api/zf/query.do', checked: [...SESSION, 'bgbh'] },
  saveVoid: { path: '/api/zf/save.do', checked: [...SESSION, 'bgbh', 'nr'] },
  events: { path: '/api/tz/query.do', checked: [...SESSION, 'yb'] },
  verify: { path: '/api/cx/query.do', checked: null },
} as const satisfies Record<string, FormOperation>;

export type FormOperationName = keyof typeof FORM_OPERATIONS;

/** MD5 of the key followed by the listed values, nothing in between, in capitals. */
export function checkValueScheme(checked: readonly string[]): SignatureScheme {
  return {
    digest: 'MD5',
    parameters: checked,
    order: 'declared',
    write: 'value',
    join: '',
    empty: 'kept',
    encode: 'none',
    key: { place: 'before', text: '{key}' },
    hexCase: 'upper',
  };
}

/** Kinds of test data (`lx`) in the platform's spelling. */
export const FORM_DATA_KINDS = {
  'test-record': 'jl',
  acquisition: 'cj',
  modification: 'xg',
  witness: 'jz',
  'unqualified-notice': 'bhg',
} as const;

/** Kinds of reference data (`lx`). */
export const FORM_REFERENCE_KINDS = {
  item: 'jcxm',
  person: 'ry',
  'person-qualification': 'ryzz',
  equipment: 'sb',
  project: 'gc',
  contract: 'ht',
} as const;

export const FORM_COMMISSION_STATES = { '0': 'active', '1': 'locked', '2': 'voided' } as const;
export const FORM_VERIFY_STATES = { '1': 'valid', '2': 'replaced', '3': 'void' } as const;
export const FORM_EVENT_TYPES = {
  sd: 'commission.locked',
  js: 'commission.unlocked',
  zf: 'commission.voided',
  cx: 'qualification.revoked',
  mzx: 'code.revoked',
  tz: 'notice',
} as const;

export const FORM_CODES = {
  ok: 0,
  sessionEnded: 1001,
  kickedOut: 1002,
  wrongCheckValue: 1003,
  accountClosed: 1004,
  clock: 1005,
  repeated: 1006,
  incomplete: 2001,
  outOfScope: 2002,
  missing: 2003,
  locked: 2004,
  voided: 2005,
  notReady: 2006,
  beingDone: 2007,
  notFound: 2008,
  tooOften: 3001,
  tooLarge: 3002,
  failed: 5000,
} as const;

/** `yyyyMMddHHmmss` in China time, as `time` is written. */
export function formTime(milliseconds: number): string {
  return new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 19).replaceAll(/[-T:]/g, '');
}

/** Milliseconds since 1970; `NaN` for anything but a time. */
export function readFormTime(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
}
