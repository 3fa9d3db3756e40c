// The list of reports beside the one that is open: preview of the very file that will be printed, signatures, printing in
// batches. Without the platform's code a copy carries the watermark, and the program says so before it makes one; what was
// replaced, is void or lost its code is not printed at all.
import { App, Button } from 'antd';
import { useEffect, useMemo, useState, type RefObject } from 'react';
import { useQuery } from '@tanstack/react-query';
import { signatureMeaningNames } from '../../shared/entities/record.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { useHotkeys } from '../design/hotkeys.ts';
import { PdfView } from '../design/PdfView.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { SearchField } from '../design/SearchField.tsx';
import { useCommand } from '../design/useCommand.ts';
import { usePagedSearch } from '../design/usePagedSearch.ts';
import { useLive } from '../live/useLive.tsx';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { attentionOfAll } from '../review/batch/attention.ts';
import { BatchBar } from '../review/batch/BatchBar.tsx';
import { BatchDialogs } from '../review/batch/BatchDialogs.tsx';
import { useBatch } from '../review/batch/useBatch.ts';
import { AfterIssue } from './afterIssue/AfterIssue.tsx';
import { deliver, type Purpose } from './deliver.ts';
import { ReportDetail } from './ReportDetail.tsx';
import { RelatedReports } from './retests/RelatedReports.tsx';
import { columns, nextSignature, reportBatchCalls, type Line } from './reportLines.tsx';
import { keyOfReport as keyOf, type ReportRow } from './reportRow.ts';
import { SignDialog } from './SignDialog.tsx';
import { UncodedDialog } from './UncodedDialog.tsx';

export type ListPart = 'draft' | 'recent' | 'all';
export interface ReportListProps {
  part: ListPart;
  searchField: RefObject<HTMLInputElement | null>;
}

export function ReportList({ part, searchField }: ReportListProps) {
  const client = useClient();
  const { message } = App.useApp();
  const mayApprove = usePermit('report.approve');
  const mayTest = usePermit('record.test');
  const mayCheck = usePermit('record.check');
  const mayPrint = usePermit('report.print');
  const opened = useUi((state) => state.open.reports ?? null);
  const go = useUi((state) => state.go);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [signing, setSigning] = useState(false);
  const [returning, setReturning] = useState(false);
  const [uncoded, setUncoded] = useState<{ purpose: Purpose; rows: ReportRow[] } | null>(null);

  const { rows: live, ready } = useLive('reports');
  const { rows: records } = useLive('records');
  const recent = useMemo<Line[]>(() => {
    const recordOf = new Map(records.map((record) => [record.id, record]));
    const lines = live
      .filter((row) => part !== 'draft' || row.state === 'draft')
      .map((row): Line => {
        const line = { ...row, key: keyOf(row), live: row };
        if (part !== 'draft') return line;
        const found = attentionOfAll(row.recordNos.flatMap((recordNo) => recordOf.get(recordNo) ?? []));
        return { ...line, attention: found };
      });
    // What needs the eye comes first where a signature waits.
    return lines.sort(
      (a, b) =>
        (b.attention?.weight ?? 0) - (a.attention?.weight ?? 0) ||
        b.reportNo.localeCompare(a.reportNo) ||
        b.revision - a.revision,
    );
  }, [live, records, part]);
  const search = usePagedSearch<Line>('reports', async (text, cursor) => {
    const page = await client.call('reports.search', { text, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    return { nextCursor: page.nextCursor, rows: page.rows.map((row) => ({ ...row, key: keyOf(row), live: null })) };
  });
  const found = part === 'all' ? search.rows : recent;
  // A scan names a report by its number alone; a row by number and revision.
  const liveReport = live.find((row) => keyOf(row) === opened) ?? live.find((row) => row.reportNo === opened) ?? null;
  const row =
    found.find(({ key }) => key === opened) ??
    (liveReport === null ? null : { ...liveReport, key: keyOf(liveReport), live: liveReport });
  const current = row?.key ?? null;

  const preview = useQuery({
    queryKey: ['reports.preview', row?.reportNo, row?.revision, liveReport?.seq],
    queryFn: () => client.call('reports.preview', { reportNo: row?.reportNo ?? '', revision: row?.revision ?? 1 }),
    enabled: row !== null,
    gcTime: 60_000,
  });
  const shown = preview.data ?? null;
  const draft = liveReport?.state === 'draft';
  const next = nextSignature(row, shown?.signatures ?? []);
  const maySign = draft && shown !== null && { test: mayTest, check: mayCheck, approve: mayApprove }[next];
  const batch = useBatch({
    entity: 'report',
    title: '批量批准',
    calls: useMemo(() => reportBatchCalls(client), [client]),
    permitted: mayApprove,
    waiting: useMemo(
      () => (part === 'draft' ? recent.map(({ key, live: one }) => ({ key, seq: one?.seq ?? 0 })) : []),
      [recent, part],
    ),
    open:
      row !== null && draft && next === 'approve' && shown !== null && shown.pdfBase64 !== ''
        ? { key: row.key, digest: shown.digest }
        : null,
    // The paper scrolls in a viewer of the browser's own, of which a page is told nothing.
    readOn: () => true,
    onGo: (key) => go('reports', key),
  });
  const rows = part === 'draft' ? recent.map((line) => ({ ...line, mark: batch.markOf(line.key) })) : found;
  const stamp = live
    .filter(({ reportNo }) => reportNo === row?.reportNo)
    .map(({ seq }) => seq)
    .join();

  const output = useCommand(async (purpose: Purpose, chosen: readonly ReportRow[]) => {
    const answer = await client.call('reports.print', {
      reports: chosen.map(({ reportNo, revision }) => ({ reportNo, revision })),
      purpose,
    });
    await deliver(purpose, answer.files, (text) => void message.info(text));
    setMarked(new Set());
  });
  const chosenRows = (): Line[] => {
    const many = rows.filter(({ key }) => marked.has(key));
    return many.length > 0 ? many : row === null ? [] : [row];
  };
  const send = (purpose: Purpose): void => {
    const all = chosenRows();
    const chosen = all.filter(({ state }) => state !== 'draft');
    if (chosen.length < all.length) {
      const drafts = all.length - chosen.length;
      void message.warning(
        `${drafts} 份报告还没有批准，没有效力，${chosen.length > 0 ? '不在其中。' : '不能打印或存出。请先完成批准。'}`,
      );
    }
    if (chosen.length === 0) return;
    // Said by the core as well; here before a dialog asks about the code.
    const stopped = chosen.find((one) => one.live?.stopped);
    if (stopped?.live?.stopped) {
      void message.error(
        `${stopped.reportNo} 第 ${stopped.revision} 版${stopped.live.stopped}，不能打印；请从选择中去掉。`,
      );
      return;
    }
    if (chosen.some(({ code }) => code === null)) setUncoded({ purpose, rows: chosen });
    else void output.run(purpose, chosen);
  };
  const mark = (key: string): void =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  const first = recent[0]?.key;
  useEffect(() => {
    if (opened === null && first !== undefined && part !== 'all') go('reports', first);
  }, [opened, first, part, go]);
  const canPrint = mayPrint && (marked.size > 0 || row !== null);
  useHotkeys('报告', [
    { keys: 'F8', name: `${signatureMeaningNames[next]}签名`, run: () => setSigning(true), disabled: !maySign },
    {
      keys: 'F9',
      name: '退回',
      run: () => setReturning(true),
      disabled: !mayApprove || !draft || (row?.revision ?? 1) > 1,
    },
    { keys: 'Ctrl+P', name: '打印', run: () => send('print'), disabled: !canPrint },
    { keys: 'Ctrl+S', name: '存到本机', run: () => send('save'), disabled: !canPrint },
  ]);
  const number = marked.size > 1 ? `（${marked.size} 份）` : '';

  return (
    <>
      <div className="jt-split jt-split-narrow">
        <div className="jt-split-list">
          {part === 'all' && (
            <>
              <SearchField
                ref={searchField}
                search={search}
                placeholder="报告、委托编号、标识码或工程"
                testId="report-search"
              />
              <ErrorBlock error={search.error} onRetry={search.retry} />
            </>
          )}
          <DataGrid
            label="报告"
            columns={columns}
            rows={rows}
            rowKey={({ key }) => key}
            current={current}
            onCurrent={(key) => go('reports', key)}
            marked={marked}
            onMark={mayPrint ? mark : undefined}
            onEndReached={part === 'all' ? search.more : undefined}
            empty={part === 'all' ? '没有找到。' : ready ? '没有报告。校核签名后会自动出现。' : '正在载入…'}
            rowHeight={part === 'draft' ? 72 : 52}
            rowTestId="report-row"
            hideHead
            autoFocus
          />
          {part === 'draft' && <BatchBar batch={batch} />}
        </div>
        <div className="jt-split-detail jt-report">
          <ErrorBlock error={output.error} onClose={output.clear} />
          {row === null ? (
            <p className="jt-empty">选一份报告。</p>
          ) : (
            <>
              <header className="jt-detail-head jt-detail-sticky">
                <h3>
                  {row.reportNo} 第 {row.revision} 版
                </h3>
                <span className="jt-spring" />
                <Button
                  disabled={!canPrint}
                  loading={output.busy}
                  onClick={() => send('save')}
                  data-testid="report-save"
                >
                  存到本机{number} <kbd className="jt-key">Ctrl+S</kbd>
                </Button>
                <Button
                  disabled={!canPrint}
                  loading={output.busy}
                  onClick={() => send('print')}
                  data-testid="report-print"
                >
                  打印{number} <kbd className="jt-key">Ctrl+P</kbd>
                </Button>
                {mayApprove && (
                  <>
                    {part === 'draft' && (
                      <Button disabled={!batch.mayAgree} onClick={batch.agree} data-testid="batch-agree">
                        已阅同意 <kbd className="jt-key">F7</kbd>
                      </Button>
                    )}
                    <Button
                      danger
                      disabled={!draft || row.revision > 1}
                      onClick={() => setReturning(true)}
                      data-testid="report-return"
                    >
                      退回 <kbd className="jt-key">F9</kbd>
                    </Button>
                  </>
                )}
                {(mayApprove || maySign) && (
                  <Button
                    type="primary"
                    disabled={!maySign}
                    onClick={() => setSigning(true)}
                    data-testid={next === 'approve' ? 'report-approve' : `report-sign-${next}`}
                  >
                    {signatureMeaningNames[next]}签名 <kbd className="jt-key">F8</kbd>
                  </Button>
                )}
              </header>
              <ReportDetail row={row} report={liveReport} signatures={shown?.signatures ?? []} />
              <AfterIssue key={row.reportNo} row={row} report={liveReport} stamp={stamp} />
              {!draft && <RelatedReports key={`related-${row.reportNo}`} reportNo={row.reportNo} stamp={stamp} />}
              <ErrorBlock
                error={preview.error === null ? null : toErrorInfo(preview.error)}
                onRetry={() => void preview.refetch()}
              />
              {shown === null ? (
                <p className="jt-soft">{preview.error === null ? '正在生成预览…' : ''}</p>
              ) : (
                <PdfView
                  title={`报告 ${row.reportNo}`}
                  bytesBase64={shown.pdfBase64}
                  fileName={`预览-${row.reportNo}-${row.revision}.pdf`}
                />
              )}
            </>
          )}
        </div>
      </div>
      <BatchDialogs
        batch={batch}
        meaning="批准"
        thing="报告"
        sentence="本人作为授权签字人逐份看过并批准签发。批准后报告上传监管平台并申请防伪监管标识码。"
        describe={(key) => {
          const line = recent.find((one) => one.key === key);
          return {
            name: key.replace('#', ' 第 ') + ' 版',
            text: line === undefined ? '' : [line.projectName, line.live?.conclusionText].filter(Boolean).join(' · '),
            marks: line?.attention?.words ?? [],
          };
        }}
        onOpen={(key) => go('reports', key)}
      />
      {signing && row !== null && shown !== null && (
        <SignDialog
          row={row}
          report={liveReport}
          meaning={next}
          digest={shown.digest}
          signatures={shown.signatures}
          onClose={() => setSigning(false)}
        />
      )}
      {returning && row !== null && (
        <ReasonDialog
          title={`退回 ${row.reportNo}`}
          usual={['结论表述有误', '信息与委托不符', '数据需复核']}
          confirmText="退回校核"
          danger
          onClose={() => setReturning(false)}
          onConfirm={async (reason) => {
            await client.call('reports.return', { reportNo: row.reportNo, revision: row.revision, reason });
            setReturning(false);
          }}
        />
      )}
      {uncoded !== null && (
        <UncodedDialog
          purpose={uncoded.purpose}
          rows={uncoded.rows}
          onClose={() => setUncoded(null)}
          onGo={(chosen) => {
            const { purpose } = uncoded;
            setUncoded(null);
            if (chosen.length > 0) void output.run(purpose, chosen);
          }}
        />
      )}
    </>
  );
}
