// One table of limits as the printed standard lays it out, with the way results are compared under it.
import type { LimitTable, TestMethod } from '../../shared/methods/index.ts';
import { Formula } from '../record/Formula.tsx';
import { compareWords, limitGrid, limitWords, type LimitColumn } from './limitGrid.ts';

/** Neighbouring columns of one property share its name above them. */
function headings(columns: readonly LimitColumn[]): { parameter: string; across: number }[] {
  const heads: { parameter: string; across: number }[] = [];
  for (const { parameter } of columns) {
    const last = heads.at(-1);
    if (last?.parameter === parameter) last.across += 1;
    else heads.push({ parameter, across: 1 });
  }
  return heads;
}

export function LimitTableView({ table, method }: { table: LimitTable; method: TestMethod }) {
  const { columns, lines } = limitGrid(table, method);
  const parted = columns.some(({ part }) => part !== '');
  const title = table.title.replace(`${table.standard} `, '');
  const clause = table.clause === title ? '' : ` ${table.clause}`;
  return (
    <figure className="jt-limit-table" data-testid="limit-table">
      <figcaption>
        <b>{title}</b>
        <span className="jt-soft">
          {table.standard}
          {clause} · {table.rows.length} 个限值
        </span>
      </figcaption>
      <table className="jt-table">
        <thead>
          <tr>
            <th rowSpan={parted ? 2 : 1}>适用于</th>
            {headings(columns).map(({ parameter, across }) => (
              <th key={parameter} colSpan={across}>
                <Formula text={parameter === '' ? '要求' : parameter} />
              </th>
            ))}
          </tr>
          {parted && (
            <tr>
              {columns.map(({ key, part }) => (
                <th key={key}>{part}</th>
              ))}
            </tr>
          )}
        </thead>
        <tbody>
          {lines.map(({ appliesTo, cells }) => (
            <tr key={appliesTo}>
              <th scope="row">{appliesTo}</th>
              {cells.map((cell, index) => (
                <td key={columns[index]!.key} className="jt-figure">
                  {cell === null ? <span className="jt-soft">—</span> : <Formula text={limitWords(cell)} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="jt-soft">{compareWords(table, method)}</p>
    </figure>
  );
}
