// Rows that a logger makes of an A&D balance in grams: `t_ms,ST,11.5598` LF. The format itself fixes the unit.
import { LineFramer } from '../framers/line.ts';
import { decodeLineFrame, malformed, placePoint, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const MILLISECOND_DIGITS = 3;

export function decodeAAndDLog(line: string): Decoded {
  const match = /^(\d{1,12}),(ST|US|OL),([+-]?\d+(?:\.\d+)?)?$/.exec(line);
  if (!match) return malformed();
  const [, time = '', state, number] = match;
  if (state === 'OL') return understood({ kind: 'state', state: number?.startsWith('-') ? 'underload' : 'overload' });
  const value = plainDecimal(number ?? '');
  if (value === null) return malformed();
  const fields = { time_s: placePoint(time, MILLISECOND_DIGITS) };
  return understood({ kind: 'value', value, unit: 'g', stable: state === 'ST', fields });
}

export const aAndDLog: Driver = {
  id: 'and-log',
  title: '艾安得（A&D）天平的记录序列（t_ms,状态,克）',
  version: '1.0.0',
  defaultLine: { baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'proven',
  bind: () => ({
    id: 'and-log',
    version: '1.0.0',
    streams: true,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode: (frame) => decodeLineFrame(frame, decodeAAndDLog),
  }),
};
