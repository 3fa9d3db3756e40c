// One session per account, kept in memory. A login anywhere else ends it. After that the port logs in again once; if it
// is put out again soon, two machines are working with one account, and a person must decide: reporting refused access
// stops the queue instead of the two putting each other out for ever.
import type { PlatformFailure } from '../../port.ts';

export type Login = () => Promise<{ ok: true; token: string } | { ok: false; failure: PlatformFailure }>;
export type TokenResult = Awaited<ReturnType<Login>>;

export class FormSession {
  readonly #login: Login;
  readonly #now: () => number;
  readonly #kickGraceMs: number;
  #token: string | null = null;
  /** Calls that come while somebody is logging in wait for that login: a second one would end the first. */
  #loggingIn: Promise<TokenResult> | null = null;
  #kickedAt = Number.NEGATIVE_INFINITY;

  constructor(login: Login, options: { now: () => number; kickGraceMs: number }) {
    this.#login = login;
    this.#now = options.now;
    this.#kickGraceMs = options.kickGraceMs;
  }

  async token(): Promise<TokenResult> {
    if (this.#token !== null) return { ok: true, token: this.#token };
    this.#loggingIn ??= this.#login().then((result) => {
      this.#loggingIn = null;
      if (result.ok) this.#token = result.token;
      return result;
    });
    return this.#loggingIn;
  }

  /** The session is over: `ended` by time, or `kicked` by a login elsewhere. False when logging in again is no answer. */
  mayLogInAgain(token: string, why: 'ended' | 'kicked'): boolean {
    // Somebody else has noticed already and has a new session.
    if (this.#token !== null && this.#token !== token) return true;
    this.#token = null;
    if (why === 'ended') return true;
    const again = this.#now() - this.#kickedAt < this.#kickGraceMs;
    this.#kickedAt = this.#now();
    return !again;
  }
}
