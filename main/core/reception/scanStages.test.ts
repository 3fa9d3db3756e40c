// What a label means when its sample is tested at several ages.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../../shared/entities/scalars.ts';
import { openAt, receive, sampleInput, today } from '../../../tests/support/mainJob.ts';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { programActor } from '../context.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('the label of a cement opens the stage that is due, not the one that is approved', async () => {
  const { requiredAgeDays: _age, ...plain } = sampleInput();
  const made = addDays(today(), -3);
  const cement = {
    ...plain,
    itemCode: 'SN-QD',
    parameterCodes: ['KZ', 'KY'],
    name: '水泥',
    properties: { kind: 'P·O', grade: '42.5' },
    madeOn: made,
    sampledOn: made,
  };
  const [received] = await receive(lab, { samples: [cement] });
  const sampleNo = received?.sampleNo ?? '';
  const stage = (ageDays: number) =>
    String(
      lab.store.first('SELECT taskId FROM task WHERE sampleNo = ? AND ageDays = ?', sampleNo, ageDays)?.['taskId'],
    );
  const technician = await lab.as('jiance');
  const scan = () => technician.call('scan.resolve', { code: sampleNo });
  expect(await scan()).toMatchObject({ taskId: stage(3), recordNo: null });

  const recordNo = openAt(lab, technician, stage(3), 'E006');
  expect(await scan()).toMatchObject({ taskId: stage(3), recordNo });
  const change = (taskId: string, fields: Record<string, string>) =>
    lab.store.transact(programActor('测试'), (tx) => tx.update('task', taskId, fields));
  change(stage(3), { state: 'approved' });
  // Weeks before its day the later stage is not what somebody scans for: the record that is there is.
  expect(await scan()).toMatchObject({ taskId: stage(3), recordNo });
  // On its day it is; who cannot test still finds the newest record.
  change(stage(28), { dueOn: today() });
  expect(await scan()).toMatchObject({ taskId: stage(28), recordNo });
});
