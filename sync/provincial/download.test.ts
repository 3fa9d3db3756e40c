// Reference data and the supervisor's events: page by page, the cursor with its page, going on where it was cut.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedTrainingLab } from '../training/seed.ts';
import { addOrder, openLab, type TestLab } from './testing/lab.ts';

const machines = seedTrainingLab().reference.equipment.length;
let lab: TestLab;

beforeEach(async () => {
  lab = await openLab({ port: { timeoutMs: 2_000 } });
});

afterEach(async () => {
  await lab.close();
});

const rows = (kind: string): number => Object.keys(lab.store.document.reference[kind]?.rows ?? {}).length;

describe('reference data', () => {
  it('downloads the institution and every kind, and only changes the second time', async () => {
    const first = await lab.engine.pullReference();
    expect(first).toMatchObject({ ok: true, failure: null, pages: 6 });
    expect(lab.store.institution()?.name).toContain('云岭');
    expect(rows('equipment')).toBe(machines);
    expect((await lab.engine.pullReference()).rows).toBe(0);
    const qualifications = rows('person-qualification');
    const [id] = Object.keys(lab.store.document.reference['person-qualification']!.rows);
    lab.platform.supervisor.revokeQualification(id!, '资格撤销');
    expect((await lab.engine.pullReference()).rows).toBe(1);
    expect(rows('person-qualification')).toBe(qualifications - 1);
  });

  it('a cut in the middle keeps the pages that are there and goes on from the stored cursor', async () => {
    lab.proxy.decide = ({ path }) => (path.startsWith('/v1/reference/equipment') ? 'truncated' : 'pass');
    expect(await lab.engine.pullReference()).toMatchObject({ ok: false, failure: { code: 'NO_ANSWER' } });
    expect(rows('person')).toBeGreaterThan(0);
    expect(lab.store.referenceCursor('equipment')).toBeNull();
    lab.proxy.decide = () => 'pass';
    expect(await lab.engine.pullReference()).toMatchObject({ ok: true });
    expect(rows('equipment')).toBe(machines);
  });

  it('a platform whose cursor stands still does not keep the engine for ever', async () => {
    lab.proxy.decide = ({ path }) =>
      path.startsWith('/v1/reference/item')
        ? { status: 200, body: { rows: [], nextCursor: 'same', more: true, snapshot: '1' } }
        : 'pass';
    expect(await lab.engine.pullReference()).toMatchObject({ ok: false, failure: { code: 'REFERENCE_LOOP' } });
  });

  it('a page that the store holds back stops that kind and no other', async () => {
    const apply = lab.store.applyReferencePage.bind(lab.store);
    lab.store.applyReferencePage = (page) => (page.kind === 'person' ? 'held' : apply(page));
    expect(await lab.engine.pullReference()).toMatchObject({ ok: true, held: ['person'] });
    expect(rows('person')).toBe(0);
    expect(rows('equipment')).toBe(machines);
  });
});

describe('supervision', () => {
  it('a void commission stays frozen, also when it is only learned from a refusal', async () => {
    const n = addOrder(lab, 1);
    await lab.engine.runOnce();
    lab.platform.supervisor.voidCommission(n.commissionNo, '撤销');
    await lab.settle(10);
    expect(lab.store.frozenCommissions()).toEqual([{ commissionNo: n.commissionNo, state: 'voided' }]);
    await lab.engine.pullEvents();
    expect(lab.store.frozenCommissions()).toHaveLength(1);
    expect(lab.platform.codes()).toEqual([]);
  });

  it('a lock that was lifted without an event reaching us is found out by asking', async () => {
    const n = addOrder(lab, 1);
    lab.store.freezeCommission(n.commissionNo, { state: 'locked', code: 'LOCKED', message: '', at: 0 });
    await lab.port.putCommission(n.commissionNo, {
      digest: lab.entry('commission').digest,
      payload: lab.entry('commission').payload!,
    });
    lab.proxy.decide = ({ path }) => (path.startsWith('/v1/events') ? 'error-500-instead' : 'pass');
    lab.engine.start();
    await expect.poll(() => lab.store.counts().accepted, { timeout: 5_000 }).toBe(8);
    await lab.engine.stop();
  });

  it('what the platform lost is sent again once when it is missed', async () => {
    addOrder(lab, 1);
    let missed = 0;
    lab.proxy.decide = ({ method, path, body }) => {
      if (method !== 'POST' || path !== '/v1/batches' || missed > 0 || !body.includes('"kind":"test-record"'))
        return 'pass';
      missed += 1;
      const batch = JSON.parse(body.toString('utf8')) as { batchId: string; entries: { entryId: string }[] };
      const errors = [{ code: 'REFERENCE_MISSING', field: 'acquisitionKeys.0', message: '平台没有采集记录' }];
      const receipts = batch.entries.map(({ entryId }) => ({ entryId, state: 'rejected', errors }));
      return { status: 200, body: { batchId: batch.batchId, receipts } };
    };
    await lab.settle();
    expect(lab.store.counts().accepted).toBe(8);
    const runs = lab.proxy.seen.filter((request) => request.body.includes('"kind":"acquisition"'));
    expect(runs).toHaveLength(2);
  });

  it('what is missed for good is refused in the platform’s own words', async () => {
    addOrder(lab, 1);
    lab.store.poke((document) => {
      document.entries = document.entries.filter((entry) => entry.kind !== 'media');
    });
    await lab.settle();
    expect(lab.entry('acquisition')).toMatchObject({ state: 'rejected', platformCode: 'REFERENCE_MISSING' });
  });

  it('a report voided over there stops only itself, not the commission', async () => {
    const n = addOrder(lab, 1);
    lab.proxy.decide = ({ path }) =>
      path.endsWith('/code')
        ? { status: 423, body: { code: 'VOIDED', message: '报告已作废', requestId: 'r' } }
        : 'pass';
    await lab.settle();
    expect(lab.entry('code')).toMatchObject({ state: 'parked', platformCode: 'VOIDED', platformMessage: '报告已作废' });
    expect(lab.store.frozenCommissions()).toEqual([]);
    expect(lab.platform.counts().commission).toBe(1);
    expect(n.reportNo).toBe(lab.entry('code').key);
  });
});
