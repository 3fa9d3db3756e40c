// What happened to one thing, newest first: the old struck through, the new beside it, who, when, where and why. One tab
// stop; arrows move, Enter opens the lines of an entry that has many.
import { useRef, useState, type KeyboardEvent } from 'react';
import type { HistoryEntry } from '../../shared/contract/audit.ts';
import { actionName, readEntry, type HistoryLine } from '../../shared/history/read.ts';
import { empty } from '../../shared/history/values.ts';
import { showTime } from '../design/time.ts';
import './audit.css';

/** Of an entry with more lines, only these stand open. */
const shownLines = 3;

function Line({ label, old, now }: HistoryLine) {
  return (
    <li>
      {label !== '' && <b>{label}</b>} {old !== null && (old === empty ? empty : <s>{old}</s>)}{' '}
      {old !== null && <span aria-label="改为">→</span>}{' '}
      {now !== null && (old === null ? <span>{now}</span> : <ins>{now}</ins>)}
    </li>
  );
}

export function HistoryTable({ entity, entries }: { entity: string; entries: readonly HistoryEntry[] }) {
  const [current, setCurrent] = useState(0);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const body = useRef<HTMLTableSectionElement>(null);
  const toggle = (seq: number): void => {
    const next = new Set(open);
    if (!next.delete(seq)) next.add(seq);
    setOpen(next);
  };
  const move = (to: number): void => {
    const at = Math.max(0, Math.min(entries.length - 1, to));
    setCurrent(at);
    body.current?.rows[at]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => move(current + 1),
      ArrowUp: () => move(current - 1),
      Home: () => move(0),
      End: () => move(entries.length - 1),
      Enter: () => toggle(entries[current]?.seq ?? 0),
    };
    const step = steps[event.key];
    if (step === undefined || (event.target as HTMLElement).tagName === 'BUTTON') return;
    event.preventDefault();
    step();
  };
  return (
    <table
      className="jt-table jt-table-tight jt-history"
      data-testid="audit-history"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a list that is read by the arrow keys
      tabIndex={0}
      onKeyDown={onKeyDown}
      aria-label="经过，方向键移动，Enter 展开"
    >
      <thead>
        <tr>
          <th className="jt-right">序号</th>
          <th>时间</th>
          <th>人员 / 工位</th>
          <th>动作</th>
          <th>内容</th>
          <th>原因</th>
        </tr>
      </thead>
      <tbody ref={body}>
        {entries.map((entry, index) => {
          const lines = readEntry(entity, entry);
          const whole = open.has(entry.seq) || lines.length <= shownLines + 1;
          return (
            <tr
              key={entry.seq}
              data-key={entry.seq}
              className={index === current ? 'jt-current' : undefined}
              aria-selected={index === current}
              onClick={() => setCurrent(index)}
            >
              <td className="jt-right">{entry.seq}</td>
              <td className="jt-nowrap">{showTime(entry.at, true)}</td>
              <td>
                {entry.actor}
                <small className="jt-soft"> {entry.workstation}</small>
              </td>
              <td className="jt-nowrap">{actionName(entry.action)}</td>
              <td className="jt-wrap">
                <ul className="jt-history-lines">
                  {(whole ? lines : lines.slice(0, shownLines)).map((line) => (
                    <Line key={line.label} {...line} />
                  ))}
                </ul>
                {lines.length > shownLines + 1 && (
                  <button type="button" className="jt-link" tabIndex={-1} onClick={() => toggle(entry.seq)}>
                    {whole ? '收起' : `还有 ${lines.length - shownLines} 项`}
                  </button>
                )}
              </td>
              <td className="jt-wrap">{entry.reason ?? '—'}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
