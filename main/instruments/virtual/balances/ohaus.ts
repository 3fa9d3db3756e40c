// An OHAUS balance: printed lines with `?` while the reading is not stable. `SP` waits for a stable one, `IP` does not.
import { NOTHING, textPiece } from '../device.ts';
import type { Piece } from '../device.ts';
import { Lines } from '../digits.ts';
import { Beat, Scale } from '../scale.ts';

const STREAM_PER_S = 5;

export class OhausBalance extends Scale {
  readonly #lines = new Lines();
  readonly #beat = new Beat(STREAM_PER_S);
  #streaming = false;
  #waiting = false;

  hear(bytes: Uint8Array): Piece[] {
    return this.#lines.take(bytes).flatMap((line) => this.#obey(line.trim()));
  }

  print(): Piece[] {
    return [this.#now()];
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

  #obey(command: string): Piece[] {
    if (command === 'P' || command === 'IP') return [this.#now()];
    if (command === 'SP') {
      this.#waiting = true;
      return this.speak(0);
    }
    if (command === 'CP') this.#streaming = true;
    else if (command === '0P') this.#streaming = false;
    else if (command === 'T' || command === 'Z') this.settling.tare();
    else return [textPiece('ES\r\n', { value: null, unit: '', state: 'error' })];
    return NOTHING;
  }

  #now(): Piece {
    const condition = this.condition;
    if (condition) return textPiece(`${condition.state === 'overload' ? 'Err 8.3' : 'Err 8.4'}\r\n`, condition);
    const { text, stable } = this.settling;
    return textPiece(`${text.padStart(11)} ${this.unit.padStart(5)} ${stable ? ' ' : '?'}   \r\n`, this.flagged);
  }
}
