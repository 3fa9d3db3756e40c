// The virtual Modbus slaves against telegrams from public sources and against the program's own master.
import { describe, expect, test } from 'vitest';
import { decodeReply, encodeRequest, parseModbusProfile } from '../drivers/modbus/index.ts';
import type { ModbusRequest } from '../drivers/modbus/index.ts';
import { ModbusBus, registersOf, SlaveRegisters } from './modbus-slave.ts';
import type { RegisterKind, WireOrder } from './modbus-slave.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const hexOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

/** What the source's meter had in its registers, about 235.34. */
const FLOAT = Buffer.from('436b580e', 'hex').readFloatBE();

function busOf(...addresses: number[]): { bus: ModbusBus; slaves: SlaveRegisters[]; ask(request: string): string[] } {
  const slaves = addresses.map((address) => new SlaveRegisters(address));
  const bus = new ModbusBus(slaves);
  return { bus, slaves, ask: (request) => bus.hear(bytesOf(request)).map(({ bytes }) => hexOf(bytes)) };
}

describe('telegrams of public sources', () => {
  test.each([
    ['humidity first, below zero', 1, 'holding', 0, [658, -101], '010300000002c40b', '0103040292ff9b5a3d'],
    ['temperature first', 1, 'holding', 0, [273, 626], '010300000002c40b', '010304011102722a8f'],
    ['input registers', 1, 'input', 1, [305, 546], '010400010002200b', '010404013102222ace'],
    ['a float', 1, 'input', 0, registersOf(FLOAT, 'float32'), '01040000000271cb', '010404436b580e25d8'],
  ] as const)('%s', (_name, address, bank, register, values, request, reply) => {
    const { slaves, ask } = busOf(address);
    slaves[0]?.set(bank, register, values);
    expect(ask(request)).toEqual([reply]);
  });
});

describe('requests of the program’s own master', () => {
  const ask = (bus: ModbusBus, request: ModbusRequest) => bus.hear(encodeRequest(request));

  test('writing one and many registers changes them, and reading shows it', () => {
    const { bus, slaves } = busOf(7);
    slaves[0]?.set('holding', 10, [1, 2, 3]);
    ask(bus, { slave: 7, function: 6, start: 11, value: 500 });
    ask(bus, { slave: 7, function: 16, start: 12, values: [0xffff] });
    const [read] = ask(bus, { slave: 7, function: 3, start: 10, count: 3 });
    expect(hexOf(read?.bytes.subarray(3, -2))).toBe('000101f4ffff');
  });

  test('exceptions: function, address, count, busy', () => {
    const { bus, slaves } = busOf(1);
    slaves[0]?.set('holding', 0, [5]);
    const codeOf = (request: ModbusRequest) => [...(ask(bus, request)[0]?.bytes.subarray(1, 3) ?? [])];
    expect(codeOf({ slave: 1, function: 3, start: 9, count: 1 })).toEqual([0x83, 2]);
    expect(codeOf({ slave: 1, function: 4, start: 0, count: 1 })).toEqual([0x84, 2]);
    expect(codeOf({ slave: 1, function: 3, start: 0, count: 126 })).toEqual([0x83, 3]);
    expect(codeOf({ slave: 1, function: 6, start: 4, value: 1 })).toEqual([0x86, 2]);
    if (slaves[0]) slaves[0].busy = true;
    expect(codeOf({ slave: 1, function: 3, start: 0, count: 1 })).toEqual([0x83, 6]);
    if (slaves[0]) slaves[0].busy = false;
    // 01 01 00 00 00 01 with its CRC: reading coils.
    expect(hexOf(bus.hear(bytesOf('010100000001fdca'))[0]?.bytes).slice(0, 6)).toBe('018101');
  });

  test('only the slave that is asked answers, a wrong CRC and an absent slave are silence, pieces join', () => {
    const { bus, slaves } = busOf(1, 2);
    for (const slave of slaves) slave.set('holding', 0, [slave.address * 100]);
    const request = encodeRequest({ slave: 2, function: 3, start: 0, count: 1 });
    expect(bus.hear(request.subarray(0, 5))).toEqual([]);
    expect(bus.hear(request.subarray(5)).map(({ slave }) => slave)).toEqual([2]);
    const wrong = Uint8Array.from(request);
    wrong[7] = (wrong[7] as number) ^ 1;
    expect(bus.hear(wrong)).toEqual([]);
    bus.pause();
    if (slaves[1]) slaves[1].absent = true;
    expect(bus.hear(request)).toEqual([]);
    expect(bus.hear(encodeRequest({ slave: 9, function: 3, start: 0, count: 1 }))).toEqual([]);
  });

  const kinds: RegisterKind[] = ['int32', 'uint32', 'float32'];
  const orders: WireOrder[] = ['ABCD', 'CDAB', 'BADC', 'DCBA'];
  test.each(kinds.flatMap((kind) => orders.map((order) => [kind, order] as const)))(
    '%s in the order %s is read as it was meant, and in no other order',
    (kind, order) => {
      const { bus, slaves } = busOf(3);
      const [value, text] = kind === 'float32' ? [28.456, '28.456'] : [1_234_567, '1234567'];
      slaves[0]?.set('holding', 0, registersOf(value, kind, order));
      const request = { slave: 3, function: 3, start: 0, count: 2 } as const;
      const [reply] = bus.hear(encodeRequest(request));
      const read = (wire: WireOrder) => {
        const profile = parseModbusProfile({
          id: 'x',
          slave: 3,
          values: [
            {
              name: 'load',
              function: 3,
              register: 0,
              type: kind,
              order: wire,
              unit: 'kN',
              plausible: { min: '0', max: '2000000' },
            },
          ],
        });
        return decodeReply(request, reply?.bytes ?? new Uint8Array(), profile).events;
      };
      for (const wire of orders) {
        const matches = read(wire).some((event) => event.kind === 'value' && event.value === text);
        expect([wire, matches]).toEqual([wire, wire === order]);
      }
    },
  );
});
