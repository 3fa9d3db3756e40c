// What a line does to bytes when something is set wrong: the receiver's clock runs at another baud rate, or it takes seven
// data bits with parity for eight without.

const SYMBOL_BITS = 10;

/** Sent 8N1 at one rate, received 8N1 at another: `ratio` is the receiver's rate over the sender's. */
export function atOtherBaud(bytes: Uint8Array, ratio: number): Uint8Array {
  const total = bytes.length * SYMBOL_BITS;
  /** The level of the line after so many of the sender's bit times; it idles high. */
  const level = (time: number): number => {
    const bit = Math.floor(time);
    if (bit < 0 || bit >= total) return 1;
    const at = bit % SYMBOL_BITS;
    if (at === 0) return 0;
    return at === SYMBOL_BITS - 1 ? 1 : ((bytes[Math.floor(bit / SYMBOL_BITS)] as number) >>> (at - 1)) & 1;
  };
  const received: number[] = [];
  const step = 1 / ratio;
  const fine = Math.min(1, step) / 4;
  let time = 0;
  while (time < total) {
    if (level(time) === 1) {
      time += fine;
      continue;
    }
    let byte = 0;
    for (let bit = 0; bit < 8; bit += 1) byte |= level(time + (bit + 1.5) * step) << bit;
    received.push(byte);
    // A wrong stop bit is a framing error; the byte is delivered all the same, and the search goes on behind it.
    time += (SYMBOL_BITS - 0.5) * step;
  }
  return Uint8Array.from(received);
}

/** Seven bits and even parity, seen as eight bits. */
export function withParityBit(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte) => {
    const seven = byte & 0x7f;
    let odd = 0;
    for (let bit = 0; bit < 7; bit += 1) odd ^= (seven >>> bit) & 1;
    return seven | (odd << 7);
  });
}
