import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc16 } from '../../framers/checksums.ts';
import { hexBytes, player, refusal, value } from '../byteScript.ts';
import { bindDriver } from '../index.ts';
import { decodeReply, encodeRequest, expectedLength, parseModbusProfile, planRequests } from './index.ts';
import type { ModbusProfileInput } from './index.ts';
import { inOrder, registerText, wordOrders } from './registers.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const withCrc = (bytes: Uint8Array): Uint8Array => {
  const crc = crc16(bytes);
  return Uint8Array.of(...bytes, crc & 0xff, crc >>> 8);
};
const band = { min: '-100', max: '100' };
const room: ModbusProfileInput = {
  id: 'room',
  slave: 1,
  values: [
    {
      name: 'humidity',
      function: 3,
      register: 0,
      type: 'uint16',
      scale: '0.1',
      unit: '%RH',
      plausible: { min: '0', max: '100' },
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
const roomProfile = parseModbusProfile(room);
const ask = { slave: 1, function: 3 as const, start: 0, count: 2 };
const reply = hexBytes('010304 0292 ff9b 5a3d');

describe('requests', () => {
  test('one request for neighbours, registers between are left alone', () => {
    expect(planRequests(roomProfile)).toEqual([ask]);
    const spread = parseModbusProfile({
      id: 'x',
      slave: 9,
      values: [
        { name: 'c', function: 4, register: 4, type: 'float32', unit: 'V', plausible: band },
        { name: 'a', function: 3, register: 10, type: 'uint16', unit: 'V', plausible: band },
        { name: 'b', function: 4, register: 6, type: 'int16', unit: 'V', plausible: band },
        { name: 'd', function: 4, register: 8, type: 'int16', unit: 'V', plausible: band },
      ],
    });
    expect(planRequests(spread)).toEqual([
      { slave: 9, function: 3, start: 10, count: 1 },
      { slave: 9, function: 4, start: 4, count: 3 },
      { slave: 9, function: 4, start: 8, count: 1 },
    ]);
  });
  test('writes, and the length of every reply', () => {
    expect(hex(encodeRequest({ slave: 1, function: 6, start: 1, value: 3 }))).toBe('010600010003980b');
    expect(expectedLength({ slave: 1, function: 6, start: 1, value: 3 })).toBe(8);
    expect(expectedLength({ slave: 1, function: 16, start: 0, values: [1, 2] })).toBe(8);
    expect(expectedLength(ask)).toBe(9);
  });
});

describe('replies', () => {
  test('signed temperature, humidity first', () => {
    expect(decodeReply(ask, reply, roomProfile)).toEqual({
      events: [
        value('65.8', '%RH', { fields: { channel: 'humidity' } }),
        value('-10.1', '℃', { fields: { channel: 'temperature' } }),
      ],
      understood: true,
    });
  });
  test('one implausible value refuses the whole reply: the map may be the wrong way round', () => {
    // Temperature first, 27.3 and 62.6, read with a map that has a narrow band.
    const swapped = parseModbusProfile({
      ...room,
      values: [
        { ...(room.values[0] as object), plausible: { min: '40', max: '100' } } as never,
        room.values[1] as never,
      ],
    });
    const { events, understood } = decodeReply(ask, hexBytes('010304011102722a8f'), swapped);
    expect(understood).toBe(false);
    expect(events).toMatchObject([{ kind: 'error', code: 'implausible' }]);
  });
  test('an exception is an event, busy is a state', () => {
    expect(decodeReply(ask, withCrc(hexBytes('018302')), roomProfile).events).toMatchObject([
      { kind: 'error', code: 'exception-2', message: '仪表没有这个寄存器' },
    ]);
    expect(decodeReply(ask, withCrc(hexBytes('018306')), roomProfile).events).toEqual([
      { kind: 'state', state: 'busy' },
    ]);
  });
  test.each([
    ['checksum', hexBytes('010304 0292 ff9b 5a3e')],
    ['address', withCrc(hexBytes('020304 0292 ff9b'))],
    ['function', withCrc(hexBytes('010404 0292 ff9b'))],
    ['length', withCrc(hexBytes('010302 0292'))],
    ['length', withCrc(hexBytes('010306 0292 ff9b'))],
    ['length', hexBytes('0103')],
  ])('%s is refused', (code, bytes) => {
    const decoded = decodeReply(ask, bytes, roomProfile);
    expect(decoded.understood).toBe(false);
    expect(decoded.events).toMatchObject([{ kind: 'error', code }]);
  });
  test('any single changed bit is refused', () => {
    fc.assert(
      fc.property(fc.nat(reply.length * 8 - 1), (bit) => {
        const changed = reply.slice();
        changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(decodeReply(ask, changed, roomProfile).understood).toBe(false);
      }),
    );
  });
});

describe('word orders', () => {
  test('the four orders of one float', () => {
    const wires = { ABCD: '41e3a5e3', CDAB: 'a5e341e3', BADC: 'e341e3a5', DCBA: 'e3a5e341' };
    for (const order of wordOrders) expect(registerText(hexBytes(wires[order]), 'float32', order)).toBe('28.456');
  });
  test('each order is its own way back or the other’s', () => {
    const bytes = hexBytes('01020304');
    expect(wordOrders.map((order) => hex(inOrder(bytes, order)))).toEqual([
      '01020304',
      '03040102',
      '02010403',
      '04030201',
    ]);
  });
  test('a float that is no number is an error', () => {
    const profile = parseModbusProfile({
      id: 'f',
      slave: 1,
      values: [{ name: 'x', function: 3, register: 0, type: 'float32', unit: 'V', plausible: band }],
    });
    expect(decodeReply(ask, withCrc(hexBytes('0103047fc00000')), profile).events).toMatchObject([
      { kind: 'error', code: 'not-a-number' },
    ]);
  });
});

describe('the driver of a meter that is alone on its line', () => {
  test('poll, command and identity follow from the profile', () => {
    const bound = bindDriver('modbus', { ...room, identity: { function: 3, register: 0x100, count: 4 } });
    expect(hex(bound.commands['read'] as Uint8Array)).toBe('010300000002c40b');
    expect(bound.poll).toEqual({ command: 'read', everyMs: 1000 });
    const identity = withCrc(hexBytes('010308 3132333435363738'));
    expect(bound.identity?.decode({ bytes: identity, wireLength: identity.length })).toBe('3132333435363738');
    expect(bound.identity?.decode({ bytes: reply, wireLength: reply.length })).toBeNull();
    const framer = bound.makeFramer({ joinStream: false });
    expect(framer.push(identity).flatMap((frame) => bound.decode(frame).events)).toMatchObject([{ kind: 'error' }]);
  });
  test('a load in kN makes a testing machine, other quantities become its fields', () => {
    const profile = {
      id: 'press',
      slave: 1,
      load: 'load',
      values: [
        { name: 'load', function: 3, register: 0, type: 'int16', scale: '0.1', unit: 'kN', plausible: band },
        { name: 'peakOfDevice', function: 3, register: 1, type: 'int16', scale: '0.1', unit: 'kN', plausible: band },
      ],
    };
    const bytes = hex(withCrc(hexBytes('010304 0064 00c8')));
    expect(bindDriver('modbus', profile).runs).toBe(true);
    expect(player('modbus', profile).hex(bytes).events).toEqual([
      value('10.0', 'kN', { fields: { channel: 'load', peakOfDevice: '20.0' } }),
    ]);
  });
  test('two requests with replies of one length are not told apart', () => {
    const two = { ...room, values: [room.values[0], { ...(room.values[1] as object), register: 9 }] };
    expect(player('modbus', two).hex(hex(withCrc(hexBytes('010302 0111')))).events).toMatchObject([
      { kind: 'error', code: 'ambiguous' },
    ]);
  });
  test('without a profile telegrams are shown and nothing is a value', () => {
    const { hex: decode } = player('modbus');
    expect(decode('010300000002c40b' + hex(reply))).toEqual({
      events: [
        { kind: 'info', info: 'modbus-request', value: '1 3 00000002' },
        { kind: 'info', info: 'modbus-reply', value: '1 3 0292ff9b' },
      ],
      rejected: 0,
    });
  });
  test('profiles that cannot be right are refused with the field', () => {
    const values = room.values;
    expect(() => parseModbusProfile({ ...room, slave: 0 })).toThrow(refusal('slave'));
    expect(() => parseModbusProfile({ ...room, values: [values[0], values[0]] })).toThrow(refusal('values'));
    expect(() => parseModbusProfile({ ...room, values: [{ ...values[0], unit: ' ' }] })).toThrow(
      refusal('values.0.unit'),
    );
    expect(() => parseModbusProfile({ ...room, values: [{ ...values[0], scale: '0.0' }] })).toThrow(
      refusal('values.0.scale'),
    );
    expect(() => parseModbusProfile({ ...room, load: 'humidity' })).toThrow(refusal('load'));
    expect(() => parseModbusProfile({ ...room, identity: { function: 3, register: 9, count: 2 } })).toThrow(
      refusal('identity'),
    );
  });
});
