import { describe, expect, test } from 'vitest';
import { crc16, sum8, xor8 } from '../../framers/checksums.ts';
import { overload, player, refusal, underload, value } from '../byteScript.ts';
import { bindDriver } from '../index.ts';
import { parseFrameProfile } from './index.ts';
import type { FrameProfileInput } from './index.ts';

/** The XK3190-A9 frame, described by a person. */
const a9: FrameProfileInput = {
  id: 'a9',
  start: '02',
  end: '03',
  length: 12,
  value: { encoding: 'ascii', offset: 2, size: 6, decimals: 2 },
  sign: { kind: 'byte', offset: 1, negative: '2D', positive: '2B' },
  unit: 'kg',
  quantity: 'reading',
  checksum: { kind: 'xor', from: 1, to: 8, at: 9, form: 'hex' },
  range: '3000',
  confirmedBy: '张三',
};
const frame = (...bytes: number[]): string => Buffer.from(bytes).toString('hex');

describe('自定义仪表', () => {
  test('ASCII digits with a sign byte and a check in hex digits', () => {
    const { hex } = player('frame-profile', a9);
    expect(hex('022b30303136353030313903')).toEqual({ events: [value('16.50', 'kg')], rejected: 0 });
    expect(hex('022b30303136353030313803')).toEqual({ events: [{ kind: 'error', code: 'checksum' }], rejected: 12 });
    const body = [0x2d, 0x30, 0x30, 0x31, 0x36, 0x35, 0x30, 0x30];
    const check = xor8(Uint8Array.from(body)).toString(16).toUpperCase();
    expect(hex(frame(2, ...body, ...Buffer.from(check), 3)).events).toEqual([value('-16.50', 'kg')]);
  });

  test('packed BCD, lowest byte first, as a load in kN', () => {
    const profile: FrameProfileInput = {
      id: 'bcd',
      start: 'AA 55',
      length: 7,
      value: { encoding: 'bcd', offset: 2, size: 3, order: 'reversed', decimals: 1 },
      sign: { kind: 'bit', offset: 5, bit: 7 },
      unit: 'N',
      quantity: 'load',
      checksum: { kind: 'sum8', from: 2, to: 5, at: 6 },
      range: '2000',
      confirmedBy: '张三',
    };
    const make = (...data: number[]): string => frame(0xaa, 0x55, ...data, sum8(Uint8Array.from(data)));
    const { hex } = player('frame-profile', profile);
    expect(hex(make(0x34, 0x12, 0x00, 0x00)).events).toEqual([value('0.1234', 'kN')]);
    expect(hex(make(0x34, 0x12, 0x00, 0x80)).events).toEqual([value('-0.1234', 'kN')]);
    expect(hex(make(0x3a, 0x12, 0x00, 0x00)).events).toMatchObject([{ kind: 'error' }]);
    expect(hex(make(0x00, 0x00, 0x99, 0x00)).events).toEqual([overload]);
    expect(hex(make(0x00, 0x00, 0x99, 0x80)).events).toEqual([underload]);
    expect(bindDriver('frame-profile', profile)).toMatchObject({ runs: true, streams: true });
  });

  test.each([
    ['u16', 'BE', '0102', '258'],
    ['u16', 'LE', '0102', '513'],
    ['i16', 'BE', 'ff9b', '-101'],
    ['u24', 'BE', '01e240', '123456'],
    ['u32', 'LE', '40e20100', '123456'],
    ['i32', 'BE', 'fffffffe', '-2'],
    ['float32', 'BE', '41e3a5e3', '28.456'],
    ['float32', 'LE', 'e3a5e341', '28.456'],
  ] as const)('%s %s %s is %s', (encoding, byteOrder, bytes, number) => {
    const data = Buffer.from(bytes, 'hex');
    const profile: FrameProfileInput = {
      ...a9,
      start: 'FE',
      end: undefined,
      length: data.length + 3,
      value: { encoding, offset: 1, byteOrder },
      sign: { kind: 'inside' },
      checksum: { kind: 'crc16', from: 0, to: data.length, at: data.length + 1 },
      range: '999999',
    };
    const body = Uint8Array.of(0xfe, ...data);
    const crc = crc16(body);
    expect(player('frame-profile', profile).hex(frame(...body, crc & 0xff, crc >>> 8)).events).toEqual([
      value(number, 'kg'),
    ]);
    expect(player('frame-profile', profile).hex(frame(...body, crc & 0xff, (crc >>> 8) ^ 1)).events).toEqual([
      { kind: 'error', code: 'checksum' },
    ]);
  });

  test('states: overload, stable, and the controller’s own peak', () => {
    const profile: FrameProfileInput = {
      ...a9,
      unit: 'kN',
      quantity: 'load',
      start: 'A0',
      end: '0A',
      length: 8,
      value: { encoding: 'u16', offset: 2, decimals: 1 },
      peak: { encoding: 'u16', offset: 4, decimals: 1 },
      sign: { kind: 'inside' },
      stable: { offset: 1, mask: '01', equals: '01' },
      overload: { offset: 1, mask: '02', equals: '02' },
      checksum: { kind: 'none' },
    };
    const { hex } = player('frame-profile', profile);
    expect(hex('a0 01 0064 00c8 00 0a').events).toEqual([
      value('10.0', 'kN', { stable: true, fields: { peakOfDevice: '20.0' } }),
    ]);
    expect(hex('a0 02 0064 00c8 00 0a').events).toEqual([overload]);
  });

  test('without check and end a reading counts after equal frames', () => {
    const profile: FrameProfileInput = {
      ...a9,
      start: '3D',
      end: undefined,
      length: 8,
      value: { encoding: 'ascii', offset: 1, size: 7, order: 'reversed' },
      sign: { kind: 'inside' },
      checksum: { kind: 'none' },
      repeat: 3,
    };
    const { text } = player('frame-profile', profile);
    expect(text('=02.3100=02.3100').events).toEqual([]);
    expect(text('=02.3100=02.3100=02.3100').events).toEqual([value('13.20', 'kg')]);
    expect(() => parseFrameProfile({ ...profile, repeat: 2 })).toThrow(refusal('repeat'));
    const asked = { ...profile, poll: { command: '52 0D', everyMs: 200 } };
    expect(() => parseFrameProfile(asked)).toThrow(refusal('repeat'));
  });

  test('a polled instrument', () => {
    const bound = bindDriver('frame-profile', { ...a9, poll: { command: '52 0D', everyMs: 200 } });
    expect(bound).toMatchObject({ streams: false, poll: { command: 'read', everyMs: 200 }, replyTimeoutMs: 500 });
    expect(bound.commands['read']).toEqual(Uint8Array.of(0x52, 0x0d));
  });

  test.each([
    [{ length: 5 }, 'value'],
    [{ value: { encoding: 'ascii', offset: 0, size: 6 } }, 'value'],
    [{ checksum: { kind: 'xor', from: 1, to: 8, at: 8, form: 'hex' } }, 'checksum'],
    [{ checksum: { kind: 'xor', from: 1, to: 4, at: 9, form: 'hex' } }, 'checksum'],
    [{ quantity: 'load' }, 'unit'],
    [{ unit: 'lb' }, 'unit'],
    [{ start: '0' }, 'start'],
    [{ confirmedBy: ' ' }, 'confirmedBy'],
    [{ colour: 'red' }, 'colour'],
    [{ value: { encoding: 'i16', offset: 2 } }, 'sign'],
  ])('%j is refused with the field %s, in Chinese', (change, field) => {
    expect(() => parseFrameProfile({ ...a9, ...change })).toThrow(refusal(field));
    try {
      parseFrameProfile({ ...a9, ...change });
    } catch (error) {
      const { details } = (error as { info: { details: { message: string }[] } }).info;
      for (const { message } of details) expect(message).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
