// Independent machines write lines over real pseudo-terminals; a log of readings keeps every byte. What the log holds is
// compared with what was written: lost lines, the time from writing to the log and to the core, processor time.
//   node tests/bench/serial.ts [--seconds 60] [--rate 1000 --ports 1] [--json]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InstrumentHost } from '../../main/instruments/host.ts';
import { readRunFile, verifyRunFile } from '../../main/instruments/run/run-file.ts';
import { hasPython, hasSocat, openCable, peersFolder, type Cable } from '../faults/peers/socat.ts';
import { monotonicMs, percentile } from './measure.ts';

export interface SerialResult {
  ports: number;
  linesPerSecond: number;
  seconds: number;
  written: number;
  logged: number;
  lost: number;
  /** Samples that reached the core. */
  delivered: number;
  gaps: number;
  verified: boolean;
  toLogMs: { p50: number; p99: number; max: number };
  toCoreMs: { p50: number; p99: number; max: number };
  /** Share of one processor. */
  portProcessCpu: number;
  coreCpu: number;
  /** Greatest lateness of the writers themselves. */
  writerLateMs: number;
}

export const lackingForSerial = (): string | null =>
  hasSocat ? (hasPython ? null : 'python3 is not installed') : 'socat is not installed';

const profile = {
  id: 'bench',
  separator: ',',
  terminator: 'CRLF',
  columns: [
    { role: 'seq' },
    { role: 'time', unit: 's' },
    { role: 'load', unit: 'kN' },
    { role: 'displacement', unit: 'mm' },
  ],
};
const line = { baudRate: 460_800, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has used. */
function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

const spread = (values: readonly number[]): SerialResult['toLogMs'] => ({
  p50: percentile(values, 0.5),
  p99: percentile(values, 0.99),
  max: values.reduce((most, value) => Math.max(most, value), 0),
});

function startWriter(port: string, rate: number, seconds: number): Promise<{ written: number; worstMs: number }> {
  const child = spawn('python3', [join(peersFolder, 'line_writer.py'), port, String(rate), String(seconds)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (bytes: Buffer) => (told += bytes.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve(JSON.parse(told) as { written: number; worstMs: number }));
  });
}

/** Lines of a log with the moment at which their last byte was there, ms. */
async function logged(path: string): Promise<{ seqs: number[]; latencies: number[] }> {
  const { blocks } = await readRunFile(path);
  const seqs: number[] = [];
  const latencies: number[] = [];
  let rest = '';
  for (const { type, payload, monoNs } of blocks) {
    if (type !== 1) continue;
    const lines = (rest + payload.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const each of lines) {
      const [seq, time] = each.split(',');
      seqs.push(Number(seq));
      latencies.push(Number(monoNs) / 1e6 - Number(time) * 1000);
    }
  }
  return { seqs, latencies };
}

export async function measureSerial(options: { ports: number; rate: number; seconds: number }): Promise<SerialResult> {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-serial-'));
  const host = new InstrumentHost({ runsFolder: folder });
  const cables: Cable[] = [];
  const toCore: number[] = [];
  let delivered = 0;
  host.on('samples', ({ time_s }) => {
    delivered += time_s.length;
    const now = monotonicMs();
    for (const time of time_s) toCore.push(now - time * 1000);
  });
  try {
    for (let index = 0; index < options.ports; index += 1) {
      const cable = await openCable();
      cables.push(cable);
      const channelId = `c${index}`;
      await host.openChannel({ channelId, path: cable.near, line, driver: { id: 'line-profile', profile } });
      await host.arm({
        channelId,
        runId: channelId,
        context: { recordNo: '', specimenNo: '', equipmentId: channelId, equipmentSerial: '', operatorId: '' },
        detector: { id: 'readings' },
        previousDigest: null,
      });
    }
    const port = host.portProcessPid as number;
    const before = cpuSeconds(port);
    const core = process.cpuUsage();
    const started = performance.now();
    const writers = await Promise.all(cables.map(({ far }) => startWriter(far, options.rate, options.seconds)));
    const elapsed = (performance.now() - started) / 1000;
    const used = cpuSeconds(port) - before;
    const { user, system } = process.cpuUsage(core);
    const latencies: number[] = [];
    let count = 0;
    let lost = 0;
    let gaps = 0;
    let verified = true;
    for (const [index, { written }] of writers.entries()) {
      const summary = await host.stopRun(`c${index}`, '');
      const path = join(folder, summary?.file ?? '');
      verified &&= (await verifyRunFile(path, summary?.rawDigest)).ok;
      gaps += summary?.gaps ?? 0;
      const log = await logged(path);
      count += log.seqs.length;
      const seen = new Set(log.seqs);
      for (let seq = 0; seq < written; seq += 1) if (!seen.has(seq)) lost += 1;
      latencies.push(...log.latencies);
    }
    return {
      ports: options.ports,
      linesPerSecond: options.rate,
      seconds: options.seconds,
      written: writers.reduce((sum, { written }) => sum + written, 0),
      logged: count,
      lost,
      delivered,
      gaps,
      verified,
      toLogMs: spread(latencies),
      toCoreMs: spread(toCore),
      portProcessCpu: used / elapsed,
      coreCpu: (user + system) / 1e6 / elapsed,
      writerLateMs: Math.max(...writers.map(({ worstMs }) => worstMs)),
    };
  } finally {
    await host.shutdown();
    await Promise.all(cables.map((cable) => cable.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

const ms = (value: number): string => value.toFixed(2);
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export function describeSerial(result: SerialResult): string {
  const { toLogMs, toCoreMs } = result;
  return [
    `${result.ports} port(s) at ${result.linesPerSecond} lines/s for ${result.seconds} s: written ${result.written}, logged ${result.logged}, lost ${result.lost}, delivered ${result.delivered}, gaps ${result.gaps}, ${result.verified ? 'verified' : 'DAMAGED'}`,
    `  written → raw log: p50 ${ms(toLogMs.p50)}, p99 ${ms(toLogMs.p99)}, max ${ms(toLogMs.max)} ms`,
    `  written → core (25 batches a second): p50 ${ms(toCoreMs.p50)}, p99 ${ms(toCoreMs.p99)}, max ${ms(toCoreMs.max)} ms`,
    `  processor: port process ${percent(result.portProcessCpu)}, core ${percent(result.coreCpu)} of one; the writers were up to ${ms(result.writerLateMs)} ms late themselves`,
  ].join('\n');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      rate: { type: 'string' },
      ports: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const lacking = lackingForSerial();
  const seconds = Number(values.seconds);
  const wanted = values.rate
    ? [{ ports: Number(values.ports), rate: Number(values.rate), seconds }]
    : [
        { ports: 1, rate: 1000, seconds },
        { ports: 8, rate: 100, seconds },
      ];
  if (lacking !== null) process.stdout.write(`skipped: ${lacking}\n`);
  for (const each of lacking === null ? wanted : []) {
    const result = await measureSerial(each);
    process.stdout.write(`${values.json ? JSON.stringify(result) : describeSerial(result)}\n`);
    if (result.lost > 0 || !result.verified) process.exitCode = 1;
  }
}
