// Zhonghui digital rebound hammer over BLE, protocol V1.2: `$`, three letters, the sum of the letters, `#`, CR LF.
// The layout of its readings is not public, so this driver sends commands and reads acknowledgements, nothing else.
import { sum8 } from '../framers/checksums.ts';
import { HeadTailFramer } from '../framers/head-tail.ts';
import { malformed, understood } from './driver.ts';
import type { Driver } from './driver.ts';

const HEAD = 0x24;
const TAIL = [0x23, 0x0d, 0x0a];
const LENGTH = 8;

/** `RDI` → 24 52 44 49 DF 23 0D 0A. */
export function encodeHammerCommand(letters: string): Uint8Array {
  const bytes = Buffer.from(letters, 'latin1');
  return Uint8Array.from([HEAD, ...bytes, sum8(bytes), ...TAIL]);
}

export const reboundHammer: Driver = {
  id: 'rebound-hammer',
  title: '中回数显回弹仪（蓝牙，协议 V1.2）',
  version: '1.0.0',
  defaultLine: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  needsProfile: false,
  commands: {
    information: encodeHammerCommand('RDI'),
    start: encodeHammerCommand('SRS'),
    stop: encodeHammerCommand('ERS'),
  },
  replyTimeoutMs: 2000,
  status: 'unproven',
  statusNote: '读数的数据格式未公开：只能发送命令、识别应答，回弹值请导入仪器导出的文件。',
  bind: () => ({
    id: 'rebound-hammer',
    version: '1.0.0',
    streams: false,
    runs: false,
    acceptsUnterminated: false,
    headerFrames: 0,
    makeFramer: () =>
      new HeadTailFramer({
        head: [HEAD],
        length: LENGTH,
        tail: TAIL,
        fits: (frame) => frame.subarray(1, 4).every((byte) => byte >= 0x41 && byte <= 0x5a),
        check: (frame) => (sum8(frame.subarray(1, 4)) === frame[4] ? null : 'checksum'),
      }),
    decode: (frame) =>
      frame.fault === undefined
        ? understood({
            kind: 'info',
            info: 'acknowledged',
            value: Buffer.from(frame.bytes.subarray(1, 4)).toString('latin1'),
          })
        : malformed(frame.fault),
  }),
};
