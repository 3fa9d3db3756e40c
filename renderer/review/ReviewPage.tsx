// 校核: the records that wait for a checker, one after the other by keyboard, signed one by one or all that were agreed to
// with one password; and every record by search.
import { Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { RecordState } from '../../shared/entities/record.ts';
import { useClient } from '../client.ts';
import { DataGrid } from '../design/DataGrid.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { PasswordDialog } from '../design/PasswordDialog.tsx';
import { PdfView } from '../design/PdfView.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { SearchField } from '../design/SearchField.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';
import { usePagedSearch } from '../design/usePagedSearch.ts';
import { recordWords } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';
import { RecordSheet } from '../record/RecordSheet.tsx';
import { SignedFacts } from '../record/SignedFacts.tsx';
import { useRecord } from '../record/useRecord.ts';
import { usePermit, useUser } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { attentionOf, noAttention } from './batch/attention.ts';
import { BatchBar } from './batch/BatchBar.tsx';
import { BatchDialogs } from './batch/BatchDialogs.tsx';
import { useBatch } from './batch/useBatch.ts';
import { useReadOn } from './batch/useReadOn.ts';
import { recordBatchCalls, reviewColumns, type ReviewRow as Row } from './reviewRows.tsx';

type Part = 'tested' | 'checked' | 'all';
const usualReasons = ['信息与委托不符', '数据需复核', '环境记录有误', '曲线异常'];

export function ReviewPage() {
  const client = useClient();
  const user = useUser();
  const permitted = usePermit('record.check');
  const open = useUi((state) => state.open.review ?? null);
  const go = useUi((state) => state.go);
  const [part, setPart] = useState<Part>('tested');
  const [signing, setSigning] = useState(false);
  const [returning, setReturning] = useState(false);
  const [pdf, setPdf] = useState<string | null>(null);
  const searchField = useRef<HTMLInputElement>(null);

  const { rows: live, ready } = useLive('records');
  const waiting = useMemo<(Row & { seq: number })[]>(
    () =>
      live
        .filter((row) => row.state === part)
        .map((row) => {
          const { weight, words } = attentionOf(row);
          const own = row.testerId === user.personId ? ['本人检测'] : [];
          return { ...row, recordNo: row.id, attention: { weight, words: [...words, ...own] } };
        })
        // What needs the eye comes first, then what has waited longest.
        .sort(
          (a, b) =>
            b.attention.weight - a.attention.weight ||
            (a.testedAt ?? '').localeCompare(b.testedAt ?? '') ||
            a.id.localeCompare(b.id),
        ),
    [live, part, user.personId],
  );
  const search = usePagedSearch<Row>('records', async (text, cursor) => {
    const page = await client.call('records.search', { text, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    return { nextCursor: page.nextCursor, rows: page.rows.map((row) => ({ ...row, attention: noAttention })) };
  });
  const { record, error, reload } = useRecord(open);
  const mayCheck = permitted && record?.state === 'tested';
  const { sheet, onScroll, readOn } = useReadOn(record === null ? null : `${record.recordNo} ${record.digest}`);
  const batch = useBatch({
    entity: 'record',
    title: '批量校核',
    calls: useMemo(() => recordBatchCalls(client), [client]),
    permitted,
    waiting: useMemo(
      () => (part === 'tested' ? waiting.map(({ recordNo, seq }) => ({ key: recordNo, seq })) : []),
      [waiting, part],
    ),
    open: mayCheck && record !== null ? { key: record.recordNo, digest: record.digest } : null,
    readOn,
    onGo: (key) => go('review', key),
  });
  const rows =
    part === 'all'
      ? search.rows
      : part === 'tested'
        ? waiting.map((row) => ({ ...row, mark: batch.markOf(row.recordNo) }))
        : waiting;

  const step = (by: 1 | -1): void => {
    const index = rows.findIndex((row) => row.recordNo === open);
    const next = rows[index === -1 ? 0 : Math.max(0, Math.min(rows.length - 1, index + by))];
    if (next !== undefined) go('review', next.recordNo);
  };
  // The first one that waits lies open by itself.
  const first = waiting[0]?.recordNo;
  useEffect(() => {
    if (open === null && first !== undefined && part !== 'all') go('review', first);
  }, [open, first, part, go]);
  const preview = useCommand(async (recordNo: string) => {
    const file = await client.call('reports.recordPdf', { recordNo });
    setPdf(file.pdfBase64);
  });
  /** After a signature the next one that waits comes up. */
  const goOn = (signed: string): void => {
    const index = waiting.findIndex((row) => row.recordNo === signed);
    const next = waiting[index + 1] ?? waiting.find((row) => row.recordNo !== signed);
    if (next !== undefined && part === 'tested') go('review', next.recordNo);
    else reload();
  };
  useHotkeys('校核', [
    { keys: 'Alt+ArrowDown', name: '下一份', run: () => step(1) },
    { keys: 'Alt+ArrowUp', name: '上一份', run: () => step(-1) },
    { keys: 'F8', name: '校核签名', run: () => setSigning(true), disabled: !mayCheck },
    { keys: 'F9', name: '退回', run: () => setReturning(true), disabled: !mayCheck },
    {
      keys: 'F6',
      name: '原始记录 PDF',
      run: () => void (record !== null && preview.run(record.recordNo)),
      disabled: record === null,
    },
    {
      keys: 'F4',
      name: '在全部历史中查',
      run: () => {
        setPart('all');
        setTimeout(() => searchField.current?.focus());
      },
    },
  ]);
  const count = (state: RecordState): number => live.filter((row) => row.state === state).length;

  return (
    <section className="jt-pane" data-testid="place-review">
      <Tabs
        label="校核"
        current={part}
        onChange={setPart}
        tabs={[
          { id: 'tested', name: '待校核', count: count('tested') },
          { id: 'checked', name: '待批准', count: count('checked') },
          { id: 'all', name: '全部记录', keys: 'F4' },
        ]}
      />
      <div className="jt-split jt-split-narrow">
        <div className="jt-split-list">
          {part === 'all' && (
            <>
              <SearchField
                ref={searchField}
                search={search}
                placeholder="记录、样品、委托编号或工程"
                testId="record-search"
              />
              <ErrorBlock error={search.error} onRetry={search.retry} />
            </>
          )}
          <DataGrid
            label="原始记录"
            columns={reviewColumns}
            rows={rows}
            rowKey={(row) => row.recordNo}
            current={open}
            onCurrent={(recordNo) => go('review', recordNo)}
            onEndReached={part === 'all' ? search.more : undefined}
            empty={part === 'all' ? '没有找到。' : ready ? '没有记录在等。检测签名后会自动出现。' : '正在载入…'}
            rowHeight={72}
            rowTestId="record-row"
            hideHead
            onOpen={() => sheet.current?.focus()}
            autoFocus
          />
          {part === 'tested' && <BatchBar batch={batch} />}
        </div>
        {/* Enter in the list brings the focus here, so that the sheet scrolls with the arrow keys. */}
        <div className="jt-split-detail" ref={sheet} tabIndex={-1} onScroll={onScroll}>
          <ErrorBlock error={error ?? preview.error} />
          {record === null ? (
            <p className="jt-empty">{open === null ? '选一份记录。' : error === null ? '正在载入…' : ''}</p>
          ) : (
            <>
              <header className="jt-detail-head jt-detail-sticky">
                <h3>{record.recordNo}</h3>
                <StateTag state={recordWords[record.state]} />
                <span className="jt-soft">{showTime(record.runs.at(-1)?.endedAt)}</span>
                <span className="jt-spring" />
                <Button
                  onClick={() => void preview.run(record.recordNo)}
                  loading={preview.busy}
                  data-testid="review-pdf"
                >
                  原始记录 <kbd className="jt-key">F6</kbd>
                </Button>
                {part === 'tested' && permitted && (
                  <Button disabled={!batch.mayAgree} onClick={batch.agree} data-testid="batch-agree">
                    已阅同意 <kbd className="jt-key">F7</kbd>
                  </Button>
                )}
                <Button danger disabled={!mayCheck} onClick={() => setReturning(true)} data-testid="review-return">
                  退回 <kbd className="jt-key">F9</kbd>
                </Button>
                <Button type="primary" disabled={!mayCheck} onClick={() => setSigning(true)} data-testid="review-sign">
                  校核签名 <kbd className="jt-key">F8</kbd>
                </Button>
              </header>
              <RecordSheet record={record} />
            </>
          )}
        </div>
      </div>
      <BatchDialogs
        batch={batch}
        meaning="校核"
        thing="原始记录"
        sentence="本人逐份核对了委托信息、原始数据、计算和结论，没有异议。"
        describe={(key) => {
          const row = live.find(({ id }) => id === key);
          return {
            name: key,
            text: row === undefined ? '' : [row.sampleNo, row.grade, row.headline].filter(Boolean).join(' · '),
            marks: row === undefined ? [] : attentionOf(row).words,
          };
        }}
        onOpen={(key) => go('review', key)}
      />
      {signing && record !== null && (
        <PasswordDialog
          title="校核签名"
          meaning="本人核对了以下记录的委托信息、原始数据、计算和结论，没有异议。"
          digest={record.digest}
          confirmText="签名"
          onClose={() => setSigning(false)}
          onSign={async (password) => {
            await client.call('records.signCheck', { recordNo: record.recordNo, digest: record.digest, password });
            setSigning(false);
            goOn(record.recordNo);
          }}
        >
          <SignedFacts record={record} />
        </PasswordDialog>
      )}
      {returning && record !== null && (
        <ReasonDialog
          title={`退回 ${record.recordNo}`}
          usual={usualReasons}
          confirmText="退回检测员"
          danger
          onClose={() => setReturning(false)}
          onConfirm={async (reason) => {
            await client.call('records.return', { recordNo: record.recordNo, reason });
            setReturning(false);
            goOn(record.recordNo);
          }}
        >
          <p>退回后检测员的签名失效，改正后重新签名；数据和曲线保留。</p>
        </ReasonDialog>
      )}
      {pdf !== null && record !== null && (
        <Dialog title={`原始记录 ${record.recordNo}`} onClose={() => setPdf(null)} width={1000}>
          <div className="jt-pdf-dialog">
            <PdfView
              title={`原始记录 ${record.recordNo}`}
              bytesBase64={pdf}
              fileName={`原始记录-${record.recordNo}.pdf`}
            />
          </div>
        </Dialog>
      )}
    </section>
  );
}
