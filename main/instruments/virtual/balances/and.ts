// An A&D balance in the standard format: `S` is not answered at all while it is overloaded, and with the wrong parity
// it rejects every command in silence.
import { NOTHING, textPiece } from '../device.ts';
import type { Piece } from '../device.ts';
import { Lines } from '../digits.ts';
import { Beat, Scale } from '../scale.ts';
import type { ScaleOptions } from '../scale.ts';

const DIGITS = 8;
const STREAM_PER_S = 10;

export class AAndDBalance extends Scale {
  readonly #lines = new Lines();
  readonly #beat = new Beat(STREAM_PER_S);
  readonly #rightParity: boolean;
  #streaming = false;
  #waiting = false;

  constructor(options: ScaleOptions & { rightParity: boolean }, random: () => number) {
    super(options, random);
    this.#rightParity = options.rightParity;
  }

  override restart(): Piece[] {
    this.#streaming = this.#waiting = false;
    return super.restart();
  }

  hear(bytes: Uint8Array): Piece[] {
    if (!this.#rightParity) return NOTHING;
    return this.#lines.take(bytes).flatMap((line) => this.#obey(line.trim()));
  }

  protected override speak(dt_s: number): Piece[] {
    const pieces: Piece[] = [];
    if (this.#waiting && this.settling.stable) {
      this.#waiting = false;
      pieces.push(this.#now());
    }
    if (!this.#streaming) return pieces;
    for (let left = this.#beat.take(dt_s); left > 0; left -= 1) pieces.push(this.#now());
    return pieces;
  }

  #obey(command: string): Piece[] {
    switch (command) {
      case 'Q':
        return [this.#now()];
      case 'S':
        this.#waiting = true;
        return this.speak(0);
      case 'SI':
        return [this.#now()];
      case 'SIR':
        this.#streaming = true;
        return NOTHING;
      case 'C':
        this.#streaming = this.#waiting = false;
        return NOTHING;
      case 'Z':
      case 'R':
      case 'T':
        this.settling.tare();
        return NOTHING;
      case '?SN':
        return [textPiece(`SN,${this.serial}\r\n`)];
      case '?TN':
        return [textPiece(`TN,${this.model}\r\n`)];
      default:
        return [textPiece('EC,E01\r\n', { value: null, unit: '', state: 'error' })];
    }
  }

  #now(): Piece {
    const condition = this.condition;
    if (condition) return textPiece(`OL,${condition.state === 'overload' ? '+' : '-'}9999999E+19\r\n`, condition);
    const { text, count, stable } = this.settling;
    const digits = text.replace('-', '').padStart(DIGITS, '0');
    const unit = this.unit.padStart(3);
    return textPiece(`${stable ? 'ST' : 'US'},${count < 0 ? '-' : '+'}${digits}${unit}\r\n`, this.flagged);
  }
}
