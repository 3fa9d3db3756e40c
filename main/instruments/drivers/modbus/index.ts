// Modbus RTU meters by register profile. Polls, retries and the order of several meters on one bus belong to the
// bus scheduler, which uses the pure functions of this folder and knows which request a reply answers. This driver
// serves a meter that is alone on its line; without a profile it shows what telegrams say and gives no value.
import { ModbusRtuFramer } from '../../framers/modbus-rtu.ts';
import type { Frame } from '../../framers/framer.ts';
import { malformed, understood } from '../driver.ts';
import type { BoundDriver, CommandBytes, Decoded, Driver, DriverEvent, Identity } from '../driver.ts';
import { MODBUS_TITLE, parseModbusProfile, planRequests } from './profile.ts';
import type { ModbusProfile } from './profile.ts';
import { decodeReply, exceptionEvent } from './reply.ts';
import { encodeRequest, expectedReply } from './request.ts';
import type { ReadRequest } from './request.ts';

export { decodeReply } from './reply.ts';
export { encodeRequest, expectedLength, expectedReply } from './request.ts';
export type { ModbusRequest, ReadRequest } from './request.ts';
export { modbusProfileSchema, parseModbusProfile, planRequests } from './profile.ts';
export type { ModbusProfile, ModbusProfileInput } from './profile.ts';

const EXCEPTION = 0x80;
const READ_FUNCTIONS = [3, 4];
const READ_REQUEST_LENGTH = 8;
const VERSION = '1.0.0';

/** A telegram of a capture, without knowing the meter: what it says, never a number. */
function inspect(frame: Frame): Decoded {
  if (frame.fault !== undefined) return malformed(frame.fault);
  const [slave, code = 0, third = 0] = frame.bytes;
  if (code & EXCEPTION) return understood(exceptionEvent(third));
  const isReply = READ_FUNCTIONS.includes(code) && frame.bytes.length === third + 5;
  const isRequest = READ_FUNCTIONS.includes(code) && !isReply && frame.bytes.length === READ_REQUEST_LENGTH;
  const kind = isReply ? 'modbus-reply' : isRequest ? 'modbus-request' : 'modbus-telegram';
  const data = Buffer.from(frame.bytes.subarray(isReply ? 3 : 2, -2)).toString('hex');
  return understood({ kind: 'info', info: kind, value: `${slave} ${code} ${data}` });
}

/** Which of the planned requests a reply answers, as far as its length tells. */
function answered(frame: Frame, requests: readonly ReadRequest[]): ReadRequest | null {
  const [, code = 0, count = 0] = frame.bytes;
  const fits = requests.filter(
    (each) => each.function === (code & ~EXCEPTION) && (code & EXCEPTION || each.count * 2 === count),
  );
  return fits.length === 1 || (fits.length > 1 && code & EXCEPTION) ? (fits[0] as ReadRequest) : null;
}

function identityOf(profile: ModbusProfile): Identity | undefined {
  const where = profile.identity;
  if (!where) return undefined;
  return {
    command: 'identity',
    decode(frame) {
      const [slave, code, count] = frame.bytes;
      const mine = slave === profile.slave && code === where.function && count === where.count * 2;
      return mine && frame.fault === undefined ? Buffer.from(frame.bytes.subarray(3, -2)).toString('hex') : null;
    },
  };
}

function bindProfile(profile: ModbusProfile): BoundDriver {
  const requests = planRequests(profile);
  const commands: Record<string, CommandBytes> = Object.fromEntries(
    requests.map((request, index) => [index === 0 ? 'read' : `read${index + 1}`, encodeRequest(request)]),
  );
  const identity = identityOf(profile);
  const asks = [...requests];
  if (profile.identity) {
    const { function: code, register: start, count } = profile.identity;
    const ask = { slave: profile.slave, function: code, start, count };
    commands['identity'] = encodeRequest(ask);
    asks.push(ask);
  }
  return {
    id: 'modbus',
    version: VERSION,
    streams: false,
    runs: profile.load !== undefined,
    acceptsUnterminated: false,
    headerFrames: 0,
    commands,
    poll: { command: 'read', everyMs: profile.everyMs },
    replyTimeoutMs: profile.replyTimeoutMs,
    ...(identity ? { identity } : {}),
    makeFramer: () => new ModbusRtuFramer(asks.map(expectedReply)),
    decode(frame) {
      if (frame.fault !== undefined) return malformed(frame.fault);
      const request = answered(frame, requests);
      if (!request) return malformed('ambiguous', '几个请求的应答一样长，须由总线调度按请求解释');
      const decoded = decodeReply(request, frame.bytes, profile);
      if (profile.load === undefined) return decoded;
      // A run takes every value for a load, so the other quantities of the same reply become fields of it.
      return onlyLoad(decoded, profile.load);
    },
  };
}

function onlyLoad(decoded: Decoded, load: string): Decoded {
  const others: Record<string, string> = {};
  for (const event of decoded.events) {
    const channel = event.kind === 'value' ? event.fields?.['channel'] : undefined;
    if (event.kind === 'value' && channel !== undefined && channel !== load) others[channel] = event.value;
  }
  const events = decoded.events.flatMap((event): DriverEvent[] => {
    if (event.kind !== 'value') return [event];
    return event.fields?.['channel'] === load ? [{ ...event, fields: { ...event.fields, ...others } }] : [];
  });
  return { ...decoded, events };
}

export const modbus: Driver = {
  id: 'modbus',
  title: MODBUS_TITLE,
  version: VERSION,
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: true,
  commands: {},
  replyTimeoutMs: 500,
  status: 'proven',
  bind: (input) =>
    input === undefined
      ? {
          id: 'modbus',
          version: VERSION,
          streams: false,
          runs: false,
          acceptsUnterminated: false,
          headerFrames: 0,
          makeFramer: () => new ModbusRtuFramer(null),
          decode: inspect,
        }
      : bindProfile(parseModbusProfile(input)),
};
