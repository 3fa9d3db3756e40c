import { describe, expect, test } from 'vitest';
import { toledo7 } from '../framers/checksums.ts';
import { overload, player, refusal, underload, value } from './byteScript.ts';
import { bindDriver } from './index.ts';

/** Status bytes with their constant mark, weight and tare as six characters. */
function frame(a: number, b: number, c: number, weight: string, tare = '000000'): Uint8Array {
  return Uint8Array.of(2, 0x20 | a, 0x20 | b, 0x20 | c, ...Buffer.from(weight + tare), 13);
}
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const { hex: decode } = player('toledo');
const mode = (name: string, tare: string): object => ({ fields: { mode: name, tare } });

describe('Toledo continuous', () => {
  test.each([
    [frame(2, 0x10, 0, '001650'), value('1650', 'kg', { stable: true, ...mode('gross', '0') })],
    [frame(4, 0x11, 0, '  1650', '000250'), value('16.50', 'kg', { stable: true, ...mode('net', '2.50') })],
    [frame(5, 0x12, 0, '000012'), value('-0.012', 'kg', { stable: true, ...mode('gross', '0.000') })],
    [frame(1, 0x18, 0, '000165'), value('1650', 'kg', { stable: false, ...mode('gross', '0') })],
    [frame(3, 0x00, 0, '000165'), value('16.5', 'lb', { stable: true, ...mode('gross', '0.0') })],
    [frame(3, 0x10, 1, '000165'), value('16.5', 'g', { stable: true, ...mode('gross', '0.0') })],
    [frame(4, 0x14, 0, '001650'), overload],
    [frame(4, 0x16, 0, '001650'), underload],
  ])('%s', (bytes, event) => {
    expect(decode(hex(bytes))).toEqual({ events: [event], rejected: 0 });
  });

  test.each([
    [frame(4, 0x10, 7, '001650'), 'unit-missing'],
    [frame(4, 0x10, 0x10, '001650'), 'expanded'],
    [frame(4, 0x10, 0, '0016 0'), 'malformed'],
    [frame(4, 0x10, 0, '      '), 'malformed'],
    [Uint8Array.of(2, 4, 0x30, 0x20, ...Buffer.from('001650000000'), 13), 'status'],
  ])('%s is never a number', (bytes, code) => {
    expect(decode(hex(bytes)).events).toMatchObject([{ kind: 'error', code }]);
  });

  test('with a check character a frame whose check is wrong is refused, the next one is read', () => {
    const { hex: checked } = player('toledo', { checksum: true });
    const body = frame(4, 0x10, 0, '001650');
    const right = hex(body) + toledo7(body).toString(16).padStart(2, '0');
    const wrong = hex(body) + (toledo7(body) ^ 1).toString(16).padStart(2, '0');
    const { events, rejected } = checked(wrong + right);
    expect(events).toMatchObject([
      { kind: 'error', code: 'checksum' },
      { kind: 'value', value: '16.50' },
    ]);
    expect(rejected).toBe(18);
  });

  test('a profile with another field is refused', () => {
    expect(() => bindDriver('toledo', { check: true })).toThrow(refusal('check'));
  });
});
