// What a method says of its own reports: the remark where nothing is judged, and what stands above its tables.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { methodById } from '../../../shared/methods/index.ts';
import { openAt, receive, reportOf, sampleInput, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts'; // prettier-ignore
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { buildReport } from './reportContent.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

async function contentOf(recordNo: string) {
  await signTest(lab, recordNo);
  await signCheck(lab, recordNo);
  return (await buildReport(lab.context, reportOf(lab, recordNo).reportKey, null)).content;
}

test('cubes: the tables describe the samples, and one remark says where the judgement is made', async () => {
  const { record } = await testedGroup(lab);
  const content = await contentOf(record.recordNo);
  const { unjudgedRemark } = methodById('concrete-cube');
  expect(content.remarks).toEqual([unjudgedRemark]);
  expect(content.remarks[0]).toContain('GB/T 50107');
  expect(content.sampleFacts).toEqual([]);
});

test('a test without words of its own: samples are described above the tables, nothing is remarked', async () => {
  const { madeOn: _madeOn, requiredAgeDays: _age, properties: _cube, ...plain } = sampleInput();
  const properties = { rock: '卵石', crushingGradeClass: '≤C35' };
  const [received] = await receive(lab, {
    samples: [{ ...plain, itemCode: 'SI-YS', parameterCodes: ['YS'], name: '卵石', properties }],
  });
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, received?.taskId ?? '', 'E007');
  const environment = { temperatureC: '20.5', humidityPercent: '62' };
  await technician.call('bench.environment', { recordNo, environment });
  const read = (field: string, values: string[]) =>
    values.map((value, index) => ({ field, specimenNo: index + 1, position: null, value }));
  await technician.call('records.enter', {
    recordNo,
    entries: [
      ...read('crushedBefore_g', ['3000', '3000', '3000']),
      ...read('crushedRetained_g', ['2730', '2718', '2742']),
    ],
  });
  const content = await contentOf(recordNo);
  expect(content.remarks).toEqual([]);
  expect(content.sampleFacts.flatMap(({ facts }) => facts)).toContainEqual(['岩石品种', '卵石']);
});
