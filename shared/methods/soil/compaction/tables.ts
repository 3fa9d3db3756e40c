// Tables of the original record and of the report of a compaction test: every reading, the points and the peak.
import type { PaperPlot, PlotPlace } from '../../plot.ts';
import type { PaperTable } from '../../table.ts';
import { INVALID } from '../../foundation/words.ts';
import { FITTING_NAME } from './curve.ts';
import type { CompactionInputs } from './fields.ts';
import type { CompactionOutputs } from './outputs.ts';

export const TYPE_NAME: Readonly<Record<'light' | 'heavy', string>> = { light: '轻型', heavy: '重型' };

function peakRow(outputs: CompactionOutputs): [string, string] {
  const { result } = outputs;
  return [result?.maxDryDensity_g_cm3 ?? INVALID, result?.optimumMoisture_percent ?? INVALID];
}

function pointRows(inputs: CompactionInputs, outputs: CompactionOutputs): PaperTable['rows'] {
  return outputs.points.flatMap((point, index) =>
    [0, 1].map((tin) => {
      const own = [
        inputs.tin_g[index]?.[tin] ?? '—',
        inputs.tinAndWet_g[index]?.[tin] ?? '—',
        inputs.tinAndDry_g[index]?.[tin] ?? '—',
        point.moistureSingles_percent[tin] ?? '—',
      ];
      if (tin === 1) return own;
      const both = { down: 2 };
      return [
        { text: String(index + 1), ...both },
        { text: inputs.mouldAndWetSoil_g[index] ?? '—', ...both },
        { text: point.wetSoil_g, ...both },
        { text: point.wetDensity_g_cm3, ...both },
        ...own,
        { text: `${point.moistureDifference_percent}（≤${point.moistureAllowedDifference_percent}）`, ...both },
        { text: point.moisture_percent ?? INVALID, ...both },
        { text: point.dryDensity_g_cm3 ?? INVALID, ...both },
      ];
    }),
  );
}

const LINE_STEPS = 48;

/** ρd over w between the outermost points that the line was fitted to. */
function fittedLine({ curveCoefficients, pointsUsed, points }: CompactionOutputs): PlotPlace[] {
  const moistures = pointsUsed.map((number) => Number(points[number - 1]?.moisture_percent));
  if (moistures.length === 0) return [];
  const [from, to] = [Math.min(...moistures), Math.max(...moistures)];
  return Array.from({ length: LINE_STEPS + 1 }, (_, index): PlotPlace => {
    const w = from + ((to - from) * index) / LINE_STEPS;
    const density = curveCoefficients.reduceRight((sum, coefficient) => sum * w + Number(coefficient), 0);
    return [w.toFixed(3), density.toFixed(4)];
  });
}

/** Dry density over moisture, as the standard asks to draw it; none while a point is without figures. */
function curvePicture(outputs: CompactionOutputs): { plot?: PaperPlot } {
  const points = outputs.points.flatMap(({ moisture_percent: w, dryDensity_g_cm3: d }): PlotPlace[] =>
    w === null || d === null ? [] : [[w, d]],
  );
  const { maxDryDensity_g_cm3: density, optimumMoisture_percent: moisture } = outputs;
  if (points.length < outputs.points.length) return {};
  return {
    plot: {
      x: { label: '含水率 w', unit: '%' },
      y: { label: '干密度 ρ_{d}', unit: 'g/cm^{3}' },
      points,
      line: fittedLine(outputs),
      ...(density === null || moisture === null
        ? {}
        : { mark: { at: [moisture, density] as const, text: `ρ_{dmax} = ${density}，w_{opt} = ${moisture} %` } }),
    },
  };
}

export function recordTables(inputs: CompactionInputs, outputs: CompactionOutputs): PaperTable[] {
  const [density, moisture] = peakRow(outputs);
  const { oversize } = outputs;
  const tables: PaperTable[] = [
    {
      columns: [
        { head: '击实类型' },
        { head: '筒容积 V', unit: 'cm^{3}' },
        { head: '筒质量', unit: 'g' },
        { head: '土样种类' },
      ],
      rows: [[TYPE_NAME[inputs.compactionType], inputs.mouldVolume_cm3, inputs.mould_g, inputs.soilKind ?? '—']],
    },
    {
      columns: [
        { head: '测点', width: 0.5 },
        { head: '筒加湿土', unit: 'g' },
        { head: '湿土', unit: 'g' },
        { head: '湿密度 ρ', unit: 'g/cm^{3}' },
        { head: '盒质量', unit: 'g' },
        { head: '盒加湿土', unit: 'g' },
        { head: '盒加干土', unit: 'g' },
        { head: '含水率', unit: '%' },
        { head: '差值（允许）', unit: '%', width: 1.2 },
        { head: '平均含水率 w', unit: '%' },
        { head: '干密度 ρ_{d}', unit: 'g/cm^{3}' },
      ],
      rows: pointRows(inputs, outputs),
      ...curvePicture(outputs),
    },
    {
      columns: [
        { head: '曲线拟合方法', width: 2 },
        { head: '所用测点' },
        { head: '最大干密度 ρ_{dmax}', unit: 'g/cm^{3}' },
        { head: '最优含水率 w_{opt}', unit: '%' },
      ],
      rows: [
        [
          FITTING_NAME[outputs.curveFitting],
          outputs.pointsUsed.length === 0 ? '—' : outputs.pointsUsed.join('、'),
          { text: outputs.maxDryDensity_g_cm3 ?? INVALID, strong: true },
          { text: outputs.optimumMoisture_percent ?? INVALID, strong: true },
        ],
      ],
      notes: ['峰值由程序按所列方法拟合，签名前应对照干密度与含水率关系曲线确认。'],
    },
  ];
  if (oversize === null) return tables;
  return [
    ...tables,
    {
      columns: [
        { head: '大于 5 mm 颗粒含量', unit: '%' },
        { head: '饱和面干比重' },
        { head: '吸着含水率', unit: '%' },
        { head: '校正后最大干密度', unit: 'g/cm^{3}' },
        { head: '校正后最优含水率', unit: '%' },
      ],
      rows: [
        [
          oversize.content_percent,
          oversize.gravity,
          oversize.absorption_percent,
          { text: density, strong: true },
          { text: moisture, strong: true },
        ],
      ],
    },
  ];
}

export function reportTables(inputs: CompactionInputs, outputs: CompactionOutputs): PaperTable[] {
  const [density, moisture] = peakRow(outputs);
  const count = outputs.points.length;
  return [
    {
      columns: [
        { head: '样品编号', width: 1.5 },
        { head: '土样种类' },
        { head: '击实类型' },
        { head: '最大干密度', unit: 'g/cm^{3}' },
        { head: '最优含水率', unit: '%' },
      ],
      joins: true,
      rows: [
        [
          '{sampleNo}',
          inputs.soilKind ?? '—',
          TYPE_NAME[inputs.compactionType],
          { text: density, strong: true },
          { text: moisture, strong: true },
        ],
      ],
    },
    {
      caption: '干密度与含水率关系曲线测点',
      columns: [{ head: '测点', width: 1.4 }, ...outputs.points.map((_, index) => ({ head: String(index + 1) }))],
      rows: [
        ['含水率（%）', ...outputs.points.map((point) => point.moisture_percent ?? '—')],
        ['湿密度（g/cm^{3}）', ...outputs.points.map((point) => point.wetDensity_g_cm3)],
        ['干密度（g/cm^{3}）', ...outputs.points.map((point) => point.dryDensity_g_cm3 ?? '—')],
      ],
      ...curvePicture(outputs),
      notes: [
        `共 ${count} 个测点；曲线拟合方法：${FITTING_NAME[outputs.curveFitting]}${outputs.oversize === null ? '' : '；结果已按大于 5 mm 颗粒含量校正'}。`,
      ],
    },
  ];
}
