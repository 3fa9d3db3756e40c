// The HTTP edge: body limits, signatures and error answers. Operations behind it see verified callers and complete
// bodies only.
import { timingSafeEqual } from 'node:crypto';
import { type HttpBindings } from '@hono/node-server';
import { type Context, type MiddlewareHandler } from 'hono';
import { ulid } from 'ulid';
import { statusOfErrorCode } from '../wire/error-codes.ts';
import { type WireError } from '../wire/schemas.ts';
import { authenticate } from './authentication.ts';
import { type PlatformContext } from './context.ts';
import { type RequestFault } from './faults.ts';
import { PlatformError } from './platform-error.ts';

export interface HttpEnvironment {
  /** `alreadyHit`: delivered by a fault, which must not hit it again. */
  Bindings: HttpBindings & { alreadyHit?: boolean };
  Variables: { orgCode: string; body: Buffer<ArrayBuffer>; fault: RequestFault | undefined };
}
export type HttpContext = Context<HttpEnvironment>;
type Handler = MiddlewareHandler<HttpEnvironment>;

/** An error answer as the contract says it. */
export function errorAnswer(error: PlatformError, status: number = statusOfErrorCode(error.code)): Response {
  const requestId = ulid();
  const body: WireError = {
    code: error.code,
    message: error.message,
    requestId,
    ...(error.details.length === 0
      ? {}
      : {
          details: error.details.map(({ field, rule, message }) => ({
            message,
            ...(field === undefined ? {} : { field }),
            ...(rule === undefined ? {} : { rule }),
          })),
        }),
  };
  const headers: Record<string, string> = { 'X-Request-Id': requestId };
  if (error.retryAfterSeconds !== undefined) headers['Retry-After'] = String(error.retryAfterSeconds);
  return Response.json(body, { status, headers });
}

/** Reads the whole body up to a limit; more is TOO_LARGE, whatever Content-Length claimed. */
export async function readBody(request: Request, limit: number): Promise<Buffer<ArrayBuffer>> {
  const tooLarge = (): PlatformError => new PlatformError('TOO_LARGE', `报文超过 ${limit} 字节的上限`);
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge();
  if (request.body === null) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a verified body. */
export function jsonBody(context: HttpContext): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(context.get('body'))) as unknown;
  } catch {
    throw new PlatformError('VALIDATION', '报文不是有效的 UTF-8 JSON');
  }
}

/** Reads the body and checks the signature of a request, in front of its operation. */
export function signed(context: PlatformContext, bodyLimit: () => number): Handler {
  return async (c, next) => {
    const body = await readBody(c.req.raw, bodyLimit());
    const orgCode = authenticate(context, {
      method: c.env.incoming.method ?? '',
      target: c.env.incoming.url ?? '',
      header: (name) => c.req.header(name),
      body,
    });
    c.set('orgCode', orgCode);
    c.set('body', body);
    await next();
  };
}

/** Compares two secrets in a time that tells nothing. */
export function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Lets only the holder of the admin token through. */
export function adminOnly(token: string): Handler {
  return async (c, next) => {
    if (!sameSecret(c.req.header('authorization') ?? '', `Bearer ${token}`)) {
      throw new PlatformError('FORBIDDEN', '管理令牌不正确');
    }
    c.set('body', await readBody(c.req.raw, 64 * 1024));
    await next();
  };
}
