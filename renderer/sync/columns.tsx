// The lists of the ledger: entries; commissions and reports with their counts; what was set aside of the platform's words.
import type { LedgerGroup, LedgerRow, SetAsideRow } from '../../shared/sync/calls.ts';
import { kindName } from '../../shared/sync/words.ts';
import type { Column } from '../design/DataGrid.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { platformStateWords, reportWords, wordOf } from '../design/words.ts';
import { shortKey, standingWord } from './words.ts';

export const entryColumns: readonly Column<LedgerRow>[] = [
  { key: 'kind', title: '内容', width: '84px', render: (row) => kindName(row.kind) },
  {
    key: 'key',
    title: '编号',
    width: 'minmax(104px, 1fr)',
    render: (row) => (
      <span title={row.key}>
        {shortKey(row.key)}
        {row.revision > 1 && <span className="jt-soft"> 第 {row.revision} 版</span>}
      </span>
    ),
  },
  { key: 'state', title: '状态', width: '118px', render: (row) => <StateTag state={standingWord(row.standing)} /> },
  {
    key: 'why',
    title: '说明',
    width: 'minmax(80px, 2fr)',
    render: (row) => <span title={row.why}>{row.why || '—'}</span>,
  },
  {
    key: 'next',
    title: '接收/下次',
    width: '92px',
    render: (row) => showTime(row.acceptedAt ?? row.nextTryAt).slice(5) || '—',
  },
];

function Counts({ counts }: { counts: LedgerGroup['counts'] }) {
  const parts: readonly (readonly [name: string, n: number, tone?: string])[] = [
    ['✕ 退回', counts.rejected, 'jt-tone-bad'],
    ['✕ 程序搁置', counts.parked, 'jt-tone-bad'],
    ['■ 冻结', counts.frozen, 'jt-tone-warn'],
    ['▲ 人工搁置', counts.aside, 'jt-tone-warn'],
    ['○ 等待', counts.waiting],
    ['— 办结', counts.closed, 'jt-soft'],
    ['✓ 已接收', counts.accepted, 'jt-soft'],
  ];
  const there = parts.filter(([, n]) => n > 0);
  return (
    <span className="jt-sync-counts">
      {there.map(([name, n, tone]) => (
        <span key={name} className={tone}>
          {name} {n}
        </span>
      ))}
    </span>
  );
}

const frozen = (group: LedgerGroup): string | undefined => group.frozenReason ?? undefined;

export const commissionColumns: readonly Column<LedgerGroup>[] = [
  { key: 'key', title: '委托', width: '128px', render: (group) => <b>{group.key || '—'}</b> },
  {
    key: 'title',
    title: '工程',
    width: 'minmax(120px, 1fr)',
    render: (group) => <span title={group.title}>{group.title}</span>,
  },
  {
    key: 'platform',
    title: '平台',
    width: '112px',
    render: (group) => (
      <StateTag state={wordOf(platformStateWords, group.frozenAs ?? 'active')} title={frozen(group)} />
    ),
  },
  {
    key: 'counts',
    title: '条目',
    width: 'minmax(200px, 2fr)',
    render: (group) => <Counts counts={group.counts} />,
  },
];

/** The code, or what the platform says is missing for it. */
function Code({ group }: { group: LedgerGroup }) {
  if (group.code !== null) return group.code;
  return <span title={group.waitingFor ?? undefined}>{group.waitingFor ?? '未赋码'}</span>;
}

export const reportColumns: readonly Column<LedgerGroup>[] = [
  { key: 'key', title: '报告', width: '136px', render: (group) => <b>{group.key}</b> },
  {
    key: 'state',
    title: '状态',
    width: '142px',
    render: (group) => <StateTag state={wordOf(reportWords, group.reportState ?? '')} />,
  },
  { key: 'code', title: '标识码', width: 'minmax(110px, 1fr)', render: (group) => <Code group={group} /> },
  {
    key: 'counts',
    title: '条目',
    width: 'minmax(150px, 1.5fr)',
    render: (group) => <Counts counts={group.counts} />,
  },
];

const asideWords: Record<string, string> = { receipt: '回执', code: '标识码', 'report-state': '报告状态' };

export const setAsideColumns: readonly Column<SetAsideRow>[] = [
  { key: 'at', title: '收到', width: '112px', render: (row) => showTime(row.at, true).slice(5) },
  { key: 'kind', title: '内容', width: '80px', render: (row) => asideWords[row.kind] ?? row.kind },
  {
    key: 'subject',
    title: '编号',
    width: 'minmax(120px, 1fr)',
    render: (row) => <span title={row.subject}>{shortKey(row.subject)}</span>,
  },
  {
    key: 'reason',
    title: '没有采用的原因',
    width: 'minmax(160px, 2fr)',
    render: (row) => <span title={row.reason}>{row.reason}</span>,
  },
];
