// Modbus RTU slaves on one bus, as registers and nothing else: what a request asks is answered byte for byte or with an
// exception; a request with a wrong CRC, or for another address, is met with silence. Written from the description of the
// protocol alone.
import { bigEndian, modbusCrc } from './digits.ts';

export type RegisterKind = 'int16' | 'uint16' | 'int32' | 'uint32' | 'float32';
export type WireOrder = 'ABCD' | 'CDAB' | 'BADC' | 'DCBA';

/** Registers that a number of this kind takes, in the order in which they stand on the wire. */
export function registersOf(value: number, kind: RegisterKind, order: WireOrder = 'ABCD'): number[] {
  if (kind === 'int16' || kind === 'uint16') return [value & 0xffff];
  const bytes = Buffer.alloc(4);
  if (kind === 'float32') bytes.writeFloatBE(value);
  else bytes.set(bigEndian(value, 4));
  const wire = Array.from(order, (letter) => bytes['ABCD'.indexOf(letter)] as number);
  return [(wire[0] as number) * 256 + (wire[1] as number), (wire[2] as number) * 256 + (wire[3] as number)];
}

export class SlaveRegisters {
  readonly address: number;
  readonly holding = new Map<number, number>();
  readonly input = new Map<number, number>();
  /** A slave that is there and cannot answer now. */
  busy = false;
  /** Taken off the bus: no answer at all. */
  absent = false;

  constructor(address: number) {
    this.address = address;
  }

  set(bank: 'holding' | 'input', register: number, values: readonly number[]): void {
    for (const [at, value] of values.entries()) this[bank].set(register + at, value & 0xffff);
  }
}

const READ_HOLDING = 3;
const READ_INPUT = 4;
const WRITE_ONE = 6;
const WRITE_MANY = 16;
const [ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, BUSY] = [1, 2, 3, 6] as const;
const MOST_READ = 125;
const MOST_WRITTEN = 123;
const LONGEST = 256;

export interface Answered {
  slave: number;
  function: number;
  bytes: Uint8Array;
  /** Set for a read that was answered with registers. */
  read: { bank: 'holding' | 'input'; register: number; count: number } | null;
}

export class ModbusBus {
  readonly slaves: readonly SlaveRegisters[];
  #held: number[] = [];

  constructor(slaves: readonly SlaveRegisters[]) {
    this.slaves = slaves;
  }

  /** The pause between telegrams: what was heard before belongs to no telegram that comes now. */
  pause(): void {
    this.#held = [];
  }

  /** A telegram may come in pieces; one without a right CRC is no telegram. */
  hear(bytes: Uint8Array): Answered[] {
    const answers: Answered[] = [];
    for (const byte of bytes) {
      this.#held.push(byte);
      if (this.#held.length > LONGEST) this.#held.shift();
      const request = this.#whole();
      if (!request) continue;
      this.#held = [];
      const answer = this.#answer(request);
      if (answer) answers.push(answer);
    }
    return answers;
  }

  /** The held bytes up to here as a telegram with a right CRC. */
  #whole(): number[] | null {
    const held = this.#held;
    for (let from = 0; held.length - from >= 4; from += 1) {
      const telegram = held.slice(from);
      const length = telegram[1] === WRITE_MANY ? (telegram[6] ?? LONGEST) + 9 : 8;
      if (telegram.length !== length) continue;
      const [low, high] = modbusCrc(telegram.slice(0, -2));
      if (telegram.at(-2) === low && telegram.at(-1) === high) return telegram;
    }
    return null;
  }

  #answer(request: readonly number[]): Answered | null {
    const [address = 0, code = 0] = request;
    const slave = this.slaves.find((each) => each.address === address && !each.absent);
    if (!slave) return null;
    const word = (at: number): number => (request[at] as number) * 256 + (request[at + 1] as number);
    const reply = (body: number[], read: Answered['read'] = null): Answered => {
      const frame = [address, ...body];
      return { slave: address, function: code, bytes: Uint8Array.from([...frame, ...modbusCrc(frame)]), read };
    };
    const refuse = (exception: number): Answered => reply([code | 0x80, exception]);
    if (slave.busy) return refuse(BUSY);
    const register = word(2);
    if (code === READ_HOLDING || code === READ_INPUT) {
      const bank = code === READ_HOLDING ? 'holding' : 'input';
      const count = word(4);
      if (count < 1 || count > MOST_READ) return refuse(ILLEGAL_VALUE);
      const values = Array.from({ length: count }, (_, at) => slave[bank].get(register + at));
      if (values.includes(undefined)) return refuse(ILLEGAL_ADDRESS);
      const data = values.flatMap((value) => bigEndian(value as number, 2));
      return reply([code, data.length, ...data], { bank, register, count });
    }
    if (code === WRITE_ONE) {
      if (!slave.holding.has(register)) return refuse(ILLEGAL_ADDRESS);
      slave.holding.set(register, word(4));
      return reply(request.slice(1, 6));
    }
    if (code === WRITE_MANY) {
      const count = word(4);
      if (count < 1 || count > MOST_WRITTEN || request[6] !== count * 2) return refuse(ILLEGAL_VALUE);
      const registers = Array.from({ length: count }, (_, at) => register + at);
      if (!registers.every((each) => slave.holding.has(each))) return refuse(ILLEGAL_ADDRESS);
      for (const [at, each] of registers.entries()) slave.holding.set(each, word(7 + at * 2));
      return reply(request.slice(1, 6));
    }
    return refuse(ILLEGAL_FUNCTION);
  }
}
