// A result table of a method as the papers draw it: spans, units, lowered and raised letters.
import type { RecordResult } from '../../shared/entities/record.ts';
import { Formula } from './Formula.tsx';
import { PlotView } from './PlotView.tsx';
import type { PaperTable } from '../../shared/methods/index.ts';

type Table = RecordResult['record'][number] | PaperTable;

export function PaperTableView({ table }: { table: Table }) {
  return (
    <figure className="jt-paper-table">
      {table.caption !== undefined && <figcaption>{table.caption}</figcaption>}
      <table className="jt-table">
        <thead>
          <tr>
            {table.columns.map(({ head, unit }) => (
              <th key={`${head}${unit ?? ''}`}>
                <Formula text={head} />
                {unit !== undefined && unit !== '' && (
                  <span className="jt-soft">
                    {' '}
                    <Formula text={unit} />
                  </span>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, row) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows of a finished table do not move
            <tr key={row}>
              {cells.map((cell, index) => {
                const { text, across, down, strong, left } =
                  typeof cell === 'string' ? ({ text: cell } as Exclude<typeof cell, string>) : cell;
                return (
                  <td
                    // oxlint-disable-next-line react/no-array-index-key -- as above
                    key={index}
                    colSpan={across}
                    rowSpan={down}
                    className={left === true ? undefined : 'jt-center'}
                  >
                    {strong === true ? (
                      <b>
                        <Formula text={text} />
                      </b>
                    ) : (
                      <Formula text={text} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {table.plot !== undefined && <PlotView plot={table.plot} />}
      {table.notes?.map((note) => (
        <p key={note} className="jt-soft">
          <Formula text={note} />
        </p>
      ))}
    </figure>
  );
}
