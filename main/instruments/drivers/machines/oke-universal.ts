// Oukai and Chenxin universal machines: nine bytes from FD, the third repeats the command, the last is the sum of
// the first eight. Load (11) in bytes 4 to 6, lowest first, in 0.001 kN. The controller finds upper and lower yield
// itself: D0/E0 asks whether it is ready, D2/E2 reads it as a little-endian float in N (`oke-yield.ts`).
import { z } from 'zod';
import { sum8 } from '../../framers/checksums.ts';
import { HeadTailFramer } from '../../framers/head-tail.ts';
import { malformed, placePoint, understood } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { float32Text, scaleBy, unsigned } from '../numbers.ts';
import { parseProfile } from '../profile.ts';
import { loadEvent, machineLine, rangeField } from './load.ts';

const HEAD = [0xfd, 0x07] as const;
const LENGTH = 9;
const DECIMALS = 3;
const READY = 0x55;
const CODE_LOAD = 0x11;
const YIELDS: Record<number, { name: 'upper-yield' | 'lower-yield'; step: 'ready' | 'cleared' | 'value' }> = {
  0xd0: { name: 'upper-yield', step: 'ready' },
  0xd1: { name: 'upper-yield', step: 'cleared' },
  0xd2: { name: 'upper-yield', step: 'value' },
  0xe0: { name: 'lower-yield', step: 'ready' },
  0xe1: { name: 'lower-yield', step: 'cleared' },
  0xe2: { name: 'lower-yield', step: 'value' },
};

/** FD 07, command, five zeros, sum. */
export function encodeOkeCommand(code: number): Uint8Array {
  const head = Uint8Array.of(...HEAD, code, 0, 0, 0, 0, 0);
  return Uint8Array.of(...head, sum8(head));
}

function decodeYield(frame: Uint8Array, code: number): Decoded {
  const answer = YIELDS[code];
  if (!answer) return malformed('unknown-reply');
  const { name, step } = answer;
  if (step === 'ready') {
    return frame[4] === READY
      ? understood({ kind: 'info', info: `${name}-ready` })
      : understood({ kind: 'info', info: `${name}-not-ready` });
  }
  if (step === 'cleared') return frame[4] === 0 ? understood({ kind: 'info', info: `${name}-cleared` }) : malformed();
  const newtons = float32Text(frame.slice(4, 8).toReversed());
  if (newtons === null || newtons.startsWith('-')) return malformed('not-a-number');
  return understood({ kind: 'info', info: name, value: scaleBy(newtons, '0.001'), unit: 'kN' });
}

export function decodeOkeUniversal(frame: Uint8Array, range_kN?: string): Decoded {
  const code = frame[2] as number;
  if (code !== CODE_LOAD) return decodeYield(frame, code);
  const raw = unsigned(frame.slice(4, 7).toReversed());
  return loadEvent(placePoint(raw.toString(), DECIMALS), range_kN);
}

const profileSchema = z.strictObject({
  ...rangeField,
  /** The sum was verified on commands only; where a capture shows replies without it, the person says `none`. */
  checksum: z.enum(['sum8', 'none']).default('sum8'),
});
const TITLE = '欧凯、晨鑫万能试验机';

export const okeUniversal: Driver = {
  id: 'oke-universal',
  title: TITLE,
  version: '1.0.0',
  defaultLine: machineLine,
  needsProfile: false,
  commands: {
    read: encodeOkeCommand(CODE_LOAD),
    upperYieldReady: encodeOkeCommand(0xd0),
    upperYield: encodeOkeCommand(0xd2),
    lowerYieldReady: encodeOkeCommand(0xe0),
    lowerYield: encodeOkeCommand(0xe2),
  },
  poll: { command: 'read', everyMs: 200 },
  replyTimeoutMs: 200,
  status: 'unproven',
  statusNote: '命令取自公开的驱动程序；没有应答的实录，应答的命令码和校验和是由命令推断的。',
  runs: true,
  deviceFigures: ['upper-yield', 'lower-yield'],
  bind(input) {
    const profile = parseProfile(profileSchema, input ?? {}, TITLE);
    return {
      id: 'oke-universal',
      version: '1.0.0',
      streams: false,
      runs: true,
      acceptsUnterminated: false,
      headerFrames: 0,
      makeFramer: () =>
        new HeadTailFramer({
          head: HEAD,
          length: LENGTH,
          ...(profile.checksum === 'none'
            ? {}
            : { check: (frame) => (sum8(frame.subarray(0, LENGTH - 1)) === frame[LENGTH - 1] ? null : 'checksum') }),
        }),
      decode: (frame) =>
        frame.fault === undefined ? decodeOkeUniversal(frame.bytes, profile.range_kN) : malformed(frame.fault),
    };
  },
};
