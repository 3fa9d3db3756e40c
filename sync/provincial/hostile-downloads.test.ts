// Downloads from a platform that misbehaves by itself (its own fault switches, over real HTTP): nothing of a wrong page
// is applied, what is known stays as it is, and the download goes on when the switch is off.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createProvincialEngine } from './engine.ts';
import type { ReferencePageToApply } from './sync-store.ts';
import { FileStore } from './testing/file-store.ts';
import { addOrder, openLab, QUICK, type TestLab } from './testing/lab.ts';

let lab: TestLab;

beforeEach(async () => {
  lab = await openLab();
  // Nothing in between: the faults are the platform's own.
  lab.restart({ baseUrl: lab.platform.url });
});

afterEach(async () => {
  await lab.close();
});

/** Holds a page back as the real store does: more than a fifth of what is active would be disabled at once. */
class CarefulStore extends FileStore {
  override applyReferencePage(page: ReferencePageToApply): 'applied' | 'held' {
    const known = Object.values(this.document.reference[page.kind]?.rows ?? {});
    const disabled = page.rows.filter((row) => row.data?.['state'] === 'disabled').length;
    if (known.length >= 10 && disabled * 5 > known.length) return 'held';
    return super.applyReferencePage(page);
  }
}

describe('downloads', () => {
  it('a mass change waits for a person: nothing of the page is applied, the other kinds come, and later it goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jiantai-careful-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const store = new CarefulStore(join(folder, 'store.json'));
    const engine = createProvincialEngine({ port: lab.port, store, timing: QUICK });
    expect(await engine.pullReference()).toMatchObject({ ok: true, held: [] });
    const before = structuredClone(store.document.reference);
    lab.platform.faults.massChange = -1;
    expect(await engine.pullReference()).toMatchObject({ held: ['person', 'equipment'] });
    expect(store.document.reference).toEqual(before);
    lab.platform.supervisor.revokeQualification('Q-P002-HNT-KY', '证书注销');
    await engine.pullReference();
    expect(store.document.reference['person-qualification']!.rows['Q-P002-HNT-KY']).toBeUndefined();
    expect(store.document.reference['person']).toEqual(before['person']);
    lab.platform.resetFaults();
    expect(await engine.pullReference()).toMatchObject({ ok: true, held: [] });
    await engine.stop(0);
  });

  it('paging that stands still is left after one repetition, and goes on from there later', async () => {
    lab.platform.faults.endlessPaging = -1;
    expect((await lab.engine.pullReference()).failure).toMatchObject({ code: 'REFERENCE_LOOP' });
    lab.platform.supervisor.notify('通知', '内容');
    for (let time = 0; time < 5; time += 1) await lab.engine.pullEvents();
    // Taken with the first page; the same events under the same cursor are not taken again.
    const times = (): number => lab.store.document.events.seen.filter(({ text }) => text === '内容').length;
    expect([times(), lab.store.document.events.cursor]).toEqual([1, 'e0']);
    lab.platform.resetFaults();
    expect(await lab.engine.pullReference()).toMatchObject({ ok: true });
    await lab.engine.pullEvents();
    expect(lab.store.document.events.cursor).toBe('e1');
    expect(times()).toBe(2);
    addOrder(lab, 1);
    await lab.settle();
    expect(lab.store.document.entries.every(({ state }) => state === 'accepted')).toBe(true);
  });

  it('paging that goes round in a circle is left as soon as a cursor comes back', async () => {
    const { port, store } = lab;
    const asked: (string | null)[] = [];
    const circling: typeof port = {
      ...port,
      referencePage: async (kind, cursor, limit, options) => {
        asked.push(cursor);
        const answer = await port.referencePage(kind, null, limit, options);
        if (answer.outcome !== 'ok' || kind !== 'project') return answer;
        return { ...answer, value: { ...answer.value, more: true, nextCursor: cursor === 'a' ? 'b' : 'a' } };
      },
    };
    const engine = createProvincialEngine({ port: circling, store, timing: QUICK });
    expect((await engine.pullReference()).failure).toMatchObject({ code: 'REFERENCE_LOOP' });
    expect(asked.filter((cursor) => cursor === 'a' || cursor === 'b')).toEqual(['a', 'b']);
    await engine.stop(0);
  });

  it('words that the contract does not know: no page, no institution, no event is taken', async () => {
    const n = addOrder(lab, 1);
    await lab.settle();
    lab.platform.supervisor.lockCommission(n.commissionNo, '核查');
    lab.platform.faults.unknownEnum = -1;
    expect(await lab.engine.pullReference()).toMatchObject({ ok: false, failure: { code: 'ANSWER_NOT_IN_CONTRACT' } });
    await lab.engine.pullEvents();
    expect(lab.store.institution()).toBeNull();
    expect(lab.store.document.events).toEqual({ cursor: null, seen: [] });
    expect(lab.store.frozenCommissions()).toEqual([]);
    lab.platform.resetFaults();
    await lab.engine.pullEvents();
    expect(lab.store.frozenCommissions()).toEqual([{ commissionNo: n.commissionNo, state: 'locked' }]);
  });

  it.each(['htmlPage', 'redirected', 'hugeAnswer', 'accessRefused'] as const)(
    '%s: what is known stays as it is',
    async (fault) => {
      await lab.engine.pullReference();
      const before = structuredClone(lab.store.document.reference);
      lab.platform.faults[fault] = -1;
      expect((await lab.engine.pullReference()).ok).toBe(false);
      expect(lab.store.document.reference).toEqual(before);
      lab.platform.resetFaults();
      await lab.engine.pushNow();
      expect((await lab.engine.pullReference()).ok).toBe(true);
    },
  );
});
