// Registers to numbers. Word-order names lie in many manuals: an order is right when a person has seen the display
// agree. A is the highest byte of the number, the order is how they stand on the wire.
import { float32Text, signed, unsigned } from '../numbers.ts';

export const registerTypes = ['int16', 'uint16', 'int32', 'uint32', 'float32'] as const;
export type RegisterType = (typeof registerTypes)[number];
export const wordOrders = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
export type WordOrder = (typeof wordOrders)[number];

export const registerCount = (type: RegisterType): number => (type === 'int16' || type === 'uint16' ? 1 : 2);

/** Four bytes as they came, brought to highest first. */
export function inOrder(wire: Uint8Array, order: WordOrder): Uint8Array {
  return Uint8Array.from('ABCD', (letter) => wire[order.indexOf(letter)] as number);
}

/** Decimal text, exact; null when the bytes are no number (float infinities). `wire` has the type's length. */
export function registerText(wire: Uint8Array, type: RegisterType, order: WordOrder): string | null {
  if (type === 'int16') return signed(wire).toString();
  if (type === 'uint16') return unsigned(wire).toString();
  const bytes = inOrder(wire, order);
  if (type === 'int32') return signed(bytes).toString();
  return type === 'uint32' ? unsigned(bytes).toString() : float32Text(bytes);
}
