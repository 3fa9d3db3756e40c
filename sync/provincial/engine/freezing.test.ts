// A lock can be lifted and a void cannot. Which of the two a refusal means, the profile says; the engine reads no
// platform's code for it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PlatformFailure } from '../port.ts';
import { FileStore } from '../testing/file-store.ts';
import { addOrder, QUICK } from '../testing/lab.ts';
import type { EngineContext } from './context.ts';
import { afterFailure } from './outcomes.ts';

let folder: string;
let store: FileStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jiantai-freezing-'));
  store = new FileStore(join(folder, 'outbox.json'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function frozenBy(failure: Pick<PlatformFailure, 'code' | 'freezes'>): string | undefined {
  addOrder({ store }, 1);
  const ctx = {
    store,
    clock: { now: () => 1_000, sleep: () => Promise.resolve() },
    random: () => 0,
    log: { info: () => undefined, warn: () => undefined },
    timing: QUICK,
  } as unknown as EngineContext;
  const entry = store.document.entries[0]!;
  afterFailure(ctx, entry, { class: 'frozen', message: '监督机构处理', sent: true, ...failure }, true);
  return store.frozenCommissions()[0]?.state;
}

it('a void in a platform’s own number was taken for a lock', () => {
  expect(frozenBy({ code: '2005', freezes: 'voided' })).toBe('voided');
});

it('a lock whose code has the letters of “void” in it was taken for a void', () => {
  expect(frozenBy({ code: 'AVOID_CHANGES', freezes: 'locked' })).toBe('locked');
});

it('a profile that does not say which means the one that can be lifted', () => {
  expect(frozenBy({ code: 'VOIDED' })).toBe('locked');
});
