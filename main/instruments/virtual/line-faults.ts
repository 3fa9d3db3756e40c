// The cable between the instrument and the computer, with everything that can be wrong with it. A fault of the line never
// makes up a reading: it destroys, delays or keeps back what the instrument said.
import type { Endpoint } from './endpoint.ts';
import type { Piece } from './device.ts';
import { atOtherBaud, withParityBit } from './wire.ts';

export const lineFaults = ['noise', 'wrong-baud', 'parity', 'silence', 'burst', 'cut'] as const;
export type LineFault = (typeof lineFaults)[number];

/**
 * How a reader can know that a byte of a frame was hit: `text`: a byte that is no text; `check`: a check digit; `none`:
 * it cannot, so noise is only put between the frames, where it is on a line that nobody drives.
 */
export type Proof = 'text' | 'check' | 'none';

type Target = Pick<Endpoint, 'write' | 'pull' | 'plug'>;

const MOST_NOISE = 6;
/** Share of the frames that are hit. */
const HIT = 0.35;
const RATIOS = [0.25, 0.5, 2, 4];
const MOST_HELD = 4096;

export class FaultyLine {
  readonly #target: Target;
  readonly #random: () => number;
  readonly #proof: Proof;
  readonly #sent: (piece: Piece, whole: boolean) => void;
  readonly #moved: (how: 'pulled' | 'plugged') => void;
  readonly #active = new Map<LineFault, number>();
  #held: Piece[] = [];
  #ratio = 0.5;
  #pulling = false;
  #backIn_s = 0;

  constructor(
    target: Target,
    options: {
      random: () => number;
      proof: Proof;
      sent: (piece: Piece, whole: boolean) => void;
      moved: (how: 'pulled' | 'plugged') => void;
    },
  ) {
    this.#target = target;
    this.#random = options.random;
    this.#proof = options.proof;
    this.#sent = options.sent;
    this.#moved = options.moved;
  }

  begin(fault: LineFault, lasts_s: number): void {
    this.#active.set(fault, lasts_s);
    this.#ratio = RATIOS[Math.floor(this.#random() * RATIOS.length)] as number;
  }

  clear(): void {
    this.#active.clear();
    this.#release();
  }

  /** The instrument does not hear either. */
  get isDeaf(): boolean {
    return this.#active.has('silence') || this.#active.has('wrong-baud') || this.#active.has('parity');
  }

  step(dt_s: number): void {
    for (const [fault, left_s] of this.#active) {
      if (left_s > dt_s) this.#active.set(fault, left_s - dt_s);
      else if (fault !== 'cut') {
        this.#active.delete(fault);
        if (fault === 'burst') this.#release();
      }
    }
    if (this.#pulling) {
      this.#pulling = false;
      void this.#target.pull().then(() => this.#moved('pulled'));
    } else if (this.#backIn_s > 0 && (this.#backIn_s -= dt_s) <= 0) {
      void this.#target.plug().then(() => this.#moved('plugged'));
    }
  }

  pass(pieces: readonly Piece[]): void {
    for (const piece of pieces) this.#one(piece);
  }

  #one(piece: Piece): void {
    const active = this.#active;
    if (active.has('silence')) return this.#sent(piece, false);
    if (active.has('burst') && this.#held.length < MOST_HELD) {
      this.#held.push(piece);
      return;
    }
    const lasts_s = active.get('cut');
    if (lasts_s !== undefined && piece.bytes.length > 1) {
      active.delete('cut');
      return this.#cut(piece, lasts_s);
    }
    if (active.has('wrong-baud')) return this.#broken(piece, atOtherBaud(piece.bytes, this.#ratio));
    if (active.has('parity')) return this.#broken(piece, withParityBit(piece.bytes));
    if (active.has('noise') && this.#random() < HIT) return this.#hit(piece);
    this.#target.write(piece.bytes);
    this.#sent(piece, true);
  }

  #broken(piece: Piece, bytes: Uint8Array): void {
    this.#target.write(bytes);
    this.#sent(piece, false);
  }

  /** The plug comes out in the middle of a frame. */
  #cut(piece: Piece, lasts_s: number): void {
    const at = 1 + Math.floor(this.#random() * (piece.bytes.length - 1));
    this.#target.write(piece.bytes.slice(0, at));
    this.#sent(piece, false);
    // What was written must have left before the line goes: at the next step.
    this.#pulling = true;
    this.#backIn_s = lasts_s;
  }

  #hit(piece: Piece): void {
    const bytes = Uint8Array.from(piece.bytes);
    const inside = this.#proof !== 'none' && this.#random() < 0.5;
    if (inside) {
      const at = Math.floor(this.#random() * bytes.length);
      // A line's own disturbance seldom is a letter: what is hit is no text any more. With a check any byte will do.
      bytes[at] =
        this.#proof === 'text' ? this.#strange() : (bytes[at] as number) ^ (1 + Math.floor(this.#random() * 255));
    }
    const before = Array.from({ length: Math.floor(this.#random() * MOST_NOISE) }, () => this.#strange());
    this.#target.write(Uint8Array.from([...before, ...bytes]));
    this.#sent(piece, !inside && before.length === 0);
  }

  #strange(): number {
    return this.#random() < 0.3 ? 0 : 0x80 + Math.floor(this.#random() * 0x80);
  }

  #release(): void {
    const held = this.#held;
    this.#held = [];
    if (held.length === 0) return;
    this.#target.write(Buffer.concat(held.map(({ bytes }) => bytes)));
    for (const piece of held) this.#sent(piece, true);
  }
}
