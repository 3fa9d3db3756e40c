// A barcode scanner on a serial port, and the rebound hammer's acknowledgements: instruments that never send a figure.
import { bytesPiece, NOTHING } from '../device.ts';
import type { Device, Piece } from '../device.ts';
import { Requests, sumOf } from '../digits.ts';

export class Scanner implements Device {
  readonly #end: string;

  constructor(options: { end: 'CR' | 'LF' | 'CRLF' }) {
    this.#end = { CR: '\r', LF: '\n', CRLF: '\r\n' }[options.end];
  }

  step(): Piece[] {
    return NOTHING;
  }

  restart(): Piece[] {
    return NOTHING;
  }

  scan(code: string): Piece[] {
    return [{ bytes: Buffer.from(`${code}${this.#end}`, 'utf8'), meant: [{ value: code, unit: '', state: 'text' }] }];
  }
}

/** `$`, three letters, their sum, `#`, CR LF. */
const hammerFrame = (letters: string): number[] => {
  const bytes = [...Buffer.from(letters, 'latin1')];
  return [0x24, ...bytes, sumOf(bytes) & 0xff, 0x23, 0x0d, 0x0a];
};
const orders = ['RDI', 'SRS', 'ERS'];

/** Repeats a command that it accepts; the layout of its readings is not public. */
export class ReboundHammer implements Device {
  readonly #requests = new Requests(orders.map(hammerFrame));

  step(): Piece[] {
    return NOTHING;
  }

  restart(): Piece[] {
    return NOTHING;
  }

  hear(bytes: Uint8Array): Piece[] {
    return this.#requests.take(bytes).map((index) => {
      const letters = orders[index] as string;
      return bytesPiece(hammerFrame(letters), { value: letters, unit: '', state: 'text' });
    });
  }
}
