// The range chart: a point per group, centre line and control limits, what lies outside marked by shape and colour.
import type { RefObject } from 'react';
import type { Control } from '../../shared/overview/calls.ts';
import { palette } from '../design/theme.ts';
import { FONT, LINE, roundTop, SOFT } from './svg.tsx';

const frame = { width: 1120, height: 300, left: 52, right: 92, top: 16, bottom: 30 };

export function ControlChart({ control, svg }: { control: Control; svg: RefObject<SVGSVGElement | null> }) {
  const { points } = control;
  const { width, height, left, right, bottom } = frame;
  const ground = height - bottom;
  const limits = [
    { name: '上限', value: control.upper_percent, colour: palette.bad, dash: '6 4' },
    { name: '中心线', value: control.centre_percent, colour: palette.good, dash: '' },
    {
      name: '下限',
      value: control.lower_percent === '0.0' ? null : control.lower_percent,
      colour: palette.bad,
      dash: '6 4',
    },
  ].filter((limit): limit is typeof limit & { value: string } => limit.value !== null);
  // Places in a picture only: every figure that is read is the text as the core gave it.
  const top = roundTop(
    Math.max(
      ...points.map(({ range_percent: range }) => Number(range)),
      ...limits.map(({ value }) => Number(value)),
      1,
    ),
  );
  const y = (value: number): number => ground - (value / top) * (ground - frame.top);
  const x = (index: number): number =>
    points.length === 1
      ? (left + width - right) / 2
      : left + 8 + (index / (points.length - 1)) * (width - left - right - 16);
  const shifted = new Set(control.shifts);
  return (
    <svg
      ref={svg}
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${width} ${height}`}
      className="jt-overview-chart"
      role="img"
      aria-label={`组内极差率控制图，${points.length} 组`}
      data-testid="control-chart"
      data-points={points.length}
    >
      <rect width={width} height={height} fill={palette.surface} />
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <line x1={left} x2={width - right} y1={y(top * share)} y2={y(top * share)} {...LINE} />
          <text x={left - 6} y={y(top * share) + 4} textAnchor="end" {...SOFT}>
            {Number((top * share).toFixed(2))} %
          </text>
        </g>
      ))}
      {limits.map(({ name, value, colour, dash }) => (
        <g key={name}>
          <line
            x1={left}
            x2={width - right}
            y1={y(Number(value))}
            y2={y(Number(value))}
            stroke={colour}
            strokeWidth={1.5}
            strokeDasharray={dash}
          />
          <text x={width - right + 6} y={y(Number(value)) + 4} {...FONT} fill={colour}>
            {name} {value} %
          </text>
        </g>
      ))}
      <polyline
        points={points.map(({ range_percent: range }, index) => `${x(index)},${y(Number(range))}`).join(' ')}
        fill="none"
        stroke={palette.action}
        strokeWidth={1}
      />
      {points.map((point, index) => {
        const bad = point.outside || shifted.has(point.recordNo);
        const [px, py] = [x(index), y(Number(point.range_percent))];
        return (
          <g key={point.recordNo} data-outside={point.outside}>
            <title>{`${point.recordNo} ${point.testedAt.slice(0, 10)} ${point.testerName} ${point.grade}：${point.range_percent} %${point.outside ? '，超出控制限' : ''}`}</title>
            {bad ? (
              <path d={`M${px - 5} ${py - 5}l10 10m0 -10l-10 10`} stroke={palette.bad} strokeWidth={2.5} />
            ) : (
              <circle cx={px} cy={py} r={3.5} fill={palette.action} />
            )}
          </g>
        );
      })}
      <text x={left} y={height - 8} {...SOFT}>
        {points[0]?.testedAt.slice(0, 10)}
      </text>
      <text x={width - right} y={height - 8} textAnchor="end" {...SOFT}>
        {points.at(-1)?.testedAt.slice(0, 10)}
      </text>
    </svg>
  );
}
