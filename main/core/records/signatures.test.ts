import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, type TestCore } from '../../../tests/support/testCore.ts';
import { approve, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

test('three people', async () => {
  const { record } = await testedGroup(lab);
  console.log(JSON.stringify(record.result), JSON.stringify(record.runs));
  await signTest(lab, record.recordNo);
  await signCheck(lab, record.recordNo);
  console.log(await approve(lab, record.recordNo));
});
