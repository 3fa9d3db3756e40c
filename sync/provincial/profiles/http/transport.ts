// One request over axios, with every comfort switched off that could hide what happened: no redirects, no proxies
// from the environment, no automatic JSON, no status that throws, bounded sizes both ways, one time limit over all,
// certificates verified whatever the environment says. Errors are turned into plain failures here, so that an axios
// error (which carries the request with its headers) never travels further.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { type AxiosInstance, create as createAxios } from 'axios';
import type { PlatformFailure } from '../../port.ts';
import { type RawAnswer, unknownOutcome } from './raw-answer.ts';

/** What goes out; the profile has encoded it. */
export interface HttpRequest {
  method: string;
  body: Uint8Array | null;
  headers: Record<string, string>;
  /** Carries a file: it gets the longer time limit. */
  upload: boolean;
}

export interface TransportOptions {
  /** Whole time of one exchange in milliseconds; uploads of bytes get `uploadTimeoutMs`. */
  timeoutMs?: number;
  uploadTimeoutMs?: number;
  maxAnswerBytes?: number;
  maxRequestBytes?: number;
  /** PEM of a certificate authority of the platform's own, in addition to those the system trusts. */
  ca?: string[];
  axiosInstance?: AxiosInstance;
}

export type TransportResult = { ok: true; raw: RawAnswer } | { ok: false; failure: PlatformFailure };

export interface Transport {
  send(
    url: string,
    request: HttpRequest,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<TransportResult>;
  close(): void;
}

/** Nothing can have reached the platform. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ERR_INVALID_URL',
]);
const CERTIFICATE =
  /^(CERT_|ERR_TLS_CERT|UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED|ERR_SSL|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/;

function failureOfTransport(error: unknown, aborted: boolean): PlatformFailure {
  if (aborted) return unknownOutcome('CANCELLED', '发送被中断，结果不明。');
  const given = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  const code = typeof given === 'string' ? given : '';
  const text = error instanceof Error ? error.message : '';
  if (code === 'ERR_FR_MAX_BODY_LENGTH_EXCEEDED' || /maxBodyLength/.test(text)) {
    return { class: 'rejected', code: 'REQUEST_TOO_LARGE', message: '要发送的内容超过本机允许的大小。', sent: false };
  }
  if (/maxContentLength/.test(text)) {
    return unknownOutcome('ANSWER_TOO_LARGE', '平台的应答过大，已停止接收，结果不明。');
  }
  if (NOTHING_SENT.has(code)) return unknownOutcome('NOT_CONNECTED', `连接不到平台（${code}）。`, false);
  if (CERTIFICATE.test(code)) {
    return unknownOutcome('CERTIFICATE', `平台的证书未通过验证（${code}），没有发送任何内容。`, false);
  }
  if (['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'].includes(code)) {
    return unknownOutcome('TIMEOUT', '平台在规定时间内没有应答，结果不明。');
  }
  return unknownOutcome('NO_ANSWER', `连接在应答完整到达之前断开（${code || '原因不明'}），结果不明。`);
}

export function createTransport(options: TransportOptions): Transport {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const uploadTimeoutMs = options.uploadTimeoutMs ?? 180_000;
  const httpAgent = new HttpAgent({ keepAlive: true, maxSockets: 4 });
  const httpsAgent = new HttpsAgent({
    keepAlive: true,
    maxSockets: 4,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  });
  const client = options.axiosInstance ?? createAxios();
  return {
    async send(url, request, headers, signal) {
      const timeLimit = AbortSignal.timeout(request.upload ? uploadTimeoutMs : timeoutMs);
      try {
        const response = await client.request<ArrayBuffer | Buffer>({
          url,
          method: request.method,
          headers: { Accept: 'application/json', 'User-Agent': 'jiantai', ...request.headers, ...headers },
          ...(request.body === null ? {} : { data: Buffer.from(request.body) }),
          responseType: 'arraybuffer',
          transformRequest: [(data: unknown) => data],
          transformResponse: [(data: unknown) => data],
          validateStatus: () => true,
          maxRedirects: 0,
          maxContentLength: options.maxAnswerBytes ?? 8 * 1024 * 1024,
          maxBodyLength: options.maxRequestBytes ?? 256 * 1024 * 1024,
          proxy: false,
          httpAgent,
          httpsAgent,
          signal: signal === undefined ? timeLimit : AbortSignal.any([timeLimit, signal]),
        });
        const answerHeaders: Record<string, string> = {};
        for (const [name, value] of Object.entries(response.headers as Record<string, unknown>)) {
          if (typeof value === 'string') answerHeaders[name.toLowerCase()] = value;
        }
        return {
          ok: true,
          raw: { status: response.status, headers: answerHeaders, bytes: new Uint8Array(response.data ?? []) },
        };
      } catch (error) {
        return { ok: false, failure: failureOfTransport(error, signal?.aborted === true) };
      }
    },
    close() {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}
