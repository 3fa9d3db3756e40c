// What the Kent controllers share: packed BCD, decimals and a zero that the site's settings give.
import { z } from 'zod';
import { placePoint } from '../driver.ts';
import type { Decoded } from '../driver.ts';
import { bcdDigits, Exact } from '../numbers.ts';
import { signedDecimalText } from '../profile.ts';
import { loadEvent, rangeField } from './load.ts';

export const siteFields = {
  ...rangeField,
  decimals: z.int().min(0).max(3),
  /** Taken off every reading, kN. */
  zero_kN: signedDecimalText.default('0'),
};

/** Exact difference; the decimals of the reading stay as they were sent. */
export function lessZero(load_kN: string, zero_kN: string): string {
  return new Exact(zero_kN).isZero() ? load_kN : new Exact(load_kN).minus(zero_kN).toFixed();
}

/** Three bytes of packed BCD; the framer has seen that they are digits. */
export function kentLoad(
  bytes: Uint8Array,
  options: { decimals: number; negative?: boolean; zero_kN?: string; range_kN?: string | undefined },
): Decoded {
  const digits = placePoint(bcdDigits(bytes) ?? '', options.decimals);
  const load = lessZero(`${options.negative ? '-' : ''}${digits}`, options.zero_kN ?? '0');
  return loadEvent(load, options.range_kN);
}
