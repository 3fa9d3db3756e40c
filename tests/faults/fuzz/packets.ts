// Packet protocols: true frames, and by arithmetic of their own which places of a stream hold a valid one.
import { codes, everywhere, key, plain, pointed } from './subject.ts';
import type { Subject } from './subject.ts';

/** CRC-16 of Modbus bit by bit. */
function crcOf(bytes: readonly number[]): number {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc % 2 === 1 ? Math.floor(crc / 2) ^ 0xa001 : Math.floor(crc / 2);
  }
  return crc;
}
const total = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum + byte, 0);
const digitsOf = (serial: number, size: number): string => String(serial % 10 ** size).padStart(size, '0');
const packed = (digits: string): number[] => (digits.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));

const a9: Subject = {
  name: 'xk3190-a9',
  driver: 'xk3190-a9',
  lines: false,
  make(random, serial) {
    const decimals = random.between(0, 4);
    const sign = random.pick(['+', '-']);
    const digits = digitsOf(serial, 6);
    const body = codes(`${sign}${digits}${decimals}`);
    const check = body
      .reduce((xor, byte) => xor ^ byte, 0)
      .toString(16)
      .toUpperCase()
      .padStart(2, '0');
    const value = pointed(BigInt(digits), decimals);
    return {
      wire: Uint8Array.of(2, ...body, ...codes(check), 3),
      values: [key(`${sign === '-' ? '-' : ''}${value}`, 'kg')],
    };
  },
  allowed: (stream) =>
    everywhere(stream, '\u0002', (byte, text, at) => {
      const frame = text.slice(at, at + 12);
      const parts = /^([+-])([0-9]{6})([0-4])([0-9A-F]{2})$/.exec(frame.slice(1, -1));
      if (!parts || byte(11) !== 3) return null;
      let xor = 0;
      for (let index = 1; index <= 8; index += 1) xor ^= byte(index);
      if (Number.parseInt(parts[4]!, 16) !== xor) return null;
      return key(`${parts[1] === '-' ? '-' : ''}${pointed(BigInt(parts[2]!), Number(parts[3]))}`, 'kg');
    }),
};

const toledo = (name: string, checksum: boolean): Subject => ({
  name,
  driver: 'toledo',
  profile: { checksum },
  lines: false,
  make(random, serial) {
    const decimals = random.between(0, 5);
    const negative = random.chance(0.3);
    const moving = random.chance(0.5);
    const digits = digitsOf(serial, 6);
    const flags = 0x30 | (negative ? 2 : 0) | (moving ? 8 : 0);
    const body = [2, 0x22 + decimals, flags, 0x20, ...codes(`${digits}000000`), 13];
    const check = (0x80 - (total(body) % 0x80)) % 0x80;
    return {
      wire: Uint8Array.from(checksum ? [...body, check] : body),
      values: [key(`${negative ? '-' : ''}${pointed(BigInt(digits), decimals)}`, 'kg', !moving)],
    };
  },
  allowed: (stream) =>
    everywhere(stream, '\u0002', (byte, text, at) => {
      if (byte(16) !== 13) return null;
      const frame = codes(text.slice(at, at + 17));
      if (checksum && (total(frame.map((each) => each % 128)) + byte(17)) % 128 !== 0) return null;
      if (checksum && !(byte(17) < 128)) return null;
      const [a, b, c] = [byte(1), byte(2), byte(3)];
      if ([a, b, c].some((each) => Math.floor(each / 32) % 2 === 0 || each > 127)) return null;
      if (Math.floor(b / 4) % 2 === 1 || Math.floor(c / 16) % 2 === 1) return null;
      const weight = /^ *([0-9]+)$/.exec(text.slice(at + 4, at + 10));
      if (!weight || !/^ *[0-9]+$/.test(text.slice(at + 10, at + 16))) return null;
      const unit = [Math.floor(b / 16) % 2 === 1 ? 'kg' : 'lb', 'g', 't', 'oz', 'ozt', 'dwt'][c % 8];
      if (unit === undefined) return null;
      const steps = (a % 8) - 2;
      const size =
        steps < 0 ? pointed(BigInt(weight[1]!) * 10n ** BigInt(-steps), 0) : pointed(BigInt(weight[1]!), steps);
      return key(`${Math.floor(b / 2) % 2 === 1 ? '-' : ''}${size}`, unit, Math.floor(b / 8) % 2 === 0);
    }),
});

const reversed: Subject = {
  name: 'xk3190-reversed',
  driver: 'xk3190-reversed',
  profile: { unit: 'kg', orientation: 'reversed', confirmedBy: '模拟' },
  lines: false,
  make(random, serial) {
    const digits = digitsOf(serial, 6);
    const number = random.chance(0.2)
      ? `-${digits.slice(1, 4)}.${digits.slice(4)}`
      : `${digits.slice(0, 4)}.${digits.slice(4)}`;
    const wire = `=${Array.from(number).toReversed().join('')}`.repeat(3);
    return { wire: Uint8Array.from(codes(`${wire}=`)), values: [key(plain(number), 'kg')] };
  },
  allowed(stream) {
    const parts = stream.split('=').slice(1, -1);
    return parts.flatMap((part, index) => {
      if (part.length !== 7 || parts[index - 1] !== part || parts[index - 2] !== part) return [];
      const text = Array.from(part).toReversed().join('');
      return /^0*-?[0-9]+(?:\.[0-9]*)?$/.test(text) ? [key(plain(text.replace(/\.$/, '')), 'kg')] : [];
    });
  },
};

const aiBus: Subject = {
  name: 'ai-bus',
  driver: 'ai-bus',
  headless: true,
  profile: { address: 1, unit: '℃', decimals: 1, confirmedBy: '模拟' },
  lines: false,
  make(random, serial) {
    const process = (serial % 30000) - 5000;
    const words = [process, random.between(0, 9999), random.between(0, 0xffff), random.between(0, 0xffff)];
    const wire = [...words, total(words) + 1].flatMap((word) => [word & 255, (word >> 8) & 255]);
    return { wire: Uint8Array.from(wire), values: [key(pointed(BigInt(process), 1), '℃')] };
  },
  allowed: (stream) =>
    everywhere(stream, null, (byte) => {
      const word = (at: number): number => byte(at) + byte(at + 1) * 256;
      if (Number.isNaN(byte(9)) || (word(0) + word(2) + word(4) + word(6) + 1) % 65536 !== word(8)) return null;
      const process = word(0) > 32767 ? word(0) - 65536 : word(0);
      return Math.abs(process) >= 32000 ? null : key(pointed(BigInt(process), 1), '℃');
    }),
};

const modbusProfile = {
  id: 'fuzz',
  slave: 1,
  values: [
    {
      name: 'humidity',
      function: 3,
      register: 0,
      type: 'uint16',
      scale: '0.1',
      unit: '%RH',
      plausible: { min: '0', max: '6553.5' },
    },
    {
      name: 'temperature',
      function: 3,
      register: 1,
      type: 'int16',
      scale: '0.1',
      unit: '℃',
      plausible: { min: '-40', max: '80' },
    },
  ],
};
const modbus: Subject = {
  name: 'modbus',
  driver: 'modbus',
  profile: modbusProfile,
  lines: false,
  make(random, serial) {
    const humidity = serial % 65536;
    const temperature = random.between(-400, 800);
    const body = [1, 3, 4, humidity >> 8, humidity & 255, (temperature >> 8) & 255, temperature & 255];
    const crc = crcOf(body);
    return {
      wire: Uint8Array.from([...body, crc & 255, crc >> 8]),
      values: [key(pointed(BigInt(humidity), 1), '%RH'), key(pointed(BigInt(temperature), 1), '℃')],
    };
  },
  allowed: (stream) =>
    everywhere(stream, '\u0001\u0003\u0004', (byte, text, at) => {
      if (Number.isNaN(byte(8)) || crcOf(codes(text.slice(at, at + 7))) !== byte(7) + byte(8) * 256) return null;
      const raw = byte(5) * 256 + byte(6);
      const temperature = raw > 32767 ? raw - 65536 : raw;
      if (temperature < -400 || temperature > 800) return null;
      return [key(pointed(BigInt(byte(3) * 256 + byte(4)), 1), '%RH'), key(pointed(BigInt(temperature), 1), '℃')];
    }),
};
/** A capture looked at without a profile never says a value. */
const modbusInspect: Subject = {
  name: 'modbus-inspect',
  driver: 'modbus',
  lines: false,
  allowed: () => [],
  make: (random, serial) => ({ ...modbus.make(random, serial), values: [] }),
};

const hammer: Subject = {
  name: 'rebound-hammer',
  driver: 'rebound-hammer',
  lines: false,
  allowed: () => [],
  make(random) {
    const letters = codes(random.pick(['RDI', 'SRS', 'ERS']));
    return { wire: Uint8Array.of(0x24, ...letters, total(letters) & 255, 0x23, 13, 10), values: [] };
  },
};

const frameProfile: Subject = {
  name: 'frame-profile',
  driver: 'frame-profile',
  profile: {
    id: 'fuzz', start: 'AA55', length: 8, value: { encoding: 'u32', offset: 2, decimals: 3 }, sign: { kind: 'bit', offset: 6, bit: 0 },
    unit: 'kN', quantity: 'load', checksum: { kind: 'sum8', from: 2, to: 6, at: 7 }, range: '3000', confirmedBy: '模拟',
  }, // prettier-ignore
  lines: false,
  make(random, serial) {
    const raw = serial % 3_000_000;
    const data = [raw >>> 24, (raw >>> 16) & 255, (raw >>> 8) & 255, raw & 255, random.between(0, 255)];
    const minus = data[4]! % 2 === 1 ? '-' : '';
    return {
      wire: Uint8Array.of(0xaa, 0x55, ...data, total(data) & 255),
      values: [key(`${minus}${pointed(BigInt(raw), 3)}`, 'kN')],
    };
  },
  allowed: (stream) =>
    everywhere(stream, '\u00aaU', (byte) => {
      const data = [2, 3, 4, 5, 6].map(byte);
      if (Number.isNaN(byte(7)) || total(data) % 256 !== byte(7)) return null;
      const raw = ((byte(2) * 256 + byte(3)) * 256 + byte(4)) * 256 + byte(5);
      return raw > 3_000_000 ? null : key(`${byte(6) % 2 === 1 ? '-' : ''}${pointed(BigInt(raw), 3)}`, 'kN');
    }),
};

export { digitsOf, packed };
export const packetSubjects: Subject[] = [
  a9, toledo('toledo', false), toledo('toledo-checksum', true), reversed, aiBus, modbus, modbusInspect, hammer, frameProfile,
]; // prettier-ignore
