// The training lab's meters: real requests, real telegrams, the real framer and decoder; only the wire is missing. A
// timer each, three rounds a minute.
import {
  decodeReply,
  encodeRequest,
  expectedReply,
  parseModbusProfile,
  planRequests,
} from '../../../instruments/drivers/modbus/index.ts';
import type { ModbusProfile } from '../../../instruments/drivers/modbus/index.ts';
import { ModbusRtuFramer } from '../../../instruments/framers/modbus-rtu.ts';
import type { MeterValue } from '../../../instruments/protocol.ts';
import type { ClimateKind } from '../../../../shared/climate/band.ts';
import type { Place } from '../places.ts';
import { readyProfile } from '../profiles.ts';
import { everyMs, type ClimateSource, type OnRound, type Round } from '../source.ts';
import { roomAt } from './course.ts';
import { slaveReply } from './slave.ts';

/** The two makes that answer the same request with the figures the other way round. */
const profiles: Record<ClimateKind, ModbusProfile> = {
  curing: parseModbusProfile(readyProfile('humidity-first', 1)),
  laboratory: parseModbusProfile(readyProfile('temperature-first', 2)),
};
export const virtualProfile = (kind: ClimateKind): ModbusProfile => profiles[kind];

/** What the meter of a room answers at a time, read as from any other meter. */
export function askVirtual(kind: ClimateKind, ms: number): Round {
  const profile = profiles[kind];
  const room = roomAt(kind, ms);
  const silent = { fault: `地址 ${profile.slave} 的仪表没有应答` };
  if (room === null) return silent;
  const registers = new Map(
    profile.values.map((value) => [value.register, value.name === 'humidity' ? room.humidity : room.temperature]),
  );
  const values: MeterValue[] = [];
  const raw: string[] = [];
  for (const request of planRequests(profile)) {
    const slave = { address: profile.slave, function: request.function, registers };
    const sent = slaveReply(encodeRequest(request), slave);
    const [frame] = sent === null ? [] : new ModbusRtuFramer([expectedReply(request)]).push(sent);
    if (frame === undefined || frame.fault !== undefined) return silent;
    for (const event of decodeReply(request, frame.bytes, profile).events) {
      if (event.kind === 'value') values.push({ name: event.fields?.['channel'] ?? '', ...event });
      if (event.kind === 'error') return { fault: event.message ?? event.code };
    }
    raw.push(Buffer.from(frame.bytes).toString('hex'));
  }
  return { values, raw };
}

export class VirtualMeters implements ClimateSource {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #onRound: OnRound;
  readonly #now: () => number;

  constructor(onRound: OnRound, now: () => number) {
    this.#onRound = onRound;
    this.#now = now;
  }

  serves = ({ setting }: Place): boolean => setting === null;

  watch({ placeId, kind }: Place): Promise<void> {
    const round = () => this.#onRound(placeId, askVirtual(kind, this.#now()));
    const timer = setInterval(round, everyMs);
    timer.unref();
    this.#timers.set(placeId, timer);
    // Not before whoever watches has finished setting up.
    setTimeout(round, 0).unref();
    return Promise.resolve();
  }

  leave(placeId: string): Promise<void> {
    clearInterval(this.#timers.get(placeId));
    this.#timers.delete(placeId);
    return Promise.resolve();
  }
}
