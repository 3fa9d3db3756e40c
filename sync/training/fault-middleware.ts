// Applies the fault switches around a request: before anything is done, in its stead, while it is done, or to its
// answer. The supervisor's own addresses are never hit.
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type MiddlewareHandler } from 'hono';
import { type PlatformContext } from './context.ts';
import { type DistortedRequest, distorted } from './distortions.ts';
import { DISTORTIONS, type FaultSwitches, matches, type RequestFault, take, takeRequestFault } from './faults.ts';
import { errorAnswer, type HttpContext, type HttpEnvironment } from './http.ts';
import { PlatformError } from './platform-error.ts';

type Deliver = (request: Request, bindings: HttpEnvironment['Bindings']) => Response | Promise<Response>;

function kill(c: HttpContext): Response {
  c.env.outgoing.destroy();
  return RESPONSE_ALREADY_SENT;
}

const broken = (): Response => errorAnswer(new PlatformError('INTERNAL', '平台内部错误'));

const gatewayPage = (): Response =>
  new Response('<!doctype html><html lang="zh-CN"><body><h1>统一认证</h1><p>请先登录政务外网。</p></body></html>', {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

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

/** The right answer behind many megabytes of blanks; made while it is sent, so that the platform needs none of it. */
async function inflated(answer: Response, size: number): Promise<Response> {
  const right = new Uint8Array(await answer.arrayBuffer());
  const blanks = new Uint8Array(256 * 1024).fill(0x20);
  let left = size;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (left > 0) {
        controller.enqueue(blanks.subarray(0, Math.min(left, blanks.length)));
        left -= blanks.length;
        return;
      }
      controller.enqueue(right);
      controller.close();
    },
  });
  return new Response(body, { status: answer.status, headers: { 'content-type': 'application/json' } });
}

/** What is answered instead of doing anything. */
function instead(c: HttpContext, fault: RequestFault, faults: FaultSwitches): Response | undefined {
  switch (fault) {
    case 'dropBeforeCommit':
      return kill(c);
    case 'status500':
      return broken();
    case 'rateLimited':
      return errorAnswer(new PlatformError('RATE_LIMITED', '请求过于频繁，请稍后再试', [], faults.retryAfterSeconds));
    case 'accessRefused':
      return errorAnswer(new PlatformError('FORBIDDEN', '该机构的接口权限已停用'));
    case 'signatureRefused':
      return errorAnswer(new PlatformError('BAD_SIGNATURE', '签名不正确'));
    case 'htmlPage':
      return gatewayPage();
    case 'redirected':
      return new Response(null, { status: 302, headers: { location: '/moved' } });
    default:
      return undefined;
  }
}

/** What becomes of the answer after the work was done and kept. */
async function spoiled(c: HttpContext, fault: RequestFault, answer: Response, size: number): Promise<Response> {
  switch (fault) {
    case 'dropAfterCommit':
      return kill(c);
    case 'status500AfterCommit':
      return broken();
    case 'truncatedBody':
      return breakOff(c, answer);
    case 'hugeAnswer':
      return inflated(answer, size);
    case 'garbageBody':
      return new Response('<html>\u0000%PDF}{', { status: 200, headers: { 'content-type': 'application/json' } });
    default:
      return answer;
  }
}

/** The same bytes twice, one after the other, as two requests; the answer is the second one's. */
async function twice(c: HttpContext, deliver: Deliver): Promise<Response> {
  const body = new Uint8Array(await c.req.raw.arrayBuffer());
  const { method, headers, url } = c.req.raw;
  const once = async (): Promise<Response> =>
    deliver(new Request(url, { method, headers, body }), { ...c.env, alreadyHit: true });
  await (await once()).arrayBuffer();
  return once();
}

async function distortedAnswer(
  context: PlatformContext,
  faults: FaultSwitches,
  request: DistortedRequest,
  answer: Response,
): Promise<Response | undefined> {
  const wanted = DISTORTIONS.filter((kind) => faults[kind] !== 0);
  if (wanted.length === 0 || !/json/.test(answer.headers.get('content-type') ?? '') || answer.status !== 200) {
    return undefined;
  }
  let body: unknown = await answer.clone().json();
  let hit = false;
  for (const kind of wanted) {
    const changed = distorted(kind, body, request, context);
    if (changed === undefined || !take(faults, kind)) continue;
    body = changed;
    hit = true;
  }
  return hit ? Response.json(body, { status: answer.status }) : undefined;
}

export function faulty(
  context: PlatformContext,
  faults: FaultSwitches,
  deliver: Deliver,
): MiddlewareHandler<HttpEnvironment> {
  return async (c, next) => {
    const method = c.env.incoming.method ?? '';
    const { path } = c.req;
    if (c.env.alreadyHit === true || /^\/(admin|console)(\/|$)/.test(path) || !matches(faults, method, path)) {
      await next();
      return undefined;
    }
    if (faults.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, faults.latencyMs));
    const fault = takeRequestFault(faults, method);
    if (fault !== undefined) {
      c.set('fault', fault);
      const answer = instead(c, fault, faults);
      if (answer !== undefined) return answer;
      if (fault === 'deliveredTwice') return twice(c, deliver);
    }
    await next();
    const answer = c.res;
    if (fault !== undefined) {
      const changed = await spoiled(c, fault, answer, faults.hugeAnswerBytes);
      if (changed !== answer) {
        c.res = undefined;
        c.res = changed;
      }
      return undefined;
    }
    const query = new URL(c.req.url).searchParams;
    const changed = await distortedAnswer(context, faults, { method, path, query }, answer);
    if (changed !== undefined) {
      c.res = undefined;
      c.res = changed;
    }
    return undefined;
  };
}
