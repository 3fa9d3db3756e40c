import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placePoint } from './driver.ts';
import { bcdDigits, float32Text, scaleBy, signed } from './numbers.ts';
import { hexBytes } from './byteScript.ts';

const floatBytes = (value: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return new Uint8Array(view.buffer);
};

describe('float32Text', () => {
  test.each([
    ['41e3a5e3', '28.456'],
    ['4282b1aa', '65.347'],
    ['436b580e', '235.34396'],
    ['44960000', '1200'],
    ['00000000', '0'],
    ['80000000', '0'],
    ['c2480000', '-50'],
    ['3f800000', '1'],
    ['00000001', `0.${'0'.repeat(44)}1`],
  ])('%s is %s', (hex, text) => expect(float32Text(hexBytes(hex))).toBe(text));

  test.each(['7f800000', 'ff800000', '7fc00000'])('%s is no number', (hex) => {
    expect(float32Text(hexBytes(hex))).toBeNull();
  });

  test('names the same float again, and no shorter text does', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (float) => {
        const text = float32Text(floatBytes(float)) ?? '';
        expect(Math.fround(Number(text)) === float || (float === 0 && text === '0')).toBe(true);
        const digits = text.replace(/^-?0?\.?0*|\.|-/g, '').replace(/^0+|0+$/g, '').length;
        for (let fewer = 1; fewer < digits; fewer += 1) {
          expect(Math.fround(Number(float.toPrecision(fewer)))).not.toBe(float);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('placePoint', () => {
  expect(placePoint('001650', 2)).toBe('16.50');
  expect(placePoint('5', 3)).toBe('0.005');
  expect(placePoint('-5', 1)).toBe('-0.5');
  expect(placePoint('0165', -2)).toBe('16500');
  expect(placePoint('000', 0)).toBe('0');
});

test('scaleBy keeps the resolution that the scale shows', () => {
  expect(scaleBy('650', '0.1')).toBe('65.0');
  expect(scaleBy('-101', '0.10')).toBe('-10.10');
  expect(scaleBy('28.456', '1')).toBe('28.456');
});

test('BCD and two’s complement', () => {
  expect(bcdDigits(hexBytes('012345'))).toBe('012345');
  expect(bcdDigits(hexBytes('01a345'))).toBeNull();
  expect(signed(hexBytes('ff9b'))).toBe(-101n);
});
