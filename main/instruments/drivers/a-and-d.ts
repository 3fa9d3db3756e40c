// A&D standard format: header, comma, signed number, unit right-aligned, CR LF. Read by fields, not by columns:
// models send different numbers of digits. The header decides; `OL,+9999999E+19` must never become a number.
import { LineFramer } from '../framers/line.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const ACK = 0x06;
const ERRORS: Record<string, string> = { E01: '仪器不认识这条命令', E11: '读数在规定时间内没有稳定' };

export function decodeAAndD(line: string): Decoded {
  const match = /^(ST|US|QT|OL|PT|TN|SN|EC),(.*)$/.exec(line);
  if (!match) return malformed();
  const [, header = '', body = ''] = match;
  if (header === 'OL') return understood({ kind: 'state', state: body.startsWith('-') ? 'underload' : 'overload' });
  if (header === 'TN' || header === 'SN') {
    return understood({ kind: 'info', info: header === 'SN' ? 'serial' : 'model', value: body.trim() });
  }
  if (header === 'EC') {
    const code = body.trim();
    return /^E\d+$/.test(code)
      ? understood({ kind: 'error', code, message: ERRORS[code] ?? `仪器报告错误 ${code}` })
      : malformed();
  }
  const reading = /^([+-]\d+(?:\.\d+)?) *([A-Za-z%]{1,3})$/.exec(body);
  const value = plainDecimal(reading?.[1] ?? '');
  const unit = reading?.[2];
  if (value === null || unit === undefined) return malformed(/^[+-][\d.]+$/.test(body) ? 'unit-missing' : 'malformed');
  if (header === 'PT') return understood({ kind: 'info', info: 'tare', value, unit });
  return understood({ kind: 'value', value, unit, stable: header !== 'US' });
}

export const aAndD: Driver = {
  id: 'and',
  title: '艾安得（A&D）天平标准格式',
  version: '1.0.0',
  defaultLine: { baudRate: 2400, dataBits: 7, parity: 'even', stopBits: 1 },
  needsProfile: false,
  commands: {
    read: 'S\r\n',
    readNow: 'Q\r\n',
    stream: 'SIR\r\n',
    cancel: 'C\r\n',
    zero: 'Z\r\n',
    tare: 'T\r\n',
    serial: '?SN\r\n',
  },
  replyTimeoutMs: 5000,
  identity: {
    command: 'serial',
    decode: (frame) => /^SN, *(\S.*)$/.exec(asciiText(frame.bytes) ?? '')?.[1]?.trim() ?? null,
  },
  status: 'proven',
  bind: () => ({
    id: 'and',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    makeFramer: () => new LineFramer({ maxLength: 64 }),
    decode(frame) {
      if (frame.bytes.length === 1 && frame.bytes[0] === ACK) return understood({ kind: 'info', info: 'acknowledged' });
      const line = asciiText(frame.bytes);
      return line === null ? malformed('not-text') : decodeAAndD(line);
    },
  }),
};
