// A file of many samples: looked through first, every bad row listed with field, problem and rule; nothing is
// registered before a person has seen that list.
import { Button } from 'antd';
import { useRef, useState, type DragEvent } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { fieldName } from '../design/fieldNames.ts';
import { base64Of, blobOf, saveFile } from '../design/files.ts';
import { useHotkeys, type Hotkey } from '../design/hotkeys.ts';
import { useCommand } from '../design/useCommand.ts';

type Preview = CallOutput<'imports.preview'>;
interface Problem {
  key: string;
  row: number;
  summary: string;
  field: string;
  message: string;
  rule: string;
}

const columns: readonly Column<Problem>[] = [
  { key: 'row', title: '行号', width: '72px', render: (problem) => problem.row, align: 'right' },
  { key: 'summary', title: '内容', width: 'minmax(160px, 2fr)', render: (problem) => problem.summary },
  { key: 'field', title: '字段', width: 'minmax(110px, 1fr)', render: (problem) => problem.field },
  {
    key: 'message',
    title: '问题',
    width: 'minmax(220px, 3fr)',
    render: (problem) => <span title={problem.message}>✕ {problem.message}</span>,
  },
  { key: 'rule', title: '依据', width: 'minmax(120px, 1fr)', render: (problem) => problem.rule },
];

function problemsOf(preview: Preview): Problem[] {
  return preview.badRows.flatMap((bad) =>
    bad.problems.map((problem, index) => ({
      key: `${bad.row}-${index}`,
      row: bad.row,
      summary: bad.summary,
      field: problem.field === undefined ? '整行' : fieldName(problem.field),
      message: problem.message,
      rule: problem.rule ?? '—',
    })),
  );
}

export function ImportPane({ active, onDone }: { active: boolean; onDone: (commissionNos: string[]) => void }) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const [done, setDone] = useState<CallOutput<'imports.commit'> | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const load = useCommand(async (file: File) => {
    setDone(null);
    setPreview(await client.call('imports.preview', { fileName: file.name, bytesBase64: await base64Of(file) }));
  });
  const commit = useCommand(async () => {
    if (preview === null) return;
    const answer = await client.call('imports.commit', {
      importId: preview.importId,
      acceptPartial: preview.badCount > 0,
    });
    setDone(answer);
    setPreview(null);
  });
  const template = useCommand(async () => {
    const file = await client.call('imports.template', {});
    saveFile(
      file.fileName,
      blobOf(file.bytesBase64, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'),
    );
  });
  const possible = preview !== null && preview.goodCount > 0 && preview.fileProblems.length === 0;
  const keys: Hotkey[] = [
    { keys: 'F6', name: '选择文件', run: () => picker.current?.click() },
    { keys: 'F7', name: '下载模板', run: () => void template.run() },
    { keys: 'F9', name: '登记通过检查的行', run: () => void commit.run(), disabled: !possible },
  ];
  useHotkeys('收样 · 从文件导入', active ? keys : []);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void load.run(file);
  };
  const problems = preview === null ? [] : problemsOf(preview);
  return (
    <div className="jt-form jt-import" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <div className="jt-import-bar">
        <input
          ref={picker}
          type="file"
          accept=".xlsx,.csv"
          className="jt-file"
          aria-label="要导入的文件"
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void load.run(file);
            event.target.value = '';
          }}
          data-testid="import-file"
        />
        <Button onClick={() => picker.current?.click()} loading={load.busy}>
          选择 Excel 或 CSV 文件 <kbd className="jt-key">F6</kbd>
        </Button>
        <Button onClick={() => void template.run()} loading={template.busy} data-testid="import-template">
          下载模板 <kbd className="jt-key">F7</kbd>
        </Button>
        <span className="jt-soft">也可以把文件拖到这里。先检查、后登记：选择文件不会登记任何内容。</span>
      </div>
      <ErrorBlock error={load.error ?? commit.error ?? template.error} />
      {done !== null && (
        <p className="jt-note jt-tone-good" data-testid="import-done">
          ✓ 已登记 {done.commissionNos.length} 份委托、{done.sampleCount} 个样品：
          {done.commissionNos.slice(0, 6).join('、')}
          {done.commissionNos.length > 6 && ' 等'}。
          <button type="button" className="jt-link" onClick={() => onDone(done.commissionNos)}>
            查看
          </button>
        </p>
      )}
      {preview !== null && (
        <>
          <div className="jt-import-sum" data-testid="import-preview">
            <b>{preview.fileName}</b>
            <span>共 {preview.rowCount} 行</span>
            <span className="jt-tone-good">
              ✓ 通过 <b>{preview.goodCount}</b> 行（{preview.commissionCount} 份委托）
            </span>
            <span className={preview.badCount > 0 ? 'jt-tone-bad' : 'jt-soft'}>
              ✕ 有问题 <b>{preview.badCount}</b> 行
            </span>
          </div>
          {preview.fileProblems.map((problem) => (
            <p key={`${problem.field ?? ''}${problem.message}`} className="jt-tone-bad">
              ✕ 整个文件：{problem.field === undefined ? '' : `${fieldName(problem.field)}，`}
              {problem.message}
            </p>
          ))}
          <div className="jt-import-list">
            <DataGrid
              label="有问题的行"
              columns={columns}
              rows={problems}
              rowKey={(problem) => problem.key}
              current={current}
              onCurrent={setCurrent}
              empty="没有发现问题。"
              rowTestId="import-problem"
            />
          </div>
          <footer className="jt-form-foot">
            {preview.badCount > 0 && <span>有问题的行不登记；请在原文件中更正后再导入这些行。</span>}
            <Button
              type="primary"
              disabled={!possible}
              loading={commit.busy}
              onClick={() => void commit.run()}
              data-testid="import-commit"
            >
              登记通过的 {preview.goodCount} 行 <kbd className="jt-key">F9</kbd>
            </Button>
          </footer>
        </>
      )}
    </div>
  );
}
