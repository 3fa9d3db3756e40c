// A run that is looked at again: the range that is shown, the sample under the cursor, and the clock that plays it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { MarkKind, RunReplay, SampleAt } from '../../shared/contract/replay.ts';
import { toErrorInfo, useClient } from '../client.ts';
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import { placeOf } from './picture.ts';

export const speeds = [1, 5, 20] as const;
const columns = 1400;
/** The figures beside the picture follow the playing this often; the picture itself 20 times a second. */
const followMs = 125;

export interface Replay {
  data: RunReplay | null;
  error: ErrorInfo | null;
  range: readonly [number, number];
  cursor: number | null;
  sample: SampleAt | null;
  playing: boolean;
  speed: (typeof speeds)[number];
  /** Number of the last sample that has played. */
  played: () => number | null;
  subscribe: (redraw: () => void) => () => void;
  goTo(index: number): void;
  step(by: number): void;
  toMark(direction: 1 | -1): void;
  zoom(factor: number): void;
  whole(): void;
  toggle(): void;
  turnSpeed(): void;
}

/** The cursor begins at the first of these marks that there is. */
export function useReplay(runId: string, beginAt: readonly MarkKind[] = ['peak']): Replay {
  const client = useClient();
  const [range, setRange] = useState<readonly [number, number] | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const head = useRef<{ timeS: number; index: number } | null>(null);
  const listeners = useRef(new Set<() => void>());
  // Nothing is kept when the window closes: whoever opens it again sees what is on the disk then.
  const query = useQuery({
    queryKey: ['runs.replay', runId, range],
    queryFn: () =>
      client.call('runs.replay', { runId, columns, ...(range === null ? {} : { fromS: range[0], toS: range[1] }) }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const data = query.data ?? null;
  const first = beginAt.flatMap((wanted) => data?.marks.find(({ kind }) => kind === wanted)?.index ?? []).at(0) ?? 0;
  const at = cursor ?? (data === null ? null : first);
  const sampleQuery = useQuery({
    queryKey: ['runs.sample', runId, at],
    queryFn: () => client.call('runs.sample', { runId, index: at ?? 0 }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    enabled: at !== null,
  });
  const sample = sampleQuery.data ?? null;
  const shown = range ?? (data === null ? ([0, 1] as const) : ([data.beginsS, data.endsS] as const));

  useEffect(() => {
    if (!playing || data === null) return undefined;
    const { timeS, index } = data.samples;
    let last = performance.now();
    let followed = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      const from = head.current?.timeS ?? timeS[0] ?? 0;
      const next = from + ((now - last) / 1000) * speed;
      last = now;
      const place = Math.max(0, placeOf(timeS, next));
      head.current = { timeS: next, index: index[place] ?? 0 };
      for (const listener of listeners.current) listener();
      const over = next >= (timeS.at(-1) ?? 0);
      if (over || now - followed >= followMs) {
        followed = now;
        setCursor(head.current.index);
      }
      if (over) setPlaying(false);
    }, 50);
    return () => clearInterval(timer);
  }, [playing, speed, data]);

  const goTo = (index: number): void => {
    if (data === null) return;
    const bounded = Math.max(0, Math.min(data.sampleCount - 1, index));
    setPlaying(false);
    setCursor(bounded);
  };
  const timeOfCursor = (): number =>
    sample !== null && sample.index === at
      ? sample.timeS
      : (data?.samples.timeS[Math.max(0, placeOf(data.samples.index, at ?? 0))] ?? 0);
  return {
    data,
    error:
      query.error === null
        ? sampleQuery.error === null
          ? null
          : toErrorInfo(sampleQuery.error)
        : toErrorInfo(query.error),
    range: shown,
    cursor: at,
    sample,
    playing,
    speed,
    played: () => (playing ? (head.current?.index ?? null) : null),
    subscribe: (redraw) => {
      listeners.current.add(redraw);
      return () => listeners.current.delete(redraw);
    },
    goTo,
    step: (by) => goTo((at ?? 0) + by),
    toMark(direction) {
      const numbers = [...new Set(data?.marks.map(({ index }) => index))];
      const next =
        direction === 1 ? numbers.find((index) => index > (at ?? 0)) : numbers.findLast((index) => index < (at ?? 0));
      if (next !== undefined) goTo(next);
    },
    zoom(factor) {
      if (data === null) return;
      const width = Math.min((shown[1] - shown[0]) * factor, data.endsS - data.beginsS);
      if (width >= data.endsS - data.beginsS) return setRange(null);
      // A range of less than two samples shows nothing.
      const least = (3 * (data.endsS - data.beginsS)) / Math.max(1, data.sampleCount);
      const half = Math.max(width, least) / 2;
      const middle = Math.min(Math.max(timeOfCursor(), data.beginsS + half), data.endsS - half);
      return setRange([middle - half, middle + half]);
    },
    whole: () => setRange(null),
    toggle() {
      if (data === null) return;
      if (!playing) {
        const from = timeOfCursor();
        const over = from >= (data.samples.timeS.at(-1) ?? 0) - 1e-6;
        head.current =
          over || cursor === null
            ? { timeS: shown[0], index: data.samples.index[0] ?? 0 }
            : { timeS: from, index: at ?? 0 };
      }
      setPlaying(!playing);
    },
    turnSpeed: () => setSpeed(speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1),
  };
}
