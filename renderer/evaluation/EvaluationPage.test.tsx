// @vitest-environment jsdom
// The page as a person fills it in: faults stand beside their places and what was typed stays, rows come and go by key, a
// table is pasted, another setting is marked as a trial, and leaving the page loses nothing.
import { App as AntApp } from 'antd';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName } from '../../shared/contract/calls.ts';
import type { User } from '../../shared/contract/answers.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { useSession } from '../state/session.ts';
import { EvaluationPage } from './EvaluationPage.tsx';

const quality: User = {
  userId: 'U1',
  username: 'zhiliang',
  personId: 'P1',
  name: '谭敏仪',
  roles: ['qualityManager'],
  disabled: false,
};
let stored: string | null;
let sent: { name: CallName; input: unknown }[];

const client = {
  async call(name: CallName, input: unknown) {
    await Promise.resolve();
    sent.push({ name, input });
    if (name === 'policies.get')
      return {
        chosen: [{ methodId: 'concrete-batch-evaluation', name: 'limits GB/T 50107-2010', option: 'confirmed' }],
      };
    if (name === 'drafts.load') return { content: stored, savedAt: null };
    if (name === 'drafts.save') stored = (input as { content: string }).content;
    return {};
  },
  subscribe: () => () => undefined,
  watchLink: () => () => undefined,
} as unknown as WindowClient;

beforeEach(() => {
  stored = null;
  sent = [];
  useSession.setState({
    keeper: quality,
    session: { state: 'open', user: quality, institutionName: '', trainingMode: false, trainingHint: null },
  });
});
afterEach(async () => {
  cleanup();
  await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
});

async function open(): Promise<void> {
  render(
    <AntApp>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ClientProvider value={client}>
          <EvaluationPage />
        </ClientProvider>
      </QueryClientProvider>
    </AntApp>,
  );
  await screen.findByTestId('trial-method');
}

const place = (key: string): HTMLInputElement => screen.getByTestId(`trial-${key}`);
const type = (key: string, value: string): void => {
  fireEvent.change(place(key), { target: { value } });
  fireEvent.blur(place(key));
};
const paste = (key: string, text: string): void => {
  fireEvent.paste(place(key), { clipboardData: { getData: () => text } });
};
const paperButton = () => screen.getByTestId<HTMLButtonElement>('trial-paper');
const result = () => within(screen.getByTestId('trial-result'));

test('it waits while it is filled in, and computes as soon as it can, under its heading', async () => {
  await open();
  expect(result().getByText('试算，不作为检测记录')).toBeTruthy();
  expect(screen.getByTestId('trial-missing').textContent).toContain('缺少“设计强度等级”');
  expect(screen.queryAllByRole('alert')).toHaveLength(0);
  expect(paperButton().disabled).toBe(true);
  type('designGrade', 'C30');
  paste('group-0-sampleNos', 'A-1\t一层柱\nA-2\t一层梁\nA-3\t二层柱');
  paste('group-0-values_MPa', '34.5\n35.1\n36.0');
  expect(screen.getByTestId('trial-group-said').textContent).toBe('已粘贴 3 行 3 格。');
  expect(place('group-1-parts').value).toBe('一层梁');
  const trace = screen.getByTestId('record-trace').textContent;
  for (const part of ['105.6 / 3', '35.2 MPa', '1.15 × 30', '34.5 MPa', 'GB/T 50107-2010 5.2.2'])
    expect(trace).toContain(part);
  expect(screen.getByTestId('record-result').textContent).toContain('符合');
  expect(paperButton().disabled).toBe(false);
  expect(result().getByText('试算，不作为检测记录')).toBeTruthy();
});

test('a bad figure keeps its place and what was typed; its fault stands beside it once it is left', async () => {
  await open();
  type('designGrade', 'C30');
  type('group-0-sampleNos', 'A-1');
  fireEvent.change(place('group-0-values_MPa'), { target: { value: '34,5' } });
  expect(screen.queryByTestId('trial-group-0-values_MPa-fault')).toBeNull();
  fireEvent.blur(place('group-0-values_MPa'));
  expect(screen.getByTestId('trial-group-0-values_MPa-fault').textContent).toContain('34,5');
  expect(place('group-0-values_MPa').value).toBe('34,5');
  expect(place('group-0-values_MPa').getAttribute('aria-invalid')).toBe('true');
  expect(screen.queryByTestId('record-trace')).toBeNull();
  type('group-0-values_MPa', '34.5');
  expect(screen.queryByTestId('trial-group-0-values_MPa-fault')).toBeNull();
  expect(screen.getByTestId('record-trace')).toBeTruthy();
});

test('rows come with Enter in the last place and go with Ctrl+Delete; arrows stay in the column', async () => {
  await open();
  const rows = () => screen.getAllByTestId('trial-row-group');
  expect(rows()).toHaveLength(10);
  type('group-9-sampleNos', 'A-10');
  place('group-9-values_MPa').focus();
  fireEvent.keyDown(place('group-9-values_MPa'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(place('group-8-values_MPa'));
  fireEvent.keyDown(place('group-8-values_MPa'), { key: 'Enter' });
  expect(document.activeElement).toBe(place('group-9-sampleNos'));
  fireEvent.keyDown(place('group-9-values_MPa'), { key: 'Enter' });
  expect(rows()).toHaveLength(11);
  expect(document.activeElement).toBe(place('group-10-sampleNos'));
  fireEvent.keyDown(place('group-0-parts'), { key: 'Delete', ctrlKey: true });
  expect(rows()).toHaveLength(10);
  expect(place('group-8-sampleNos').value).toBe('A-10');
});

test('another setting is tried under a mark, and no paper is made of it', async () => {
  await open();
  type('designGrade', 'C30');
  paste('group-0-sampleNos', 'A-1\nA-2');
  paste('group-0-values_MPa', '34.5\n34.6');
  expect(screen.queryByTestId('trial-tried')).toBeNull();
  fireEvent.change(screen.getByTestId('trial-policy-limits GB/T 50107-2010'), { target: { value: 'draft' } });
  expect(screen.getByTestId('trial-tried').textContent).toContain('GB/T 50107-2010 的限值和判定规则');
  expect(screen.getByTestId('record-result').textContent).toContain('需人工判定');
  expect(paperButton().disabled).toBe(true);
  fireEvent.change(screen.getByTestId('trial-policy-limits GB/T 50107-2010'), { target: { value: 'confirmed' } });
  expect(screen.queryByTestId('trial-tried')).toBeNull();
});

test('any method of the library: three cubes by hand, and both forms stay when one goes away and comes back', async () => {
  await open();
  type('designGrade', 'C30');
  type('group-0-values_MPa', '34，5');
  fireEvent.change(screen.getByTestId('trial-method'), { target: { value: 'concrete-cube' } });
  expect(screen.queryByTestId('trial-paper')).toBeNull();
  type('designGrade', 'C30');
  paste('cube-0-loads_kN', '765.00\n772.00\n780.00');
  expect(screen.getAllByTestId('trial-row-cube')).toHaveLength(3);
  expect(screen.getByTestId('record-representative').textContent).toBe('34.3');
  expect(result().getByText('试算，不作为检测记录')).toBeTruthy();
  cleanup();
  await open();
  expect(screen.getByTestId('record-representative').textContent).toBe('34.3');
  fireEvent.change(screen.getByTestId('trial-method'), { target: { value: 'concrete-batch-evaluation' } });
  expect(place('group-0-values_MPa').value).toBe('34，5');
  expect(screen.getByTestId('trial-group-0-values_MPa-fault')).toBeTruthy();
  // Nothing is sent anywhere but the person's own draft.
  expect([...new Set(sent.map(({ name }) => name))].sort()).toEqual(['drafts.load', 'drafts.save', 'policies.get']);
});

test('what was cleared can be taken back', async () => {
  await open();
  type('designGrade', 'C30');
  fireEvent.click(screen.getByTestId('trial-clear'));
  expect(place('designGrade').value).toBe('');
  fireEvent.click(screen.getByTestId('trial-undo'));
  expect(place('designGrade').value).toBe('C30');
});
