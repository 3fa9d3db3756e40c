// Edges and words of tests on the building that a record can hang on: βc, the kind of assessment, the second sampling, the
// tables that a corrected zone rests on, and the zone that a refusal names.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../errors/appError.ts';
import { beam } from '../testing/field-cover.ts';
import { cores } from '../testing/field-core.ts';
import { refusalOf } from '../testing/refusals.ts';
import core from './core-strength.method.ts';
import rebound from './rebound.method.ts';
import { memberCarbonation } from './rebound/carbonation.ts';
import { reboundVectors } from './rebound/vector.ts';

const fill = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof AppError) return error.info.message;
    throw error;
  }
  return '';
}

describe('cores', () => {
  test('βc of a vector line counts; without one it is 1.0', () => {
    const line = (change = {}) => core.vectors['core-strength']?.({ load_kN: '200', diameter_mm: '100', ...change });
    // 200000 / 7853.98 = 25.46, times 0.9 = 22.92.
    expect([line(), line({ beta_c: '0.9' })]).toEqual([{ fcu_cor: '25.5' }, { fcu_cor: '22.9' }]);
  });

  test('the check of a structure passes only with mean and least', () => {
    const check = (cores_MPa: readonly string[]) => core.vectors['core-entity-check']?.({ design: '40', cores_MPa });
    expect(check(['35.2', '35.2', '35.2'])).toMatchObject({ qualified: true });
    expect(check(['45.0', '45.0', '31.9'])).toMatchObject({
      'meanOk_0.88': true,
      'minOk_0.80': false,
      qualified: false,
    });
    expect(check(['35.1', '35.2', '35.2'])).toMatchObject({
      'meanOk_0.88': false,
      'minOk_0.80': true,
      qualified: false,
    });
  });

  test('a member has an estimate, a check of the structure has none', () => {
    expect(cores().outputs).toMatchObject({ assessment: 'member', estimate_MPa: cores().outputs.least_MPa });
    expect(cores({ assessment: 'entity' }).outputs).toMatchObject({ assessment: 'entity', estimate_MPa: null });
  });

  test('no usual load before grade and diameter are known', () => {
    const usual = core.acquisitions[0]?.usualLoad_kN;
    expect([usual?.({ designGrade: 'C30' }), usual?.({ nominalDiameter_mm: '100' })]).toEqual([null, null]);
  });
});

describe('the second sampling of cover', () => {
  const again = fill(10, 0);

  test('is refused in parts, whichever part is given', () => {
    const none = { againMembers: undefined, againReadings_mm: undefined, againDesign_mm: undefined };
    const given = (change: Record<string, unknown>) => refusalOf(() => beam(again, null, { ...none, ...change }));
    expect(given({ againMembers: fill(10, '另 1') })).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'againReadings_mm',
    });
    expect(given({ againDesign_mm: fill(10, '25') })).toMatchObject({ code: 'METHOD_MISSING', field: 'againMembers' });
    expect(given({ againReadings_mm: fill(10, ['25', '25', '25']) })).toMatchObject({
      code: 'METHOD_MISSING',
      field: 'againMembers',
    });
  });

  test('takes no member again that was measured before, not even one', () => {
    const othersAnd = (name: string) => ({ againMembers: [...fill(9, 0).map((_, index) => `另 ${index}`), name] });
    const first = [...fill(8, 0), 12, 12];
    expect(beam(first, again, othersAnd('另 9')).outputs.points).toHaveLength(20);
    expect(refusalOf(() => beam(first, again, othersAnd('梁 3')))).toMatchObject({
      code: 'METHOD_CONFLICT',
      field: 'againMembers',
    });
  });

  test('stops the record at its own reading', () => {
    const [stop] = beam([...fill(8, 0), 12, 12], [...fill(9, 0), 31]).stops;
    expect([stop?.code, stop?.field]).toEqual(['STOP_COVER_DEVIATION', 'againReadings_mm.9']);
  });
});

describe('rebound', () => {
  const zones = {
    placing: 'pumped',
    scope: 'member',
    hammerNo: 'HT-03',
    anvilBefore_R: '80',
    angle_deg: ['0', '0', '0'],
    face: ['side', 'side', 'side'],
    rebound_R: fill(3, fill(16, '38')),
    carbonation_mm: fill(3, ['1.0', '1.0', '1.0']),
  };
  const unconfirmed = (change = {}) =>
    rebound.compute({ ...zones, ...change }).warnings.find(({ code }) => code === 'REBOUND_TABLES_UNCONFIRMED')
      ?.message;

  test('one corrected zone is enough to rest on a correction table', () => {
    const [plain, angled, faced] = [unconfirmed(), unconfirmed({ angle_deg: ['0', '45', '0'] }), unconfirmed({ face: ['top', 'side', 'side'] })]; // prettier-ignore
    expect(angled?.length).toBeGreaterThan(plain?.length ?? 0);
    expect(faced?.length).toBeGreaterThan(plain?.length ?? 0);
    expect(angled).not.toBe(faced);
  });

  test('29 of 97 zones are too few for the carbonation, 30 of 100 are enough', () => {
    const of = (measured: number, all: number) => () =>
      memberCarbonation(
        [...fill(measured, ['1.0', '1.0', '1.0']), ...fill(all - measured, null)],
        [...fill(all, 0).keys()],
        '',
      );
    expect(refusalOf(of(29, 97)).code).toBe('METHOD_CARBONATION_TOO_FEW');
    expect(of(30, 100)().zones_mm).toHaveLength(100);
  });

  test('a zone that lacks its own depth is named by its place in the form', () => {
    const spread = () => memberCarbonation([['1.0'], ['4.0'], null], [6, 7, 8], '构件 L2 ');
    expect(messageOf(spread)).toBe('构件 L2 碳化深度值极差 3.0 mm 大于 2.0 mm，测区 9 没有测量。');
    expect(refusalOf(spread)).toMatchObject({ field: 'carbonation_mm.8' });
  });

  test('what was typed from the printed table is refused with the number of its zone', () => {
    const typed = (change: Record<string, unknown>) => () =>
      rebound.compute({
        ...zones,
        placing: 'non-pumped',
        tableStrength_MPa: fill(3, '34.8'),
        tableRm: fill(3, '38.0'),
        tableDm_mm: fill(3, '1.0'),
        ...change,
      });
    expect(messageOf(typed({ tableRm: ['38.0', null, '38.0'] }))).toBe('测区 2 缺少查附录 A 所用的 Rm。');
    expect(messageOf(typed({ tableDm_mm: ['1.0', '1.0', '1.5'] }))).toContain('测区 3 查附录 A 所用的 dm');
    expect(messageOf(typed({ tableRm: undefined }))).toBe('测区 1 缺少查附录 A 所用的 Rm。');
    expect(messageOf(typed({ tableDm_mm: undefined }))).toBe('测区 1 缺少查附录 A 所用的 dm。');
  });

  test('a value of the printed table far from the curve stops the record with the number of its zone', () => {
    const { stops } = rebound.compute({
      ...zones,
      placing: 'non-pumped',
      tableStrength_MPa: ['34.8', '34.8', '60.0'],
      tableRm: fill(3, '38.0'),
      tableDm_mm: fill(3, '1.0'),
    });
    const band = stops.filter(({ code }) => code === 'STOP_TABLE_STRENGTH_BAND');
    expect(band.map(({ field }) => field)).toEqual(['tableStrength_MPa.2']);
    // 0.034488 × 38^1.94 × 10^−0.0173 = 38.472.
    expect(band[0]?.message).toMatch(/^测区 3 录入的附录 A 强度换算值 60\.0 MPa .*的泵送曲线值 38\.5 MPa 相差太大。$/);
  });

  test('a pumped surface takes no value of the printed table, not even for one zone', () => {
    for (const field of ['tableStrength_MPa', 'tableRm', 'tableDm_mm'])
      expect(
        refusalOf(() => rebound.compute({ ...zones, [field]: [null, field === 'tableDm_mm' ? '1.0' : '38.0', null] })),
      ).toMatchObject({
        code: 'METHOD_CONFLICT',
        field,
      });
  });

  test('vector lines: one to two hundred zones, each named by its number; Rm to a tenth', () => {
    const line = (zones_MPa: readonly string[]) => () => reboundVectors['rebound-estimate']?.({ zones_MPa });
    expect(line(['30.0'])()).toMatchObject({ fcu_e: '30.0' });
    expect(line(fill(200, '30.0'))()).toMatchObject({ fcu_e: '30.0' });
    expect([refusalOf(line([])).code, refusalOf(line(fill(201, '30.0'))).code]).toEqual(fill(2, 'METHOD_WRONG_COUNT'));
    expect(messageOf(line(['30.0', 'x']))).toContain('测区 2 强度换算值');
    const curve = (Rm: string) => () => reboundVectors['rebound-pumped-curve']?.({ Rm, dm_mm: '0.5' });
    expect(curve('38.1')()).toHaveProperty('fcu_c');
    expect(refusalOf(curve('38.15'))).toMatchObject({ code: 'METHOD_RESOLUTION', field: 'Rm' });
  });
});
