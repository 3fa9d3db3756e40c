// The training lab's machines: a virtual compression machine for each connected one, and an assistant who puts the next
// specimen in as soon as the bench is armed.
import { mulberry32 } from '../../instruments/virtual/compression-model.ts';
import type { VirtualInstrument, VirtualMachine } from '../../instruments/virtual/index.ts';
import { startVirtualMachine } from '../../instruments/virtual/index.ts';

export interface VirtualSpecimen {
  load_kN: number;
  rate_kN_s: number;
  /** Of a bar, which is pulled; null for what is crushed. */
  yield_kN: number | null;
  /** It yields without a drop. */
  smooth?: boolean;
  /** Of the extensometer that the assistant puts on it, mm. */
  gauge_mm?: number;
}

/** Side of the cubes that the virtual machine believes it presses, mm. */
const machineSideMm = 150;
/** Specimens of one sample differ by so much in strength; the ratio of a bar's two strengths differs less. */
const strengthScatter = 0.03;
const ratioScatter = 0.01;

/** Whatever stands at a bench and takes specimens. */
interface Press {
  put(specimen: VirtualSpecimen): void;
  /** Takes the extensometer off, where there is one. */
  unclip(): void;
  pull(): void;
  plug(): void;
  /** The specimen is broken, or the cable is out. */
  onEnd(handler: () => void): () => void;
}

export class VirtualBench {
  readonly #machines = new Map<string, Promise<VirtualMachine>>();
  readonly #busy = new Set<string>();
  readonly #borrowed = new Map<string, Press>();
  /** Time compression. */
  readonly speed: number;
  readonly #seed: number;
  readonly #random: () => number;
  #over = false;

  constructor(speed: number, seed = (Date.now() % 2_000_000_000) + 1) {
    this.speed = speed;
    this.#seed = seed;
    this.#random = mulberry32(seed);
  }

  async start(equipmentId: string, range_kN: number, extension = false): Promise<string> {
    const machine =
      this.#machines.get(equipmentId) ??
      startVirtualMachine({
        speed: this.speed,
        seed: this.#seed,
        side_mm: machineSideMm,
        range_kN,
        extension,
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

  /** Whoever waits for a bench lets go: after this nothing asks it any more. */
  async stopAll(): Promise<void> {
    this.#over = true;
    await Promise.all([...this.#machines.keys()].map((equipmentId) => this.stop(equipmentId)));
  }

  /** The machine is set to an instrument that somebody plugged in: specimens go into that one. */
  borrow(equipmentId: string, instrument: VirtualInstrument | null): void {
    if (instrument) this.#borrowed.set(equipmentId, pressOfInstrument(instrument));
    else this.#borrowed.delete(equipmentId);
  }

  async pull(equipmentId: string): Promise<void> {
    (await this.#pressOf(equipmentId))?.pull();
  }

  async unclip(equipmentId: string): Promise<void> {
    (await this.#pressOf(equipmentId))?.unclip();
  }

  async plug(equipmentId: string): Promise<void> {
    (await this.#pressOf(equipmentId))?.plug();
  }

  /** Puts specimen after specimen in, each breaking near its load, each when `armed` says that the bench waits for one. */
  async load(equipmentId: string, specimens: readonly VirtualSpecimen[], armed: () => boolean): Promise<void> {
    const press = await this.#pressOf(equipmentId);
    if (!press || this.#busy.has(equipmentId)) return;
    this.#busy.add(equipmentId);
    try {
      for (const specimen of specimens) {
        if (!(await until(() => this.#over || armed(), 60_000)) || this.#over) return;
        const ended = new Promise<void>((resolve) => {
          const off = press.onEnd(() => {
            off();
            resolve();
          });
        });
        press.put(this.#scattered(specimen));
        await ended;
        // The bench needs a moment to notice; without it the old phase would still be read as armed.
        await sleep(200);
      }
    } finally {
      this.#busy.delete(equipmentId);
    }
  }

  async #pressOf(equipmentId: string): Promise<Press | null> {
    const borrowed = this.#borrowed.get(equipmentId);
    if (borrowed) return borrowed;
    const machine = await this.#machines.get(equipmentId);
    return machine ? pressOfMachine(machine) : null;
  }

  /** No two specimens are alike. */
  #scattered({ load_kN, rate_kN_s, yield_kN, ...rest }: VirtualSpecimen): VirtualSpecimen {
    const around = (width: number): number => 1 + width * (2 * this.#random() - 1);
    const strength = around(strengthScatter);
    return {
      ...rest,
      load_kN: load_kN * strength,
      rate_kN_s,
      yield_kN: yield_kN === null ? null : yield_kN * strength * around(ratioScatter),
    };
  }
}

const isEnd = (event: string): boolean => event === 'specimen-end' || event === 'pulled';

function pressOfMachine({ control, on }: VirtualMachine): Press {
  return {
    put({ load_kN, rate_kN_s, yield_kN, ...bar }) {
      const perArea = 1000 / machineSideMm ** 2;
      if (yield_kN === null) control.next(load_kN * perArea, rate_kN_s * perArea);
      else control.pullBar({ load_kN, yield_kN, ...bar });
    },
    unclip: control.unclip,
    pull: control.pull,
    plug: control.plug,
    onEnd: (handler) => on(({ event }) => isEnd(event) && handler()),
  };
}

function pressOfInstrument(instrument: VirtualInstrument): Press {
  return {
    put({ load_kN, rate_kN_s, yield_kN }) {
      const specimen =
        yield_kN === null
          ? { kind: 'compression' as const, load_kN, rate_kN_s }
          : { kind: 'tension' as const, load_kN, yield_kN };
      instrument.obey({ command: 'press', specimen });
    },
    // An instrument that somebody plugged in has no socket for an extensometer.
    unclip: () => undefined,
    pull: () => instrument.obey({ command: 'pull' }),
    plug: () => instrument.obey({ command: 'plug' }),
    onEnd: (handler) => instrument.on(({ event }) => isEnd(event) && handler()),
  };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(condition: () => boolean, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(50)) if (condition()) return true;
  return false;
}
