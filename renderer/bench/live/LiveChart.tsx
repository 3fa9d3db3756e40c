// The live curve, against time, displacement or extension; over time with the method's rate as a corridor.
import { useEffect, useRef, useState } from 'react';
import type { BenchState } from '../../../shared/contract/answers.ts';
import { Chart } from '../../curve/chart/Chart.tsx';
import type { ChartPicture } from '../../curve/chart/paint.ts';
import { useHotkeys } from '../../design/hotkeys.ts';
import type { LiveCurve } from '../liveCurve.ts';
import { corridorOf } from './corridor.ts';

export const axisNames = { time: '时间', displacement: '位移', extension: '变形' } as const;
export type LiveAxis = keyof typeof axisNames;
const axisUnits: Record<LiveAxis, string> = { time: 's', displacement: 'mm', extension: 'mm' };

/** The axes that the curve has values for. */
export function axesOf(curve: LiveCurve): LiveAxis[] {
  const { greatestDisplacement, greatestExtension } = curve.shown;
  return [
    'time',
    ...(Number.isNaN(greatestDisplacement) ? [] : (['displacement'] as const)),
    ...(Number.isNaN(greatestExtension) ? [] : (['extension'] as const)),
  ];
}

export interface LiveChartProps {
  curve: LiveCurve;
  state: BenchState | null;
  /** At least this much is shown, so that a beginning run does not jump. */
  leastLoadKn: number;
  leastTimeS?: number;
}

export function LiveChart({ curve, state, leastLoadKn, leastTimeS = 40 }: LiveChartProps) {
  const [wanted, setWanted] = useState<LiveAxis>('time');
  const [axes, setAxes] = useState<LiveAxis[]>(['time']);
  // Which channels there are is known with the first samples; it changes rarely and is the only thing that renders.
  useEffect(
    () =>
      curve.subscribe(() => {
        const known = axesOf(curve);
        setAxes((before) => (before.join() === known.join() ? before : known));
      }),
    [curve],
  );
  const axis = axes.includes(wanted) ? wanted : 'time';
  const turn = (): void => setWanted(axes[(axes.indexOf(axis) + 1) % axes.length] ?? 'time');
  useHotkeys('检测台 · 曲线', [
    { keys: 'Alt+X', name: '换横轴：时间、位移、变形', run: turn, disabled: axes.length < 2 },
  ]);
  // The corridor begins where loading began, not in the rest before it.
  const loadingFrom = useRef<{ runId: string | null; at: number } | null>(null);
  const read = (): ChartPicture => {
    const { columns, peak, runId, greatestDisplacement, greatestExtension } = curve.shown;
    const loading = state?.phase === 'loading' && curve.grows;
    const now = columns.time[columns.length - 1] ?? 0;
    if (!loading) loadingFrom.current = null;
    else if (loadingFrom.current?.runId !== runId) loadingFrom.current = { runId, at: now };
    const zero = axis === 'time' && columns.length > 0 ? columns.time[0]! : 0;
    const greatest = axis === 'time' ? now - zero : axis === 'displacement' ? greatestDisplacement : greatestExtension;
    const least = axis === 'time' ? leastTimeS : axis === 'displacement' ? 2 : 0.5;
    const window = state?.rateWindowKnPerS ?? null;
    const corridor =
      axis === 'time' && loading && window !== null
        ? corridorOf(columns, loadingFrom.current?.at ?? now, { min: Number(window.min), max: Number(window.max) })
        : null;
    return {
      count: columns.length,
      accounted: curve.received + curve.lost,
      x: columns[axis],
      y: columns.load,
      xZero: zero,
      xRange: [0, Math.max(least, (Number.isNaN(greatest) ? 0 : greatest) * 1.08)],
      yRange: [0, Math.max(leastLoadKn, peak * 1.08)],
      xLabel: `${axisNames[axis]}（${axisUnits[axis]}）`,
      yLabel: '荷载（kN）',
      ...(corridor === null ? {} : { band: corridor.map(([time, load]) => [time - zero, load] as const) }),
    };
  };
  return (
    <>
      <Chart read={read} subscribe={curve.subscribe} label={`荷载${axisNames[axis]}实时曲线`} testId="live-chart" />
      <div className="jt-live-axis">
        {state?.rateWindowKnPerS != null && axis === 'time' && (
          <span className="jt-live-band">绿色带：允许的加荷速度</span>
        )}
        <button type="button" className="jt-link" onClick={turn} disabled={axes.length < 2} data-testid="live-axis">
          荷载–{axisNames[axis]} <kbd className="jt-key">Alt+X</kbd>
        </button>
      </div>
    </>
  );
}
