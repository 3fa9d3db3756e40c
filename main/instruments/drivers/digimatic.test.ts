import { describe, expect, test } from 'vitest';
import { player, refusal, value } from './byteScript.ts';
import { bindDriver } from './index.ts';

const profile = { unit: 'mm', bareNumbers: true, confirmedBy: '张三' };
const channel = (name: string): object => ({ fields: { channel: name } });

describe('Digimatic boxes', () => {
  test.each([
    ['01A+000.0018\r', '0.0018', '01'],
    ['01A-000.0018\r\n', '-0.0018', '01'],
    ['0A1-000.0019\n', '-0.0019', '1'],
    ['02A+0012.345\r', '12.345', '02'],
  ])('%j without a profile has no unit, with one it has', (line, number, name) => {
    expect(player('digimatic').text(line)).toEqual({ events: [value(number, '', channel(name))], rejected: 0 });
    expect(player('digimatic', profile).text(line).events).toEqual([value(number, 'mm', channel(name))]);
  });

  test('an error of the box is never a number, also where bare numbers are', () => {
    expect(player('digimatic', profile).text('911\r').events).toMatchObject([{ kind: 'error', code: '911' }]);
  });

  test('a bare number is a candidate until a person confirmed it', () => {
    const unconfirmed = player('digimatic').text('12.345\r');
    expect(unconfirmed.events).toMatchObject([
      { kind: 'info', info: 'candidate', value: '12.345' },
      { kind: 'error', code: 'unconfirmed' },
    ]);
    expect(unconfirmed.rejected).toBe(7);
    expect(player('digimatic', profile).text('12.345\r').events).toEqual([value('12.345', 'mm')]);
    expect(() => bindDriver('digimatic', { unit: 'mm', bareNumbers: true })).toThrow(refusal('confirmedBy'));
  });

  test.each(['01A+000.001\r', '1A+000.0018\r', '01A000.0018\r', '01A+000.00180\r', '01B+000.0018\r', '000\r'])(
    '%j is never a number',
    (line) => expect(player('digimatic', profile).text(line).events).toMatchObject([{ kind: 'error' }]),
  );
});
