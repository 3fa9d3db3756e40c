// A core of its own that signs a batch of records, for a test that ends it in the middle: says where it works and what it
// is about to sign, then signs.
import { signTest, testedGroup } from '../../../../tests/support/mainJob.ts';
import { openTestCore } from '../../../../tests/support/testCore.ts';

const lab = await openTestCore();
const checker = await lab.as('jiaohe');
const items: { recordNo: string; digest: string }[] = [];
for (let n = 0; n < Number(process.argv[2]); n += 1) {
  const { record } = await testedGroup(lab);
  await signTest(lab, record.recordNo);
  const { digest } = await checker.call('records.get', { recordNo: record.recordNo });
  await checker.call('records.agree', { recordNo: record.recordNo, digest });
  items.push({ recordNo: record.recordNo, digest });
}
console.log(JSON.stringify({ folder: lab.folder, recordNos: items.map(({ recordNo }) => recordNo) }));
await checker.call('records.signAgreed', { items, password: lab.password });
console.log('all signed');
// Whoever started it ends it.
await new Promise(() => setInterval(() => undefined, 1_000));
