// A dense list for thousands of rows: only what is visible is drawn (TanStack Virtual), one tab stop, arrow keys move,
// Enter opens, Space marks. The grid itself keeps the focus and names the current row, so that scrolling cannot lose it.
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  title: string;
  /** CSS grid track: `120px`, `minmax(140px, 2fr)`. */
  width: string;
  render: (row: Row) => ReactNode;
  align?: 'right';
}

export interface DataGridProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  current: string | null;
  onCurrent: (key: string, row: Row) => void;
  /** Enter or double click. */
  onOpen?: (row: Row) => void;
  marked?: ReadonlySet<string>;
  onMark?: (key: string) => void;
  /** A row with a heading above it, for grouped lists. */
  groupOf?: (row: Row) => string;
  empty: ReactNode;
  rowHeight?: number;
  rowTestId?: string;
  rowTone?: (row: Row) => 'bad' | 'warn' | undefined;
  onEndReached?: () => void;
  hideHead?: boolean;
  testId?: string;
  /** The list is the place of work: it takes the focus as it appears. */
  autoFocus?: boolean;
}

/** Headings inside a list are lower than its rows. */
const groupHeight = 28;

type Line<Row> = { kind: 'group'; text: string } | { kind: 'row'; row: Row; key: string };

/** A page without layout (tests) has no heights; the grid then draws as if it were this tall. */
const heightWithoutLayout = 600;

function observeRect(
  instance: Virtualizer<HTMLDivElement, Element>,
  report: (rect: { width: number; height: number }) => void,
) {
  const element = instance.scrollElement;
  if (element === null) return undefined;
  const tell = (): void =>
    report({
      width: element.clientWidth,
      height: element.clientHeight > 0 ? element.clientHeight : heightWithoutLayout,
    });
  tell();
  if (typeof ResizeObserver === 'undefined') return undefined;
  const observer = new ResizeObserver(tell);
  observer.observe(element);
  return () => observer.disconnect();
}

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { label, columns, rows, rowKey, current, onCurrent, onOpen, marked, onMark, groupOf, rowHeight = 34 } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const lines: Line<Row>[] = [];
  let group: string | undefined;
  for (const row of rows) {
    const next = groupOf?.(row);
    if (next !== undefined && next !== group) lines.push({ kind: 'group', text: next });
    group = next;
    lines.push({ kind: 'row', row, key: rowKey(row) });
  }
  const index = lines.findIndex((line) => line.kind === 'row' && line.key === current);
  // oxlint-disable-next-line react/incompatible-library -- the React compiler is not used here
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (at) => (lines[at]?.kind === 'group' ? groupHeight : rowHeight),
    getItemKey: (at) => {
      const line = lines[at];
      return line === undefined ? at : line.kind === 'group' ? `group ${line.text}` : line.key;
    },
    overscan: 8,
    observeElementRect: observeRect,
  });
  const items = virtualizer.getVirtualItems();
  const last = items.at(-1)?.index ?? -1;
  const { onEndReached } = props;
  useEffect(() => {
    if (onEndReached !== undefined && lines.length > 0 && last >= lines.length - 1) onEndReached();
  }, [last, lines.length, onEndReached]);

  // React gives the focus to fields and buttons only; whoever is typing keeps it.
  const { autoFocus = false } = props;
  useEffect(() => {
    const typing = document.activeElement?.matches('input, textarea, select') ?? false;
    if (autoFocus && !typing) scroller.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  const move = (to: number, step: 1 | -1): void => {
    let target = Math.max(0, Math.min(lines.length - 1, to));
    while (lines[target]?.kind === 'group') target += step;
    const line = lines[target] ?? lines.find((candidate) => candidate.kind === 'row');
    if (line?.kind !== 'row') return;
    onCurrent(line.key, line.row);
    virtualizer.scrollToIndex(lines.indexOf(line), { align: 'auto' });
  };
  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight || heightWithoutLayout) / rowHeight) - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const line = lines[index];
    const moves: Record<string, () => void> = {
      ArrowDown: () => move(index + 1, 1),
      ArrowUp: () => move(index === -1 ? 0 : index - 1, -1),
      PageDown: () => move(index + pageRows, 1),
      PageUp: () => move(index - pageRows, -1),
      Home: () => move(0, 1),
      End: () => move(lines.length - 1, -1),
      Enter: () => line?.kind === 'row' && onOpen?.(line.row),
      ' ': () => line?.kind === 'row' && onMark?.(line.key),
    };
    const run = moves[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  const template = `${onMark === undefined ? '' : '36px '}${columns.map((column) => column.width).join(' ')}`;

  return (
    <div className="jt-grid" data-testid={props.testId}>
      {props.hideHead !== true && (
        <div className="jt-grid-head" style={{ gridTemplateColumns: template }} aria-hidden="true">
          {onMark !== undefined && <div>选</div>}
          {columns.map((column) => (
            <div key={column.key} className={column.align === 'right' ? 'jt-right' : undefined}>
              {column.title}
            </div>
          ))}
        </div>
      )}
      <div
        ref={scroller}
        className="jt-grid-body"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length}
        tabIndex={0}
        aria-activedescendant={index >= 0 ? `${id}-${index}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (index === -1) move(0, 1);
        }}
      >
        {lines.length === 0 && <div className="jt-grid-empty">{props.empty}</div>}
        <div className="jt-grid-space" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const line = lines[item.index]!;
            const place = { height: item.size, transform: `translateY(${item.start}px)` };
            if (line.kind === 'group') {
              return (
                <div key={`group ${line.text}`} className="jt-grid-group" role="row" style={place}>
                  <div role="gridcell">{line.text}</div>
                </div>
              );
            }
            const selected = line.key === current;
            const tone = props.rowTone?.(line.row);
            return (
              <div
                key={line.key}
                id={`${id}-${item.index}`}
                role="row"
                aria-selected={selected}
                aria-rowindex={item.index + 1}
                className={`jt-grid-row${selected ? ' jt-current' : ''}${tone === undefined ? '' : ` jt-row-${tone}`}`}
                style={{ ...place, gridTemplateColumns: template }}
                data-testid={props.rowTestId}
                data-key={line.key}
                onClick={() => onCurrent(line.key, line.row)}
                onDoubleClick={() => onOpen?.(line.row)}
              >
                {onMark !== undefined && (
                  <div role="gridcell">
                    <input
                      type="checkbox"
                      tabIndex={-1}
                      aria-label="选中此行"
                      checked={marked?.has(line.key) ?? false}
                      onChange={() => onMark(line.key)}
                      onClick={(event) => event.stopPropagation()}
                    />
                  </div>
                )}
                {columns.map((column) => (
                  <div role="gridcell" key={column.key} className={column.align === 'right' ? 'jt-right' : undefined}>
                    {column.render(line.row)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
