// The assistant at a virtual machine waits for the bench to be armed, and lets go when the lab is closed.
import { expect, test } from 'vitest';
import type { VirtualInstrument } from '../../instruments/virtual/index.ts';
import { VirtualBench } from './virtualBench.ts';

test('a specimen that waits for its bench asks no more once the lab is closed: the store is closed then', async () => {
  const bench = new VirtualBench(50, 1);
  const obeyed: unknown[] = [];
  const instrument = { obey: (command: unknown) => obeyed.push(command), on: () => () => undefined };
  bench.borrow('E001', instrument as unknown as VirtualInstrument);
  let closed = false;
  let asked = 0;
  const armed = (): boolean => {
    if (closed) throw new TypeError('The database connection is not open');
    asked += 1;
    return false;
  };
  const loading = bench.load('E001', [{ load_kN: 700, rate_kN_s: 10, yield_kN: null }], armed);
  await expect.poll(() => asked).toBeGreaterThan(1);
  await bench.stopAll();
  closed = true;
  await expect(loading).resolves.toBeUndefined();
  expect(obeyed).toEqual([]);
});
