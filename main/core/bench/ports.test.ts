import { expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/appError.ts';
import { identityOf, refuseSwappedPort } from './ports.ts';

const setting = { path: 'COM5', baudRate: 9600, lineProfile: {}, identity: '1a86:7523:A1' };
const port = (serialNumber?: string) => ({
  path: 'COM5',
  vendorId: '1a86',
  productId: '7523',
  ...(serialNumber ? { serialNumber } : {}),
});

test('another adapter on the same port name is refused in words; the same one, or one the system does not know, is not', () => {
  expect(() => refuseSwappedPort('E001', setting, [port('A1')])).not.toThrow();
  expect(() => refuseSwappedPort('E001', setting, [])).not.toThrow();
  expect(() => refuseSwappedPort('E001', { ...setting, identity: null }, [port('B2')])).not.toThrow();
  try {
    refuseSwappedPort('E001', setting, [port('B2')]);
    expect.unreachable();
  } catch (cause) {
    expect(cause).toBeInstanceOf(AppError);
    expect((cause as AppError).info).toMatchObject({ code: 'PORT_SWAPPED' });
    expect((cause as AppError).info.message).toContain('E001');
  }
});

test('a chip without a serial number is known by its kind alone', () => {
  expect(identityOf(port())).toBe('1a86:7523');
  expect(identityOf(undefined)).toBeNull();
});
