// The link to the platform: builds the profile's port from the settings, runs the engine, wakes it after every commit,
// and writes down what the banner shows. Changing the connection stops the old link before the new one starts.
import { createProvincialEngine, type EngineStatus, type ProvincialEngine } from '../../../sync/provincial/engine.ts';
import { type Profile, profileOf } from '../../../sync/provincial/profiles/index.ts';
import type { PlatformAnswer, ReportState, Verification } from '../../../sync/provincial/port.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { AuditActor } from '../../store/audit.ts';
import { programActor, type Context } from '../context.ts';
import { settingsOf } from '../sessions/settings.ts';
import { readFact, writeFact } from './facts.ts';
import { checkedProfile } from './profile.ts';
import { ProgressMeter } from './progress.ts';
import type { ConnectionFact } from './status.ts';
import { SqliteSyncStore } from './syncStore.ts';

const referenceEveryMs = 30 * 60_000;
const watchEveryMs = 2_000;
/** After a person broke it off, the upload goes on by itself; nothing is forgotten. */
const restAfterCancelMs = 15 * 60_000;
const actor = programActor('上传');

export interface Connection {
  platformUrl: string;
  orgCode: string;
  accessKey: string;
  secret: string;
  /** Which profile the platform speaks; the reference profile where none is named. */
  profile?: string | undefined;
}

export class PlatformLink {
  readonly #context: Context;
  readonly #store: SqliteSyncStore;
  readonly #progress: ProgressMeter;
  #cancelledBy: string | null = null;
  #engine: ProvincialEngine | null = null;
  /** Also while no platform is set: the first connection that is entered takes effect at once. */
  #started = false;
  #port: ReturnType<Profile['createPort']> | null = null;
  #watch: NodeJS.Timeout | null = null;
  #pulling: Promise<void> = Promise.resolve();
  /** Starts and stops take turns. */
  #changing: Promise<void> = Promise.resolve();
  #referencePulledAt = 0;
  /** Why the last download of reference data failed, with the platform's code and words; null when it did not. */
  lastRefusal: string | null = null;

  constructor(context: Context, onCode: () => void) {
    this.#context = context;
    this.#store = new SqliteSyncStore(context, onCode, () => void this.refresh());
    // What the engine writes down itself does not interrupt its pass.
    context.store.onCommit(() => {
      if (!this.#store.recording) this.#engine?.wake();
    });
    this.#progress = new ProgressMeter((progress) => context.emit({ type: 'sync.progress', progress }));
  }

  async setConnection(who: AuditActor, connection: Connection): Promise<void> {
    const platformProfile = checkedProfile(connection);
    const sealed = await this.#context.secrets.seal(connection.secret);
    const before = settingsOf(this.#context);
    const another =
      before.platformUrl !== connection.platformUrl ||
      before.orgCode !== connection.orgCode ||
      before.platformProfile !== platformProfile;
    this.#context.store.transact(who, (tx) => {
      for (const key of ['platformUrl', 'orgCode', 'accessKey'] as const) {
        tx.put('setting', { key, value: connection[key] }, '设置监管平台连接');
      }
      tx.put('setting', { key: 'platformProfile', value: platformProfile }, '设置监管平台连接');
      tx.put('secret', { key: 'platform', sealed }, '设置监管平台连接');
      // Cursors are the platform's own words: another platform has not minted them.
      if (another) {
        for (const row of tx.all('SELECT kind FROM referenceCursor'))
          tx.update('referenceCursor', row['kind'] ?? '', { cursor: null });
        writeFact(tx, 'eventsCursor', null);
      }
      writeFact(tx, 'halt', null);
    });
    if (this.#started) await this.start();
  }

  /** A link that runs already is replaced: two engines at once would send the same outbox, and one would never end. */
  start(): Promise<void> {
    this.#started = true;
    return this.#inTurn(async () => {
      await this.#end();
      await this.#begin();
    });
  }

  stop(): Promise<void> {
    this.#started = false;
    return this.#inTurn(() => this.#end());
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#changing.then(work);
    this.#changing = mine.catch(() => undefined);
    return mine;
  }

  async #begin(): Promise<void> {
    const engine = await this.#build();
    if (engine === null) return;
    engine.start();
    this.#watch = setInterval(() => this.#observe(), watchEveryMs);
    this.#watch.unref();
    void this.refresh();
  }

  /** The engine of the platform that is set, not yet running; null where none is set. */
  async #build(): Promise<ProvincialEngine | null> {
    const { platformUrl, platformProfile, orgCode, accessKey } = settingsOf(this.#context);
    const sealed = this.#context.store.get('secret', 'platform')?.['sealed'];
    if (platformUrl === '' || sealed === undefined) return null;
    const profile = profileOf(platformProfile);
    if (profile === null) {
      this.lastRefusal = `本程序没有“${platformProfile}”这种平台规约，请在“设置”里重新选择。`;
      return null;
    }
    const secret = await this.#context.secrets.open(String(sealed));
    this.#port = profile.createPort({
      baseUrl: platformUrl,
      orgCode,
      accessKey,
      secret,
      clockOffset: () => this.#store.clockOffset()?.offsetMs ?? 0,
    });
    this.#engine = createProvincialEngine({
      port: this.#port,
      store: this.#store,
      onProgress: this.#progress.onProgress,
      log: {
        info: (facts, message) => this.#context.log('info', message, facts),
        warn: (facts, message) => this.#context.log('warn', message, facts),
      },
    });
    const engine = this.#engine;
    this.#context.clock.measureWith(() => engine.measureClock());
    return engine;
  }

  /** For the command line: the engine without its loop, for as long as the work takes; null where no platform is set. */
  async once<T>(work: (engine: ProvincialEngine) => Promise<T>): Promise<T | null> {
    const engine = await this.#build();
    if (engine === null) return null;
    try {
      return await work(engine);
    } finally {
      await this.#inTurn(() => this.#end());
    }
  }

  async #end(): Promise<void> {
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
    this.#context.clock.measureWith(null);
    await this.#engine?.stop();
    this.#engine = null;
    this.#progress.end();
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
    const engine = this.#required();
    this.#cancelledBy = null;
    await engine.pushNow();
    void this.lookNow();
  }

  /** What the supervisor did and the reference data, without waiting for their turn. */
  async lookNow(): Promise<void> {
    await this.#engine?.pullEvents();
    await this.refresh();
  }

  #required(): ProvincialEngine {
    if (this.#engine) return this.#engine;
    throw new AppError({
      code: 'PLATFORM_NOT_SET',
      message: '还没有设置监管平台的地址和密钥。',
      meaning: '数据都保存在本机，等设置好之后再上传。',
      next: '请系统管理员在“设置”里填写平台连接。',
    });
  }

  /** Breaks the upload off for a while. */
  cancelPass(who: string): void {
    this.#required().cancelPass(restAfterCancelMs);
    this.#cancelledBy = who;
  }

  /** How the engine stands, for the ledger; null where no platform is set. */
  standing(): { status: EngineStatus; pausedBy: string | null } | null {
    const status = this.#engine?.status();
    if (!status) return null;
    return { status, pausedBy: status.pausedUntil === null ? null : this.#cancelledBy };
  }

  get progress() {
    return this.#progress.current;
  }

  /** `note` is written first, once it is certain that there is somebody to retry it. */
  retry(entryId: string, note: () => void = () => undefined): void {
    const engine = this.#required();
    note();
    engine.retry(entryId);
  }

  async verifyCode(code: string): Promise<Verification | null> {
    const answer = await this.askVerification(code);
    return answer?.outcome === 'ok' ? answer.value : null;
  }

  /** What the platform says of a code, and whether it said anything; null where no platform is set. */
  async askVerification(code: string): Promise<PlatformAnswer<Verification | null> | null> {
    return (await this.#port?.verify(code)) ?? null;
  }

  /** What the platform holds of a report, and the digest of what it was sent; null where no platform is set. */
  async askReport(reportNo: string, revision: number): Promise<PlatformAnswer<ReportState | null> | null> {
    return (await this.#port?.getReport(reportNo, revision)) ?? null;
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
