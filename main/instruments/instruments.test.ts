// The real thing: a machine in its own process streams over a pseudo-terminal (or TCP) to a forked port process.
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InstrumentHost } from './host.ts';
import type { ArmRun, PortEventName, PortEvents } from './protocol.ts';
import { readRunCurve, recomputeRun, scanRunFiles, verifyRunFile } from './run/run-file.ts';
import type { RunSummary } from './run/run-types.ts';
import { startVirtualMachine, virtualMachineProfile } from './virtual/index.ts';
import type { MachineEvent, MachineOptionsInput, VirtualMachine } from './virtual/index.ts';

const line = { baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 1 } as const;
let runsFolder = '';
let host: InstrumentHost;
const machines: VirtualMachine[] = [];

beforeEach(async () => {
  runsFolder = await mkdtemp(join(tmpdir(), 'jiantai-runs-'));
  host = new InstrumentHost({ runsFolder });
});
afterEach(async () => {
  await host.shutdown();
  await Promise.all(machines.splice(0).map((machine) => machine.stop()));
  await rm(runsFolder, { recursive: true, force: true });
});

async function startMachine(options: MachineOptionsInput): Promise<VirtualMachine> {
  const machine = await startVirtualMachine({ speed: 20, strengths: [8, 9, 10], ...options });
  machines.push(machine);
  return machine;
}

const openMachine = (machine: VirtualMachine) =>
  host.openChannel({
    channelId: 'press',
    path: machine.path,
    line,
    driver: { id: 'line-profile', profile: virtualMachineProfile },
  });

/** Wall silence is generous here: the machine of the test shares two cores with everything else. */
const armRun = (runId: string, previousDigest: string | null = null, silence_s = '6'): ArmRun => ({
  channelId: 'press',
  runId,
  context: { recordNo: 'TR-1', specimenNo: runId, equipmentId: 'E-1', equipmentSerial: 'SN-1', operatorId: 'p-1' },
  detector: { id: 'compression', params: { range_kN: '2000', silence_s } },
  previousDigest,
  dueRate: { min: '11.25', max: '18' },
});

function next<Name extends PortEventName>(
  name: Name,
  fits: (event: PortEvents[Name]) => boolean = () => true,
): Promise<PortEvents[Name]> {
  return new Promise((resolve) => {
    const off = host.on(name, (event) => {
      if (!fits(event)) return;
      off();
      resolve(event);
    });
  });
}

const sealed = async (runId: string): Promise<RunSummary> =>
  (await next('sealed', (event) => event.summary.runId === runId)).summary;
const phase = (runId: string, name: string) => next('phase', (event) => event.runId === runId && event.phase === name);
const state = (name: string) => next('state', (event) => event.state === name);
const told = (machine: VirtualMachine, name: MachineEvent['event']): Promise<MachineEvent> =>
  new Promise((resolve) => {
    const off = machine.on((event) => {
      if (event.event !== name) return;
      off();
      resolve(event);
    });
  });

describe.each(['pty', 'tcp'] as const)('over %s', (endpoint) => {
  test('three specimens in a row are sealed with the peaks that the machine sent', async () => {
    const machine = await startMachine({ endpoint, seed: 11 });
    expect(await openMachine(machine)).toEqual({ state: 'open' });
    let received = 0;
    let rateStates = new Set<string | null>();
    host.on('samples', (event) => (received += event.time_s.length));
    host.on('live', (event) => rateStates.add(event.rateState));
    let previous: string | null = null;
    for (const runId of ['one', 'two', 'three']) {
      const done = sealed(runId);
      const ended = told(machine, 'specimen-end');
      await host.arm(armRun(runId, previous));
      machine.control.next();
      const summary = await done;
      expect(summary).toMatchObject({
        validity: 'valid',
        peak: ((await ended) as { peak_kN: string }).peak_kN,
        gaps: 0,
      });
      expect(Number(summary.loadingRate_kN_per_s)).toBeCloseTo(13.5, 0);
      expect(summary.previousDigest).toBe(previous);
      const path = join(runsFolder, summary.file);
      expect(await verifyRunFile(path, summary.rawDigest)).toMatchObject({ ok: true, state: 'sealed' });
      expect(await recomputeRun(path)).toEqual(summary);
      const curve = await readRunCurve(path);
      expect(curve.time_s[0]).toBeLessThanOrEqual(-2);
      previous = summary.rawDigest;
    }
    expect(received).toBeGreaterThan(2000);
    expect([...rateStates]).toContain('within');
  });
});

test('a machine without counter and clock is recorded with arrival times and recomputes the same', async () => {
  const machine = await startMachine({ seed: 19, strengths: [4], speed: 2 });
  const columns = virtualMachineProfile.columns.map((column) =>
    column.role === 'seq' || column.role === 'time' ? ({ role: 'ignore' } as const) : column,
  );
  const profile = { ...virtualMachineProfile, columns };
  await host.openChannel({ channelId: 'press', path: machine.path, line, driver: { id: 'line-profile', profile } });
  const done = sealed('arrival');
  const ended = told(machine, 'specimen-end');
  await host.arm({
    ...armRun('arrival'),
    detector: { id: 'compression', params: { range_kN: '2000', tail_s: '0.3' } },
  });
  machine.control.next();
  const summary = await done;
  expect(summary).toMatchObject({ validity: 'valid', timeSource: 'arrival' });
  expect(summary.peak).toBe(((await ended) as { peak_kN: string }).peak_kN);
  expect(Number(summary.loadingRate_kN_per_s)).toBeCloseTo(2 * 13.5, -1);
  expect(await recomputeRun(join(runsFolder, summary.file))).toEqual(summary);
});

test('a machine that already carries load is not taken for a new run', async () => {
  const machine = await startMachine({ seed: 20, strengths: [8, 9] });
  await openMachine(machine);
  const high = next('samples', (event) => event.load_kN.some((load) => load > 50));
  machine.control.next();
  await high;
  const ended = told(machine, 'specimen-end');
  const done = sealed('late');
  await host.arm(armRun('late'));
  const second = ended.then(() => {
    machine.control.next();
    return told(machine, 'specimen-end');
  });
  expect((await done).peak).toBe(((await second) as { peak_kN: string }).peak_kN);
});

test('a cable pulled mid-run makes the run invalid, keeps its bytes and lets the next one begin', async () => {
  const machine = await startMachine({ seed: 12, strengths: [20, 8], faults: [{ kind: 'pull', at: 0.5 }] });
  await openMachine(machine);
  const lost = sealed('pulled');
  const reconnecting = state('reconnecting');
  await host.arm(armRun('pulled'));
  machine.control.next();
  const summary = await lost;
  expect(summary.validity).toBe('invalid');
  expect(summary.reason).toContain('连接断开');
  expect(Number(summary.peak)).toBeGreaterThan(80);
  expect(Number(summary.peak)).toBeLessThan(450);
  expect((await reconnecting).reason).toContain('数据线');
  expect(await verifyRunFile(join(runsFolder, summary.file), summary.rawDigest)).toMatchObject({ ok: true });
  expect(await recomputeRun(join(runsFolder, summary.file))).toEqual(summary);
  await expect(host.arm(armRun('early'))).rejects.toMatchObject({ code: 'instrument.not-open' });
  // The specimen bursts unseen while the cable is out.
  await told(machine, 'specimen-end');
  const back = state('open');
  machine.control.plug();
  await back;
  const again = sealed('repeat');
  await host.arm(armRun('repeat', summary.rawDigest));
  machine.control.next();
  expect((await again).validity).toBe('valid');
});

test('kill -9 of the port process mid-run: the file is readable, the host reports it, reopens and goes on', async () => {
  const machine = await startMachine({ seed: 13, strengths: [20, 8] });
  await openMachine(machine);
  const interrupted = sealed('killed');
  const loading = phase('killed', 'loading');
  await host.arm(armRun('killed'));
  machine.control.next();
  await loading;
  await new Promise((resolve) => setTimeout(resolve, 700));
  const back = state('open');
  // The specimen may burst while the port process starts again.
  const burst = told(machine, 'specimen-end');
  const first = host.portProcessPid as number;
  process.kill(first, 'SIGKILL');
  const summary = await interrupted;
  expect(summary).toMatchObject({ validity: 'interrupted', context: { specimenNo: 'killed' } });
  expect(summary.sampleCount).toBeGreaterThan(100);
  const path = join(runsFolder, 'killed.run');
  expect(await verifyRunFile(path, summary.rawDigest)).toMatchObject({ ok: true, state: 'interrupted' });
  await back;
  expect(host.portProcessPid).not.toBe(first);
  await burst;
  const again = sealed('after');
  await host.arm(armRun('after'));
  machine.control.next();
  expect((await again).validity).toBe('valid');
  const scanned = await scanRunFiles(runsFolder);
  expect(scanned.map((run) => [run.runId, run.state, run.summary?.validity])).toEqual([
    ['after', 'sealed', 'valid'],
    ['killed', 'interrupted', 'interrupted'],
  ]);
});

test('spike and garbage do not touch the peak; silence makes the run invalid', async () => {
  const machine = await startMachine({
    seed: 14,
    strengths: [8, 20],
    faults: [
      { kind: 'garbage', at: 0.3 },
      { kind: 'spike', at: 0.6 },
      // 40 s of device time are two on the wall.
      { kind: 'silence', at: 0.5, specimen: 1, lasts_s: 60 },
    ],
  });
  await openMachine(machine);
  const noisy = sealed('noisy');
  const ended = told(machine, 'specimen-end');
  await host.arm(armRun('noisy'));
  machine.control.next();
  const summary = await noisy;
  expect(summary).toMatchObject({ validity: 'valid', peak: ((await ended) as { peak_kN: string }).peak_kN, spikes: 1 });
  expect(summary.rejectedBytes).toBeGreaterThan(15);
  const silent = sealed('silent');
  await host.arm(armRun('silent', null, '1'));
  machine.control.next();
  expect(await silent).toMatchObject({ validity: 'invalid', reason: expect.stringContaining('没有收到') });
});

test('a run taken back before loading leaves no file; one stopped under load is sealed as invalid', async () => {
  const machine = await startMachine({ seed: 15, strengths: [20] });
  await openMachine(machine);
  await host.arm(armRun('back'));
  await expect(host.arm(armRun('second'))).rejects.toMatchObject({ code: 'instrument.run-active' });
  expect(await host.disarm('press', '换试件')).toBeNull();
  expect(await scanRunFiles(runsFolder)).toEqual([]);
  const loading = phase('stopped', 'loading');
  await host.arm(armRun('stopped'));
  machine.control.next();
  await loading;
  expect(await host.stopRun('press', '试件偏心')).toMatchObject({ validity: 'invalid', reason: '试件偏心' });
});

test('what cannot be recorded is refused before loading', async () => {
  const machine = await startMachine({ seed: 21 });
  await openMachine(machine);
  await host.arm(armRun('once'));
  await host.stopRun('press', '换试件');
  await writeFile(join(runsFolder, 'taken.run'), '');
  await expect(host.arm(armRun('taken'))).rejects.toMatchObject({ code: 'instrument.run-exists' });
  await expect(host.arm(armRun('../outside'))).rejects.toMatchObject({ code: 'instrument.run-id' });
  await rm(runsFolder, { recursive: true });
  await expect(host.arm(armRun('nowhere'))).rejects.toMatchObject({ code: 'instrument.run-file' });
});

test('a tampered file is found', async () => {
  const machine = await startMachine({ seed: 16 });
  await openMachine(machine);
  const done = sealed('tampered');
  await host.arm(armRun('tampered'));
  machine.control.next();
  const path = join(runsFolder, (await done).file);
  const peak = Buffer.from((await done).peak as string);
  const at = (await readFile(path)).indexOf(peak);
  const file = await open(path, 'r+');
  await file.write(Buffer.from('9'), 0, 1, at);
  await file.close();
  expect(await verifyRunFile(path)).toMatchObject({
    ok: false,
    state: 'damaged',
    fault: { at: expect.stringMatching(/^block/) },
  });
});

test('a swapped port says what is wrong, an absent one keeps trying', async () => {
  const machine = await startMachine({ seed: 17 });
  const swapped = { ...virtualMachineProfile, columns: virtualMachineProfile.columns.slice(1) };
  const silent = next('state', (event) => event.channelId === 'swapped' && event.state === 'silent');
  await host.openChannel({
    channelId: 'swapped',
    path: machine.path,
    line,
    driver: { id: 'line-profile', profile: swapped },
  });
  expect((await silent).reason).toContain('认不出');
  const absent = { channelId: 'none', path: '/dev/ttyJiantaiNone', line, driver: { id: 'mt-sics' } };
  expect(await host.openChannel(absent)).toMatchObject({
    state: 'reconnecting',
    reason: expect.stringContaining('找不到端口'),
  });
});

test('a parent that disappears leaves a sealed file and no process', async () => {
  const machine = await startMachine({ seed: 18, strengths: [20] });
  const entry = fileURLToPath(new URL('./port-process/main.ts', import.meta.url));
  const child = fork(entry, [], {
    serialization: 'advanced',
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const reached = (phase: string) =>
    new Promise<void>((resolve) => {
      child.on('message', (message: { name?: string; event?: { phase?: string } }) => {
        if (message.name === 'phase' && message.event?.phase === phase) resolve();
      });
    });
  const armed = reached('armed');
  const loading = reached('loading');
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ask = (id: number, op: string, args: unknown) => child.send({ kind: 'request', id, op, args });
  const channel = {
    channelId: 'press',
    path: machine.path,
    line,
    driver: { id: 'line-profile', profile: virtualMachineProfile },
  };
  const opened = new Promise<void>((resolve) => {
    child.on('message', (message: { id?: number }) => (message.id === 2 ? resolve() : undefined));
  });
  ask(1, 'configure', { runsFolder });
  ask(2, 'openChannel', channel);
  await opened;
  ask(3, 'arm', armRun('orphan'));
  // Load that comes on before the machine showed its zero is nobody's run.
  await armed;
  machine.control.next();
  await loading;
  child.disconnect();
  expect(await exited).toBe(0);
  const [run] = await scanRunFiles(runsFolder);
  expect(run).toMatchObject({ runId: 'orphan', state: 'sealed', summary: { validity: 'interrupted' } });
});
