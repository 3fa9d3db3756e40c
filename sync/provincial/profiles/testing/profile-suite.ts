// The engine over one profile and its simulator: the same for all of them. What a profile cannot do, its flags say, and
// the tests then ask for the refusal instead.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import { seedTrainingLab } from '../../../training/seed.ts';
import { digestOf } from '../../../wire/digest.ts';
import { addOrder, changeEntries, noticeEntry, numbers, personEntry, voidEntry } from '../../testing/lab.ts';
import { type ProfileLab, SECRET } from './profile-lab.ts';
import { generator } from '../../testing/random.ts';

export interface ProfileTraits {
  /** Is there a way for the notice of an unqualified result? */
  notice: boolean;
  /** Does the platform take registrations of people from the lab? */
  registrations: boolean;
  seeds: number;
}

export function describeProfile(name: string, open: () => Promise<ProfileLab>, traits: ProfileTraits): void {
  let lab: ProfileLab;

  beforeEach(async () => {
    lab = await open();
  });

  afterEach(async () => {
    await lab.close();
  });

  const openEntries = (): string[] =>
    lab.store.document.entries
      .filter((entry) => entry.state !== 'accepted')
      .map((entry) => `${entry.kind} ${entry.key} ${entry.state} ${entry.platformCode} ${entry.platformMessage}`);

  /** One of everything, equal by digest on both sides, one code per report. */
  function expectExactlyOnce(orders: number): void {
    expect(openEntries()).toEqual([]);
    expect(lab.opponent.holdings()).toEqual({
      commission: orders,
      medium: orders,
      entry: orders * 3,
      report: orders,
      code: orders,
      file: orders,
    });
    const ours = Object.values(lab.store.document.codes).map(
      (code) => `${code.reportNo}/${code.revision} ${code.code}`,
    );
    const theirs = lab.opponent.codes().map((code) => `${code.reportNo}/${code.revision} ${code.code}`);
    expect(ours.sort()).toEqual(theirs.sort());
    for (const entry of lab.store.document.entries) {
      if (!['commission', 'acquisition', 'test-record', 'modification', 'report'].includes(entry.kind)) continue;
      expect([entry.key, lab.opponent.digests(entry.kind, entry.key)]).toEqual([entry.key, [entry.digest]]);
      if (entry.kind === 'report') expect(lab.store.document.codes[`${entry.key}/1`]?.digest).toBe(entry.digest);
    }
    expect(lab.store.document.setAside).toEqual([]);
  }

  describe(`${name}: the whole order`, () => {
    it('goes through, is there once, and verifies', async () => {
      const n = addOrder(lab, 1);
      await lab.settle();
      expectExactlyOnce(1);
      const code = lab.store.document.codes[`${n.reportNo}/1`]!;
      const answer = await lab.port.verify(code.code);
      expect(answer).toMatchObject({
        outcome: 'ok',
        value: { status: 'valid', reportNo: n.reportNo, fileSha256: lab.entry('report-file').mediaSha256 },
      });
      expect(await lab.port.verify('NOBODY-HAS-THIS')).toMatchObject({ outcome: 'ok', value: null });
    });

    it('for several commissions; the ledger tells every exchange and no secret', async () => {
      for (const index of [1, 2, 3]) addOrder(lab, index);
      await lab.settle();
      expectExactlyOnce(3);
      const ledger = lab.store.document.attempts;
      expect(ledger.length).toBeGreaterThan(0);
      expect(ledger.every((row) => /^[0-9a-f]{64}$/.test(row.requestDigest) && row.target !== '')).toBe(true);
      expect(JSON.stringify(ledger)).not.toContain(SECRET);
    });
  });

  describe(`${name}: refusals`, () => {
    it('a refused record waits with words; what depends on it waits, other commissions go on; a correction follows', async () => {
      const bad = addOrder(lab, 1, { testerId: 'P008' });
      addOrder(lab, 2);
      await lab.settle();
      const refused = lab.entry('test-record', bad.recordNo);
      expect(refused).toMatchObject({ state: 'rejected', failureClass: 'rejected' });
      expect(refused.platformMessage).not.toBe('');
      expect(lab.entry('report', bad.reportNo).state).toBe('pending');
      expect(lab.opponent.codes().map((code) => code.reportNo)).toEqual([numbers(2).reportNo]);
      const payload = { ...refused.payload, testerId: 'P001' };
      const { kind, commissionNo, key } = refused;
      lab.store.add({ kind, commissionNo, key, payload, digest: digestOf(payload) });
      await lab.settle();
      expect(lab.opponent.codes()).toHaveLength(2);
      expect(lab.opponent.digests('test-record', bad.recordNo)).toEqual([digestOf(payload)]);
      expect(lab.entry('report-file', bad.reportNo).state).toBe('accepted');
    });

    it('what was refused is asked again when a person retries it', async () => {
      const bad = addOrder(lab, 1, { testerId: 'P008' });
      await lab.settle();
      const refused = lab.entry('test-record', bad.recordNo);
      const attempts = lab.store.document.attempts.length;
      lab.engine.retry(refused.entryId);
      await lab.settle();
      expect(lab.store.document.attempts.length).toBeGreaterThan(attempts);
      expect(lab.entry('test-record', bad.recordNo)).toMatchObject({ state: 'rejected' });
      expect(lab.opponent.codes()).toEqual([]);
    });

    it('other content under the same number stops that record as a conflict and changes nothing', async () => {
      const n = addOrder(lab, 1);
      await lab.settle();
      const payload = { ...lab.entry('test-record', n.recordNo).payload, siteAddress: '别处' };
      const [other] = lab.store.add({
        kind: 'test-record',
        commissionNo: n.commissionNo,
        key: n.recordNo,
        payload,
        digest: digestOf(payload),
      });
      const before = lab.opponent.digests('test-record', n.recordNo);
      await lab.settle();
      expect(lab.store.entry(other!.entryId)).toMatchObject({ state: 'parked', failureClass: 'conflict' });
      expect(lab.opponent.digests('test-record', n.recordNo)).toEqual(before);
    });

    it('what the platform cannot carry is set aside in words, neither sent nor dropped', async () => {
      const n = addOrder(lab, 1);
      await lab.settle();
      const { capabilities } = lab.port;
      lab.store.add(noticeEntry(n), personEntry('L01', '梁小明', 1), ...changeEntries(n, 2));
      await lab.settle();
      const missing = { state: 'parked', platformCode: 'CAPABILITY_MISSING', failureClass: 'local' };
      const there = { state: 'accepted' };
      expect(lab.entry('unqualified-notice')).toMatchObject(traits.notice ? there : missing);
      expect(lab.entry('registration')).toMatchObject(traits.registrations ? there : missing);
      expect(lab.entry('change-order')).toMatchObject(capabilities.changeOrder ? there : missing);
      lab.store.add(voidEntry(n, capabilities.changeOrder ? 2 : 1));
      await lab.settle();
      if (capabilities.void) {
        expect(lab.entry('void').state).toBe('accepted');
        const code = lab.store.document.codes[`${n.reportNo}/1`]!;
        expect(await lab.port.verify(code.code)).toMatchObject({ value: { status: 'void' } });
      } else {
        // It refers to a report; where revision 2 waits for its change order, the void waits with it.
        expect(['pending', 'parked']).toContain(lab.entry('void').state);
        expect((await lab.port.voidReport(n.reportNo, { reason: '撤回', by: 'P003', at: '' })) as object).toMatchObject(
          {
            outcome: 'failed',
            failure: { class: 'rejected', code: 'CAPABILITY_MISSING' },
          },
        );
      }
    });
  });

  describe(`${name}: the supervisor`, () => {
    it('a locked commission freezes here too, and goes on when it is unlocked', async () => {
      const n = addOrder(lab, 1);
      for (let pass = 0; pass < 100 && lab.entry('commission').state !== 'accepted'; pass += 1) await lab.settle(1);
      lab.opponent.lock(n.commissionNo, '复查');
      await lab.settle();
      await lab.engine.pullEvents();
      expect(lab.store.frozenCommissions()).toEqual([{ commissionNo: n.commissionNo, state: 'locked' }]);
      const coded = lab.opponent.codes().length;
      addOrder(lab, 2);
      await lab.settle();
      expect(lab.opponent.codes()).toHaveLength(coded + 1);
      lab.opponent.unlock(n.commissionNo, '复查完毕');
      await lab.engine.pullEvents();
      expect(lab.store.frozenCommissions()).toEqual([]);
      lab.store.poke((document) => {
        for (const entry of document.entries) entry.nextTryAt = null;
      });
      await lab.settle();
      expectExactlyOnce(2);
    });

    it('institution and reference data come whole, and then only what is new', async () => {
      expect(await lab.engine.pullReference()).toMatchObject({ ok: true, failure: null });
      const { reference, institution } = seedTrainingLab({ secret: SECRET });
      expect(lab.store.institution()).toMatchObject({ orgCode: institution.orgCode, controls: institution.controls });
      const scope = lab.store.institution()?.scope.map((item) => item.itemCode);
      expect(scope?.sort()).toEqual(institution.scope.map((item) => item.itemCode).sort());
      for (const [kind, rows] of Object.entries(reference)) {
        const got = Object.values(lab.store.document.reference[kind]?.rows ?? {});
        expect([kind, got.map((row) => row.id).sort()]).toEqual([kind, rows.map((row) => row.id).sort()]);
        const contents = rows.map((row) => digestOf(row.data)).sort();
        expect([kind, got.map((row) => digestOf(row.data)).sort()]).toEqual([kind, contents]);
      }
      expect(await lab.engine.pullReference()).toMatchObject({ ok: true, rows: 0 });
    });
  });

  describe(`${name}: restart`, () => {
    it('a program killed after the platform committed asks first and sends nothing twice', async () => {
      addOrder(lab, 1);
      await lab.settle();
      const codes = { ...lab.store.document.codes };
      lab.store.poke((document) => {
        document.codes = {};
        for (const entry of document.entries) Object.assign(entry, { state: 'sending', acceptedAt: null });
      });
      lab.restart();
      await lab.settle();
      expectExactlyOnce(1);
      expect(lab.store.document.codes).toEqual(codes);
    });

    it('a program killed before anything left sends it after asking', async () => {
      addOrder(lab, 1);
      lab.store.markSending(
        lab.store.document.entries.map((entry) => entry.entryId),
        null,
      );
      lab.store.poke((document) => {
        for (const entry of document.entries) if (entry.kind === 'acquisition') entry.batchId = ulid();
      });
      lab.restart();
      await lab.settle();
      expectExactlyOnce(1);
    });
  });

  describe(`${name}: random cuts`, () => {
    it.each(Array.from({ length: traits.seeds }, (_, seed) => seed))(
      'seed %i ends with one of everything',
      async (seed) => {
        const random = generator(seed);
        await lab.opponent.cut(random);
        for (const index of [1, 2, 3]) addOrder(lab, index);
        for (let round = 0; round < 6; round += 1) {
          await lab.settle(10);
          if (random() < 0.5) lab.restart();
        }
        await lab.opponent.cut(null);
        await lab.engine.pushNow();
        await lab.settle(200);
        expectExactlyOnce(3);
      },
    );
  });
}
