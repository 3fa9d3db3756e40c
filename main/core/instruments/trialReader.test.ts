import { describe, expect, test } from 'vitest';
import { TrialReader } from './trialReader.ts';

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const said = (text: string, at = 1000) => ({ at, out: false, bytes: bytes(text) });
const asked = (text: string, at = 1000) => ({ at, out: true, bytes: bytes(text) });
const reader = (id: string | null, profile: unknown = null): TrialReader =>
  new TrialReader(line, id === null ? null : { id, profile }, 0);

test('the newest reading with its unit, which is soon too old to be one', () => {
  const balance = reader('mt-sics');
  balance.feed(1, [asked('SI\r\n'), said('S S      52.34 g\r\n')]);
  expect(balance.reading(1500)).toEqual({ value: '52.34', unit: 'g', stable: true, at: 1000 });
  expect(balance.reading(60_000)).toBeNull();
  expect(balance.trouble(60_000)).toMatchObject({ code: 'silent' });
  expect(balance.raw).toContain(Buffer.from('52.34').toString('hex'));
});

test('a condition is no number, and takes the number before it away', () => {
  const balance = reader('mt-sics');
  balance.feed(1, [asked('SI\r\n'), said('S S      52.34 g\r\n'), asked('SI\r\n'), said('S +\r\n')]);
  expect(balance.reading(1001)).toBeNull();
  expect(balance.condition(1001)).toBe('超载');
  expect(balance.condition(60_000)).toBeNull();
});

test('the half of an answer never joins the next, over a question and over a connection', () => {
  const balance = reader('mt-sics');
  balance.feed(1, [asked('SI\r\n'), said('S S      1'), asked('SI\r\n'), said('99.0000 g\r\n')]);
  expect(balance.reading(1001)).toBeNull();
  balance.feed(1, [asked('SI\r\n'), said('S S      1')]);
  balance.feed(2, [said('5.00 g\r\n')]);
  expect(balance.reading(1001)).toBeNull();
});

test('the answer to the identity question is who it is, never a weight', () => {
  const balance = reader('mt-sics');
  expect(Buffer.from(balance.asking.once ?? []).toString()).toBe('I4\r\n');
  const turns = balance.asking.ask.map((each) => Buffer.from(each.bytes).toString());
  expect(turns).toEqual(['SI\r\n', 'I4\r\n', ...Array.from({ length: 5 }, () => 'SI\r\n')]);
  balance.feed(1, [asked('I4\r\n'), said('I4 A "B123"\r\n')]);
  expect(balance.identity).toBe('B123');
  expect(balance.reading(1001)).toBeNull();
});

test('slow answers cross: a reading on its way is no answer to who it is, the number behind it is', () => {
  const balance = reader('mt-sics');
  expect(balance.identityState).toBe('asking');
  balance.feed(1, [asked('I4\r\n'), said('S S      52.34 g\r\n'), said('I4 A "B123"\r\n')]);
  expect(balance.identity).toBe('B123');
  expect(balance.identityState).toBe('known');
  expect(balance.reading(1001)?.value).toBe('52.34');
});

test('it counts as an instrument that does not say who it is only after three questions without an answer', () => {
  const balance = reader('mt-sics');
  const turn = [asked('I4\r\n'), asked('SI\r\n'), said('S S      52.34 g\r\n')];
  balance.feed(1, [...turn, ...turn]);
  expect(balance.identityState).toBe('asking');
  balance.feed(1, turn);
  expect(balance.identityState).toBe('silent');
  balance.feed(1, [asked('I4\r\n'), said('I4 A "B123"\r\n')]);
  expect(balance.identityState).toBe('known');
  expect(reader('keli').identityState).toBe('none');
});

test('what streams is not asked, what polls is asked as its driver says', () => {
  expect(reader('xk3190-a9').asking.ask).toEqual([]);
  expect(reader('oke-universal').asking.ask).toEqual([expect.objectContaining({ everyMs: 200 })]);
  expect(reader('kent-new').asking.once).toHaveLength(10);
  expect(reader(null).asking.ask).toEqual([]);
});

test('every read request of a meter is asked in turn', () => {
  const value = { function: 3, type: 'int16', unit: '℃', plausible: { min: '-40', max: '80' } };
  const values = [{ ...value, name: 'a', register: 0 }, { ...value, name: 'b', register: 20 }]; // prettier-ignore
  expect(reader('modbus', { id: 'm', slave: 1, values }).asking.ask).toHaveLength(2);
});

test('a printed reading stays as long as the paper is in the hand', () => {
  const printer = reader('mettler-print');
  // The first line of a connection may be the tail of one.
  printer.feed(1, [said('     N       0.1111 g\r\n'), said('     N       0.3746 g\r\n')]);
  expect(printer.reading(61_000)?.value).toBe('0.3746');
  expect(reader('mettler-print').trouble(10_000)?.next).toContain('打印键');
});

describe('troubles in words', () => {
  const evenParity = (text: string): string =>
    Buffer.from(bytes(text).map((byte) => byte | ((byte.toString(2).split('1').length - 1) % 2 ? 0x80 : 0))).toString(
      'latin1',
    );
  const trouble = (id: string, text: string) => {
    const subject = reader(id);
    subject.feed(1, [asked('SI\r\n'), said(text, 4000)]);
    return subject.trouble(4100);
  };
  test.each([
    ['a parity bit', 'parity', evenParity('S S     100.00 g\r\n'.repeat(5)), '7E1'],
    ['garbage', 'garbage', '\u00f8\u0080\u0000\u00e0\u001c'.repeat(20), '波特率'],
    ['another protocol', 'unknown', '1,2,3,4\r\n'.repeat(12), '每行 4 列'],
  ])('%s', (_, code, text, word) => {
    const found = trouble('mt-sics', text);
    expect(found?.code).toBe(code);
    expect(`${found?.message}${found?.next}`).toContain(word);
  });
  test('it is too early to say after a few bytes, and there is none with a reading', () => {
    expect(trouble('mt-sics', '\u00f8\u0080')).toBeNull();
    expect(trouble('mt-sics', 'S S     100.00 g\r\n')).toBeNull();
  });
  test('the refusals of frames are kept in words, the same one once', () => {
    const subject = reader('line-profile', { id: 'p', separator: ',', columns: [{ role: 'load', unit: 'kN' }] });
    subject.feed(1, [said('x\r\n1,2\r\n1,2\r\n3,4\r\n')]);
    expect(subject.refusals).toEqual(['应有 1 列，收到 2 列']);
  });
});
