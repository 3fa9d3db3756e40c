// Items of a platform's catalogue and their parameters: found by code, or by standard and name, and never guessed.
import { describe, expect, test } from 'vitest';
import { methodOfItem, parametersOfItem } from './catalogue.ts';
import { methodById } from './index.ts';

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

describe('a standard', () => {
  const mud = (methods: string[]) => methodOfItem(item('9', '天然砂含泥量', methods, '含泥量'))?.id;

  test('is the same one with other spaces, dashes or small letters', () => {
    const written = ['JGJ 52-2006', 'JGJ52-2006', 'jgj 52 - 2006', 'JGJ 52—2006', 'JGJ 52–2006', 'JGJ 52－2006'];
    expect(written.map((standard) => mud([standard]))).toEqual(written.map(() => 'sand-mud'));
    expect(mud(['GB/T 1', 'JGJ 52-2006'])).toBe('sand-mud');
    expect([mud(['JGJ 52-20061']), mud([])]).toEqual([undefined, undefined]);
  });

  test('may be that of the test or the one that is judged by', () => {
    const cement = (standard: string) => methodOfItem(item('9', '水泥胶砂强度', [standard], '抗折强度'))?.id;
    expect(['GB/T 17671-2021', 'GB 175-2023', 'GB 175-2024'].map(cement)).toEqual([
      'cement-strength',
      'cement-strength',
      undefined,
    ]);
  });

  test('that two methods recognise by name has none', () => {
    const both = item('9', '碎石 含泥量 压碎值', ['JGJ 52-2006'], '压碎值');
    expect(methodOfItem(both)).toBeNull();
    expect(methodOfItem({ ...both, name: '碎石 压碎值' })?.id).toBe('stone-crushing');
  });
});

describe('parameters of an item', () => {
  const steel = methodById('weld-joint');
  const codes = (itemCode: string, ...parameters: { code: string; name: string }[]) => [
    ...parametersOfItem(steel, { itemCode, name: '', methods: [], parameters }),
  ];

  test('are found by code in the catalogue of this program, by name in another one, else not at all', () => {
    const own = steel.itemCode ?? '';
    expect(codes(own, { code: 'WQ', name: '某项' }, { code: 'KL', name: '弯曲' })).toEqual([
      ['WQ', 'WQ'],
      ['KL', 'KL'],
    ]);
    expect(codes('另一平台', { code: 'WQ', name: '抗拉强度' }, { code: 'KL', name: '硬度' })).toEqual([
      ['WQ', 'KL'],
      ['KL', null],
    ]);
  });
});
