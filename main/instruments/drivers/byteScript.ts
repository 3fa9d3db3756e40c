// For the tests beside the drivers: play bytes to a driver as a port would, or as one captured piece.
import { expect } from 'vitest';
import type { DriverEvent } from './driver.ts';
import { bindDriver, decodeBytes } from './index.ts';
import type { DecodeResult } from './index.ts';

export const hexBytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

export function player(
  driver: string,
  profile?: unknown,
): {
  text(line: string): DecodeResult;
  hex(bytes: string): DecodeResult;
} {
  return {
    text: (line) => decodeBytes(driver, Buffer.from(line, 'latin1'), profile),
    hex: (bytes) => decodeBytes(driver, hexBytes(bytes), profile),
  };
}

/** A connection that stays: chunks in, events out; `pull` is the cable. */
export function connection(
  driver: string,
  profile?: unknown,
): {
  push(bytes: Uint8Array | string): DriverEvent[];
  pull(): void;
} {
  const bound = bindDriver(driver, profile);
  const framer = bound.makeFramer({ joinStream: bound.streams || bound.tailLooksWhole === true });
  return {
    push: (bytes) =>
      framer
        .push(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
        .flatMap((frame) => bound.decode(frame).events),
    pull: () => framer.reset(),
  };
}

export const value = (text: string, unit: string, more: object = {}): DriverEvent => ({
  kind: 'value',
  value: text,
  unit,
  ...more,
});
export const overload: DriverEvent = { kind: 'state', state: 'overload' };
export const underload: DriverEvent = { kind: 'state', state: 'underload' };
/** A refusal of a profile, with the fields that it names. */
export const refusal = (...fields: string[]): unknown =>
  expect.objectContaining({
    code: 'instrument.profile-invalid',
    info: expect.objectContaining({
      details: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))),
    }),
  });
