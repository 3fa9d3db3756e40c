// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { methodById } from '../../shared/methods/index.ts';
import type { Field } from '../../shared/methods/index.ts';
import { EntryCell } from './EntryCell.tsx';
import { keepUnsaved, unsavedText } from './unsaved.ts';

afterEach(() => {
  cleanup();
  keepUnsaved('YS1/pan_g/1', null);
  vi.useRealTimers();
});

const fieldOf = (methodId: string, name: string): Field =>
  methodById(methodId).fields.find((field) => field.name === name)!;
const mass = fieldOf('sand-sieve', 'pan_g');
const bend = fieldOf('rebar-ribbed', 'bendFindings');

function show(changes: Partial<Parameters<typeof EntryCell>[0]> = {}) {
  const onSave = vi.fn((_value: string | null) => Promise.resolve());
  const props = {
    field: mass,
    label: '试样 1 筛底',
    place: 'YS1/pan_g/1',
    order: '0.1.0.0',
    testId: 'cell',
    saved: null,
    struck: [],
    disabled: false,
    onSave,
    ...changes,
  };
  const view = render(<EntryCell {...props} />);
  const cell = () => screen.getByTestId<HTMLInputElement>('cell');
  const type = (value: string) => fireEvent.change(cell(), { target: { value } });
  return { cell, type, onSave, again: (more: object) => view.rerender(<EntryCell {...props} {...more} />) };
}

test('a value is saved when the cell is left, in plain figures whatever the input method wrote', async () => {
  const { cell, type, onSave } = show();
  type('２４．５');
  expect(onSave).not.toHaveBeenCalled();
  fireEvent.blur(cell());
  await waitFor(() => expect(onSave).toHaveBeenCalledExactlyOnceWith('24.5'));
  await waitFor(() => expect(cell().value).toBe('24.5'));
  expect(unsavedText('YS1/pan_g/1')).toBeUndefined();
});

test('a figure out of bounds is said beside the cell, kept as it was typed, and not sent', () => {
  const { cell, type, onSave } = show();
  type('2400');
  fireEvent.blur(cell());
  expect(screen.getByRole('alert').textContent).toContain('1000 g');
  expect(cell().value).toBe('2400');
  expect(cell().getAttribute('aria-invalid')).toBe('true');
  expect(onSave).not.toHaveBeenCalled();
  expect(unsavedText('YS1/pan_g/1')).toBe('2400');
});

test('a refusal of the far side stands beside the cell; the text stays', async () => {
  const { cell, type } = show({ onSave: () => Promise.reject(new Error('记录已经签名')) });
  type('24.0');
  fireEvent.blur(cell());
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('记录已经签名'));
  expect(cell().value).toBe('24.0');
});

test('what is typed while the answer is on its way is not overwritten by the answer', async () => {
  let answer = (): void => undefined;
  const { cell, type, again } = show({ onSave: () => new Promise<void>((resolve) => (answer = resolve)) });
  type('24');
  fireEvent.blur(cell());
  type('24.5');
  answer();
  again({ saved: '24' });
  await Promise.resolve();
  expect(cell().value).toBe('24.5');
  expect(unsavedText('YS1/pan_g/1')).toBe('24.5');
});

test('a cell that is drawn anew shows what was not saved and says so', () => {
  const first = show();
  first.type('2400');
  cleanup();
  const { cell } = show();
  expect(cell().value).toBe('2400');
  expect(screen.getByRole('alert').textContent).toContain('还没有保存');
});

test('leaving a cell saves what stands in it then, not what a scanner had typed over it', async () => {
  const { cell, type, onSave } = show();
  type('24.0');
  type('24.0YP2026000001');
  // The scanner puts the content back into the field itself and leaves it, before anything is drawn again.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(cell(), '24.0');
  fireEvent.blur(cell());
  await waitFor(() => expect(onSave).toHaveBeenCalledExactlyOnceWith('24.0'));
});

test('a choice that a scanner flips and puts back is not saved', async () => {
  vi.useFakeTimers();
  const { type, onSave } = show({ field: bend, saved: null });
  type('no-crack');
  type('');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onSave).not.toHaveBeenCalled();
});

test('a choice is saved by itself soon after it was made', async () => {
  vi.useFakeTimers();
  const value = bend.kind === 'choice' ? bend.options[0]!.value : '';
  const { type, onSave } = show({ field: bend });
  type(value);
  await vi.advanceTimersByTimeAsync(300);
  expect(onSave).toHaveBeenCalledExactlyOnceWith(value);
});

test('corrected values stand struck through under the cell', () => {
  show({ saved: '24.0', struck: ['23.0', '23.5'] });
  expect([...screen.getByTestId('cell-struck').querySelectorAll('s')].map((old) => old.textContent)).toEqual([
    '23.0',
    '23.5',
  ]);
});
