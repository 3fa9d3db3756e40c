// What an inspector reads of mortar: rows of record and report, the sentence, and the figures in warnings, stops and refusals.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/appError.ts';
import mortarBatch from './mortar-batch.method.ts';
import mortarCube from './mortar-cube.method.ts';
import type { MethodComputation } from '../method.ts';

const base = { loads_kN: ['30.00', '31.50', '29.00'], designGrade: 'M7.5' };
const cells = (tables: MethodComputation['report'], index = 0): string[] =>
  tables[index]?.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)).join(' ')) ?? [];
const messages = (list: readonly { message: string }[]) => list.map(({ message }) => message);
const refused = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
};

describe('a group of cubes', () => {
  test('on record and report: sizes, loads, strengths, rule, value and share', () => {
    const sides = [['70.7', '70.6'], ['70.5', '70.9'], ['70.7', '70.7']]; // prettier-ignore
    const answer = mortarCube.compute({ ...base, kind: '水泥砂浆', curing: '标准养护', measuredSides_mm: sides });
    expect(cells(answer.record)).toEqual([
      '1 70.7×70.6 4998.49 30.00 8.1',
      '2 70.5×70.9 4998.49 31.50 8.5',
      '3 70.7×70.7 4998.49 29.00 7.8',
    ]);
    expect(cells(answer.record, 1)).toEqual([expect.stringMatching(/^1\.35 .* 8\.1 108$/)]);
    expect(cells(answer.report)).toEqual([
      '{sampleNo} {structurePart} 水泥砂浆 M7.5 70.7×70.7×70.7 {madeOn} {testedOn} {ageDays} 标准养护 30.00 8.1 8.1 108',
      '31.50 8.5',
      '29.00 7.8',
    ]);
    expect(answer.trace.slice(0, 3).map(({ name, value }) => [name, value])).toEqual([
      ['试件 1 抗压强度', '8.1'],
      ['试件 2 抗压强度', '8.5'],
      ['试件 3 抗压强度', '7.8'],
    ]);
  });

  test('without sizes, kind, curing and grade says so by words or dashes', () => {
    const answer = mortarCube.compute({ loads_kN: base.loads_kN });
    expect(cells(answer.record)[0]).toBe('1 按公称尺寸 4998.49 30.00 8.1');
    expect(cells(answer.record, 1)[0]).toMatch(/ 8\.1 —$/);
    expect(cells(answer.report)[0]).toBe(
      '{sampleNo} {structurePart} — — 70.7×70.7×70.7 {madeOn} {testedOn} {ageDays} — 30.00 8.1 8.1 —',
    );
    expect(answer.result.parameters[0]?.requirement).toBeNull();
    expect(mortarCube.compute({ ...base, judgeAgainstGrade: 'no' }).result.parameters[0]?.requirement).toBeNull();
    expect(mortarCube.acquisitions[0]?.usualLoad_kN?.({})).toBeNull();
  });

  test('that was to be judged has its verdict in the sentence', () => {
    const text = (load: string) =>
      mortarCube.compute({ loads_kN: [load, load, load], designGrade: 'M10', judgeAgainstGrade: 'yes' }).result.text;
    expect(text('37.03')).toBe(
      '该组砂浆试件抗压强度代表值为 10.0 MPa，达到设计强度等级 M10 的 100%，符合委托约定的要求。',
    );
    expect(text('36.7')).toBe(
      '该组砂浆试件抗压强度代表值为 9.9 MPa，达到设计强度等级 M10 的 99%，不符合委托约定的要求。',
    );
  });

  test('is warned of, stopped and refused with specimen and figures', () => {
    const low = mortarCube.compute({ loads_kN: ['36.7', '36.7', '14.0'], designGrade: 'M10' });
    expect(messages(low.warnings)).toEqual(['该组试件抗压强度代表值为 9.9 MPa，低于设计强度等级 M10 的 10 MPa。']);
    expect(messages(low.stops)).toEqual(['试件 3 抗压强度 3.8 MPa 与设计强度等级 M10 相差悬殊。']);
    const weak = { loads_kN: ['10', '10', '10'], designGrade: 'M2.5', loadingRates_kN_s: ['0.25', '0.26', '0.3'] };
    expect(messages(mortarCube.compute(weak).warnings)).toEqual(['加荷速度 0.26、0.3 kN/s 高于下限 0.25 kN/s。']);
    expect(mortarCube.compute(weak).warnings[0]?.meaning).toBe('砂浆强度不大于 2.5 MPa 时宜取加荷速度的下限。');
    // Neither a grade without rates nor rates without a grade say anything.
    const { loadingRates_kN_s: rates, ...unrated } = weak;
    expect(mortarCube.compute(unrated).warnings).toEqual([]);
    expect(mortarCube.compute({ loads_kN: weak.loads_kN, loadingRates_kN_s: rates }).warnings).toEqual([]);
    expect(mortarCube.compute({ ...weak, designGrade: 'M5' }).warnings.map(({ code }) => code)).toEqual([
      'MORTAR_BELOW_GRADE',
    ]);
    const sides = [['70.7', '70.7'], ['70.7', '69.6'], ['70.7', '70.7']]; // prettier-ignore
    expect(refused(() => mortarCube.compute({ ...base, measuredSides_mm: sides }))).toBe(
      '试件 2 实测边长 69.6 mm，与公称边长 70.7 mm 相差超过 1 mm。',
    );
    expect(refused(() => mortarCube.compute({ ...base, loads_kN: ['30', '371', '30'] }))).toBe(
      '试件 2 由荷载 371 kN 算得的强度 100.2 MPa，超过砂浆可能的强度 100 MPa。',
    );
    expect(refused(() => mortarCube.compute({ ...base, loads_kN: ['30', '30', '0.1'] }))).toBe(
      '试件 3 由荷载 0.1 kN 算得的强度 0.0 MPa，修约后为零，不是有效读数。',
    );
  });

  test('of a vector line is refused in the same words', () => {
    const line = (inputs: Record<string, unknown>) => refused(() => mortarCube.vectors['mortar-cube']?.(inputs));
    expect(line({ single_MPa: ['8.1', '0.04', '8.2'] })).toBe('试件 2 强度 0.0 MPa，修约后为零，不是有效读数。');
    expect(line({ loads_kN: base.loads_kN, single_MPa: ['8.1', '8.6', '7.8'] })).toBe(
      '试件 2 录入的强度 8.6 MPa 与由荷载算得的 8.5 MPa 不一致。',
    );
    expect(line({ loads_kN: base.loads_kN, single_MPa: ['8.10', '8.5', '7.8'] })).toBe('');
    expect(line({ single_MPa: ['100.0', '100', '100'] })).toBe('');
  });
});

describe('a batch', () => {
  const POLICIES = { policies: { 'limits GB 50203-2011': 'confirmed' } };
  const batch = (values: readonly string[], settings = {}) =>
    mortarBatch.compute(
      {
        designGrade: 'M10',
        sampleNos: values.map((_, index) => `SJ-${index + 1}`),
        states: values.map(() => 'valid'),
        values_MPa: values,
      },
      settings,
    );

  test('has a row for each condition, with its own comparison', () => {
    const answer = batch(['13.0', '12.5', '8.4'], POLICIES);
    expect(cells(answer.report, 1)).toEqual([
      '平均值 ≥11（1.10 f_{2}） 11.3 符合 不合格',
      '最小值 ≥8.5（0.85 f_{2}） 8.4 不符合',
    ]);
    expect(answer.outputs).toMatchObject({ evaluated: true, groupsListed: 3, groupsCounted: 3 });
    expect(answer.report[1]?.caption).toBe('评定结果（有效试块 3 组）');
    expect(answer.report[1]?.notes).toBeUndefined();
    expect(messages(answer.warnings)).toEqual(['该验收批砂浆强度的最小值不满足评定要求。']);
    expect(answer.result.parameters[0]).toMatchObject({
      value: '11.3/8.4',
      requirement: '平均值≥11 MPa；最小值≥8.5 MPa',
    });
    expect(messages(batch(['10.0', '10.0', '8.4'], POLICIES).warnings)).toEqual([
      '该验收批砂浆强度的平均值和最小值不满足评定要求。',
    ]);
    expect(messages(batch(['10.0', '10.0', '8.6']).warnings)).toEqual(['该验收批砂浆强度的平均值不满足评定要求。']);
  });

  test('of fewer than three groups names the rule that each must reach', () => {
    const answer = batch(['12.0', '10.9'], POLICIES);
    expect(cells(answer.report, 1)).toEqual([
      '平均值 ≥11（1.10 f_{2}） 11.4 符合 不合格',
      '每组值（最小） ≥11（1.10 f_{2}） 10.9 不符合',
    ]);
    expect(answer.result.text).toContain('平均值 11.4 MPa（限值 11 MPa），每组值中的最小值 10.9 MPa（限值 11 MPa）');
    expect(answer.warnings[0]?.message).toBe('有效试块只有 2 组，少于 3 组：按每组均不小于 1.10 倍评定。');
    expect(answer.trace[0]).toMatchObject({ name: '组数', value: '2', rule: '少于 3 组，每组均应达到 1.10 倍' });
    expect(batch(['12.0', '11.9', '11.0']).trace[0]).toMatchObject({ value: '3', rule: '无效组不计入' });
  });
});
