// The rows of a set: a line per specimen or group. An open set grows and shrinks; a column or table from a spreadsheet is
// pasted where the cursor stands. Rows taken from records are read, not typed.
import { Button } from 'antd';
import { useEffect, useRef, useState, type ClipboardEvent } from 'react';
import { countRange, shownValue } from '../../shared/methods/index.ts';
import type { Field, SpecimenSet, TestMethod } from '../../shared/methods/index.ts';
import { positionsOf } from '../bench/entryPlan.ts';
import { KeyHint } from '../design/KeyHint.tsx';
import { focusPlace, onEntryKey } from './entryKeys.ts';
import { pasteInto, pasteWords, readClipboard, transposed, type SheetColumn } from './paste.ts';
import { TrialCell } from './TrialCell.tsx';
import { isOpen, keyOf, mostRows, newRow, type Row } from './trialForm.ts';
import { placeOf } from './trialInputs.ts';

const headOf = (field: Field): string =>
  field.kind === 'decimal' && field.unit !== '' ? `${field.label} ${field.unit}` : field.label;

/** Columns as they stand: a field of several values has one for each, as many as any row has filled, and one more. */
export function columnsOf(fields: readonly Field[], rows: readonly Row[]): SheetColumn[] {
  return fields.flatMap((field) => {
    const filled = Math.max(
      0,
      ...rows.flatMap(({ cells }) =>
        Object.entries(cells).flatMap(([key, text]) => {
          const [name, position] = key.split('.');
          return name === field.name && position !== undefined && text !== '' ? [Number(position)] : [];
        }),
      ),
    );
    return positionsOf(field, filled).map((position) => ({
      key: keyOf(field, position),
      field,
      head: position === null ? headOf(field) : `${headOf(field)} ${position}`,
    }));
  });
}

/** Every column that a paste may fill: a field of several values with all it can have. */
function pasteColumns(fields: readonly Field[], shown: readonly SheetColumn[]): SheetColumn[] {
  return fields.flatMap((field) => {
    if (field.values === undefined || typeof field.values === 'number')
      return shown.filter((column) => column.field === field);
    return Array.from({ length: field.values.max }, (_, index) => ({
      key: keyOf(field, index + 1),
      field,
      head: `${headOf(field)} ${index + 1}`,
    }));
  });
}

export interface SetSheetProps {
  method: TestMethod;
  set: SpecimenSet;
  fields: readonly Field[];
  rows: readonly Row[];
  faults: ReadonlyMap<string, string>;
  onChange: (place: string, value: string) => void;
  onRows: (rows: Row[]) => void;
}

export function SetSheet({ method, set, fields, rows, faults, onChange, onRows }: SetSheetProps) {
  const [said, setSaid] = useState('');
  /** Row that takes the focus when it has been drawn. */
  const wanted = useRef<number | null>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const columns = columnsOf(fields, rows);
  const open = isOpen(set);
  const { min, max } = countRange(set);
  const fromRecords = rows.some(({ origin }) => origin !== null);
  // A few specimens with many readings stand across.
  const across = !open && columns.length > 4 && rows.length <= 3;

  // After every drawing: the row asked for is there with the one that brings it.
  useEffect(() => {
    if (wanted.current === null) return;
    const places = [...(sheet.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
    focusPlace(places.find((place) => place.dataset['at']?.startsWith(`${wanted.current}:`)) ?? places.at(-1));
    wanted.current = null;
  });

  const add = (): void => {
    if (rows.length >= mostRows(set)) {
      setSaid(`${set.label}最多 ${max} 个。`);
      return;
    }
    wanted.current = rows.length;
    onRows([...rows, newRow(method, set.id)]);
  };
  const remove = (index: number): void => {
    const left = rows.filter((_, at) => at !== index);
    wanted.current = Math.min(index, Math.max(0, left.length - 1));
    onRows(left.length === 0 ? [newRow(method, set.id)] : left);
  };
  const paste = (event: ClipboardEvent): void => {
    const at = (event.target as HTMLElement).dataset['at']?.split(':').map(Number);
    const lines = readClipboard(event.clipboardData.getData('text/plain'));
    if (at === undefined || lines === null) return;
    event.preventDefault();
    const all = pasteColumns(fields, columns);
    const key = columns[at[1] ?? 0]?.key;
    const pasted = pasteInto(
      {
        rows,
        columns: all,
        at: {
          row: at[0] ?? 0,
          column: Math.max(
            0,
            all.findIndex((column) => column.key === key),
          ),
        },
        most: mostRows(set),
        newRow: () => newRow(method, set.id),
      },
      across ? transposed(lines) : lines,
    );
    onRows(pasted.rows);
    setSaid(pasteWords(pasted));
  };
  const cell = (row: Row, index: number, column: SheetColumn, at: number) => {
    const place = placeOf(set.id, index, column.key);
    const value = row.cells[column.key] ?? '';
    if (row.origin !== null) {
      return (
        <span
          className={`jt-figure${column.field.kind === 'decimal' ? ' jt-trial-figure' : ''}`}
          data-testid={`trial-${set.id}-${index}-${column.key}`}
        >
          {value === '' ? '—' : shownValue(column.field, value)}
        </span>
      );
    }
    return (
      <TrialCell
        field={column.field}
        label={`${set.label} ${index + 1} ${column.head}`}
        place={place}
        testId={`trial-${set.id}-${index}-${column.key}`}
        value={value}
        fault={faults.get(place) ?? null}
        at={`${index}:${at}`}
        onChange={onChange}
      />
    );
  };
  const headCell = (column: SheetColumn) => (
    <>
      {column.head}
      {column.field.optional === true && <span className="jt-soft">（可不填）</span>}
    </>
  );

  return (
    <section className="jt-trial-sheet" data-sheet={set.id} ref={sheet}>
      <header>
        <h4>
          {set.label} <span className="jt-soft">{open ? `${rows.length} 行，${min}～${max}` : `${max} 个`}</span>
        </h4>
        <span className="jt-soft" role="status" aria-live="polite" data-testid={`trial-${set.id}-said`}>
          {said === '' ? '可从 Excel 复制整列或整表，在格内粘贴' : said}
        </span>
        {open && (
          <Button size="small" onClick={add} data-testid={`trial-add-${set.id}`}>
            加一行
            <KeyHint keys="末格 Enter" />
          </Button>
        )}
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys of the cells inside */}
      <div
        className="jt-trial-scroll"
        onPaste={paste}
        onKeyDown={(event) => onEntryKey(event, open ? { onEnd: add, onRemoveRow: remove } : {})}
      >
        <table className="jt-table jt-trial-table">
          <thead>
            <tr>
              <th>{across ? '读数' : '序号'}</th>
              {across
                ? rows.map((row, index) => <th key={row.id}>{`${set.label} ${index + 1}`}</th>)
                : columns.map((column) => <th key={column.key}>{headCell(column)}</th>)}
              {fromRecords && <th>来源</th>}
              {open && <th aria-label="操作" />}
            </tr>
          </thead>
          <tbody>
            {across
              ? columns.map((column, at) => (
                  <tr key={column.key}>
                    <td>{headCell(column)}</td>
                    {rows.map((row, index) => (
                      <td key={row.id}>{cell(row, index, column, at)}</td>
                    ))}
                  </tr>
                ))
              : rows.map((row, index) => (
                  <tr
                    key={row.id}
                    data-testid={`trial-row-${set.id}`}
                    data-origin={row.origin === null ? 'typed' : 'record'}
                  >
                    <td>
                      <b>{index + 1}</b>
                    </td>
                    {columns.map((column, at) => (
                      <td key={column.key}>{cell(row, index, column, at)}</td>
                    ))}
                    {fromRecords && (
                      <td className="jt-trial-origin">
                        {row.origin === null ? '⌨ 手工录入' : `✓ 签名记录 ${row.origin.recordNo}`}
                      </td>
                    )}
                    {open && (
                      <td>
                        <button
                          type="button"
                          className="jt-link"
                          tabIndex={row.origin === null ? -1 : 0}
                          onClick={() => remove(index)}
                          aria-label={`删去第 ${index + 1} 行`}
                          title="删去此行（Ctrl+Delete）"
                        >
                          ✕
                        </button>
                      </td>
                    )}
                  </tr>
                ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
