// Kern, old format: sign, 7 or 8 value characters, 2 unit characters, two status characters, CR LF. The second
// status says stable or not; where it is blank a present unit means stable. New models (KCP) speak MT-SICS.
import { LineFramer } from '../framers/line.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const UNITS: Record<string, string> = {
  G: 'g',
  KG: 'kg',
  CT: 'ct',
  OZ: 'oz',
  LB: 'lb',
  OT: 'ozt',
  DW: 'dwt',
  GR: 'GN',
  TL: 'tl',
  MO: 'mo',
  TO: 'tol',
  '%': '%',
  PC: 'pcs',
};

export function decodeKern(line: string): Decoded {
  const text = line.trim();
  if (text === 'A00') return understood({ kind: 'info', info: 'acknowledged' });
  if (/^E\d\d$/.test(text)) return understood({ kind: 'error', code: text, message: '天平没有接受这条命令' });
  if (/^=? ?overload ?=?$/i.test(text)) return understood({ kind: 'state', state: 'overload' });
  const match = /^([+ -])([\d. ]{7,8}?)(?: ([A-Za-z%])|([A-Za-z]{2})| {2})([ LGH])?([ USE])?$/.exec(line);
  if (!match) return malformed();
  const [, sign, digits = '', single, pair, , status = ' '] = match;
  if (status === 'E') return understood({ kind: 'error', code: 'E', message: '天平报告读数错误' });
  const value = plainDecimal(`${sign === '-' ? '-' : ''}${digits.trim()}`);
  const letters = (single ?? pair ?? '').toUpperCase();
  const unit = letters === '' ? '' : UNITS[letters];
  if (value === null || unit === undefined) return malformed();
  const stable = status === ' ' ? unit !== '' : status === 'S';
  return understood({ kind: 'value', value, unit, stable });
}

export const kern: Driver = {
  id: 'kern',
  title: '科恩（Kern）天平旧格式',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: { read: 's', readNow: 'w', tare: 't', stream: 'O1\r\n' },
  replyTimeoutMs: 5000,
  status: 'unproven',
  statusNote: '格式取自公开的程序，没有真实天平的报文。',
  bind: () => ({
    id: 'kern',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    tailLooksWhole: true,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode(frame) {
      const line = asciiText(frame.bytes);
      return line === null ? malformed('not-text') : decodeKern(line);
    },
  }),
};
