// A caliper on a Digimatic box: `01A+000.0018` and CR, when the box is asked, when the button is pressed, never by itself.
// The unit stays in the gauge. Without a gauge the box answers `911`.
import { NOTHING, textPiece } from '../device.ts';
import type { Piece } from '../device.ts';
import { Lines } from '../digits.ts';
import { Scale } from '../scale.ts';
import type { ScaleOptions } from '../scale.ts';

const DIGITS = 7;

export class DigimaticBox extends Scale {
  readonly #lines = new Lines();
  readonly #layout: 'channel-first' | 'zero-a';

  constructor(options: ScaleOptions & { layout: 'channel-first' | 'zero-a' }, random: () => number) {
    super(options, random);
    this.#layout = options.layout;
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#lines
      .take(bytes)
      .flatMap((line) => (line.trim() === '1' || line.trim() === 'A' ? this.print() : NOTHING));
  }

  print(): Piece[] {
    if (this.condition) return [textPiece('911\r', { value: null, unit: '', state: 'error' })];
    const { text, count } = this.settling;
    // Seven digits and the point.
    const number = text.replace('-', '').padStart(DIGITS + 1, '0');
    const head = this.#layout === 'channel-first' ? '01A' : '0A1';
    return [textPiece(`${head}${count < 0 ? '-' : '+'}${number}\r`, { value: text, unit: this.unit })];
  }

  protected override speak(): Piece[] {
    return NOTHING;
  }
}
