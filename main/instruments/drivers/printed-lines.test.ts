// Printed lines: Mettler printer format, JWI label, logger rows; and the hammer's acknowledgements.
import { describe, expect, test } from 'vitest';
import { connection, overload, player, value } from './byteScript.ts';
import { commandBytes } from './driver.ts';
import { bindDriver } from './index.ts';

describe('Mettler print line', () => {
  const { text: decode } = player('mettler-print');
  test('net, gross, tare', () => {
    expect(decode('     N       0.3746 g\r\n').events).toEqual([value('0.3746', 'g', { fields: { mode: 'net' } })]);
    expect(decode('     G     -12.50 kg\r\n').events).toEqual([value('-12.50', 'kg', { fields: { mode: 'gross' } })]);
    expect(decode('     T       1.0 g\r\n').events).toEqual([{ kind: 'info', info: 'tare', value: '1.0', unit: 'g' }]);
  });
  test.each(['       0.3746 g\r\n', '     N       0.3746\r\n', '     X       0.3746 g\r\n', 'S S     0.3746 g\r\n'])(
    '%j is never a number',
    (line) => expect(decode(line).events).toMatchObject([{ kind: 'error' }]),
  );
});

describe('JWI label', () => {
  const label = 'N.W. : +  3.412 kg\r\nT.W. : +  0.250 kg\r\nG.W. : +  3.662 kg\r\n';
  const net = [
    value('3.412', 'kg', { fields: { mode: 'net', gross: '3.662', tare: '0.250' } }),
    { kind: 'info', info: 'tare', value: '0.250', unit: 'kg' },
  ];
  test('is one reading', () => {
    expect(player('jwi-586').text(label)).toEqual({ events: net, rejected: 0 });
    expect(player('jwi-586').text(label.replaceAll('. :', '.:')).events).toEqual(net);
  });
  test('must add up and be whole', () => {
    const { text } = player('jwi-586');
    expect(text(label.replace('3.412', '3.413')).events).toMatchObject([{ kind: 'error', code: 'inconsistent' }]);
    expect(text(label.replace('0.250 kg', '0.250 g')).events).toMatchObject([{ kind: 'error', code: 'malformed' }]);
    expect(text(label.slice(0, 40)).events).toEqual([]);
  });
  test('a pull between two lines leaves nothing of the first label', () => {
    const { push, pull } = connection('jwi-586');
    expect(push(label.slice(0, 30))).toEqual([]);
    pull();
    expect(push(label.slice(30))).toEqual([]);
    expect(push(label)).toEqual(net);
  });
});

describe('logger rows of an A&D balance', () => {
  test('a state is no number', () => {
    const { text } = player('and-log');
    expect(text('1,OL,\n').events).toEqual([overload]);
    expect(text('12,US,-0.5\n').events).toEqual([value('-0.5', 'g', { stable: false, fields: { time_s: '0.012' } })]);
    expect(text('12,ST,\n').events).toMatchObject([{ kind: 'error' }]);
  });
});

describe('rebound hammer', () => {
  test('commands byte for byte', () => {
    const { commands } = bindDriver('rebound-hammer');
    const hex = (name: string): string => Buffer.from(commandBytes(commands[name] ?? '')).toString('hex');
    expect(hex('information')).toBe('24524449df230d0a');
    expect(hex('start')).toBe('24535253f8230d0a');
    expect(hex('stop')).toBe('24455253ea230d0a');
  });
  test('acknowledgements are events, a wrong sum is refused, nothing is a value', () => {
    const { hex } = player('rebound-hammer');
    expect(hex('24535253f8230d0a').events).toEqual([{ kind: 'info', info: 'acknowledged', value: 'SRS' }]);
    expect(hex('24535253f9230d0a')).toEqual({ events: [{ kind: 'error', code: 'checksum' }], rejected: 8 });
  });
});
