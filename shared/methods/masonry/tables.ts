// Bricks and blocks on paper: every size and load in the original record; in the report one line per figure of the group,
// with what the grade asks of it.
import type { ParameterResult } from '../method.ts';
import type { PaperTable } from '../table.ts';
import type { Face } from './face.ts';
import { verdictWord } from './words.ts';

export const NONE = '—';

interface Readings {
  length_mm: readonly (readonly string[])[];
  width_mm: readonly (readonly string[])[];
  loads_kN: readonly string[];
}

export function recordTable(
  inputs: Readings,
  outputs: { faces: readonly Face[]; single_MPa: readonly string[] },
): PaperTable {
  return {
    columns: [
      { head: '试样', width: 0.6 },
      { head: '长度 L_{1}、L_{2}', unit: 'mm', width: 1.2 },
      { head: '宽度 B_{1}、B_{2}', unit: 'mm', width: 1.2 },
      { head: '平均 L×B', unit: 'mm', width: 1.1 },
      { head: '受压面积 A', unit: 'mm^{2}' },
      { head: '破坏荷载 F', unit: 'kN' },
      { head: '抗压强度 f', unit: 'MPa' },
    ],
    rows: outputs.faces.map(({ length_mm, width_mm, area_mm2 }, index) => [
      String(index + 1),
      inputs.length_mm[index]?.join('、') ?? NONE,
      inputs.width_mm[index]?.join('、') ?? NONE,
      `${length_mm}×${width_mm}`,
      area_mm2,
      inputs.loads_kN[index] ?? NONE,
      outputs.single_MPa[index] ?? NONE,
    ]),
  };
}

export interface ReportLine extends Pick<ParameterResult, 'verdict' | 'requirement'> {
  name: string;
  value: string;
}

export function reportTable(designGrade: string | undefined, lines: readonly ReportLine[]): PaperTable {
  const all = { down: lines.length };
  return {
    joins: true,
    columns: [
      { head: '样品编号', width: 1.4 },
      { head: '强度等级', width: 0.8 },
      { head: '抗压强度', width: 1.1 },
      { head: '技术要求' },
      { head: '检测结果', unit: 'MPa' },
      { head: '单项判定' },
    ],
    rows: lines.map((line, index) => {
      const own = [line.name, line.requirement ?? NONE, { text: line.value, strong: true as const }, verdictWord(line)];
      if (index > 0) return own;
      return [{ text: '{sampleNo}', ...all }, { text: designGrade ?? NONE, ...all }, ...own];
    }),
  };
}
