// Controllers that are asked for every reading: 欧凯/晨鑫 pressure and universal, 威海, 建仪.
import { bytesPiece, textPiece } from '../device.ts';
import type { Piece, Specimen } from '../device.ts';
import { bigEndian, countText, littleEndian, Requests, sumOf } from '../digits.ts';
import { AskedMachine } from './machine.ts';
import type { MachineOptions } from './machine.ts';

/** Eleven bytes from A5, the load in bytes 7 to 9 in 0.01 kN. */
export class OkePressure extends AskedMachine {
  readonly #requests = new Requests([[0xa5, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0x5a]]);

  hear(bytes: Uint8Array): Piece[] {
    return this.#requests.take(bytes).map(() => {
      const count = this.shown(2, false);
      return bytesPiece([0xa5, 0, 0, 0, 0, 4, 0, ...bigEndian(count, 3), 0x5a], ...this.meant(count, 2));
    });
  }
}

const okeFrame = (code: number, data: readonly number[]): number[] => {
  const frame = [0xfd, 0x07, code, 0, ...data];
  return [...frame, sumOf(frame) & 0xff];
};
const LOAD = 0x11;
const okeCodes = [LOAD, 0xd0, 0xd2, 0xe0, 0xe2];
const READY = 0x55;

/** Nine bytes from FD; it finds upper and lower yield itself and says them in N. */
export class OkeUniversal extends AskedMachine {
  readonly #requests = new Requests(okeCodes.map((code) => okeFrame(code, [0, 0, 0, 0])));
  #yield: { upper: number; lower: number } | null = null;
  #bar: Extract<Specimen, { kind: 'tension' }> | null = null;
  #highest = 0;

  override press(specimen: Specimen): void {
    if (this.busy) return;
    this.#yield = null;
    this.#bar = specimen.kind === 'tension' ? specimen : null;
    this.#highest = 0;
    super.press(specimen);
  }

  override step(dt_s: number): Piece[] {
    const pieces = super.step(dt_s);
    const load = this.shown(3, false) / 1000;
    this.#highest = Math.max(this.#highest, load);
    // Its own eye for the yield: the force fell behind an earlier maximum and went on rising.
    if (this.#bar && !this.#yield && load > this.#bar.yield_kN * 1.08) {
      this.#yield = { upper: Math.round(this.#bar.yield_kN * 1035), lower: Math.round(this.#bar.yield_kN * 1000) };
    }
    return pieces;
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#requests.take(bytes).map((index) => this.#reply(okeCodes[index] as number));
  }

  #reply(code: number): Piece {
    if (code === LOAD) {
      const count = this.shown(3, false);
      return bytesPiece(okeFrame(code, [...littleEndian(count, 3), 0]), ...this.meant(count, 3));
    }
    if (code === 0xd0 || code === 0xe0) return bytesPiece(okeFrame(code, [this.#yield ? READY : 0, 0, 0, 0]));
    const newtons = code === 0xd2 ? (this.#yield?.upper ?? 0) : (this.#yield?.lower ?? 0);
    const float = Buffer.alloc(4);
    float.writeFloatLE(newtons);
    return bytesPiece(okeFrame(code, [...float]));
  }
}

/** `F` and seven characters, then `$`. */
export class Weihai extends AskedMachine {
  readonly #requests = new Requests([[0x46]]);

  hear(bytes: Uint8Array): Piece[] {
    return this.#requests.take(bytes).map(() => {
      const count = this.shown(2, true);
      return textPiece(`F${countText(count, 2).padStart(7)}$`, ...this.meant(count, 2));
    });
  }
}

/** First byte 1, sixth 4, load in bytes 6 and 7 in 0.1 kN. */
export class Jianyi extends AskedMachine {
  readonly #requests = new Requests([[0x01, 0x03, 0x00, 0x11, 0x00, 0x02, 0x01, 0x16]]);
  readonly #length: number;

  constructor(options: MachineOptions & { replyLength: number }) {
    super(options);
    this.#length = options.replyLength;
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#requests.take(bytes).map(() => {
      const count = this.shown(1, false);
      const rest = Array.from({ length: this.#length - 8 }, () => 0);
      return bytesPiece([0x01, 0x03, 0, 0, 0, 4, ...bigEndian(count, 2), ...rest], ...this.meant(count, 1));
    });
  }
}
