// The list of drivers. Adding one is one file and one line here.
import { AppError } from '../../../shared/errors/appError.ts';
import type { BoundDriver, Driver, DriverEvent, DriverInfo } from './driver.ts';
import { aAndD } from './a-and-d.ts';
import { kern } from './kern.ts';
import { lineProfile } from './line-profile.ts';
import { mtSics } from './mt-sics.ts';
import { ohaus } from './ohaus.ts';
import { sartoriusSbi } from './sartorius-sbi.ts';
import { xk3190A12, xk3190A9 } from './xk3190.ts';

const all: readonly Driver[] = [lineProfile, mtSics, aAndD, sartoriusSbi, ohaus, kern, xk3190A9, xk3190A12];

export const drivers: Readonly<Record<string, Driver>> = Object.fromEntries(all.map((driver) => [driver.id, driver]));

export function findDriver(id: string): Driver {
  const driver = Object.hasOwn(drivers, id) ? drivers[id] : undefined;
  if (driver) return driver;
  throw new AppError({
    code: 'instrument.driver-unknown',
    message: `没有名为“${id}”的仪器驱动。`,
    meaning: '不能解释这台仪器发来的数据。',
    next: `可用的驱动：${all.map((each) => each.id).join('、')}。`,
  });
}

export function bindDriver(id: string, profile?: unknown): BoundDriver {
  return findDriver(id).bind(profile);
}

export function listDrivers(): DriverInfo[] {
  return all.map((driver) => ({
    id: driver.id,
    title: driver.title,
    version: driver.version,
    streams: driver.needsProfile || driver.bind().streams,
    needsProfile: driver.needsProfile,
    line: driver.defaultLine,
    commands: Object.keys(driver.commands),
  }));
}

export interface DecodeResult {
  events: DriverEvent[];
  /** Bytes that became part of no understood frame. */
  rejected: number;
}

/** Decodes one captured piece of a byte stream from its beginning; a half frame at its end is rejected. */
export function decodeBytes(driverId: string, bytes: Uint8Array, profile?: unknown): DecodeResult {
  const driver = bindDriver(driverId, profile);
  const framer = driver.makeFramer({ joinStream: false });
  const events: DriverEvent[] = [];
  let rejected = 0;
  const frames = framer.push(bytes);
  if (driver.acceptsUnterminated) {
    const last = framer.flush();
    if (last) frames.push(last);
  }
  framer.reset();
  for (const frame of frames.slice(driver.headerFrames)) {
    const decoded = driver.decode(frame);
    events.push(...decoded.events);
    if (!decoded.understood) rejected += frame.wireLength;
  }
  return { events, rejected: rejected + framer.dropped };
}
