// The training lab's machines: a virtual compression machine for each connected one, and an assistant who puts the next
// specimen in as soon as the bench is armed.
import { mulberry32 } from '../../instruments/virtual/compression-model.ts';
import type { VirtualMachine } from '../../instruments/virtual/index.ts';
import { startVirtualMachine } from '../../instruments/virtual/index.ts';

export interface VirtualSpecimen {
  load_kN: number;
  rate_kN_s: number;
  /** Of a bar, which is pulled; null for what is crushed. */
  yield_kN: number | null;
}

/** Side of the cubes that the virtual machine believes it presses, mm. */
const machineSideMm = 150;
/** Specimens of one sample differ by so much in strength; the ratio of a bar's two strengths differs less. */
const strengthScatter = 0.03;
const ratioScatter = 0.01;

export class VirtualBench {
  readonly #machines = new Map<string, Promise<VirtualMachine>>();
  readonly #busy = new Set<string>();
  /** Time compression. */
  readonly speed: number;
  readonly #seed: number;
  readonly #random: () => number;

  constructor(speed: number, seed = (Date.now() % 2_000_000_000) + 1) {
    this.speed = speed;
    this.#seed = seed;
    this.#random = mulberry32(seed);
  }

  async start(equipmentId: string, range_kN: number): Promise<string> {
    const machine =
      this.#machines.get(equipmentId) ??
      startVirtualMachine({
        speed: this.speed,
        seed: this.#seed,
        side_mm: machineSideMm,
        range_kN,
        // A small machine shows finer steps and trembles less.
        noise_kN: range_kN * 6e-5,
        loadDigits: range_kN > 300 ? 1 : 2,
      });
    this.#machines.set(equipmentId, machine);
    machine.catch(() => this.#machines.delete(equipmentId));
    return (await machine).path;
  }

  async stop(equipmentId: string): Promise<void> {
    const machine = this.#machines.get(equipmentId);
    this.#machines.delete(equipmentId);
    await (await machine)?.stop();
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#machines.keys()].map((equipmentId) => this.stop(equipmentId)));
  }

  async pull(equipmentId: string): Promise<void> {
    (await this.#machines.get(equipmentId))?.control.pull();
  }

  async plug(equipmentId: string): Promise<void> {
    (await this.#machines.get(equipmentId))?.control.plug();
  }

  /** Puts specimen after specimen in, each breaking near its load, each when `armed` says that the bench waits for one. */
  async load(equipmentId: string, specimens: readonly VirtualSpecimen[], armed: () => boolean): Promise<void> {
    const machine = await this.#machines.get(equipmentId);
    if (!machine || this.#busy.has(equipmentId)) return;
    this.#busy.add(equipmentId);
    try {
      for (const specimen of specimens) {
        if (!(await until(armed, 60_000))) return;
        const { load_kN, yield_kN, rate_kN_s } = this.#scattered(specimen);
        const ended = new Promise<void>((resolve) => {
          const off = machine.on(({ event }) => {
            if (event !== 'specimen-end' && event !== 'pulled') return;
            off();
            resolve();
          });
        });
        const perArea = 1000 / machineSideMm ** 2;
        if (yield_kN === null) machine.control.next(load_kN * perArea, rate_kN_s * perArea);
        else machine.control.pullBar(load_kN, yield_kN);
        await ended;
        // The bench needs a moment to notice; without it the old phase would still be read as armed.
        await sleep(200);
      }
    } finally {
      this.#busy.delete(equipmentId);
    }
  }

  /** No two specimens are alike. */
  #scattered({ load_kN, rate_kN_s, yield_kN }: VirtualSpecimen): VirtualSpecimen {
    const around = (width: number): number => 1 + width * (2 * this.#random() - 1);
    const strength = around(strengthScatter);
    return {
      load_kN: load_kN * strength,
      rate_kN_s,
      yield_kN: yield_kN === null ? null : yield_kN * strength * around(ratioScatter),
    };
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(50)) if (condition()) return true;
  return false;
}
