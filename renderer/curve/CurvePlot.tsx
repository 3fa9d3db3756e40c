// Load over time on a canvas (uPlot). Redrawn at most 20 times a second while a run is on; the axes keep their place.
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import { keptWithin } from '../../shared/curves/thin.ts';
import { fontFamily, palette } from '../design/theme.ts';

export interface Series {
  timeS: readonly number[];
  loadKn: readonly number[];
}

export interface CurvePlotProps {
  /** Read when drawing: the live curve grows without React knowing. */
  read: () => Series;
  /** Asks for a redraw whenever it calls back; a still curve subscribes to nothing. */
  subscribe?: (redraw: () => void) => () => void;
  /** At least this much is shown, so that a beginning run does not jump. */
  leastLoadKn?: number;
  leastTimeS?: number;
  label: string;
}

const leastRedrawMs = 50;

function options(width: number, height: number, leastTimeS: number, leastLoadKn: number): UPlot.Options {
  const axis = {
    stroke: palette.ink,
    font: `12px ${fontFamily}`,
    labelFont: `12px ${fontFamily}`,
    grid: { stroke: '#d8dee4', width: 1 },
    ticks: { stroke: '#8d99a5', width: 1 },
  };
  const atLeast =
    (least: number) =>
    (_: UPlot, low: number | null, high: number | null): [number, number] => [
      Math.min(0, low ?? 0),
      Math.max(least, (high ?? 0) * 1.08),
    ];
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [10, 12, 0, 0],
    scales: {
      x: { time: false, range: atLeast(leastTimeS) },
      y: { range: atLeast(leastLoadKn) },
    },
    axes: [
      { ...axis, label: '时间（s）', size: 34, labelSize: 18 },
      { ...axis, label: '荷载（kN）', size: 48, labelSize: 18 },
    ],
    series: [{}, { stroke: palette.action, width: 2, points: { show: false } }],
  };
}

export function CurvePlot(props: CurvePlotProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const redraw = useRef<() => void>(() => undefined);
  const { subscribe, leastLoadKn = 100, leastTimeS = 30 } = props;
  useEffect(() => {
    const element = host.current;
    // A page without a canvas (tests) shows no curve.
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const plot = new UPlot(
      options(element.clientWidth, element.clientHeight, leastTimeS, leastLoadKn),
      [[], []],
      element,
    );
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastAt = 0;
    const draw = (): void => {
      timer = null;
      lastAt = performance.now();
      const { timeS, loadKn } = latest.current.read();
      const kept = keptWithin((index) => loadKn[index]!, timeS.length, 4 * Math.max(100, element.clientWidth));
      plot.setData([kept.map((index) => timeS[index]!), kept.map((index) => loadKn[index]!)]);
    };
    redraw.current = () => {
      timer ??= setTimeout(draw, Math.max(0, leastRedrawMs - (performance.now() - lastAt)));
    };
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: element.clientHeight });
      redraw.current();
    });
    observer.observe(element);
    const unsubscribe = subscribe?.(() => redraw.current());
    draw();
    return () => {
      unsubscribe?.();
      observer.disconnect();
      if (timer !== null) clearTimeout(timer);
      redraw.current = () => undefined;
      plot.destroy();
    };
  }, [subscribe, leastLoadKn, leastTimeS]);
  // Whatever brought this render may have brought another curve; drawing is paced anyway.
  useEffect(() => redraw.current());
  return <div className="jt-curve" ref={host} role="img" aria-label={props.label} />;
}
