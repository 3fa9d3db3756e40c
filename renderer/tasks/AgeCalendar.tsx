// 龄期日历: what falls due on which day, by age, as a month or a fortnight. Arrows move by day, PageUp and PageDown by sheet,
// Enter opens the list of the day.
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { addDays } from '../../shared/entities/scalars.ts';
import type { TaskDay, TaskScope } from '../../shared/tasks/calls.ts';
import { ageGroups } from '../../shared/tasks/due.ts';
import { ageGroupNames } from '../../shared/tasks/words.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { today } from '../design/time.ts';
import { mondayOf, monthAway, sheetOf, weekdayNames, type Sheet } from './calendarDays.ts';
import { agesSaid } from './words.ts';

export interface AgeCalendarProps {
  scope: TaskScope;
  onOpenDay: (day: string) => void;
}

export function AgeCalendar({ scope, onOpenDay }: AgeCalendarProps) {
  const client = useClient();
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  const [sheet, setSheet] = useState<Sheet>('month');
  const [current, setCurrent] = useState(today());
  /** Day that decides which sheet is shown; moving inside a sheet does not turn it. */
  const [anchor, setAnchor] = useState(today());
  const { from, days } = sheetOf(sheet, anchor);
  const last = addDays(from, days - 1);
  const query = useQuery({
    queryKey: ['tasks.calendar', from, days, scope],
    queryFn: () => client.call('tasks.calendar', { from, days, scope }),
    refetchInterval: 60_000,
    placeholderData: (previous) => previous,
  });
  useEffect(() => grid.current?.focus({ preventScroll: true }), []);
  const moveTo = (day: string): void => {
    setCurrent(day);
    const other = sheet === 'month' ? day.slice(0, 7) !== anchor.slice(0, 7) : day < from || day > last;
    if (other) setAnchor(day);
  };
  const turn = (step: 1 | -1): void =>
    moveTo(sheet === 'month' ? monthAway(current, step) : addDays(current, 14 * step));
  const nextSheet = (): void => {
    setSheet(sheet === 'month' ? 'fortnight' : 'month');
    setAnchor(current);
  };
  useHotkeys('龄期日历', [
    { keys: 'F4', name: '一个月或两周', run: nextSheet },
    { keys: 'Alt+T', name: '回到今天', run: () => moveTo(today()) },
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const moves: Record<string, () => void> = {
      ArrowLeft: () => moveTo(addDays(current, -1)),
      ArrowRight: () => moveTo(addDays(current, 1)),
      ArrowUp: () => moveTo(addDays(current, -7)),
      ArrowDown: () => moveTo(addDays(current, 7)),
      PageUp: () => turn(-1),
      PageDown: () => turn(1),
      Home: () => moveTo(mondayOf(current)),
      End: () => moveTo(addDays(mondayOf(current), 6)),
      Enter: () => onOpenDay(current),
      ' ': () => onOpenDay(current),
    };
    const run = moves[event.key];
    if (run === undefined) return;
    event.preventDefault();
    run();
  };
  const byDay = new Map(query.data?.days.map((one) => [one.day, one]));
  const said = byDay.get(current);
  return (
    <div className="jt-calendar" data-testid="age-calendar" data-from={from} data-sheet={sheet}>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <div className="jt-calendar-bar">
        <Button onClick={() => turn(-1)}>
          上一页 <kbd className="jt-key">PageUp</kbd>
        </Button>
        <b>{sheet === 'month' ? `${anchor.slice(0, 4)} 年 ${Number(anchor.slice(5, 7))} 月` : `${from} 至 ${last}`}</b>
        <Button onClick={() => turn(1)}>
          下一页 <kbd className="jt-key">PageDown</kbd>
        </Button>
        <Button onClick={() => moveTo(today())}>
          今天 <kbd className="jt-key">Alt+T</kbd>
        </Button>
        <Button onClick={nextSheet} data-testid="calendar-sheet">
          {sheet === 'month' ? '两周' : '一个月'} <kbd className="jt-key">F4</kbd>
        </Button>
      </div>
      <div className="jt-calendar-head" aria-hidden="true">
        {weekdayNames.map((name) => (
          <span key={name}>周{name}</span>
        ))}
      </div>
      <div
        ref={grid}
        className="jt-calendar-grid"
        role="grid"
        aria-label="龄期日历"
        tabIndex={0}
        aria-activedescendant={`${id}-${current}`}
        onKeyDown={onKeyDown}
        data-testid="calendar-grid"
      >
        {Array.from({ length: days / 7 }, (_, week) => (
          <div key={week} role="row" className="jt-calendar-week">
            {Array.from({ length: 7 }, (_unused, weekday) => {
              const day = addDays(from, week * 7 + weekday);
              return (
                <DayCell
                  key={day}
                  id={`${id}-${day}`}
                  day={day}
                  counts={byDay.get(day)}
                  current={day === current}
                  outside={sheet === 'month' && day.slice(0, 7) !== anchor.slice(0, 7)}
                  onChoose={() => setCurrent(day)}
                  onOpen={() => onOpenDay(day)}
                />
              );
            })}
          </div>
        ))}
      </div>
      <p className="jt-tasks-about" aria-live="polite" data-testid="calendar-said">
        {current} 周{weekdayNames[weekdayOf(current)]}：{said === undefined ? '…' : daySaid(said)} · Enter
        打开当天的任务
      </p>
    </div>
  );
}

const weekdayOf = (day: string): number =>
  Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${mondayOf(day)}T00:00:00Z`)) / 86_400_000);

function daySaid(day: TaskDay): string {
  const open = day.open === 0 ? '没有未检的任务' : `未检 ${day.open} 项（${agesSaid(day)}）`;
  return [open, day.late > 0 ? `其中已逾期 ${day.late}` : '', day.done > 0 ? `已检 ${day.done} 项` : '']
    .filter(Boolean)
    .join('，');
}

interface DayCellProps {
  id: string;
  day: string;
  counts: TaskDay | undefined;
  current: boolean;
  outside: boolean;
  onChoose: () => void;
  onOpen: () => void;
}

function DayCell({ id, day, counts, current, outside, onChoose, onOpen }: DayCellProps) {
  const isToday = day === today();
  const classes = [
    'jt-calendar-day',
    current ? 'jt-current' : '',
    outside ? 'jt-calendar-outside' : '',
    isToday ? 'jt-calendar-today' : '',
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the grid has the keys
    <div
      id={id}
      role="gridcell"
      aria-selected={current}
      aria-label={`${day}，${counts === undefined ? '' : daySaid(counts)}`}
      className={classes.filter(Boolean).join(' ')}
      onClick={onChoose}
      onDoubleClick={onOpen}
      data-testid="calendar-day"
      data-day={day}
      data-open={counts?.open ?? 0}
    >
      <p>
        <b>{day.endsWith('-01') ? `${Number(day.slice(5, 7))}-01` : day.slice(8)}</b>
        {isToday && <small>今天</small>}
        {counts !== undefined && counts.late > 0 && (
          <span className="jt-tone-bad">
            <i aria-hidden="true">✕</i> 逾期 {counts.late}
          </span>
        )}
        {counts !== undefined && counts.done > 0 && <span className="jt-tone-good">✓ {counts.done}</span>}
      </p>
      <ul>
        {counts !== undefined &&
          ageGroups
            .filter((group) => counts.ages[group] > 0)
            .map((group) => (
              <li key={group}>
                {ageGroupNames[group]} <b>{counts.ages[group]}</b>
              </li>
            ))}
      </ul>
    </div>
  );
}
