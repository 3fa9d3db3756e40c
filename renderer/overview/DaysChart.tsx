// Samples received, records tested and codes received, day by day, as bars; a long span is drawn by week.
import type { RefObject } from 'react';
import type { Overview } from '../../shared/overview/calls.ts';
import { palette } from '../design/theme.ts';
import { FONT, LINE, roundTop, SOFT } from './svg.tsx';

type Day = Overview['days'][number];

export const kinds = [
  { id: 'received', name: '收样（组）', colour: palette.line },
  { id: 'tested', name: '检测完成（份记录）', colour: palette.action },
  { id: 'coded', name: '取得标识码（份报告）', colour: palette.good },
] as const satisfies readonly { id: Exclude<keyof Day, 'day'>; name: string; colour: string }[];

const mostBars = 45;
const frame = { width: 1120, height: 280, left: 44, right: 12, top: 30, bottom: 34 };

/** Days as they are, or seven together from the first one on; named by their first day. */
export function bars(days: readonly Day[]): Day[] {
  if (days.length <= mostBars) return [...days];
  const weeks: Day[] = [];
  for (let start = 0; start < days.length; start += 7) {
    const week = days.slice(start, start + 7);
    const sum = (id: 'received' | 'tested' | 'coded') => week.reduce((total, day) => total + day[id], 0);
    weeks.push({ day: week[0]?.day ?? '', received: sum('received'), tested: sum('tested'), coded: sum('coded') });
  }
  return weeks;
}

export function DaysChart({ days, svg }: { days: readonly Day[]; svg: RefObject<SVGSVGElement | null> }) {
  const drawn = bars(days);
  const top = roundTop(Math.max(...drawn.flatMap((day) => kinds.map(({ id }) => day[id]))));
  const { width, height, left, right, bottom } = frame;
  const ground = height - bottom;
  const y = (value: number): number => ground - (value / top) * (ground - frame.top);
  const slot = (width - left - right) / Math.max(1, drawn.length);
  const bar = Math.max(1.5, (slot * 0.8) / kinds.length);
  const every = Math.ceil(drawn.length / 16);
  return (
    <svg
      ref={svg}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      className="jt-overview-chart"
      role="img"
      aria-label={`每日工作量，共 ${days.length} 天`}
      data-testid="days-chart"
      data-bars={drawn.length}
    >
      <rect width={width} height={height} fill={palette.surface} />
      {kinds.map(({ id, name, colour }, index) => (
        <g key={id} transform={`translate(${left + index * 190} 10)`}>
          <rect width={12} height={12} fill={colour} stroke={palette.inkSoft} strokeWidth={0.5} />
          <text x={18} y={10} {...FONT}>
            {name} {days.reduce((total, day) => total + day[id], 0)}
          </text>
        </g>
      ))}
      {(top % 2 === 0 ? [0, 0.5, 1] : [0, 1]).map((share) => (
        <g key={share}>
          <line x1={left} x2={width - right} y1={y(top * share)} y2={y(top * share)} {...LINE} />
          <text x={left - 6} y={y(top * share) + 4} textAnchor="end" {...SOFT}>
            {top * share}
          </text>
        </g>
      ))}
      {drawn.map((day, place) => (
        <g key={day.day} transform={`translate(${left + place * slot} 0)`}>
          <title>{`${day.day}：${kinds.map(({ id, name }) => `${name} ${day[id]}`).join('，')}`}</title>
          <rect x={0} y={frame.top} width={slot} height={ground - frame.top} fill="transparent" />
          {kinds.map(({ id, colour }, index) => (
            <rect
              key={id}
              x={slot * 0.1 + index * bar}
              y={y(day[id])}
              width={bar}
              height={ground - y(day[id])}
              fill={colour}
              stroke={palette.inkSoft}
              strokeWidth={day[id] > 0 ? 0.5 : 0}
            />
          ))}
          {place % every === 0 && (
            <text x={slot / 2} y={ground + 16} textAnchor="middle" {...SOFT}>
              {day.day.slice(5)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
