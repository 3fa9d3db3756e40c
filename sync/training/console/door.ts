// Who may open the supervisor's console: this machine only, with a single-use address that the platform's own process
// gave out, or with the admin token. A session lives in memory and in a cookie that no script and no foreign page can
// use; every change carries the session's own word, so that a form of another site changes nothing.
import { randomBytes } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { type HttpContext, sameSecret } from '../http.ts';
import { PlatformError } from '../platform-error.ts';

const SESSION_MS = 12 * 3_600_000;
const LOOPBACK_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]']);

export interface ConsoleSession {
  /** In every form of the session's pages. */
  csrf: string;
  /** What the last act brought; shown once. */
  flash: { tone: 'done' | 'refused'; text: string } | undefined;
  until: number;
}

const secret = (): string => randomBytes(24).toString('base64url');

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  const plain = address.replace(/^::ffff:/, '');
  return plain === '::1' || (isIPv4(plain) && plain.startsWith('127.'));
}

export class ConsoleDoor {
  readonly #token: string;
  readonly #entries = new Set<string>();
  readonly #sessions = new Map<string, ConsoleSession>();

  constructor(token: string) {
    this.#token = token;
  }

  /** The path of a single-use entry; good until it is used or the platform stops. */
  entryPath(): string {
    const entry = secret();
    this.#entries.add(entry);
    return `/console/enter?t=${entry}`;
  }

  /** Another machine, or a rebound name, finds nothing here. */
  refuseStrangers(c: HttpContext): void {
    const name = (c.req.header('host') ?? '').replace(/:\d+$/, '');
    if (isLoopback(c.env.incoming.socket.remoteAddress) && LOOPBACK_NAMES.has(name)) return;
    throw new PlatformError('NOT_FOUND', '没有这个地址');
  }

  /** A change comes from a page of this very address; browsers say so themselves. */
  refuseForeignForms(c: HttpContext): void {
    if (c.req.header('origin') === `http://${c.req.header('host') ?? ''}`) return;
    throw new PlatformError('FORBIDDEN', '请求不是从控制台页面发出的');
  }

  /** Uses up an entry. */
  admitByEntry(entry: string): boolean {
    return this.#entries.delete(entry);
  }

  admitByToken(token: string): boolean {
    return sameSecret(token, this.#token);
  }

  /** A new session; answers its cookie. */
  open(c: HttpContext): string {
    const id = secret();
    this.#sessions.set(id, { csrf: secret(), flash: undefined, until: Date.now() + SESSION_MS });
    return `${this.#cookieName(c)}=${id}; Path=/console; Max-Age=${SESSION_MS / 1000}; HttpOnly; SameSite=Strict`;
  }

  close(c: HttpContext): void {
    const id = this.#cookie(c);
    if (id !== undefined) this.#sessions.delete(id);
  }

  session(c: HttpContext): ConsoleSession | undefined {
    const id = this.#cookie(c);
    const session = id === undefined ? undefined : this.#sessions.get(id);
    if (session === undefined || session.until > Date.now()) return session;
    this.#sessions.delete(id ?? '');
    return undefined;
  }

  /** Cookies ignore ports, so the name carries it. */
  #cookieName(c: HttpContext): string {
    return `jiantai_console_${c.env.incoming.socket.localPort ?? 0}`;
  }

  #cookie(c: HttpContext): string | undefined {
    const wanted = `${this.#cookieName(c)}=`;
    return (c.req.header('cookie') ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .find((pair) => pair.startsWith(wanted))
      ?.slice(wanted.length);
  }
}
