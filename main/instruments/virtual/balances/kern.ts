// A Kern balance of the old format: single letters without an end as commands, `O1` for the stream, two status
// characters behind the unit.
import { NOTHING, textPiece } from '../device.ts';
import type { Piece } from '../device.ts';
import { Beat, Scale } from '../scale.ts';

const STREAM_PER_S = 10;
const VALUE_WIDTH = 8;

export class KernBalance extends Scale {
  readonly #beat = new Beat(STREAM_PER_S);
  #held = '';
  #streaming = false;
  #waiting = false;

  hear(bytes: Uint8Array): Piece[] {
    const pieces: Piece[] = [];
    for (const letter of Buffer.from(bytes).toString('latin1')) {
      if (letter === '\r' || letter === '\n') {
        pieces.push(...this.#order(this.#held));
        this.#held = '';
      } else if (this.#held !== '' || letter === 'O') this.#held = `${this.#held}${letter}`.slice(0, 8);
      else if (letter === 'w') pieces.push(this.#now());
      else if (letter === 's') {
        this.#waiting = true;
        pieces.push(...this.speak(0));
      } else if (letter === 't') this.settling.tare();
    }
    return pieces;
  }

  override restart(): Piece[] {
    this.#streaming = this.#waiting = false;
    return super.restart();
  }

  protected override speak(dt_s: number): Piece[] {
    const pieces: Piece[] = [];
    if (this.#waiting && (this.settling.stable || this.condition)) {
      this.#waiting = false;
      pieces.push(this.#now());
    }
    const due = this.#beat.take(dt_s);
    return this.#streaming ? [...pieces, ...Array.from({ length: due }, () => this.#now())] : pieces;
  }

  #order(command: string): Piece[] {
    if (command === '') return NOTHING;
    if (command !== 'O1' && command !== 'O0') return [textPiece('E01\r\n', { value: null, unit: '', state: 'error' })];
    this.#streaming = command === 'O1';
    return [textPiece('A00\r\n')];
  }

  #now(): Piece {
    const condition = this.condition;
    if (condition) return textPiece('=Overload=\r\n', { value: null, unit: '', state: 'overload' });
    const { text, count, stable } = this.settling;
    const number = text.replace('-', '').padStart(VALUE_WIDTH);
    const unit = this.unit.toUpperCase().padStart(2);
    return textPiece(`${count < 0 ? '-' : '+'}${number}${unit} ${stable ? 'S' : 'U'}\r\n`, this.flagged);
  }
}
