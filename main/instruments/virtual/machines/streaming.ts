// Controllers that stream: 肯特 new LCD (after ten A5), LCD, AD board and digital display; lines of columns; and a machine
// of no known make, for the frame profile that a lab writes itself.
import { bytesPiece, NOTHING, textPiece } from '../device.ts';
import type { Piece } from '../device.ts';
import { countOf, countText, packed, Requests, sumOf } from '../digits.ts';
import { TestingMachine } from './machine.ts';
import type { MachineOptions } from './machine.ts';

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);

/** Fifteen bytes F0 … 0F: sign and decimals in byte 2, BCD in bytes 3 to 5. */
export class KentNew extends TestingMachine {
  readonly #requests = new Requests([Array.from({ length: 10 }, () => 0xa5)]);
  readonly #decimals: number;
  #streaming = false;

  constructor(options: MachineOptions & { decimals: number }) {
    super(options);
    this.#decimals = options.decimals;
  }

  hear(bytes: Uint8Array): Piece[] {
    if (this.#requests.take(bytes).length > 0) this.#streaming = true;
    return NOTHING;
  }

  override restart(): Piece[] {
    this.#streaming = false;
    return super.restart();
  }

  protected override speak(): Piece[] {
    if (!this.#streaming) return NOTHING;
    const count = this.shown(this.#decimals, true);
    const layout = (count < 0 ? 0x10 : 0) | this.#decimals;
    return [
      bytesPiece([0xf0, 0, layout, ...packed(count, 3), ...zeros(8), 0x0f], ...this.meant(count, this.#decimals)),
    ];
  }
}

/** Eleven bytes F0 … 0F, BCD in bytes 4 to 6; the decimals are the site's. */
export class KentLcd extends TestingMachine {
  readonly #decimals: number;

  constructor(options: MachineOptions & { decimals: number }) {
    super(options);
    this.#decimals = options.decimals;
  }

  protected override speak(): Piece[] {
    const count = this.shown(this.#decimals, false);
    return [
      bytesPiece([0xf0, ...zeros(3), ...packed(count, 3), ...zeros(3), 0x0f], ...this.meant(count, this.#decimals)),
    ];
  }
}

const FULL_COUNT_BITS = 16;

/** The raw count of the AD board: 65536 counts are the span. */
export class KentAd extends TestingMachine {
  readonly #span: bigint;

  constructor(options: MachineOptions & { span_kN: number }) {
    super(options);
    this.#span = BigInt(options.span_kN);
  }

  protected override speak(): Piece[] {
    const load = this.shown(3, false) / 1000;
    const count = Math.round((load * 2 ** FULL_COUNT_BITS) / Number(this.#span));
    const frame = [0xf0, ...zeros(3), ...packed(count, 3), ...zeros(3), 0x0f];
    return [bytesPiece(frame, ...this.meant(count, 0, this.#text(count)))];
  }

  /** count × span / 65536, exactly: sixteen halvings are sixteen decimals. */
  #text(count: number): string {
    const digits = (BigInt(count) * this.#span * 5n ** BigInt(FULL_COUNT_BITS))
      .toString()
      .padStart(FULL_COUNT_BITS + 1, '0');
    const point = digits.length - FULL_COUNT_BITS;
    return `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/\.?0+$/, '');
  }
}

/** From F0 to F0: BCD in bytes 1 to 3 in 0.1 kN. */
export class KentLed extends TestingMachine {
  readonly #length: number;

  constructor(options: MachineOptions & { frameLength: number }) {
    super(options);
    this.#length = options.frameLength;
  }

  protected override speak(): Piece[] {
    const count = this.shown(1, false);
    return [bytesPiece([0xf0, ...packed(count, 3), ...zeros(this.#length - 4)], ...this.meant(count, 1))];
  }
}

/** `seq,elapsed_s,load_kN,displacement_mm` CR LF. */
export class LineMachine extends TestingMachine {
  #seq = 0;

  override restart(): Piece[] {
    this.#seq = 0;
    return super.restart();
  }

  protected override speak(dt_s: number): Piece[] {
    this.#seq += 1;
    const count = this.shown(1, true);
    const time = countText(countOf(this.#seq * dt_s, 3), 3);
    const displacement = countText(countOf(this.displacement_mm, 3), 3);
    return [textPiece(`${this.#seq},${time},${countText(count, 1)},${displacement}\r\n`, ...this.meant(count, 1))];
  }
}

/** AA 55, sign, four bytes of BCD in 0.01 kN, state, sum, 0D. */
export class FrameMachine extends TestingMachine {
  protected override speak(): Piece[] {
    const count = this.shown(2, true);
    const body = [count < 0 ? 0x2d : 0x2b, ...packed(count, 4), this.isOver ? 0x80 : 0x00];
    return [bytesPiece([0xaa, 0x55, ...body, sumOf(body) & 0xff, 0x0d], ...this.meant(count, 2))];
  }
}
