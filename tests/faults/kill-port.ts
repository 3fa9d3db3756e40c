// Campaign: the port process dies by SIGKILL in the middle of a run, again and again, at random moments. Its run file must
// verify to the last whole block and hold what was shown; the host says what happened, and the next run is a whole one.
//   node tests/faults/kill-port.ts --kills 100 --seed 1
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InstrumentHost } from '../../main/instruments/host.ts';
import type { PortEventName, PortEvents } from '../../main/instruments/protocol.ts';
import { readRunFile, recomputeRun, verifyRunFile } from '../../main/instruments/run/run-file.ts';
import { startVirtualMachine, virtualMachineProfile } from '../../main/instruments/virtual/index.ts';
import { seededRandom, sleep } from './bed/random.ts';

export interface KillPortResult {
  kills: number;
  /** Bytes of the machine in the interrupted files, least and most. */
  bytes: { least: number; most: number };
  /** Kills before the first byte of the run was written. */
  struckAtOnce: number;
  /** Blocks that were cut in the middle by the kill. */
  cutBlocks: number;
  /** Whole runs between the kills. */
  wholeRuns: number;
  /** From the kill to an open port again, ms. */
  backMs: { median: number; most: number };
  violations: string[];
}

const LIMIT_MS = 30_000;
const SPEED = 20;
/** Seconds on the wall that a specimen of this strength is under load: 12 MPa at 0.6 MPa/s, twenty times faster. */
const LOADED_MS = 900;
const line = { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 } as const;

export async function killPorts(options: {
  kills: number;
  seed: number;
  say?: (text: string) => void;
}): Promise<KillPortResult> {
  const random = seededRandom(options.seed);
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-kill-port-'));
  const machine = await startVirtualMachine({ speed: SPEED, seed: options.seed, strengths: [] });
  const logs: string[] = [];
  const host = new InstrumentHost({ runsFolder: folder, log: (_level, message) => logs.push(message) });
  const result: KillPortResult = {
    kills: 0, bytes: { least: Infinity, most: 0 }, struckAtOnce: 0, cutBlocks: 0, wholeRuns: 0, backMs: { median: 0, most: 0 }, violations: [],
  }; // prettier-ignore
  const backs: number[] = [];
  const fault = (text: string): void => {
    result.violations.push(`kill ${result.kills + 1}: ${text}`);
    options.say?.(`VIOLATION ${text}`);
  };

  function next<Name extends PortEventName>(name: Name, fits: (event: PortEvents[Name]) => boolean) {
    return new Promise<PortEvents[Name]>((resolve, reject) => {
      const off = host.on(name, (event) => {
        if (!fits(event)) return;
        clearTimeout(timer);
        off();
        resolve(event);
      });
      const timer = setTimeout(() => reject(new Error(`no ${name} in time; ${logs.slice(-5).join(' / ')}`)), LIMIT_MS);
    });
  }
  const arm = (runId: string) =>
    host.arm({
      channelId: 'press',
      runId,
      context: { recordNo: 'R', specimenNo: runId, equipmentId: 'E', equipmentSerial: 'S', operatorId: 'p' },
      detector: { id: 'compression', params: { range_kN: '2000', silence_s: '6' } },
      previousDigest: null,
    });
  const press = async (runId: string) => {
    const armed = next('phase', (event) => event.runId === runId && event.phase === 'armed');
    const loading = next('phase', (event) => event.runId === runId && event.phase === 'loading');
    loading.catch(() => undefined);
    await arm(runId);
    // Load that comes on before the machine showed its zero is nobody's run.
    await armed;
    machine.control.next(12);
    await loading;
  };
  const specimenEnd = () =>
    new Promise<void>((resolve) => {
      const off = machine.on(({ event }) => {
        if (event !== 'specimen-end') return;
        off();
        resolve();
      });
    });

  async function killOnce(index: number): Promise<void> {
    const runId = `kill-${index}`;
    let shown = 0;
    const offSamples = host.on('samples', (event) => {
      if (event.runId === runId) for (const load of event.load_kN) shown = Math.max(shown, load);
    });
    const ended = specimenEnd();
    await press(runId);
    await sleep(random.next() * LOADED_MS);
    const pid = host.portProcessPid as number;
    const told = next('state', ({ state }) => state === 'reconnecting');
    const sealed = next('sealed', ({ summary }) => summary.runId === runId);
    const back = next('state', ({ state }) => state === 'open');
    const struck = performance.now();
    const toldBefore = logs.length;
    process.kill(pid, 'SIGKILL');
    const [state, { summary }] = await Promise.all([told, sealed]);
    await back;
    backs.push(performance.now() - struck);
    offSamples();
    if (!state.reason?.includes('采集进程意外退出')) fault(`the bench is told ${state.reason}`);
    if (!logs.slice(toldBefore).some((text) => text.includes('意外退出'))) fault('the log does not say it');
    if (summary.validity !== 'interrupted') fault(`the run is ${summary.validity}: ${summary.reason ?? ''}`);
    const path = join(folder, summary.file);
    const file = await readRunFile(path);
    const verdict = await verifyRunFile(path, summary.rawDigest);
    if (!verdict.ok || verdict.state !== 'interrupted') fault(`${verdict.state}: ${verdict.fault?.message ?? ''}`);
    if (JSON.stringify(await recomputeRun(path)) !== JSON.stringify(summary)) fault('it recomputes differently');
    if (Number(summary.peak ?? 0) < shown) fault(`shown up to ${shown} kN, kept ${summary.peak}`);
    const bytes = file.blocks.reduce((sum, { type, payload }) => sum + (type === 1 ? payload.length : 0), 0);
    // Struck before the first block was on its way: then nothing was shown either.
    if (bytes === 0) result.struckAtOnce += 1;
    result.bytes.least = Math.min(result.bytes.least, bytes);
    result.bytes.most = Math.max(result.bytes.most, bytes);
    if (file.trailingBytes > 0) result.cutBlocks += 1;
    await ended;
    // The port is there for the next specimen; not after every kill, the campaign is long enough.
    if (index % 10 === 0) await wholeRun(`whole-${index}`);
  }

  async function wholeRun(runId: string): Promise<void> {
    const sealed = next('sealed', ({ summary }) => summary.runId === runId);
    const ended = specimenEnd();
    await press(runId);
    const { summary } = await sealed;
    await ended;
    if (summary.validity === 'valid') result.wholeRuns += 1;
    else fault(`the run after it is ${summary.validity}: ${summary.reason ?? ''}`);
  }

  try {
    const driver = { id: 'line-profile', profile: virtualMachineProfile };
    await host.openChannel({ channelId: 'press', path: machine.path, line, driver });
    for (let index = 1; index <= options.kills; index += 1) {
      await killOnce(index);
      result.kills += 1;
      if (index % 10 === 0) options.say?.(`${index} kills, ${result.violations.length} violations`);
    }
  } finally {
    await host.shutdown();
    await machine.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  backs.sort((a, b) => a - b);
  result.backMs = { median: backs[backs.length >> 1] ?? 0, most: backs.at(-1) ?? 0 };
  return result;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { kills: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  });
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const result = await killPorts({ kills: Number(values.kills), seed: Number(values.seed), say });
  say(JSON.stringify(result));
  process.exitCode = result.violations.length === 0 ? 0 : 1;
}
