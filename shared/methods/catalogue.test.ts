import { describe, expect, test } from 'vitest';
import { methodOfItem } from './catalogue.ts';

const item = (itemCode: string, name: string, methods: string[], parameter = '抗压强度') => ({
  itemCode,
  name,
  methods,
  parameters: [{ code: 'X1', name: parameter }],
});

describe('an item of another platform finds its method by standard and name', () => {
  test('its own code, or the standard with the name of the test', () => {
    expect(methodOfItem(item('HNT-KY', '混凝土立方体抗压强度', []))?.id).toBe('concrete-cube');
    expect(methodOfItem(item('0301', '混凝土抗压强度', ['GB/T50081—2019']))?.id).toBe('concrete-cube');
    expect(methodOfItem(item('A-7', '混凝土试块', ['GB/T 50081-2019'], '立方体抗压强度'))?.id).toBe('concrete-cube');
  });

  test('the same standard for another test, another edition, or another material has none', () => {
    expect(methodOfItem(item('0302', '混凝土劈裂抗拉强度', ['GB/T 50081-2019'], '劈裂抗拉强度'))?.id).toBe(
      'concrete-splitting',
    );
    expect(methodOfItem(item('0303', '混凝土轴心抗压强度', ['GB/T 50081-2019'], '轴心抗压强度'))).toBeNull();
    expect(methodOfItem(item('0301', '混凝土抗压强度', ['GB/T 50081-2002']))).toBeNull();
    expect(methodOfItem(item('0401', '砂浆抗压强度', ['JGJ/T 70-1990']))).toBeNull();
  });
});
