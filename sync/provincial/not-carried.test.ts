// What a platform can never take was sent all the same and refused, and what came behind it waited for it. The profile's
// flags are asked first: nothing of it leaves, it stands aside with what people do instead, and the rest goes on.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProvincialEngine } from './engine.ts';
import { viewOf } from './engine/order.ts';
import { NOT_CARRIED, notCarriedSentence } from './not-carried.ts';
import type { PlatformAnswer, PlatformCapabilities, PlatformFailure, ProvincialPort } from './port.ts';
import { EXCHANGE_PROFILE } from './profiles/exchange-tables/index.ts';
import { PROFILES } from './profiles/index.ts';
import { REFERENCE_PROFILE } from './profiles/reference/index.ts';
import { FileStore } from './testing/file-store.ts';
import { addOrder, changeEntries, noticeEntry, numbers, personEntry, QUICK, voidEntry } from './testing/lab.ts';

const trace = { operation: '', target: '', requestDigest: '', maskedRequest: '', answer: '', startedAt: 0, endedAt: 0 };
const failed = (failure: Partial<PlatformFailure> = {}): PlatformAnswer<never> => ({
  outcome: 'failed',
  failure: { class: 'rejected', code: 'X1', message: '查询失败', sent: true, ...failure },
  trace,
});

/** Counts what is asked of it; answers as told, else with an empty page or a refusal. */
function countingPort(
  capabilities: PlatformCapabilities,
  answers: (name: string, args: unknown[]) => PlatformAnswer<unknown> | undefined = () => undefined,
): { port: ProvincialPort; calls: string[] } {
  const calls: string[] = [];
  const { limits } = REFERENCE_PROFILE;
  const port = new Proxy({ profile: 'counting', capabilities, limits } as unknown as ProvincialPort, {
    get(target, name: string) {
      if (name in target) return target[name as keyof ProvincialPort];
      return (...args: unknown[]) => {
        calls.push(`${name} ${typeof args[0] === 'string' ? args[0] : ''}`.trim());
        return Promise.resolve(answers(name, args) ?? failed());
      };
    },
  });
  return { port, calls };
}

let folder: string;
let store: FileStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-carried-'));
  store = new FileStore(join(folder, 'outbox.json'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const engineOf = (port: ProvincialPort) => createProvincialEngine({ port, store, timing: QUICK });
const page = (kind: string): PlatformAnswer<unknown> => ({
  outcome: 'ok',
  value: { rows: [], nextCursor: `${kind}-1`, more: false, snapshot: 'v1' },
  trace,
});

describe('entries', () => {
  it('a notice, an order, a void and a registration went to a platform that has no place for them', async () => {
    const n = numbers(1);
    const [order] = changeEntries(n, 2);
    const all = [noticeEntry(n), order!, voidEntry(n, 1), personEntry('P-1', '陈', 1)];
    store.add(...all);
    const { port, calls } = countingPort(EXCHANGE_PROFILE.capabilities);
    for (let count = 0; count < 3; count += 1) await engineOf(port).runOnce();
    expect(calls).toEqual([]);
    const entries = store.document.entries;
    expect(entries.map(({ state, platformCode, platformMessage }) => [state, platformCode, platformMessage])).toEqual(
      all.map(({ kind }) => ['parked', NOT_CARRIED, notCarriedSentence(kind)]),
    );
    expect(notCarriedSentence('registration')).toBe(
      '本平台不接收人员、设备和场所的登记，请在平台网页上登记，随后“更新基础数据”。',
    );
    const [attempts] = [store.document.attempts ?? []];
    expect(attempts).toEqual([]);
  });

  it('what came behind such an entry waited for it for ever', () => {
    addOrder({ store }, 1);
    const kinds = (): string[] => {
      const view = viewOf(store.document.entries);
      const run = store.document.entries.find(({ kind }) => kind === 'acquisition')!;
      return view.blockersOf(run).map(({ kind }) => kind);
    };
    store.poke((document) => {
      for (const entry of document.entries) {
        if (entry.kind === 'commission') entry.state = 'accepted';
        if (entry.kind === 'media') Object.assign(entry, { state: 'parked', platformCode: 'LOCAL_FILE_MISSING' });
      }
    });
    expect(kinds()).toEqual(['media']);
    store.poke((document) => {
      for (const entry of document.entries) if (entry.kind === 'media') entry.platformCode = NOT_CARRIED;
    });
    expect(kinds()).toEqual([]);
  });

  it('what a change order allows still waits until a person has settled the change', () => {
    const n = numbers(1);
    store.add(...changeEntries(n, 2));
    store.poke((document) => {
      Object.assign(document.entries[0]!, { state: 'parked', platformCode: NOT_CARRIED });
    });
    const view = () => viewOf(store.document.entries);
    const report = (): (typeof store.document.entries)[number] => store.document.entries[1]!;
    expect(
      view()
        .blockersOf(report())
        .map(({ kind }) => kind),
    ).toEqual(['change-order']);
    store.poke((document) => {
      document.entries[0]!.settled = true;
    });
    expect(view().blockersOf(report())).toEqual([]);
  });
});

describe('questions', () => {
  it('a clock and events that a platform does not have were asked for every time', async () => {
    const without = { ...REFERENCE_PROFILE.capabilities, time: false, events: false };
    const { port, calls } = countingPort(without);
    expect(await engineOf(port).measureClock()).toBe(false);
    await engineOf(port).pullEvents();
    expect(calls).toEqual([]);
  });

  it('kinds of reference data that a profile does not have were asked for', async () => {
    const { port, calls } = countingPort(
      { ...REFERENCE_PROFILE.capabilities, contract: false, personnel: false },
      (name, [kind]) => (name === 'referencePage' ? page(String(kind)) : undefined),
    );
    const report = await engineOf(port).pullReference();
    expect(calls).toEqual(['institution', 'referencePage item', 'referencePage equipment', 'referencePage project']);
    expect(report.failures).toEqual([]);
  });

  it('one kind that failed kept all that come after it from coming down', async () => {
    const { port, calls } = countingPort(REFERENCE_PROFILE.capabilities, (name, [kind]) =>
      name === 'referencePage' && kind !== 'person' && kind !== 'project' ? page(String(kind)) : undefined,
    );
    const report = await engineOf(port).pullReference();
    expect(calls).toHaveLength(7);
    expect(report).toMatchObject({ ok: false, pages: 4 });
    const failures = ['person', 'project'].map((kind) => ({ kind, code: 'X1', message: '查询失败' }));
    expect(report.failures).toEqual(failures);
    expect(store.document.referenceFailures).toEqual(failures);
    expect(store.referenceCursor('contract')).toBe('contract-1');
    const good = countingPort(REFERENCE_PROFILE.capabilities, (name, [kind]) =>
      name === 'referencePage' ? page(`${String(kind)}-2`) : undefined,
    );
    await engineOf(good.port).pullReference();
    expect(store.document.referenceFailures).toEqual([]);
  });

  it('with no line at all nobody is asked six times', async () => {
    const { port, calls } = countingPort(REFERENCE_PROFILE.capabilities, () =>
      failed({ class: 'unknown-outcome', code: 'NO_ANSWER', message: '连不上', sent: false }),
    );
    const report = await engineOf(port).pullReference();
    expect(calls).toEqual(['institution']);
    expect(report.failures).toHaveLength(6);
  });
});

describe('the profiles', () => {
  it.each(Object.values(PROFILES).map(({ data }) => [data.id, data] as const))(
    '%s: who may enter people and machines, and whether the platform takes them, say the same',
    (_, { masterOf, capabilities }) => {
      const local = [masterOf.person, masterOf.equipment, masterOf.premises].includes('local-then-approved');
      expect(local).toBe(capabilities.registrations);
    },
  );
});
