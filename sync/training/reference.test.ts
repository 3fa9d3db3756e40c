// Reference data by cursor, registrations that become reference data, tombstones, and the seeded lab itself.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calibrationValidThrough } from '../../shared/gate/calibration.ts';
import { listMethods } from '../../shared/methods/index.ts';
import * as wire from '../wire/schemas.ts';
import { machinesForRest, seedTrainingLab } from './seed.ts';
import { type Fixture, startFixture, TEST_NOW } from './testing/fixture.ts';
import { entryOf } from './testing/lab-client.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await startFixture();
});
afterAll(() => fixture.close());

async function page(kind: string, cursor?: string, limit?: number): Promise<wire.ReferencePage> {
  const query: Array<[string, string]> = [];
  if (cursor !== undefined) query.push(['cursor', cursor]);
  if (limit !== undefined) query.push(['limit', String(limit)]);
  return wire.referencePageSchema.parse((await fixture.client.get(`/v1/reference/${kind}`, query)).json);
}

async function download(kind: string, limit: number): Promise<wire.ReferenceRow[]> {
  const rows: wire.ReferenceRow[] = [];
  let cursor: string | undefined;
  for (;;) {
    const next = await page(kind, cursor, limit);
    rows.push(...next.rows);
    cursor = next.nextCursor;
    if (!next.more) return rows;
  }
}

describe('the seeded lab', () => {
  it('comes down as it was planted, whatever the page size', async () => {
    for (const kind of wire.REFERENCE_KINDS) {
      for (const limit of [1, 4, 500]) {
        const rows = await download(kind, limit);
        expect(rows.map(({ id, data }) => ({ id, data }))).toEqual(fixture.lab.reference[kind]);
        for (const row of rows) wire.referenceDataSchemas[kind].parse(row.data);
      }
    }
    const institution = wire.institutionSchema.parse((await fixture.client.get('/v1/institution')).json);
    expect(institution).toEqual(fixture.lab.institution);
  });

  it('holds each case that the gate must refuse', () => {
    const lab = seedTrainingLab({ now: TEST_NOW });
    const machine = (id: string) => lab.reference.equipment.find((row) => row.id === id)?.data;
    expect(calibrationValidThrough(machine('E002')?.startDate ?? '', 12)).toBe('2026-11-22');
    expect(calibrationValidThrough(machine('E001')?.startDate ?? '', 12)).toBe('2027-08-22');
    expect(machine('E003')?.state).toBe('stopped');
    const held = (id: string) => lab.reference['person-qualification'].filter((row) => row.data.personId === id);
    expect(held('P007')[0]?.data.validTo).toBe('2026-11-22');
    expect(lab.reference.person.find((row) => row.id === 'P008')?.data.state).toBe('disabled');
    const scope = lab.institution.scope.map((row) => row.itemCode);
    expect(scope).toEqual(expect.arrayContaining(['HNT-KY', 'GJ-DL', 'SN-QD', 'GJ-WP']));
    expect(scope).not.toContain('WJ-JS');
    expect(lab.reference.item.map((row) => row.id)).toContain('WJ-JS');
    expect(lab.reference.project.filter((row) => row.data.state === 'closed')).toHaveLength(1);
  });

  it('has a secret of its own each time, unless the caller brings one', () => {
    const [a, b] = [seedTrainingLab(), seedTrainingLab()];
    expect(a.credentials.secret).not.toBe(b.credentials.secret);
    expect(a.credentials.secret.length).toBeGreaterThanOrEqual(43);
    const given = seedTrainingLab({ accessKey: 'AK', secret: 'given', orgCode: '44JC00000001' });
    expect([given.credentials, given.institution.orgCode]).toEqual([
      { accessKey: 'AK', secret: 'given' },
      '44JC00000001',
    ]);
  });

  it('lets every built-in test be done: in scope, with a person, a machine in date and a contract of an open project', () => {
    const { reference, institution } = seedTrainingLab({ now: TEST_NOW });
    const today = '2026-11-23';
    const open = new Set(reference.project.filter(({ data }) => data.state === 'active').map(({ id }) => id));
    for (const { itemCode } of listMethods()) {
      if (itemCode === null) continue;
      const machines = reference.equipment.filter(
        ({ data }) =>
          data.state === 'active' &&
          data.itemCodes.includes(itemCode) &&
          calibrationValidThrough(data.startDate, data.validMonths) >= today,
      );
      const people = reference['person-qualification'].filter(
        ({ data }) => data.itemCode === itemCode && data.validTo >= today,
      );
      const contracts = reference.contract.filter(
        ({ data }) => open.has(data.projectId) && data.itemCodes.includes(itemCode),
      );
      const scope = institution.scope.filter((row) => row.itemCode === itemCode && row.state === 'active');
      expect([itemCode, machines.length > 0, people.length > 1, contracts.length > 0, scope.length]).toEqual([
        itemCode,
        true,
        true,
        true,
        1,
      ]);
    }
  });

  it('has a machine for an item of a family that no machine names', () => {
    const { equipment } = seedTrainingLab({ now: TEST_NOW }).reference;
    expect(machinesForRest(['HNT-KY'], equipment, '2026-08-23')).toEqual([]);
    const [machine, ...more] = machinesForRest(['HNT-KY', 'FS-LS'], equipment, '2026-08-23');
    expect([machine?.data.itemCodes, machine?.data.state, more]).toEqual([['FS-LS'], 'active', []]);
    expect(equipment.map(({ id }) => id)).not.toContain(machine?.id);
  });

  it('is planted once: a second start with another seed keeps what is there', async () => {
    const before = fixture.platform.counts();
    await fixture.restart();
    expect(fixture.platform.counts()).toEqual(before);
    expect((await fixture.client.get('/v1/institution')).status).toBe(200);
  });
});

describe('deltas', () => {
  it('bring a registration, its change and a revocation after the cursor, and nothing twice', async () => {
    const { client, platform } = fixture;
    const person = { name: '曾庆华', certificateNo: '粤建检培字第 20260099 号' };
    const put = (revision: number, payload: Record<string, unknown>) =>
      client.json('PUT', '/v1/registrations/person/L-77', entryOf('person', 'L-77', payload, revision));
    const start = (await page('person')).nextCursor;
    const approved = wire.registrationStateSchema.parse((await put(1, person)).json);
    expect(approved.state).toBe('approved');
    expect((await put(1, person)).json).toEqual(approved);
    expect((await put(1, { ...person, name: '曾庆' })).json.code).toBe('CONFLICT_CONTENT');
    expect((await put(2, { certificateNo: 'x' })).json.code).toBe('VALIDATION');
    const first = await page('person', start);
    expect(first.rows).toMatchObject([{ id: approved.platformId, data: { name: '曾庆华', state: 'active' } }]);
    expect((await put(2, { ...person, state: 'disabled' })).json).toEqual(approved);
    expect((await page('person', first.nextCursor)).rows).toMatchObject([
      { id: approved.platformId, data: { state: 'disabled' } },
    ]);
    expect((await put(1, person)).json).toEqual(approved);

    const held = (await page('person-qualification')).nextCursor;
    platform.supervisor.revokeQualification('Q-P002-HNT-KY', '证书注销');
    const delta = await page('person-qualification', held);
    expect(delta.rows).toEqual([{ id: 'Q-P002-HNT-KY', version: expect.any(Number) as number, deleted: true }]);
    expect((await download('person-qualification', 100)).some((row) => row.id === 'Q-P002-HNT-KY')).toBe(false);
    expect((await page('person-qualification', delta.nextCursor)).rows).toEqual([]);
    const events = wire.eventPageSchema.parse((await client.get('/v1/events')).json).events;
    expect(events.at(-1)).toMatchObject({ type: 'qualification.revoked', subject: 'Q-P002-HNT-KY' });
  });

  it('refuse a cursor, limit or kind that is none', async () => {
    const { client } = fixture;
    for (const query of [[['cursor', 'x']], [['limit', '0']], [['limit', '501']], [['limit', '1.5']]] as Array<
      Array<[string, string]>
    >) {
      expect([query, (await client.get('/v1/reference/item', query)).json.code]).toEqual([query, 'VALIDATION']);
    }
    expect((await client.get('/v1/reference/nothing')).json.code).toBe('NOT_FOUND');
  });
});
