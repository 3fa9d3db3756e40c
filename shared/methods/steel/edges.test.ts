// Edges of bars and joints that a record can hang on: readings exactly at what no bar has, readings of which one came without
// the other, the load and the strength on the screen, and what papers leave out where there is nothing to say.
import { describe, expect, test } from 'vitest';
import { listMethods } from '../index.ts';
import { Exact } from '../foundation/decimal.ts';
import { item, ribbedJudged, ribbedOnly } from '../testing/rebar.ts';
import { refusalOf } from '../testing/refusals.ts';
import { computeSplice } from '../testing/steel-splice.ts';
import { bend, compute as weld, times } from '../testing/steel-weld.ts';
import { usualBarLoad } from './joint/bars.ts';
import mechanicalSplice from './mechanical-splice.method.ts';
import { rebarVectors } from './rebar/vectors.ts';
import { ratio, within } from './rebar/ratio.ts';
import { spliceVector } from './splice/vector.ts';
import weldJoint from './weld-joint.method.ts';
import { weldTensileVector } from './weld/vector.ts';

const BARS = listMethods().filter(({ id }) => id.startsWith('rebar-') && id !== 'rebar-cover');

describe('exactly at what no bar has, a reading still counts', () => {
  test('2000 MPa', () => {
    expect(item(ribbedOnly({ Fm_kN: ['628.4', '628.4'] }), 'KL').value).toBe('2000/2000');
    expect(refusalOf(() => ribbedOnly({ Fm_kN: ['628.4', '628.41'] }))).toMatchObject({ field: 'Fm_kN.1' });
  });

  test('twice the gauge length', () => {
    const fractureDistance_mm = ['50', '50'];
    expect(item(ribbedOnly({ Lu_mm: ['200', '200'], fractureDistance_mm }), 'SC').value).toBe('100/100');
    expect(refusalOf(() => ribbedOnly({ Lu_mm: ['200', '200.01'], fractureDistance_mm }))).toMatchObject({
      code: 'METHOD_OUT_OF_RANGE',
      field: 'Lu_mm.1',
    });
  });

  test('half of the mass more, and half of it less', () => {
    // 2550 mm × 2.47 kg/m = 6298.5 g.
    const weigh = (totalMass_g: string) => () => ribbedJudged({ totalMass_g });
    expect(['9447.75', '3149.25'].map((mass) => item(weigh(mass)(), 'ZLPC').value)).toEqual(['50.0', '-50.0']);
    for (const mass of ['9447.76', '3149.24'])
      expect(refusalOf(weigh(mass))).toMatchObject({ code: 'METHOD_OUT_OF_RANGE', field: 'totalMass_g' });
  });
});

test('a ratio is within limits of which one side may be open, both ends included', () => {
  const of = (value: string) => ratio(new Exact(value), '3');
  const inside = (limit: { min?: string; max?: string }) =>
    ['2.99', '3', '6', '6.01'].map((one) => within(of(one), limit));
  expect(inside({ min: '1', max: '2' })).toEqual([false, true, true, false]);
  expect(inside({ min: '1' })).toEqual([false, true, true, true]);
  expect(inside({ max: '2' })).toEqual([true, true, true, false]);
  expect(inside({})).toEqual([true, true, true, true]);
});

describe('a reading without the other', () => {
  test('length or mass alone in a re-test is refused because nothing is weighed again', () => {
    const again = { round: 'retest', initialRecordNo: 'YS-1' };
    for (const part of [{ lengths_mm: times(5, '500') }, { totalMass_g: '6200' }])
      expect(refusalOf(() => ribbedOnly({ ...again, ...part }))).toMatchObject({
        code: 'METHOD_NO_RETEST',
        field: 'lengths_mm',
      });
  });

  test('of a weld is missed, also where a sound bend test stands beside it', () => {
    const none = { loads_kN: undefined, fracturePlaces: undefined, fractureModes: undefined };
    const alone = (part: Record<string, unknown>) => refusalOf(() => weld({ ...none, ...bend, ...part })).field;
    expect(alone({ loads_kN: times(3, '182') })).toBe('fracturePlaces');
    expect(alone({ fracturePlaces: times(3, '母材') })).toBe('loads_kN');
    expect(alone({ fractureModes: times(3, '延性') })).toBe('loads_kN');
    const cracks = { crackWidths_mm: ['0.3', null, null] };
    expect(refusalOf(() => weld(cracks))).toMatchObject({ code: 'METHOD_MISSING', field: 'bendFindings' });
  });

  test('of a splice is missed, also where a sound residual deformation stands beside it', () => {
    const residual = { residualDeformations_mm: times(3, '0.05') };
    expect(refusalOf(() => computeSplice({ ...residual, loads_kN: undefined })).field).toBe('loads_kN');
    expect(refusalOf(() => computeSplice({ ...residual, breaks: undefined })).field).toBe('breaks');
  });
});

describe('vector lines', () => {
  const tensile = (change: Record<string, unknown>) => () =>
    rebarVectors['rebar-tensile']?.({ nominalDiameter_mm: '16', FeL_kN: '80.0', Fm_kN: '110.0', ...change });

  test('lists of forces are as long as each other, whichever is longer', () => {
    for (const change of [
      { FeL_kN: ['80', '81'], Fm_kN: ['110'] },
      { FeL_kN: ['80'], Fm_kN: ['110', '111'] },
    ])
      expect(refusalOf(tensile(change))).toMatchObject({ code: 'METHOD_WRONG_COUNT', field: 'Fm_kN' });
  });

  test('an area of its own counts for a single bar, too', () => {
    // 80000 / 200 = 400; 110000 / 200 = 550.
    expect(tensile({ areaUsed_mm2: '200' })()).toMatchObject({ ReL_1MPa: '400', Rm_1MPa: '550' });
  });

  test('null is missing, and no wrong shape or word', () => {
    const three = times(3, { R: '580', where: '母材', mode: '延性' });
    const line = (specimens: unknown) => () => weldTensileVector({ tensileStandard_MPa: '540', specimens });
    expect(refusalOf(line(null))).toMatchObject({ code: 'METHOD_MISSING', field: 'specimens' });
    expect(refusalOf(line([...three.slice(1), { ...three[0], where: null }])).code).toBe('METHOD_MISSING');
    const splice = () => spliceVector({ fstk_MPa: '540', grade: null, specimens: [] });
    expect(refusalOf(splice)).toMatchObject({ code: 'METHOD_MISSING', field: 'grade' });
  });
});

describe('the screen', () => {
  test('shows the strength of the record while the load rises, to the step', () => {
    // 577.21 MPa on φ20 lies 0.29 below the tie of 5 MPa; a thousandth more would show 580.
    for (const { acquisitions } of [weldJoint, mechanicalSplice])
      expect(acquisitions[0]?.preview?.value({ nominalDiameter_mm: '20' }, '181.36')).toBe('575');
    expect(weld({ loads_kN: ['182.0', '184.0', '181.36'] }).outputs.tension?.strengths_MPa?.[2]).toBe('575');
  });

  test('a training machine knows no usual load of a bar that is not described, or of no such bar', () => {
    expect(usualBarLoad({ grade: 'HRB400', nominalDiameter_mm: '20' })).toBe('190.0');
    expect(usualBarLoad({})).toBeNull();
    expect(usualBarLoad({ grade: 'HRB400' })).toBeNull();
    expect(usualBarLoad({ nominalDiameter_mm: '20' })).toBeNull();
    for (const grade of ['HRB335', 'constructor', 'toString'])
      expect(usualBarLoad({ grade, nominalDiameter_mm: '20' })).toBeNull();
  });

  test('every grade is offered by its name', () => {
    for (const { fields } of BARS) {
      const grade = fields.find(({ name }) => name === 'grade');
      const options = grade?.kind === 'choice' ? grade.options : [];
      expect(options.length).toBeGreaterThan(0);
      expect(options.map(({ label }) => label)).toEqual(options.map(({ value }) => value));
    }
  });
});

describe('where there is nothing to say', () => {
  const { record, report, trace } = ribbedJudged({ grade: 'HRB400E' });

  test('no table has a line under it', () => {
    for (const table of [...record, ...report]) expect(table).not.toHaveProperty('notes');
  });

  test('a step of a ratio has no unit, a step of a strength has', () => {
    const steps = (name: string) => trace.filter((one) => one.name.startsWith('拉伸试件') && one.name.endsWith(name));
    expect(steps('强屈比')).toHaveLength(2);
    for (const step of steps('强屈比')) expect(step).not.toHaveProperty('unit');
    for (const step of steps('抗拉强度')) expect(step).toHaveProperty('unit', 'MPa');
  });
});
