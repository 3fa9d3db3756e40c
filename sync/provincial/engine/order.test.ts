// Order, batching, back-off and masking as pure functions.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskJson, maskText } from '../mask.ts';
import type { EntryKind, EntryState, OutboxEntry } from '../sync-store.ts';
import { backoffDelay } from './backoff.ts';
import { viewOf } from './order.ts';
import { bytesOf, planActions } from './plan.ts';

let seq = 0;

function entry(kind: EntryKind, key: string, more: Partial<OutboxEntry> = {}): OutboxEntry {
  seq += 1;
  return {
    entryId: `e${seq}`,
    seq,
    kind,
    commissionNo: 'W1',
    key,
    revision: 1,
    digest: 'd',
    payload: {},
    mediaSha256: null,
    state: 'pending',
    attempts: 0,
    nextTryAt: null,
    batchId: null,
    failureClass: null,
    platformCode: null,
    platformMessage: null,
    platformDetails: null,
    createdAt: 0,
    acceptedAt: null,
    ...more,
  };
}

function twoRecords(firstState: EntryState): OutboxEntry[] {
  return [
    entry('commission', 'W1', { state: 'accepted' }),
    entry('test-record', 'J1', { state: firstState, payload: { acquisitionKeys: [] } }),
    entry('test-record', 'J2', { state: 'accepted', payload: { acquisitionKeys: [] } }),
    entry('report', 'B1', { payload: { recordNos: ['J1'] } }),
    entry('report', 'B2', { payload: { recordNos: ['J2'] } }),
  ];
}

const ready = (entries: OutboxEntry[]): string[] => {
  const view = viewOf(entries);
  return entries.filter((one) => one.state === 'pending' && view.isReady(one)).map((one) => `${one.kind} ${one.key}`);
};

function planOf(entries: OutboxEntry[], limits = { maxEntries: 200, maxBytes: 1e6 }): ReturnType<typeof planActions> {
  const store: Parameters<typeof planActions>[0] = {
    dueEntries: ({ now, limit, afterSeq, kind }) =>
      entries
        .filter((one) => ['pending', 'unknown', 'queued'].includes(one.state) && one.seq > afterSeq)
        .filter((one) => (one.nextTryAt ?? 0) <= now && (kind === undefined || one.kind === kind))
        .slice(0, limit),
    entriesOf: (commissionNo) => entries.filter((one) => one.commissionNo === commissionNo),
  };
  return planActions(store, 1000, limits, 1000);
}

describe('order within a commission', () => {
  it('a refused record holds back its own report and no other', () => {
    expect(ready(twoRecords('rejected'))).toEqual(['report B2']);
  });

  it('what is on its way at an earlier stage goes first; what keeps failing is not waited for', () => {
    const entries = twoRecords('pending');
    expect(ready(entries)).toEqual(['test-record J1']);
    entries[1]!.attempts = 3;
    expect(ready(entries)).toEqual(['test-record J1', 'report B2']);
  });

  it('a commission that a change order changed goes after it, and what came later goes after both', () => {
    const entries = [
      entry('commission', 'W1', { state: 'accepted' }),
      entry('report', 'B1', { state: 'accepted', payload: { recordNos: ['J1'] } }),
      entry('media', 'm'),
      entry('change-order', 'B1', { revision: 2, payload: { evidence: ['m'] } }),
      entry('modification', 'X1', { payload: { entityNo: 'W1' } }),
      entry('commission', 'W1', { revision: 2 }),
      entry('test-record', 'J2', { payload: { acquisitionKeys: [] } }),
      entry('report', 'B1', { revision: 2, payload: { recordNos: ['J1'] } }),
    ];
    const order: string[][] = [];
    for (let now = ready(entries); now.length > 0; now = ready(entries)) {
      order.push(now);
      for (const one of entries) if (now.includes(`${one.kind} ${one.key}`)) one.state = 'accepted';
    }
    expect(order).toEqual([
      ['media m'],
      ['change-order B1'],
      ['commission W1'],
      ['test-record J2'],
      ['modification X1'],
      ['report B1'],
    ]);
  });

  it('nothing goes before its commission, except the notice of an unqualified result', () => {
    const entries = [
      entry('commission', 'W1', { state: 'rejected' }),
      entry('media', 'm'),
      entry('test-record', 'J1'),
      entry('unqualified-notice', 'J1/a/b'),
    ];
    expect(ready(entries)).toEqual(['unqualified-notice J1/a/b']);
  });

  it('a newer entry of the same key takes the place of a refused one and waits for one on its way', () => {
    const refused = entry('test-record', 'J1', { state: 'rejected' });
    expect(ready([refused, entry('test-record', 'J1', { revision: 2 })])).toEqual(['test-record J1']);
    const entries = [entry('test-record', 'J1'), entry('test-record', 'J1', { revision: 2 })];
    expect(viewOf(entries).isReady(entries[1]!)).toBe(false);
  });

  it('what waits for a refused commission also waits for its correction', () => {
    const entries = [
      entry('commission', 'W1', { state: 'rejected' }),
      entry('media', 'm'),
      entry('commission', 'W1', { state: 'rejected', revision: 2 }),
    ];
    expect(ready(entries)).toEqual([]);
    entries[2]!.state = 'accepted';
    expect(ready(entries)).toEqual(['media m']);
    // A later change of an accepted commission that is refused holds back only what came after it.
    entries.push(entry('commission', 'W1', { state: 'rejected', revision: 3 }), entry('media', 'n'));
    expect(ready(entries)).toEqual(['media m']);
  });

  it('a witness entry waits for its photos and a report for the changes of its records', () => {
    const entries = [
      entry('media', 'photo', { state: 'queued', attempts: 1 }),
      entry('witness', 'W1-1/sampling', { payload: { media: ['photo'] } }),
      entry('test-record', 'J1', { state: 'accepted' }),
      entry('modification', 'M1', { state: 'parked', payload: { entityNo: 'J1' } }),
      entry('report', 'B1', { payload: { recordNos: ['J1'] } }),
    ];
    const view = viewOf(entries);
    expect(view.blockersOf(entries[1]!).map((one) => one.key)).toEqual(['photo']);
    expect(view.blockersOf(entries[4]!).map((one) => one.key)).toEqual(['M1']);
  });

  it('entries that refer to each other do not hang', () => {
    const entries = [
      entry('acquisition', 'R1', { payload: { recordNo: 'J1' } }),
      entry('modification', 'X', { payload: { entityNo: 'X' } }),
      entry('test-record', 'J1', { payload: { acquisitionKeys: ['R1', 'R1'] } }),
    ];
    expect(ready(entries)).toEqual(['acquisition R1']);
  });

  it('whatever the states, sending what is ready ends with everything sent that nothing refused holds back', () => {
    const kinds: EntryKind[] = ['commission', 'media', 'acquisition', 'test-record', 'modification', 'report', 'code'];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...kinds), fc.constantFrom('a', 'b'), fc.integer({ min: 1, max: 2 })), {
          maxLength: 12,
        }),
        (items) => {
          const entries = items.map(([kind, key, revision]) => entry(kind, key, { revision }));
          for (let round = 0; round <= entries.length; round += 1) {
            const view = viewOf(entries);
            for (const one of entries.filter((each) => each.state === 'pending' && view.isReady(each))) {
              one.state = 'accepted';
            }
          }
          expect(entries.filter((one) => one.state !== 'accepted')).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('planning', () => {
  it('keeps batches within count and bytes and puts notices first in a batch of their own', () => {
    const entries = Array.from({ length: 25 }, (_, index) =>
      entry('test-record', `J${index}`, { commissionNo: `W${index}`, payload: { text: '字'.repeat(100) } }),
    );
    entries.push(entry('unqualified-notice', 'N', { commissionNo: 'W3' }));
    const size = bytesOf(entries[0]!);
    const plan = planOf(entries, { maxEntries: 10, maxBytes: size * 4 + 210 });
    const sizes = plan.map((action) => (action.kind === 'batch' ? action.entries.length : 0));
    expect(sizes).toEqual([1, 4, 4, 4, 4, 4, 4, 1]);
    expect(plan[0]).toMatchObject({ entries: [{ key: 'N' }] });
  });

  it('a long queue behind a refused entry does not hide what may go', () => {
    const entries = [
      entry('commission', 'W1', { state: 'rejected' }),
      ...Array.from({ length: 1500 }, (_, index) => entry('media', `m${index}`)),
      entry('media', 'x', { commissionNo: 'W2' }),
    ];
    expect(planOf(entries)).toMatchObject([{ kind: 'single', entry: { key: 'x' } }]);
  });

  it('asks once per batch and sends alone what failed before', () => {
    const plan = planOf([
      entry('test-record', 'J1', { state: 'unknown', batchId: 'b1' }),
      entry('test-record', 'J2', { state: 'queued', batchId: 'b1' }),
      entry('media', 'm', { state: 'unknown', commissionNo: 'W2' }),
      entry('test-record', 'J3', { attempts: 2, commissionNo: 'W3' }),
      entry('test-record', 'J4', { commissionNo: 'W4' }),
    ]);
    expect(plan.map((action) => [action.kind, 'entries' in action ? action.entries.length : 1])).toEqual([
      ['ask', 2],
      ['ask', 1],
      ['batch', 1],
      ['batch', 1],
    ]);
  });
});

describe('back-off', () => {
  it('grows to its limit, with jitter that never exceeds it', () => {
    const limits = { baseMs: 2_000, maxMs: 900_000 };
    expect(backoffDelay(1, limits, () => 0)).toBe(1_000);
    expect(backoffDelay(3, limits, () => 1)).toBe(8_000);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (attempts, random) => {
          const delay = backoffDelay(attempts, limits, () => random);
          expect(delay).toBeGreaterThanOrEqual(1_000);
          expect(delay).toBeLessThanOrEqual(900_000);
        },
      ),
    );
  });
});

describe('masking', () => {
  it('hides personal numbers and secrets by name and by look, and cuts what is long', () => {
    const masked = maskJson({
      idNumber: '123',
      list: [{ Phone: 1 }],
      note: '证 44010519900101123X 完',
      value: '35.10',
    });
    expect(masked).toBe('{"idNumber":"***","list":[{"Phone":"***"}],"note":"证 *** 完","value":"35.10"}');
    expect(maskText('手机 13800138000')).toBe('手机 ***');
    expect(maskText('x'.repeat(10_000)).length).toBeLessThan(4_100);
  });
});
