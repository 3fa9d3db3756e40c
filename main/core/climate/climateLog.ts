// The climate log at work: every room's meter is read, every minute is written, alarms come and go, days are sealed.
// Nothing of it may stop the program: a fault is logged and the next minute goes on.
import { deviationText, deviationsOf } from '../../../shared/climate/band.ts';
import type { ClimateNow } from '../../../shared/climate/calls.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { programActor, type Context } from '../context.ts';
import { AlarmWatch, clearAll, openAlarm } from './alarms.ts';
import { hasOpenDays, sealDays } from './digests.ts';
import { addMinutes, dayOf, minuteOf } from './minutes.ts';
import { gapReasons, MinuteLog, type Ended, type Instant, type Sample } from './minuteLog.ts';
import { places, seedPlaces, type Place } from './places.ts';
import type { ClimateSource, Round } from './source.ts';
import { newestMinute, writeEnded } from './write.ts';

const actor = programActor('温湿度记录');
const tickMs = 2000;
/** A figure older than this is not what the room is now. */
const staleMs = 70_000;

interface Watched {
  place: Place;
  source: ClimateSource | null;
  log: MinuteLog;
  alarms: AlarmWatch;
  newest: (Sample & Instant) | null;
  fault: string | null;
  sealedDay: string;
}

export interface ClimateClock {
  now(): Instant;
}

export class ClimateLog {
  readonly #context: Context;
  readonly #clock: ClimateClock;
  readonly #ownClock: boolean;
  readonly #watched = new Map<string, Watched>();
  readonly #sources: ClimateSource[] = [];
  #timer: NodeJS.Timeout | null = null;

  /** Who brings a clock also ticks. */
  constructor(context: Context, clock?: ClimateClock) {
    this.#context = context;
    this.#ownClock = clock === undefined;
    this.#clock = clock ?? { now: () => ({ wall: context.now().getTime(), steady: performance.now() }) };
  }

  /** Sources are asked in the order in which they were given. */
  addSource(source: ClimateSource): void {
    this.#sources.push(source);
  }

  start(): void {
    const { store } = this.#context;
    if (!store.first('SELECT 1 FROM climatePlace')) store.transact(actor, (tx) => seedPlaces(tx));
    for (const place of places(store)) this.#watch(place, gapReasons.off);
    if (!this.#ownClock) return;
    this.#timer = setInterval(() => this.tick(), tickMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    for (const watched of this.#watched.values()) this.#write(watched, watched.log.end());
    const leaving = [...this.#watched.values()].map(({ source, place }) => source?.leave(place.placeId));
    this.#watched.clear();
    await Promise.allSettled(leaving.map((each) => Promise.resolve(each)));
  }

  /** After a change of rooms or meters: what is no longer as it was begins anew. */
  async changed(): Promise<void> {
    const now = new Map(places(this.#context.store).map((place) => [place.placeId, place]));
    for (const [placeId, watched] of this.#watched) {
      const place = now.get(placeId);
      if (place && isWatched(place) && sameMeter(place, watched.place)) {
        watched.place = place;
        continue;
      }
      this.#write(watched, watched.log.end());
      this.#watched.delete(placeId);
      await watched.source?.leave(placeId);
      this.#context.store.transact(actor, (tx) =>
        clearAll(tx, watched.place, gapReasons.stopped, toWallTime(this.#clock.now().wall)),
      );
    }
    for (const place of now.values()) {
      if (!this.#watched.has(place.placeId)) this.#watch(place, gapReasons.stopped);
      this.#tell(place.placeId);
    }
  }

  onRound = (placeId: string, round: Round): void => {
    const watched = this.#watched.get(placeId);
    if (!watched) return;
    const now = this.#clock.now();
    if ('fault' in round) {
      watched.fault = round.fault.replace(/。$/u, '');
      this.#write(watched, watched.log.fault(now, watched.fault));
    } else {
      const value = (name: string) => round.values.find((each) => each.name === name)?.value ?? null;
      const sample = {
        temperatureC: value('temperature'),
        humidityPercent: value('humidity'),
        raw: round.raw.join('+'),
      };
      watched.fault = null;
      watched.newest = { ...sample, ...now };
      this.#write(watched, watched.log.sample(now, sample));
    }
    this.#tell(placeId);
  };

  tick(): void {
    for (const watched of this.#watched.values()) {
      const ended = watched.log.tick(this.#clock.now());
      this.#write(watched, ended);
      this.#seal(watched);
      if (ended.length > 0) this.#tell(watched.place.placeId);
    }
  }

  now(): ClimateNow[] {
    return places(this.#context.store).map((place) => this.#nowOf(place));
  }

  /** Where the newest whole minute of the log can be: the one before this one. */
  lastMinute(): string {
    return addMinutes(minuteOf(this.#clock.now().wall), -1);
  }

  #watch(place: Place, reasonForHole: string): void {
    if (!isWatched(place)) return;
    const { store } = this.#context;
    const source = this.#sources.find((each) => each.serves(place)) ?? null;
    if (source === null) return;
    const watched: Watched = {
      place,
      source,
      log: new MinuteLog(),
      alarms: new AlarmWatch(store, place),
      newest: null,
      fault: null,
      sealedDay: '',
    };
    this.#watched.set(place.placeId, watched);
    const now = this.#clock.now();
    const newest = newestMinute(store, place.placeId);
    const current = minuteOf(now.wall);
    // What nobody watched is written before the first new minute, so that nothing can look as if it had been measured.
    if (newest !== null && newest < addMinutes(current, -1)) {
      const hole: Ended = {
        kind: 'gap',
        from: addMinutes(newest, 1),
        to: addMinutes(current, -1),
        reason: reasonForHole,
      };
      this.#write(watched, [hole], false);
    } else if (newest !== null && newest > current) {
      this.#context.log('warn', 'climate log: the clock stands before the newest minute', { newest, current });
    }
    this.#seal(watched);
    watched.log.tick(now);
    void source.watch(place).catch((cause: unknown) => {
      this.#context.log('error', `climate meter of ${place.placeId}`, { cause: String(cause) });
    });
  }

  #write(watched: Watched, ended: readonly Ended[], alarming = true): void {
    if (ended.length === 0) return;
    const { place, alarms } = watched;
    const { placeId, equipmentId } = place;
    try {
      this.#context.store.transact(actor, (tx) => {
        const written = writeEnded(tx, { placeId, equipmentId: equipmentId ?? '' }, ended);
        if (alarming) for (const each of written) alarms.minute(tx, place, each, toWallTime(this.#clock.now().wall));
      });
    } catch (cause) {
      this.#context.log('error', `climate log of ${placeId} not written`, { cause: String(cause) });
    }
  }

  #seal(watched: Watched): void {
    const { wall } = this.#clock.now();
    const today = dayOf(minuteOf(wall));
    if (watched.sealedDay === today) return;
    watched.sealedDay = today;
    const { placeId } = watched.place;
    const { store } = this.#context;
    if (hasOpenDays(store, placeId, wall)) store.transact(actor, (tx) => sealDays(tx, placeId, wall));
  }

  #nowOf(place: Place): ClimateNow {
    const { store } = this.#context;
    const { placeId } = place;
    const watched = this.#watched.get(placeId);
    const minute = newestMinute(store, placeId);
    const alarm = openAlarm(store, placeId);
    const none = { placeId, at: null, temperatureC: null, humidityPercent: null, minute, alarm };
    if (!watched) {
      const words = place.state === 'stopped' ? '已停用' : '没有接入温湿度记录仪';
      return { ...none, condition: 'none', words };
    }
    const { newest, fault } = watched;
    const age = newest === null ? Number.POSITIVE_INFINITY : this.#clock.now().steady - newest.steady;
    if (newest === null || age > staleMs) {
      return { ...none, condition: 'missing', words: fault ?? '正在等记录仪的第一个读数' };
    }
    const { temperatureC, humidityPercent } = newest;
    const found = deviationsOf(newest, place.band);
    return {
      ...none,
      at: toWallTime(newest.wall),
      temperatureC,
      humidityPercent,
      condition: found.length === 0 ? 'inside' : 'outside',
      words: found.length === 0 ? '在允许范围内' : found.map(deviationText).join('，'),
    };
  }

  #tell(placeId: string): void {
    const place = places(this.#context.store).find((each) => each.placeId === placeId);
    if (place) this.#context.emit({ type: 'climate', now: this.#nowOf(place) });
  }
}

const isWatched = ({ state, equipmentId }: Place): boolean => state === 'inUse' && equipmentId !== null;
const sameMeter = (one: Place, other: Place): boolean =>
  one.equipmentId === other.equipmentId && JSON.stringify(one.setting) === JSON.stringify(other.setting);
