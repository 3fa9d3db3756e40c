// Mettler Toledo MT-SICS levels 0 and 1 (also Kern KCP and newer OHAUS): `<id> <status> [params]` CR LF.
// Fields are cut at blanks because devices pad differently; a status letter I + - never carries a number.
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver, InstrumentState } from './driver.ts';
import { LineFramer } from '../framers/line.ts';

const UNITS = new Set(['g', 'kg', 'mg', 'ug', 't', 'lb', 'oz', 'ct', 'GN', 'N']);
const STATES: Record<string, InstrumentState> = { I: 'busy', '+': 'overload', '-': 'underload' };
const ERRORS: Record<string, string> = {
  ES: '仪器不认识这条命令（语法错误）',
  ET: '通信错误：校验位或波特率可能不符',
  EL: '仪器现在不能执行这条命令（逻辑错误）',
};

function weight(tokens: string[]): { value: string; unit: string } | null {
  if (tokens.length !== 2) return null;
  const value = plainDecimal(tokens[0] ?? '');
  const unit = tokens[1] ?? '';
  return value !== null && UNITS.has(unit) ? { value, unit } : null;
}

function decodeWeighing(status: string, rest: string[]): Decoded {
  const reading = weight(rest);
  if ((status !== 'S' && status !== 'D') || !reading) return malformed();
  return understood({ kind: 'value', ...reading, stable: status === 'S' });
}

function decodeTare(status: string, rest: string[]): Decoded {
  const reading = weight(rest);
  if (!['S', 'D', 'A'].includes(status) || !reading) return malformed();
  return understood({ kind: 'info', info: 'tare', ...reading });
}

function decodeIdentity(id: string, status: string, line: string): Decoded {
  const quoted = /"([^"]*)"/.exec(line)?.[1];
  if ((status !== 'A' && status !== 'B') || quoted === undefined) {
    return id === 'I0' && status === 'A' ? understood({ kind: 'info', info: 'I0' }) : malformed();
  }
  // The serial number also arrives unasked at power-on; either way it says which balance this is.
  return understood({ kind: 'info', info: id === 'I4' || id === '@' ? 'serial' : id, value: quoted });
}

export function decodeMtSics(line: string): Decoded {
  const tokens = line.trim().split(/\s+/);
  const [id = '', status = '', ...rest] = tokens;
  const error = ERRORS[id];
  if (error !== undefined && tokens.length === 1) return understood({ kind: 'error', code: id, message: error });
  const state = rest.length === 0 ? STATES[status] : undefined;
  if (state && /^(?:S|SI|SIR|SR|Z|ZI|T|TI|TA|TAC|I\d+|@)$/.test(id)) return understood({ kind: 'state', state });
  if (id === 'S') return decodeWeighing(status, rest);
  if (id === 'T' || id === 'TI' || id === 'TA') return decodeTare(status, rest);
  if (id === 'TAC' && status === 'A' && rest.length === 0) return understood({ kind: 'info', info: 'tare-cleared' });
  if ((id === 'Z' && status === 'A') || (id === 'ZI' && (status === 'D' || status === 'S'))) {
    return rest.length === 0 ? understood({ kind: 'info', info: 'zeroed' }) : malformed();
  }
  if (/^(?:I\d+|@)$/.test(id)) return decodeIdentity(id, status, line);
  return malformed();
}

export const mtSics: Driver = {
  id: 'mt-sics',
  title: '梅特勒-托利多天平（MT-SICS 0/1 级）',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: { read: 'S\r\n', readNow: 'SI\r\n', stream: 'SIR\r\n', zero: 'Z\r\n', tare: 'T\r\n', serial: 'I4\r\n' },
  replyTimeoutMs: 5000,
  identity: {
    command: 'serial',
    decode(frame) {
      const serial = /^I4 A "([^"]+)"$/.exec(asciiText(frame.bytes)?.trim() ?? '');
      return serial?.[1] ?? null;
    },
  },
  status: 'proven',
  bind: () => ({
    id: 'mt-sics',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    makeFramer: () => new LineFramer({ maxLength: 128 }),
    decode(frame) {
      const line = asciiText(frame.bytes);
      return line === null ? malformed('not-text') : decodeMtSics(line);
    },
  }),
};
