// Evidence and scores are pure; probe and raw view run in a real port process over pseudo-terminals.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { simulate, type Simulated } from '../../../tests/support/simulated.ts';
import { refusalOf } from '../../../tests/support/testCore.ts';
import { bindDriver } from '../drivers/index.ts';
import { InstrumentHost } from '../host.ts';
import { lineShape, parityEvidence, sayLine, textPercent } from './evidence.ts';
import { Scorer } from './score.ts';
import type { ProbeProgress, RawEvent } from './types.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const evenParity = (text: string): Uint8Array =>
  bytes(text).map((byte) => byte | ((byte.toString(2).split('1').length - 1) % 2 === 1 ? 0x80 : 0));
const oddParity = (text: string): Uint8Array => evenParity(text).map((byte) => byte ^ 0x80);
const weights = 'S S     100.00 g\r\nS S      12.34 g\r\n';

describe('evidence', () => {
  test('seven bits with parity that were read as eight', () => {
    expect(parityEvidence(evenParity(weights))).toBe('even');
    expect(parityEvidence(oddParity(weights))).toBe('odd');
    expect(parityEvidence(Buffer.concat([evenParity(weights), oddParity(weights)]))).toBe('unclear');
    expect(parityEvidence(bytes(weights))).toBeNull();
    expect(parityEvidence(Uint8Array.from({ length: 200 }, (_, at) => (at * 89) & 0xff))).toBeNull();
    expect(parityEvidence(evenParity(weights).subarray(0, 7))).toBeNull();
  });

  test('the shape of lines, without the cut ones at both ends', () => {
    expect(lineShape(bytes('2,0.5\r\n1,0.05,1.5,0.1\r\n2,0.10,2.5,0.1\r\n3,0.1'))).toEqual({
      separator: ',',
      decimal: '.',
      columns: 4,
      numeric: [true, true, true, true],
      sample: '1,0.05,1.5,0.1',
    });
    expect(lineShape(bytes('x\r\n1;2,5;kN\r\n2;3,5;kN\r\n'))).toMatchObject({
      separator: ';',
      decimal: '.',
      numeric: [true, false, false],
    });
    expect(lineShape(bytes('x\r\n1,5\t2,5\r\n1,6\t2,6\r\n'))).toMatchObject({ separator: 'tab', decimal: ',' });
    expect(lineShape(bytes('a b\r\nc d e\r\nf g\r\nh i j\r\n'))).toBeNull();
    expect(lineShape(Uint8Array.from({ length: 100 }, () => 0xf8))).toBeNull();
  });

  test('line settings as people write them', () => {
    expect(sayLine({ baudRate: 2400, dataBits: 7, parity: 'even', stopBits: 1 })).toBe('2400 7E1');
    expect(textPercent(bytes('ab\u00ff\u00fe'))).toBe(50);
  });
});

describe('scores', () => {
  const score = (driver: string, data: Uint8Array, profile?: unknown) => {
    const scorer = new Scorer(bindDriver(driver, profile));
    scorer.feed(data);
    return scorer.result;
  };
  test('whole valid frames against rejected bytes', () => {
    expect(score('mt-sics', bytes(weights + weights))).toMatchObject({ score: 100, frames: 4, values: 4, rejectedBytes: 0, sample: '12.34 g' }); // prettier-ignore
    const noisy = score('mt-sics', bytes(`${weights}?garbage?\r\nmore garbage\r\n${weights}`));
    // The LF of a CRLF counts for nobody.
    expect(noisy.rejectedBytes).toBe(23);
    expect(noisy.score).toBeGreaterThan(50);
    expect(noisy.score).toBeLessThan(100);
    expect(score('mt-sics', evenParity(weights)).score).toBe(0);
    expect(score('mt-sics', bytes('S S     100.00 g\r\n')).score).toBeLessThan(50);
  });
  test('the rest of a frame that had begun before is not held against a driver', () => {
    const keli = 'ST,GS,+   12.34kg\r\n';
    expect(score('keli', bytes(`34kg\r\n${keli}${keli}${keli}`))).toMatchObject({ rejectedBytes: 0, frames: 3 });
  });
});

describe('over a pseudo-terminal', () => {
  let folder: string;
  let host: InstrumentHost;
  let device: Simulated | null = null;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiantai-inspect-'));
    host = new InstrumentHost({ runsFolder: folder });
  });
  afterEach(async () => {
    await host.shutdown();
    await device?.stop();
    device = null;
    rmSync(folder, { recursive: true, force: true });
  });

  const line9600 = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
  const rawOf = (viewId: string): RawEvent[] => {
    const seen: RawEvent[] = [];
    host.on('raw', (event) => {
      if (event.viewId === viewId) seen.push(event);
    });
    return seen;
  };
  const incoming = (events: readonly RawEvent[]): string =>
    Buffer.concat(events.flatMap(({ pieces }) => pieces.filter(({ out }) => !out).map((piece) => piece.bytes))).toString('latin1'); // prettier-ignore
  const until = async (ready: () => boolean, limitMs = 8000): Promise<void> => {
    for (const end = Date.now() + limitMs; !ready();) {
      if (Date.now() > end) throw new Error('did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  test('a balance that only answers is found by asking, without zeroing or taring it', async () => {
    device = await simulate('sics');
    await device.tell('weight 52.34');
    const progress: ProbeProgress[] = [];
    host.on('probe', (event) => progress.push(event));
    const result = await host.probePort({ path: device.path });
    expect(result.candidates[0]).toMatchObject({ driverId: 'mt-sics', asked: true, score: 100, line: line9600 });
    expect(result.candidates[0]?.values).toBeGreaterThanOrEqual(2);
    expect(result.conclusive).toBe(true);
    expect(result.trouble).toBeNull();
    expect(progress.length).toBeGreaterThan(0);
    expect(device.changed()).toBe('');
  });

  test('an indicator that streams is found by listening', async () => {
    device = await simulate('a9');
    await device.tell('weight 12.5');
    const { candidates } = await host.probePort({ path: device.path });
    expect(candidates[0]).toMatchObject({ driverId: 'xk3190-a9', asked: false, score: 100, sample: '12.5 kg' });
  });

  test('lines of numbers are proposed for a line profile, with their shape', async () => {
    device = await simulate('press');
    await device.tell('weight 452.7');
    const { candidates } = await host.probePort({ path: device.path });
    const shaped = candidates.find(({ driverId }) => driverId === 'line-profile');
    expect(shaped?.shape).toMatchObject({ separator: ',', columns: 4, numeric: [true, true, true, true] });
    expect(candidates[0]?.driverId).toBe('line-profile');
  });

  test('a driver whose profile is given is scored with it', async () => {
    device = await simulate('modbus');
    await device.tell('weight 20.5');
    const value = { name: 'temperature', function: 3, register: 0, type: 'int16', scale: '0.1', unit: '℃', plausible: { min: '-40', max: '80' } }; // prettier-ignore
    const profile = { id: 'm', slave: 1, values: [value] };
    const { candidates } = await host.probePort({ path: device.path, drivers: [{ id: 'modbus', profile }] });
    expect(candidates[0]).toMatchObject({ driverId: 'modbus', sample: '20.5 ℃', score: 100 });
    const bad = await refusalOf(host.probePort({ path: device.path, drivers: [{ id: 'modbus', profile: {} }] }));
    expect(bad.code).toBe('instrument.profile-invalid');
  });

  test('7E1 that is read as 8N1 is told, and the right setting is put in front', async () => {
    device = await simulate('sics-stream');
    await device.tell('parity');
    const probing = host.probePort({ path: device.path });
    const lines: string[] = [];
    host.on('probe', ({ line }) => void lines.push(sayLine(line)));
    await until(() => lines.length >= 2);
    await host.cancelProbe(device.path);
    const result = await probing;
    expect(lines[1]).toBe('9600 7E1');
    expect(result.lines[0]).toMatchObject({ trouble: 'parity' });
    expect(result.lines[0]?.words).toContain('7E1');
    expect(result.cancelled).toBe(true);
  });

  test('garbage and silence are told apart; it ends by its budget', { timeout: 60_000 }, async () => {
    device = await simulate('a9');
    await device.tell('garbage');
    const noisy = await host.probePort({ path: device.path, lines: [line9600] });
    expect(noisy).toMatchObject({ candidates: [], trouble: 'garbage' });
    await device.tell('mute');
    const started = performance.now();
    const silent = await host.probePort({ path: device.path });
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(silent).toMatchObject({ candidates: [], trouble: 'silent', cancelled: false });
    expect(silent.lines.length).toBeGreaterThanOrEqual(7);
  });

  test('a port that a channel holds, or that is absent, is refused in words', async () => {
    device = await simulate('sics-stream');
    const { path } = device;
    await host.openChannel({ channelId: 'E7', path, line: line9600, driver: { id: 'mt-sics' } });
    const held = await refusalOf(host.probePort({ path }));
    expect(held).toMatchObject({ code: 'instrument.port-held' });
    expect(held.message).toContain('E7');
    expect((await refusalOf(host.openRawView({ viewId: 'v', path, line: line9600 }))).code).toBe(
      'instrument.port-held',
    );
    await host.closeChannel('E7');
    await host.openRawView({ viewId: 'v', path, line: line9600 });
    expect((await refusalOf(host.probePort({ path }))).code).toBe('instrument.port-held');
    await host.closeRawView('v');
    const absent = await refusalOf(host.probePort({ path: '/dev/jiantai-none' }));
    expect(absent.code).toBe('instrument.port-absent');
    expect(absent.next).toBeTruthy();
  });

  test('a raw view shows what was asked and what came, with its time, and goes on after a pull', async () => {
    device = await simulate('sics');
    await device.tell('weight 7.50');
    const seen = rawOf('v');
    const ask = [{ bytes: bytes('SI\r\n'), everyMs: 100 }];
    await host.openRawView({ viewId: 'v', path: device.path, line: line9600, ask, once: bytes('I4\r\n') });
    await until(() => incoming(seen).includes('S S       7.50 g'));
    const pieces = seen.flatMap((event) => event.pieces);
    expect(incoming(seen)).toMatch(/^I4 A "B123456789"/);
    expect(pieces[0]).toMatchObject({ out: true });
    expect(pieces.every(({ at }) => Math.abs(Date.now() - at) < 20_000)).toBe(true);
    await device.tell('pull');
    await until(() => seen.at(-1)?.state === 'reconnecting');
    expect(seen.at(-1)?.reason).toMatch(/断开|找不到/);
    expect(seen.at(-1)?.connection).toBe(1);
    await host.closeRawView('v');
  });

  test('a tap on an open channel, which stays a channel', async () => {
    device = await simulate('a9');
    const seen = rawOf('tap');
    await host.openChannel({ channelId: 'E8', path: device.path, line: line9600, driver: { id: 'xk3190-a9' } });
    await host.openRawView({ viewId: 'tap', channelId: 'E8' });
    await until(() => incoming(seen).length > 24);
    expect(host.channelState('E8').state).toBe('open');
    await host.closeRawView('tap');
    expect((await refusalOf(host.openRawView({ viewId: 'x', channelId: 'E9' }))).code).toBe(
      'instrument.channel-unknown',
    );
  });

  test('a flood is counted, not kept', async () => {
    device = await simulate('sics');
    const seen = rawOf('flood');
    const blast = [{ bytes: Uint8Array.from({ length: 20_000 }, () => 0x41), everyMs: 60_000 }];
    await host.openRawView({ viewId: 'flood', path: device.path, line: line9600, ask: blast });
    await until(() => seen.some(({ dropped }) => dropped > 0));
    expect(Math.max(...seen.map(({ pieces }) => pieces.reduce((sum, each) => sum + each.bytes.length, 0)))).toBeLessThan(16_385); // prettier-ignore
  });
});
