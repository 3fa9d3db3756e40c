// What a tension run's curve says beside its peak is a reading of the record: taken over as sealed, replaced only with a
// reason, and both values stay. A curve without a yield leaves the place to the person who looks at it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bar, barPull, pulledBars } from '../../../tests/support/pulledBar.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { verifyStore } from '../../store/verify.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const pulled = async (curves: readonly (readonly number[])[]): Promise<string> =>
  pulledBars(lab, await lab.as('jiance'), curves);

test('the yield force of the curve stands in the record; another one needs a reason, and the first stays readable', async () => {
  const recordNo = await pulled([barPull, barPull]);
  const technician = await lab.as('jiance');
  const record = await technician.call('records.get', { recordNo });
  const yields = record.readings.filter(({ field }) => field === 'FeL_kN');
  expect(yields.map(({ source, current, specimenNo }) => [source, current, specimenNo])).toEqual([
    ['instrument', true, 1],
    ['instrument', true, 2],
  ]);
  expect(Math.abs(Number(yields[0]?.value) - (440 * bar.area_mm2) / 1000)).toBeLessThan(0.5);
  expect(record.open).toEqual([]);
  expect(record.result?.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(['下屈服强度', '抗拉强度']));
  const enter = (reason?: string) =>
    technician.call('records.enter', {
      recordNo,
      entries: [{ field: 'FeL_kN', specimenNo: 1, position: null, value: '139.0' }],
      ...(reason ? { reason } : {}),
    });
  expect((await refusalOf(enter())).code).toBe('READING_REASON');
  const changed = await enter('第一个谷值不是瞬时效应，对照曲线重新选取');
  const first = changed.readings.filter(({ field, specimenNo }) => field === 'FeL_kN' && specimenNo === 1);
  expect(first.map(({ value, source, current }) => [value, source, current])).toEqual([
    [yields[0]?.value, 'instrument', false],
    ['139.0', 'keyboard', true],
  ]);
  expect(changed.modifications).toMatchObject([{ oldValue: yields[0]?.value, newValue: '139.0' }]);
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});

test('a curve without a yield leaves the place open, and what is typed there needs no reason', async () => {
  const straight = [...Array.from({ length: 60 }, () => 0), ...Array.from({ length: 400 }, (_, i) => (i + 1) * 0.47)];
  const recordNo = await pulled([[...straight, ...Array.from({ length: 60 }, () => 0)]]);
  const technician = await lab.as('jiance');
  const record = await technician.call('records.get', { recordNo });
  expect(record.readings.filter(({ field }) => field === 'FeL_kN')).toEqual([]);
  expect(record.runs[0]?.remarks.join()).toContain('没有明显屈服');
  const entries = [{ field: 'FeL_kN', specimenNo: 1, position: null, value: '140.0' }];
  const typed = await technician.call('records.enter', { recordNo, entries });
  expect(typed.readings.find(({ field }) => field === 'FeL_kN')).toMatchObject({ value: '140.0', source: 'keyboard' });
});
