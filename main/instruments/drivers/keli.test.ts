import { describe, expect, test } from 'vitest';
import { overload, player, underload, value } from './byteScript.ts';

const { text: decode } = player('keli');
const mode = (name: string): object => ({ fields: { mode: name } });

describe('Keli style', () => {
  test.each([
    ['ST,GS,+ 12.345kg\r\n', value('12.345', 'kg', { stable: true, ...mode('gross') })],
    ['US,NT,-000.120 g\r\n', value('-0.120', 'g', { stable: false, ...mode('net') })],
    ['ZR,GS,+     0kg\r\n', value('0', 'kg', { fields: { mode: 'gross', zone: 'zero' } })],
    ['OL,GS,+       kg\r\n', overload],
    ['OL,GS,-            \r\n', underload],
    ['ST,TR,+  1.000kg\r\n', { kind: 'info', info: 'tare', value: '1.000', unit: 'kg' }],
  ])('%j', (line, event) => {
    expect(decode(line)).toEqual({ events: [event], rejected: 0 });
  });

  test.each([
    ['ST,GS,+ 12.345\r\n', 'unit-missing'],
    ['ST,GS,+ 12.345xx\r\n', 'unit-missing'],
    ['ST,GS,  12.345kg\r\n', 'malformed'],
    ['ST,GS,+12 345kg\r\n', 'malformed'],
    ['GS,+ 12.345kg\r\n', 'malformed'],
    ['ST,GS,+ 12.345kg 1\r\n', 'malformed'],
  ])('%j is never a number', (line, code) => {
    expect(decode(line).events).toMatchObject([{ kind: 'error', code }]);
  });
});
