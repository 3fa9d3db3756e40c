// Polled machines, named commands and identities over real pseudo-terminals: what is asked, what is taken, what never is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasSocat, openPtyPeer, type PtyPeer } from '../../../tests/support/ptyPeer.ts';
import { InstrumentHost } from '../host.ts';
import type { ChannelState, OpenChannel, PortEvents } from '../protocol.ts';
import { recomputeRun, verifyRunFile } from '../run/run-file.ts';

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
let folder = '';
let host: InstrumentHost;
let peer: PtyPeer;
let states: { state: ChannelState; reason?: string }[] = [];
let readings: PortEvents['reading']['event'][] = [];
let loads: number[] = [];

beforeEach(async () => {
  if (!hasSocat) return;
  folder = mkdtempSync(join(tmpdir(), 'jiantai-channel-'));
  host = new InstrumentHost({ runsFolder: folder });
  peer = await openPtyPeer();
  states = [];
  readings = [];
  loads = [];
  host.on('state', ({ state, reason }) => states.push({ state, ...(reason === undefined ? {} : { reason }) }));
  host.on('reading', ({ event }) => readings.push(event));
  host.on('samples', ({ load_kN }) => loads.push(...load_kN));
});
afterEach(async () => {
  if (!hasSocat) return;
  await host.shutdown();
  await peer.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (driver: OpenChannel['driver'], identity?: string) =>
  host.openChannel({ channelId: 'c', path: peer.path, line, driver, ...(identity === undefined ? {} : { identity }) });

async function until(condition: () => boolean, what: string, limitMs = 15_000): Promise<void> {
  for (const limit = Date.now() + limitMs; !condition(); await sleep(10)) {
    if (Date.now() > limit) throw new Error(`never: ${what}; states ${JSON.stringify(states)}`);
  }
}
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const now = (): ChannelState | undefined => states.at(-1)?.state;
const values = (): string[] => readings.flatMap((event) => (event.kind === 'value' ? [event.value] : []));

/** `F` + seven characters + `$`, as a Weihai display answers. */
const weihai = (load: string): string => `F${load.padStart(7)}$`;

describe.skipIf(!hasSocat)('a machine that is asked', () => {
  test('is asked one at a time, and a late answer is never taken', { timeout: 30_000 }, async () => {
    let asked = 0;
    let open_ = 0;
    peer.onHeard = (bytes) => {
      expect(bytes.toString()).toBe('F');
      asked += 1;
      open_ += 1;
      expect(open_).toBe(1);
      const turn = asked;
      // The third answer comes 100 ms after its time (and 300 ms before twice its time); it must never be seen.
      setTimeout(
        () => {
          open_ -= 1;
          peer.write(weihai(turn === 3 ? '999.9' : `${turn}.0`));
        },
        turn === 3 ? 500 : 20,
      );
    };
    expect(await open({ id: 'weihai' })).toEqual({ state: 'open' });
    await until(() => loads.length >= 5, 'five readings');
    expect(loads).not.toContain(999.9);
    expect(loads.slice(0, 4)).toEqual([1, 2, 4, 5]);
  });

  test('three requests without an answer make it silent, an answer makes it open', { timeout: 30_000 }, async () => {
    let mute = false;
    peer.onHeard = () => {
      if (!mute) peer.write(weihai('1.0'));
    };
    await open({ id: 'weihai' });
    await until(() => loads.length > 0, 'a reading');
    mute = true;
    await until(() => now() === 'silent', 'silent');
    expect(states.at(-1)?.reason).toContain('连续三次没有应答');
    mute = false;
    await until(() => now() === 'open', 'open again');
  });

  test(
    'unasked bytes are nobody’s answer, and half an answer does not join the next',
    { timeout: 30_000 },
    async () => {
      let asked = 0;
      peer.onHeard = () => {
        asked += 1;
        if (asked === 2) peer.write('F   12');
        else peer.write(weihai(`${asked}.0`));
        // Behind the answer: a whole frame that nobody asked for.
        if (asked === 1) setTimeout(() => peer.write(weihai('777.7')), 100);
      };
      await open({ id: 'weihai' });
      await until(() => loads.length >= 3, 'three readings');
      expect(loads.slice(0, 3)).toEqual([1, 3, 4]);
    },
  );

  test('its run is sealed, says its rate, and recomputes to the same', { timeout: 60_000 }, async () => {
    const started = performance.now();
    const loadAt = (s: number): number => (s < 4 ? 0 : s < 14 ? (s - 4) * 20 : 2);
    peer.onHeard = () => peer.write(weihai(loadAt((performance.now() - started) / 1000).toFixed(1)));
    await open({ id: 'weihai', profile: { range_kN: '1000' } });
    const sealed = new Promise<PortEvents['sealed']>((resolve) => host.on('sealed', resolve));
    await host.arm({
      channelId: 'c',
      runId: 'polled',
      context: { recordNo: 'R', specimenNo: '1', equipmentId: 'E', equipmentSerial: 'S', operatorId: 'p' },
      detector: { id: 'compression', params: { range_kN: '1000', tail_s: '1' } },
      previousDigest: null,
    });
    const { summary } = await sealed;
    expect(summary.reason).toBeUndefined();
    expect(summary).toMatchObject({ validity: 'valid', timeSource: 'arrival', rejectedBytes: 0 });
    expect(Number(summary.peak)).toBeGreaterThan(170);
    expect(summary.remarks?.join()).toMatch(/采样频率 [\d.]+ Hz 低于 20 Hz/);
    expect(summary.timeSync).toMatch(/synchronised|unsynchronised|unknown/);
    const path = join(folder, summary.file);
    expect(await verifyRunFile(path, summary.rawDigest)).toMatchObject({ ok: true, state: 'sealed' });
    expect(await recomputeRun(path)).toEqual(summary);
  });
});

describe.skipIf(!hasSocat)('an instrument that says who it is', () => {
  let serial = '';
  let weight = '';
  const balance = (bytes: Buffer): void => {
    const command = bytes.toString().trim();
    if (command === 'I4') peer.write(`I4 A "${serial}"\r\n`);
    else if (command === 'SI') peer.write(`S S ${weight.padStart(10)} g\r\n`);
  };
  beforeEach(() => {
    serial = 'B1';
    weight = '1.0000';
    if (hasSocat) peer.onHeard = balance;
  });

  test('a controller that streams only after its start bytes is started, and again after it was switched off', async () => {
    const frame = (load: string): Buffer =>
      Buffer.from([0xf0, 0, 0x01, ...Buffer.from(load.padStart(6, '0'), 'hex'), 0, 0, 0, 0, 0, 0, 0, 0, 0x0f]);
    let started = 0;
    peer.onHeard = (bytes) => {
      if (!bytes.equals(Buffer.alloc(10, 0xa5))) return;
      started += 1;
      for (let index = 1; index <= 5; index += 1) peer.write(frame(String(1000 * started + index)));
    };
    await open({ id: 'kent-new' });
    await until(() => loads.length >= 4, 'loads of the first stream');
    await until(() => started >= 2 && loads.includes(200.5), 'a second start after silence');
    expect(loads.every((load) => load > 100 && load < 400)).toBe(true);
  });

  test('named commands are answered by readings; one that it does not know is refused', async () => {
    await open({ id: 'mt-sics' });
    await host.send('c', 'readNow');
    await until(() => values().includes('1.0000'), 'a weight');
    await expect(host.send('c', 'explode')).rejects.toMatchObject({ code: 'instrument.command-unknown' });
  });

  test('another one behind the same port stops everything until a person confirms', { timeout: 60_000 }, async () => {
    const who: PortEvents['identity'][] = [];
    host.on('identity', (event) => who.push(event));
    await open({ id: 'mt-sics' });
    expect(who).toEqual([{ channelId: 'c', identity: 'B1', expected: 'B1' }]);
    await peer.pull();
    await until(() => now() === 'reconnecting', 'reconnecting');
    serial = 'B2';
    weight = '2.0000';
    await peer.plug();
    await until(() => now() === 'swapped', 'swapped');
    expect(states.at(-1)?.reason).toMatch(/B2.*B1/);
    await expect(host.send('c', 'readNow')).rejects.toMatchObject({ code: 'instrument.not-open' });
    peer.write('S S     2.0000 g\r\n');
    await sleep(300);
    expect(values()).toEqual([]);
    await expect(host.acceptIdentity('c', 'B3')).rejects.toMatchObject({ code: 'instrument.identity-changed' });
    await host.acceptIdentity('c', 'B2');
    expect(now()).toBe('open');
    await host.send('c', 'readNow');
    await until(() => values().includes('2.0000'), 'a weight of the new one');
  });

  test('the right one, put back, is taken without a person', { timeout: 60_000 }, async () => {
    serial = 'B9';
    expect(await open({ id: 'mt-sics' }, 'B1')).toMatchObject({ state: 'swapped' });
    serial = 'B1';
    await until(() => now() === 'open', 'open');
  });

  test('one that was expected and does not say who it is gives no value', { timeout: 60_000 }, async () => {
    serial = '';
    peer.onHeard = (bytes) => {
      if (!bytes.toString().startsWith('I4')) balance(bytes);
    };
    expect(await open({ id: 'mt-sics' }, 'B1')).toMatchObject({ state: 'silent' });
    await expect(host.send('c', 'readNow')).rejects.toMatchObject({ code: 'instrument.not-open' });
  });

  test('one that was switched on behind its adapter and says another number is swapped', async () => {
    await open({ id: 'mt-sics' });
    peer.write('I4 A "B7"\r\nS S     7.0000 g\r\n');
    await until(() => now() === 'swapped', 'swapped');
    await sleep(200);
    expect(values()).toEqual([]);
  });

  test('a killed port process expects the same instrument again', { timeout: 60_000 }, async () => {
    await open({ id: 'mt-sics' });
    serial = 'B2';
    process.kill(host.portProcessPid as number, 'SIGKILL');
    await until(() => now() === 'swapped', 'swapped');
  });
});

test.skipIf(!hasSocat)('half a line from before a pause is not continued by what comes after it', async () => {
  await open({ id: 'mt-sics' });
  peer.write('S S     15');
  await sleep(1300);
  // The tail alone is no line of this protocol; joined with the half it would be a weight.
  peer.write('99.0000 g\r\n');
  peer.write('S S     3.0000 g\r\n');
  await until(() => values().length > 0, 'a weight');
  expect(values()).toEqual(['3.0000']);
});
