// The framers that recognise frames by their bytes: the same frames at every split, every byte accounted for, a true
// frame inside noise found, memory bounded, nothing carried over a reset.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BcdFramer, BcdGapFramer } from './bcd.ts';
import { crc16, sum8, toledo7, xor8 } from './checksums.ts';
import { DelimitedFramer } from './delimited.ts';
import type { Frame, Framer } from './framer.ts';
import { HeadTailFramer } from './head-tail.ts';
import { LineBlockFramer } from './line-block.ts';
import { ModbusRtuFramer } from './modbus-rtu.ts';
import { RepeatedFramer } from './repeated.ts';
import { StxEtxFramer } from './stx-etx.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/ /g, ''), 'hex'));
const ascii = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));

/** Length in byte 1, sum of all before in the last byte. */
const lengthFramer = (): HeadTailFramer =>
  new HeadTailFramer({
    head: [0xaa],
    maxLength: 20,
    length: (data) => (data[1] === undefined ? null : data[1] < 3 ? 'misfit' : data[1]),
    check: (frame) => (sum8(frame.subarray(0, -1)) === frame.at(-1) ? null : 'checksum'),
  });

interface Kind {
  make(): Framer;
  /** True frames on the wire, in the order in which they come. */
  frames: Uint8Array[];
  /** Longest stretch that the framer may hold. */
  mostPending: number;
}
const kinds: Record<string, Kind> = {
  'head + length + tail': {
    make: () => new HeadTailFramer({ head: [0xa5, 0x01], length: 6, tail: [0x5a, 0x0d] }),
    frames: [bytes('a501 1122 5a0d'), bytes('a501 a501 5a0d')],
    mostPending: 5,
  },
  'tail before a check character': {
    make: () =>
      new HeadTailFramer({
        head: [2],
        length: 5,
        tail: [13],
        tailAt: 3,
        check: (frame) => (toledo7(frame.subarray(0, 4)) === frame[4] ? null : 'checksum'),
      }),
    frames: [Uint8Array.of(2, 0x31, 0x32, 13, toledo7(Uint8Array.of(2, 0x31, 0x32, 13)))],
    mostPending: 4,
  },
  'length with checksum': {
    make: lengthFramer,
    frames: [bytes('aa04 01 af'), bytes('aa06 aa0401 5f'), bytes('aa03 ad')],
    mostPending: 19,
  },
  'STX–ETX with check': {
    make: () => new StxEtxFramer(12, (content) => (xor8(content.subarray(0, 8)) === 0x19 ? null : 'checksum')),
    frames: [bytes('022b30303136353030313903')],
    mostPending: 11,
  },
  'packed BCD F0…0F': {
    make: () => new BcdFramer({ length: 11, digits: { from: 4, to: 7 } }),
    frames: [bytes('f0 aa f0 bb 123456 ccdd0f 0f'), bytes('f0 000000 999999 000000 0f')],
    mostPending: 10,
  },
  'Modbus by expected length': {
    make: () => new ModbusRtuFramer([{ slave: 1, function: 3, dataBytes: 4 }]),
    frames: [bytes('010304 000003e8 fa8d'), bytes('018302c0f1')],
    mostPending: 8,
  },
  'Modbus of any kind': {
    make: () => new ModbusRtuFramer(null),
    frames: [bytes('010304000003e8fa8d'), bytes('010300000002c40b'), bytes('01100000000204449600000773')],
    mostPending: 255,
  },
};

const chunks = (data: Uint8Array, cuts: number[]): Uint8Array[] => {
  const points = [0, ...cuts.map((cut) => cut % (data.length + 1)).sort((a, b) => a - b), data.length];
  return points.slice(1).map((end, index) => data.subarray(points[index], end));
};
const show = (frame: Frame): string => `${hex(frame.bytes)} ${frame.wireLength} ${frame.fault ?? ''}`;
/** Only whole frames; a faulty one is evidence of noise. */
const good = (frames: Frame[]): string[] =>
  frames.filter(({ fault }) => fault === undefined).map(({ bytes: b }) => hex(b));

describe.each(Object.entries(kinds))('%s', (_, kind) => {
  const noiseWithFrames = fc.array(fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.constantFrom(...kind.frames)), {
    maxLength: 12,
  });

  test('takes its frames, also one by one', () => {
    for (const frame of kind.frames) {
      const framer = kind.make();
      expect(framer.push(frame)).toMatchObject([{ wireLength: frame.length }]);
      expect({ dropped: framer.dropped, pending: framer.pending }).toEqual({ dropped: 0, pending: 0 });
    }
  });

  test('same frames and counts at every split, every byte in a frame, dropped or pending', () => {
    fc.assert(
      fc.property(noiseWithFrames, fc.array(fc.nat(), { maxLength: 30 }), (parts, cuts) => {
        const stream = join(...parts);
        const whole = kind.make();
        const cut = kind.make();
        const frames = whole.push(stream);
        expect(
          chunks(stream, cuts)
            .flatMap((chunk) => cut.push(chunk))
            .map(show),
        ).toEqual(frames.map(show));
        expect([cut.dropped, cut.pending]).toEqual([whole.dropped, whole.pending]);
        const framed = frames.reduce((sum, frame) => sum + frame.wireLength, 0);
        expect(framed + whole.dropped + whole.pending).toBe(stream.length);
        expect(whole.pending).toBeLessThanOrEqual(kind.mostPending);
        whole.reset();
        expect(framed + whole.dropped).toBe(stream.length);
      }),
    );
  });

  test('a false head directly before a true frame does not swallow it', () => {
    for (const frame of kind.frames) {
      for (let cut = 1; cut < frame.length; cut += 1) {
        const framer = kind.make();
        // Behind the frame follows enough for every false head to be judged.
        const stream = join(frame.subarray(0, cut), frame, new Uint8Array(kind.mostPending + 1).fill(0xee));
        expect(good(framer.push(stream))).toContain(good(kind.make().push(frame))[0]);
      }
    }
  });

  test('a frame cut by a pull never joins the next', () => {
    for (const frame of kind.frames) {
      for (let cut = 1; cut < frame.length; cut += 1) {
        const framer = kind.make();
        framer.push(frame.subarray(0, cut));
        framer.reset();
        expect(framer.dropped + framer.pending).toBe(cut);
        expect(framer.push(frame.subarray(cut)).filter(({ wireLength }) => wireLength === frame.length)).toEqual([]);
        framer.reset();
        expect(framer.push(frame)).toMatchObject([{ wireLength: frame.length }]);
      }
    }
  });

  test('a megabyte of noise in time and without growing', () => {
    const framer = kind.make();
    const noise = Uint8Array.from({ length: 1_000_000 }, (unused, index) => (index * 2_654_435_761) >>> 13);
    const start = performance.now();
    let framed = 0;
    for (let at = 0; at < noise.length; at += 4096) {
      for (const frame of framer.push(noise.subarray(at, at + 4096))) framed += frame.wireLength;
      expect(framer.pending).toBeLessThanOrEqual(kind.mostPending);
    }
    expect(performance.now() - start).toBeLessThan(5000);
    expect(framed + framer.dropped + framer.pending).toBe(noise.length);
  });
});

describe('fault', () => {
  test('a wrong check is a fault that gives up one byte: a true frame inside is still found', () => {
    const inner = bytes('aa04 01 af');
    const outer = join(bytes('aa07 00'), inner);
    const framer = lengthFramer();
    const frames = framer.push(outer);
    expect(frames).toMatchObject([{ fault: 'checksum', wireLength: 1 }, { wireLength: 4 }]);
    expect(hex((frames[1] as Frame).bytes)).toBe(hex(inner));
    expect(framer.dropped).toBe(2);
  });
});

describe('checksums', () => {
  test('against values from the collection', () => {
    expect(xor8(ascii('+0016500'))).toBe(0x19);
    expect(sum8(ascii('RDI'))).toBe(0xdf);
    expect(crc16(bytes('010300000002'))).toBe(0x0bc4);
    expect(toledo7(ascii(''))).toBe(0);
  });

  test('CRC by table is CRC by bits', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        let crc = 0xffff;
        for (const byte of data) {
          crc ^= byte;
          for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
        }
        expect(crc16(data)).toBe(crc);
      }),
    );
  });
});

describe('BCD up to the next head', () => {
  const make = (): BcdGapFramer => new BcdGapFramer({ length: 5, digits: { from: 1, to: 4 } });
  test('a frame is whole when the next head stands where it must', () => {
    const framer = make();
    expect(good(framer.push(bytes('f0123456aa f0000010bb f0')))).toEqual(['f0123456aa', 'f0000010bb']);
    expect({ dropped: framer.dropped, pending: framer.pending }).toEqual({ dropped: 0, pending: 1 });
  });
  test('a lost or an added byte costs its frame', () => {
    expect(good(make().push(bytes('f01234aa f0000010bb f0')))).toEqual(['f0000010bb']);
    expect(good(make().push(bytes('f012343456aa f0000010bb f0')))).toEqual(['f0000010bb']);
  });
});

describe('delimited', () => {
  const make = (): DelimitedFramer => new DelimitedFramer({ delimiter: 0x3d, length: 7 });
  test('what has the sign on both sides and the right length', () => {
    const framer = make();
    const frames = framer.push(ascii('20=0013.20=0013.2=00013.20=1234567='));
    expect(frames.map((frame) => Buffer.from(frame.bytes).toString())).toEqual(['0013.20', '1234567']);
    expect(frames.reduce((sum, frame) => sum + frame.wireLength, 0) + framer.dropped + framer.pending).toBe(35);
  });
  test('the same at every split', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[=0-9.]{0,80}$/), fc.array(fc.nat(), { maxLength: 20 }), (text, cuts) => {
        const stream = ascii(text);
        const whole = make();
        const cut = make();
        const frames = whole.push(stream);
        expect(
          chunks(stream, cuts)
            .flatMap((chunk) => cut.push(chunk))
            .map(show),
        ).toEqual(frames.map(show));
        const framed = frames.reduce((sum, frame) => sum + frame.wireLength, 0);
        expect(framed + whole.dropped + whole.pending).toBe(stream.length);
      }),
    );
  });
});

describe('repeated', () => {
  const make = (): RepeatedFramer => new RepeatedFramer(new DelimitedFramer({ delimiter: 0x3d, length: 3 }), 3);
  const texts = (frames: Frame[]): string[] => frames.map((frame) => Buffer.from(frame.bytes).toString());

  test('nothing before the third equal frame in a row, then every one', () => {
    const framer = make();
    expect(texts(framer.push(ascii('=111=111=')))).toEqual([]);
    expect(framer.pending).toBe(9);
    const frames = framer.push(ascii('111=111=112=112=111='));
    expect(texts(frames)).toEqual(['111', '111']);
    expect(frames.map(({ wireLength }) => wireLength)).toEqual([12, 4]);
    expect(framer.dropped + framer.pending).toBe(13);
  });
  test('something dropped between two equal frames begins the count anew', () => {
    expect(texts(make().push(ascii('=111=111=1x11=111=')))).toEqual([]);
    expect(texts(make().push(ascii('=111=111=1x11=111=111=111=')))).toEqual(['111']);
  });
  test('a reset begins the count anew', () => {
    const framer = make();
    framer.push(ascii('=111=111='));
    framer.reset();
    expect(framer.dropped).toBe(9);
    expect(texts(framer.push(ascii('=111=')))).toEqual([]);
  });
});

describe('block of lines', () => {
  const make = (): LineBlockFramer =>
    new LineBlockFramer({ begins: (line) => line[0] === 0x4e, count: 3, maxLength: 16 });
  const texts = (frames: Frame[]): string[] => frames.map((frame) => Buffer.from(frame.bytes).toString());

  test('begins with its first line and has all its lines', () => {
    expect(texts(make().push(ascii('tail\r\nN1\r\nT1\r\nG1\r\nx\r\nN2\r\nT2\r\nG2\r\n')))).toEqual([
      'N1\nT1\nG1',
      'N2\nT2\nG2',
    ]);
  });
  test('a block that is cut off begins anew with the next first line', () => {
    expect(texts(make().push(ascii('N1\r\nT1\r\nN2\r\nT2\r\nG2\r\n')))).toEqual(['N2\nT2\nG2']);
    expect(texts(make().push(ascii(`N1\r\nT1\r\n${'x'.repeat(40)}\r\nG1\r\n`)))).toEqual([]);
  });
  test('a reset between two lines', () => {
    const framer = make();
    framer.push(ascii('N1\r\nT1\r\nG'));
    framer.reset();
    expect(texts(framer.push(ascii('1\r\nT1\r\nG1\r\n')))).toEqual([]);
    expect(framer.pending).toBe(0);
  });
});

describe('Modbus', () => {
  test('a wrong CRC is a fault', () => {
    expect(
      new ModbusRtuFramer([{ slave: 1, function: 3, dataBytes: 4 }]).push(bytes('010304000003e8fa8c')),
    ).toMatchObject([{ fault: 'checksum', wireLength: 1 }]);
  });
  test('a reply of another length, address or function is no frame', () => {
    const framer = new ModbusRtuFramer([{ slave: 1, function: 3, dataBytes: 2 }]);
    expect(framer.push(bytes('010304000003e8fa8d'))).toEqual([]);
    expect(framer.push(bytes('050300bc00048469'))).toEqual([]);
  });
});
