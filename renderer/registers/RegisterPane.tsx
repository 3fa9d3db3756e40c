// 导入导出 of a register: a file is looked through first, every row compared with what is there; nothing is entered before
// a person has seen the differences and given a reason.
import { Button } from 'antd';
import { useMemo, useRef, useState, type DragEvent } from 'react';
import { mostImportBytes, registerNames, type RegisterId, type RegisterPreview } from '../../shared/registers/calls.ts';
import { useClient } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { base64Of, blobOf, saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { KeyHint } from '../design/KeyHint.tsx';
import { Pane } from '../design/Pane.tsx';
import { ReasonDialog } from '../design/ReasonDialog.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { Tabs } from '../design/Tabs.tsx';
import { useCommand } from '../design/useCommand.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { PastImports } from './PastImports.tsx';
import { linesOf, shownValue, stateWords, type Line } from './lines.ts';
import './registers.css';

const tabKeys = ['F2', 'F3', 'F4'];
const workbook = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const columns: readonly Column<Line>[] = [
  { key: 'row', title: '行号', width: '56px', align: 'right', render: ({ row }) => row },
  { key: 'state', title: '结果', width: '92px', render: ({ state }) => <StateTag state={stateWords[state]} /> },
  { key: 'name', title: '编号、名称', width: 'minmax(150px, 1.4fr)', render: ({ name }) => name },
  { key: 'column', title: '列', width: '132px', render: ({ column }) => column },
  {
    key: 'what',
    title: '内容',
    width: 'minmax(240px, 4fr)',
    render: ({ old, now, problem, code }) =>
      problem !== null ? (
        <span title={`${problem}（${code}）`}>{problem}</span>
      ) : (
        <span title={old === null ? now : `${shownValue(old)} → ${shownValue(now)}`}>
          {old !== null && (
            <>
              <span className="jt-register-old">{shownValue(old)}</span>
              {' → '}
            </>
          )}
          {shownValue(now)}
        </span>
      ),
  },
];

interface Chosen {
  preview: RegisterPreview;
  bytesBase64: string;
}

export interface RegisterPaneProps {
  registers: readonly RegisterId[];
  backName: string;
  onBack: () => void;
}

export function RegisterPane({ registers, backName, onBack }: RegisterPaneProps) {
  const client = useClient();
  const picker = useRef<HTMLInputElement>(null);
  const [register, setRegister] = useState<RegisterId>(registers[0] ?? 'people');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const [taking, setTaking] = useState(false);
  const [exporting, setExporting] = useState(false);
  const name = registerNames[register];
  const load = useCommand(async (file: File) => {
    setDone(null);
    setChosen(null);
    // What cannot be read anyhow is not sent.
    const large = file.size > mostImportBytes;
    setTooLarge(large ? `“${file.name}”有 ${Math.ceil(file.size / 1024 / 1024)} MB，最多 ${mostImportBytes / 1024 / 1024} MB。没有读取；请只留要导入的工作表和列，或拆成几个文件。` : null); // prettier-ignore
    if (large) return;
    const bytesBase64 = await base64Of(file);
    const preview = await client.call('registers.preview', { register, fileName: file.name, bytesBase64 });
    setChosen({ preview, bytesBase64 });
  });
  const template = useCommand(async () => {
    const file = await client.call('registers.template', { register });
    saveFile(file.fileName, blobOf(file.bytesBase64, workbook));
  });
  const preview = chosen?.preview ?? null;
  const lines = useMemo(() => (preview === null ? [] : linesOf(preview)), [preview]);
  const line = lines.find(({ key }) => key === current) ?? null;
  const count = preview === null ? 0 : preview.newCount + preview.changedCount;
  const possible = count > 0 && preview?.fileProblems.length === 0;
  const switchTo = (id: RegisterId): void => {
    setRegister(id);
    setChosen(null);
    setDone(null);
    load.clear();
  };
  const clearable = chosen !== null || done !== null;
  useHotkeys('导入导出', [
    ...(registers.length > 1
      ? registers.map((id, index) => ({ keys: tabKeys[index] ?? '', name: registerNames[id], run: () => switchTo(id) }))
      : []),
    { keys: 'F6', name: '选择要导入的文件', run: () => picker.current?.click() },
    { keys: 'F7', name: '下载模板', run: () => void template.run() },
    { keys: 'F9', name: '导入没有问题的行', run: () => setTaking(true), disabled: !possible },
    { keys: 'Ctrl+S', name: '导出', run: () => setExporting(true) },
    { keys: 'Delete', name: '放弃这份预检', run: () => switchTo(register), disabled: !clearable },
    { keys: 'Ctrl+I', name: `回到${backName}`, run: onBack },
  ]);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void load.run(file);
  };
  return (
    <Pane
      title={`${backName} · 导入导出`}
      actions={
        <Button onClick={onBack} data-testid="register-back">
          {backName} <KeyHint keys="Ctrl+I" />
        </Button>
      }
    >
      <div
        className="jt-register"
        data-testid="place-registers"
        data-key={register}
        onDragOver={(event) => event.preventDefault()}
        onDrop={onDrop}
      >
        {registers.length > 1 && (
          <Tabs
            label="名册"
            tabs={registers.map((id, index) => ({ id, name: registerNames[id], keys: tabKeys[index] ?? '' }))}
            current={register}
            onChange={switchTo}
          />
        )}
        <div className="jt-register-bar">
          <input
            ref={picker}
            type="file"
            accept=".xlsx,.csv"
            hidden
            aria-label="要导入的文件"
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file !== undefined) void load.run(file);
              event.target.value = '';
            }}
            data-testid="register-file"
          />
          <Button onClick={() => picker.current?.click()} loading={load.busy}>
            选择 Excel 或 CSV 文件 <KeyHint keys="F6" />
          </Button>
          <Button onClick={() => void template.run()} loading={template.busy} data-testid="register-template">
            下载模板 <KeyHint keys="F7" />
          </Button>
          <Button onClick={() => setExporting(true)} data-testid="register-export">
            导出{name} <KeyHint keys="Ctrl+S" />
          </Button>
          <span className="jt-soft">先预检、后导入：选择文件不会写入任何内容。也可以把文件拖到这里。</span>
        </div>
        <ErrorBlock error={load.error ?? template.error} />
        {tooLarge !== null && <p className="jt-tone-bad">✕ {tooLarge}</p>}
        {done !== null && (
          <p className="jt-note jt-tone-good" data-testid="register-done">
            ✓ {done}
          </p>
        )}
        {preview === null && <PastImports key={register} register={register} stamp={done} />}
        {preview !== null && (
          <>
            <div className="jt-register-sum" data-testid="register-preview">
              <b>{preview.fileName}</b>
              <span className="jt-tone-good">
                ✓ 新增 <b>{preview.newCount}</b>
              </span>
              <span className={preview.changedCount > 0 ? 'jt-tone-warn' : 'jt-soft'}>
                ▲ 变更 <b>{preview.changedCount}</b>
              </span>
              <span className="jt-soft">
                ○ 相同 <b>{preview.sameCount}</b>
              </span>
              <span className={preview.refusedCount > 0 ? 'jt-tone-bad' : 'jt-soft'}>
                ✕ 有问题 <b>{preview.refusedCount}</b>
              </span>
              <span className="jt-spring" />
              <Button type="primary" disabled={!possible} onClick={() => setTaking(true)} data-testid="register-take">
                导入 {count} 行 <KeyHint keys="F9" />
              </Button>
            </div>
            {preview.fileProblems.map((text) => (
              <p key={text} className="jt-tone-bad" data-testid="register-file-problem">
                ✕ 整个文件：{text}
              </p>
            ))}
            {preview.notes.map((text) => (
              <p key={text} className="jt-soft">
                {text}。
              </p>
            ))}
            <div className="jt-register-list">
              <DataGrid
                label="预检结果"
                columns={columns}
                rows={lines}
                rowKey={({ key }) => key}
                current={current}
                onCurrent={setCurrent}
                empty={preview.sameCount > 0 ? '全部与本机相同，没有要导入的。' : '没有可以导入的行。'}
                rowTone={({ state }) => (state === 'refused' ? 'bad' : undefined)}
                rowTestId="register-row"
                autoFocus
              />
            </div>
            {line !== null && (
              <p className="jt-register-line" data-testid="register-line" aria-live="polite">
                第 {line.row} 行，{line.column}：
                {line.problem ?? `${line.old === null ? '' : `${shownValue(line.old)} → `}${shownValue(line.now)}`}
              </p>
            )}
          </>
        )}
      </div>
      {exporting && <ExportDialog register={register} onClose={() => setExporting(false)} />}
      {taking && chosen !== null && (
        <ReasonDialog
          title={`导入${name}：新增 ${chosen.preview.newCount} 行，变更 ${chosen.preview.changedCount} 行`}
          usual={['首次建账', '年度整理', '换证更新']}
          confirmText="导入"
          onClose={() => setTaking(false)}
          onConfirm={async (reason) => {
            const { fileName, digest, refusedCount } = chosen.preview;
            const answer = await client.call('registers.take', { register, fileName, bytesBase64: chosen.bytesBase64, digest, acceptPartial: refusedCount > 0, reason }); // prettier-ignore
            setTaking(false);
            setChosen(null);
            setDone(`已导入${name}：新增 ${answer.newCount} 行，变更 ${answer.changedCount} 行；相同 ${answer.sameCount} 行，有问题未导入 ${answer.refusedCount} 行。原文件已留存。`); // prettier-ignore
          }}
        >
          {chosen.preview.refusedCount > 0 && (
            <p className="jt-tone-warn">
              ▲ 有问题的 {chosen.preview.refusedCount} 行不导入；请在原文件中更正后再导入这些行。
            </p>
          )}
          <p>
            {register === 'qualifications'
              ? '变更的资格：原来的一条撤回并写明原因，仍看得到。'
              : '每一行都像逐条登记一样提交平台批准：新增的批准前不能用于检测，变更的批准前仍按原来的资料。'}
          </p>
        </ReasonDialog>
      )}
    </Pane>
  );
}
