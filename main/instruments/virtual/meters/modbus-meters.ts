// Meters on a Modbus bus: quantities that wander a little around what was set, written into the registers that the
// description of each slave names.
import { NOTHING } from '../device.ts';
import type { Device, Meant, Piece } from '../device.ts';
import { countOf, countText } from '../digits.ts';
import { ModbusBus, registersOf, SlaveRegisters } from '../modbus-slave.ts';
import type { Answered, RegisterKind, WireOrder } from '../modbus-slave.ts';

export interface MeterValue {
  channel: string;
  unit: string;
  bank: 'holding' | 'input';
  register: number;
  kind: RegisterKind;
  order: WireOrder;
  /** Decimals that the register leaves out; a float has its point itself. */
  decimals: number;
  /** What it shows at the beginning, and how far it wanders. */
  value: string;
  wander: number;
}

export interface SlaveDescription {
  address: number;
  values: readonly MeterValue[];
  /** Registers with the serial number, where it has them. */
  serialRegister?: number | undefined;
  serial: number;
}

/** What a broken sensor shows. */
const BROKEN = 0x7fff;
/** A pause in the telegrams; the wire's own is 4 ms, a busy computer's is longer. */
const PAUSE_S = 0.5;

interface Quantity {
  slave: SlaveRegisters;
  value: MeterValue;
  centre: number;
  away: number;
  count: number;
}

export class ModbusMeters implements Device {
  readonly bus: ModbusBus;
  readonly #random: () => number;
  readonly #descriptions: readonly SlaveDescription[];
  readonly #quantities: Quantity[];
  #quiet_s = 0;
  #drift = 0;
  #isBroken = false;

  constructor(options: { slaves: readonly SlaveDescription[] }, random: () => number) {
    this.#random = random;
    this.#descriptions = options.slaves;
    const slaves = options.slaves.map(({ address }) => new SlaveRegisters(address));
    this.bus = new ModbusBus(slaves);
    this.#quantities = options.slaves.flatMap(({ values }, at) =>
      values.map((value) => ({
        slave: slaves[at] as SlaveRegisters,
        value,
        centre: Number(value.value),
        away: 0,
        count: 0,
      })),
    );
    for (const [at, { serial }] of options.slaves.entries()) this.#writeSerial(at, serial);
    this.#write();
  }

  step(dt_s: number): Piece[] {
    this.#quiet_s += dt_s;
    if (this.#quiet_s > PAUSE_S) this.bus.pause();
    for (const quantity of this.#quantities) {
      quantity.centre += this.#drift * dt_s;
      quantity.away += -quantity.away * 0.1 * dt_s + (this.#random() - 0.5) * quantity.value.wander * Math.sqrt(dt_s);
    }
    this.#write();
    return NOTHING;
  }

  hear(bytes: Uint8Array): Piece[] {
    this.#quiet_s = 0;
    return this.bus.hear(bytes).map((answer) => ({ bytes: answer.bytes, meant: this.#meant(answer) }));
  }

  restart(): Piece[] {
    this.bus.pause();
    return NOTHING;
  }

  put(value: string, channel?: string): void {
    const wanted = this.#quantities.filter((each) => channel === undefined || each.value.channel === channel);
    for (const quantity of wanted.slice(0, 1)) {
      quantity.centre = Number(value);
      quantity.away = 0;
    }
    this.#write();
  }

  overload(on: boolean): void {
    this.#isBroken = on;
    this.#write();
  }

  drift(perSecond: number): void {
    this.#drift = perSecond;
  }

  swap(identity: string): void {
    this.#writeSerial(0, Number(identity.replace(/\D/g, '')) || 1);
  }

  #writeSerial(at: number, serial: number): void {
    const register = this.#descriptions[at]?.serialRegister;
    if (register !== undefined) this.bus.slaves[at]?.set('holding', register, [serial >>> 16, serial & 0xffff, 0]);
  }

  #write(): void {
    for (const quantity of this.#quantities) {
      const { bank, register, kind, order, decimals } = quantity.value;
      quantity.count = countOf(quantity.centre + quantity.away, decimals);
      // A float is what its text says, so that both ends speak of the same decimal.
      const number = kind === 'float32' ? Number(countText(quantity.count, decimals)) : quantity.count;
      const isWord = kind === 'int16' || kind === 'uint16';
      const shown = this.#isBroken ? (isWord ? BROKEN : 0x7fff_ffff) : number;
      quantity.slave.set(bank, register, registersOf(shown, kind, order));
    }
  }

  #meant({ slave, read }: Answered): Meant[] {
    if (!read) return [];
    const own = this.#quantities.filter(
      ({ slave: { address }, value }) =>
        address === slave &&
        value.bank === read.bank &&
        value.register >= read.register &&
        value.register < read.register + read.count,
    );
    if (this.#isBroken) return own.map(({ value }) => ({ value: null, unit: value.unit, state: 'error' }));
    return own.map(({ value, count }) => {
      const text = countText(count, value.decimals);
      // The shortest decimal of a float has no zeros at its end.
      return { value: value.kind === 'float32' ? text.replace(/\.?0+$/, '') : text, unit: value.unit };
    });
  }
}
