import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';

test('arguments are found among those of Electron, and senseless ones are left aside', () => {
  expect(
    readArguments(['electron', '.', '--no-sandbox', '--data', '/d', '--training', '--virtual-speed=20'], '/u'),
  ).toEqual({
    dataFolder: '/d',
    training: true,
    virtualSpeed: 20,
  });
  expect(readArguments(['electron', '--data', '--training', '--virtual-speed', 'x'], '/u')).toEqual({
    dataFolder: join('/u', 'data'),
    training: true,
    virtualSpeed: 1,
  });
  expect(readArguments(['jiantai', '--data=/d'], '/u').training).toBe(false);
});
