import { expect, test } from 'vitest';
import { SampleRing } from './ring.ts';

const sample = (index: number) => ({
  t_us: index * 1000,
  load: index * 1_000_000,
  text: '',
  displacement: index / 10,
  extension: index,
  gapBefore: false,
});

test('batches are what came since the last one', () => {
  const ring = new SampleRing(4);
  expect(ring.take()).toBeNull();
  for (let index = 0; index < 5; index += 1) ring.push(sample(index));
  const first = ring.take();
  expect([...first!.columns.load_kN]).toEqual([0, 0.001, 0.002, 0.003, 0.004]);
  expect([...first!.columns.extension_mm]).toEqual([0, 1e-6, 2e-6, 3e-6, 4e-6]);
  expect(first?.lost).toBe(0);
  expect(ring.take()).toBeNull();
});

test('it overwrites the oldest and says how many were lost to the display', () => {
  const ring = new SampleRing(3);
  for (let index = 0; index < 20; index += 1) ring.push(sample(index));
  const taken = ring.take();
  expect([...taken!.columns.displacement_mm]).toEqual([12, 13, 14, 15, 16, 17, 18, 19].map((each) => each / 10));
  expect(taken?.lost).toBe(12);
});

test('the last seconds, and a time that runs backwards ends them', () => {
  const ring = new SampleRing(6);
  for (let index = 0; index < 50; index += 1) ring.push(sample(index));
  expect([...ring.last(0.01).time_s]).toEqual([39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49].map((each) => each / 1000));
  for (let index = 0; index < 3; index += 1) ring.push(sample(index));
  expect([...ring.last(1).time_s]).toEqual([0, 0.001, 0.002]);
  expect(ring.recent(1, 2).map(({ t_us }) => t_us)).toEqual([0, 2000]);
});
