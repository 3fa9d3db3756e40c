// A real HTTP server between the engine and the platform that does to one request what networks and gateways do.
// `before`: the connection dies before the platform hears of it. `after`: the platform has done it, and its answer is
// lost. `slow`: both take a while. `late`: the connection dies, and the platform hears of it when the client has long
// gone on. The others replace the answer after the platform has done its part (or, for `…-instead`, in its place).
import { type AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http';

export type Fault =
  | 'pass'
  | 'before'
  | 'after'
  | 'error-500'
  | 'error-500-instead'
  | 'garbage'
  | 'html'
  | 'html-404-instead'
  | 'truncated'
  | 'silence'
  | 'redirect-instead'
  | 'huge'
  | 'twice'
  | 'slow'
  | 'late';

export interface SeenRequest {
  method: string;
  path: string;
  body: Buffer;
  fault: Fault;
  status: number | null;
}

/** The platform does its part; its answer arrives changed. */
export interface ChangedAnswer {
  answer: (body: string) => string;
}

/** The platform never hears of it. */
export interface OwnAnswer {
  status: number;
  body: unknown;
}

export interface FaultProxy {
  url: string;
  seen: SeenRequest[];
  /** Decides what happens to a request; `pass` by default. */
  decide: (request: { method: string; path: string; body: Buffer }) => Fault | ChangedAnswer | OwnAnswer;
  lateMs: number;
  slowMs: number;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

function collect(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', reject);
  });
}

function forward(target: URL, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method ?? 'GET',
        path: incoming.url ?? '/',
        headers: { ...incoming.headers, host: target.host, connection: 'close' },
        agent: false,
      },
      (answer) => {
        collect(answer).then(
          (bytes) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: bytes }),
          reject,
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const PAGE = '<!DOCTYPE html><html><body>网关维护中</body></html>';

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: Buffer | string): void {
  response.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  response.end(body);
}

export async function startFaultProxy(targetUrl: string): Promise<FaultProxy> {
  const target = new URL(targetUrl);
  const proxy: Omit<FaultProxy, 'url' | 'close'> = { seen: [], decide: () => 'pass', lateMs: 800, slowMs: 60 };

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await collect(incoming);
    const about = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', body };
    const decision = proxy.decide(about);
    const fault = typeof decision === 'string' ? decision : 'pass';
    const seen: SeenRequest = { ...about, fault, status: null };
    proxy.seen.push(seen);
    if (typeof decision === 'object' && 'status' in decision) {
      send(response, decision.status, { 'content-type': 'application/json' }, JSON.stringify(decision.body));
      return;
    }
    if (fault === 'before') {
      incoming.socket.destroy();
      return;
    }
    if (fault === 'error-500-instead') {
      send(
        response,
        500,
        { 'content-type': 'application/json' },
        '{"code":"INTERNAL","message":"内部错误","requestId":"x"}',
      );
      return;
    }
    if (fault === 'html-404-instead') {
      send(response, 404, { 'content-type': 'text/html' }, PAGE);
      return;
    }
    if (fault === 'redirect-instead') {
      send(response, 302, { location: `${targetUrl}${about.path}` }, '');
      return;
    }
    if (fault === 'late') {
      incoming.socket.destroy();
      setTimeout(() => void forward(target, incoming, body).catch(() => undefined), proxy.lateMs);
      return;
    }
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, proxy.slowMs));
    const answer = await forward(target, incoming, body);
    if (fault === 'twice') await forward(target, incoming, body);
    seen.status = answer.status;
    const headers = { 'content-type': answer.headers['content-type'] ?? 'application/json' };
    if (fault === 'after') incoming.socket.destroy();
    else if (fault === 'silence') setTimeout(() => incoming.socket.destroy(), 1500).unref();
    else if (fault === 'error-500') send(response, 502, { 'content-type': 'text/html' }, PAGE);
    else if (fault === 'garbage')
      send(response, 200, { 'content-type': 'application/json' }, Buffer.from([0xff, 0x00, 0xfe, 0x7b]));
    else if (fault === 'html') send(response, 200, { 'content-type': 'text/html' }, PAGE);
    else if (fault === 'huge') send(response, 200, headers, Buffer.alloc(300_000, 0x20));
    else if (fault === 'truncated') {
      response.writeHead(answer.status, { ...headers, 'content-length': String(answer.body.length + 40) });
      response.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () => incoming.socket.destroy());
    } else {
      const changed =
        typeof decision === 'string' ? answer.body : Buffer.from(decision.answer(answer.body.toString('utf8')), 'utf8');
      const retryAfter = answer.headers['retry-after'];
      const more: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      send(response, answer.status, { ...headers, ...more }, changed);
    }
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}
