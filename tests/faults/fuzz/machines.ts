// Testing machines: true frames, and which places of a stream hold one. Most have no check, so much noise is a valid
// frame there; what the grammar still proves is that nothing else becomes a load, and nothing over a pull.
import { digitsOf, packed } from './packets.ts';
import { codes, everywhere, key, plain, pointed } from './subject.ts';
import type { Subject } from './subject.ts';

const LARGEST = 10000n;
const load = (text: string): string | null =>
  BigInt(text.replace('-', '').split('.')[0]!) >= LARGEST ? null : key(text, 'kN');
const isDigits = (bytes: readonly number[]): boolean => bytes.every((byte) => byte % 16 < 10 && byte < 160);
const asDigits = (bytes: readonly number[]): bigint =>
  bytes.reduce((sum, byte) => sum * 100n + BigInt(Math.floor(byte / 16) * 10 + (byte % 16)), 0n);
const confirmedBy = '模拟';

const okePressure: Subject = {
  name: 'oke-pressure',
  driver: 'oke-pressure',
  lines: false,
  make(random, serial) {
    const raw = serial % 900_000;
    const wire = Uint8Array.of(
      0xa5,
      0,
      0,
      0,
      0,
      4,
      random.between(0, 255),
      raw >> 16,
      (raw >> 8) & 255,
      raw & 255,
      0x5a,
    );
    return { wire, values: [key(pointed(BigInt(raw), 2), 'kN')] };
  },
  allowed: (stream) =>
    everywhere(stream, '\u00a5', (byte) =>
      byte(10) === 0x5a ? load(pointed(BigInt(byte(7) * 65536 + byte(8) * 256 + byte(9)), 2)) : null,
    ),
};

const okeUniversal: Subject = {
  name: 'oke-universal',
  driver: 'oke-universal',
  lines: false,
  make(random, serial) {
    const raw = serial % 9_000_000;
    const body = [0xfd, 7, 0x11, random.between(0, 255), raw & 255, (raw >> 8) & 255, raw >> 16, 0];
    const sum = body.reduce((total, byte) => total + byte, 0) % 256;
    return { wire: Uint8Array.of(...body, sum), values: [key(pointed(BigInt(raw), 3), 'kN')] };
  },
  allowed: (stream) =>
    everywhere(stream, '\u00fd\u0007\u0011', (byte) => {
      const sum = [0, 1, 2, 3, 4, 5, 6, 7].reduce((total, at) => total + byte(at), 0);
      return sum % 256 === byte(8) ? load(pointed(BigInt(byte(4) + byte(5) * 256 + byte(6) * 65536), 3)) : null;
    }),
};

const weihai: Subject = {
  name: 'weihai',
  driver: 'weihai',
  lines: false,
  make(random, serial) {
    const digits = digitsOf(serial, 6);
    const number = `${digits.slice(0, 4)}.${digits.slice(4)}`;
    return {
      wire: Uint8Array.from(codes(`F${number}${random.pick(['', ' kN', ',x'])}$`)),
      values: [key(plain(number), 'kN')],
    };
  },
  allowed: (stream) =>
    everywhere(stream, 'F', (_, text, at) => {
      const frame = /^F([^F$]{7})([^F$]{0,23})\$/.exec(text.slice(at, at + 32));
      if (!frame || !/^ *[+-]?[0-9]+(?:\.[0-9]+)?$/.test(frame[1]!)) return null;
      if (/^[0-9.]/.test(frame[2]!) || /[^\t -~]/.test(frame[2]!)) return null;
      return load(plain(frame[1]!));
    }),
};

const jianyi: Subject = {
  name: 'jianyi',
  driver: 'jianyi',
  profile: { replyLength: 9, range_kN: '10000', confirmedBy },
  lines: false,
  make(random, serial) {
    const raw = serial % 65536;
    const wire = Uint8Array.of(1, 3, 0, 0x11, 0, 4, raw >> 8, raw & 255, random.between(0, 255));
    return { wire, values: [key(pointed(BigInt(raw), 1), 'kN')] };
  },
  allowed: (stream) =>
    everywhere(stream, '\u0001', (byte) =>
      byte(5) === 4 && !Number.isNaN(byte(8)) ? key(pointed(BigInt(byte(6) * 256 + byte(7)), 1), 'kN') : null,
    ),
};

const kentNew: Subject = {
  name: 'kent-new',
  driver: 'kent-new',
  lines: false,
  make(random, serial) {
    const decimals = random.between(1, 2);
    const negative = random.chance(0.3);
    const digits = digitsOf(serial, 6);
    const rest = Array.from({ length: 8 }, () => random.between(0, 200));
    const wire = Uint8Array.of(0xf0, 1, (negative ? 16 : 0) + decimals, ...packed(digits), ...rest, 0x0f);
    const value = load(`${negative ? '-' : ''}${pointed(BigInt(digits), decimals)}`);
    return { wire, values: value === null ? [] : [value] };
  },
  allowed: (stream) =>
    everywhere(stream, '\u00f0', (byte) => {
      const digits = [3, 4, 5].map(byte);
      const layout = byte(2);
      if (byte(14) !== 15 || !isDigits(digits) || ![1, 2].includes(layout % 16) || layout > 31) return null;
      return load(`${layout >= 16 ? '-' : ''}${pointed(asDigits(digits), layout % 16)}`);
    }),
};

function elevenBytes(name: string, profile: object, value: (digits: bigint) => string | null): Subject {
  return {
    name,
    driver: name,
    profile: { confirmedBy, ...profile },
    lines: false,
    make(random, serial) {
      const digits = digitsOf(serial, 6);
      const wire = Uint8Array.of(0xf0, 1, random.between(0, 200), 3, ...packed(digits), 5, 6, 7, 0x0f);
      const said = value(BigInt(digits));
      return { wire, values: said === null ? [] : [said] };
    },
    allowed: (stream) =>
      everywhere(stream, '\u00f0', (byte) => {
        const digits = [4, 5, 6].map(byte);
        return byte(10) === 15 && isDigits(digits) ? value(asDigits(digits)) : null;
      }),
  };
}

/** Count × 8000 / 65536 / 10 = count × 0.01220703125 kN, without closing zeros. */
function adLoad(count: bigint): string | null {
  const text = pointed(count * 1_220_703_125n, 11);
  return load(text.replace(/\.?0+$/, '') || '0');
}

const kentLed: Subject = {
  name: 'kent-led',
  driver: 'kent-led',
  profile: { frameLength: 6, confirmedBy },
  lines: false,
  make(_, serial) {
    const digits = digitsOf(serial, 5).padStart(6, '0');
    return {
      wire: Uint8Array.of(0xf0, ...packed(digits), 9, 9, 0xf0),
      values: [key(pointed(BigInt(digits), 1), 'kN')],
    };
  },
  allowed: (stream) =>
    everywhere(stream, '\u00f0', (byte, text, at) => {
      const digits = [1, 2, 3].map(byte);
      if (text.indexOf('\u00f0', at + 1) !== at + 6 || !isDigits(digits)) return null;
      return load(pointed(asDigits(digits), 1));
    }),
};

export const machineSubjects: Subject[] = [
  okePressure,
  okeUniversal,
  weihai,
  jianyi,
  kentNew,
  elevenBytes('kent-lcd', { decimals: 2 }, (digits) => load(pointed(digits, 2))),
  elevenBytes('kent-ad', { decimals: 1, span: '8000' }, adLoad),
  kentLed,
];
