// Starts virtual machines and instruments, and gives the path to open and the levers to pull.
import { fileURLToPath } from 'node:url';
import { startProcess } from './fork.ts';
import type { Started } from './fork.ts';
import { driverOf, kindOf } from './kinds.ts';
import type { KindId } from './kinds.ts';
import type { MachineCommand, MachineEvent, MachineOptionsInput } from './options.ts';
import { instrumentOptionsSchema, titleOf } from './simulator.ts';
import type { FaultInput, InstrumentCommand, InstrumentEvent, InstrumentOptionsInput } from './simulator.ts';

export { virtualMachineProfile, virtualPullingProfile } from './options.ts';
export type { MachineEvent, MachineFault, MachineOptionsInput } from './options.ts';
export { kindIds, kindOf } from './kinds.ts';
export type { Kind, KindId } from './kinds.ts';
export { faultKinds, faultSchema, instrumentOptionsSchema, titleOf } from './simulator.ts';
export type { FaultInput, FaultKind, InstrumentEvent, InstrumentOptionsInput } from './simulator.ts';
export type { Specimen } from './device.ts';

export interface VirtualMachine {
  /** Serial path or `tcp://127.0.0.1:port`. */
  readonly path: string;
  readonly pid: number;
  readonly control: {
    /** The next specimen of the row, or one of the given strength. Ignored while one is under load. */
    next(strength_MPa?: number, rate_MPa_per_s?: number): void;
    /** A bar that yields and breaks at these forces, with a yield point or `smooth`, with or without an extensometer. */
    pullBar(bar: Omit<Extract<MachineCommand, { command: 'bar' }>, 'command'>): void;
    /** The extensometer comes off. */
    unclip(): void;
    pull(): void;
    plug(): void;
    fault(fault: Extract<MachineCommand, { command: 'fault' }>['fault']): void;
  };
  on(handler: (event: MachineEvent) => void): () => void;
  stop(): Promise<void>;
}

export async function startVirtualMachine(
  options: MachineOptionsInput = {},
  entry = fileURLToPath(new URL('./compression-machine.ts', import.meta.url)),
): Promise<VirtualMachine> {
  const { send, ...started } = await startProcess<MachineCommand, MachineEvent>(entry, options, '虚拟试验机');
  return {
    ...started,
    control: {
      next: (strength_MPa, rate_MPa_per_s) =>
        send({
          command: 'next',
          ...(strength_MPa === undefined ? {} : { strength_MPa }),
          ...(rate_MPa_per_s === undefined ? {} : { rate_MPa_per_s }),
        }),
      pullBar: (bar) => send({ command: 'bar', ...bar }),
      unclip: () => send({ command: 'unclip' }),
      pull: () => send({ command: 'pull' }),
      plug: () => send({ command: 'plug' }),
      fault: (fault) => send({ command: 'fault', fault }),
    },
  };
}

/** A command as a person or a test writes it: what has a usual value may be left out. */
export type InstrumentOrder =
  | Exclude<InstrumentCommand, { command: 'fault' }>
  | { command: 'fault'; fault: FaultInput };

export interface VirtualInstrument extends Omit<Started<InstrumentOrder, InstrumentEvent>, 'send'> {
  readonly kind: KindId;
  readonly title: string;
  readonly driver: { id: string; profile?: unknown };
  readonly line: ReturnType<typeof kindOf>['line'];
  /** What cannot be done comes back as a `refused` event. */
  obey(order: InstrumentOrder): void;
}

/** Any kind of `kinds.ts`. */
export async function startVirtualInstrument(
  options: InstrumentOptionsInput,
  entry = fileURLToPath(new URL('./instrument-process.ts', import.meta.url)),
): Promise<VirtualInstrument> {
  const parsed = instrumentOptionsSchema.parse(options);
  const title = titleOf(parsed.kind);
  const { send, ...started } = await startProcess<InstrumentOrder, InstrumentEvent>(entry, parsed, title);
  return {
    ...started,
    kind: parsed.kind,
    title,
    driver: driverOf(parsed.kind, parsed),
    line: kindOf(parsed.kind).line,
    obey: (order) => send(order),
  };
}
