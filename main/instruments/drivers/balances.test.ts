// The frames of the collection (tests/fixtures/frames.json) and the bad ones that must not become numbers.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBytes, listDrivers } from './index.ts';

const decode = (driver: string, text: string) => decodeBytes(driver, Buffer.from(text, 'latin1'));
const hex = (text: string) => decodeBytes('xk3190-a9', Buffer.from(text, 'hex'));
const value = (number: string, unit: string, stable?: boolean) => ({
  kind: 'value',
  value: number,
  unit,
  ...(stable === undefined ? {} : { stable }),
});

describe('A&D', () => {
  test.each([
    ['ST,+00123.45  g\r\n', value('123.45', 'g', true)],
    ['ST,+011.5492  g\r\n', value('11.5492', 'g', true)],
    ['ST,+00012.3456  g\r\n', value('12.3456', 'g', true)],
    ['US,-00000.0012  g\r\n', value('-0.0012', 'g', false)],
    ['US,-00001.20 kg\r\n', value('-1.20', 'kg', false)],
    ['OL,+9999999E+19\r\n', { kind: 'state', state: 'overload' }],
    ['EC,E01\r\n', { kind: 'error', code: 'E01', message: '仪器不认识这条命令' }],
    ['\u0006\r\n', { kind: 'info', info: 'acknowledged' }],
  ])('%j', (text, event) => {
    expect(decode('and', text)).toEqual({ events: [event], rejected: 0 });
  });

  test('a reading without its unit is no reading', () => {
    expect(decode('and', 'US,+000.0176\r\n').events).toEqual([{ kind: 'error', code: 'unit-missing' }]);
    expect(decode('and', 'US,+000.0176')).toEqual({ events: [], rejected: 12 });
    expect(decode('and', 'ST,+9999999E+19 g\r\n').events).toEqual([{ kind: 'error', code: 'malformed' }]);
  });
});

describe('Sartorius SBI', () => {
  test.each([
    ['+123.45678 mg  ', value('123.45678', 'mg', true)],
    [' 0.0   ', value('0.0', '', false)],
    ['+    10.25 g  \r\n', value('10.25', 'g', true)],
    ['-    10.25    \r\n', value('-10.25', '', false)],
    ['N     +   123.45 g  \r\n', { ...value('123.45', 'g', true), fields: { identifier: 'N' } }],
    ['+   123.4[5] g \r\n', { ...value('123.45', 'g', true), fields: { unverifiedDigit: '5' } }],
    [' Error 123 ', { kind: 'error', code: '123', message: '天平报告错误 123' }],
    [' too low', { kind: 'state', state: 'underload' }],
    ['     High     \r\n', { kind: 'state', state: 'overload' }],
    ['        051   ', { kind: 'info', info: 'key', value: '051' }],
  ])('%j', (text, event) => {
    expect(decode('sartorius-sbi', text)).toEqual({ events: [event], rejected: 0 });
  });
});

describe('OHAUS', () => {
  test.each([
    ['    53.98 g     ', value('53.98', 'g', true)],
    ['       0.01     g     \r\n', value('0.01', 'g', true)],
    ['   -12.5 kg ?\r\n', value('-12.5', 'kg', false)],
    ['ES\r\n', { kind: 'error', code: 'ES', message: '仪器不认识这条命令（语法错误）' }],
  ])('%j', (text, event) => {
    expect(decode('ohaus', text)).toEqual({ events: [event], rejected: 0 });
  });
});

describe('Kern', () => {
  test.each([
    ['A00\r\n', { kind: 'info', info: 'acknowledged' }],
    ['+ 123.45 G S\r\n', value('123.45', 'g', true)],
    ['- 0123.4 GLU\r\n', value('-123.4', 'g', false)],
    ['+  12.345CT  \r\n', value('12.345', 'ct', true)],
    ['=Overload=\r\n', { kind: 'state', state: 'overload' }],
  ])('%j', (text, event) => {
    expect(decode('kern', text)).toEqual({ events: [event], rejected: 0 });
  });
});

describe('XK3190', () => {
  test('captures decode, noise around them is counted', () => {
    expect(hex('022b30303136353030313903')).toEqual({ events: [value('1650', 'kg')], rejected: 0 });
    expect(hex('ff022b3030303030303031420300')).toEqual({ events: [value('0', 'kg')], rejected: 2 });
  });

  test('a frame with one changed digit fails its check', () => {
    expect(hex('022b30303136363030313903')).toEqual({ events: [{ kind: 'error', code: 'checksum' }], rejected: 12 });
  });

  test('ASCII lines', () => {
    expect(decode('xk3190-a12', 'wt000.000kg').events).toEqual([
      { kind: 'info', info: 'tare', value: '0.000', unit: 'kg' },
    ]);
    expect(decode('xk3190-a12', 'wn-0000.1kg\r\n').events).toEqual([
      { ...value('-0.1', 'kg'), fields: { mode: 'net' } },
    ]);
  });
});

test('no driver crashes on noise or counts more than it was given', () => {
  const ids = listDrivers()
    .filter((driver) => !driver.needsProfile)
    .map((driver) => driver.id);
  fc.assert(
    fc.property(fc.constantFrom(...ids), fc.uint8Array({ maxLength: 120 }), (id, noise) => {
      expect(decodeBytes(id, noise).rejected).toBeLessThanOrEqual(noise.length);
    }),
  );
});
