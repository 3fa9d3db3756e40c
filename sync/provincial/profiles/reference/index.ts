// The reference profile as a port: encode, sign, send, read; one path for every operation. It never throws for what
// a network or a platform does.
import { z } from 'zod';
import type {
  CallOptions,
  ExchangeTrace,
  PlatformAnswer,
  PlatformFailure,
  ProvincialPort,
  Verification,
} from '../../port.ts';
import { sha256Hex } from '../../../wire/digest.ts';
import { maskText } from '../../mask.ts';
import {
  batchAnswer,
  codeAnswer,
  commissionAnswer,
  eventsAnswer,
  institutionAnswer,
  registrationAnswer,
  referencePageAnswer,
  reportAnswer,
  serverTimeAnswer,
  verificationAnswer,
} from './answers.ts';
import { notInContract, type RawAnswer, readJson, retryAfterSeconds, unknownOutcome } from '../http/raw-answer.ts';
import { createTransport, type TransportOptions } from '../http/transport.ts';
import { classify } from './classify.ts';
import { encode, type EncodedRequest, type Operation, UnsendableKeyError } from './encode.ts';
import { REFERENCE_PROFILE } from './profile.ts';
import { type Credentials, createSigner } from './sign.ts';

export { REFERENCE_PROFILE } from './profile.ts';

export interface ReferencePortOptions extends Credentials, TransportOptions {
  /** For example `https://jg.example.gov.cn/lab`; a path prefix is kept and signed. */
  baseUrl: string;
  /** Platform clock minus own clock in milliseconds, asked anew for every signature. */
  clockOffset?: () => number;
  /** Own clock, milliseconds since 1970. */
  now?: () => number;
}

export type ReferencePort = ProvincialPort & {
  /** Lets go of idle connections. */
  close(): void;
};

/** Reads an answer that has been classified as not failed; `undefined` means: this status is a failure. */
type Reader<T> = (raw: RawAnswer) => PlatformFailure | { value: T } | undefined;

function reading<Schema extends z.ZodType>(schema: Schema, status = 200): Reader<z.output<Schema>> {
  return (raw) => {
    if (raw.status !== status) return undefined;
    const json = readJson(raw);
    if (!json.ok) return json.failure;
    const parsed = schema.safeParse(json.value);
    return parsed.success ? { value: parsed.data } : notInContract(raw.status, parsed.error);
  };
}

/** As `reading`, where the contract's own NOT_FOUND means `null`; anybody else's 404 says nothing. */
function readingOrNull<Schema extends z.ZodType>(schema: Schema): Reader<z.output<Schema> | null> {
  const found = reading(schema);
  return (raw) => {
    if (raw.status !== 404) return found(raw);
    return classify(raw, 0).code === 'NOT_FOUND' ? { value: null } : undefined;
  };
}

function looksLikeAPage(raw: RawAnswer): boolean {
  return /html/i.test(raw.headers['content-type'] ?? '');
}

/** Bytes were taken in; a page of HTML with status 200 comes from a gateway and stored nothing. */
const stored: Reader<{ wasThere: boolean }> = (raw) => {
  if (raw.status !== 200 && raw.status !== 201) return undefined;
  if (looksLikeAPage(raw)) return unknownOutcome('NOT_JSON', `应答是网页而不是平台的回执（HTTP ${raw.status}）。`);
  return { value: { wasThere: raw.status === 200 } };
};

/** The contract says nothing of the body; what stands there must at least not be somebody else's page. */
const done: Reader<{ done: true }> = (raw) => {
  if (raw.status !== 200) return undefined;
  const json = raw.bytes.length === 0 ? null : readJson(raw);
  return json === null || json.ok ? { value: { done: true } } : json.failure;
};

export function createReferencePort(options: ReferencePortOptions): ReferencePort {
  const base = new URL(options.baseUrl);
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    throw new TypeError(`平台地址须以 http:// 或 https:// 开头：${base.protocol}`);
  }
  const prefix = base.pathname.replace(/\/+$/, '');
  const now = options.now ?? Date.now;
  const signer = createSigner(options);
  const transport = createTransport(options);

  function traceOf(
    request: EncodedRequest | null,
    operation: Operation,
    startedAt: number,
    answer: string,
  ): ExchangeTrace {
    const isText = request?.headers['Content-Type'] === 'application/json';
    const query = request === null || request.query === '' ? '' : `?${request.query}`;
    return {
      operation: operation.name,
      target: request === null ? '' : `${request.method} ${prefix}${request.path}${query}`,
      requestDigest: sha256Hex(request?.body ?? ''),
      maskedRequest: isText && request?.body ? maskText(Buffer.from(request.body).toString('utf8')) : '',
      answer,
      startedAt,
      endedAt: now(),
    };
  }

  async function exchange<T>(
    operation: Operation,
    read: Reader<T>,
    callOptions: CallOptions | undefined,
  ): Promise<PlatformAnswer<T> & { status: number | null }> {
    const startedAt = now();
    let request: EncodedRequest;
    try {
      request = encode(operation);
    } catch (error) {
      if (!(error instanceof UnsendableKeyError)) throw error;
      const failure: PlatformFailure = {
        class: 'rejected',
        code: 'KEY_NOT_SENDABLE',
        message: error.message,
        sent: false,
      };
      return { outcome: 'failed', failure, trace: traceOf(null, operation, startedAt, ''), status: null };
    }
    const path = `${prefix}${request.path}`;
    const headers = signer(request, path, startedAt + (options.clockOffset?.() ?? 0));
    const url = `${base.origin}${path}${request.query === '' ? '' : `?${request.query}`}`;
    const upload = request.body !== null && request.headers['Content-Type'] !== 'application/json';
    const result = await transport.send(url, { ...request, upload }, headers, callOptions?.signal);
    if (!result.ok) {
      const trace = traceOf(request, operation, startedAt, `${result.failure.code} ${result.failure.message}`);
      return { outcome: 'failed', failure: result.failure, trace, status: null };
    }
    const { raw } = result;
    const trace = traceOf(
      request,
      operation,
      startedAt,
      `HTTP ${raw.status} ${maskText(Buffer.from(raw.bytes).toString('utf8'))}`,
    );
    const outcome = read(raw) ?? classify(raw, now());
    if ('value' in outcome) return { outcome: 'ok', value: outcome.value, trace, status: raw.status };
    return { outcome: 'failed', failure: outcome, trace, status: raw.status };
  }

  const issued = reading(codeAnswer);
  const codeReader: typeof issued = (raw) => {
    if (raw.status !== 202) return issued(raw);
    const retryAfterS = retryAfterSeconds(raw.headers['retry-after'], now());
    return {
      class: 'later',
      code: 'BEING_ISSUED',
      message: '平台正在签发标识码。',
      sent: true,
      ...(retryAfterS === undefined ? {} : { retryAfterS }),
    };
  };

  return {
    profile: REFERENCE_PROFILE.id,
    capabilities: REFERENCE_PROFILE.capabilities,
    limits: REFERENCE_PROFILE.limits,
    close: () => transport.close(),

    time: (o) => exchange({ name: 'time' }, reading(serverTimeAnswer), o),
    institution: (o) => exchange({ name: 'institution' }, reading(institutionAnswer), o),
    referencePage: (kind, cursor, limit, o) =>
      exchange({ name: 'referencePage', kind, cursor, limit }, reading(referencePageAnswer), o),
    putCommission: (commissionNo, submission, o) =>
      exchange({ name: 'putCommission', commissionNo, submission }, reading(commissionAnswer), o),
    getCommission: (commissionNo, o) =>
      exchange({ name: 'getCommission', commissionNo }, readingOrNull(commissionAnswer), o),
    postBatch: (batchId, entries, o) => exchange({ name: 'postBatch', batchId, entries }, reading(batchAnswer), o),
    getBatch: (batchId, o) => exchange({ name: 'getBatch', batchId }, readingOrNull(batchAnswer), o),
    putMedia: (sha256, bytes, o) => exchange({ name: 'putMedia', sha256, bytes }, stored, o),
    async hasMedia(sha256, o) {
      const answer = await exchange<boolean>(
        { name: 'hasMedia', sha256 },
        (raw) => {
          if (raw.status === 200 && !looksLikeAPage(raw)) return { value: true };
          return raw.status === 404 && !looksLikeAPage(raw) ? { value: false } : undefined;
        },
        o,
      );
      if (answer.status !== 401 && answer.status !== 403) return answer;
      // An answer to HEAD has no body, so it cannot say why it refused; a signed question that may answer can.
      const reason = await exchange({ name: 'institution' }, reading(institutionAnswer), o);
      return reason.outcome === 'failed' ? { outcome: 'failed', failure: reason.failure, trace: answer.trace } : answer;
    },
    putReport: (reportNo, revision, submission, o) =>
      exchange({ name: 'putReport', reportNo, revision, submission }, reading(reportAnswer), o),
    getReport: (reportNo, revision, o) =>
      exchange({ name: 'getReport', reportNo, revision }, readingOrNull(reportAnswer), o),
    obtainCode: (reportNo, revision, o) => exchange({ name: 'obtainCode', reportNo, revision }, codeReader, o),
    fileReport: (reportNo, revision, sha256, bytes, o) =>
      exchange({ name: 'fileReport', reportNo, revision, sha256, bytes }, stored, o),
    postChange: (reportNo, submission, o) => exchange({ name: 'postChange', reportNo, submission }, done, o),
    voidReport: (reportNo, request, o) => exchange({ name: 'voidReport', reportNo, request }, done, o),
    putRegistration: (kind, localId, entry, o) =>
      exchange({ name: 'putRegistration', kind, localId, entry }, reading(registrationAnswer), o),
    events: (cursor, o) => exchange({ name: 'events', cursor }, reading(eventsAnswer), o),
    verify: (code, o) =>
      exchange<Verification | null>(
        { name: 'verify', code },
        (raw) => {
          if (raw.status === 404 && !looksLikeAPage(raw)) return { value: null };
          return reading(verificationAnswer)(raw);
        },
        o,
      ),
  };
}
