// A commission that was uploaded may come again only as far as change orders of its reports name the difference.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wireTime } from '../wire/wire-time.ts';
import { type Fixture, sendCoded, startFixture } from './testing/fixture.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

it('takes exactly the named changes, each value as it was named, and nothing beside them', async () => {
  const { client } = fixture;
  const { group } = await sendCoded(fixture, 'C-0901');
  const { commission, report } = group;
  const [sample] = commission.samples;
  const put = async (payload: object) => (await client.put(`/v1/commissions/${commission.commissionNo}`, payload)).json;
  const changed = {
    ...commission,
    clientUnit: '云岭城建集团有限公司',
    samples: [{ ...sample, structurePart: '四层梁板', maker: '云岭混凝土有限公司' }, ...commission.samples.slice(1)],
  };
  expect(await put(changed)).toMatchObject({ code: 'CONFLICT_CONTENT' });
  const path = (field: string) => `samples.${sample?.sampleNo ?? ''}.${field}`;
  const order = {
    changeNo: 'BGD-0901',
    revision: 2,
    reason: '委托单位来函更正',
    fields: [
      { field: 'clientUnit', oldValue: commission.clientUnit, newValue: '云岭城建集团有限公司' },
      { field: path('structurePart'), oldValue: sample?.structurePart ?? '', newValue: '四层梁板' },
      { field: path('maker'), oldValue: '', newValue: '云岭混凝土有限公司' },
    ],
    appliedBy: 'P003',
    approvedBy: 'P004',
    at: wireTime(fixture.clock.now),
  };
  expect((await client.json('POST', `/v1/reports/${report.reportNo}/changes`, order)).status).toBe(200);
  expect(await put({ ...changed, clientUnit: '另一家' })).toMatchObject({ code: 'CONFLICT_CONTENT' });
  expect(await put({ ...changed, ownerUnit: '另一家' })).toMatchObject({ code: 'CONFLICT_CONTENT' });
  const graded = { ...changed, samples: changed.samples.map((one) => ({ ...one, grade: 'C60' })) };
  expect(await put(graded)).toMatchObject({ code: 'CONFLICT_CONTENT' });
  expect(await put({ ...changed, samples: [] })).toMatchObject({ code: 'VALIDATION' });
  expect(await put(changed)).toMatchObject({ state: 'active' });
  expect(await put(changed)).toMatchObject({ state: 'active' });
  // Another lab's or another commission's order says nothing about this one.
  const { group: other } = await sendCoded(fixture, 'C-0902');
  const renamed = { ...other.commission, clientUnit: '云岭城建集团有限公司' };
  expect((await client.put(`/v1/commissions/${other.commission.commissionNo}`, renamed)).json.code).toBe(
    'CONFLICT_CONTENT',
  );
});

it('a locked commission is not changed', async () => {
  const { client } = fixture;
  const { group } = await sendCoded(fixture, 'C-0903');
  const { commission } = group;
  fixture.platform.supervisor.lockCommission(commission.commissionNo, '核查中');
  const changed = { ...commission, clientUnit: '云岭城建集团有限公司' };
  const answer = await client.put(`/v1/commissions/${commission.commissionNo}`, changed);
  expect(answer.json.code).toBe('LOCKED');
});
