// JWI-586 and JWI-700W: a printed label of three lines, net, tare, gross. Only the whole label is a reading, and
// only when net and tare make the gross.
import { LineBlockFramer } from '../framers/line-block.ts';
import { asciiText, malformed, plainDecimal, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';
import { Exact } from './numbers.ts';

const LINES = 3;
const LABEL = /^([NTG])\.W\. ?: *([+-] *\d+(?:\.\d+)?) *(kg|g|t|lb)$/;
const BEGIN = 'N.W.';

export function decodeJwiLabel(block: string): Decoded {
  const lines = block.split('\n').map((line) => LABEL.exec(line.trimEnd()));
  const [net, tare, gross] = lines.map((line) => plainDecimal(line?.[2] ?? ''));
  const units = new Set(lines.map((line) => line?.[3]));
  const unit = lines[0]?.[3];
  const order = lines.map((line) => line?.[1]).join('');
  if (order !== 'NTG' || units.size !== 1 || unit === undefined || !net || !tare || !gross) return malformed();
  if (!new Exact(net).plus(tare).eq(gross)) return malformed('inconsistent', '净重加皮重不等于毛重');
  return understood(
    { kind: 'value', value: net, unit, fields: { mode: 'net', gross, tare } },
    { kind: 'info', info: 'tare', value: tare, unit },
  );
}

export const jwi586: Driver = {
  id: 'jwi-586',
  title: '钰恒 JWI-586、JWI-700W 计重秤标签',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'unproven',
  statusNote: '只有一份公开的样例；标签不说明读数是否稳定。',
  bind: () => ({
    id: 'jwi-586',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    makeFramer: () =>
      new LineBlockFramer({
        begins: (line) => Buffer.from(line.subarray(0, BEGIN.length)).toString('latin1') === BEGIN,
        count: LINES,
      }),
    decode(frame) {
      const text = asciiText(frame.bytes.map((byte) => (byte === 0x0a ? 0x09 : byte)));
      return text === null ? malformed('not-text') : decodeJwiLabel(text.replaceAll('\t', '\n'));
    },
  }),
};
