import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compressionParams } from '../detectors/compression.ts';
import { makeDetector, stampOf } from '../detectors/index.ts';
import { bindDriver } from '../drivers/index.ts';
import { CompressionModel } from '../virtual/compression-model.ts';
import { virtualMachineProfile } from '../virtual/options.ts';
import { RawLog } from './raw-log.ts';
import { RunDecoder } from './run-decoder.ts';
import { parseRunFile, readRunCurve, recomputeRun, scanRunFiles, verifyRunFile } from './run-file.ts';
import { summarise } from './run-summary.ts';
import type { RunEnding, RunHeader } from './run-types.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jiantai-run-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function header(runId: string): RunHeader {
  return {
    format: 'jiantai-run',
    formatVersion: 1,
    runId,
    context: { recordNo: 'R-1', specimenNo: '1', equipmentId: 'E-1', equipmentSerial: 'SN', operatorId: 'p-1' },
    channelId: 'c',
    path: '/dev/ttyS9',
    driver: { id: 'line-profile', version: '1.0.0' },
    profile: virtualMachineProfile,
    detector: stampOf({ id: 'compression', params: { range_kN: '2000' } }),
    previousDigest: null,
    anchor: { wallMs: Date.UTC(2026, 0, 5, 1), monoNs: '1000000000' },
  };
}

/** Writes a whole run as the port process would, chunk by chunk; without `ending` it stays unsealed. */
async function writeRun(runId: string, ending: RunEnding | null, until = 1): Promise<string> {
  const head = header(runId);
  const path = join(folder, `${runId}.run`);
  const log = await RawLog.create(path, head, (error) => {
    throw error;
  });
  const model = new CompressionModel({
    seed: 5,
    side_mm: 100,
    rate_MPa_per_s: 0.6,
    range_kN: 2000,
    loadDigits: 1,
    noise_kN: 0.1,
  });
  const measured = { sigma_kN: '0.1000', zero_kN: '0.010' };
  const decoder = new RunDecoder(
    bindDriver('line-profile', virtualMachineProfile),
    makeDetector('compression', compressionParams({ range_kN: '2000', ...measured })),
  );
  const lines: string[] = [];
  for (let seq = 0; seq < 60 || !model.idle; seq += 1) {
    if (seq === 50) model.startSpecimen(12);
    const reading = model.step(0.02);
    lines.push(`${seq},${(seq * 0.02).toFixed(3)},${reading.load_kN},${reading.displacement_mm}\r\n`);
  }
  const stamp = { monoNs: 2_000_000_000n, wallMs: Date.UTC(2026, 0, 5, 1, 0, 1) };
  log.appendEvent({ event: 'start', ...measured }, stamp);
  for (let at = 0; at < lines.length * until; at += 5) {
    const bytes = Buffer.from(lines.slice(at, at + 5).join(''), 'latin1');
    const monoNs = stamp.monoNs + BigInt(at) * 20_000_000n;
    log.appendBytes(bytes, { ...stamp, monoNs });
    decoder.feed(bytes, monoNs);
  }
  if (!ending) {
    await log.close();
    return path;
  }
  log.appendEvent({ event: 'end', ending }, stamp);
  await log.seal(summarise(head, decoder, ending), stamp);
  return path;
}

describe('run file', () => {
  test('a sealed run verifies, recomputes to the same summary and gives its curve', async () => {
    const path = await writeRun('whole', { cause: 'complete' });
    const verdict = await verifyRunFile(path);
    expect(verdict).toMatchObject({ ok: true, state: 'sealed', fault: null });
    const again = await recomputeRun(path);
    const scanned = (await scanRunFiles(folder)).find((run) => run.runId === 'whole');
    expect(scanned?.summary).toEqual(again);
    expect(again).toMatchObject({ validity: 'valid', rawDigest: verdict.rawDigest, timeSource: 'device', gaps: 0 });
    expect(again.startedAt).toMatch(/^2026-01-05T09:00:\d\d\.\d{3}\+08:00$/);
    const curve = await readRunCurve(path);
    expect(Math.max(...curve.load_kN)).toBe(Number(again.peak));
    expect(curve.time_s[0]).toBeLessThan(0);
  });

  test('any single changed byte is found, and the digest kept elsewhere finds a rewritten file', async () => {
    const path = await writeRun('tamper', { cause: 'complete' });
    const { rawDigest } = await verifyRunFile(path);
    const original = await readFile(path);
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(original);
        changed[at] = (changed[at] as number) ^ flip;
        const parsed = parseRunFile(path, changed);
        // A length field made longer than the file looks like a cut-off file; the digest then differs.
        expect(parsed.fault !== null || parsed.rawDigest !== rawDigest).toBe(true);
        expect(parsed.state).not.toBe('sealed');
      }),
      { numRuns: 60 },
    );
    const middle = Buffer.from(original);
    middle[2000] = (middle[2000] as number) ^ 1;
    await writeFile(path, middle);
    const verdict = await verifyRunFile(path);
    expect(verdict.ok).toBe(false);
    expect(verdict.fault?.at).toMatch(/^block \d+$/);
    await writeFile(path, original);
    expect((await verifyRunFile(path, '0'.repeat(64))).fault?.at).toBe('digest');
    await rm(path);
  });

  test('cut off at any byte it is readable to the last whole block and never called sealed', async () => {
    const path = await writeRun('cut', { cause: 'complete' });
    const original = await readFile(path);
    const whole = parseRunFile(path, original);
    fc.assert(
      fc.property(fc.nat(original.length - 1), (length) => {
        const parsed = parseRunFile(path, original.subarray(0, length));
        expect(parsed.state).not.toBe('sealed');
        expect(parsed.blocks.length).toBeLessThan(whole.blocks.length);
      }),
      { numRuns: 60 },
    );
    await rm(path);
  });

  test('an unsealed run is interrupted, with the peak so far', async () => {
    const path = await writeRun('killed', null, 0.6);
    const file = await open(path, 'a');
    await file.write(Buffer.from([1, 0, 0]));
    await file.close();
    expect(await verifyRunFile(path)).toMatchObject({ ok: true, state: 'interrupted' });
    const summary = await recomputeRun(path);
    expect(summary.validity).toBe('interrupted');
    expect(Number(summary.peak)).toBeGreaterThan(20);
  });

  test('bytes behind the seal and a file under another name are faults', async () => {
    const path = await writeRun('named', { cause: 'complete' });
    const data = await readFile(path);
    await writeFile(path, Buffer.concat([data, Buffer.from('x')]));
    expect((await verifyRunFile(path)).fault?.at).toBe('tail');
    const other = join(folder, 'other.run');
    await writeFile(other, data);
    expect((await verifyRunFile(other)).fault?.at).toBe('name');
    await Promise.all([rm(path), rm(other)]);
  });

  test('a run is never written over another and an empty file may be discarded', async () => {
    const log = await RawLog.create(join(folder, 'once.run'), header('once'), () => undefined);
    await expect(RawLog.create(log.path, header('once'), () => undefined)).rejects.toMatchObject({ code: 'EEXIST' });
    expect((await scanRunFiles(folder)).find((run) => run.runId === 'once')?.state).toBe('armed');
    await log.discardEmpty();
    await expect(readFile(log.path)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('whoever waits for the file is told when everything received so far is in it, and not before', async () => {
  const path = join(folder, 'shown.run');
  const log = await RawLog.create(path, header('shown'), (error) => {
    throw error;
  });
  const stamp = { monoNs: 2_000_000_000n, wallMs: Date.UTC(2026, 0, 5, 1) };
  const seen: number[] = [];
  log.whenWritten(() => seen.push(0));
  expect(seen).toEqual([0]);
  log.appendBytes(Buffer.from('11.7\r\n'), stamp);
  const told = new Promise<number>((resolve) => {
    log.whenWritten(() => {
      seen.push(1);
      void readFile(path).then((bytes) => resolve(parseRunFile(path, bytes).blocks.length));
    });
  });
  expect(seen).toEqual([0]);
  expect(await told).toBe(1);
  await log.close();
});
