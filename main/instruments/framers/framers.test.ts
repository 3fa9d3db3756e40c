import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Framer } from './framer.ts';
import { LineFramer } from './line.ts';
import { StxEtxFramer } from './stx-etx.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const bytes = (value: string): Uint8Array => Buffer.from(value, 'latin1');

function pushAll(framer: Framer, data: Uint8Array, cuts: number[]): string[] {
  const points = [0, ...cuts.map((cut) => cut % (data.length + 1)).sort((a, b) => a - b), data.length];
  return points
    .slice(1)
    .flatMap((end, index) => framer.push(data.subarray(points[index], end)))
    .map((frame) => text(frame.bytes));
}

const lineText = fc.stringMatching(/^[ -~]{1,40}$/);

describe('line framer', () => {
  test('gives the same lines wherever the stream is cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(lineText, fc.constantFrom('\r', '\n', '\r\n')), { maxLength: 20 }),
        fc.array(fc.nat(), { maxLength: 30 }),
        (lines, cuts) => {
          const stream = bytes(lines.map(([line, end]) => line + end).join(''));
          expect(pushAll(new LineFramer(), stream, cuts)).toEqual(lines.map(([line]) => line));
        },
      ),
    );
  });

  test('every byte is either in a frame or counted as dropped or pending', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.array(fc.nat(), { maxLength: 10 }), (noise, cuts) => {
        const framer = new LineFramer({ maxLength: 32, terminator: 'CR' });
        const points = [0, ...cuts.map((cut) => cut % (noise.length + 1)).sort((a, b) => a - b), noise.length];
        let framed = 0;
        for (const [index, end] of points.slice(1).entries()) {
          for (const frame of framer.push(noise.subarray(points[index], end))) framed += frame.bytes.length;
        }
        expect(framed + framer.dropped + framer.pending).toBeLessThanOrEqual(noise.length);
        expect(framer.pending).toBeLessThanOrEqual(32);
      }),
    );
  });

  test('a line cut by a cable pull never joins the next one', () => {
    const line = 'S S   15.1234 g';
    for (let cut = 0; cut <= line.length; cut += 1) {
      const framer = new LineFramer();
      expect(framer.push(bytes(line.slice(0, cut)))).toEqual([]);
      framer.reset();
      expect(framer.dropped).toBe(cut);
      expect(framer.push(bytes('S S   99.0000 g\r\n')).map((frame) => text(frame.bytes))).toEqual(['S S   99.0000 g']);
    }
  });

  test('joining a running stream drops the first, possibly half line', () => {
    const framer = new LineFramer({ joinStream: true });
    expect(framer.push(bytes('3,1.0,12.0,0.1\r\n124,2.0,13.0,0.1\r\n')).map((frame) => text(frame.bytes))).toEqual([
      '124,2.0,13.0,0.1',
    ]);
    expect(framer.dropped).toBe(15);
  });

  test('a megabyte without a line end is dropped in constant memory and in time', () => {
    const framer = new LineFramer({ maxLength: 256 });
    const noise = new Uint8Array(1_000_000).fill(0xa5);
    const start = performance.now();
    expect(framer.push(noise)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(500);
    expect(framer.dropped).toBe(1_000_000);
    expect(framer.push(bytes('x\r\n1.0\r\n')).map((frame) => text(frame.bytes))).toEqual(['1.0']);
  });

  test('with CRLF a lone CR or LF belongs to the line', () => {
    const framer = new LineFramer({ terminator: 'CRLF' });
    expect(framer.push(bytes('a\rb\nc\r\nd\r\n')).map((frame) => text(frame.bytes))).toEqual(['a\rb\nc', 'd']);
  });
});

describe('STX–ETX framer', () => {
  const frame = Buffer.from('022b30303136353030313903', 'hex');

  test('finds fixed-length frames at any split and counts the noise between them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), fc.array(fc.nat(), { maxLength: 10 }), (noise, cuts) => {
        const quiet = noise.filter((byte) => byte !== 0x02);
        const framer = new StxEtxFramer(12);
        const stream = Buffer.concat([quiet, frame, quiet, frame]);
        expect(pushAll(framer, stream, cuts)).toEqual(['+001650019', '+001650019']);
        expect(framer.dropped).toBe(quiet.length * 2);
      }),
    );
  });

  test('goes on at the next STX after a frame that lost a byte', () => {
    const framer = new StxEtxFramer(12);
    const found = framer.push(Buffer.concat([frame.subarray(0, 5), frame.subarray(6), frame]));
    expect(found.map((each) => text(each.bytes))).toEqual(['+001650019']);
    expect(framer.dropped).toBe(11);
  });
});
