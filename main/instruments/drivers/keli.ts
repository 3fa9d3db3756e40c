// Keli, Jinzhong, PT650 and JIK indicators: `ST,GS,+  12.345kg` CR LF. The first field is the state (stable,
// unstable, overload, at zero), the second gross, net or tare. Read by fields: widths differ by one between makes.
import { LineFramer } from '../framers/line.ts';
import { decodeLineFrame, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const UNITS = new Set(['kg', 'g', 't', 'lb', 'N', 'kN']);
const MODES: Record<string, string> = { GS: 'gross', NT: 'net' };

export function decodeKeli(line: string): Decoded {
  const match = /^(ST|US|OL|ZR) ?,(GS|NT|TR|PT),([+-]?)(.*)$/.exec(line);
  if (!match) return malformed();
  const [, state = '', mode = '', sign = '', body = ''] = match;
  if (state === 'OL') return understood({ kind: 'state', state: sign === '-' ? 'underload' : 'overload' });
  const reading = /^( *\d+(?:\.\d+)?) *([A-Za-z]+) *$/.exec(body);
  const unit = reading?.[2] ?? '';
  const value = plainDecimal(`${sign}${(reading?.[1] ?? '').trim()}`);
  if (!reading || value === null || sign === '')
    return malformed(/^ *[\d.]+ *$/.test(body) ? 'unit-missing' : undefined);
  if (!UNITS.has(unit)) return malformed('unit-missing');
  if (mode === 'TR' || mode === 'PT') return understood({ kind: 'info', info: 'tare', value, unit });
  const fields = { mode: MODES[mode] ?? mode, ...(state === 'ZR' ? { zone: 'zero' } : {}) };
  // "At zero" says nothing about motion.
  const stable = state === 'ZR' ? {} : { stable: state === 'ST' };
  return understood({ kind: 'value', value, unit, ...stable, fields });
}

export const keli: Driver = {
  id: 'keli',
  title: '柯力、金钟、PT650、JIK 称重仪表（ST,GS 格式）',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'unproven',
  statusNote: '格式取自公开的解析程序，没有真实仪表的报文；各厂字段宽度不同。',
  bind: () => ({
    id: 'keli',
    version: '1.0.0',
    streams: true,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode: (frame) => decodeLineFrame(frame, decodeKeli),
  }),
};
