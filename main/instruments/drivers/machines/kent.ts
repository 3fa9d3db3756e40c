// What the Kent controllers share: packed BCD, decimals and a zero that the site's settings give.
import { z } from 'zod';
import type { Framer } from '../../framers/framer.ts';
import { malformed, placePoint } from '../driver.ts';
import type { Decoded, Driver } from '../driver.ts';
import { bcdDigits, Exact } from '../numbers.ts';
import { parseProfile, signedDecimalText } from '../profile.ts';
import { loadEvent, machineLine, rangeField } from './load.ts';

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

/** A controller that streams and that only a profile which a person confirmed makes readable. */
export function kentDriver<Schema extends z.ZodType>(of: {
  id: string;
  title: string;
  statusNote: string;
  schema: Schema;
  makeFramer(profile: z.output<Schema> | null): Framer;
  decode(frame: Uint8Array, profile: z.output<Schema>): Decoded;
}): Driver {
  const common = { id: of.id, version: '1.0.0', runs: true };
  return {
    ...common,
    title: of.title,
    defaultLine: machineLine,
    needsProfile: true,
    commands: {},
    status: 'unproven',
    statusNote: of.statusNote,
    bind(input) {
      const profile = input === undefined ? null : parseProfile(of.schema, input, of.title);
      return {
        ...common,
        streams: true,
        acceptsUnterminated: false,
        headerFrames: 0,
        makeFramer: () => of.makeFramer(profile),
        decode: (frame) => (profile === null ? malformed('profile-missing') : of.decode(frame.bytes, profile)),
      };
    },
  };
}
