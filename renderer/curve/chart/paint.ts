// Draws one picture of a curve on a canvas: axes, a band behind, the line in its order, marks, the cursor. The line goes
// from sample to sample as they were taken: a displacement that runs back is drawn running back.
import { byColumn, keptIndices, keptWithin } from '../../../shared/curves/thin.ts';
import { fontFamily, palette } from '../../design/theme.ts';
import { scaleOf, ticksOf, type Range, type Scale } from './scale.ts';

export interface ChartMark {
  x: number;
  y: number;
  label: string;
  tone: 'plain' | 'good' | 'warn';
  /** Where the label stands; to the right above, unless another mark stands close. */
  side?: 'left' | 'below';
}

export interface ChartPicture {
  count: number;
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  /** Taken off every x, so that a run begins at zero wherever its channel's clock stands. */
  xZero: number;
  xRange: Range;
  yRange: Range;
  xLabel: string;
  yLabel: string;
  /** Samples that are missing before this place: the line is not drawn over a hole. */
  breaksBefore?: ReadonlySet<number>;
  /** Corners of the band. */
  band?: readonly (readonly [x: number, y: number])[];
  marks?: readonly ChartMark[];
  cursor?: { x: number; y: number } | null;
  /** Samples that came so far, drawn here or not; told in the canvas's data attributes. */
  accounted?: number;
  /** Where the picture plays: what comes after `until` is not drawn yet. */
  until?: number;
}

const margin = { left: 58, right: 14, top: 12, bottom: 40 };
const tones = { plain: palette.ink, good: palette.good, warn: palette.warn } as const;
/** A line back and forth through more points than this is thinned by its order instead. */
const pointsPerColumn = 16;

export interface Painted {
  x: Scale;
  y: Scale;
  /** Points of the line after thinning. */
  points: number;
}

export function paint(
  context: CanvasRenderingContext2D,
  picture: ChartPicture,
  { width, height, ratio }: { width: number; height: number; ratio: number },
): Painted {
  const box = {
    left: margin.left,
    right: Math.max(margin.left + 10, width - margin.right),
    top: margin.top,
    bottom: Math.max(margin.top + 10, height - margin.bottom),
  };
  const x = scaleOf(picture.xRange, box.left, box.right);
  const y = scaleOf(picture.yRange, box.bottom, box.top);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  axes(context, picture, box, x, y);
  context.save();
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
  if (picture.band !== undefined) band(context, picture.band, x, y);
  const kept = keptOf(picture, (box.right - box.left) * ratio);
  line(context, picture, kept, x, y);
  context.restore();
  for (const mark of picture.marks ?? []) drawMark(context, mark, box, x, y);
  if (picture.cursor) cursor(context, picture.cursor, box, x, y);
  return { x, y, points: kept.length };
}

export function keptOf(picture: ChartPicture, columns: number): number[] {
  const { x, y, count, xZero, xRange } = picture;
  const load = (index: number): number => y[index]!;
  const kept = keptIndices(
    load,
    [0, count],
    byColumn((index) => x[index]! - xZero, xRange, columns),
  );
  return kept.length <= columns * pointsPerColumn ? kept : keptWithin(load, count, Math.floor(columns * 8));
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function axes(context: CanvasRenderingContext2D, picture: ChartPicture, box: Box, x: Scale, y: Scale): void {
  context.font = `13px ${fontFamily}`;
  context.fillStyle = palette.ink;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  for (const { value, text } of ticksOf(picture.yRange, (box.bottom - box.top) / 52)) {
    const at = Math.round(y.at(value)) + 0.5;
    context.strokeStyle = '#d8dee4';
    stroke(context, [box.left, at], [box.right, at]);
    context.textAlign = 'right';
    context.fillText(text, box.left - 6, at);
  }
  context.textBaseline = 'top';
  for (const { value, text } of ticksOf(picture.xRange, (box.right - box.left) / 90)) {
    const at = Math.round(x.at(value)) + 0.5;
    context.strokeStyle = '#d8dee4';
    stroke(context, [at, box.top], [at, box.bottom]);
    context.textAlign = 'center';
    context.fillText(text, at, box.bottom + 5);
  }
  context.strokeStyle = '#8d99a5';
  context.strokeRect(box.left + 0.5, box.top + 0.5, box.right - box.left, box.bottom - box.top);
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  context.fillText(picture.xLabel, (box.left + box.right) / 2, box.bottom + margin.bottom - 2);
  context.save();
  context.translate(3, (box.top + box.bottom) / 2);
  context.rotate(-Math.PI / 2);
  context.textBaseline = 'top';
  context.fillText(picture.yLabel, 0, 0);
  context.restore();
}

function band(context: CanvasRenderingContext2D, corners: NonNullable<ChartPicture['band']>, x: Scale, y: Scale): void {
  context.beginPath();
  for (const [at, load] of corners) context.lineTo(x.at(at), y.at(load));
  context.closePath();
  context.fillStyle = 'rgba(23, 101, 58, 0.16)';
  context.fill();
  context.setLineDash([6, 4]);
  context.lineWidth = 1.5;
  context.strokeStyle = palette.good;
  context.stroke();
  context.setLineDash([]);
}

function line(
  context: CanvasRenderingContext2D,
  picture: ChartPicture,
  kept: readonly number[],
  x: Scale,
  y: Scale,
): void {
  const holes = picture.breaksBefore === undefined ? [] : [...picture.breaksBefore].sort((a, b) => a - b);
  let hole = 0;
  let down = false;
  context.beginPath();
  for (const index of kept) {
    if (picture.until !== undefined && index > picture.until) break;
    const across = picture.x[index]! - picture.xZero;
    if (Number.isNaN(across)) {
      down = false;
      continue;
    }
    while (hole < holes.length && holes[hole]! <= index) {
      down = false;
      hole += 1;
    }
    if (down) context.lineTo(x.at(across), y.at(picture.y[index]!));
    else context.moveTo(x.at(across), y.at(picture.y[index]!));
    down = true;
  }
  context.strokeStyle = palette.action;
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.stroke();
}

function drawMark(context: CanvasRenderingContext2D, mark: ChartMark, box: Box, x: Scale, y: Scale): void {
  const [across, up] = [x.at(mark.x), y.at(mark.y)];
  if (across < box.left - 1 || across > box.right + 1) return;
  context.strokeStyle = context.fillStyle = tones[mark.tone];
  context.lineWidth = 1.5;
  context.beginPath();
  context.arc(across, up, 4, 0, 2 * Math.PI);
  context.stroke();
  if (mark.label === '') return;
  context.font = `600 12px ${fontFamily}`;
  const below = mark.side === 'below';
  context.textBaseline = below ? 'top' : 'bottom';
  const wide = context.measureText(mark.label).width;
  const right = mark.side === 'left' || across + 8 + wide > box.right;
  context.textAlign = right ? 'right' : 'left';
  const at: [number, number] = [across + (right ? -7 : 7), below ? up + 5 : Math.max(box.top + 14, up - 5)];
  // Readable over the line and the grid.
  context.lineWidth = 4;
  context.strokeStyle = palette.surface;
  context.strokeText(mark.label, ...at);
  context.fillText(mark.label, ...at);
}

function cursor(context: CanvasRenderingContext2D, at: { x: number; y: number }, box: Box, x: Scale, y: Scale): void {
  const [across, up] = [x.at(at.x), y.at(at.y)];
  if (across < box.left - 1 || across > box.right + 1) return;
  context.strokeStyle = palette.bad;
  context.lineWidth = 1;
  context.setLineDash([4, 3]);
  stroke(context, [across, box.top], [across, box.bottom]);
  stroke(context, [box.left, up], [box.right, up]);
  context.setLineDash([]);
  context.fillStyle = palette.bad;
  context.beginPath();
  context.arc(across, up, 4, 0, 2 * Math.PI);
  context.fill();
}

function stroke(context: CanvasRenderingContext2D, from: [number, number], to: [number, number]): void {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}
