// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { runHotkey } from '../design/hotkeys.ts';
import { ParameterDialog } from './ParameterDialog.tsx';

afterEach(cleanup);

const parameters = [
  { code: 'QF', name: '下屈服强度', unit: 'MPa' },
  { code: 'KL', name: '抗拉强度', unit: 'MPa' },
  { code: 'WQ', name: '弯曲', unit: '' },
];

function show(chosen: string[]) {
  const onChoose = vi.fn();
  const onClose = vi.fn();
  render(<ParameterDialog parameters={parameters} chosen={chosen} onChoose={onChoose} onClose={onClose} />);
  const box = (code: string): HTMLInputElement => screen.getByTestId(`parameter-${code}`);
  const take = (): HTMLButtonElement => screen.getByTestId('parameter-take');
  return { box, take, onChoose, onClose };
}

test('what is chosen is marked; names stand with their units', () => {
  const { box, take } = show(['KL']);
  expect(['QF', 'KL', 'WQ'].map((code) => box(code).checked)).toEqual([false, true, false]);
  expect(screen.getByTestId('parameter-choice').textContent).toBe('下屈服强度 MPa抗拉强度 MPa弯曲');
  expect(take().textContent).toContain('1 项');
});

test('the answer comes in the order of the catalogue, whatever the order of the clicks', () => {
  const { box, take, onChoose } = show(['WQ']);
  fireEvent.click(box('KL'));
  fireEvent.click(box('QF'));
  fireEvent.click(box('WQ'));
  fireEvent.submit(take().form!);
  expect(onChoose).toHaveBeenCalledExactlyOnceWith(['QF', 'KL']);
});

test('nothing chosen is no answer', () => {
  const { box, take, onChoose } = show(['QF']);
  fireEvent.click(box('QF'));
  expect(take().disabled).toBe(true);
  fireEvent.submit(take().form!);
  expect(onChoose).not.toHaveBeenCalled();
});

test('arrows walk from box to box and around the ends', () => {
  const { box } = show([]);
  box('QF').focus();
  fireEvent.keyDown(box('QF'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(box('WQ'));
  fireEvent.keyDown(box('WQ'), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(box('QF'));
});

test('one key marks all or none', () => {
  const { box, take } = show(['QF']);
  const press = () =>
    act(() => {
      const key = { key: 'a', code: 'KeyA', altKey: true, cancelable: true };
      expect(runHotkey(new KeyboardEvent('keydown', key))).toBe(true);
    });
  press();
  expect(['QF', 'KL', 'WQ'].every((code) => box(code).checked)).toBe(true);
  expect(take().textContent).toContain('3 项');
  press();
  expect(take().disabled).toBe(true);
});

test('cancelling leaves what was chosen', () => {
  const { box, onChoose, onClose } = show(['QF']);
  fireEvent.click(box('KL'));
  fireEvent.click(screen.getByText(/取消/));
  expect(onClose).toHaveBeenCalledOnce();
  expect(onChoose).not.toHaveBeenCalled();
});
