// Readings that bricks and blocks share; bounds differ with the product.
import { decimal } from '../field.ts';

interface Bounds {
  clause: string;
  min: string;
  max: string;
}

const edge = <const N extends string>(name: N, label: string, symbol: string, { clause, min, max }: Bounds) =>
  decimal({
    name,
    label,
    symbol,
    at: 'bench',
    set: 'specimen',
    values: 2,
    unit: 'mm',
    resolution: '1',
    instrument: '钢直尺或砖用卡尺',
    min,
    max,
    maxReason: `超过试样可能的尺寸 ${max} mm`,
    clause,
    hint: '量两次，读至 1 mm',
  });

export const lengths = (bounds: Bounds) => edge('length_mm', '受压面长度', 'L', bounds);
export const widths = (bounds: Bounds) => edge('width_mm', '受压面宽度', 'B', bounds);

export const loads = (clause: string, max: string) =>
  decimal({
    name: 'loads_kN',
    label: '破坏荷载',
    symbol: 'F',
    at: 'bench',
    set: 'specimen',
    source: 'peak',
    unit: 'kN',
    resolution: '0.1',
    instrument: '压力试验机',
    max,
    maxReason: `超过试样可能的破坏荷载 ${max} kN`,
    clause,
  });
