// Run files as a compression machine leaves them, made with the recorder's own classes and without a serial port: the
// bytes are lines of the virtual machine's profile, what is derived from them comes from the program's decoder.
import { join } from 'node:path';
import { ulid } from 'ulid';
import { detectorParams, makeDetector, stampOf } from '../../main/instruments/detectors/index.ts';
import { bindDriver } from '../../main/instruments/drivers/index.ts';
import { RawLog } from '../../main/instruments/run/raw-log.ts';
import { RunDecoder } from '../../main/instruments/run/run-decoder.ts';
import { recomputeRun } from '../../main/instruments/run/run-file.ts';
import { runFileName, summarise } from '../../main/instruments/run/run-summary.ts';
import type { RunContext, RunHeader, RunSummary } from '../../main/instruments/run/run-types.ts';
import { virtualMachineProfile } from '../../main/instruments/virtual/index.ts';

export interface MadeRun {
  context: RunContext;
  /** Failure load as the machine sends it, kN, two decimals. */
  peakKn: string;
  rangeKn?: string;
  /** Loads, kN, 20 a second, instead of a straight ramp to the peak; read as the pull of a bar. */
  tension?: readonly number[];
  ratekNPerS?: number;
  /** The file ends in the middle of loading and has no seal, as after a kill. */
  cutOff?: boolean;
  previousDigest?: string | null;
  endedAt?: Date;
}

const sampleHz = 20;

/** Load over time: two seconds of idle, a straight ramp to the peak, the break, three seconds of idle. */
function curve(peak: number, rate: number): number[] {
  const loads: number[] = Array.from({ length: 2 * sampleHz }, (_, index) => (index % 3) * 0.02);
  const step = rate / sampleHz;
  for (let load = step; load < peak - step / 2; load += step) loads.push(load);
  loads.push(peak);
  for (const share of [0.82, 0.5, 0.25, 0.1, 0.02]) loads.push(peak * share);
  for (let index = 0; index < 3 * sampleHz; index += 1) loads.push((index % 3) * 0.02);
  return loads;
}

export async function makeRunFile(runsFolder: string, made: MadeRun): Promise<RunSummary> {
  const runId = ulid();
  const profile: unknown = virtualMachineProfile;
  const driver = bindDriver('line-profile', profile);
  const kind = made.tension === undefined ? 'compression' : 'tension';
  const usual = detectorParams({ id: kind, params: { range_kN: made.rangeKn ?? '2000' } });
  const params = { ...usual, sigma_kN: '0.02', zero_kN: '0.02' };
  const loads = made.tension ?? curve(Number(made.peakKn), made.ratekNPerS ?? 13.5);
  const endedMs = (made.endedAt ?? new Date()).getTime();
  const anchor = { wallMs: endedMs - (loads.length / sampleHz) * 1000, monoNs: 1_000_000_000n };
  const header: RunHeader = {
    format: 'jiantai-run',
    formatVersion: 1,
    runId,
    context: made.context,
    channelId: made.context.equipmentId,
    path: 'fixture',
    driver: { id: driver.id, version: driver.version },
    profile,
    detector: stampOf({ id: kind, params }),
    previousDigest: made.previousDigest ?? null,
    anchor: { wallMs: anchor.wallMs, monoNs: String(anchor.monoNs) },
  };
  const path = join(runsFolder, runFileName(runId));
  const log = await RawLog.create(path, header, (error) => {
    throw error;
  });
  const stampAt = (index: number) => ({
    monoNs: anchor.monoNs + BigInt(Math.round((index / sampleHz) * 1e9)),
    wallMs: anchor.wallMs + (index / sampleHz) * 1000,
  });
  log.appendEvent({ event: 'start', sigma_kN: params.sigma_kN, zero_kN: params.zero_kN }, stampAt(0));
  const decoder = new RunDecoder(driver, makeDetector(kind, params));
  const last = made.cutOff ? Math.floor(loads.length / 2) : loads.length;
  for (let from = 0; from < last; from += sampleHz) {
    const lines = loads.slice(from, Math.min(from + sampleHz, last)).map((load, offset) => {
      const index = from + offset;
      return `${index},${(index / sampleHz).toFixed(3)},${load.toFixed(2)},${(index / 1000).toFixed(3)}\r\n`;
    });
    // The recorder joins a stream that already flows: the rest of a line comes first.
    const bytes = Buffer.from((from === 0 ? '.00,0.000\r\n' : '') + lines.join(''), 'latin1');
    const stamp = stampAt(Math.min(from + sampleHz, last));
    log.appendBytes(bytes, stamp);
    decoder.feed(bytes, stamp.monoNs);
  }
  if (made.cutOff) {
    await log.close();
    return recomputeRun(path);
  }
  const stamp = stampAt(loads.length);
  log.appendEvent({ event: 'end', ending: { cause: 'complete' } }, stamp);
  const sealed = summarise(header, decoder, { cause: 'complete' });
  return { ...sealed, rawDigest: await log.seal(sealed, stamp) };
}
