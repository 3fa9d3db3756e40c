// The corrections of a record as a list that people read, and on request everything the audit chain tells of it.
import { useState } from 'react';
import type { HistoryEntry } from '../../shared/contract/audit.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import { entityName } from '../../shared/history/entities.ts';
import { columnName } from '../../shared/history/fields.ts';
import { readValue } from '../../shared/history/values.ts';
import { HistoryTable } from '../audit/HistoryTable.tsx';
import { useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { fieldName } from '../design/fieldNames.ts';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';

type Modification = TestRecord['modifications'][number];

/** Readings and properties are named by their method already; columns get the word of the trade. */
const label = ({ entity, field }: Modification): string => columnName(entity, field) ?? fieldName(field);
const said = (value: string): string => readValue('modification', 'newValue', value);

export function RecordHistory({ record }: { record: TestRecord }) {
  const client = useClient();
  const [entries, setEntries] = useState<HistoryEntry[] | null>(null);
  const read = useCommand(async () => {
    const answer = await client.call('audit.history', { entity: 'testRecord', key: record.recordNo });
    setEntries(answer.entries);
  });
  return (
    <section>
      <h4>
        修改记录
        <button
          type="button"
          className="jt-link"
          onClick={() => (entries === null ? void read.run() : setEntries(null))}
          disabled={read.busy}
          data-testid="record-history"
        >
          {entries === null ? '看全部经过' : '收起经过'}
        </button>
      </h4>
      {record.modifications.length === 0 ? (
        <p className="jt-soft">首次保存之后没有修改。</p>
      ) : (
        <table className="jt-table jt-modifications" data-testid="record-modifications">
          <thead>
            <tr>
              <th>编号</th>
              <th>时间</th>
              <th>人员</th>
              <th>对象</th>
              <th>内容</th>
              <th>原值 → 新值</th>
              <th>原因</th>
              <th>批准人</th>
            </tr>
          </thead>
          <tbody>
            {record.modifications.map((entry) => (
              <tr key={entry.logNo} data-key={entry.logNo}>
                <td>{entry.logNo}</td>
                <td>{showTime(entry.at, true)}</td>
                <td>{entry.operator}</td>
                <td>
                  {entityName(entry.entity)} {entry.entityNo}
                </td>
                <td>{label(entry)}</td>
                <td className="jt-wrap">
                  {entry.oldValue === '' ? said('') : <s>{said(entry.oldValue)}</s>} → <b>{said(entry.newValue)}</b>
                </td>
                <td className="jt-wrap">{entry.reason}</td>
                <td>{entry.approver ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ErrorBlock error={read.error} />
      {entries !== null && <HistoryTable entity="testRecord" entries={entries} />}
    </section>
  );
}
