// Commissions: the recent ones, which change by themselves, and the whole history by search.
import { useEffect, useMemo, useState } from 'react';
import type { Commission } from '../../shared/entities/commission.ts';
import { useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts } from '../design/Facts.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { SearchField } from '../design/SearchField.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { usePagedSearch } from '../design/usePagedSearch.ts';
import { platformStateWords, wordOf } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';

interface Row {
  commissionNo: string;
  projectName: string;
  clientUnit: string;
  receivedAt: string;
  sampleCount: number;
  platformState: string;
}

const columns: readonly Column<Row>[] = [
  { key: 'no', title: '委托编号', width: '132px', render: (row) => <b>{row.commissionNo}</b> },
  { key: 'project', title: '工程', width: 'minmax(110px, 2fr)', render: (row) => row.projectName },
  { key: 'client', title: '委托单位', width: 'minmax(90px, 1fr)', render: (row) => row.clientUnit },
  { key: 'at', title: '收样时间', width: '130px', render: (row) => showTime(row.receivedAt) },
  { key: 'count', title: '样品', width: '40px', render: (row) => row.sampleCount, align: 'right' },
  {
    key: 'state',
    title: '平台状态',
    width: '86px',
    render: (row) => <StateTag state={wordOf(platformStateWords, row.platformState)} />,
  },
];

export interface CommissionListsProps {
  open: string | null;
  onOpen: (commissionNo: string) => void;
  onLabels: (commission: Commission) => void;
}

export function CommissionLists({ open, onOpen, onLabels }: CommissionListsProps) {
  const client = useClient();
  const { rows: live } = useLive('commissions');
  const recent = useMemo<Row[]>(
    () =>
      live
        .map(({ id, ...row }) => ({ commissionNo: id, ...row }))
        .sort((a, b) => b.receivedAt.localeCompare(a.receivedAt) || b.commissionNo.localeCompare(a.commissionNo)),
    [live],
  );
  const search = usePagedSearch<Row>('commissions', (text, cursor) =>
    client.call('commissions.search', { text, limit: 100, ...(cursor === undefined ? {} : { cursor }) }),
  );
  const searching = search.text.trim() !== '';
  return (
    <div className="jt-split">
      <div className="jt-split-list">
        <SearchField
          search={search}
          placeholder="在全部历史中查：委托编号、工程、单位、样品编号"
          testId="commission-search"
        />
        <ErrorBlock error={search.error} onRetry={search.retry} />
        <DataGrid
          label={searching ? '查询结果' : '近期委托'}
          columns={columns}
          rows={searching ? search.rows : recent}
          rowKey={(row) => row.commissionNo}
          current={open}
          onCurrent={onOpen}
          onEndReached={searching ? search.more : undefined}
          empty={searching ? '没有找到。请换几个字再查。' : '近期没有委托。'}
          rowTestId="commission-row"
        />
      </div>
      <CommissionDetail commissionNo={open} onLabels={onLabels} />
    </div>
  );
}

function CommissionDetail({
  commissionNo,
  onLabels,
}: {
  commissionNo: string | null;
  onLabels: (commission: Commission) => void;
}) {
  const client = useClient();
  const [commission, setCommission] = useState<Commission | null>(null);
  const load = useCommand(async (no: string) =>
    setCommission(await client.call('commissions.get', { commissionNo: no })),
  );
  useEffect(() => {
    if (commissionNo !== null) void load.run(commissionNo);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the number decides
  }, [commissionNo]);
  const shown = commission !== null && commission.commissionNo === commissionNo ? commission : null;
  const labels = (): void => {
    if (shown !== null) onLabels(shown);
  };
  useHotkeys('收样 · 近期与查询', [{ keys: 'F9', name: '样品标签', run: labels, disabled: shown === null }]);
  if (commissionNo === null) return <div className="jt-split-detail jt-empty">选一份委托，这里显示内容与样品。</div>;
  if (shown === null)
    return (
      <div className="jt-split-detail">
        {load.error === null ? <p className="jt-soft">正在载入…</p> : <ErrorBlock error={load.error} />}
      </div>
    );
  return (
    <div className="jt-split-detail" data-testid="commission-detail">
      <header className="jt-detail-head">
        <h3>{shown.commissionNo}</h3>
        <StateTag state={wordOf(platformStateWords, shown.platformState)} />
        <button type="button" className="jt-link" onClick={labels}>
          样品标签 <kbd className="jt-key">F9</kbd>
        </button>
      </header>
      {shown.platformReason !== null && <p className="jt-tone-bad">平台说明：{shown.platformReason}</p>}
      <Facts
        columns={2}
        facts={[
          ['工程', shown.projectName, 'wide'],
          ['委托单位', shown.clientUnit],
          ['施工单位', shown.contractorUnit],
          ['见证单位', shown.witnessUnit],
          ['见证人', `${shown.witnessName}（${shown.witnessCertNo}）`],
          ['取样人', shown.samplerName],
          ['合同', shown.contractNo ?? ''],
          ['收样', `${showTime(shown.receivedAt)} ${shown.receiverName}`],
          ['检测类别', shown.testCategory],
        ]}
      />
      <table className="jt-table jt-table-tight">
        <thead>
          <tr>
            <th>样品编号</th>
            <th>工程部位</th>
            <th>等级</th>
            <th>规格</th>
            <th>成型</th>
            <th>龄期</th>
          </tr>
        </thead>
        <tbody>
          {shown.samples.map((sample) => (
            <tr key={sample.sampleNo}>
              <td>
                {sample.sampleNo}
                {sample.blindNo !== undefined && <div className="jt-soft">盲样 {sample.blindNo}</div>}
              </td>
              <td className="jt-wrap">{sample.structurePart}</td>
              <td>{sample.grade}</td>
              <td>{sample.spec}</td>
              <td>{sample.madeOn ?? '—'}</td>
              <td>{sample.requiredAgeDays === undefined ? '—' : `${sample.requiredAgeDays} d`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
