// A fault that stood here: the step of the bend former said 5 × 20 = 80 where a former of 80 mm had been used.
import { describe, expect, test } from 'vitest';
import { bend, compute } from '../../testing/steel-weld.ts';

const step = (change: Record<string, unknown>) =>
  compute({ ...bend, ...change }).trace.find(({ name }) => name === '弯心直径');

describe('the step of the bend former', () => {
  test('computes the tabled one, and says beside it what was used', () => {
    expect(step({})).toMatchObject({ substituted: '5 × 20', value: '100', rule: '所用弯心直径 100 mm，与规定一致' });
    expect(step({ bendFormer_mm: '80' })).toMatchObject({
      substituted: '5 × 20',
      value: '100',
      rule: '所用弯心直径 80 mm，与规定不一致',
    });
  });

  test('takes one diameter more above 25 mm', () => {
    const thick = { nominalDiameter_mm: '28', bendFormer_mm: '168', loads_kN: ['370', '372', '371'] };
    expect(step(thick)).toMatchObject({ formula: '6 × d', substituted: '6 × 28', value: '168' });
  });
});
