import { describe, expect, test } from 'vitest';
import { connection, player, refusal, value } from './byteScript.ts';
import { bindDriver } from './index.ts';

const profile = { unit: 'kg', orientation: 'reversed', confirmedBy: '张三' };

describe('the = format', () => {
  test.each([
    ['02.3100', '13.20'],
    ['0561000', '1650'],
    ['05.100-', '-1.50'],
    ['05.10-0', '-1.50'],
  ])('%s is %s', (text, number) => {
    expect(player('xk3190-reversed', profile).text(`=${text}`.repeat(3))).toEqual({
      events: [value(number, 'kg')],
      rejected: 0,
    });
  });

  test('a point without decimals behind it is none; one with a whole number is read', () => {
    const { text } = player('xk3190-reversed', profile);
    expect(text('=.056100'.repeat(3)).events).toEqual([value('1650', 'kg')]);
    expect(text('=056.100'.repeat(3)).events).toEqual([value('1.650', 'kg')]);
  });

  test('one reading, or two equal ones, are none; another in between begins the count anew', () => {
    const { push } = connection('xk3190-reversed', profile);
    expect(push('=02.3100=02.3100=02.3000=02.3100=02.3100=')).toEqual([]);
    expect(push('02.3100=')).toEqual([value('13.20', 'kg')]);
  });

  test('a pull begins the count anew', () => {
    const { push, pull } = connection('xk3190-reversed', profile);
    expect(push('=02.3100=02.3100=02')).toEqual([]);
    pull();
    expect(push('.3100=02.3100=')).toEqual([]);
  });

  test.each(['0a.3100', '-2.3100', '02..100', '.......', '2.31-01'])('%s is never a number', (text) => {
    expect(player('xk3190-reversed', profile).text(`=${text}`.repeat(3)).events).toMatchObject([{ kind: 'error' }]);
  });

  test('without a profile both readings are candidates and none is a value', () => {
    expect(player('xk3190-reversed').text('=02.3100'.repeat(3)).events).toEqual([
      { kind: 'info', info: 'candidate-reversed', value: '13.20' },
      { kind: 'info', info: 'candidate-forward', value: '2.3100' },
    ]);
  });

  test('a profile that nobody confirmed is refused', () => {
    expect(() => bindDriver('xk3190-reversed', { unit: 'kg', orientation: 'reversed' })).toThrow(
      refusal('confirmedBy'),
    );
    expect(() => bindDriver('xk3190-reversed', { ...profile, unit: 'lb' })).toThrow(refusal('unit'));
  });
});
