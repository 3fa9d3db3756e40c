import { describe, expect, test } from 'vitest';
import { encodeAiBusRead } from './ai-bus.ts';
import { overload, player, refusal, underload, value } from './byteScript.ts';
import { bindDriver } from './index.ts';

const profile = { address: 3, unit: '℃', decimals: 1, confirmedBy: '张三' };
const word = (number: number): number[] => [number & 0xff, (number >> 8) & 0xff];

/** Process value, set point, output, alarm byte, parameter; the sum includes the address. */
function reply(process: number, address = 3, off = 0): string {
  const words = [process, 8150, (0x20 << 8) | 60, 8150];
  const sum = words.reduce((total, each) => total + each, address + off);
  return Buffer.from([...words, sum].flatMap(word)).toString('hex');
}

describe('AI-BUS', () => {
  test('commands', () => {
    expect(Buffer.from(encodeAiBusRead({ address: 1, parameter: 0 })).toString('hex')).toBe('8181520000005300');
    expect(Buffer.from(encodeAiBusRead({ address: 5, parameter: 0x15 })).toString('hex')).toBe('8585521500005715');
    expect(bindDriver('ai-bus', profile).commands['read']).toEqual(encodeAiBusRead({ address: 3, parameter: 0 }));
  });

  test('process value with the decimals of the profile, also below zero', () => {
    const { hex } = player('ai-bus', profile);
    const fields = { setPoint: '815.0', output: '60', alarm: '32' };
    expect(hex(reply(8148))).toEqual({ events: [value('814.8', '℃', { fields })], rejected: 0 });
    expect(hex(reply(-55)).events).toEqual([value('-5.5', '℃', { fields })]);
  });

  test('a broken sensor is a state', () => {
    const { hex } = player('ai-bus', profile);
    expect(hex(reply(32000)).events).toEqual([overload]);
    expect(hex(reply(-32000)).events).toEqual([underload]);
  });

  test('another address, a wrong sum and no profile give nothing', () => {
    const { hex } = player('ai-bus', profile);
    expect(hex(reply(8148, 4))).toEqual({ events: [], rejected: 10 });
    expect(hex(reply(8148, 3, 1))).toEqual({ events: [], rejected: 10 });
    expect(player('ai-bus').hex(reply(8148)).events).toEqual([]);
  });

  test('a reply behind noise is found', () => {
    expect(player('ai-bus', profile).hex(`ff00ff${reply(8148)}`)).toMatchObject({
      events: [{ value: '814.8' }],
      rejected: 3,
    });
  });

  test('address 0 is refused: an idle line at zero would be a reply', () => {
    expect(() => bindDriver('ai-bus', { ...profile, address: 0 })).toThrow(refusal('address'));
  });
});
