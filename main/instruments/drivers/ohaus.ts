// OHAUS print lines: number, unit, then `?` while unstable and a mode letter (net, gross, tare). Newer models speak
// MT-SICS; use that driver for them.
import { LineFramer } from '../framers/line.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';

const LINE =
  /^ *(-? *\d+(?:\.\d+)?|-? *\.\d+) +(g|kg|mg|ct|oz|ozt|lb|t|N|dwt|GN|mo|tael|PCS|pcs|%) *(\?)? *(NET|N|G|T|B|PT)? *$/;

export function decodeOhaus(line: string): Decoded {
  const text = line.trim();
  if (text === 'ES') return understood({ kind: 'error', code: 'ES', message: '仪器不认识这条命令（语法错误）' });
  if (/^(?:over ?load|-+ ?over ?-*|err ?8\.3)$/i.test(text)) return understood({ kind: 'state', state: 'overload' });
  if (/^(?:under ?load|err ?8\.4)$/i.test(text)) return understood({ kind: 'state', state: 'underload' });
  const match = LINE.exec(line);
  const value = plainDecimal(match?.[1] ?? '');
  const unit = match?.[2];
  if (!match || value === null || unit === undefined) return malformed();
  if (match[4] === 'T' || match[4] === 'PT') return understood({ kind: 'info', info: 'tare', value, unit });
  const fields = match[4] ? { fields: { mode: match[4] } } : {};
  return understood({ kind: 'value', value, unit, stable: match[3] === undefined, ...fields });
}

export const ohaus: Driver = {
  id: 'ohaus',
  title: '奥豪斯（OHAUS）天平打印格式',
  version: '1.0.0',
  defaultLine: { baudRate: 2400, dataBits: 7, parity: 'none', stopBits: 2 },
  needsProfile: false,
  commands: { read: 'SP\r\n', readNow: 'IP\r\n', stream: 'CP\r\n', zero: 'Z\r\n', tare: 'T\r\n' },
  replyTimeoutMs: 5000,
  status: 'unproven',
  statusNote: '数字和单位的排列有公开的样例；不稳定标记、方式字母和部分命令未经实机验证。',
  bind: () => ({
    id: 'ohaus',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: true,
    headerFrames: 0,
    tailLooksWhole: true,
    makeFramer: ({ joinStream }) => new LineFramer({ maxLength: 64, joinStream }),
    decode(frame) {
      const line = asciiText(frame.bytes);
      return line === null ? malformed('not-text') : decodeOhaus(line);
    },
  }),
};
