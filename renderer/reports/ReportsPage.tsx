// 报告: those that wait for the authorised signatory, all recent ones, and the whole history; preview of the very file
// that will be printed; approval; printing in batches. Without the platform's code a copy carries the watermark, and
// the program says so before it makes one.
import { App, Button } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { toErrorInfo, useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { Facts } from '../design/Facts.tsx';
import { blobOf, printPdf, saveFile } from '../design/files.ts';
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
import { reportWords, wordOf } from '../design/words.ts';
import { useLive } from '../live/useLive.tsx';
import { usePermit } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { ReportDetail } from './ReportDetail.tsx';
import { UncodedDialog } from './UncodedDialog.tsx';

export type LiveReport = CollectionDocument<'reports'>;
export interface ReportRow {
  key: string;
  reportNo: string;
  revision: number;
  commissionNo: string;
  projectName: string;
  state: string;
  code: string | null;
  approvedAt: string | null;
}
type Part = 'draft' | 'recent' | 'all';
type Purpose = 'print' | 'save';

const keyOf = (row: { reportNo: string; revision: number }): string => `${row.reportNo}#${row.revision}`;

const columns: readonly Column<ReportRow>[] = [
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
        <StateTag state={wordOf(reportWords, row.state)} />
        <span className="jt-task-part jt-task-whole">
          {row.code ?? '未赋码'} · {row.projectName}
        </span>
      </div>
    ),
  },
];

export function ReportsPage() {
  const client = useClient();
  const { message } = App.useApp();
  const mayApprove = usePermit('report.approve');
  const mayPrint = usePermit('report.print');
  const opened = useUi((state) => state.open.reports ?? null);
  const go = useUi((state) => state.go);
  const [part, setPart] = useState<Part>(mayApprove ? 'draft' : 'recent');
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const [signing, setSigning] = useState(false);
  const [returning, setReturning] = useState(false);
  const [uncoded, setUncoded] = useState<{ purpose: Purpose; rows: ReportRow[] } | null>(null);
  const searchField = useRef<HTMLInputElement>(null);

  const { rows: live, ready } = useLive('reports');
  const recent = useMemo<ReportRow[]>(
    () =>
      live
        .filter((row) => part !== 'draft' || row.state === 'draft')
        .map((row) => ({ ...row, key: keyOf(row) }))
        .sort((a, b) => b.reportNo.localeCompare(a.reportNo) || b.revision - a.revision),
    [live, part],
  );
  const search = usePagedSearch<ReportRow>('reports', async (text, cursor) => {
    const page = await client.call('reports.search', { text, limit: 100, ...(cursor === undefined ? {} : { cursor }) });
    return { nextCursor: page.nextCursor, rows: page.rows.map((row) => ({ ...row, key: keyOf(row) })) };
  });
  const rows = part === 'all' ? search.rows : recent;
  // A scan names a report by its number alone; a row by number and revision.
  const liveReport = live.find((row) => keyOf(row) === opened) ?? live.find((row) => row.reportNo === opened) ?? null;
  const row =
    rows.find(({ key }) => key === opened) ?? (liveReport === null ? null : { ...liveReport, key: keyOf(liveReport) });
  const current = row?.key ?? null;

  const preview = useQuery({
    queryKey: ['reports.preview', row?.reportNo, row?.revision, liveReport?.seq],
    queryFn: () => client.call('reports.preview', { reportNo: row?.reportNo ?? '', revision: row?.revision ?? 1 }),
    enabled: row !== null,
    gcTime: 60_000,
  });
  const shown = preview.data ?? null;
  const draft = liveReport?.state === 'draft';

  const output = useCommand(async (purpose: Purpose, chosen: readonly ReportRow[]) => {
    const answer = await client.call('reports.print', {
      reports: chosen.map(({ reportNo, revision }) => ({ reportNo, revision })),
      purpose,
    });
    await deliver(purpose, answer.files, (text) => void message.info(text));
    setMarked(new Set());
  });
  const chosenRows = (): ReportRow[] => {
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
    { keys: 'F8', name: '批准签名', run: () => setSigning(true), disabled: !mayApprove || !draft || shown === null },
    { keys: 'F9', name: '退回', run: () => setReturning(true), disabled: !mayApprove || !draft },
    { keys: 'Ctrl+P', name: '打印', run: () => send('print'), disabled: !canPrint },
    { keys: 'Ctrl+S', name: '存到本机', run: () => send('save'), disabled: !canPrint },
    {
      keys: 'F4',
      name: '在全部历史中查',
      run: () => {
        setPart('all');
        setTimeout(() => searchField.current?.focus());
      },
    },
  ]);
  const number = marked.size > 1 ? `（${marked.size} 份）` : '';

  return (
    <section className="jt-pane" data-testid="place-reports">
      <Tabs
        label="报告"
        current={part}
        onChange={setPart}
        tabs={[
          { id: 'draft', name: '待批准', count: live.filter((report) => report.state === 'draft').length },
          { id: 'recent', name: '近期', count: live.length },
          { id: 'all', name: '全部报告', keys: 'F4' },
        ]}
      />
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
            rowHeight={52}
            rowTestId="report-row"
            hideHead
            autoFocus
          />
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
                    <Button danger disabled={!draft} onClick={() => setReturning(true)} data-testid="report-return">
                      退回 <kbd className="jt-key">F9</kbd>
                    </Button>
                    <Button
                      type="primary"
                      disabled={!draft || shown === null}
                      onClick={() => setSigning(true)}
                      data-testid="report-approve"
                    >
                      批准签名 <kbd className="jt-key">F8</kbd>
                    </Button>
                  </>
                )}
              </header>
              <ReportDetail row={row} report={liveReport} signatures={shown?.signatures ?? []} />
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
      {signing && row !== null && shown !== null && (
        <PasswordDialog
          title="批准签名"
          meaning="本人作为授权签字人批准签发这份报告。批准后报告上传监管平台并申请防伪监管标识码。"
          digest={shown.digest}
          confirmText="批准"
          onClose={() => setSigning(false)}
          onSign={async (password) => {
            await client.call('reports.approve', {
              reportNo: row.reportNo,
              revision: row.revision,
              digest: shown.digest,
              password,
            });
            setSigning(false);
            void message.success(`${row.reportNo} 已批准，取得标识码后可以打印正式报告。`);
          }}
        >
          <Facts
            columns={2}
            facts={[
              ['报告编号', `${row.reportNo} 第 ${row.revision} 版`],
              ['委托编号', row.commissionNo],
              ['工程', row.projectName, 'wide'],
              ['结论', liveReport?.conclusionText ?? '', 'wide'],
              ['原始记录', liveReport?.recordNos.join('、') ?? '', 'wide'],
              [
                '已有签名',
                shown.signatures
                  .map(
                    (signature) =>
                      `${signature.meaning === 'test' ? '检测' : '校核'} ${signature.personName} ${showTime(signature.at)}`,
                  )
                  .join('；'),
                'wide',
              ],
            ]}
          />
        </PasswordDialog>
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
    </section>
  );
}

type PrintFile = CallOutput<'reports.print'>['files'][number];

/** Prints one after the other; where this browser cannot print PDF files they are saved, and the person is told. */
async function deliver(purpose: Purpose, files: readonly PrintFile[], tell: (text: string) => void): Promise<void> {
  let saved = 0;
  for (const file of files) {
    const blob = blobOf(file.pdfBase64, 'application/pdf');
    if (purpose === 'print' && (await printPdf(blob))) continue;
    saveFile(file.fileName, blob);
    saved += 1;
  }
  if (purpose === 'print' && saved > 0)
    tell(`本浏览器不能直接打印 PDF，已把 ${saved} 份存到本机，请用 PDF 阅读器打印。`);
}
