// A replayed run as a picture: which axis lies below, where the marks stand, how far it has played.
import type { ReplayMark, RunReplay } from '../../shared/contract/replay.ts';
import type { ChartMark, ChartPicture } from '../curve/chart/paint.ts';

export const replayAxes = { time: '时间（s）', displacement: '位移（mm）', extension: '变形（mm）' } as const;
export type ReplayAxis = keyof typeof replayAxes;

type Samples = RunReplay['samples'];

export function axesOfReplay({ displacementMm, extensionMm }: Samples): ReplayAxis[] {
  return [
    'time',
    ...(displacementMm === null ? [] : (['displacement'] as const)),
    ...(extensionMm === null ? [] : (['extension'] as const)),
  ];
}

/** Last place in ascending numbers that is not beyond; -1 before the first. */
export function placeOf(ascending: readonly number[], wanted: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Place of the sample nearest to a point; over time by time alone, else by both axes, each in parts of its range. */
export function nearestPlace(
  picture: Pick<ChartPicture, 'x' | 'y' | 'count' | 'xRange' | 'yRange'>,
  x: number,
  y: number | null,
): number {
  const [across, up] = [picture.xRange[1] - picture.xRange[0], picture.yRange[1] - picture.yRange[0]];
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (let place = 0; place < picture.count; place += 1) {
    const dx = (picture.x[place]! - x) / across;
    const dy = y === null ? 0 : (picture.y[place]! - y) / up;
    const distance = dx * dx + dy * dy;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

export function acrossOf(samples: Samples, axis: ReplayAxis): readonly number[] {
  if (axis === 'time') return samples.timeS;
  const column = axis === 'displacement' ? samples.displacementMm : samples.extensionMm;
  return (column ?? []).map((value) => value ?? Number.NaN);
}

const tones: Partial<Record<ReplayMark['kind'], ChartMark['tone']>> = {
  gap: 'warn',
  spike: 'warn',
  FeH: 'good',
  FeL: 'good',
  Fp02: 'good',
  Agt: 'good',
};
/** The two yield points stand close together. */
const sides: Partial<Record<ReplayMark['kind'], NonNullable<ChartMark['side']>>> = { FeH: 'left', FeL: 'below' };
const short: Partial<Record<ReplayMark['kind'], string>> = { gap: '缺数据', spike: '毛刺' };
/** With more of a kind than this the words would hide the curve. */
const mostLabels = 12;

export interface ReplayView {
  axis: ReplayAxis;
  /** Seconds that are shown. */
  range: readonly [from: number, to: number];
  /** Number of the sample under the cursor. */
  cursor: number | null;
  /** Number of the last sample that has played; null while nothing plays. */
  until: number | null;
}

export function pictureOf(replay: RunReplay, { axis, range, cursor, until }: ReplayView): ChartPicture {
  const { samples, marks } = replay;
  const across = acrossOf(samples, axis);
  const pointOf = (index: number): { x: number; y: number } | null => {
    const place = Math.max(0, placeOf(samples.index, index));
    const [x, y] = [across[place], samples.loadKn[place]];
    return x === undefined || y === undefined || Number.isNaN(x) ? null : { x, y };
  };
  const counted = new Map<ReplayMark['kind'], number>();
  const shownMarks = marks.flatMap((mark): ChartMark[] => {
    if (mark.timeS < range[0] || mark.timeS > range[1]) return [];
    const at = axis === 'time' ? { x: mark.timeS, y: mark.loadKn } : pointOf(mark.index);
    if (at === null) return [];
    const count = (counted.get(mark.kind) ?? 0) + 1;
    counted.set(mark.kind, count);
    const label = count > mostLabels ? '' : (short[mark.kind] ?? mark.text);
    const side = sides[mark.kind];
    return [{ ...at, label, tone: tones[mark.kind] ?? 'plain', ...(side === undefined ? {} : { side }) }];
  });
  const holes = new Set(
    marks
      .filter(({ kind }) => kind === 'gap')
      .map(({ index }) => samples.index.findIndex((each) => each >= index))
      .filter((place) => place > 0),
  );
  return {
    count: across.length,
    x: across,
    y: samples.loadKn,
    xZero: 0,
    xRange: axis === 'time' ? range : spanOf(across),
    yRange: axis === 'time' && isWhole(replay, range) ? [0, replay.greatestLoadKn * 1.12 || 1] : padded(samples.loadKn),
    xLabel: replayAxes[axis],
    yLabel: '荷载（kN）',
    marks: shownMarks,
    breaksBefore: holes,
    cursor: cursor === null ? null : pointOf(cursor),
    ...(until === null ? {} : { until: placeOf(samples.index, until) }),
  };
}

const isWhole = ({ beginsS, endsS }: RunReplay, [from, to]: readonly [number, number]): boolean =>
  from <= beginsS && to >= endsS;

function spanOf(values: readonly number[]): [number, number] {
  const known = values.filter((value) => !Number.isNaN(value));
  const [low, high] = [known.reduce((a, b) => Math.min(a, b), 0), known.reduce((a, b) => Math.max(a, b), 0)];
  return [low, high > low ? high + (high - low) * 0.06 : low + 1];
}

function padded(loads: readonly number[]): [number, number] {
  const low = loads.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = loads.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(high >= low)) return [0, 1];
  const room = Math.max((high - low) * 0.1, 0.01);
  return [low - room, high + room];
}
