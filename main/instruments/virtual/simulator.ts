// One virtual instrument at work: its device, the line with its faults, and the commands of whoever stands beside it. It
// has no clock of its own; the process and the tests move its time on.
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { mulberry32 } from './compression-model.ts';
import type { Device, DeviceNews, Meant, Piece } from './device.ts';
import type { Endpoint } from './endpoint.ts';
import { driverOf, kindIds, kindOf } from './kinds.ts';
import type { KindId } from './kinds.ts';
import { FaultyLine, lineFaults } from './line-faults.ts';

export const deviceFaults = ['overload', 'drift', 'swap', 'restart'] as const;
export const faultKinds = [...lineFaults, ...deviceFaults] as const;
export type FaultKind = (typeof faultKinds)[number];

const decimal = z.string().regex(/^-?\d{1,9}(\.\d{1,9})?$/);

export const instrumentOptionsSchema = z.strictObject({
  kind: z.enum(kindIds),
  endpoint: z.enum(['auto', 'pty', 'tcp']).default('auto'),
  seed: z.int().min(0).default(1),
  /** Device time runs so many times faster than the clock on the wall. */
  speed: z.number().min(1).max(50).default(1),
  load: decimal.optional(),
  serial: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,24}$/)
    .optional(),
  range_kN: z.number().positive().max(9000).optional(),
  variant: z.string().max(40).optional(),
  /** Tells of every frame what it meant. */
  report: z.boolean().default(false),
});
export type InstrumentOptions = z.output<typeof instrumentOptionsSchema>;
export type InstrumentOptionsInput = z.input<typeof instrumentOptionsSchema>;

export const faultSchema = z.strictObject({
  kind: z.enum(faultKinds),
  /** Device seconds; a `cut` cable comes back after it. */
  lasts_s: z.number().positive().max(3600).default(3),
  /** Drift, in the display's unit per second. */
  perSecond: z.number().default(0.05),
  /** Of the instrument that stands there after a swap. */
  identity: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,24}$/)
    .default('X200000002'),
});
export type FaultInput = z.input<typeof faultSchema>;

const specimenSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('compression'),
    load_kN: z.number().positive(),
    rate_kN_s: z.number().positive().optional(),
  }),
  z.strictObject({ kind: z.literal('tension'), load_kN: z.number().positive(), yield_kN: z.number().positive() }),
]);

export const instrumentCommandSchema = z.discriminatedUnion('command', [
  z.strictObject({ command: z.literal('put'), value: decimal, channel: z.string().optional() }),
  z.strictObject({ command: z.literal('print') }),
  z.strictObject({ command: z.literal('scan'), code: z.string().min(1).max(200) }),
  z.strictObject({ command: z.literal('press'), specimen: specimenSchema }),
  z.strictObject({ command: z.literal('pull') }),
  z.strictObject({ command: z.literal('plug') }),
  z.strictObject({ command: z.literal('fault'), fault: faultSchema }),
  z.strictObject({ command: z.literal('clear') }),
]);
export type InstrumentCommand = z.output<typeof instrumentCommandSchema>;

export type InstrumentEvent =
  | DeviceNews
  | { event: 'sent'; meant: readonly Meant[]; whole: boolean }
  | { event: 'pulled' }
  | { event: 'plugged' }
  | { event: 'fault'; kind: FaultKind }
  | { event: 'refused'; reason: string };

/** Switched off for so long when it is restarted. */
const OFF_S = 1.5;

export class Simulator {
  readonly #options: InstrumentOptions;
  readonly #device: Device;
  readonly #line: FaultyLine;
  readonly #endpoint: Endpoint;
  readonly #tell: (event: InstrumentEvent) => void;
  readonly #ends = new Map<'overload' | 'drift', number>();
  #off_s = 0;

  constructor(options: InstrumentOptions, endpoint: Endpoint, tell: (event: InstrumentEvent) => void) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#tell = tell;
    const kind = kindOf(options.kind);
    const random = mulberry32(options.seed);
    this.#device = kind.make(options, random, options.seed);
    this.#device.tell = (news) => tell(news);
    this.#line = new FaultyLine(endpoint, {
      random: mulberry32(options.seed ^ 0x5eed),
      proof: kind.proof,
      sent: ({ meant }, whole) => {
        if (options.report && meant && meant.length > 0) tell({ event: 'sent', meant, whole });
      },
      moved: (how) => tell({ event: how }),
    });
    endpoint.onData((bytes) => this.#hear(bytes));
  }

  get driver(): { id: string; profile?: unknown } {
    return driverOf(this.#options.kind, this.#options);
  }

  /** Device time goes on. */
  step(dt_s: number): void {
    this.#line.step(dt_s);
    for (const [fault, left_s] of this.#ends) {
      if (left_s > dt_s) this.#ends.set(fault, left_s - dt_s);
      else this.#end(fault);
    }
    if (this.#off_s > 0) {
      this.#off_s -= dt_s;
      if (this.#off_s > 0) return;
      this.#line.pass(this.#device.restart());
    }
    this.#line.pass(this.#device.step(dt_s));
  }

  /** Throws AppError for what this kind cannot do. */
  async obey(command: InstrumentCommand): Promise<void> {
    const device = this.#device;
    switch (command.command) {
      case 'put':
        return this.#able(device.put)?.call(device, command.value, command.channel);
      case 'print':
        return this.#line.pass(this.#able(device.print).call(device));
      case 'scan':
        return this.#line.pass(this.#able(device.scan).call(device, command.code));
      case 'press':
        return this.#able(device.press).call(device, command.specimen);
      case 'pull':
        await this.#endpoint.pull();
        return this.#tell({ event: 'pulled' });
      case 'plug':
        await this.#endpoint.plug();
        return this.#tell({ event: 'plugged' });
      case 'clear':
        this.#line.clear();
        for (const fault of this.#ends.keys()) this.#end(fault);
        return undefined;
      case 'fault':
        return this.#strike(command.fault);
    }
  }

  #strike(fault: z.output<typeof faultSchema>): void {
    const device = this.#device;
    const { kind, lasts_s } = fault;
    if (kind === 'overload') {
      this.#able(device.overload).call(device, true);
      this.#ends.set(kind, lasts_s);
    } else if (kind === 'drift') {
      this.#able(device.drift).call(device, fault.perSecond);
      this.#ends.set(kind, lasts_s);
    } else if (kind === 'swap') this.#able(device.swap).call(device, fault.identity);
    else if (kind === 'restart') this.#off_s = OFF_S;
    else {
      if (kind === 'parity' && kindOf(this.#options.kind).proof !== 'text') {
        throw refusal('这种仪器用 8 位数据，没有校验位的问题。');
      }
      this.#line.begin(kind, lasts_s);
    }
    this.#tell({ event: 'fault', kind });
  }

  #end(fault: 'overload' | 'drift'): void {
    this.#ends.delete(fault);
    if (fault === 'overload') this.#device.overload?.(false);
    else this.#device.drift?.(0);
  }

  #hear(bytes: Uint8Array): void {
    if (this.#off_s > 0 || this.#line.isDeaf) return;
    const pieces: Piece[] = this.#device.hear?.(bytes) ?? [];
    this.#line.pass(pieces);
  }

  #able<Lever>(lever: Lever | undefined): Lever {
    if (lever === undefined) throw refusal(`“${kindOf(this.#options.kind).title}”没有这个操作。`);
    return lever;
  }
}

export function refusal(message: string): AppError {
  return new AppError({
    code: 'instrument.virtual-unable',
    message,
    meaning: '什么也没有执行。',
    next: '请换一种操作，或换一种虚拟仪器。',
  });
}

export const titleOf = (kind: KindId): string => `虚拟${kindOf(kind).title}`;
