// A balance that speaks MT-SICS levels 0 and 1: `S` waits until the reading is stable, `SI` answers at once, `SIR`
// streams, and the serial number comes unasked when it is switched on.
import { NOTHING, textPiece } from '../device.ts';
import type { Meant, Piece } from '../device.ts';
import { Lines } from '../digits.ts';
import { Beat, Scale } from '../scale.ts';
import type { ScaleOptions } from '../scale.ts';

const WIDTH = 10;
const STREAM_PER_S = 15;
/** It gives up waiting for a stable reading after this time. */
const PATIENCE_S = 4;

export class MtSicsBalance extends Scale {
  readonly #lines = new Lines();
  readonly #beat = new Beat(STREAM_PER_S);
  readonly #isSilentOnOverload: boolean;
  #waiting: { command: 'S' | 'Z' | 'T'; left_s: number } | null = null;
  #streaming = false;

  constructor(options: ScaleOptions & { silentOnOverload: boolean }, random: () => number) {
    super(options, random);
    this.#isSilentOnOverload = options.silentOnOverload;
  }

  override restart(): Piece[] {
    super.restart();
    this.#waiting = null;
    this.#streaming = false;
    return [textPiece(`I4 A "${this.serial}"\r\n`)];
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#lines.take(bytes).flatMap((line) => this.#obey(line.trim()));
  }

  protected override speak(dt_s: number): Piece[] {
    const pieces = this.#settle(dt_s);
    if (!this.#streaming) return pieces;
    for (let left = this.#beat.take(dt_s); left > 0; left -= 1) pieces.push(this.#now('S'));
    return pieces;
  }

  #obey(command: string): Piece[] {
    if (['S', 'SI', '@'].includes(command)) this.#streaming = false;
    if (command === 'S' || command === 'Z' || command === 'T') {
      this.#waiting = { command, left_s: PATIENCE_S };
      return this.#settle(0);
    }
    if (command === 'SI') return [this.#now('S')];
    if (command === 'SIR') this.#streaming = true;
    else if (command === '@') return this.restart();
    else if (command === 'I4') return [textPiece(`I4 A "${this.serial}"\r\n`)];
    else if (command === 'I2') return [textPiece(`I2 A "${this.model}"\r\n`)];
    else return [textPiece('ES\r\n', { value: null, unit: '', state: 'error' })];
    return NOTHING;
  }

  /** The answer that waits for a stable reading, when it may go. */
  #settle(dt_s: number): Piece[] {
    const waiting = this.#waiting;
    if (!waiting) return [];
    const condition = this.condition;
    if (condition && this.#isSilentOnOverload) return [];
    waiting.left_s -= dt_s;
    if (!condition && !this.settling.stable && waiting.left_s > 0) return [];
    this.#waiting = null;
    if (condition || waiting.command === 'S') return [this.#now(waiting.command, true)];
    if (!this.settling.stable) return [this.#busy(waiting.command)];
    const tare = this.settling.tare();
    return [textPiece(waiting.command === 'Z' ? 'Z A\r\n' : `T S ${tare.padStart(WIDTH)} ${this.unit}\r\n`)];
  }

  #now(id: string, onlyStable = false): Piece {
    const condition = this.condition;
    if (condition) return textPiece(`${id} ${condition.state === 'overload' ? '+' : '-'}\r\n`, condition);
    const { stable, text } = this.settling;
    if (onlyStable && !stable) return this.#busy(id);
    const meant: Meant = this.flagged;
    return textPiece(`S ${stable ? 'S' : 'D'} ${text.padStart(WIDTH)} ${this.unit}\r\n`, meant);
  }

  #busy(id: string): Piece {
    return textPiece(`${id} I\r\n`, { value: null, unit: '', state: 'busy' });
  }
}
