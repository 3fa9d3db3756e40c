import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBytes, listDrivers } from './index.ts';
import { parseLineProfile } from './line-profile.ts';
import type { LineProfileInput } from './line-profile.ts';

interface FixtureFrame {
  protocol: string;
  direction: string;
  text?: string;
  bytes_hex?: string;
}
const frames = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/frames.json', import.meta.url), 'utf8'),
) as FixtureFrame[];
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const mtSics = (line: string) => decodeBytes('mt-sics', bytes(`${line}\r\n`));

describe('MT-SICS', () => {
  test.each([
    ['S S     129.07 g', { kind: 'value', value: '129.07', unit: 'g', stable: true }],
    ['S D     129.07 g', { kind: 'value', value: '129.07', unit: 'g', stable: false }],
    ['S S    -100.00 g', { kind: 'value', value: '-100.00', unit: 'g', stable: true }],
    ['S D 1.234 g', { kind: 'value', value: '1.234', unit: 'g', stable: false }],
    ['T A 2.486 g', { kind: 'info', info: 'tare', value: '2.486', unit: 'g' }],
    ['TA A 2.486 g', { kind: 'info', info: 'tare', value: '2.486', unit: 'g' }],
    ['TAC A', { kind: 'info', info: 'tare-cleared' }],
    ['S I', { kind: 'state', state: 'busy' }],
    ['S +', { kind: 'state', state: 'overload' }],
    ['S -', { kind: 'state', state: 'underload' }],
    ['Z -', { kind: 'state', state: 'underload' }],
    ['I4 I', { kind: 'state', state: 'busy' }],
    ['I4 A "0123456789"', { kind: 'info', info: 'serial', value: '0123456789' }],
    ['@ A "123456789"', { kind: 'info', info: 'serial', value: '123456789' }],
  ])('%s', (line, event) => {
    expect(mtSics(line)).toEqual({ events: [event], rejected: 0 });
  });

  test('the device says that it did not understand', () => {
    expect(mtSics('EL').events).toMatchObject([{ kind: 'error', code: 'EL' }]);
  });

  test.each(['S X 1.0 g', 'S S 1.0', 'S S 1,0 g', 'S S 1.0 g 2.0 g', 'S S -- g', 'S S 1e3 g', '     N       0.3746 g'])(
    'never makes a number of %s',
    (line) => {
      const result = mtSics(line);
      expect(result.events).toMatchObject([{ kind: 'error' }]);
      expect(result.rejected).toBe(line.length + 2);
    },
  );

  test('every frame of the collection decodes without a crash, and only S lines become values', () => {
    for (const frame of frames.filter((each) => each.direction === 'device->host')) {
      const raw = frame.bytes_hex ? Buffer.from(frame.bytes_hex, 'hex') : bytes(frame.text ?? '');
      const { events } = decodeBytes('mt-sics', raw);
      const weighs = frame.protocol === 'MT-SICS' && /^S [SD] /.test(frame.text ?? '');
      expect(events.some((event) => event.kind === 'value')).toBe(weighs);
    }
  });

  test('a half line at the end of the bytes is rejected', () => {
    expect(decodeBytes('mt-sics', bytes('S S   15'))).toEqual({ events: [], rejected: 8 });
  });

  test('arbitrary bytes are rejected without a crash', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        const { rejected } = decodeBytes('mt-sics', noise);
        expect(rejected).toBeLessThanOrEqual(noise.length);
      }),
    );
  });
});

const profile: LineProfileInput = {
  id: 'test',
  separator: ';',
  decimal: ',',
  headerLines: 1,
  range_kN: '300',
  columns: [
    { role: 'seq' },
    { role: 'time', unit: 'ms' },
    { role: 'load', unit: 'N' },
    { role: 'ignore' },
    { role: 'displacement', unit: 'um' },
  ],
};

describe('line profile', () => {
  test('converts units exactly and skips header lines', () => {
    const result = decodeBytes('line-profile', bytes('Nr;t;F;x;s\r\n7;1500;+123456,70;ok;1250\r\n'), profile);
    expect(result).toEqual({
      events: [
        {
          kind: 'value',
          value: '123.4567',
          unit: 'kN',
          fields: { seq: '7', time_s: '1.5', displacement_mm: '1.25' },
        },
      ],
      rejected: 0,
    });
  });

  test('a load in kN keeps the digits that were sent', () => {
    const kN: LineProfileInput = {
      id: 'kN',
      separator: 'tab',
      columns: [{ role: 'load', unit: 'kN' }, { role: 'ignore' }],
    };
    expect(decodeBytes('line-profile', bytes('0812.500\tx\r\n'), kN).events).toEqual([
      { kind: 'value', value: '812.500', unit: 'kN' },
    ]);
  });

  test('tf is 9.80665 kN exactly', () => {
    const tf: LineProfileInput = { id: 'tf', separator: 'blank', columns: [{ role: 'load', unit: 'tf' }] };
    expect(decodeBytes('line-profile', bytes('  12.34\r\n'), tf).events).toMatchObject([{ value: '121.014061' }]);
  });

  test.each([
    ['1;2;NaN;x;3', 'not-a-number'],
    ['1;2;1e3;x;3', 'not-a-number'],
    ['1;2;;x;3', 'not-a-number'],
    ['1;2;12.5;x;3', 'not-a-number'],
    ['1;2;12,5;x', 'column-count'],
    ['1;2;12,5;x;3;4', 'column-count'],
    ['\u0081;2;12,5;x;3', 'not-text'],
  ])('%s is an error, never a number', (line, code) => {
    const result = decodeBytes('line-profile', bytes(`header\r\n${line}\r\n`), profile);
    expect(result.events).toMatchObject([{ kind: 'error', code }]);
    expect(result.rejected).toBe(line.length + 2);
  });

  test('beyond the range is an overload, never a number', () => {
    const result = decodeBytes('line-profile', bytes('h\r\n1;2;300000,1;x;3\r\n2;3;-300001;x;3\r\n'), profile);
    expect(result.events).toEqual([
      { kind: 'state', state: 'overload' },
      { kind: 'state', state: 'underload' },
    ]);
  });

  test('a profile that cannot be right is refused with the field', () => {
    const bad = { ...profile, columns: [{ role: 'seq' }], separator: ',' };
    expect(() => parseLineProfile(bad)).toThrow(
      expect.objectContaining({
        code: 'instrument.profile-invalid',
        info: expect.objectContaining({ details: expect.anything() }),
      }),
    );
  });
});

test('the list of drivers names ids and needs', () => {
  expect(listDrivers().map((driver) => [driver.id, driver.needsProfile])).toContainEqual(['mt-sics', false]);
  expect(() => decodeBytes('toString', new Uint8Array())).toThrow('instrument.driver-unknown');
});
