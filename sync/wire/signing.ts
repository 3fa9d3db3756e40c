// Request signatures of the contract (openapi.yaml, securitySchemes.signed), one implementation for the client that
// signs and the embedded platform that checks. The lines are: METHOD, path percent-encoded as sent, query with its
// pairs sorted by name then value and percent-encoded, X-Org-Code, X-Timestamp, X-Nonce, SHA-256 hex of the body
// bytes; joined by \n with none at the end.
import { randomBytes } from 'node:crypto';
import { sha256Hex } from './digest.ts';
import {
  joinedValues,
  percentEncode,
  type SignatureScheme,
  signatureMatches,
  signatureOf,
} from './signature-scheme.ts';

export { percentEncode } from './signature-scheme.ts';

export const SIGN_METHODS = ['HMAC-SHA256', 'HMAC-SM3'] as const;
export type SignMethod = (typeof SIGN_METHODS)[number];

/** How far a timestamp may be off the platform's clock. */
export const CLOCK_WINDOW_MS = 300_000;
/** How long a nonce is remembered. */
export const NONCE_WINDOW_MS = 600_000;
export const NONCE_PATTERN = /^[A-Za-z0-9_-]{16,64}$/;

export const SIGNATURE_HEADERS = {
  orgCode: 'X-Org-Code',
  accessKey: 'X-Access-Key',
  timestamp: 'X-Timestamp',
  nonce: 'X-Nonce',
  signMethod: 'X-Sign-Method',
  signature: 'X-Signature',
} as const;

export type QueryPairs = ReadonlyArray<readonly [name: string, value: string]>;

export interface CanonicalRequestParts {
  method: string;
  /** Path with leading slash, percent-encoded exactly as it is sent, without the query. */
  path: string;
  /** Decoded pairs in any order, or the raw query string (without `?`). */
  query?: QueryPairs | string;
  orgCode: string;
  /** Milliseconds since 1970, as the header carries them. */
  timestamp: string;
  nonce: string;
  bodySha256: string;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The query as it is signed. Send exactly this text after `?` and no encoder on the way can break the signature. */
export function canonicalQuery(query: QueryPairs | string | undefined): string {
  if (query === undefined) return '';
  const pairs: QueryPairs = typeof query === 'string' ? [...new URLSearchParams(query)] : query;
  return [...pairs]
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&');
}

/** The contract's signature as data, for either method. */
export function contractScheme(method: SignMethod): SignatureScheme {
  return {
    digest: method,
    parameters: ['method', 'path', 'query', 'orgCode', 'timestamp', 'nonce', 'bodySha256'],
    order: 'declared',
    write: 'value',
    join: '\n',
    empty: 'kept',
    encode: 'none',
    key: 'hmac',
    hexCase: 'lower',
  };
}

/** The text that is signed; it is the same for every method. */
export function canonicalRequest(parts: CanonicalRequestParts): string {
  const values = { ...parts, method: parts.method.toUpperCase(), query: canonicalQuery(parts.query) };
  return joinedValues(contractScheme('HMAC-SHA256'), values);
}

/** The canonical text as a scheme of one value, so that text and signature are one implementation. */
function wholeText(method: SignMethod): SignatureScheme {
  return { ...contractScheme(method), parameters: ['text'] };
}

/** Whether this program can compute a method. Both always: SM3 does not come from the runtime's crypto library. */
export function signMethodAvailable(method: string): method is SignMethod {
  return SIGN_METHODS.some((known) => known === method);
}

/** Lower-case hex HMAC of the canonical request under the access secret. */
export function sign(canonical: string, secret: string, method: SignMethod = 'HMAC-SHA256'): string {
  return signatureOf(wholeText(method), { text: canonical }, secret);
}

/** Compares in constant time; the signature must be the lower-case hex, nothing else passes. */
export function verifySignature(
  canonical: string,
  secret: string,
  signature: string,
  method: SignMethod = 'HMAC-SHA256',
): boolean {
  return signatureMatches(wholeText(method), { text: canonical }, secret, signature);
}

/** 22 characters of the permitted alphabet, 128 random bits. */
export function newNonce(): string {
  return randomBytes(16).toString('base64url');
}

export interface SignedRequestInput {
  method: string;
  path: string;
  query?: QueryPairs | string;
  /** The bytes that are sent; absent for none. */
  body?: Uint8Array | string;
  orgCode: string;
  accessKey: string;
  secret: string;
  /** Milliseconds since 1970, already corrected by the known offset to the platform's clock. */
  timestamp: number;
  nonce?: string;
  signMethod?: SignMethod;
}

/** The six headers a request travels with. Call it anew for every attempt: a nonce is good for one request only. */
export function signedHeaders(input: SignedRequestInput): Record<string, string> {
  const method = input.signMethod ?? 'HMAC-SHA256';
  const nonce = input.nonce ?? newNonce();
  const timestamp = String(Math.trunc(input.timestamp));
  const canonical = canonicalRequest({
    method: input.method,
    path: input.path,
    query: input.query,
    orgCode: input.orgCode,
    timestamp,
    nonce,
    bodySha256: sha256Hex(input.body ?? ''),
  });
  return {
    [SIGNATURE_HEADERS.orgCode]: input.orgCode,
    [SIGNATURE_HEADERS.accessKey]: input.accessKey,
    [SIGNATURE_HEADERS.timestamp]: timestamp,
    [SIGNATURE_HEADERS.nonce]: nonce,
    [SIGNATURE_HEADERS.signMethod]: method,
    [SIGNATURE_HEADERS.signature]: sign(canonical, input.secret, method),
  };
}
