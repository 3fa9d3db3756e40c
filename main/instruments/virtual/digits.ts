// Numbers as instruments hold them, whole steps of the last digit, and how the protocols write them. Written from the
// protocol descriptions alone: nothing here is shared with what reads the frames.

/** -1234 with two decimals is -12.34. */
export function countText(count: number, decimals: number): string {
  const digits = String(Math.abs(count)).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return count < 0 ? `-${text}` : text;
}

/** Decimal text to steps of the last digit; what is finer than the display is rounded as the display does. */
export const countOf = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) || 0;

/** Packed BCD, highest digits first. */
export function packed(count: number, bytes: number): number[] {
  const digits = String(Math.abs(count))
    .padStart(bytes * 2, '0')
    .slice(-bytes * 2);
  return Array.from({ length: bytes }, (_, at) => Number(digits[at * 2]) * 16 + Number(digits[at * 2 + 1]));
}

/** Two's complement, highest byte first. */
export function bigEndian(value: number, bytes: number): number[] {
  const whole = BigInt.asUintN(bytes * 8, BigInt(value));
  return Array.from({ length: bytes }, (_, at) => Number((whole >> BigInt((bytes - 1 - at) * 8)) & 0xffn));
}

export const littleEndian = (value: number, bytes: number): number[] => bigEndian(value, bytes).toReversed();

export const sumOf = (bytes: readonly number[]): number => bytes.reduce((sum, byte) => sum + byte, 0);

/** CRC-16 of Modbus: polynomial A001 reflected, from FFFF; sent low byte first. */
export function modbusCrc(bytes: readonly number[]): [number, number] {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return [crc & 0xff, crc >>> 8];
}

/** Cuts what was heard at CR LF, CR or LF; what is too long without one is forgotten. */
export class Lines {
  #held = '';

  take(bytes: Uint8Array): string[] {
    this.#held += Buffer.from(bytes).toString('latin1');
    const parts = this.#held.split(/\r\n?|\n/);
    this.#held = (parts.pop() ?? '').slice(-64);
    return parts.filter((part) => part !== '');
  }
}

/** Finds fixed requests in what was heard. */
export class Requests {
  #held: number[] = [];
  readonly #known: readonly (readonly number[])[];

  constructor(known: readonly (readonly number[])[]) {
    this.#known = known;
  }

  /** Indices of the requests in the order in which they came. */
  take(bytes: Uint8Array): number[] {
    const found: number[] = [];
    for (const byte of bytes) {
      this.#held.push(byte);
      const index = this.#known.findIndex((request) => this.#endsWith(request));
      if (index < 0) continue;
      found.push(index);
      this.#held = [];
    }
    this.#held = this.#held.slice(-64);
    return found;
  }

  #endsWith(request: readonly number[]): boolean {
    const from = this.#held.length - request.length;
    return from >= 0 && request.every((byte, at) => this.#held[from + at] === byte);
  }
}
