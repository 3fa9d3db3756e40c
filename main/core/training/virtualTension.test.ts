// A bar in the training lab, through the real bench: the virtual machine pulls it over a pseudo-terminal, and the yield
// force stands in the record by itself because the curve has one.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive, sampleInput } from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('both bars of a sample yield and break, and FeL is taken from their curves', async () => {
  const { madeOn: _made, requiredAgeDays: _age, ...plain } = sampleInput();
  const sample = {
    ...plain,
    itemCode: 'GJ-DL',
    parameterCodes: ['QF', 'KL'],
    name: '热轧带肋钢筋',
    properties: { grade: 'HRB400E', nominalDiameter_mm: '25', round: 'initial' },
  };
  const [received] = await receive(lab, { samples: [sample] });
  const technician = await lab.as('jiance');
  const { recordNo } = await technician.call('bench.open', { taskId: received!.taskId, equipmentId: 'E004' });
  await technician.call('bench.virtual', { equipmentId: 'E004', action: 'load' });
  await expect
    .poll(
      async () =>
        (await technician.call('records.get', { recordNo })).runs.filter((run) => run.validity === 'valid').length,
      { timeout: 60_000, interval: 200 },
    )
    .toBe(2);
  const record = await technician.call('records.get', { recordNo });
  const of = (field: string) => record.readings.filter((reading) => reading.field === field && reading.current);
  const yields = of('FeL_kN');
  const peaks = record.runs.map((run) => Number(run.peakKn));
  expect(yields.map(({ source, specimenNo }) => [source, specimenNo])).toEqual([
    ['instrument', 1],
    ['instrument', 2],
  ]);
  for (const [index, { value }] of yields.entries()) {
    const ratio = (peaks[index] as number) / Number(value);
    expect(ratio).toBeGreaterThan(1.27);
    expect(ratio).toBeLessThan(1.34);
  }
  expect(new Set(peaks).size).toBe(2);
  expect(record.result?.parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(['下屈服强度', '抗拉强度']));
  expect(record.open).toEqual([]);
}, 90_000);
