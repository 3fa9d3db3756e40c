// The list of drivers. Adding one is one file and one line here.
import { AppError } from '../../../shared/errors/appError.ts';
import { commandBytes } from './driver.ts';
import type { BoundDriver, Driver, DriverEvent, DriverInfo } from './driver.ts';
import { aAndD } from './a-and-d.ts';
import { aiBus } from './ai-bus.ts';
import { aAndDLog } from './and-log.ts';
import { barcodeSerial } from './barcode.ts';
import { digimatic } from './digimatic.ts';
import { frameProfile } from './frame-profile/index.ts';
import { jwi586 } from './jwi-586.ts';
import { keli } from './keli.ts';
import { kern } from './kern.ts';
import { lineProfile } from './line-profile.ts';
import { jianyi } from './machines/jianyi.ts';
import { kentAd } from './machines/kent-ad.ts';
import { kentLcd } from './machines/kent-lcd.ts';
import { kentLed } from './machines/kent-led.ts';
import { kentNew } from './machines/kent-new.ts';
import { okePressure } from './machines/oke-pressure.ts';
import { okeUniversal } from './machines/oke-universal.ts';
import { weihai } from './machines/weihai.ts';
import { mettlerPrint } from './mettler-print.ts';
import { modbus } from './modbus/index.ts';
import { mtSics } from './mt-sics.ts';
import { ohaus } from './ohaus.ts';
import { reboundHammer } from './rebound-hammer.ts';
import { sartoriusSbi } from './sartorius-sbi.ts';
import { toledo } from './toledo.ts';
import { xk3190Reversed } from './xk3190-reversed.ts';
import { xk3190A12, xk3190A9 } from './xk3190.ts';

const all: readonly Driver[] = [
  lineProfile,
  frameProfile,
  modbus,
  mtSics,
  aAndD,
  sartoriusSbi,
  ohaus,
  kern,
  mettlerPrint,
  aAndDLog,
  xk3190A9,
  xk3190A12,
  xk3190Reversed,
  toledo,
  keli,
  jwi586,
  digimatic,
  aiBus,
  reboundHammer,
  barcodeSerial,
  okePressure,
  okeUniversal,
  weihai,
  jianyi,
  kentNew,
  kentLcd,
  kentAd,
  kentLed,
];

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

/** A bound driver with its own commands and those that follow from the profile in one. */
export function bindDriver(id: string, profile?: unknown): BoundDriver & Required<Pick<BoundDriver, 'commands'>> {
  const driver = findDriver(id);
  const bound = driver.bind(profile);
  const poll = bound.poll ?? driver.poll;
  const replyTimeoutMs = bound.replyTimeoutMs ?? driver.replyTimeoutMs;
  const identity = bound.identity ?? driver.identity;
  return {
    ...bound,
    commands: { ...driver.commands, ...bound.commands },
    ...(poll ? { poll } : {}),
    ...(replyTimeoutMs === undefined ? {} : { replyTimeoutMs }),
    ...(identity ? { identity } : {}),
  };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function infoOf(driver: Driver): DriverInfo {
  const polled = driver.poll !== undefined || driver.id === 'modbus';
  return {
    id: driver.id,
    title: driver.title,
    version: driver.version,
    streams: !polled && (driver.needsProfile || driver.bind().streams),
    runs: driver.runs ?? (!driver.needsProfile && driver.bind().runs),
    needsProfile: driver.needsProfile,
    line: driver.defaultLine,
    status: driver.status,
    ...(driver.statusNote === undefined ? {} : { statusNote: driver.statusNote }),
    commands: Object.keys(driver.commands),
    commandBytes: Object.fromEntries(
      Object.entries(driver.commands).map(([name, command]) => [name, hex(commandBytes(command))]),
    ),
    ...(driver.poll ? { poll: driver.poll } : {}),
    ...(driver.replyTimeoutMs === undefined ? {} : { replyTimeoutMs: driver.replyTimeoutMs }),
    ...(driver.identity ? { identity: driver.identity.command } : {}),
    ...(driver.deviceFigures ? { deviceFigures: driver.deviceFigures } : {}),
  };
}

export function listDrivers(): DriverInfo[] {
  return all.map(infoOf);
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
  // Only a piece that is one bare line and nothing else: behind other lines it is one that was cut off.
  if (driver.acceptsUnterminated && frames.length === 0 && framer.dropped === 0) {
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
