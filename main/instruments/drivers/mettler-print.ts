// The line that Mettler Toledo balances send to a printer: mode letter (N net, G gross, T tare), number, unit.
// Not MT-SICS. Without the letter it is no reading: the tail of a cut line would look like one.
import { LineFramer } from '../framers/line.ts';
import { decodeLineFrame, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const LINE = /^ *([NGT]) +(-? *\d+(?:\.\d+)?) (g|kg|mg|ct|oz|lb|t) *$/;

export function decodeMettlerPrint(line: string): Decoded {
  const match = LINE.exec(line);
  const value = plainDecimal(match?.[2] ?? '');
  const unit = match?.[3];
  if (!match || value === null || unit === undefined) return malformed();
  if (match[1] === 'T') return understood({ kind: 'info', info: 'tare', value, unit });
  return understood({ kind: 'value', value, unit, fields: { mode: match[1] === 'N' ? 'net' : 'gross' } });
}

export const mettlerPrint: Driver = {
  id: 'mettler-print',
  title: '梅特勒-托利多天平打印行',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'unproven',
  statusNote: '只有一行公开的样例；打印行不说明读数是否稳定。',
  bind: () => ({
    id: 'mettler-print',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    tailLooksWhole: true,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode: (frame) => decodeLineFrame(frame, decodeMettlerPrint),
  }),
};
