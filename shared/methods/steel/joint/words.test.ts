// The specimen that a stop or a refusal of joints names, and a splice record that has only one half of its readings.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../errors/appError.ts';
import { refusalOf } from '../../testing/refusals.ts';
import { computeSplice } from '../../testing/steel-splice.ts';
import mechanicalSplice from '../mechanical-splice.method.ts';
import weldJoint from '../weld-joint.method.ts';

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
}

describe('a vector line', () => {
  const splice = { R: '600', where: '钢筋拉断' };
  const weld = { R: '600', where: '母材', mode: '延性' };
  const splices = (second: unknown) => () =>
    mechanicalSplice.vectors['mechanical-splice-judgement']?.({ fstk_MPa: '540', grade: 'I', specimens: [splice, second, splice] }); // prettier-ignore
  const welds = (second: unknown) => () =>
    weldJoint.vectors['weld-tensile-judgement']?.({ tensileStandard_MPa: '540', specimens: [weld, second, weld] });

  test('names the specimen that is none, or whose strength is none', () => {
    expect(splices(splice)()).toEqual({ verdict: 'qualified' });
    expect(welds(weld)()).toEqual({ verdict: 'qualified' });
    expect(messageOf(splices('600'))).toBe('试件 2 不是对象：“600”。');
    expect(messageOf(welds(null))).toContain('试件 2 不是对象');
    expect(messageOf(splices({ ...splice, R: '0' }))).toBe('“试件 2 极限抗拉强度”为零，不是有效读数。');
    expect(messageOf(welds({ ...weld, R: '0' }))).toBe('“试件 2 抗拉强度”为零，不是有效读数。');
  });
});

describe('a splice record', () => {
  test('is refused with loads alone and with breaks alone', () => {
    expect(refusalOf(() => computeSplice({ breaks: undefined }))).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'breaks',
    });
    expect(refusalOf(() => computeSplice({ loads_kN: undefined }))).toMatchObject({ field: 'loads_kN' });
  });

  test('is stopped by the number of the specimen whose deformation can hardly be', () => {
    const { stops } = computeSplice({ inspection: '工艺检验', residualDeformations_mm: ['0.05', '1.01', '1.00'] });
    expect(stops.map(({ message }) => message)).toEqual(['试件 2 残余变形 1.01 mm，大于 1 mm。']);
  });
});
