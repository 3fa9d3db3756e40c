// Who is calling: the signature check of the contract (openapi.yaml, securitySchemes.signed). The clock is looked at
// first, so that a lab with a wrong clock learns just that; a nonce is remembered only after the signature was right,
// so that nobody without the secret can use up nonces.
import {
  canonicalRequest,
  CLOCK_WINDOW_MS,
  NONCE_PATTERN,
  NONCE_WINDOW_MS,
  SIGN_METHODS,
  SIGNATURE_HEADERS,
  signMethodAvailable,
  verifySignature,
} from '../wire/signing.ts';
import { sha256Hex } from '../wire/digest.ts';
import { type PlatformContext } from './context.ts';
import { PlatformError } from './platform-error.ts';

export interface SignedRequest {
  method: string;
  /** Path and query exactly as they came in the request line. */
  target: string;
  header(name: string): string | undefined;
  body: Uint8Array;
}

function required(request: SignedRequest, name: string): string {
  const value = request.header(name);
  if (value === undefined || value === '') throw new PlatformError('BAD_SIGNATURE', `缺少请求头 ${name}`);
  return value;
}

/** Answers the org code of the caller or refuses with BAD_SIGNATURE, CLOCK_SKEW, REPLAY or FORBIDDEN. */
export function authenticate(context: PlatformContext, request: SignedRequest): string {
  const orgCode = required(request, SIGNATURE_HEADERS.orgCode);
  const accessKey = required(request, SIGNATURE_HEADERS.accessKey);
  const timestamp = required(request, SIGNATURE_HEADERS.timestamp);
  const nonce = required(request, SIGNATURE_HEADERS.nonce);
  const methodName = required(request, SIGNATURE_HEADERS.signMethod);
  const signature = required(request, SIGNATURE_HEADERS.signature);

  const method = SIGN_METHODS.find((name) => name === methodName);
  if (method === undefined || !signMethodAvailable(method)) {
    throw new PlatformError('BAD_SIGNATURE', `不支持的签名算法 ${methodName}`);
  }
  if (!/^\d{1,15}$/.test(timestamp)) throw new PlatformError('BAD_SIGNATURE', 'X-Timestamp 须为毫秒时间戳');
  if (!NONCE_PATTERN.test(nonce)) throw new PlatformError('BAD_SIGNATURE', 'X-Nonce 须为 16 至 64 位字母、数字、-、_');

  const now = context.now();
  const offset = Number(timestamp) - now;
  if (Math.abs(offset) > CLOCK_WINDOW_MS) {
    throw new PlatformError(
      'CLOCK_SKEW',
      `请求时间与平台时间相差 ${Math.round(Math.abs(offset) / 1000)} 秒，超过 300 秒`,
    );
  }

  const credential = context.db
    .prepare<[string], { org_code: string; secret: string; enabled: number }>(
      'SELECT org_code, secret, enabled FROM credential WHERE access_key = ?',
    )
    .get(accessKey);
  const mark = request.target.indexOf('?');
  const canonical = canonicalRequest({
    method: request.method,
    path: mark === -1 ? request.target : request.target.slice(0, mark),
    query: mark === -1 ? '' : request.target.slice(mark + 1),
    orgCode,
    timestamp,
    nonce,
    bodySha256: sha256Hex(request.body),
  });
  // An unknown key answers exactly as a wrong secret does: the answer tells nobody which keys exist.
  if (credential === undefined || !verifySignature(canonical, credential.secret, signature, method)) {
    throw new PlatformError('BAD_SIGNATURE', '签名不正确');
  }
  if (credential.org_code !== orgCode) throw new PlatformError('FORBIDDEN', '访问密钥不属于该机构');
  if (credential.enabled === 0) throw new PlatformError('FORBIDDEN', '该机构的接口权限已停用');

  const inserted = context.db
    .transaction(() => {
      context.db.prepare('DELETE FROM nonce WHERE seen_at < ?').run(now - NONCE_WINDOW_MS);
      return context.db
        .prepare('INSERT OR IGNORE INTO nonce (access_key, nonce, seen_at) VALUES (?, ?, ?)')
        .run(accessKey, nonce, now).changes;
    })
    .immediate();
  if (inserted === 0) throw new PlatformError('REPLAY', '请求重复（随机数已使用）');
  return orgCode;
}
