// The link to the platform: builds the profile's port from the settings, runs the engine, wakes it after every commit,
// and writes down what the banner shows. Changing the connection stops the old link before the new one starts.
import { createProvincialEngine, type ProvincialEngine } from '../../../sync/provincial/engine.ts';
import { createReferencePort } from '../../../sync/provincial/profiles/reference/index.ts';
import type { ReferencePort } from '../../../sync/provincial/profiles/reference/index.ts';
import type { Verification } from '../../../sync/provincial/port.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { programActor, type Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';
import { readFact, writeFact } from './facts.ts';
import type { ConnectionFact } from './status.ts';
import { SqliteSyncStore } from './syncStore.ts';

const referenceEveryMs = 30 * 60_000;
const watchEveryMs = 2_000;
const actor = programActor('上传');

export interface Connection {
  platformUrl: string;
  orgCode: string;
  accessKey: string;
  secret: string;
}

export class PlatformLink {
  readonly #context: Context;
  readonly #store: SqliteSyncStore;
  #engine: ProvincialEngine | null = null;
  /** Also while no platform is set: the first connection that is entered takes effect at once. */
  #started = false;
  #port: ReferencePort | null = null;
  #watch: NodeJS.Timeout | null = null;
  #pulling: Promise<void> = Promise.resolve();
  #referencePulledAt = 0;
  /** Why the last download of reference data failed, with the platform's code and words; null when it did not. */
  lastRefusal: string | null = null;

  constructor(context: Context, onCode: () => void) {
    this.#context = context;
    this.#store = new SqliteSyncStore(context, onCode);
    context.store.onCommit(() => this.#engine?.wake());
  }

  async setConnection(who: AuditActor, connection: Connection): Promise<void> {
    const sealed = await this.#context.secrets.seal(connection.secret);
    const before = settingsOf(this.#context);
    const another = before.platformUrl !== connection.platformUrl || before.orgCode !== connection.orgCode;
    this.#context.store.transact(who, (tx) => {
      for (const key of ['platformUrl', 'orgCode', 'accessKey'] as const) {
        tx.put('setting', { key, value: connection[key] }, '设置监管平台连接');
      }
      tx.put('secret', { key: 'platform', sealed }, '设置监管平台连接');
      // Cursors are the platform's own words: another platform has not minted them.
      if (another) {
        for (const row of tx.all('SELECT kind FROM referenceCursor'))
          tx.update('referenceCursor', row['kind'] ?? '', { cursor: null });
        writeFact(tx, 'eventsCursor', null);
      }
      writeFact(tx, 'halt', null);
    });
    if (this.#started) {
      await this.stop();
      await this.start();
    }
  }

  async start(): Promise<void> {
    this.#started = true;
    const { platformUrl, orgCode, accessKey } = settingsOf(this.#context);
    const sealed = this.#context.store.get('secret', 'platform')?.['sealed'];
    if (platformUrl === '' || sealed === undefined) return;
    const secret = await this.#context.secrets.open(String(sealed));
    this.#port = createReferencePort({
      baseUrl: platformUrl,
      orgCode,
      accessKey,
      secret,
      clockOffset: () => this.#store.clockOffset()?.offsetMs ?? 0,
    });
    this.#engine = createProvincialEngine({
      port: this.#port,
      store: this.#store,
      log: {
        info: (facts, message) => this.#context.log('info', message, facts),
        warn: (facts, message) => this.#context.log('warn', message, facts),
      },
    });
    this.#engine.start();
    this.#watch = setInterval(() => this.#observe(), watchEveryMs);
    this.#watch.unref();
    void this.refresh();
  }

  async stop(): Promise<void> {
    this.#started = false;
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
    await this.#engine?.stop();
    this.#engine = null;
    await this.#pulling;
    this.#port?.close();
    this.#port = null;
  }

  /** Downloads institution and reference data now; answers when they are in the store or the platform is not there. */
  refresh(): Promise<void> {
    const engine = this.#engine;
    if (!engine) return Promise.resolve();
    this.#pulling = this.#pulling.then(async () => {
      try {
        const { failure } = await engine.pullReference();
        this.lastRefusal = failure ? `${failure.code} ${failure.message}` : null;
        this.#referencePulledAt = Date.now();
      } catch (cause) {
        this.#context.log('warn', 'reference data not downloaded', { cause: String(cause) });
      }
      this.#observe();
    });
    return this.#pulling;
  }

  async pushNow(): Promise<void> {
    if (!this.#engine) {
      throw new AppError({
        code: 'PLATFORM_NOT_SET',
        message: '还没有设置监管平台的地址和密钥。',
        meaning: '数据都保存在本机，等设置好之后再上传。',
        next: '请系统管理员在“设置”里填写平台连接。',
      });
    }
    await this.#engine.pushNow();
    void this.refresh();
  }

  retry(entryId: string): void {
    if (!this.#engine) return;
    this.#engine.retry(entryId);
  }

  async verifyCode(code: string): Promise<Verification | null> {
    const answer = await this.#port?.verify(code);
    return answer?.outcome === 'ok' ? answer.value : null;
  }

  #observe(): void {
    const status = this.#engine?.status();
    if (!status) return;
    const before = readFact<ConnectionFact>(this.#context.store, 'connection');
    const answered = status.lastAnswerAt;
    const failed = status.lastFailure;
    const offline = failed !== null && (answered === null || failed.at > answered);
    const now: ConnectionFact = {
      state: offline ? 'offline' : 'online',
      text: offline ? `连不上监管平台：${failed.message}` : '已与监管平台连通',
      lastContactAt: answered === null ? (before?.lastContactAt ?? null) : toWallTime(answered),
    };
    if (answered === null && failed === null) return;
    const minute = (at: string | null | undefined) => at?.slice(0, 16);
    if (
      before?.state !== now.state ||
      before.text !== now.text ||
      minute(before.lastContactAt) !== minute(now.lastContactAt)
    ) {
      this.#context.store.transact(actor, (tx) => writeFact(tx, 'connection', now));
    }
    const backOnline = before?.state === 'offline' && now.state === 'online';
    if (backOnline || Date.now() - this.#referencePulledAt > referenceEveryMs) {
      this.#referencePulledAt = Date.now();
      void this.refresh();
    }
  }
}
