// The check digits of the protocols. All take the bytes they cover and nothing else.

export function xor8(bytes: Uint8Array): number {
  let check = 0;
  for (const byte of bytes) check ^= byte;
  return check;
}

export function sum8(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return sum & 0xff;
}

/** Two's complement of the sum of the low seven bits, in seven bits (Toledo continuous). */
export function toledo7(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum += byte & 0x7f;
  return -sum & 0x7f;
}

const POLYNOMIAL = 0xa001;
const crcTable = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

/** CRC-16 of Modbus (reflected A001, start FFFF); on the wire its low byte comes first. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] as number);
  return crc;
}
