// A canvas that is drawn at most 20 times a second from a picture that is read when it is drawn, so that samples never
// become renders. What the last drawing took and how many samples it accounted for stands in its data attributes.
import { useEffect, useRef, type PointerEvent } from 'react';
import { paint, type ChartPicture, type Painted } from './paint.ts';

export const leastRedrawMs = 50;

export interface ChartProps {
  read: () => ChartPicture;
  /** Asks for a redraw whenever it calls back; a still picture is drawn again when it is rendered again. */
  subscribe?: (redraw: () => void) => () => void;
  label: string;
  testId?: string;
  /** Where the pointer stands, in the values of the axes. */
  onPoint?: (x: number, y: number) => void;
}

export function Chart(props: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const redraw = useRef<() => void>(() => undefined);
  const { subscribe } = props;
  useEffect(() => {
    const element = host.current;
    const drawn = canvas.current;
    const context = drawn?.getContext('2d') ?? null;
    // A page without a canvas (tests) shows no curve.
    if (element === null || drawn === null || context === null || typeof ResizeObserver === 'undefined')
      return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    let lastAt = Number.NEGATIVE_INFINITY;
    let draws = 0;
    const draw = (): void => {
      timer = null;
      lastAt = performance.now();
      const size = { width: element.clientWidth, height: element.clientHeight, ratio: devicePixelRatio || 1 };
      const [width, height] = [Math.round(size.width * size.ratio), Math.round(size.height * size.ratio)];
      if (drawn.width !== width || drawn.height !== height) Object.assign(drawn, { width, height });
      const picture = latest.current.read();
      painted.current = paint(context, picture, size);
      draws += 1;
      drawn.dataset['samples'] = String(picture.count);
      if (picture.accounted !== undefined) drawn.dataset['accounted'] = String(picture.accounted);
      drawn.dataset['points'] = String(painted.current.points);
      drawn.dataset['drawMs'] = (performance.now() - lastAt).toFixed(2);
      drawn.dataset['draws'] = String(draws);
    };
    redraw.current = () => {
      timer ??= setTimeout(draw, Math.max(0, leastRedrawMs - (performance.now() - lastAt)));
    };
    const observer = new ResizeObserver(() => redraw.current());
    observer.observe(element);
    const unsubscribe = subscribe?.(() => redraw.current());
    draw();
    return () => {
      unsubscribe?.();
      observer.disconnect();
      if (timer !== null) clearTimeout(timer);
      redraw.current = () => undefined;
    };
  }, [subscribe]);
  // Whatever brought this render may have brought another picture; drawing is paced anyway.
  useEffect(() => redraw.current());
  const point = (event: PointerEvent<HTMLCanvasElement>): void => {
    const at = painted.current;
    if (at === null || props.onPoint === undefined) return;
    const { left, top } = event.currentTarget.getBoundingClientRect();
    props.onPoint(at.x.value(event.clientX - left), at.y.value(event.clientY - top));
  };
  return (
    <div className="jt-chart" ref={host}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={props.label}
        data-testid={props.testId}
        onPointerDown={point}
        onPointerMove={(event) => {
          if (event.buttons === 1) point(event);
        }}
      />
    </div>
  );
}
