// The picture under a result table, as the paper draws it: measured points, fitted line, place of the result.
import { plotAxes } from '../../shared/methods/plot.ts';
import type { PaperPlot } from '../../shared/methods/plot.ts';
import { Formula } from './Formula.tsx';

const WIDTH = 440;
const HEIGHT = 216;
const [WEST, EAST, NORTH, SOUTH] = [52, 14, 12, 24];

export function PlotView({ plot }: { plot: PaperPlot }) {
  const axes = plotAxes(plot);
  const x = (value: string | number): number =>
    WEST + ((WIDTH - WEST - EAST) * (Number(value) - axes.x.min)) / (axes.x.max - axes.x.min);
  const y = (value: string | number): number =>
    NORTH + (HEIGHT - NORTH - SOUTH) * (1 - (Number(value) - axes.y.min) / (axes.y.max - axes.y.min));
  const place = ([px, py]: readonly [string, string]): string => `${x(px).toFixed(1)},${y(py).toFixed(1)}`;
  return (
    <div className="jt-plot">
      <span className="jt-soft">
        <Formula text={`${plot.y.label}${plot.y.unit === '' ? '' : ` / ${plot.y.unit}`}`} />
      </span>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={plot.y.label}>
        {axes.y.ticks.map((tick, index) => (
          <g key={tick}>
            <line x1={WEST} x2={WIDTH - EAST} y1={y(tick)} y2={y(tick)} className="jt-plot-grid" />
            <text x={WEST - 6} y={y(tick) + 4} textAnchor="end">
              {axes.y.labels[index]}
            </text>
          </g>
        ))}
        {axes.x.ticks.map((tick, index) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={NORTH} y2={HEIGHT - SOUTH} className="jt-plot-grid" />
            <text x={x(tick)} y={HEIGHT - SOUTH + 16} textAnchor="middle">
              {axes.x.labels[index]}
            </text>
          </g>
        ))}
        <polyline points={plot.line.map(place).join(' ')} className="jt-plot-line" />
        {plot.points.map((point) => (
          <circle key={place(point)} cx={x(point[0])} cy={y(point[1])} r={3.5} className="jt-plot-point" />
        ))}
        {plot.mark !== undefined && (
          <path d={`M${WEST} ${y(plot.mark.at[1])}H${x(plot.mark.at[0])}V${HEIGHT - SOUTH}`} className="jt-plot-mark" />
        )}
      </svg>
      <span className="jt-soft">
        <Formula text={`${plot.x.label}${plot.x.unit === '' ? '' : ` / ${plot.x.unit}`}`} />
        {plot.mark !== undefined && (
          <>
            {'　'}
            <Formula text={plot.mark.text} />
          </>
        )}
      </span>
    </div>
  );
}
