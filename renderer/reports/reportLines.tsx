// A line of the list of reports, which signature is next, and the calls of a batch of approvals.
import type { SignatureMeaning } from '../../shared/entities/record.ts';
import type { WindowClient } from '../client.ts';
import type { Column } from '../design/DataGrid.tsx';
import { StateTag } from '../design/StateTag.tsx';
import type { Attention } from '../review/batch/attention.ts';
import { markWords } from '../review/batch/BatchBar.tsx';
import type { BatchCalls, Mark } from '../review/batch/useBatch.ts';
import { wordOfReport } from './afterIssue/words.ts';
import type { LiveReport, ReportRow } from './reportRow.ts';

export type Line = ReportRow & { live: LiveReport | null; attention?: Attention; mark?: Mark | null };

export const columns: readonly Column<Line>[] = [
  {
    key: 'row',
    title: '报告',
    width: '1fr',
    render: (row) => (
      <div className="jt-task">
        <b>
          {row.reportNo}
          {row.revision > 1 && ` 第 ${row.revision} 版`}
        </b>
        <StateTag state={wordOfReport(row, row.live)} />
        <span className="jt-task-part jt-task-whole">
          {row.live?.originalOpen === true && <b className="jt-tone-warn">▲ 原件待收回 · </b>}
          {row.code ?? '未赋码'} · {row.projectName}
        </span>
        {row.attention !== undefined && (
          <span className="jt-task-part jt-task-whole" title={row.attention.words.join('、')}>
            {row.mark ? <StateTag state={markWords[row.mark]} /> : null}{' '}
            {row.attention.words.length > 0 && <span className="jt-tone-warn">▲ {row.attention.words.join('、')}</span>}
          </span>
        )}
      </div>
    ),
  },
];

/** The first revision is approved upon its records' signatures; a later one is signed by all three. */
export function nextSignature(
  row: ReportRow | null,
  signatures: readonly { meaning: SignatureMeaning; valid: boolean }[],
): SignatureMeaning {
  if (row === null || row.revision === 1) return 'approve';
  return (
    (['test', 'check'] as const).find((meaning) => !signatures.some((one) => one.meaning === meaning && one.valid)) ??
    'approve'
  );
}

/** `SY2026-000001#2`, as the core names a revision. */
const named = (key: string): { reportNo: string; revision: number } => {
  const [reportNo = '', revision] = key.split('#');
  return { reportNo, revision: Number(revision) };
};

export const reportBatchCalls = (client: WindowClient): BatchCalls => ({
  agreed: async () => (await client.call('reports.agreed', {})).rows,
  agree: (key, digest) => client.call('reports.agree', { ...named(key), digest }),
  takeBack: (key) => client.call('reports.takeBack', named(key)),
  sign: async (items, password) =>
    (
      await client.call('reports.approveAgreed', {
        items: items.map(({ key, digest }) => ({ ...named(key), digest })),
        password,
      })
    ).rows,
});
