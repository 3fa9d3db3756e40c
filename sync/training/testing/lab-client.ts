// A bare client of the contract for tests: signs, sends, answers status and body, and repeats nothing. It stands beside
// the real client on purpose: what the platform does must be seen without any recovery in between.
import { ulid } from 'ulid';
import { digestOf, sha256Hex } from '../../wire/digest.ts';
import { type EntryKind, type WireEntry } from '../../wire/schemas.ts';
import { canonicalQuery, type QueryPairs, signedHeaders } from '../../wire/signing.ts';
import { type TrainingLab } from '../seed.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // A test looks at whatever came; a wrong field fails its expectation.
  // oxlint-disable-next-line typescript/no-explicit-any
  json: any;
}

export interface SendOptions {
  query?: QueryPairs;
  body?: Uint8Array<ArrayBuffer> | string;
  headers?: Record<string, string>;
  timestamp?: number;
  nonce?: string;
  secret?: string;
  orgCode?: string;
  accessKey?: string;
}

export interface LabClient {
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  get(path: string, query?: QueryPairs): Promise<Answer>;
  json(method: string, path: string, body: unknown): Promise<Answer>;
  put(path: string, payload: unknown): Promise<Answer>;
  batch(entries: WireEntry[], batchId?: string): Promise<Answer>;
  medium(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export function entryOf(kind: EntryKind, key: string, payload: Record<string, unknown>, revision = 1): WireEntry {
  return { entryId: ulid(), kind, key, revision, digest: digestOf(payload), payload };
}

export function labClient(url: string, lab: TrainingLab, now: () => number = Date.now): LabClient {
  const send: LabClient['send'] = async (method, path, options = {}) => {
    const query = canonicalQuery(options.query);
    const headers = signedHeaders({
      method,
      path,
      query,
      orgCode: options.orgCode ?? lab.institution.orgCode,
      accessKey: options.accessKey ?? lab.credentials.accessKey,
      secret: options.secret ?? lab.credentials.secret,
      timestamp: options.timestamp ?? now(),
      ...(options.body === undefined ? {} : { body: options.body }),
      ...(options.nonce === undefined ? {} : { nonce: options.nonce }),
    });
    const response = await fetch(`${url}${path}${query === '' ? '' : `?${query}`}`, {
      method,
      headers: { ...headers, ...options.headers },
      ...(options.body === undefined ? {} : { body: options.body }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const json: LabClient['json'] = (method, path, body) =>
    send(method, path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  return {
    send,
    json,
    get: (path, query) => send('GET', path, query === undefined ? {} : { query }),
    put: (path, payload) => json('PUT', path, { digest: digestOf(payload), payload }),
    batch: (entries, batchId = ulid()) => json('POST', '/v1/batches', { batchId, entries }),
    medium: async (bytes) => {
      const sha256 = sha256Hex(bytes);
      const answer = await send('PUT', `/v1/media/${sha256}`, {
        body: bytes,
        headers: { 'content-type': 'application/octet-stream' },
      });
      if (answer.status !== 201 && answer.status !== 200) throw new Error(`medium refused: ${answer.text}`);
      return sha256;
    },
  };
}
