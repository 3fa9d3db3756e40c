// Sartorius SBI: 14 characters (sign, value, unit) or 20 with an identifier of six in front, CR LF. A blank unit
// means that the reading is not stable, so there is no unit then; digits in brackets are unverified.
import { LineFramer } from '../framers/line.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const UNITS = /^(?:g|kg|mg|ug|t|ct|oz|ozt|lb|N|mN|GN|tlt|tol|mo|dwt|pcs|%|o|k|\/\/)$/;
const LONGEST_PLAIN = 16;
const ESC = '\u001B';

function decodeMessage(text: string): Decoded | null {
  const error = /\bErr(?:or)?\.?\s*(\d+)?/i.exec(text);
  if (error) {
    const code = error[1] ?? 'Err';
    return understood({ kind: 'error', code, message: `天平报告错误 ${code}` });
  }
  if (/\bhigh\b|^H+$/i.test(text)) return understood({ kind: 'state', state: 'overload' });
  if (/\blow\b|^L+$/i.test(text)) return understood({ kind: 'state', state: 'underload' });
  if (/\bcal\b/i.test(text) || /^-{2,}$/.test(text)) return understood({ kind: 'state', state: 'busy' });
  return null;
}

export function decodeSartorius(line: string): Decoded {
  const identifier = line.length > LONGEST_PLAIN ? line.slice(0, 6).trim() : '';
  const body = line.length > LONGEST_PLAIN ? line.slice(6) : line;
  const message = decodeMessage(body.trim());
  if (message) return message;
  // Three bare digits in the value's last columns answer a question about keys; a weight has a sign, point or unit.
  if (identifier === '' && /^ {8}\d{3} {0,3}$/.test(body))
    return understood({ kind: 'info', info: 'key', value: body.trim() });
  const match = /^ *([+-]?) *(\d*\.?\d*)(?:\[(\.?\d)\])? *(\S*) *$/.exec(body);
  const value = match ? plainDecimal(`${match[1]}${match[2]}${match[3] ?? ''}`) : null;
  if (!match || value === null) return malformed();
  const unit = match[4] ?? '';
  if (unit !== '' && !UNITS.test(unit)) return malformed();
  const fields = {
    ...(identifier ? { identifier } : {}),
    ...(match[3] === undefined ? {} : { unverifiedDigit: match[3].replace('.', '') }),
  };
  const extra = Object.keys(fields).length > 0 ? { fields } : {};
  return understood({ kind: 'value', value, unit, stable: unit !== '', ...extra });
}

export const sartoriusSbi: Driver = {
  id: 'sartorius-sbi',
  title: '赛多利斯天平（SBI）',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {
    read: `${ESC}P\r\n`,
    tare: `${ESC}T\r\n`,
    zero: `${ESC}V\r\n`,
    model: `${ESC}x1_\r\n`,
    serial: `${ESC}x2_\r\n`,
  },
  replyTimeoutMs: 5000,
  // The answer is text of no fixed layout, as a rule digits only; it must not be taken for a weight.
  identity: {
    command: 'serial',
    decode(frame) {
      const text = asciiText(frame.bytes)?.trim() ?? '';
      return /\d{4}/.test(text) ? text : null;
    },
  },
  status: 'unproven',
  statusNote: '16 字符格式有公开的测试样例；带标识的 22 字符格式和序列号应答未经实机验证。',
  bind: () => ({
    id: 'sartorius-sbi',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: true,
    headerFrames: 0,
    tailLooksWhole: true,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode(frame) {
      const line = asciiText(frame.bytes);
      return line === null ? malformed('not-text') : decodeSartorius(line);
    },
  }),
};
