// Temperature and humidity over time, one above the other: the band as a field, gaps hatched with their reason.
import { useEffect, useRef, useState } from 'react';
import type { ClimateBand } from '../../shared/climate/band.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { msOf, pathOf, scaleOf, ticksOf, timeTicks, type Scale } from './chart.ts';
import { shownMinute } from './words.ts';

type Series = CallOutput<'climate.series'>;

interface PanelProps {
  title: string;
  values: readonly (string | null)[];
  min: string | null;
  max: string | null;
  top: number;
  height: number;
  width: number;
  x: Scale;
  series: Series;
}

const left = 46;
const right = 22;
const titleHeight = 18;

function Panel({ title, values, min, max, top, height, width, x, series }: PanelProps) {
  const limits = [min, max].flatMap((limit) => (limit === null ? [] : [Number(limit)]));
  const ticks = ticksOf([...values.flatMap((value) => (value === null ? [] : [Number(value)])), ...limits]);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const y = scaleOf(low, high, top + height, top + titleHeight);
  const bandTop = y.at(max === null ? high : Number(max));
  const bandBottom = y.at(min === null ? low : Number(min));
  return (
    <g>
      <text x={left} y={top + 12} className="jt-chart-title">
        {title}
      </text>
      {limits.length > 0 && (
        <rect
          x={left}
          y={bandTop}
          width={width - left - right}
          height={Math.max(0, bandBottom - bandTop)}
          className="jt-chart-band"
        />
      )}
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={left} x2={width - right} y1={y.at(tick)} y2={y.at(tick)} className="jt-chart-grid" />
          <text x={left - 6} y={y.at(tick) + 4} textAnchor="end" className="jt-chart-text">
            {Number(tick.toFixed(1))}
          </text>
        </g>
      ))}
      {limits.map((limit) => (
        <line key={limit} x1={left} x2={width - right} y1={y.at(limit)} y2={y.at(limit)} className="jt-chart-limit" />
      ))}
      {series.gaps.map((gap) => {
        const from = x.at(msOf(gap.fromMinute));
        const to = x.at(msOf(gap.toMinute) + 60_000);
        return (
          <rect
            key={gap.fromMinute}
            x={from}
            y={top + titleHeight}
            width={Math.max(2, to - from)}
            height={height - titleHeight}
            className="jt-chart-gap"
            data-testid="climate-gap"
          >
            <title>{`${shownMinute(gap.fromMinute)} 至 ${shownMinute(gap.toMinute)}，${gap.minutes} 分钟没有读数：${gap.reason}`}</title>
          </rect>
        );
      })}
      <path d={pathOf(series.minutes, values, series.gaps, x, y)} className="jt-chart-line" />
    </g>
  );
}

const timeHeight = 22;
/** A page without layout (tests) draws as if it were so large. */
const withoutLayout = { width: 900, height: 420 };

export function ClimateChart({
  series,
  band,
  from,
  to,
}: {
  series: Series;
  band: ClimateBand;
  from: string;
  to: string;
}) {
  const host = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(withoutLayout);
  useEffect(() => {
    const element = host.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientHeight > 0)
        setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { width, height } = size;
  const x = scaleOf(msOf(from), msOf(to) + 60_000, left, width - right);
  const panel = (height - timeHeight - 12) / 2;
  const common = { width, x, series, height: panel };
  return (
    <div className="jt-chart" ref={host}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-label={`温湿度曲线。${series.span.words}`}
        data-testid="climate-chart"
      >
        <defs>
          <pattern id="jt-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="jt-chart-hatch-ground" />
            <line x1="0" y1="0" x2="0" y2="6" className="jt-chart-hatch" />
          </pattern>
        </defs>
        {timeTicks(from, to).map(({ ms, text }) => (
          <g key={ms}>
            <line x1={x.at(ms)} x2={x.at(ms)} y1={titleHeight} y2={height - timeHeight} className="jt-chart-grid" />
            <text x={x.at(ms)} y={height - 6} textAnchor="middle" className="jt-chart-text">
              {text}
            </text>
          </g>
        ))}
        <Panel
          {...common}
          title="温度（℃）"
          top={0}
          values={series.temperatureC}
          min={band.temperatureMin}
          max={band.temperatureMax}
        />
        <Panel
          {...common}
          title="相对湿度（%）"
          top={panel + 12}
          values={series.humidityPercent}
          min={band.humidityMin}
          max={band.humidityMax}
        />
      </svg>
    </div>
  );
}
