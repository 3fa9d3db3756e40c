// The samples of a commission as a spreadsheet: every cell is a real field, arrows and Enter move between cells,
// Ctrl+D copies a row, Ctrl+Delete takes one away. What is wrong is said in words below the grid, for the cell one is in.
import { useEffect, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { readDay } from '../design/time.ts';
import { copySample, emptySample, type SampleForm } from './form.ts';
import { sampleColumns, type SampleColumn, type SampleField } from './sampleColumns.ts';

type Item = CollectionDocument<'items'>;

export interface SampleGridProps {
  samples: readonly SampleForm[];
  items: readonly Item[];
  problems: ReadonlyMap<string, string>;
  /** Empty required cells count as wrong only after the first try to register. */
  strict: boolean;
  current: { row: number; column: number };
  onCurrent: (cell: { row: number; column: number }) => void;
  onChange: (change: (samples: SampleForm[]) => SampleForm[]) => void;
}

const cellId = (row: number, column: number): string => `sample-${row}-${column}`;

function focusCell(table: RefObject<HTMLTableElement | null>, row: number, column: number): void {
  const field = table.current?.querySelector<HTMLInputElement | HTMLSelectElement>(`#${cellId(row, column)}`);
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}

/** True when an arrow key would leave the text of the field. */
function atEdge(field: EventTarget, side: 'start' | 'end'): boolean {
  if (!(field instanceof HTMLInputElement)) return true;
  const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const at = side === 'start' ? 0 : field.value.length;
  return whole || (field.selectionStart === at && field.selectionEnd === at);
}

export function SampleGrid({ samples, items, problems, strict, current, onCurrent, onChange }: SampleGridProps) {
  const table = useRef<HTMLTableElement>(null);
  /** Cell to enter once a new row is drawn. */
  const wanted = useRef<{ row: number; column: number } | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const { row, column } = wanted.current;
    wanted.current = null;
    focusCell(table, row, column);
  });

  const set = (row: number, field: SampleField, value: string): void =>
    onChange((all) => all.map((sample, index) => (index === row ? { ...sample, [field]: value } : sample)));

  const settle = (row: number, { field, kind }: SampleColumn): void => {
    const sample = samples[row];
    if (sample === undefined) return;
    if (kind === 'day') {
      const day = readDay(sample[field]);
      if (day !== null && day !== sample[field]) set(row, field, day);
      if (field === 'madeOn' && day !== null && sample.sampledOn.trim() === '') set(row, 'sampledOn', day);
    }
    if (field === 'grade' && sample.grade !== '') {
      const text = sample.grade.trim().toUpperCase();
      const grade = /^\d+$/.test(text) ? `C${text}` : text;
      if (grade !== sample.grade) set(row, field, grade);
    }
  };

  const addRow = (copyOf: number | null, column: number): void => {
    const source = copyOf === null ? undefined : samples[copyOf];
    const at = copyOf === null ? samples.length : copyOf + 1;
    wanted.current = { row: at, column };
    onChange((all) => [
      ...all.slice(0, at),
      source === undefined ? emptySample(all.at(-1)?.itemCode) : copySample(source),
      ...all.slice(at),
    ]);
  };

  const onKeyDown = (event: KeyboardEvent, row: number, column: number): void => {
    if (event.nativeEvent.isComposing) return;
    const lastColumn = sampleColumns.length - 1;
    const go = (toRow: number, toColumn: number): void => {
      event.preventDefault();
      if (toColumn > lastColumn) focusCell(table, Math.min(toRow + 1, samples.length - 1), 0);
      else if (toColumn < 0) focusCell(table, Math.max(0, toRow - 1), lastColumn);
      else focusCell(table, toRow, toColumn);
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
    switch (event.key) {
      case 'Enter':
        // Enter walks on; after the last cell of the last row a new row like it begins.
        if (column === lastColumn && row === samples.length - 1) {
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
        if (atEdge(event.target, 'start')) go(row, column - 1);
        break;
    }
  };

  return (
    <div className="jt-sheet" data-testid="sample-grid">
      <table ref={table}>
        <thead>
          <tr>
            <th className="jt-sheet-no">序</th>
            {sampleColumns.map((column) => (
              <th key={column.field} style={{ width: column.width, minWidth: column.width }}>
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
              {sampleColumns.map((column, index) => {
                const value = sample[column.field];
                const problem = problems.get(`samples.${row}.${column.field}`);
                const wrong = problem !== undefined && (strict || value.trim() !== '');
                const shared = {
                  id: cellId(row, index),
                  'aria-label': `第 ${row + 1} 个样品 ${column.title}`,
                  'aria-invalid': wrong,
                  title: wrong ? problem : column.hint,
                  'data-testid': `sample-${row}-${column.field}`,
                  onFocus: () => onCurrent({ row, column: index }),
                  onBlur: () => settle(row, column),
                  onKeyDown: (event: KeyboardEvent) => onKeyDown(event, row, index),
                };
                const here = current.row === row && current.column === index;
                return (
                  <td key={column.field} className={`${wrong ? 'jt-cell-bad' : ''}${here ? ' jt-cell-here' : ''}`}>
                    {column.kind === 'choice' || column.kind === 'item' ? (
                      <select
                        {...shared}
                        value={value}
                        onChange={(event) => set(row, column.field, event.target.value)}
                      >
                        {column.kind === 'item' && value === '' && <option value="">请选择</option>}
                        {column.kind === 'item'
                          ? items.map((item) => (
                              <option key={item.id} value={item.id}>
                                {item.name}
                                {item.inScope ? '' : '（不在资质范围）'}
                              </option>
                            ))
                          : column.choices?.map((choice) => (
                              <option key={choice} value={choice}>
                                {choice}
                              </option>
                            ))}
                      </select>
                    ) : (
                      <input
                        {...shared}
                        value={value}
                        autoComplete="off"
                        spellCheck={false}
                        data-scan={column.kind === 'scan' ? 'own' : undefined}
                        onChange={(event) => set(row, column.field, event.target.value)}
                      />
                    )}
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
