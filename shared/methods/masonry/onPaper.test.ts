// What an inspector reads of bricks and blocks: every row of the report, the summary of the record, the steps that decide,
// and the figures in warnings and stops.
import { describe, expect, test } from 'vitest';
import concreteBlock from './concrete-block.method.ts';
import firedBrick from './fired-brick.method.ts';
import { OLD } from './brick/data.ts';
import type { MethodComputation } from '../method.ts';
import { AppError } from '../../errors/appError.ts';

const BRICK = { policies: { 'limits GB/T 5101-2017': 'confirmed' } };
const BLOCK = { policies: { 'limits GB/T 8239-2014': 'confirmed' } };
const ten = <T>(value: T): T[] => Array.from({ length: 10 }, () => value);
const five = <T>(value: T): T[] => Array.from({ length: 5 }, () => value);
const LOADS = ['254', '270', '218', '183', '238', '259', '151', '280', '220', '254'];
const bricks = {
  preparation: '二次成型',
  length_mm: ten(['120', '120']),
  width_mm: ten(['115', '115']),
  loads_kN: LOADS,
};
const blocks = {
  length_mm: five(['390', '390']),
  width_mm: five(['190', '190']),
  loads_kN: ['741', '800', '600', '900', '741'],
};
/** Cells as they are read, row by row. */
const cells = (tables: MethodComputation['report'], index = 0): string[] =>
  tables[index]?.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join(' ')) ?? [];
const steps = ({ trace }: MethodComputation, count: number): string[] =>
  trace
    .slice(-count)
    .map(({ name, formula, substituted, value, rule }) => [name, formula, substituted, value, rule].join(' | '));

describe('the report of bricks', () => {
  const report = (form: object, settings = {}) => cells(firedBrick.compute({ ...bricks, ...form }, settings).report);

  test('names grade, requirement, figure and verdict of each line', () => {
    expect(report({ designGrade: 'MU20' }, BRICK)).toEqual([
      '{sampleNo} MU20 平均值 ≥20.0 MPa 16.9 不合格',
      '强度标准值 ≥14.0 MPa 11.5 不合格',
      '单块最小值 — 10.94 —',
    ]);
    expect(report({ designGrade: 'MU15' }, BRICK).map((row) => row.split(' ').at(-1))).toEqual(['合格', '合格', '—']);
  });

  test('leaves it to a person while the limits are drafts, and asks for nothing without a grade', () => {
    expect(report({ designGrade: 'MU20' }).map((row) => row.split(' ').at(-1))).toEqual([
      '需人工判定',
      '需人工判定',
      '—',
    ]);
    expect(report({}, BRICK)[0]).toBe('{sampleNo} — 平均值 — 16.9 —');
  });

  test('has no characteristic strength where the variation is too large (2003)', () => {
    const wide = { loads_kN: LOADS.map((load, index) => (index % 2 === 0 ? String(Number(load) * 2) : load)) };
    const answer = firedBrick.compute({ ...bricks, ...wide, designGrade: 'MU20' }, { edition: OLD });
    expect(answer.outputs).toMatchObject({ mean_MPa: '24.7', variation: '0.33', fk_MPa: null, least_MPa: '13.3' });
    expect(cells(answer.report)).toEqual([
      '{sampleNo} MU20 平均值 限值未收录 24.7 需人工判定',
      '强度标准值 限值未收录 — 需人工判定',
      '单块最小值 — 13.3 —',
    ]);
    const named = (name: string) => answer.trace.find((step) => step.name === name);
    expect(named('变异系数')).toMatchObject({ substituted: '8.17 / 24.7', value: '0.33' });
    expect(named('强度标准值')).toMatchObject({ value: null, rule: '变异系数过大，不用标准值' });
    expect(cells(answer.record, 1)).toEqual(['二次成型 24.7 8.17 0.33 — 13.3 —']);
    expect(answer.record[1]?.notes).toEqual(['f_{k} = 平均值 − 1.8 S']);
    expect(answer.result.parameters[0]?.requirement).toBe('MU20：平均值 限值未收录，强度标准值 限值未收录');
    expect(firedBrick.compute({ ...bricks, ...wide }, { edition: OLD }).result.parameters[0]?.requirement).toBeNull();
  });
});

test('the record of bricks shows each specimen, the summary and the steps that decide', () => {
  const answer = firedBrick.compute({ ...bricks, designGrade: 'MU20' }, BRICK);
  expect(cells(answer.record)[6]).toBe('7 120、120 115、115 120×115 13800 151 10.94');
  expect(cells(answer.record, 1)).toEqual(['二次成型 16.9 2.94 — 11.5 10.94 MU15']);
  expect(steps(answer, 3)).toEqual([
    '达到的强度等级 | 平均值和强度标准值均不低于该等级的规定 | 16.9，11.5 | MU15 | 满足 MU15 的两项规定',
    '抗压强度平均值 判定 | 抗压强度平均值 ≥20.0 MPa | 16.9 | 不符合 | 全数值比较法',
    '强度标准值 判定 | 强度标准值 ≥14.0 MPa | 11.5 | 不符合 | 全数值比较法',
  ]);
  const named = (name: string) => answer.trace.find((step) => step.name === name);
  expect(named('变异系数')).toBeUndefined();
  expect(named('强度标准值')).toMatchObject({ value: '11.5', rule: '修约至 0.1 MPa' });
  expect(named('试样 1 受压面宽度')).toMatchObject({ substituted: '(115 + 115) / 2', value: '115' });
  const weak = firedBrick.compute({ ...bricks, loads_kN: ten('110') }, BRICK);
  expect(steps(weak, 1)).toEqual(['达到的强度等级 | 平均值和强度标准值均不低于该等级的规定 | 8.0，8.0 |  | 低于 MU10']);
});

test('warnings and stops of bricks say which specimen and which figures', () => {
  const answer = firedBrick.compute({
    ...bricks,
    length_mm: [['131', '120'], ...ten(['120', '120']).slice(1)],
    loadingRates_kN_s: [...ten('5').slice(1), '3.99'],
    loads_kN: ['60', ...ten('254').slice(1)],
    designGrade: 'MU30',
  });
  expect(answer.warnings.map(({ message, field }) => [message, field])).toEqual([
    ['试样 10 加荷速度 3.99 kN/s，不在常用的 4～6 kN/s 之内。', 'loadingRates_kN_s.9'],
  ]);
  expect(answer.stops.map(({ message, field }) => [message, field])).toEqual([
    ['试样 1 受压面长度两次测量为 131 mm 和 120 mm，相差 11 mm。', 'length_mm.0'],
    ['试样 1 抗压强度 4.14 MPa，低于平均值 17.0 MPa 的 30% 或高于其 2 倍。', 'loads_kN.0'],
  ]);
  const low = firedBrick.compute({ ...bricks, loads_kN: ten('200'), designGrade: 'MU30' });
  expect(low.stops.map(({ message }) => message)).toEqual(['抗压强度平均值 14.5 MPa，不到强度等级 MU30 的一半。']);
});

test('blocks: report, record and steps', () => {
  const answer = concreteBlock.compute({ ...blocks, designGrade: 'MU10' }, BLOCK);
  expect(cells(answer.report)).toEqual(['{sampleNo} MU10 平均值 ≥10.0 MPa 10.2 合格', '单块最小值 ≥8.0 MPa 8.1 合格']);
  expect(cells(answer.record, 1)).toEqual(['10.2 8.1 MU10']);
  expect(steps(answer, 3)).toEqual([
    '达到的强度等级 | 平均值和单块最小值均不低于该等级的规定 | 10.2，8.1 | MU10 | 满足 MU10 的两项规定',
    '抗压强度平均值 判定 | 抗压强度平均值 ≥10.0 MPa | 10.2 | 符合 | 全数值比较法',
    '单块最小值 判定 | 单块最小值 ≥8.0 MPa | 8.1 | 符合 | 全数值比较法',
  ]);
  const open = concreteBlock.compute(blocks);
  expect(cells(open.report)).toEqual(['{sampleNo} — 平均值 — 10.2 —', '单块最小值 — 8.1 —']);
  expect(cells(open.record, 1)).toEqual(['10.2 8.1 —']);
  expect(open.result.parameters[0]?.requirement).toBeNull();
  // The mean is met, the least is not: each line has its own verdict.
  const uneven = concreteBlock.compute({ ...blocks, loads_kN: ['900', '900', '900', '900', '500'], designGrade: 'MU10' }, BLOCK); // prettier-ignore
  expect(cells(uneven.report).map((row) => row.split(' ').at(-1))).toEqual(['合格', '不合格']);
  expect(uneven.result.text).toBe(
    '该组砌块抗压强度平均值为 11.0 MPa，单块最小值为 6.7 MPa，不符合 MU10 强度等级的要求（达到 MU7.5）。',
  );
});

test('strengths that no product has are refused with their figure', () => {
  const refused = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof AppError) return error.info.message;
      throw error;
    }
    return '';
  };
  // On 200 × 100 mm, 20 kN is 1 MPa.
  const block = (load: string) => () =>
    concreteBlock.compute({ length_mm: five(['200', '200']), width_mm: five(['100', '100']), loads_kN: five(load) });
  expect(['2400', '2', '2402', '0.9'].map((load) => refused(block(load)))).toEqual([
    '',
    '',
    '抗压强度为 120.1 MPa，超过该类制品可能的强度 120 MPa。',
    '抗压强度为 0.0 MPa，不是有效读数。',
  ]);
  const line = { loads_kN: LOADS, area_mm2: '13800', single_MPa: LOADS.map(() => '18.41') };
  expect(refused(() => firedBrick.vectors['fired-brick-strength']?.(line))).toBe(
    '试样 2 给出的强度 18.41 MPa 与由荷载算得的 19.57 MPa 不一致。',
  );
});

test('the training machine breaks a specimen a fifth above its grade, and knows none without a grade', () => {
  const usual = ({ acquisitions }: typeof firedBrick | typeof concreteBlock, designGrade?: string) =>
    acquisitions[0]?.usualLoad_kN?.(designGrade === undefined ? {} : { designGrade });
  // 1.2 × 15 × 13 225 mm² and 1.2 × 10 × 74 100 mm².
  expect([usual(firedBrick, 'MU15'), usual(concreteBlock, 'MU10')]).toEqual(['238.0', '889.2']);
  expect([usual(firedBrick), usual(concreteBlock, 'MU30')]).toEqual([null, null]);
});
