// Instruments that print one thing when the load has come to rest, or when somebody presses the key: the line of a
// Mettler Toledo balance for its printer, the label of a counting scale; and the rows of a logger on an A&D balance.
import { NOTHING, textPiece } from '../device.ts';
import type { Piece } from '../device.ts';
import { Beat, Scale, times } from '../scale.ts';

const LOG_PER_S = 10;

export abstract class PrintingScale extends Scale {
  #isDue = false;

  override put(value: string): void {
    super.put(value);
    this.#isDue = true;
  }

  print(): Piece[] {
    return this.settling.stable ? [this.line()] : NOTHING;
  }

  override restart(): Piece[] {
    this.#isDue = false;
    return super.restart();
  }

  protected abstract line(): Piece;

  protected override speak(): Piece[] {
    if (!this.#isDue || !this.settling.stable) return NOTHING;
    this.#isDue = false;
    return [this.line()];
  }
}

export class MettlerPrinter extends PrintingScale {
  protected override line(): Piece {
    return textPiece(`     N ${this.settling.text.padStart(12)} ${this.unit}\r\n`, this.reading);
  }
}

const signed = (text: string): string => {
  const sign = text.startsWith('-') ? '-' : '+';
  return `${sign}${text.replace('-', '').padStart(7)}`;
};

/** Net, tare and gross, three lines. */
export class LabelScale extends PrintingScale {
  protected override line(): Piece {
    const { text, tareText, gross } = this.settling;
    const rows = [
      ['N', text],
      ['T', tareText],
      ['G', gross],
    ].map(([letter, weight]) => `${letter}.W. : ${signed(weight as string)} ${this.unit}\r\n`);
    return textPiece(rows.join(''), this.reading);
  }
}

/** `t_ms,ST,11.5598`, ten rows a second. */
export class LoggedBalance extends Scale {
  readonly #beat = new Beat(LOG_PER_S);
  #row = 0;

  override restart(): Piece[] {
    this.#row = 0;
    return super.restart();
  }

  protected override speak(dt_s: number): Piece[] {
    return times(this.#beat.take(dt_s), () => this.#next());
  }

  #next(): Piece {
    this.#row += 1;
    const time = this.#row * (1000 / LOG_PER_S);
    const condition = this.condition;
    if (condition) return textPiece(`${time},OL,${condition.state === 'underload' ? '-1' : ''}\n`, condition);
    const { text, stable } = this.settling;
    return textPiece(`${time},${stable ? 'ST' : 'US'},${text}\n`, this.flagged);
  }
}
