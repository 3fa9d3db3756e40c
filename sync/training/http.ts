// The HTTP edge: body limits, fault switches, signatures and error answers, in this order. Operations behind it see
// verified callers and complete bodies only.
import { timingSafeEqual } from 'node:crypto';
import { type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, type MiddlewareHandler } from 'hono';
import { ulid } from 'ulid';
import { statusOfErrorCode } from '../wire/error-codes.ts';
import { type WireError } from '../wire/schemas.ts';
import { authenticate } from './authentication.ts';
import { type PlatformContext } from './context.ts';
import { type FaultSwitches, matches, takeRequestFault } from './faults.ts';
import { PlatformError } from './platform-error.ts';

export interface HttpEnvironment {
  Bindings: HttpBindings;
  Variables: { orgCode: string; body: Buffer<ArrayBuffer> };
}
export type HttpContext = Context<HttpEnvironment>;
type Handler = MiddlewareHandler<HttpEnvironment>;

/** An error answer as the contract says it. */
export function errorAnswer(error: PlatformError): Response {
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
  return Response.json(body, { status: statusOfErrorCode(error.code), headers });
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

function kill(c: HttpContext): Response {
  c.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

function broken(): Response {
  return errorAnswer(new PlatformError('INTERNAL', '平台内部错误'));
}

async function breakOff(c: HttpContext, answer: Response): Promise<Response> {
  const whole = Buffer.from(await answer.arrayBuffer());
  const { outgoing } = c.env;
  outgoing.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    'content-length': whole.length + 1,
  });
  outgoing.write(whole.subarray(0, Math.floor(whole.length / 2)), () => outgoing.destroy());
  return RESPONSE_ALREADY_SENT;
}

/** Applies the switched-on faults around a request. The supervisor's own calls are never hit. */
export function faulty(faults: FaultSwitches): Handler {
  return async (c, next) => {
    if (c.req.path.startsWith('/admin/') || !matches(faults, c.env.incoming.method ?? '', c.req.path)) {
      await next();
      return undefined;
    }
    if (faults.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs));
    const fault = takeRequestFault(faults);
    if (fault === 'dropBeforeCommit') return kill(c);
    if (fault === 'status500') return broken();
    if (fault === 'rateLimited') {
      return errorAnswer(new PlatformError('RATE_LIMITED', '请求过于频繁，请稍后再试', [], faults.retryAfterSeconds));
    }
    await next();
    if (fault === undefined) return undefined;
    const answer = c.res;
    c.res = undefined;
    if (fault === 'dropAfterCommit') c.res = kill(c);
    else if (fault === 'status500AfterCommit') c.res = broken();
    else if (fault === 'truncatedBody') c.res = await breakOff(c, answer);
    else c.res = new Response('<html>\u0000%PDF}{', { status: 200, headers: { 'content-type': 'application/json' } });
    return undefined;
  };
}

/** Lets only the holder of the admin token through. */
export function adminOnly(token: string): Handler {
  const expected = Buffer.from(`Bearer ${token}`);
  return async (c, next) => {
    const given = Buffer.from(c.req.header('authorization') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw new PlatformError('FORBIDDEN', '管理令牌不正确');
    }
    c.set('body', await readBody(c.req.raw, 64 * 1024));
    await next();
  };
}
