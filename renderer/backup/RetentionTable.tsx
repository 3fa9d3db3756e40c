// 保存期限: what must be kept how long, by item, and what might be archived elsewhere. Nothing is deleted by the program.
import { useQuery } from '@tanstack/react-query';
import { toErrorInfo, useClient } from '../client.ts';
import { ErrorBlock } from '../design/ErrorBlock.tsx';

export function RetentionTable() {
  const client = useClient();
  const query = useQuery({ queryKey: ['retention'], queryFn: () => client.call('retention.list', {}) });
  const rows = query.data?.rows ?? [];
  return (
    <>
      <ErrorBlock error={query.error === null ? null : toErrorInfo(query.error)} onRetry={() => void query.refetch()} />
      <p className="jt-soft">
        检测资料至少保存 6 年，涉及结构安全的保存 20
        年（征求意见稿的要求，先按此执行）。到期只表示可以另行归档：程序从不删除记录，卸载也不删除数据。
      </p>
      {rows.length === 0 && query.data !== undefined && <p className="jt-empty">还没有原始记录。</p>}
      {rows.length > 0 && (
        <table className="jt-table" data-testid="retention">
          <thead>
            <tr>
              <th>检测项目</th>
              <th>期限</th>
              <th className="jt-right">记录</th>
              <th>最早</th>
              <th>最近</th>
              <th>最早一份可归档</th>
              <th className="jt-right">今天可归档</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.itemCode} data-testid="retention-row" data-key={row.itemCode}>
                <td>{row.itemName}</td>
                <td>
                  {row.years} 年{row.structural ? '（涉及结构安全）' : ''}
                </td>
                <td className="jt-right">{row.records}</td>
                <td>{row.oldest ?? '—'}</td>
                <td>{row.newest ?? '—'}</td>
                <td>{row.archivableFrom ?? '—'}</td>
                <td className="jt-right">{row.archivable}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
