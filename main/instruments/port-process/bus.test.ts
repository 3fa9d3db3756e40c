// The bus scheduler: who is next, and what it does with slaves that are late, damaged, absent or unplugged.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasSocat, openPtyPeer, type PtyPeer } from '../../../tests/support/ptyPeer.ts';
import type { ModbusProfileInput } from '../drivers/modbus/index.ts';
import { InstrumentHost } from '../host.ts';
import type { MeterEvent } from '../protocol.ts';
import { frameSilenceMs } from './bus-line.ts';
import { BusQueue, type Queued } from './bus-queue.ts';

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

describe('queue', () => {
  const entry = (slave: number, more: Partial<Queued> = {}): Queued => ({
    slave, priority: 'periodic', since: 0, notBefore: 0, ...more,
  }); // prettier-ignore
  const order = (queue: BusQueue<Queued>, now = 0): number[] => {
    const slaves: number[] = [];
    for (let next = queue.take(now); next; next = queue.take(now)) slaves.push(next.slave);
    return slaves;
  };

  test('a slave with many callers takes turns with the others', () => {
    const queue = new BusQueue<Queued>();
    for (const slave of [1, 1, 1, 2, 2, 3]) queue.add(entry(slave));
    expect(order(queue)).toEqual([1, 2, 3, 1, 2, 1]);
  });

  test('a person goes first, and whoever has waited long goes like a person', () => {
    const queue = new BusQueue<Queued>();
    queue.add(entry(1, { since: 4000 }));
    queue.add(entry(2, { since: 0 }));
    queue.add(entry(3, { since: 5000, priority: 'person' }));
    expect(order(queue, 5000)).toEqual([2, 3, 1]);
  });

  test('one that must wait lets the others pass', () => {
    const queue = new BusQueue<Queued>();
    queue.add(entry(1, { notBefore: 100 }));
    queue.add(entry(2));
    expect(order(queue, 50)).toEqual([2]);
    expect(queue.wakeAt).toBe(100);
    expect(order(queue, 100)).toEqual([1]);
  });
});

test('silence between telegrams: three and a half characters, never under 1.75 ms above 19200 baud', () => {
  expect(frameSilenceMs(line)).toBeCloseTo(4.01, 2);
  expect(frameSilenceMs({ ...line, baudRate: 115_200 })).toBe(1.75);
});

/** CRC by the definition: bit by bit, polynomial A001, from FFFF. */
function withCrc(bytes: number[]): Buffer {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return Buffer.from([...bytes, crc & 0xff, crc >>> 8]);
}
const reply = (slave: number, ...words: number[]): Buffer =>
  withCrc([slave, 3, words.length * 2, ...words.flatMap((word) => [word >>> 8, word & 0xff])]);

/** One register each at 0 and 100: two requests whose replies have the same shape. */
const profile = (slave: number, register = 0): ModbusProfileInput => ({
  id: `m${slave}`,
  slave,
  replyTimeoutMs: 100,
  values: [
    {
      name: 'temperature',
      function: 3,
      register,
      type: 'int16',
      scale: '0.1',
      unit: '℃',
      plausible: { min: '-40', max: '80' },
    },
  ],
});

describe.skipIf(!hasSocat)('over a pseudo-terminal', () => {
  let folder = '';
  let host: InstrumentHost;
  let peer: PtyPeer;
  let requests: { slave: number; register: number }[] = [];
  let answer: (slave: number, register: number, turn: number) => void = () => undefined;

  beforeEach(async () => {
    folder = mkdtempSync(`${tmpdir()}/jiantai-bus-`);
    host = new InstrumentHost({ runsFolder: folder });
    peer = await openPtyPeer();
    requests = [];
    peer.onHeard = (bytes) => {
      expect(bytes.length).toBe(8);
      const request = { slave: bytes[0] as number, register: bytes.readUInt16BE(2) };
      requests.push(request);
      answer(request.slave, request.register, requests.length);
    };
    await host.openBus({ busId: 'b', path: peer.path, line });
  });
  afterEach(async () => {
    await host.shutdown();
    await peer.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const read = async (input: ModbusProfileInput): Promise<string | undefined> =>
    (await host.readMeter('b', input)).values[0]?.value;

  test('a damaged answer is asked for once more', async () => {
    answer = (slave, _register, turn) => {
      const right = reply(slave, 205);
      if (turn === 1) right[3] = (right[3] as number) ^ 1;
      peer.write(right);
    };
    const { values, raw, at } = await host.readMeter('b', profile(7));
    expect(values).toEqual([{ name: 'temperature', value: '20.5', unit: '℃' }]);
    expect(raw).toEqual([reply(7, 205).toString('hex')]);
    expect(at).toMatch(/\+08:00$/);
    expect((await host.busStatistics('b'))[0]).toMatchObject({
      slave: 7,
      requests: 2,
      answers: 1,
      damaged: 1,
      retries: 1,
    });
  });

  test('a late answer is never taken for another question to the same slave', { timeout: 20_000 }, async () => {
    answer = (slave, register, turn) => {
      const word = register === 0 ? 111 : 222;
      // The first answer comes 60 ms after its time, when the second caller would already be asking.
      setTimeout(() => peer.write(reply(slave, word)), turn === 1 ? 160 : 5);
    };
    const [first, second] = await Promise.all([read(profile(3)), read(profile(3, 100))]);
    expect([first, second]).toEqual(['11.1', '22.2']);
  });

  test(
    'an absent slave is told at once to all who wait for it, and asked more and more seldom',
    { timeout: 20_000 },
    async () => {
      answer = (slave) => {
        if (slave !== 9) peer.write(reply(slave, 200 + slave));
      };
      const events: MeterEvent[] = [];
      host.on('meter', (event) => events.push(event));
      await host.addMeter({ busId: 'b', meterId: 'absent', profile: profile(9), everyMs: 100 });
      await host.addMeter({ busId: 'b', meterId: 'there', profile: profile(2), everyMs: 100 });
      await new Promise((resolve) => setTimeout(resolve, 6000));
      const [absent, there] = ['absent', 'there'].map((id) => events.filter(({ meterId }) => meterId === id));
      expect(there?.every(({ values }) => values[0]?.value === '20.2')).toBe(true);
      expect(there!.length).toBeGreaterThan(5);
      expect(
        absent?.every(({ values, fault }) => values.length === 0 && fault?.code === 'instrument.meter-absent'),
      ).toBe(true);
      // Two readings of two tries until it counts as absent, then after 1 and 2 s.
      const asked = requests.filter(({ slave }) => slave === 9).length;
      expect(asked).toBeGreaterThanOrEqual(4);
      expect(asked).toBeLessThanOrEqual(10);
      // It comes back: the next time it is asked it is there again.
      answer = (slave) => peer.write(reply(slave, 200 + slave));
      expect(await read(profile(9))).toBe('20.9');
    },
  );

  test('an exception and an implausible value are faults with words, not numbers', async () => {
    answer = (slave, _register, turn) => peer.write(turn === 1 ? withCrc([slave, 0x83, 2]) : reply(slave, 9000));
    await expect(host.readMeter('b', profile(4))).rejects.toMatchObject({ code: 'instrument.meter-exception-2' });
    await expect(host.readMeter('b', profile(4))).rejects.toMatchObject({ code: 'instrument.meter-implausible' });
  });

  test(
    'a pulled adapter refuses what waits; plugged in again, the meters go on by themselves',
    { timeout: 20_000 },
    async () => {
      answer = (slave) => peer.write(reply(slave, 200));
      const events: MeterEvent[] = [];
      host.on('meter', (event) => events.push(event));
      await host.addMeter({ busId: 'b', meterId: 'm', profile: profile(1), everyMs: 200 });
      await new Promise((resolve) => setTimeout(resolve, 500));
      await peer.pull();
      await new Promise((resolve) => setTimeout(resolve, 2500));
      expect(host.channelState('b').state).toBe('reconnecting');
      expect(events.at(-1)?.fault?.code).toBe('instrument.not-open');
      await peer.plug();
      await new Promise((resolve) => setTimeout(resolve, 4000));
      expect(host.channelState('b').state).toBe('open');
      expect(events.at(-1)?.values[0]?.value).toBe('20.0');
    },
  );

  test('a killed port process opens the bus and its meters again', { timeout: 20_000 }, async () => {
    answer = (slave) => peer.write(reply(slave, 200));
    await host.addMeter({ busId: 'b', meterId: 'm', profile: profile(1), everyMs: 200 });
    process.kill(host.portProcessPid as number, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 300));
    const again = new Promise<MeterEvent>((resolve) => host.on('meter', resolve));
    expect((await again).values[0]?.value).toBe('20.0');
  });
});
