// The training machine as a process of its own, which crushes cubes and pulls bars: it knows nothing of the program that reads it. Options come as one
// JSON argument; commands and events go over IPC when it was forked, else as JSON lines on stdin and stdout.
import { createInterface } from 'node:readline';
import { BarModel } from './bar-model.ts';
import { ClippedGauge } from './clipped-gauge.ts';
import { CompressionModel, fixed } from './compression-model.ts';
import { openEndpoint } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import { machineOptionsSchema, parseFault } from './options.ts';
import type { MachineCommand, MachineEvent, MachineFault, MachineOptions } from './options.ts';

const TICK_MS = 10;
/** After a stall of this process the device clock goes on from now instead of racing to catch up. */
const LONGEST_CATCH_UP_MS = 250;

class CompressionMachine {
  readonly #options: MachineOptions;
  readonly #model: CompressionModel;
  /** The bar in the grips; the other model gives noise and zero meanwhile. */
  #bar: BarModel | null = null;
  /** The extensometer that is, or was, on it. */
  #gauge: ClippedGauge | null = null;
  readonly #endpoint: Endpoint;
  readonly #tell: (event: MachineEvent) => void;
  readonly #faults: MachineFault[];
  readonly #queue: number[];
  #seq = 0;
  #specimen = -1;
  #target_kN = 0;
  #peak: string | null = null;
  #wait_s: number;
  #silent_s = 0;
  #frozen: { left_s: number; load: string } | null = null;
  #lastWall = performance.now();
  #owed = 0;

  constructor(options: MachineOptions, endpoint: Endpoint, tell: (event: MachineEvent) => void) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#tell = tell;
    this.#model = new CompressionModel(options);
    this.#faults = [...options.faults];
    this.#queue = [...options.strengths];
    this.#wait_s = options.pause_s;
  }

  tick(): void {
    const now = performance.now();
    const passed = Math.min(now - this.#lastWall, LONGEST_CATCH_UP_MS);
    this.#lastWall = now;
    this.#owed += (passed / 1000) * this.#options.speed * this.#options.rateHz;
    let lines = '';
    while (this.#owed >= 1) {
      this.#owed -= 1;
      lines += this.#line();
    }
    if (lines) this.#endpoint.write(Buffer.from(lines, 'latin1'));
  }

  async obey(command: MachineCommand): Promise<void> {
    if (command.command === 'bar') this.#pullBar(command);
    else if (command.command === 'unclip') this.#gauge?.takeOff();
    else if (command.command === 'next') this.#next(command.strength_MPa, command.rate_MPa_per_s);
    else if (command.command === 'pull') {
      await this.#endpoint.pull();
      this.#tell({ event: 'pulled' });
    } else if (command.command === 'plug') {
      await this.#endpoint.plug();
      this.#tell({ event: 'plugged' });
    } else if (command.command === 'fault') this.#faults.push(parseFault(command.fault));
  }

  get #idle(): boolean {
    return this.#bar === null && this.#model.idle;
  }

  #pullBar({ load_kN, yield_kN, smooth, gauge_mm }: Extract<MachineCommand, { command: 'bar' }>): void {
    if (!this.#idle) return;
    this.#gauge = gauge_mm === undefined ? null : new ClippedGauge(gauge_mm, this.#options.seed);
    this.#specimen += 1;
    this.#target_kN = load_kN;
    this.#peak = null;
    this.#bar = new BarModel(load_kN, yield_kN, smooth);
    this.#tell({ event: 'specimen-start', index: this.#specimen, load_kN, yield_kN });
  }

  #next(strength_MPa?: number, rate_MPa_per_s?: number): void {
    if (!this.#idle) return;
    const strength = strength_MPa ?? this.#queue.shift();
    if (strength === undefined) return;
    this.#specimen += 1;
    this.#target_kN = (strength * this.#options.side_mm ** 2) / 1000;
    this.#peak = null;
    this.#model.startSpecimen(strength, rate_MPa_per_s);
    this.#tell({ event: 'specimen-start', index: this.#specimen, strength_MPa: strength });
  }

  #line(): string {
    const dt = 1 / this.#options.rateHz;
    const wasIdle = this.#idle;
    const felt = this.#model.feel(dt);
    const pulled = this.#bar?.step(dt);
    if (this.#bar?.done) this.#bar = null;
    this.#seq += 1;
    let load = fixed(felt.load_kN + (pulled?.load_kN ?? 0), this.#options.loadDigits);
    const displacement = fixed(pulled?.displacement_mm ?? felt.displacement_mm, 3);
    if (!wasIdle && (this.#peak === null || Number(load) > Number(this.#peak))) this.#peak = load;
    if (!wasIdle && this.#idle) {
      this.#tell({ event: 'specimen-end', index: this.#specimen, peak_kN: this.#peak ?? '0' });
      this.#wait_s = this.#options.pause_s;
    }
    if (this.#idle && this.#options.auto && (this.#wait_s -= dt) <= 0) this.#next();
    const fault = this.#dueFault(Number(load));
    if (fault) load = this.#strike(fault, load);
    if (this.#frozen) {
      load = this.#frozen.load;
      if ((this.#frozen.left_s -= dt) <= 0) this.#frozen = null;
    }
    if (this.#silent_s > 0) {
      this.#silent_s -= dt;
      return '';
    }
    const time = (this.#seq * dt).toFixed(3);
    const garbage = fault?.kind === 'garbage' ? '\u0081#%&*\u0000,9e9,NaN\r\n' : '';
    const extension = this.#options.extension ? `,${this.#gauge?.show(pulled ?? null) ?? '0.0000'}` : '';
    return `${garbage}${this.#seq},${time},${load},${displacement}${extension}\r\n`;
  }

  #dueFault(load: number): MachineFault | undefined {
    if (!this.#model.loading && !this.#bar?.loading) return undefined;
    const due = this.#faults.findIndex(
      (fault) => fault.specimen === this.#specimen && load >= fault.at * this.#target_kN,
    );
    return due < 0 ? undefined : this.#faults.splice(due, 1)[0];
  }

  #strike(fault: MachineFault, load: string): string {
    this.#tell({ event: 'fault', kind: fault.kind });
    if (fault.kind === 'silence') this.#silent_s = fault.lasts_s;
    else if (fault.kind === 'freeze') this.#frozen = { left_s: fault.lasts_s, load };
    else if (fault.kind === 'spike') return Math.min(Number(load) * 1.5 + 200, this.#options.range_kN).toFixed(1);
    else if (fault.kind === 'pull') void this.obey({ command: 'pull' });
    return load;
  }
}

function tell(event: MachineEvent): void {
  if (process.send) {
    if (process.connected) process.send(event, undefined, undefined, () => undefined);
  } else process.stdout.write(`${JSON.stringify(event)}\n`);
}

const options = machineOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const endpoint = await openEndpoint(options.endpoint);
const machine = new CompressionMachine(options, endpoint, tell);

async function stop(): Promise<void> {
  await endpoint.close();
  process.exit(0);
}

function obey(command: MachineCommand): void {
  void (command.command === 'stop' ? stop() : machine.obey(command));
}

if (process.send) {
  process.on('message', (message) => obey(message as MachineCommand));
  process.on('disconnect', () => void stop());
} else {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (line.trim()) obey(JSON.parse(line) as MachineCommand);
  });
  lines.on('close', () => void stop());
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => {
  // With a parent the parent decides; alone in a terminal Ctrl+C ends it.
  if (!process.send) void stop();
});
setInterval(() => machine.tick(), TICK_MS);
tell({ event: 'ready', path: endpoint.path });
