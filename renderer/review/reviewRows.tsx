// A line of the checker's list, and the calls of a batch of records.
import type { WindowClient } from '../client.ts';
import type { Column } from '../design/DataGrid.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { recordWords, wordOf } from '../design/words.ts';
import type { Attention } from './batch/attention.ts';
import { markWords } from './batch/BatchBar.tsx';
import type { BatchCalls, Mark } from './batch/useBatch.ts';

export interface ReviewRow {
  recordNo: string;
  sampleNo: string;
  projectName: string;
  grade: string;
  state: string;
  headline: string | null;
  testedAt: string | null;
  /** What deserves a look first; only known for rows of the working set. */
  attention: Attention;
  mark?: Mark | null;
}

export const reviewColumns: readonly Column<ReviewRow>[] = [
  {
    key: 'row',
    title: '记录',
    width: '1fr',
    render: (row) => (
      <div className="jt-task">
        <b>{row.recordNo}</b>
        <span className="jt-figure">{[row.grade, row.headline ?? '—'].filter(Boolean).join(' · ')}</span>
        <span className="jt-task-part jt-task-whole">
          {row.sampleNo} · {row.projectName}
        </span>
        <span className="jt-task-part jt-task-whole" title={row.attention.words.join('、')}>
          {row.mark ? <StateTag state={markWords[row.mark]} /> : null}{' '}
          {row.attention.words.length > 0 ? (
            <span className="jt-tone-warn">▲ {row.attention.words.join('、')}</span>
          ) : (
            !row.mark && <StateTag state={wordOf(recordWords, row.state)} />
          )}
        </span>
      </div>
    ),
  },
];

export const recordBatchCalls = (client: WindowClient): BatchCalls => ({
  agreed: async () => (await client.call('records.agreed', {})).rows,
  agree: (recordNo, digest) => client.call('records.agree', { recordNo, digest }),
  takeBack: (recordNo) => client.call('records.takeBack', { recordNo }),
  sign: async (items, password) =>
    (
      await client.call('records.signAgreed', {
        items: items.map(({ key, digest }) => ({ recordNo: key, digest })),
        password,
      })
    ).rows,
});
