// @vitest-environment jsdom
// 审计 on the screen: progress with a stop, the first fault with the way out, history by keys, 放行 only where it may be.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { Role } from '../../shared/entities/roles.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { AuditPage } from './AuditPage.tsx';
import { HistoryTable } from './HistoryTable.tsx';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addListener() {}, removeListener() {} }));
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  cleanup();
  window.removeEventListener('keydown', runHotkey);
  useSession.setState({ session: null, keeper: null });
  vi.unstubAllGlobals();
});

const bad = {
  ok: false,
  checked: { audit: 12, rows: 3, runs: 0, signatures: 0 },
  firstFault: 'commission WT2026-00002 的 clientUnit 与审计记录不一致：它是绕过程序改动的。',
  head: 'ab'.repeat(32),
  schema: 'cd'.repeat(32),
  at: '2026-11-23T09:30:00.000+08:00',
  by: '谭敏仪',
  seconds: 1.25,
};

class Lab {
  sent: [name: string, input: unknown][] = [];
  listeners = new Set<(event: CoreEvent) => void>();
  answers: Record<string, unknown> = {
    'audit.state': { running: null, last: null, lastWitness: null, fingerprint: null },
    'gate.overrides': { open: [], rows: [] },
  };
  tell(event: CoreEvent): void {
    act(() => {
      for (const listener of this.listeners) listener(event);
    });
  }
}

function show(lab: Lab, roles: Role[] = ['qualityManager']): void {
  const user = { userId: 'U1', username: 'u', personId: 'P1', name: '某某', roles, disabled: false };
  useSession.getState().apply({ state: 'open', user, institutionName: '', trainingMode: false, trainingHint: null });
  const client = {
    call: async (name: string, input: unknown) => {
      await Promise.resolve();
      lab.sent.push([name, input]);
      return lab.answers[name] ?? {};
    },
    subscribe: (listener: (event: CoreEvent) => void) => {
      lab.listeners.add(listener);
      return () => lab.listeners.delete(listener);
    },
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  window.addEventListener('keydown', runHotkey);
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <ClientProvider value={client}>
        <AuditPage />
      </ClientProvider>
    </QueryClientProvider>,
  );
}
const press = (key: string, on: Element = document.activeElement ?? document.body): void => {
  fireEvent.keyDown(on, { key, code: key });
};
const fill = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};

test('how far it is, a stop by key, and the end', async () => {
  const lab = new Lab();
  show(lab);
  await screen.findByText('还没有校验过。');
  lab.tell({ type: 'audit.progress', progress: { part: 'rows', done: 2000, total: 8000 } });
  expect(screen.getByTestId('audit-progress').textContent).toBe('数据行 2000 / 8000');
  expect(screen.getByTestId('audit-verify').hasAttribute('disabled')).toBe(true);
  press('F10');
  await waitFor(() => expect(lab.sent.map(([name]) => name)).toContain('audit.cancelVerify'));
  lab.answers['audit.state'] = { running: null, last: bad, lastWitness: null, fingerprint: null };
  lab.tell({ type: 'audit.progress', progress: null });
  const result = await screen.findByTestId('audit-result');
  expect(screen.queryByTestId('audit-progress')).toBeNull();
  expect(result.dataset['ok']).toBe('false');
  expect(result.textContent).toContain(bad.firstFault);
  expect(result.textContent).toContain('用备份恢复');
  expect(result.textContent).toContain('2026-11-23 09:30:00 由 谭敏仪 校验，用时 1.3 秒');
  expect(result.textContent).toContain(bad.schema);
});

test('history: arrows move, Enter opens what an entry has more of; old struck through, nothing as JSON', () => {
  const at = '2026-11-23T09:30:00.000+08:00';
  const line = { at, actor: '梁志远(jiance)', workstation: '一号台', field: null, oldValue: null, reason: null };
  const row = { recordNo: 'YS1', state: 'testing', itemCode: 'HNT-KY', commissionNo: 'WT1', sampleNo: 'YP1', equipmentId: 'E001' }; // prettier-ignore
  render(
    <HistoryTable
      entity="testRecord"
      entries={[
        {
          ...line,
          seq: 9,
          action: 'update',
          field: 'temperatureC',
          oldValue: '"20.5"',
          newValue: '"21.0"',
          reason: '抄错',
        },
        { ...line, seq: 5, action: 'insert', newValue: JSON.stringify(row) },
      ]}
    />,
  );
  const table = screen.getByTestId('audit-history');
  expect(table.querySelector('s')?.textContent).toBe('20.5');
  expect(table.querySelector('ins')?.textContent).toBe('21.0');
  expect(table.textContent).toContain('温度（℃）');
  expect(table.textContent).not.toMatch(/[{}"]/);
  expect(table.textContent).not.toContain('设备编号');
  table.focus();
  press('ArrowDown', table);
  expect(table.querySelector('tr.jt-current')?.getAttribute('data-key')).toBe('5');
  press('Enter', table);
  expect(table.textContent).toContain('设备编号');
  press('Enter', table);
  expect(table.textContent).not.toContain('设备编号');
});

test('放行: none where all is enforced; a form where a control is off, for those who may', async () => {
  const lab = new Lab();
  show(lab);
  await screen.findByText('监管平台强制全部控制项，没有可以放行的。');
  expect(screen.queryByTestId('override-send')).toBeNull();
  cleanup();
  const open = new Lab();
  open.answers['gate.overrides'] = { open: ['equipment'], rows: [] };
  show(open, ['administrator']);
  await screen.findByText(/监管平台没有强制：设备/);
  expect(screen.queryByTestId('override-send')).toBeNull();
  cleanup();
  show(open, ['qualityManager']);
  await screen.findByTestId('override-send');
  press('F6');
  expect(document.activeElement).toBe(screen.getByTestId('override-subject'));
  fill('override-subject', 'E002');
  fill('override-key', 'WT2026-00001');
  fill('override-reason', '送检途中，期间核查合格');
  expect(screen.getByTestId('override-send').hasAttribute('disabled')).toBe(true);
  fill('override-password', 'geheim-2026');
  fireEvent.submit(screen.getByTestId('override-subject'));
  await waitFor(() =>
    expect(open.sent.find(([name]) => name === 'gate.override')?.[1]).toEqual({
      question: 'equipment',
      subject: 'E002',
      entity: 'commission',
      entityKey: 'WT2026-00001',
      reason: '送检途中，期间核查合格',
      password: 'geheim-2026',
    }),
  );
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('override-password').value).toBe(''));
});
