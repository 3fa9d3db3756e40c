// Where samples come from. A source reads a meter until it is taken away and says what each round gave: values of one
// whole telegram, or why there are none.
import { AppError } from '../../../shared/errors/appError.ts';
import { parseModbusProfile } from '../../instruments/drivers/modbus/index.ts';
import type { InstrumentHost } from '../../instruments/host.ts';
import type { MeterValue } from '../../instruments/protocol.ts';
import { followPort } from '../bench/portSetting.ts';
import type { Log } from '../context.ts';
import type { Place } from './places.ts';

export type Round = { values: readonly MeterValue[]; raw: readonly string[] } | { fault: string };
export type OnRound = (placeId: string, round: Round) => void;

export interface ClimateSource {
  /** Whether it can read this room's meter. */
  serves(place: Place): boolean;
  watch(place: Place): Promise<void>;
  leave(placeId: string): Promise<void>;
}

const busPrefix = 'climate:';
export const isClimateBus = (channelId: string): boolean => channelId.startsWith(busPrefix);

/** Three samples a minute, so that one that is lost or wrong does not decide. */
export const everyMs = 20_000;
const againMs = 30_000;

type Host = Pick<InstrumentHost, 'on' | 'openBus' | 'closeBus' | 'addMeter' | 'removeMeter' | 'listPorts'>;

interface Watched {
  place: Place;
  busId: string;
  again: NodeJS.Timeout | null;
}

/** Meters on serial lines; those of one line share its bus. */
export class BusSource implements ClimateSource {
  readonly #host: Host;
  readonly #log: Log;
  readonly #watched = new Map<string, Watched>();
  /** Opened once for all meters of the line: opening it again would drop them. */
  readonly #buses = new Map<string, Promise<unknown>>();
  readonly #onRound: OnRound;

  constructor(host: Host, log: Log, onRound: OnRound) {
    this.#host = host;
    this.#log = log;
    this.#onRound = onRound;
    host.on('meter', ({ busId, meterId, values, raw, fault }) => {
      if (!isClimateBus(busId) || !this.#watched.has(meterId)) return;
      onRound(meterId, fault === undefined ? { values, raw } : { fault: fault.message });
    });
  }

  serves = ({ setting }: Place): boolean => setting !== null;

  async watch(place: Place): Promise<void> {
    await this.leave(place.placeId);
    const watched: Watched = { place, busId: `${busPrefix}${place.setting?.path ?? ''}`, again: null };
    this.#watched.set(place.placeId, watched);
    await this.#open(watched);
  }

  async leave(placeId: string): Promise<void> {
    const watched = this.#watched.get(placeId);
    if (!watched) return;
    this.#watched.delete(placeId);
    if (watched.again) clearTimeout(watched.again);
    const { busId } = watched;
    const shared = [...this.#watched.values()].some((other) => other.busId === busId);
    if (!shared) this.#buses.delete(busId);
    await (shared ? this.#host.removeMeter(busId, placeId) : this.#host.closeBus(busId)).catch(() => undefined);
  }

  async #open(watched: Watched): Promise<void> {
    const { place, busId } = watched;
    const { setting, equipmentId, placeId } = place;
    if (!setting || equipmentId === null) return;
    try {
      const { path, note } = followPort(equipmentId, setting, await this.#host.listPorts());
      if (note) this.#log('warn', note);
      const bus = this.#buses.get(busId) ?? this.#host.openBus({ busId, path, line: setting.line });
      this.#buses.set(busId, bus);
      await bus.catch((cause: unknown) => {
        this.#buses.delete(busId);
        throw cause;
      });
      if (this.#watched.get(placeId) !== watched) return;
      const profile = parseModbusProfile(setting.driver.profile);
      await this.#host.addMeter({ busId, meterId: placeId, profile, everyMs });
    } catch (cause) {
      const words = cause instanceof AppError ? cause.info.message : '仪表总线没有打开';
      this.#log('warn', `climate meter ${placeId} not opened`, { cause: String(cause) });
      if (this.#watched.get(placeId) !== watched) return;
      this.#onRound(placeId, { fault: words });
      watched.again = setTimeout(() => void this.#open(watched), againMs);
      watched.again.unref();
    }
  }
}
