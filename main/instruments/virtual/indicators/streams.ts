// Weighing indicators that send without pause: what differs between them is how a frame is written.
import { bytesPiece, textPiece } from '../device.ts';
import type { Meant, Piece } from '../device.ts';
import { sumOf } from '../digits.ts';
import { Beat, Scale, times } from '../scale.ts';
import type { ScaleOptions } from '../scale.ts';

const STX = 0x02;
const ETX = 0x03;
const CR = 0x0d;

export abstract class Indicator extends Scale {
  readonly #beat: Beat;

  constructor(options: ScaleOptions & { perSecond: number }, random: () => number) {
    super(options, random);
    this.#beat = new Beat(options.perSecond);
  }

  /** Whether a frame can say that the load is beyond the capacity; without that word nothing is sent meanwhile. */
  protected get saysOverload(): boolean {
    return false;
  }

  protected override speak(dt_s: number): Piece[] {
    const due = this.#beat.take(dt_s);
    return this.condition && !this.saysOverload ? [] : times(due, () => this.frame());
  }

  protected abstract frame(): Piece;
}

const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];
/** Half a byte as the indicator writes it: 0-9 from 30h, 10-15 from 41h. */
const hexDigit = (half: number): number => (half <= 9 ? half + 0x30 : half + 0x37);

/** XK3190-A9, tF=0: no word about motion or overload is in the frame. */
export class A9Indicator extends Indicator {
  protected override frame(): Piece {
    const { count, decimals } = this.settling;
    const digits = String(Math.abs(count)).padStart(6, '0').slice(-6);
    const body = [count < 0 ? 0x2d : 0x2b, ...ascii(digits), 0x30 + decimals];
    const check = body.reduce((value, byte) => value ^ byte, 0);
    const frame = [STX, ...body, hexDigit(check >>> 4), hexDigit(check & 0x0f), ETX];
    return bytesPiece(frame, this.reading);
  }
}

/** The `=` format: seven characters between the signs, least significant first, minus at the very end. */
export class EqualsIndicator extends Indicator {
  protected override frame(): Piece {
    const text = this.settling.text;
    const isNegative = text.startsWith('-');
    const digits = text.replace('-', '').padStart(isNegative ? 6 : 7, '0');
    const shown = isNegative ? `-${digits}` : digits;
    return textPiece(`=${Array.from(shown).toReversed().join('')}`, this.reading);
  }
}

/** XK3190-A12(E): `ww000.000kg`, or `wn` when a tare is on. */
export class A12Indicator extends Indicator {
  protected override frame(): Piece {
    const { text, count, tareText } = this.settling;
    const isNet = Number(tareText) !== 0;
    const digits = text.replace('-', '').padStart(count < 0 ? 6 : 7, '0');
    const line = `w${isNet ? 'n' : 'w'}${count < 0 ? '-' : ''}${digits}${this.unit}\r\n`;
    return textPiece(line, this.reading);
  }
}

/** Keli, Jinzhong, PT650: 18 bytes with state, gross or net, sign, value, unit. */
export class KeliIndicator extends Indicator {
  protected override get saysOverload(): boolean {
    return true;
  }

  protected override frame(): Piece {
    const { text, count, stable, tareText } = this.settling;
    const mode = Number(tareText) === 0 ? 'GS' : 'NT';
    const condition = this.condition;
    const body = `${count < 0 ? '-' : '+'}${text.replace('-', '').padStart(7)} ${this.unit}`;
    if (condition) {
      const sign = condition.state === 'overload' ? '+' : '-';
      return textPiece(`OL,${mode},${sign}        ${this.unit}\r\n`, condition);
    }
    return textPiece(`${stable ? 'ST' : 'US'},${mode},${body}\r\n`, this.flagged);
  }
}

/** Toledo continuous: three status bytes, six digits of weight, six of tare, CR, and the check where it is switched on. */
export class ToledoIndicator extends Indicator {
  readonly #hasCheck: boolean;

  protected override get saysOverload(): boolean {
    return true;
  }

  constructor(options: ScaleOptions & { perSecond: number; checksum: boolean }, random: () => number) {
    super(options, random);
    this.#hasCheck = options.checksum;
  }

  protected override frame(): Piece {
    const { count, stable, decimals, tareText } = this.settling;
    const condition = this.condition;
    const tare = tareText.replace(/[-.]/g, '').padStart(6, '0');
    const isKilogram = this.unit === 'kg';
    const negative = condition ? condition.state === 'underload' : count < 0;
    const statusB =
      0x20 |
      (Number(tareText) === 0 ? 0 : 0x01) |
      (negative ? 0x02 : 0) |
      (condition ? 0x04 : 0) |
      (stable || condition ? 0 : 0x08) |
      (isKilogram ? 0x10 : 0);
    const statusC = 0x20 | (this.unit === 'g' ? 1 : this.unit === 't' ? 2 : 0);
    const weight = String(Math.abs(count)).padStart(6, ' ').slice(-6);
    const frame = [STX, 0x20 | (decimals + 2), statusB, statusC, ...ascii(weight), ...ascii(tare), CR];
    // Two's complement of the low seven bits of the sum.
    if (this.#hasCheck) frame.push(-sumOf(frame) & 0x7f);
    const meant: Meant = condition ?? this.flagged;
    return bytesPiece(frame, meant);
  }
}
