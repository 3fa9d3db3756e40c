// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import type { User } from '../../shared/contract/answers.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { useSession } from './session.ts';
import { useDraft } from './useDraft.ts';

const person = (userId: string): User => ({
  userId,
  username: userId,
  personId: userId,
  name: userId,
  roles: ['receiver'],
  disabled: false,
});
let count = 0;
let stored = new Map<string, string>();
let down = false;

const client = {
  call: async (name: string, input: { form: string; content?: string }) => {
    await Promise.resolve();
    if (down) throw new AppError({ code: 'LINK_DOWN', message: '没有应答' });
    const key = `${useSession.getState().session!.user!.userId}/${input.form}`;
    if (name === 'drafts.save') stored.set(key, input.content!);
    else if (name === 'drafts.discard') stored.delete(key);
    else return { content: stored.get(key) ?? null, savedAt: stored.has(key) ? '2026-11-23T09:00:00+08:00' : null };
    return {};
  },
  subscribe: () => () => undefined,
  watchLink: () => () => undefined,
} as unknown as WindowClient;

function signIn(userId: string): void {
  useSession.setState({
    session: { state: 'open', user: person(userId), institutionName: '', trainingMode: false, trainingHint: null },
    keeper: person(userId),
  });
}

function Form({ form }: { form: string }) {
  const draft = useDraft(
    form,
    () => '',
    (content) => (typeof content === 'string' ? content : null),
  );
  return (
    <>
      <input aria-label="text" value={draft.value} onChange={(event) => draft.change(event.target.value)} />
      <output>{draft.saved}</output>
      <i>{draft.restoredAt}</i>
    </>
  );
}
const show = (form: string) =>
  render(
    <ClientProvider value={client}>
      <Form form={form} />
    </ClientProvider>,
  );
const field = (): HTMLInputElement => screen.getByLabelText('text');
let form = '';

beforeEach(() => {
  count += 1;
  form = `form-${count}`;
  stored = new Map();
  down = false;
  signIn('receiver-1');
});
afterEach(cleanup);

test('what is typed is stored a moment later and restored when the form opens again', async () => {
  const first = show(form);
  fireEvent.change(field(), { target: { value: '三层柱' } });
  await waitFor(() => expect(stored.get(`receiver-1/${form}`)).toBe('"三层柱"'), { timeout: 2_000 });
  first.unmount();
  show(form);
  await waitFor(() => expect(field().value).toBe('三层柱'));
  expect(document.querySelector('i')?.textContent).toBe('2026-11-23T09:00:00+08:00');
});

test('leaving the form at once loses nothing, and coming back at once shows it', async () => {
  const first = show(form);
  fireEvent.change(field(), { target: { value: '匆忙' } });
  first.unmount();
  show(form);
  expect(field().value).toBe('匆忙');
  await waitFor(() => expect(stored.get(`receiver-1/${form}`)).toBe('"匆忙"'));
});

test('while the far side cannot be reached the text stays, says so, and arrives later', async () => {
  show(form);
  down = true;
  fireEvent.change(field(), { target: { value: '断线时填的' } });
  await waitFor(() => expect(document.querySelector('output')?.textContent).toBe('failed'), { timeout: 2_000 });
  expect(field().value).toBe('断线时填的');
  down = false;
  await waitFor(() => expect(stored.get(`receiver-1/${form}`)).toBe('"断线时填的"'), { timeout: 5_000 });
});

test('what one person typed is never stored as another person’s draft', async () => {
  const first = show(form);
  fireEvent.change(field(), { target: { value: '甲的内容' } });
  act(() => signIn('receiver-2'));
  first.unmount();
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect([...stored.keys()]).toEqual([]);
  show(form);
  expect(field().value).toBe('');
});
