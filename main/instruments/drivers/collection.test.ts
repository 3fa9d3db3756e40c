// Every line of the collected frames (tests/fixtures/frames.json): what an instrument sends decodes to its meaning or
// is refused, what is sent to one comes out of an encoder byte for byte. A line that nothing here answers for fails.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodeAiBusRead } from './ai-bus.ts';
import { commandBytes } from './driver.ts';
import type { DriverEvent } from './driver.ts';
import { bindDriver, decodeBytes } from './index.ts';
import { encodeOkeCommand } from './machines/oke-universal.ts';
import { encodeRequest } from './modbus/index.ts';
import type { ModbusProfileInput } from './modbus/index.ts';
import { encodeHammerCommand } from './rebound-hammer.ts';

interface Line {
  protocol: string;
  direction: 'device->host' | 'host->device';
  text?: string;
  bytes_hex?: string;
  meaning: string;
  kind: 'fixture' | 'doc' | 'capture' | 'command' | 'negative';
}
const lines = JSON.parse(
  readFileSync(new URL('../../../tests/fixtures/frames.json', import.meta.url), 'utf8'),
) as Line[];
const key = (line: Line): string => line.text ?? line.bytes_hex ?? '';
const bytesOf = (line: Line): Uint8Array =>
  line.bytes_hex === undefined ? Buffer.from(line.text ?? '', 'latin1') : Buffer.from(line.bytes_hex, 'hex');

const value = (text: string, unit: string, more: object = {}): DriverEvent => ({
  kind: 'value',
  value: text,
  unit,
  ...more,
});
const stable = { stable: true };
const moving = { stable: false };
const info = (name: string, more: object = {}): DriverEvent => ({ kind: 'info', info: name, ...more });
const channel = (name: string): object => ({ fields: { channel: name } });
const state = (name: 'busy' | 'overload' | 'underload'): DriverEvent => ({ kind: 'state', state: name });

interface Meaning {
  driver: string;
  events: unknown[];
  profile?: unknown;
  rejected?: number;
}

type RegisterValue = ModbusProfileInput['values'][number];
const registers = (
  slave: number,
  ...values: (Pick<RegisterValue, 'name' | 'register' | 'type' | 'unit'> & Partial<RegisterValue>)[]
): ModbusProfileInput => ({
  id: 'meter',
  slave,
  values: values.map((each) => ({ function: 3, plausible: { min: '-1000', max: '100000' }, ...each })),
});
const raw = (register: number): Parameters<typeof registers>[1] => ({
  name: `raw${register}`,
  register,
  type: 'uint16',
  unit: '-',
});

const fromDevice: Record<string, Meaning> = {
  'S S     129.07 g\r\n': { driver: 'mt-sics', events: [value('129.07', 'g', stable)] },
  'S D     129.07 g\r\n': { driver: 'mt-sics', events: [value('129.07', 'g', moving)] },
  'T A 2.486 g\r\n': { driver: 'mt-sics', events: [info('tare', { value: '2.486', unit: 'g' })] },
  'TA A 2.486 g\r\n': { driver: 'mt-sics', events: [info('tare', { value: '2.486', unit: 'g' })] },
  'S I\r\n': { driver: 'mt-sics', events: [state('busy')] },
  'Z -\r\n': { driver: 'mt-sics', events: [state('underload')] },
  'EL\r\n': { driver: 'mt-sics', events: [expect.objectContaining({ kind: 'error', code: 'EL' })] },
  'S S    -100.00 g\r\n': { driver: 'mt-sics', events: [value('-100.00', 'g', stable)] },
  '@ A "123456789"\r\n': { driver: 'mt-sics', events: [info('serial', { value: '123456789' })] },
  'I4 I\r\n': { driver: 'mt-sics', events: [state('busy')] },
  'I0 I\r\n': { driver: 'mt-sics', events: [state('busy')] },
  'TAC A\r\n': { driver: 'mt-sics', events: [info('tare-cleared')] },
  'S D 1.234 g\r\n': { driver: 'mt-sics', events: [value('1.234', 'g', moving)] },
  '     N       0.3746 g\r\n': {
    driver: 'mettler-print',
    events: [value('0.3746', 'g', { fields: { mode: 'net' } })],
  },
  ' Error 123 ': { driver: 'sartorius-sbi', events: [expect.objectContaining({ kind: 'error', code: '123' })] },
  '        051   ': { driver: 'sartorius-sbi', events: [info('key', { value: '051' })] },
  ' 0.0   ': { driver: 'sartorius-sbi', events: [value('0.0', '', moving)] },
  ' too low': { driver: 'sartorius-sbi', events: [state('underload')] },
  '+123.45678 mg  ': { driver: 'sartorius-sbi', events: [value('123.45678', 'mg', stable)] },
  'US,-00000.0012  g\r\n': { driver: 'and', events: [value('-0.0012', 'g', moving)] },
  'US,-00001.20 kg\r\n': { driver: 'and', events: [value('-1.20', 'kg', moving)] },
  // The unit was cut off in the source: refused, because a unit is never assumed.
  'US,+000.0176': { driver: 'and', events: [], rejected: 12 },
  'OL,+9999999E+19\r\n': { driver: 'and', events: [state('overload')] },
  'ST,+00012.3456  g\r\n': { driver: 'and', events: [value('12.3456', 'g', stable)] },
  'ST,+00123.45  g\r\n': { driver: 'and', events: [value('123.45', 'g', stable)] },
  'EC,E01\r\n': { driver: 'and', events: [expect.objectContaining({ kind: 'error', code: 'E01' })] },
  'ST,+011.5492  g\r\n': { driver: 'and', events: [value('11.5492', 'g', stable)] },
  '113,ST,11.5598\n789,ST,11.5598\n1449,ST,11.5593\n2213,ST,11.5592\n2890,ST,11.5592\n': {
    driver: 'and-log',
    events: [
      ['0.113', '11.5598'],
      ['0.789', '11.5598'],
      ['1.449', '11.5593'],
      ['2.213', '11.5592'],
      ['2.890', '11.5592'],
    ].map(([time_s, text]) => value(text ?? '', 'g', { ...stable, fields: { time_s } })),
  },
  '    53.98 g     ': { driver: 'ohaus', events: [value('53.98', 'g', stable)] },
  'A00\r\n': { driver: 'kern', events: [info('acknowledged')] },
  '022b30303136353030313903': { driver: 'xk3190-a9', events: [value('1650', 'kg')] },
  '022b30303030303030314203': { driver: 'xk3190-a9', events: [value('0', 'kg')] },
  'wt000.000kg': { driver: 'xk3190-a12', events: [info('tare', { value: '0.000', unit: 'kg' })] },
  'N.W. : +  3.662 kg\r\nT.W. : +  0.000 kg\r\nG.W. : +  3.662 kg\r\n': {
    driver: 'jwi-586',
    events: [
      value('3.662', 'kg', { fields: { mode: 'net', gross: '3.662', tare: '0.000' } }),
      info('tare', { value: '0.000', unit: 'kg' }),
    ],
  },
  '01A-000.0018': {
    driver: 'digimatic',
    profile: { unit: 'mm', confirmedBy: '张三' },
    events: [value('-0.0018', 'mm', channel('01'))],
  },
  '01A+000.0018': { driver: 'digimatic', events: [value('0.0018', '', channel('01'))] },
  '010304000003e8fa8d': {
    driver: 'modbus',
    profile: registers(1, { name: 'counter', register: 0, type: 'int32', unit: '-' }),
    events: [value('1000', '-', channel('counter'))],
  },
  '010404436b580e25d8': {
    driver: 'modbus',
    profile: registers(1, { name: 'voltage', register: 0, type: 'float32', unit: 'V', function: 4 }),
    // The shortest decimal of this float32; the source rounds it to 235.344.
    events: [value('235.34396', 'V', channel('voltage'))],
  },
  '0103080292ff9b03e8003857b6': {
    driver: 'modbus',
    profile: registers(
      1,
      { name: 'moisture', register: 0, type: 'uint16', scale: '0.1', unit: '%' },
      { name: 'temperature', register: 1, type: 'int16', scale: '0.1', unit: '℃' },
      { name: 'conductivity', register: 2, type: 'uint16', unit: 'µS/cm' },
      { name: 'ph', register: 3, type: 'uint16', scale: '0.1', unit: 'pH' },
    ),
    events: [
      value('65.8', '%', channel('moisture')),
      value('-10.1', '℃', channel('temperature')),
      value('1000', 'µS/cm', channel('conductivity')),
      value('5.6', 'pH', channel('ph')),
    ],
  },
  '05030841e3a5e34282b1aa0a89': {
    driver: 'modbus',
    profile: registers(
      5,
      { name: 'first', register: 0xbc, type: 'float32', unit: '-' },
      { name: 'second', register: 0xbe, type: 'float32', unit: '-' },
    ),
    events: [value('28.456', '-', channel('first')), value('65.347', '-', channel('second'))],
  },
  '05030800ed027b00e000f999b5': {
    driver: 'modbus',
    profile: registers(5, raw(2), raw(3), raw(4), raw(5)),
    events: ['237', '635', '224', '249'].map((text, index) => value(text, '-', channel(`raw${index + 2}`))),
  },
  '010304011102722a8f': {
    driver: 'modbus',
    profile: registers(
      1,
      { name: 'temperature', register: 0, type: 'int16', scale: '0.1', unit: '℃' },
      { name: 'humidity', register: 1, type: 'uint16', scale: '0.1', unit: '%RH' },
    ),
    events: [value('27.3', '℃', channel('temperature')), value('62.6', '%RH', channel('humidity'))],
  },
  '0104021554b65f': {
    driver: 'modbus',
    profile: registers(1, {
      name: 'humidity',
      register: 2,
      type: 'uint16',
      scale: '0.01',
      unit: '%RH',
      function: 4,
    }),
    events: [value('54.60', '%RH', channel('humidity'))],
  },
  '0104020bea3f8f': {
    driver: 'modbus',
    profile: registers(1, { name: 'temperature', register: 1, type: 'int16', scale: '0.01', unit: '℃', function: 4 }),
    events: [value('30.50', '℃', channel('temperature'))],
  },
  '01030200017984': {
    driver: 'modbus',
    profile: registers(1, { name: 'address', register: 0x101, type: 'uint16', unit: '-' }),
    events: [value('1', '-', channel('address'))],
  },
};

const command = (driver: string, name: string) => (): Uint8Array =>
  commandBytes(bindDriver(driver).commands[name] ?? 'missing');
const read = (slave: number, code: 3 | 4, start: number, count: number) => (): Uint8Array =>
  encodeRequest({ slave, function: code, start, count });

const toDevice: Record<string, () => Uint8Array> = {
  '1b78325f0d0a': command('sartorius-sbi', 'serial'),
  '1b78315f0d0a': command('sartorius-sbi', 'model'),
  '020300000002c438': read(2, 3, 0, 2),
  '050300020004e44d': read(5, 3, 2, 4),
  '01030008000245c9': read(1, 3, 8, 2),
  '010300000002c40b': read(1, 3, 0, 2),
  '010400040002300a': read(1, 4, 4, 2),
  '01040000000271cb': read(1, 4, 0, 2),
  '010300500002c41a': read(1, 3, 0x50, 2),
  '050300bc00048469': read(5, 3, 0xbc, 4),
  '8181520000005300': () => encodeAiBusRead({ address: 1, parameter: 0 }),
  '24524449df230d0a': () => encodeHammerCommand('RDI'),
  a50000000004000000005a: command('oke-pressure', 'read'),
  fd07d00000000000d4: () => encodeOkeCommand(0xd0),
  fd07e00000000000e4: command('oke-universal', 'lowerYieldReady'),
  F: command('weihai', 'read'),
  '0103001100020116': command('jianyi', 'read'),
  a5a5a5a5a5a5a5a5a5a5: command('kent-new', 'stream'),
};

/** Printed with a wrong check in the source: refused when read, and never what an encoder gives. */
const negatives: Record<string, { driver: string; right: string; encode: () => Uint8Array }> = {
  '0110000000020444960000257b': {
    driver: 'modbus',
    right: '01100000000204449600000773',
    encode: () => encodeRequest({ slave: 1, function: 16, start: 0, values: [0x4496, 0] }),
  },
};

const named = (kept: (line: Line) => boolean) =>
  lines.filter(kept).map((line) => ({ name: `${line.protocol} ${JSON.stringify(key(line))}: ${line.meaning}`, line }));
const isNegative = (line: Line): boolean => line.kind === 'negative';

describe('what an instrument sends decodes to its meaning', () => {
  test.each(named((line) => line.direction === 'device->host' && !isNegative(line)))('$name', ({ line }) => {
    const meaning = fromDevice[key(line)];
    expect(meaning, 'no driver answers for this line').toBeDefined();
    const { driver, events, profile, rejected = 0 } = meaning as Meaning;
    expect(decodeBytes(driver, bytesOf(line), profile)).toEqual({ events, rejected });
  });
});

describe('what is sent to an instrument comes out of an encoder', () => {
  test.each(named((line) => line.direction === 'host->device' && !isNegative(line)))('$name', ({ line }) => {
    const encode = toDevice[key(line)];
    expect(encode, 'no encoder answers for this line').toBeDefined();
    expect(Buffer.from((encode as () => Uint8Array)()).toString('hex')).toBe(
      Buffer.from(bytesOf(line)).toString('hex'),
    );
  });
});

describe('what its source prints wrongly is refused', () => {
  test.each(named(isNegative))('$name', ({ line }) => {
    const negative = negatives[key(line)];
    const { events, rejected } = decodeBytes(negative?.driver ?? 'no driver', bytesOf(line));
    expect(events).toEqual([{ kind: 'error', code: 'checksum' }]);
    expect(rejected).toBe(bytesOf(line).length);
    expect(Buffer.from(negative?.encode() ?? []).toString('hex')).toBe(negative?.right);
  });
});

test('nothing here answers for a line that the collection does not have', () => {
  const known = new Set(lines.map(key));
  const answered = [...Object.keys(fromDevice), ...Object.keys(toDevice), ...Object.keys(negatives)];
  expect(answered.filter((each) => !known.has(each))).toEqual([]);
  expect(answered).toHaveLength(lines.length);
});
