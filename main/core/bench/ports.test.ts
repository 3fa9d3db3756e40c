import { expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/appError.ts';
import { followPort, identityOf, readPortSetting, settingText } from './portSetting.ts';

const setting = { path: 'COM5', identity: '1a86:7523:A1', place: 'Port_#0001' };
const port = (path: string, serialNumber?: string, place?: string) => ({
  path,
  vendorId: '1a86',
  productId: '7523',
  ...(serialNumber ? { serialNumber } : {}),
  ...(place ? { place } : {}),
});
const refused = (work: () => unknown): AppError => {
  try {
    work();
  } catch (cause) {
    return cause as AppError;
  }
  throw new Error('was not refused');
};

test('the same adapter is used where it is, and one that the system does not know is not doubted', () => {
  expect(followPort('E001', setting, [port('COM5', 'A1')])).toEqual({ path: 'COM5', note: null });
  expect(followPort('E001', setting, [])).toEqual({ path: 'COM5', note: null });
  expect(followPort('E001', setting, [{ path: 'COM5' }])).toEqual({ path: 'COM5', note: null });
  expect(followPort('E001', { ...setting, identity: null }, [port('COM5', 'B2')]).path).toBe('COM5');
});

test('the adapter is followed to its new name, and that is said', () => {
  const found = followPort('E001', setting, [port('COM5', 'B2'), port('COM7', 'A1', 'Port_#0009')]);
  expect(found.path).toBe('COM7');
  expect(found.note).toMatch(/E001.*COM7.*COM5/);
});

test('another adapter on the old name is refused in words', () => {
  const { info } = refused(() => followPort('E001', setting, [port('COM5', 'B2')]));
  expect(info).toMatchObject({ code: 'PORT_SWAPPED' });
  expect(info.message).toContain('E001');
  expect(info.message).toContain('1a86:7523:B2');
});

test('adapters without a serial number are told apart by their socket, and never guessed', () => {
  const plain = { ...setting, identity: '1a86:7523' };
  const here = port('COM5', undefined, 'Port_#0002');
  const there = port('COM6', undefined, 'Port_#0001');
  expect(followPort('E001', plain, [port('COM5', undefined, 'Port_#0001')]).path).toBe('COM5');
  expect(followPort('E001', plain, [here, there]).path).toBe('COM6');
  expect(refused(() => followPort('E001', plain, [here])).info.code).toBe('PORT_SWAPPED');
  expect(followPort('E001', { ...plain, place: null }, [here]).path).toBe('COM5');
  // Without a socket on file a machine is not moved to any adapter of the same kind.
  expect(followPort('E001', { ...plain, place: null }, [there]).path).toBe('COM5');
});

test('a serial number that several adapters bear tells as little as none', () => {
  const twins = [port('COM5', 'A1', 'Port_#0002'), port('COM6', 'A1', 'Port_#0001')];
  expect(followPort('E001', setting, twins).path).toBe('COM6');
});

test('a chip without a serial number is known by its kind alone', () => {
  expect(identityOf(port('COM5'))).toBe('1a86:7523');
  expect(identityOf(undefined)).toBeNull();
});

test('settings of the former shape are read as what they meant', () => {
  const columns = [{ role: 'load', unit: 'kN' }];
  const profile = {
    id: 'x',
    separator: ',',
    columns,
    line: { baudRate: 2400, dataBits: 7, parity: 'even', stopBits: 1 },
  };
  const kept = readPortSetting(JSON.stringify({ path: 'COM5', baudRate: 9600, lineProfile: profile }));
  expect(kept).toEqual({
    path: 'COM5',
    line: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
    driver: { id: 'line-profile', profile },
    identity: null,
    place: null,
    instrument: null,
  });
  const virtual = readPortSetting('{"path":"/dev/x","baudRate":115200,"lineProfile":null,"identity":"a:b"}');
  expect(virtual).toMatchObject({ identity: 'a:b', driver: { id: 'line-profile', profile: null } });
  expect(virtual?.line).toEqual({ baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 });
  expect(readPortSetting(null)).toBeNull();
  expect(readPortSetting(JSON.stringify(kept))).toEqual(kept);
});

test('the order of names is no difference between settings, a figure is', () => {
  const one = readPortSetting('{"path":"p","baudRate":9600,"lineProfile":{"a":1,"b":[{"c":2,"d":3}]}}')!;
  const two = readPortSetting('{"lineProfile":{"b":[{"d":3,"c":2}],"a":1},"baudRate":9600,"path":"p"}')!;
  expect(settingText(one)).toBe(settingText(two));
  expect(settingText({ ...one, line: { ...one.line, stopBits: 2 } })).not.toBe(settingText(one));
});
