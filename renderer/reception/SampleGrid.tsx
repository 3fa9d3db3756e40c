// The samples of a commission as a spreadsheet: every cell is a real field, arrows and Enter move between cells,
// Ctrl+D copies a row, Ctrl+Delete takes one away. What is wrong is said in words below the grid, for the cell one is in.
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import { readDay } from '../design/time.ts';
import { SampleCell } from './SampleCell.tsx';
import { isAsked, pathOf, valueOf, type SampleColumn } from './sampleColumns.ts';
import { copySample, emptySample, methodOf, settleChoice, withItem, type Item, type SampleForm } from './sampleForm.ts';

export interface SampleGridProps {
  samples: readonly SampleForm[];
  columns: readonly SampleColumn[];
  items: readonly Item[];
  problems: ReadonlyMap<string, string>;
  /** Empty required cells count as wrong only after the first try to register. */
  strict: boolean;
  current: { row: number; column: number };
  onCurrent: (cell: { row: number; column: number }) => void;
  onChange: (change: (samples: SampleForm[]) => SampleForm[]) => void;
}

const cellId = (row: number, column: number): string => `sample-${row}-${column}`;

function focusCell(table: RefObject<HTMLTableElement | null>, row: number, column: number): boolean {
  const field = table.current?.querySelector<HTMLElement>(`#${cellId(row, column)}`);
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
  return field != null;
}

/** Whether a cell of the row after this one can be entered. */
function opensLater(table: RefObject<HTMLTableElement | null>, row: number, column: number, last: number): boolean {
  for (let later = column + 1; later <= last; later += 1)
    if (table.current?.querySelector(`#${cellId(row, later)}`) != null) return true;
  return false;
}

/** True when an arrow key would leave the text of the field. */
function atEdge(field: EventTarget, side: 'start' | 'end'): boolean {
  if (!(field instanceof HTMLInputElement)) return true;
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const at = side === 'start' ? 0 : field.value.length;
  return whole || (field.selectionStart === at && field.selectionEnd === at);
}

export function SampleGrid({
  samples,
  columns,
  items,
  problems,
  strict,
  current,
  onCurrent,
  onChange,
}: SampleGridProps) {
  const table = useRef<HTMLTableElement>(null);
  const lastColumn = columns.length - 1;
  /** Cell to enter once a new row is drawn. */
  const wanted = useRef<{ row: number; column: number } | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const { row, column } = wanted.current;
    wanted.current = null;
    focusCell(table, row, column);
  });

  const replace = (row: number, change: (sample: SampleForm) => SampleForm): void =>
    onChange((all) => all.map((sample, index) => (index === row ? change(sample) : sample)));

  const set = (row: number, column: SampleColumn, value: string): void =>
    replace(row, (sample) => {
      if (column.kind === 'parameters') return sample;
      if (column.kind === 'item') return withItem(sample, value, methodOf(items, value));
      if (column.kind === 'property')
        return { ...sample, properties: { ...sample.properties, [column.field.name]: value } };
      return { ...sample, [column.field]: value };
    });

  const settle = (row: number, column: SampleColumn): void => {
    const sample = samples[row];
    if (sample === undefined) return;
    if (column.kind === 'day') {
      const day = readDay(sample[column.field]);
      if (day === null) return;
      replace(row, (line) => ({
        ...line,
        [column.field]: day,
        ...(column.field === 'madeOn' && line.sampledOn.trim() === '' ? { sampledOn: day } : {}),
      }));
    } else if (column.kind === 'property') {
      const typed = valueOf(sample, column);
      const meant = settleChoice(column.field, typed);
      if (meant !== typed) set(row, column, meant);
    }
  };

  const addRow = (copyOf: number | null, column: number): void => {
    const source = copyOf === null ? undefined : samples[copyOf];
    const at = copyOf === null ? samples.length : copyOf + 1;
    const last = samples.at(-1)?.itemCode ?? '';
    wanted.current = { row: at, column };
    onChange((all) => [
      ...all.slice(0, at),
      source === undefined ? emptySample(last, methodOf(items, last)) : copySample(source),
      ...all.slice(at),
    ]);
  };

  /** Goes to a cell, over the closed ones; past the end of a line to the next. */
  const walk = (row: number, column: number, by: 1 | -1): void => {
    let [toRow, toColumn] = [row, column];
    for (let step = 0; step <= samples.length * columns.length; step += 1) {
      if (toColumn > lastColumn) [toRow, toColumn] = [toRow + 1, 0];
      else if (toColumn < 0) [toRow, toColumn] = [toRow - 1, lastColumn];
      if (toRow < 0 || toRow >= samples.length || focusCell(table, toRow, toColumn)) return;
      toColumn += by;
    }
  };

  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    if (event.nativeEvent.isComposing) return;
    const go = (toRow: number, toColumn: number, by: 1 | -1 = 1): void => {
      event.preventDefault();
      walk(toRow, toColumn, by);
    };
    if (event.ctrlKey && event.code === 'KeyD') {
      event.preventDefault();
      addRow(row, column);
      return;
    }
    if (event.ctrlKey && event.key === 'Delete') {
      event.preventDefault();
      if (samples.length === 1) return;
      wanted.current = { row: Math.max(0, row - 1), column };
      onChange((all) => all.filter((_, index) => index !== row));
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isLast = row === samples.length - 1 && !opensLater(table, row, column, lastColumn);
    switch (event.key) {
      case 'Enter':
        // Enter walks on; after the last cell of the last row a new row like it begins.
        if (isLast) {
          event.preventDefault();
          addRow(row, 0);
        } else go(row, column + 1);
        break;
      case 'ArrowDown':
        if (row === samples.length - 1 && event.shiftKey) addRow(row, column);
        else go(Math.min(row + 1, samples.length - 1), column);
        break;
      case 'ArrowUp':
        go(Math.max(0, row - 1), column);
        break;
      case 'ArrowRight':
        if (atEdge(event.target, 'end')) go(row, column + 1);
        break;
      case 'ArrowLeft':
        if (atEdge(event.target, 'start')) go(row, column - 1, -1);
        break;
    }
  };

  return (
    <div className="jt-sheet" data-testid="sample-grid">
      <table ref={table}>
        <thead>
          <tr>
            <th className="jt-sheet-no">序</th>
            {columns.map((column) => (
              <th key={column.key} style={{ width: column.width, minWidth: column.width }}>
                {column.title}
                {column.required ? '' : <span className="jt-soft">（可空）</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {samples.map((sample, row) => (
            <tr key={sample.rowId} data-testid="sample-row">
              <td className="jt-sheet-no">{row + 1}</td>
              {columns.map((column, index) => {
                if (!isAsked(column, methodOf(items, sample.itemCode))) {
                  return <td key={column.key} className="jt-cell-closed" title="该检测项目不需要" />;
                }
                const problem = problems.get(pathOf(row, column));
                const wrong = problem !== undefined && (strict || valueOf(sample, column).trim() !== '');
                const here = current.row === row && current.column === index;
                return (
                  <td key={column.key} className={`${wrong ? 'jt-cell-bad' : ''}${here ? ' jt-cell-here' : ''}`}>
                    <SampleCell
                      column={column}
                      sample={sample}
                      items={items}
                      shared={{
                        id: cellId(row, index),
                        'aria-label': `第 ${row + 1} 个样品 ${column.title}`,
                        'aria-invalid': wrong,
                        title: wrong ? problem : column.hint,
                        'data-testid': `sample-${row}-${column.key}`,
                        onFocus: () => onCurrent({ row, column: index }),
                        onBlur: () => settle(row, column),
                        onKeyDown: (event: KeyboardEvent) => onKeyDown(event, row, index),
                      }}
                      onText={(value) => set(row, column, value)}
                      onParameters={(parameterCodes) => replace(row, (line) => ({ ...line, parameterCodes }))}
                    />
                    {wrong && (
                      <span className="jt-cell-mark" aria-hidden="true">
                        !
                      </span>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
