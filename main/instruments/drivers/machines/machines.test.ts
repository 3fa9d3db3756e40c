// Testing machines: byte scripts from the documented layouts, and what must never become a load.
import { describe, expect, test } from 'vitest';
import { loadEvent } from './load.ts';
import { connection, overload, player, refusal, underload, value } from '../byteScript.ts';
import { bindDriver } from '../index.ts';
import { sum8 } from '../../framers/checksums.ts';
import { beginYield, yieldCommand, yieldStep } from './oke-yield.ts';

const hex = (...bytes: number[]): string => Buffer.from(bytes).toString('hex');
const kN = (text: string): unknown => value(text, 'kN');
const confirmedBy = '张三';

describe('Oukai pressure', () => {
  const reply = (a: number, b: number, c: number, tail = 0x5a): string => hex(0xa5, 0, 0, 0, 0, 4, 0, a, b, c, tail);
  test('load in hundredths of a kN, highest byte first', () => {
    const { hex: decode } = player('oke-pressure');
    expect(decode(reply(0x01, 0xe2, 0x40))).toEqual({ events: [kN('1234.56')], rejected: 0 });
    expect(decode(reply(0, 0, 0)).events).toEqual([kN('0.00')]);
  });
  test('beyond the range there is no number', () => {
    expect(player('oke-pressure', { range_kN: '300' }).hex(reply(0, 0x75, 0x31)).events).toEqual([overload]);
    expect(player('oke-pressure').hex(reply(0xff, 0xff, 0xff)).events).toEqual([overload]);
  });
  test('another end is no frame, unless a person saw it', () => {
    expect(player('oke-pressure').hex(reply(0, 1, 0, 0x00))).toEqual({ events: [], rejected: 11 });
    expect(player('oke-pressure', { tail: 'any' }).hex(reply(0, 1, 0, 0x00)).events).toEqual([kN('2.56')]);
  });
});

describe('Oukai universal', () => {
  const reply = (code: number, ...data: number[]): string => {
    const head = [0xfd, 0x07, code, 0, ...data];
    return hex(...head, sum8(Uint8Array.from(head)));
  };
  const { hex: decode } = player('oke-universal');
  test('the worked example: 40 E2 01 is 123.456 kN', () => {
    expect(decode(reply(0x11, 0x40, 0xe2, 0x01, 0))).toEqual({ events: [kN('123.456')], rejected: 0 });
  });
  test('poll byte for byte, polled every 200 ms', () => {
    const { commands, poll } = bindDriver('oke-universal');
    expect(Buffer.from(commands['read'] as Uint8Array).toString('hex')).toBe('fd0711000000000015');
    expect(poll).toEqual({ command: 'read', everyMs: 200 });
  });
  test('a wrong sum and an unknown command are refused', () => {
    expect(decode(`${reply(0x11, 0x40, 0xe2, 0x01, 0).slice(0, -2)}00`).events).toEqual([
      { kind: 'error', code: 'checksum' },
    ]);
    expect(decode(reply(0x12, 0x40, 0xe2, 0x01, 0)).events).toEqual([{ kind: 'error', code: 'unknown-reply' }]);
  });
  test('answers about the yield are never loads', () => {
    expect(decode(reply(0xd0, 0x55, 0, 0, 0)).events).toEqual([{ kind: 'info', info: 'upper-yield-ready' }]);
    expect(decode(reply(0xe0, 0x00, 0, 0, 0)).events).toEqual([{ kind: 'info', info: 'lower-yield-not-ready' }]);
    expect(decode(reply(0xd1, 0, 0, 0, 0)).events).toEqual([{ kind: 'info', info: 'upper-yield-cleared' }]);
    // 123456.0 as a little-endian float, in N.
    expect(decode(reply(0xd2, 0x00, 0x20, 0xf1, 0x47)).events).toEqual([
      { kind: 'info', info: 'upper-yield', value: '123.456', unit: 'kN' },
    ]);
    expect(decode(reply(0xe2, 0, 0, 0x80, 0x7f)).events).toEqual([{ kind: 'error', code: 'not-a-number' }]);
  });

  test('the sequence: asked until ready, then read', () => {
    let state = beginYield('upper-yield');
    const info = (name: string, more: object = {}) => ({ kind: 'info' as const, info: name, ...more });
    expect(yieldCommand(state)).toBe('upperYieldReady');
    state = yieldStep(state, info('upper-yield-not-ready'));
    state = yieldStep(state, info('lower-yield-ready'));
    expect(yieldCommand(state)).toBe('upperYieldReady');
    state = yieldStep(state, info('upper-yield-ready'));
    expect(yieldCommand(state)).toBe('upperYield');
    state = yieldStep(state, null);
    state = yieldStep(state, info('upper-yield', { value: '123.456', unit: 'kN' }));
    expect(state).toMatchObject({ step: 'done', value: '123.456', outcome: 'found', asked: 5 });
    expect(yieldCommand(state)).toBeNull();
  });
  test('the sequence ends when the operator cleared it, and when nobody answers', () => {
    expect(yieldStep(beginYield('lower-yield'), { kind: 'info', info: 'lower-yield-cleared' })).toMatchObject({
      value: null,
      outcome: 'cleared',
    });
    let state = beginYield('lower-yield');
    let questions = 0;
    for (; yieldCommand(state) !== null; questions += 1) state = yieldStep(state, null);
    expect({ questions, outcome: state.outcome, value: state.value }).toEqual({
      questions: 40,
      outcome: 'no-answer',
      value: null,
    });
  });
});

describe('Weihai', () => {
  const { text: decode } = player('weihai');
  test.each([
    ['F 123.45$', '123.45'],
    ['F0012.34 kN$', '12.34'],
    ['F  -0.05,x$', '-0.05'],
    ['F    123$', '123'],
  ])('%s', (text, load) => expect(decode(text)).toEqual({ events: [kN(load)], rejected: 0 }));

  test.each(['F123.45$', 'F 123.4 $', 'F 123.456$', 'F  12 34$', 'F12.3.4x$', 'F1E00000$'])(
    '%s is never a load',
    (text) => expect(decode(text).events).toEqual([{ kind: 'error', code: 'malformed' }]),
  );

  test('a reply cut off by the next one is lost, the next one is read', () => {
    expect(decode('F 123.4F 123.45$')).toEqual({ events: [kN('123.45')], rejected: 7 });
  });

  test('every single lost byte leaves no load or the right one', () => {
    const reply = 'F 123.45 kN$';
    for (let lost = 0; lost < reply.length; lost += 1) {
      const { events } = decode(`${reply.slice(0, lost)}${reply.slice(lost + 1)}`);
      for (const event of events) if (event.kind === 'value') expect(event).toEqual(kN('123.45'));
    }
  });
  test('beyond the range', () => {
    expect(player('weihai', { range_kN: '100' }).text('F-100.01$').events).toEqual([underload]);
  });
});

describe('Jianyi', () => {
  const profile = { replyLength: 9, range_kN: '1000', confirmedBy };
  const reply = hex(1, 3, 0, 0x11, 0, 4, 0x12, 0x34, 0x99);
  test('load in tenths of a kN', () => {
    expect(player('jianyi', profile).hex(reply)).toEqual({ events: [kN('466.0')], rejected: 0 });
  });
  test('another mark, a load beyond the range, and no profile give no load', () => {
    expect(player('jianyi', profile).hex(reply.replace('0004', '0005')).events).toEqual([]);
    expect(player('jianyi', { ...profile, range_kN: '400' }).hex(reply).events).toEqual([overload]);
    expect(player('jianyi').hex(reply).events).toMatchObject([{ kind: 'error', code: 'profile-missing' }]);
    expect(() => bindDriver('jianyi', {})).toThrow(refusal('replyLength', 'range_kN', 'confirmedBy'));
  });
});

describe('Kent', () => {
  const fifteen = (layout: number, ...digits: number[]): string =>
    hex(0xf0, 0x01, layout, ...digits, 1, 2, 3, 4, 5, 6, 7, 8, 0x0f);
  test('new LCD: sign and decimals in byte 2', () => {
    const { hex: decode } = player('kent-new');
    expect(decode(fifteen(0x02, 0x01, 0x23, 0x45))).toEqual({ events: [kN('123.45')], rejected: 0 });
    expect(decode(fifteen(0x11, 0x00, 0x00, 0x12)).events).toEqual([kN('-1.2')]);
    expect(decode(fifteen(0x03, 0x01, 0x23, 0x45)).events).toEqual([{ kind: 'error', code: 'status' }]);
    expect(decode(fifteen(0x22, 0x01, 0x23, 0x45)).events).toEqual([{ kind: 'error', code: 'status' }]);
    expect(decode(fifteen(0x02, 0x01, 0xf0, 0x45)).events).toEqual([]);
  });
  const eleven = (...digits: number[]): string => hex(0xf0, 1, 2, 3, ...digits, 5, 6, 7, 0x0f);
  test('LCD: decimals and zero from the site', () => {
    const profile = { decimals: 2, zero_kN: '0.35', confirmedBy };
    expect(player('kent-lcd', profile).hex(eleven(0x01, 0x23, 0x45)).events).toEqual([kN('123.1')]);
    expect(player('kent-lcd', { decimals: 2, confirmedBy }).hex(eleven(0x01, 0x23, 0x45)).events).toEqual([
      kN('123.45'),
    ]);
    expect(player('kent-lcd').hex(eleven(0x01, 0x23, 0x45)).events).toMatchObject([{ kind: 'error' }]);
  });
  test('AD: count of 65536 times the span, exactly', () => {
    const profile = { decimals: 1, zero_kN: '0', span: '10000', confirmedBy };
    expect(player('kent-ad', profile).hex(eleven(0x03, 0x27, 0x68)).events).toEqual([kN('500')]);
    expect(player('kent-ad', profile).hex(eleven(0x00, 0x00, 0x01)).events).toEqual([kN('0.0152587890625')]);
  });
  test('digital display: the length between two heads is known', () => {
    const profile = { frameLength: 6, confirmedBy };
    const { push, pull } = connection('kent-led', profile);
    expect(push(Uint8Array.of(0xf0, 0x01, 0x23, 0x45, 9, 9, 0xf0))).toEqual([kN('1234.5')]);
    expect(push(Uint8Array.of(0x01, 0x23))).toEqual([]);
    pull();
    expect(push(Uint8Array.of(0x45, 9, 9, 0xf0))).toEqual([]);
    expect(player('kent-led', profile).hex('f0012345 09 f0').events).toEqual([]);
  });
});

test('a load that no machine reaches is no value, exactly at the limit too; a stated range is reached', () => {
  const kinds = (load: string, range?: string) => loadEvent(load, range).events.map((event) => event.kind);
  expect(kinds('9999.9')).toEqual(['value']);
  expect(kinds('10000.0')).toEqual(['state']);
  expect(kinds('-10000.0')).toEqual(['state']);
  expect(kinds('300.0', '300')).toEqual(['value']);
  expect(kinds('300.1', '300')).toEqual(['state']);
});
