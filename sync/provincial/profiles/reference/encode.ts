// Second of the profile's three functions: an operation of the port as a request of this contract. Paths are
// percent-encoded exactly once, here, because the signature covers the path as it is sent.
import type { BatchEntry, ReferenceKind, RegistrationKind, Submission, VoidRequest } from '../../port.ts';
import { unreachable } from '../../unreachable.ts';
import { canonicalQuery, percentEncode } from '../../../wire/signing.ts';

export interface EncodedRequest {
  operation: string;
  method: 'GET' | 'PUT' | 'POST' | 'HEAD';
  path: string;
  /** As it is sent after `?`; empty for none. */
  query: string;
  body: Uint8Array | null;
  headers: Record<string, string>;
  signed: boolean;
}

export type Operation =
  | { name: 'time' }
  | { name: 'institution' }
  | { name: 'referencePage'; kind: ReferenceKind; cursor: string | null; limit: number }
  | { name: 'putCommission'; commissionNo: string; submission: Submission }
  | { name: 'getCommission'; commissionNo: string }
  | { name: 'postBatch'; batchId: string; entries: BatchEntry[] }
  | { name: 'getBatch'; batchId: string }
  | { name: 'putMedia'; sha256: string; bytes: Uint8Array }
  | { name: 'hasMedia'; sha256: string }
  | { name: 'putReport'; reportNo: string; revision: number; submission: Submission }
  | { name: 'getReport'; reportNo: string; revision: number }
  | { name: 'obtainCode'; reportNo: string; revision: number }
  | { name: 'fileReport'; reportNo: string; revision: number; sha256: string; bytes: Uint8Array }
  | { name: 'postChange'; reportNo: string; submission: Submission }
  | { name: 'voidReport'; reportNo: string; request: VoidRequest }
  | { name: 'putRegistration'; kind: RegistrationKind; localId: string; entry: BatchEntry }
  | { name: 'events'; cursor: string | null }
  | { name: 'verify'; code: string };

/** Thrown for a key that no path can carry: `.` and `..` vanish when a URL is normalised, even percent-encoded. */
export class UnsendableKeyError extends Error {}

function segment(text: string): string {
  if (text === '' || text === '.' || text === '..') throw new UnsendableKeyError(`编号“${text}”不能出现在地址中`);
  return percentEncode(text);
}

const JSON_HEADERS = { 'Content-Type': 'application/json' };

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

function reportPath(reportNo: string, revision: number): string {
  return `/v1/reports/${segment(reportNo)}/revisions/${segment(String(revision))}`;
}

export function encode(operation: Operation): EncodedRequest {
  const question = {
    operation: operation.name,
    method: 'GET',
    query: '',
    body: null,
    headers: {},
    signed: true,
  } as const;
  switch (operation.name) {
    case 'time':
      return { ...question, path: '/v1/time', signed: false };
    case 'verify':
      return { ...question, path: `/v1/verify/${segment(operation.code)}`, signed: false };
    case 'institution':
      return { ...question, path: '/v1/institution' };
    case 'referencePage': {
      const pairs: [string, string][] = [['limit', String(operation.limit)]];
      if (operation.cursor !== null) pairs.push(['cursor', operation.cursor]);
      return { ...question, path: `/v1/reference/${segment(operation.kind)}`, query: canonicalQuery(pairs) };
    }
    case 'events': {
      const query = operation.cursor === null ? '' : canonicalQuery([['cursor', operation.cursor]]);
      return { ...question, path: '/v1/events', query };
    }
    case 'getCommission':
      return { ...question, path: `/v1/commissions/${segment(operation.commissionNo)}` };
    case 'getBatch':
      return { ...question, path: `/v1/batches/${segment(operation.batchId)}` };
    case 'getReport':
      return { ...question, path: reportPath(operation.reportNo, operation.revision) };
    case 'hasMedia':
      return { ...question, method: 'HEAD', path: `/v1/media/${segment(operation.sha256)}` };
    case 'putCommission':
      return {
        ...question,
        method: 'PUT',
        path: `/v1/commissions/${segment(operation.commissionNo)}`,
        body: json(operation.submission),
        headers: JSON_HEADERS,
      };
    case 'postBatch':
      return {
        ...question,
        method: 'POST',
        path: '/v1/batches',
        body: json({ batchId: operation.batchId, entries: operation.entries }),
        headers: JSON_HEADERS,
      };
    case 'putMedia':
      return {
        ...question,
        method: 'PUT',
        path: `/v1/media/${segment(operation.sha256)}`,
        body: operation.bytes,
        headers: { 'Content-Type': 'application/octet-stream' },
      };
    case 'putReport':
      return {
        ...question,
        method: 'PUT',
        path: reportPath(operation.reportNo, operation.revision),
        body: json(operation.submission),
        headers: JSON_HEADERS,
      };
    case 'obtainCode':
      return { ...question, method: 'POST', path: `${reportPath(operation.reportNo, operation.revision)}/code` };
    case 'fileReport':
      return {
        ...question,
        method: 'PUT',
        path: `${reportPath(operation.reportNo, operation.revision)}/file`,
        body: operation.bytes,
        headers: { 'Content-Type': 'application/pdf', 'X-Content-SHA256': operation.sha256 },
      };
    case 'postChange':
      return {
        ...question,
        method: 'POST',
        path: `/v1/reports/${segment(operation.reportNo)}/changes`,
        body: json(operation.submission.payload),
        headers: JSON_HEADERS,
      };
    case 'voidReport':
      return {
        ...question,
        method: 'POST',
        path: `/v1/reports/${segment(operation.reportNo)}/void`,
        body: json(operation.request),
        headers: JSON_HEADERS,
      };
    case 'putRegistration':
      return {
        ...question,
        method: 'PUT',
        path: `/v1/registrations/${segment(operation.kind)}/${segment(operation.localId)}`,
        body: json(operation.entry),
        headers: JSON_HEADERS,
      };
    default:
      return unreachable(operation);
  }
}
