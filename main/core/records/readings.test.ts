// Readings that a person types: refused where a machine measures, kept for ever, corrected only with a reason. And figures
// that can hardly be: nobody signs before two persons let them go on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { methodById } from '../../../shared/methods/index.ts';
import { openAt, receive, sampleInput, signTest, testedGroup } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { verifyStore } from '../../store/verify.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

/** The first answer to everything that a method must know of its sample. */
function required(methodId: string): Record<string, string> {
  const fields = methodById(methodId).fields.filter(({ at, optional }) => at === 'reception' && optional !== true);
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.kind === 'choice' ? (field.options[0]?.value ?? '') : (field.usual ?? '1'),
    ]),
  );
}
const mud = { itemCode: 'SA-HN', parameterCodes: ['HN'], name: '砂', properties: required('sand-mud') };

test('a typed value is kept; another in its place needs a reason, and the old one stays readable', async () => {
  const { madeOn: _madeOn, requiredAgeDays: _age, properties: _cube, ...plain } = sampleInput();
  const [received] = await receive(lab, { samples: [{ ...plain, ...mud }] });
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, received?.taskId ?? '', 'E007');
  const first = await technician.call('records.get', { recordNo });
  expect(first.open.length).toBeGreaterThan(0);
  const { fields } = methodById(first.methodId);
  const field = fields.find(
    ({ at, set, source, kind }) => at === 'bench' && set !== undefined && !source && kind === 'decimal',
  );
  const place = { field: field?.name ?? '', specimenNo: 1, position: null };
  const enter = (value: string | null, reason?: string) =>
    technician.call('records.enter', { recordNo, entries: [{ ...place, value }], ...(reason ? { reason } : {}) });
  await enter('400.0');
  expect((await refusalOf(enter('-1'))).code).toBe('METHOD_NEGATIVE');
  expect((await refusalOf(enter('四百'))).code).toBe('METHOD_NOT_A_NUMBER');
  expect((await refusalOf(enter('401.0'))).code).toBe('READING_REASON');
  const corrected = await enter('401.0', '看错刻度');
  expect(corrected.readings.map(({ value, current, reason }) => [value, current, reason])).toEqual([
    ['400.0', false, null],
    ['401.0', true, '看错刻度'],
  ]);
  expect(corrected.modifications).toMatchObject([{ oldValue: '400.0', newValue: '401.0', reason: '看错刻度' }]);
  expect(() => lab.store.database.exec("UPDATE reading SET value = '1'")).toThrow('IMMUTABLE reading');
  expect(verifyStore(lab.store.database).firstFault).toBeNull();
});

test('what the machine measures cannot be typed, nor a place that the field does not have', async () => {
  const { record } = await testedGroup(lab);
  const technician = await lab.as('jiance');
  const enter = (field: string, specimenNo: number | null, position: number | null = null) =>
    refusalOf(
      technician.call('records.enter', {
        recordNo: record.recordNo,
        entries: [{ field, specimenNo, position, value: '150.0' }],
      }),
    );
  expect((await enter('loads_kN', 1)).code).toBe('READING_ACQUIRED');
  expect((await enter('measuredSides_mm', 9, 1)).code).toBe('READING_PLACE');
  expect((await enter('measuredSides_mm', 1, 3)).code).toBe('READING_PLACE');
  expect((await enter('nothing', 1)).code).toBe('READING_UNKNOWN');
});

test('loads below 20 % of the range stop the record until two persons let exactly these figures go on', async () => {
  const samples = [sampleInput({ designGrade: 'C15' })];
  const { record } = await testedGroup(lab, { commission: { samples }, loads: ['390.00', '395.00', '398.00'] });
  const { recordNo } = record;
  expect(record.result?.stops.filter(({ code }) => code === 'STOP_MACHINE_RANGE')).toHaveLength(3);
  expect((await refusalOf(signTest(lab, recordNo))).code).toBe('RECORD_STOPPED');
  const technician = await lab.as('jiance');
  const release =
    (username: string, shown = record.result?.stops[0]) =>
    async (digest: string) =>
      technician.call('records.releaseStop', {
        recordNo,
        code: shown?.code ?? '',
        field: shown?.field ?? '',
        digest,
        reason: '已查看曲线',
        second: { username, password: lab.password },
      });
  expect((await refusalOf(release('shouyang')(record.digest))).code).toBe('PERMISSION_DENIED');
  let current = record;
  for (const stop of record.result?.stops ?? []) current = await release('jiaohe', stop)(current.digest);
  const checker = (await lab.as('jiaohe')).user.name;
  expect(new Set(current.result?.stops.map(({ release: given }) => given?.secondName))).toEqual(new Set([checker]));
  await signTest(lab, recordNo);
  expect((await technician.call('records.get', { recordNo })).signatures).toMatchObject([
    { meaning: 'test', valid: true },
  ]);
});
