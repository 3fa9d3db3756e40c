// A scanner on a serial port: whole lines alone are codes, whatever pieces they come in; check digits, prefix, suffix.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bindDriver, decodeBytes } from './index.ts';

const codes = (text: string | Uint8Array, profile: object = {}): (string | undefined)[] =>
  decodeBytes('barcode-serial', typeof text === 'string' ? Buffer.from(text) : text, profile).events.map((event) =>
    event.kind === 'info' ? event.value : event.kind === 'error' ? event.code : event.kind,
  );

test('a line is a code, ended by CR, LF or both; two scans in one chunk are two codes', () => {
  expect(codes('YP2026-0001\r')).toEqual(['YP2026-0001']);
  expect(codes('YP2026-0001\r\nYP2026-0002\n')).toEqual(['YP2026-0001', 'YP2026-0002']);
  expect(codes('样品-0001\r\n')).toEqual(['样品-0001']);
  expect(codes('样品-0001\r\n', { encoding: 'ascii' })).toEqual(['not-text']);
});

test('prefix and suffix come off; what lacks them is no code', () => {
  const profile = { prefix: ']C1', suffix: '#' };
  expect(codes(']C1YP0001#\r', profile)).toEqual(['YP0001']);
  expect(codes('YP0001#\r', profile)).toEqual(['scan-prefix']);
  expect(codes(']C1YP0001\r', profile)).toEqual(['scan-suffix']);
});

test('length and check digits', () => {
  expect(codes('123\r')).toEqual(['scan-length']);
  expect(codes('4006381333931\r', { check: 'mod10' })).toEqual(['4006381333931']);
  expect(codes('4006381333932\r', { check: 'mod10' })).toEqual(['scan-check']);
  expect(codes('CODE39W\r', { check: 'code39' })).toEqual(['CODE39']);
  expect(codes('CODE93W\r', { check: 'code39' })).toEqual(['CODE93']);
  expect(codes('CODE38W\r', { check: 'code39' })).toEqual(['scan-check']);
});

test('bytes of a wrong baud rate, control characters and lines without end give no code', () => {
  expect(codes(Uint8Array.from([0xf8, 0x00, 0x86, 0xff, 0x0d]))).toEqual(['not-text']);
  expect(codes(Uint8Array.from([0x41, 0x42, 0x00, 0x43, 0x44, 0x0d]))).toEqual(['scan-characters']);
  expect(codes('A'.repeat(600) + '\r')).toEqual([]);
  expect(codes('YP2026-0001')).toEqual([]);
});

test('a half line of before a cable pull never joins the next one', () => {
  const framer = bindDriver('barcode-serial').makeFramer({ joinStream: false });
  framer.push(Buffer.from('YP2026-'));
  framer.reset();
  const bound = bindDriver('barcode-serial');
  const found = framer.push(Buffer.from('YP2026-0002\r')).flatMap((frame) => bound.decode(frame).events);
  expect(found).toEqual([{ kind: 'info', info: 'barcode', value: 'YP2026-0002' }]);
});

test('whatever bytes come: a code is only what was sent as a whole line', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const lines = new Set(
        Buffer.from(bytes)
          .toString('utf8')
          .split(/[\r\n]/)
          .map((line) => line.trim()),
      );
      const { events } = decodeBytes('barcode-serial', bytes);
      for (const event of events) {
        expect(event.kind).not.toBe('value');
        if (event.kind === 'info') expect(lines.has(event.value ?? '')).toBe(true);
      }
    }),
    { numRuns: 5000, seed: 11 },
  );
});
