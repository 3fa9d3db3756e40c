// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { DataGrid } from './DataGrid.tsx';

afterEach(cleanup);

interface Row {
  id: string;
  group: string;
}
const rows: Row[] = Array.from({ length: 5_000 }, (_, index) => ({ id: `R${index}`, group: index < 2 ? '甲' : '乙' }));

interface GridProps {
  onOpen?: (row: Row) => void;
  onMark?: (key: string) => void;
  autoFocus?: boolean;
}

function Grid({ onOpen = () => undefined, onMark, autoFocus = false }: GridProps) {
  const [current, setCurrent] = useState<string | null>(null);
  return (
    <>
      <output>{current}</output>
      <DataGrid
        label="行"
        columns={[{ key: 'id', title: '编号', width: '1fr', render: (row) => row.id }]}
        rows={rows}
        rowKey={(row) => row.id}
        current={current}
        onCurrent={setCurrent}
        onOpen={onOpen}
        onMark={onMark}
        groupOf={(row) => row.group}
        empty="没有"
        autoFocus={autoFocus}
      />
    </>
  );
}
const grid = (): HTMLElement => screen.getByRole('grid');
const current = (): string | null | undefined => document.querySelector('output')?.textContent;

test('thousands of rows are drawn a screen at a time', () => {
  render(<Grid />);
  const drawn = screen.getAllByRole('row').length;
  expect(drawn).toBeGreaterThan(5);
  expect(drawn).toBeLessThan(80);
});

test('the list that a page is for has the focus as it appears; whoever is typing keeps it', () => {
  render(<Grid autoFocus />);
  expect(document.activeElement).toBe(grid());
  cleanup();
  const field = document.body.appendChild(document.createElement('input'));
  field.focus();
  render(<Grid autoFocus />);
  expect(document.activeElement).toBe(field);
  field.remove();
});

test('arrows walk over the rows and skip headings; Enter opens, Space marks', () => {
  const onOpen = vi.fn();
  const onMark = vi.fn();
  render(<Grid onOpen={onOpen} onMark={onMark} />);
  act(() => grid().focus());
  expect(current()).toBe('R0');
  fireEvent.keyDown(grid(), { key: 'ArrowDown' });
  fireEvent.keyDown(grid(), { key: 'ArrowDown' });
  expect(current()).toBe('R2');
  fireEvent.keyDown(grid(), { key: 'ArrowUp' });
  expect(current()).toBe('R1');
  fireEvent.keyDown(grid(), { key: 'Enter' });
  expect(onOpen).toHaveBeenCalledWith(rows[1]);
  fireEvent.keyDown(grid(), { key: ' ' });
  expect(onMark).toHaveBeenCalledWith('R1');
  fireEvent.keyDown(grid(), { key: 'End' });
  expect(current()).toBe('R4999');
  fireEvent.keyDown(grid(), { key: 'Home' });
  expect(current()).toBe('R0');
});
