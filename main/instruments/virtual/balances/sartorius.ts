// A Sartorius balance (SBI): 16 characters, or 22 with an identifier in front; the unit is blank while the reading is not
// stable. With auto-print on it prints by itself.
import { NOTHING, textPiece } from '../device.ts';
import type { Meant, Piece } from '../device.ts';
import { Lines } from '../digits.ts';
import { Beat, Scale } from '../scale.ts';
import type { ScaleOptions } from '../scale.ts';

const AUTO_PER_S = 2;

export class SartoriusBalance extends Scale {
  readonly #lines = new Lines();
  readonly #beat = new Beat(AUTO_PER_S);
  readonly #isLong: boolean;
  #auto: boolean;

  constructor(options: ScaleOptions & { identifier: boolean; autoPrint: boolean }, random: () => number) {
    super(options, random);
    this.#isLong = options.identifier;
    this.#auto = options.autoPrint;
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#lines.take(bytes).flatMap((line) => this.#obey(line));
  }

  print(): Piece[] {
    return [this.#now()];
  }

  protected override speak(dt_s: number): Piece[] {
    const due = this.#beat.take(dt_s);
    return this.#auto ? Array.from({ length: due }, () => this.#now()) : NOTHING;
  }

  #obey(line: string): Piece[] {
    if (!line.startsWith('\u001B')) return NOTHING;
    switch (line.slice(1).replace(/_$/, '')) {
      case 'P':
        return [this.#now()];
      case 'T':
      case 'U':
      case 'V':
        this.settling.tare();
        return NOTHING;
      case 'x1':
        return [textPiece(`${this.model.padStart(12)}  \r\n`)];
      case 'x2':
        return [textPiece(`${this.serial.padStart(12)}  \r\n`)];
      default:
        return NOTHING;
    }
  }

  #now(): Piece {
    const condition = this.condition;
    if (condition)
      return this.#line(condition.state === 'overload' ? '     High     ' : '     Low      ', condition, 'Stat');
    const { text, count, stable } = this.settling;
    const sign = count < 0 ? '-' : '+';
    const number = text.replace('-', '').padStart(9);
    const unit = stable ? this.unit.padEnd(3) : '   ';
    return this.#line(`${sign}${number} ${unit}`, { value: text, unit: stable ? this.unit : '', stable }, 'N');
  }

  #line(body: string, meant: Meant, identifier: string): Piece {
    return textPiece(`${this.#isLong ? identifier.padEnd(6) : ''}${body}\r\n`, meant);
  }
}
