// The draft data of JGJ/T 23-2011 as tables, for the person who compares them with the printed standard. Made of the very
// figures that are computed with.
import type { PaperTable } from '../../table.ts';
import { CURVES } from './data.ts';
import { angle as ANGLE, face as FACE } from './fields.ts';
import { ANGLE_TABLE, FACE_TABLE } from './tables.ts';
import type { CorrectionTable } from './tables.ts';

/** Columns in the order of the form, which is that of the print; an object would put its numeric names first. */
function correctionTable(table: CorrectionTable, options: readonly { value: string; label: string }[]): PaperTable {
  const columns = options.flatMap(({ value, label }) => {
    const figures = table.columns[value];
    return figures === undefined ? [] : [{ label, figures }];
  });
  return {
    caption: `${table.clause} ${table.name}`,
    columns: [{ head: '测区平均回弹值 R_{m}' }, ...columns.map(({ label }) => ({ head: label }))],
    rows: (columns[0]?.figures ?? []).map((_, row) => [
      String(table.firstRow + row),
      ...columns.map(({ figures }) => figures[row] ?? ''),
    ]),
  };
}

const curveTable: PaperTable = {
  caption: '测强曲线 f = a × R_{m}^{b} × 10^{c × d_{m}} 的常数',
  columns: [{ head: '曲线' }, { head: 'a' }, { head: 'b' }, { head: 'c' }, { head: '适用范围', unit: 'MPa' }],
  rows: CURVES.map(({ label, clause, factor, exponent, carbonation, min_MPa, max_MPa }) => [
    `${label}（${clause}）`,
    factor,
    exponent,
    carbonation,
    `${min_MPa}～${max_MPa}`,
  ]),
};

export const REFERENCES: readonly PaperTable[] = [
  correctionTable(ANGLE_TABLE, ANGLE.options),
  correctionTable(FACE_TABLE, FACE.options),
  curveTable,
];
