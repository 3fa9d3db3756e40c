// The bench server: the same renderer and the same contract as the desktop window, over loopback HTTP and WebSocket.
// It carries calls and events and decides nothing: what a call may do is the core's business. Its own duty is that
// only a browser that was let in through a single-use address, and only a page of this very origin, gets that far.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import type { Reply } from '../../shared/contract/call.ts';
import { isCallName } from '../../shared/contract/calls.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import type { Core, CoreOptions } from '../core/interface.ts';
import { Clients, type Client } from './clients.ts';
import { eventSink } from './event-socket.ts';
import { contentTypeAllowed, cookieName, hostAllowed, originAllowed, readCookie, setCookie } from './guards.ts';
import { refusal, refusals } from './refusals.ts';
import { newNonce, protectiveHeaders, readAsset } from './web-assets.ts';

export const bodyLimit = 32 * 1024 * 1024;
const entryLifeMs = 10 * 60_000;
const pingEveryMs = 30_000;

export interface BenchServerOptions {
  readonly core: Core;
  /** Only loopback: this server speaks plain HTTP. */
  readonly host: '127.0.0.1';
  /** 0 lets the system choose. */
  readonly port: number;
  readonly rendererFolder: string;
  /** Where browsers are remembered across restarts (hashed); null remembers none. */
  readonly dataFolder?: string | null;
  readonly log?: NonNullable<CoreOptions['log']>;
}

export interface BenchServer {
  readonly url: string;
  readonly port: number;
  /** A new single-use address that lets one browser in; it dies after ten minutes. */
  enterUrl(): string;
  stop(): Promise<void>;
}

const envelope = z.object({ name: z.string().max(100), input: z.unknown().optional() });

export async function startBenchServer(options: BenchServerOptions): Promise<BenchServer> {
  const log = options.log ?? (() => undefined);
  const clients = await Clients.load(options.core, options.dataFolder ?? null);
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 10_000 });
  const port = await listen(server, options.host, options.port);
  const door = new Door(options, clients, port, log);

  server.on('request', (request, response) => {
    door.answer(request, response).catch((error: unknown) => {
      log('error', 'bench server: request failed', { path: pathOf(request), error: describe(error) });
      if (response.headersSent) response.destroy();
      else sendReply(response, 500, refusals.internal);
    });
  });
  server.on('upgrade', (request, socket, head) => door.upgrade(request, socket, head));

  return {
    url: door.origin,
    port,
    enterUrl: () => `${door.origin}/enter?t=${door.issueEntry()}`,
    async stop() {
      door.stop();
      server.closeAllConnections();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      await clients.close();
    },
  };
}

class Door {
  readonly origin: string;
  private readonly authority: string;
  private readonly cookie: string;
  private readonly entries = new Map<string, number>();
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 });
  private readonly pinger: NodeJS.Timeout;
  private readonly options: BenchServerOptions;
  private readonly clients: Clients;
  private readonly log: NonNullable<CoreOptions['log']>;

  constructor(options: BenchServerOptions, clients: Clients, port: number, log: NonNullable<CoreOptions['log']>) {
    this.options = options;
    this.clients = clients;
    this.log = log;
    this.authority = `${options.host}:${port}`;
    this.origin = `http://${this.authority}`;
    this.cookie = cookieName(port);
    this.pinger = setInterval(() => this.pingAll(), pingEveryMs);
    this.pinger.unref();
  }

  issueEntry(): string {
    const now = Date.now();
    for (const [token, until] of this.entries) if (until < now) this.entries.delete(token);
    const token = randomBytes(24).toString('base64url');
    this.entries.set(token, now + entryLifeMs);
    return token;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hostAllowed(request.headers, this.authority)) {
      response.writeHead(421, protectiveHeaders(newNonce())).end();
      return;
    }
    const path = pathOf(request);
    if (path === '/rpc') {
      await this.answerCall(request, response);
      return;
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sendReply(response, 405, refusals.methodRefused);
      return;
    }
    if (path === '/enter') await this.enter(request, response);
    else if (this.clientOf(request)) await this.serve(path, response);
    else sendPage(response, 401, refusals.serverRestarted);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refuse = (line: string): void => {
      socket.end(`HTTP/1.1 ${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    };
    if (!hostAllowed(request.headers, this.authority)) return refuse('421 Misdirected Request');
    if (pathOf(request) !== '/events') return refuse('404 Not Found');
    if (!originAllowed(request.headers, this.origin)) return refuse('403 Forbidden');
    const client = this.clientOf(request);
    if (!client) return refuse('401 Unauthorized');
    this.sockets.handleUpgrade(request, socket, head, (tab) => attach(tab, client));
  }

  stop(): void {
    clearInterval(this.pinger);
    for (const tab of this.sockets.clients) tab.close(1001, 'server stops');
    this.sockets.close();
  }

  private clientOf(request: IncomingMessage): Client | undefined {
    return this.clients.find(readCookie(request.headers, this.cookie));
  }

  private async enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = new URL(request.url ?? '/', this.origin).searchParams.get('t') ?? '';
    const valid = this.redeem(token);
    const home = { ...protectiveHeaders(newNonce()), location: '/', 'cache-control': 'no-store' };
    // A browser that is already in (a restored tab, a second click on the icon) keeps its sign-in.
    if (this.clientOf(request)) {
      response.writeHead(303, home).end();
      return;
    }
    if (!valid) {
      sendPage(response, 403, refusals.enterRefused);
      return;
    }
    const id = await this.clients.admit();
    if (id === null) sendPage(response, 503, refusals.tooManyClients);
    else response.writeHead(303, { ...home, 'set-cookie': setCookie(this.cookie, id) }).end();
  }

  private redeem(token: string): boolean {
    for (const [candidate, until] of this.entries) {
      if (candidate.length !== token.length || !timingSafeEqual(Buffer.from(candidate), Buffer.from(token))) continue;
      this.entries.delete(candidate);
      return until >= Date.now();
    }
    return false;
  }

  private async serve(path: string, response: ServerResponse): Promise<void> {
    const asset = await readAsset(this.options.rendererFolder, path);
    if (asset === null) sendPage(response, 404, refusals.notFound);
    else response.writeHead(200, { ...asset.headers, 'content-length': asset.body.length }).end(asset.body);
  }

  private async answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST') return sendReply(response, 405, refusals.methodRefused);
    if (!originAllowed(request.headers, this.origin)) return sendReply(response, 403, refusals.originRefused);
    if (!contentTypeAllowed(request.headers)) return sendReply(response, 415, refusals.inputNotJson);
    const client = this.clientOf(request);
    if (!client) return sendReply(response, 401, refusals.serverRestarted);
    const body = await readBody(request);
    if (body === null) {
      response.setHeader('connection', 'close');
      return sendReply(response, 413, refusals.inputTooLarge);
    }
    const call = parseCall(body);
    if (call === null) return sendReply(response, 400, refusals.inputNotJson);
    if (!isCallName(call.name)) return sendReply(response, 404, refusals.callUnknown);
    let reply: Reply;
    try {
      reply = await client.connection.call(call.name, call.input);
    } catch (error) {
      // The core answers with refusals and never throws; if it does, the window still gets an answer.
      this.log('error', 'bench server: core threw', { call: call.name, error: describe(error) });
      return sendReply(response, 500, refusals.internal);
    }
    send(response, 200, reply);
  }

  private pingAll(): void {
    for (const tab of this.sockets.clients) {
      if (silentTabs.has(tab)) tab.terminate();
      else {
        silentTabs.add(tab);
        tab.ping();
      }
    }
  }
}

/** Tabs that have not answered the last ping. */
const silentTabs = new WeakSet<WebSocket>();

function attach(tab: WebSocket, client: Client): void {
  const sink = eventSink(tab);
  client.sinks.add(sink);
  tab.on('pong', () => silentTabs.delete(tab));
  tab.on('error', () => tab.terminate());
  tab.on('close', () => client.sinks.delete(sink));
}

function parseCall(body: Buffer): { name: string; input: unknown } | null {
  try {
    const parsed = envelope.safeParse(JSON.parse(body.toString('utf8')));
    return parsed.success ? { name: parsed.data.name, input: parsed.data.input ?? {} } : null;
  } catch {
    return null;
  }
}

/** The whole body, or null as soon as it passes the limit. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, reply: Reply): void {
  const body = Buffer.from(JSON.stringify(reply));
  response
    .writeHead(status, {
      ...protectiveHeaders(newNonce()),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': body.length,
    })
    .end(body);
}

function sendReply(response: ServerResponse, status: number, info: ErrorInfo): void {
  send(response, status, refusal(info));
}

function sendPage(response: ServerResponse, status: number, info: ErrorInfo): void {
  const lines = [info.message, info.meaning, info.next].filter((line) => line !== undefined);
  const body = Buffer.from(
    `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>检台</title><h1>检台</h1>${lines
      .map((line) => `<p>${line}</p>`)
      .join('')}<p><small>${info.code}</small></p></html>`,
  );
  response
    .writeHead(status, {
      ...protectiveHeaders(newNonce()),
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-length': body.length,
    })
    .end(body);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Path without the query: queries may hold entry tokens and must not reach a log. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
