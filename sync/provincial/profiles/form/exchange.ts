// One exchange with the platform: session, signature, post, reading; and the trace of all exchanges that one operation
// of the port is made of. A call that finds its session over is repeated once with a new one: the platform has said
// that it did nothing.
import type { z } from 'zod';
import { FORM_CODES, FORM_OPERATIONS } from '../../../wire/form-contract.ts';
import { sha256Hex } from '../../../wire/digest.ts';
import { maskJson, maskText } from '../../mask.ts';
import type { ExchangeTrace, PlatformAnswer, PlatformFailure } from '../../port.ts';
import { createTransport, type TransportOptions } from '../http/transport.ts';
import type { ProfilePortOptions } from '../profile-data.ts';
import { loggedIn } from './answers.ts';
import { type Classified, classify } from './classify.ts';
import { encode, type FormRequest } from './encode.ts';
import { FormSession, type TokenResult } from './session.ts';
import { createFormSigner } from './sign.ts';

export type Result<T> = { ok: true; value: T } | { ok: false; failure: PlatformFailure };

export interface ExchangeOptions extends ProfilePortOptions, TransportOptions {
  /** Put out of the session twice within this time: two machines share the account. */
  kickGraceMs?: number;
}

interface Step {
  target: string;
  requestDigest: string;
  maskedRequest: string;
  answer: string;
}

/** The exchanges of one operation of the port, in order. */
export class Steps {
  readonly #steps: Step[] = [];
  readonly signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.signal = signal;
  }

  add(step: Step): void {
    this.#steps.push(step);
  }

  /** What decided stands in full, the questions before it by their addresses. */
  trace(operation: string, startedAt: number, endedAt: number): ExchangeTrace {
    const last = this.#steps.at(-1) ?? { target: '', requestDigest: sha256Hex(''), maskedRequest: '', answer: '' };
    const target = this.#steps.map((step) => step.target).join(' → ');
    return { ...last, target, operation, startedAt, endedAt };
  }
}

export interface FormExchange {
  ask<Schema extends z.ZodType>(
    request: FormRequest,
    schema: Schema,
    steps: Steps,
  ): Promise<Classified<z.output<Schema>>>;
  operation<T>(
    name: string,
    signal: AbortSignal | undefined,
    work: (steps: Steps) => Promise<Result<T>>,
  ): Promise<PlatformAnswer<T>>;
  close(): void;
}

function masked(values: Record<string, string>): string {
  const { wj, nr, token, sign, ...shown } = values;
  let content: unknown = nr;
  try {
    content = nr === undefined ? undefined : JSON.parse(nr);
  } catch {
    content = nr;
  }
  return maskJson({
    ...shown,
    ...(token === undefined ? {} : { token: '***' }),
    ...(sign === undefined ? {} : { sign: '***' }),
    ...(content === undefined ? {} : { nr: content }),
    ...(wj === undefined ? {} : { wj: `（文件，base64 ${wj.length} 字符）` }),
  });
}

const TOKEN_IN_ANSWER = /("token"\s*:\s*")[^"]*/g;

export function createFormExchange(options: ExchangeOptions): FormExchange {
  const base = new URL(options.baseUrl);
  if (base.protocol !== 'http:' && base.protocol !== 'https:') {
    throw new TypeError(`平台地址须以 http:// 或 https:// 开头：${base.protocol}`);
  }
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
  const now = options.now ?? Date.now;
  const platformNow = (): number => now() + (options.clockOffset?.() ?? 0);
  const sign = createFormSigner(options.accessKey, options.secret);
  const transport = createTransport(options);

  async function post<Schema extends z.ZodType>(
    request: FormRequest,
    token: string | null,
    schema: Schema,
    steps: Steps,
  ): Promise<Classified<z.output<Schema>>> {
    const { path } = FORM_OPERATIONS[request.name];
    const values = sign(request, token, platformNow());
    const body = Buffer.from(new URLSearchParams(values).toString(), 'utf8');
    const step = { target: `POST ${path}`, requestDigest: sha256Hex(body), maskedRequest: masked(values) };
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
    const upload = values['wj'] !== undefined;
    const result = await transport.send(`${root}${path}`, { method: 'POST', body, headers, upload }, {}, steps.signal);
    if (!result.ok) {
      steps.add({ ...step, answer: `${result.failure.code} ${result.failure.message}` });
      return { ok: false, failure: result.failure, code: null };
    }
    const text = Buffer.from(result.raw.bytes).toString('utf8').replaceAll(TOKEN_IN_ANSWER, '$1***');
    steps.add({ ...step, answer: `HTTP ${result.raw.status} ${maskText(text)}` });
    return classify(result.raw, schema);
  }

  async function login(steps: Steps): Promise<TokenResult> {
    const answer = await post(encode.login(), null, loggedIn, steps);
    // Whatever became of the login, nothing of the operation itself has left.
    return answer.ok
      ? { ok: true, token: answer.value.token }
      : { ok: false, failure: { ...answer.failure, sent: false } };
  }

  let loginSteps = new Steps(undefined);
  const session = new FormSession(() => login(loginSteps), { now, kickGraceMs: options.kickGraceMs ?? 600_000 });

  return {
    async ask(request, schema, steps) {
      if (FORM_OPERATIONS[request.name].checked === null) return post(request, null, schema, steps);
      for (let attempt = 1; ; attempt += 1) {
        loginSteps = steps;
        const current = await session.token();
        if (!current.ok) return { ...current, code: null };
        const answer = await post(request, current.token, schema, steps);
        if (answer.ok) return answer;
        const why =
          answer.code === FORM_CODES.kickedOut ? 'kicked' : answer.code === FORM_CODES.sessionEnded ? 'ended' : null;
        if (why === null) return answer;
        if (!session.mayLogInAgain(current.token, why) || attempt > 1) return answer;
      }
    },
    async operation(name, signal, work) {
      const startedAt = now();
      const steps = new Steps(signal);
      const result = await work(steps);
      const trace = steps.trace(name, startedAt, now());
      return result.ok
        ? { outcome: 'ok', value: result.value, trace }
        : { outcome: 'failed', failure: result.failure, trace };
    },
    close: () => transport.close(),
  };
}
