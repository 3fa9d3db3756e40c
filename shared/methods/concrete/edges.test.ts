// Edges and words of concrete that a record can hang on: numbers of groups, the basis of a known deviation, size factors,
// loading rates of a half-filled form, and what a vector line is refused for.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/appError.ts';
import { refusalOf } from '../testing/refusals.ts';
import { evaluateBatch } from './batch/evaluate.ts';
import concreteBatch from './concrete-batch-evaluation.method.ts';
import concreteCube from './concrete-cube.method.ts';
import concreteFlexural from './concrete-flexural.method.ts';
import concreteSplitting from './concrete-splitting.method.ts';
import { usualLoad, tensionRateWindow, splittingRatio } from './tension/stress.ts';
import { SPLITTING } from './tension/data.ts';

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
}

describe('a batch', () => {
  const batch = (values: readonly string[], change: Record<string, unknown> = {}) =>
    concreteBatch.compute({
      designGrade: 'C30',
      sampleNos: values.map((_, index) => `HNT-${index + 1}`),
      states: values.map(() => 'valid'),
      curings: values.map(() => '标准养护'),
      values_MPa: values,
      ...change,
    });
  const three = ['36.0', '36.0', '36.0'];

  test('says of its deviation whether the floor was taken', () => {
    const used = (values: readonly string[]) =>
      batch(values).trace.find(({ name }) => name === '采用的标准差') ?? { value: null, rule: '' };
    const level = ['35.0', '35.0', '35.0', '35.0', '35.0', '36.0', '36.0', '36.0', '36.0', '36.0'];
    // Five of 30.0 and five of 40.0: S = √(250 / 9) = 5.27.
    const wide = ['30.0', '30.0', '30.0', '30.0', '30.0', '40.0', '40.0', '40.0', '40.0', '40.0'];
    expect(used(level)).toMatchObject({ value: '2.50', rule: '小于下限，取下限' });
    expect(used(wide)).toMatchObject({ value: '5.27', rule: '不小于下限，按计算值' });
    expect(batch(wide).outputs).toMatchObject({ evaluated: true, groupsListed: 10, groupsCounted: 10 });
  });

  test('takes σ0 to two digits, and warns of the figure that its basis lacks', () => {
    const basis = { sigma0_MPa: '3.25', sigma0Groups: '45', sigma0Period_d: '60' };
    expect(batch(three, basis).warnings).toEqual([]);
    expect(refusalOf(() => batch(three, { ...basis, sigma0_MPa: '3.255' }))).toMatchObject({ field: 'sigma0_MPa' });
    const missing = (change: Record<string, unknown>) =>
      batch(
        three,
        Object.fromEntries(Object.entries({ ...basis, ...change }).filter(([, value]) => value !== undefined)),
      ).warnings.map(({ code, field }) => [code, field]);
    expect(missing({ sigma0Groups: undefined })).toEqual([['BATCH_SIGMA0_BASIS_MISSING', 'sigma0Groups']]);
    expect(missing({ sigma0Period_d: undefined })).toEqual([['BATCH_SIGMA0_BASIS_MISSING', 'sigma0Period_d']]);
    expect(() => evaluateBatch('statistical-known-sigma', { values: three, fcuk: '30', comparison: 'rounded' }, undefined))
      .toThrow('known sigma without sigma0'); // prettier-ignore
  });

  test('a space beside a number makes no second group, and is not printed', () => {
    const listed = (...sampleNos: string[]) => batch(['36.0', '36.0'], { sampleNos });
    expect(refusalOf(() => listed('HNT-1 ', 'HNT-1'))).toMatchObject({
      code: 'METHOD_DUPLICATE_GROUP',
      field: 'sampleNos.1',
    });
    expect(messageOf(() => listed('HNT-1 ', 'HNT-1'))).toBe('试件组 2 与试件组 1 的编号相同：HNT-1。');
    expect(listed(' HNT-1 ', 'HNT-2').record[0]?.rows.map((row) => row[1])).toEqual(['HNT-1', 'HNT-2']);
  });

  test('of one value is a vector line, too', () => {
    const line = { fcu_k: '30', values_MPa: ['34.5'] };
    expect(concreteBatch.vectors['concrete-batch-evaluation']?.(line)).toMatchObject({ n: 1, qualified: true });
  });
});

describe('size factors', () => {
  const cube = { side_mm: '150', designGrade: 'C30', loads_kN: ['700', '700', '700'] };
  const stated = { testedSizeFactor: '1.00', sizeFactorEvidence: 'DB-7' };

  test('a standard specimen has the factor 1, stated or not', () => {
    expect(concreteCube.compute({ ...cube, ...stated }).outputs.sizeFactor).toBe('1.00');
    const beam = {
      size_mm: '150×150×550',
      designGrade: 'C30',
      loads_kN: ['30', '30', '30'],
      breakPositions: ['between', 'between', 'between'],
    };
    expect(concreteFlexural.compute({ ...beam, ...stated }).outputs.sizeFactor).toBe('1.00');
  });

  test('a stated factor of splitting must be the one of its own size and grade', () => {
    const line = (change: Record<string, unknown>) => () =>
      concreteSplitting.vectors['concrete-splitting']?.({
        loads_kN: ['60', '60', '60'],
        sizeFactor: '0.85',
        ...change,
      });
    expect(line({ side_mm: '100' })()).toMatchObject({ rule: 'mean' });
    expect(line({ side_mm: '100', grade: 'C55' })()).toMatchObject({ rule: 'mean' });
    expect(refusalOf(line({ side_mm: '100', grade: 'C60' }))).toMatchObject({ code: 'METHOD_SIZE_FACTOR_UNKNOWN' });
    expect(refusalOf(line({ side_mm: '200' }))).toMatchObject({ code: 'METHOD_MISSING', field: 'designGrade' });
    expect(refusalOf(line({ side_mm: '150' }))).toMatchObject({ code: 'METHOD_SIZE_FACTOR_MISMATCH' });
  });
});

describe('a half-filled form', () => {
  test('has no loading rate and no usual load before grade and size are known', () => {
    const samples: readonly Readonly<Record<string, string>>[] = [
      {},
      { designGrade: 'C30' },
      { side_mm: '150' },
      { size_mm: '150×150×550' },
    ];
    const of = (method: typeof concreteCube | typeof concreteSplitting | typeof concreteFlexural) => {
      const [run] = method.acquisitions;
      return samples.flatMap((sample) => [run?.rateWindow?.(sample) ?? null, run?.usualLoad_kN?.(sample) ?? null]);
    };
    expect([concreteCube, concreteSplitting, concreteFlexural].flatMap(of)).toEqual(Array(24).fill(null));
    expect([usualLoad(undefined, splittingRatio('22500'), SPLITTING), usualLoad('C30', null, SPLITTING)]).toEqual([null, null]); // prettier-ignore
    expect(tensionRateWindow('C30', null, SPLITTING)).toBeNull();
  });

  test('a cube describes itself in its own table', () => {
    expect(concreteCube.describedInTables).toBe(true);
  });
});

describe('a vector line of a cube', () => {
  const line = (inputs: Record<string, unknown>) => messageOf(() => concreteCube.vectors['concrete-cube']?.(inputs));
  const factor = { sizeFactor: '1.00' };

  test('is refused with the number of the specimen', () => {
    expect(line({ ...factor, single_MPa: ['30.0', '0.04', '30.0'] })).toBe(
      '试件 2 强度修约后为 0.0 MPa，不是有效读数。',
    );
    expect(line({ side_mm: '150', loads_kN: ['675', '675', '675'], single_MPa: ['30.0', '30.1', '30.0'] })).toBe(
      '试件 2 录入的强度 30.1 MPa 与由荷载算得的 30.0 MPa 不一致。',
    );
  });

  test('needs a side for its loads, and a factor or a side for its strengths', () => {
    expect(line({ ...factor, loads_kN: ['675', '675', '675'] })).toBe('缺少“公称边长”。');
    expect(line({ single_MPa: ['30.0', '30.0', '30.0'] })).toBe('缺少“尺寸换算系数”或“公称边长”。');
  });
});
