// @vitest-environment jsdom
// The ledger screen: pages of entries and never all of them, every action by a key and only where it makes sense, the
// platform's words beside the one step that helps, the halt, the progress, and what a tester without the permission sees.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { App } from 'antd';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Role } from '../../shared/entities/roles.ts';
import type { LedgerRow, SyncOverview } from '../../shared/sync/calls.ts';
import { nextStep, type Standing } from '../../shared/sync/words.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { LedgerPage } from './LedgerPage.tsx';

const asked: { name: string; input: Record<string, unknown> }[] = [];
let listener: (event: CoreEvent) => void = () => undefined;
let overview: SyncOverview;
/** What the far side holds; the window gets pages of it. */
let held: LedgerRow[] = [];

const row = (index: number, standing: Standing, changes: Partial<LedgerRow> = {}): LedgerRow => {
  const facts = { standing, kind: 'acquisition', attempts: 0, failureClass: null, platformCode: null, frozenAs: null, stuckBehind: null }; // prettier-ignore
  return {
    entryId: `E${index}`,
    seq: index,
    commissionNo: 'WT2026-00001',
    kind: 'acquisition',
    key: `CJ-${index}`,
    revision: 1,
    state: 'pending',
    standing,
    attempts: 0,
    nextTryAt: null,
    failureClass: null,
    platformCode: null,
    platformMessage: null,
    createdAt: '2026-11-23T10:00:00.000+08:00',
    acceptedAt: null,
    why: '',
    next: nextStep(facts),
    ...changes,
  };
};
const refused = row(1, 'rejected', { platformCode: 'VALIDATION', platformMessage: '设备不在有效期', why: 'VALIDATION 设备不在有效期' }); // prettier-ignore

function answer(name: string, input: Record<string, unknown>): unknown {
  switch (name) {
    case 'sync.overview':
      return overview;
    case 'sync.entries': {
      const from = Number(input['cursor'] ?? 0);
      const to = from + Number(input['limit']);
      return { rows: held.slice(from, to), nextCursor: to < held.length ? String(to) : null };
    }
    case 'sync.groups':
      return { rows: [], nextCursor: null };
    case 'sync.setAside':
      return { rows: [{ asideId: 'A1', kind: 'code', subject: 'BG-1', reason: '标识码属于另一份报告', content: '{"code":"X"}', at: '2026-11-23T10:00:00.000+08:00' }], nextCursor: null }; // prettier-ignore
    case 'sync.entry': {
      const found = held.find(({ entryId }) => entryId === input['entryId']) ?? refused;
      const attempt = { attemptId: 7, at: '2026-11-23T10:00:00.000+08:00', endedAt: '2026-11-23T10:00:00.120+08:00', operation: 'postBatch', target: 'POST /v1/batches', batchId: 'B1', outcome: 'ok', code: null, message: null, requestDigest: 'abc123', request: '{"secret":"***"}', answer: '{"state":"rejected"}' }; // prettier-ignore
      return {
        row: found,
        digest: 'd'.repeat(64),
        payload: '',
        details: [],
        blockers: [],
        attempts: [attempt],
        marks: [],
      };
    }
    case 'sync.export':
      return { fileName: '上传台账.csv', text: '\uFEFFa' };
    default:
      return {};
  }
}

function show(roles: Role[] = ['qualityManager']): void {
  const user = { userId: 'U1', username: 'u', personId: 'P1', name: '某某', roles, disabled: false };
  useSession.getState().apply({ state: 'open', user, institutionName: '', trainingMode: false, trainingHint: null });
  const client = {
    call: async (name: string, input: Record<string, unknown>) => {
      asked.push({ name, input });
      await Promise.resolve();
      return answer(name, input);
    },
    subscribe: (given: typeof listener) => {
      listener = given;
      return () => undefined;
    },
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  window.addEventListener('keydown', runHotkey);
  render(
    <App>
      <QueryClientProvider client={queries}>
        <ClientProvider value={client}>
          <LedgerPage />
        </ClientProvider>
      </QueryClientProvider>
    </App>,
  );
}
const press = (key: string, more: object = {}): void => {
  fireEvent.keyDown(document.body, { key, ...more });
};
const last = (name: string) => asked.findLast((each) => each.name === name)?.input;
const open = async (entryId: string): Promise<void> => {
  fireEvent.mouseDown((await screen.findAllByTestId('ledger-row')).find((each) => each.dataset['key'] === entryId)!);
  fireEvent.click(screen.getAllByTestId('ledger-row').find((each) => each.dataset['key'] === entryId)!);
  await screen.findByTestId('ledger-detail');
};

beforeEach(() => {
  asked.length = 0;
  held = [refused, row(2, 'waiting'), row(3, 'aside', { state: 'parked' }), row(4, 'asking', { state: 'unknown' })];
  overview = {
    counts: { waiting: 2, frozen: 0, rejected: 1, parked: 0, aside: 1, closed: 0, accepted: 9 },
    setAside: 1, engine: 'running', platformUrl: 'http://platform', halt: null, pausedUntil: null, pausedBy: null, nextAt: null,
    lastAnswerAt: '2026-11-23T10:00:00.000+08:00', lastFailure: null, clockOffsetMs: 0, clockMeasuredAt: null, frozen: [], progress: null,
  }; // prettier-ignore
  vi.stubGlobal('matchMedia', () => ({ matches: false, addListener() {}, removeListener() {} }));
});
afterEach(() => {
  cleanup();
  window.removeEventListener('keydown', runHotkey);
  useUi.getState().reset();
  useSession.setState({ session: null, keeper: null });
  vi.unstubAllGlobals();
});

test('ten thousand entries: the window asks for one page and draws a screen of it', async () => {
  held = Array.from({ length: 10_000 }, (_, index) => row(index + 1, 'waiting'));
  show();
  const drawn = await screen.findAllByTestId('ledger-row');
  expect(drawn.length).toBeLessThan(60);
  const pages = asked.filter(({ name }) => name === 'sync.entries');
  expect(pages.length).toBeLessThanOrEqual(2);
  expect(pages.every(({ input }) => Number(input['limit']) <= 200)).toBe(true);
});

test('the platform’s words, one next step, and each try with what was sent and answered', async () => {
  show();
  await open('E1');
  expect(screen.getByTestId('ledger-detail').textContent).toContain('设备不在有效期');
  expect(screen.getByTestId('ledger-next').textContent).toContain('下一步：采集数据不能修改');
  const tries = screen.getByTestId('ledger-attempts').textContent;
  for (const words of ['上传批次', '平台已应答', 'abc123', '***', 'rejected', '120 ms']) expect(tries).toContain(words);
});

test('retry, set aside, settle, put back: each by its key, and only where it makes sense', async () => {
  show();
  await open('E1');
  press('F9');
  await waitFor(() => expect(last('sync.retry')).toEqual({ entryId: 'E1' }));
  press('F8');
  fireEvent.change(await screen.findByTestId('reason-text'), { target: { value: '等待答复' } });
  fireEvent.click(screen.getByTestId('reason-confirm'));
  await waitFor(() => expect(last('sync.park')).toEqual({ entryId: 'E1', reason: '等待答复' }));
  await waitFor(() => expect(screen.queryByTestId('reason-text')).toBeNull());
  press('F7');
  const confirm = (): HTMLButtonElement => screen.getByTestId('resolve-confirm');
  fireEvent.change(await screen.findByTestId('resolve-reason'), { target: { value: '已补录' } });
  fireEvent.change(screen.getByTestId('resolve-second'), { target: { value: 'admin' } });
  expect(confirm().disabled).toBe(true);
  fireEvent.change(screen.getByTestId('resolve-password'), { target: { value: 'pw' } });
  fireEvent.click(confirm());
  await waitFor(() => expect(last('sync.resolve')).toEqual({ entryId: 'E1', reason: '已补录', second: { username: 'admin', password: 'pw' } })); // prettier-ignore
  await waitFor(() => expect(screen.queryByTestId('resolve-reason')).toBeNull());

  await open('E3');
  await waitFor(() => expect(screen.getByTestId('ledger-detail').dataset['standing']).toBe('aside'));
  press('F9');
  fireEvent.change(await screen.findByTestId('reason-text'), { target: { value: '已答复' } });
  fireEvent.click(screen.getByTestId('reason-confirm'));
  await waitFor(() => expect(last('sync.putBack')).toEqual({ entryId: 'E3', reason: '已答复' }));
  await waitFor(() => expect(screen.queryByTestId('reason-text')).toBeNull());

  // Its outcome is not known: nobody decides about it now.
  await open('E4');
  await waitFor(() => expect(screen.getByTestId('ledger-detail').dataset['standing']).toBe('asking'));
  press('F8');
  press('F7');
  expect(screen.queryByTestId('reason-text')).toBeNull();
  expect(screen.queryByTestId('resolve-reason')).toBeNull();
});

test('without the permission nothing is offered and no key does it; pushing is everybody’s', async () => {
  show(['technician']);
  await open('E1');
  expect(screen.queryByTestId('ledger-retry')).toBeNull();
  for (const key of ['F7', 'F8', 'F9']) press(key);
  expect(asked.some(({ name }) => ['sync.retry', 'sync.park', 'sync.resolve'].includes(name))).toBe(false);
  press('F6');
  await waitFor(() => expect(last('sync.pushNow')).toEqual({}));
});

test('views by keys; a search and its view go into the file', async () => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined }));
  show();
  await screen.findAllByTestId('ledger-row');
  press('F2');
  await waitFor(() => expect(last('sync.entries')?.['part']).toBe('todo'));
  press('F2', { shiftKey: true });
  press('F2', { shiftKey: true });
  await screen.findAllByTestId('ledger-set-aside');
  expect(screen.getByTestId('ledger-set-aside').textContent).toContain('标识码属于另一份报告');
  press('F2');
  await screen.findAllByTestId('ledger-row');
  press('/', { code: 'Slash' });
  expect(document.activeElement).toBe(screen.getByTestId('ledger-search'));
  fireEvent.change(screen.getByTestId('ledger-search'), { target: { value: 'CJ-1' } });
  await waitFor(() => expect(last('sync.entries')?.['text']).toBe('CJ-1'));
  press('F4');
  await waitFor(() => expect(last('sync.export')).toMatchObject({ format: 'csv', part: 'open', text: 'CJ-1' }));
});

test('the halt says the platform’s words and the next step; progress comes and goes; Shift+F6 breaks it off', async () => {
  overview.halt = {
    code: 'BAD_SIGNATURE',
    message: '签名不正确',
    at: '2026-11-23T10:00:00.000+08:00',
    next: '请核对密钥',
  };
  overview.engine = 'halted';
  overview.clockOffsetMs = 400_000;
  show();
  const halt = await screen.findByTestId('sync-halt');
  for (const words of ['BAD_SIGNATURE', '签名不正确', '请核对密钥']) expect(halt.textContent).toContain(words);
  expect(screen.getByTestId('sync-standing').textContent).toContain('比平台慢 400 秒，请校准');
  expect(screen.queryByTestId('sync-progress')).toBeNull();
  const progress = { startedAt: '2026-11-23T10:00:00.000+08:00', done: 3, planned: 50, accepted: 1_200, left: 8_800, perMinute: 1_500, secondsLeft: 352 }; // prettier-ignore
  act(() => listener({ type: 'sync.progress', progress }));
  const shown = (await screen.findByTestId('sync-progress')).textContent;
  for (const words of ['已接收 1200', '还有 8800', '每分钟 1500 条', '约 6 分钟', '3/50'])
    expect(shown).toContain(words);
  press('F6', { shiftKey: true });
  await waitFor(() => expect(last('sync.cancelPass')).toEqual({}));
  act(() => listener({ type: 'sync.progress', progress: null }));
  await waitFor(() => expect(screen.queryByTestId('sync-progress')).toBeNull());
});
