// A barcode or QR scanner on a serial port (USB-COM): a line for each scan. A code is no reading: it comes as `info` and
// never as a value, so that no field of a record can take it for a figure.
import { z } from 'zod';
import { acceptScan, anyCode, scanFaultWords } from '../../../shared/instrument-files/scanCode.ts';
import { checkRules, type ScannerRule } from '../../../shared/instrument-files/scanners.ts';
import { LineFramer } from '../framers/line.ts';
import { malformed, understood } from './driver.ts';
import type { Decoded, Driver } from './driver.ts';
import { parseProfile } from './profile.ts';

const LONGEST_LINE = 512;
const TITLE = '串口扫码枪（条码、二维码，逐行发送）';

const profileSchema = z.strictObject({
  encoding: z.enum(['ascii', 'utf-8']).default('utf-8'),
  prefix: z.string().max(10).default(anyCode.prefix),
  suffix: z.string().max(10).default(anyCode.suffix),
  minLength: z.int().min(1).max(100).default(anyCode.minLength),
  maxLength: z.int().min(1).max(200).default(anyCode.maxLength),
  check: z.enum(checkRules).default(anyCode.check),
});
type Profile = z.output<typeof profileSchema>;

function textOf(bytes: Uint8Array, encoding: Profile['encoding']): string | null {
  if (encoding === 'ascii' && bytes.some((byte) => byte > 0x7e)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export function decodeScan(bytes: Uint8Array, encoding: Profile['encoding'], rule: ScannerRule): Decoded {
  const line = textOf(bytes, encoding);
  if (line === null) return malformed('not-text', '扫到的内容不是文本：请核对波特率、校验位和编码');
  const scan = acceptScan(line, rule);
  if ('code' in scan) return understood({ kind: 'info', info: 'barcode', value: scan.code });
  return malformed(`scan-${scan.fault}`, `扫到的内容没有采用：${scanFaultWords[scan.fault]}`);
}

export const barcodeSerial: Driver = {
  id: 'barcode-serial',
  title: TITLE,
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {},
  status: 'unproven',
  statusNote: '串口设置、前缀和后缀因扫码枪而异，未经实机验证；须设为每次扫描以回车或换行结束。',
  bind(input) {
    const { encoding, ...rule } = parseProfile(profileSchema, input ?? {}, TITLE);
    return {
      id: 'barcode-serial',
      version: '1.0.0',
      streams: false,
      runs: false,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: ({ joinStream }) => new LineFramer({ maxLength: LONGEST_LINE, joinStream }),
      decode: (frame) => decodeScan(frame.bytes, encoding, rule),
    };
  },
};
