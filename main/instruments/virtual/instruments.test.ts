// Virtual instruments as they are used: bytes through real pseudo-terminals into a forked port process, and what it hands
// to core compared with what the instrument says it meant.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bindDriver } from '../drivers/index.ts';
import { InstrumentHost } from '../host.ts';
import { openPty } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { startVirtualInstrument } from './index.ts';
import { kindIds, kindOf } from './kinds.ts';
import type { KindId } from './kinds.ts';
import type { Meant } from './device.ts';
import { instrumentOptionsSchema, Simulator } from './simulator.ts';
import type { InstrumentEvent } from './simulator.ts';

let runsFolder = '';
let host: InstrumentHost;
beforeAll(async () => {
  runsFolder = await mkdtemp(join(tmpdir(), 'jiantai-virtual-'));
  host = new InstrumentHost({ runsFolder });
});
afterAll(async () => {
  await host.shutdown();
  await rm(runsFolder, { recursive: true, force: true });
});

/** A simulator in this process on a terminal of its own, read by the port process as a channel of its kind's name. */
interface Bench {
  endpoint: Endpoint;
  simulator: Simulator;
  meant: Meant[];
  news: InstrumentEvent[];
  values: { value: string; unit: string }[];
  loads: number[];
  events: unknown[];
  stop(): Promise<void>;
}

async function setUp(kind: KindId, speed = 1): Promise<Bench> {
  const endpoint = await openPty();
  const bench: Omit<Bench, 'simulator' | 'stop'> = { endpoint, meant: [], news: [], values: [], loads: [], events: [] };
  const options = instrumentOptionsSchema.parse({ kind, seed: 5, report: true, endpoint: 'pty' });
  const simulator = new Simulator(options, endpoint, (event) => {
    if (event.event === 'sent') bench.meant.push(...event.meant);
    else bench.news.push(event);
  });
  let last = performance.now();
  const clock = setInterval(() => {
    const now = performance.now();
    simulator.step((Math.min(now - last, 250) / 1000) * speed);
    last = now;
  }, 10);
  const off = [
    host.on('reading', ({ channelId, event }) => {
      if (channelId !== kind) return;
      if (event.kind === 'value') bench.values.push({ value: event.value, unit: event.unit });
      else bench.events.push(event);
    }),
    host.on('samples', ({ channelId, load_kN }) => {
      if (channelId === kind) bench.loads.push(...load_kN);
    }),
  ];
  const { state } = await host.openChannel({
    channelId: kind,
    path: endpoint.path,
    line: kindOf(kind).line,
    driver: simulator.driver,
  });
  expect(state).not.toBe('denied');
  return {
    ...bench,
    simulator,
    async stop() {
      clearInterval(clock);
      for (const forget of off) forget();
      await host.closeChannel(kind);
      await endpoint.close();
    },
  };
}

const until = async (condition: () => boolean, limitMs = 12_000): Promise<boolean> => {
  for (const end = Date.now() + limitMs; Date.now() < end;) {
    if (condition()) return true;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return condition();
};

const neverFigures: readonly KindId[] = ['barcode-serial', 'rebound-hammer'];

describe.concurrent.each(kindIds)('%s over a pseudo-terminal', (kind) => {
  test('what the port process hands on is what the instrument meant', async ({ expect }) => {
    const { isMachine } = kindOf(kind);
    const bench = await setUp(kind, isMachine ? 6 : 1);
    const commands = bindDriver(bench.simulator.driver.id, bench.simulator.driver.profile).commands;
    const ask = (): Promise<void> => host.send(kind, commands['readNow'] ? 'readNow' : 'read').catch(() => undefined);
    await until(() => host.channelState(kind).state === 'open');
    if (kind === 'kent-new') await host.send(kind, 'stream');
    if (isMachine) {
      await bench.simulator.obey({ command: 'press', specimen: { kind: 'compression', load_kN: 300, rate_kN_s: 60 } });
      const ended = await until(() => bench.news.some(({ event }) => event === 'specimen-end'));
      expect(ended).toBe(true);
      await until(() => bench.loads.length > 10 && Math.max(...bench.loads) > 200);
      // Samples hold a load in whole steps of 10⁻⁹ kN.
      const step = (value: string | null): number => Number((value ?? '').replace(/(\.\d{9})\d+$/, '$1'));
      const meant = new Set(bench.meant.map(({ value }) => step(value)));
      expect(bench.loads.filter((load) => !meant.has(load))).toEqual([]);
      const [peak] = bench.news.flatMap((news) => (news.event === 'specimen-end' ? [step(news.peak_kN)] : []));
      expect(Math.max(...bench.loads)).toBe(peak);
    } else if (neverFigures.includes(kind)) {
      if (kind === 'barcode-serial') await bench.simulator.obey({ command: 'scan', code: 'YP20260001' });
      else await host.send(kind, 'information');
      expect(await until(() => bench.events.some((event) => (event as { kind: string }).kind === 'info'))).toBe(true);
      expect(bench.values).toEqual([]);
    } else {
      const wanted = kind === 'and-log' ? '11.5598' : '25.34';
      await bench.simulator.obey({ command: 'put', value: wanted });
      const [shown] = kind === 'jwi-586' ? ['25.340'] : kind === 'ai-bus' || kind === 'modbus' ? [null] : [wanted];
      const isAsked = commands['readNow'] !== undefined || commands['read'] !== undefined;
      const arrived = (): boolean =>
        shown === null ? bench.values.length >= 3 : bench.values.filter(({ value }) => value === shown).length >= 2;
      for (let turn = 0; turn < 60 && !arrived(); turn += 1) {
        // oxlint-disable-next-line no-await-in-loop
        if (isAsked && shown !== null) await ask();
        // A printer prints when its key is pressed; the very first line of a connection is dropped.
        // oxlint-disable-next-line no-await-in-loop
        if (['mettler-print', 'jwi-586'].includes(kind)) await bench.simulator.obey({ command: 'print' });
        // oxlint-disable-next-line no-await-in-loop
        await until(arrived, 150);
      }
      expect([kind, arrived()]).toEqual([kind, true]);
      const meant = new Set(bench.meant.map(({ value, unit }) => `${value} ${unit}`));
      expect(bench.values.filter(({ value, unit }) => !meant.has(`${value} ${unit}`))).toEqual([]);
    }
    await bench.stop();
  });
});

test('a cable cut in the middle of a line joins nothing when it is back', async () => {
  const bench = await setUp('keli');
  await bench.simulator.obey({ command: 'put', value: '99.98' });
  expect(await until(() => bench.values.some(({ value }) => value === '99.98'))).toBe(true);
  for (let turn = 0; turn < 3; turn += 1) {
    const before = bench.values.length;
    // oxlint-disable-next-line no-await-in-loop
    await bench.simulator.obey({
      command: 'fault',
      fault: { kind: 'cut', lasts_s: 0.3, perSecond: 0, identity: 'X1' },
    });
    // oxlint-disable-next-line no-await-in-loop
    expect(await until(() => bench.news.filter(({ event }) => event === 'plugged').length > turn)).toBe(true);
    // oxlint-disable-next-line no-await-in-loop
    expect(await until(() => bench.values.length > before + 5)).toBe(true);
  }
  const meant = new Set(bench.meant.map(({ value }) => value));
  expect(bench.values.filter(({ value }) => !meant.has(value))).toEqual([]);
  await bench.stop();
}, 60_000);

test('the process entry gives a path, obeys, refuses in words, and a swapped balance is seen', async () => {
  const balance = await startVirtualInstrument({ kind: 'mt-sics', endpoint: 'pty', serial: 'A-1', load: '12.30' });
  const news: InstrumentEvent[] = [];
  balance.on((event) => news.push(event));
  const values: string[] = [];
  const off = host.on('reading', ({ channelId, event }) => {
    if (channelId === 'entry' && event.kind === 'value') values.push(event.value);
  });
  const open = { channelId: 'entry', path: balance.path, line: balance.line, driver: balance.driver };
  await host.openChannel(open);
  expect(await until(() => host.channelState('entry').state === 'open')).toBe(true);
  await host.send('entry', 'readNow');
  expect(await until(() => values.includes('12.30'))).toBe(true);
  balance.obey({ command: 'scan', code: 'X' });
  expect(await until(() => news.some(({ event }) => event === 'refused'))).toBe(true);
  balance.obey({ command: 'fault', fault: { kind: 'swap', identity: 'B-2' } });
  balance.obey({ command: 'fault', fault: { kind: 'restart' } });
  expect(await until(() => (host.channelState('entry').state as string) === 'swapped')).toBe(true);
  off();
  await host.closeChannel('entry');
  await balance.stop();
}, 60_000);
