// Every decision of the gate is kept with the snapshot it rests on: in the record's own trace, and for what was refused.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approve, openAt, receive, sampleInput, commissionInput, signCheck, signTest, testedGroup } from '../../../tests/support/mainJob.ts'; // prettier-ignore
import { openTestCore, refusalOf, type TestCore } from '../../../tests/support/testCore.ts';
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { seriousReferenceDays } from '../../../shared/entities/reference.ts';
import { referenceState } from '../provincial/referenceState.ts';

const actor = { actor: '测试', workstation: '测试' };
const day = 24 * 3_600_000;
let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const decisions = (entity: string, key: string) =>
  lab.store.all('SELECT * FROM gateDecision WHERE entity = ? AND entityKey = ? ORDER BY decisionId', entity, key);

test('the trace of a record names moment, person and snapshot of each decision, old ones as they were', async () => {
  const first = referenceState(lab.store);
  expect(first?.version).toMatch(/equipment:v\d+ .*person:v\d+/);
  const { record, commissionNo } = await testedGroup(lab);
  const { recordNo } = record;
  await lab.core.link.stop();
  lab.store.transact(actor, (tx) => tx.update('referenceCursor', 'person', { snapshot: 'v777' }));
  await signTest(lab, recordNo);
  await signCheck(lab, recordNo);
  await approve(lab, recordNo);
  const { gateDecisions } = await (await lab.as('zhiliang')).call('records.get', { recordNo });
  expect(gateDecisions.map(({ moment, personName, allowed }) => [moment, personName, allowed])).toEqual([
    ['run-start', '梁志远', true],
    ['signing', '梁志远', true],
    ['signing', '欧阳健', true],
    ['approval', expect.any(String), true],
  ]);
  expect(gateDecisions.map(({ snapshot }) => snapshot?.includes('person:v777'))).toEqual([false, true, true, true]);
  expect(gateDecisions[0]).toMatchObject({ snapshot: first?.version, snapshotFetchedAt: first?.fetchedAt });
  expect(gateDecisions[0]?.equipmentIds).toEqual(['E001']);
  const [received] = decisions('commission', commissionNo);
  expect(received).toMatchObject({ moment: 'reception', allowed: 1, snapshot: first?.version });
  await lab.core.link.start();
});

test('what was refused is kept too, although the work left nothing', async () => {
  const reception = await lab.as('shouyang');
  const samples = [sampleInput({ itemCode: 'WJ-JS' })];
  await refusalOf(reception.call('commissions.register', commissionInput({ samples })));
  const row = lab.store.first('SELECT * FROM gateDecision WHERE allowed = 0 ORDER BY decisionId DESC');
  expect(row).toMatchObject({
    moment: 'reception',
    entityKey: '工程 G001',
    snapshot: expect.stringContaining('item:v'),
  });
  expect(String(row?.['findingsJson'])).toContain('refuse');
});

test('old reference data warn on every decision after a week, and refuse only where the lab says so', async () => {
  await lab.core.link.stop();
  const fetched = (ago: number) =>
    lab.store.transact(actor, (tx) => {
      for (const row of tx.all('SELECT kind FROM referenceCursor'))
        tx.update('referenceCursor', String(row['kind']), { fetchedAt: toWallTime(Date.now() - ago) });
    });
  const seat = await lab.as('jiance');
  const open = async () => openAt(lab, seat, (await receive(lab))[0]?.taskId ?? '');
  const trace = async () => {
    const recordNo = await open();
    return (await seat.call('records.get', { recordNo })).gateDecisions[0]?.warnings.join(' ') ?? '';
  };
  fetched(seriousReferenceDays * day - 60_000);
  expect(await trace()).not.toContain('基础数据');
  fetched(40 * day);
  expect(await trace()).toMatch(/基础数据最后一次从监管平台下载是 .*，距今 40 天/);

  const admin = await lab.as('admin');
  await admin.call('settings.change', { referenceRefuseDays: 30, reason: '管理评审决定' });
  const refused = await refusalOf(open());
  expect(refused.code).toBe('GATE_REFERENCE_TOO_OLD');
  expect(refused.message).toContain('距今 40 天');
  expect(refused.next).toContain('下载基础数据');
  fetched(30 * day - 60_000);
  expect(await open()).toMatch(/\d/);
  fetched(40 * day);
  await admin.call('settings.change', { referenceRefuseDays: 0, reason: '恢复' });
  expect(await open()).toMatch(/\d/);
  await lab.core.link.start();
});
