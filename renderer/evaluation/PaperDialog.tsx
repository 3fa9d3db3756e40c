// 打印评定书: what else stands on the paper, then the paper itself as the core made it from the stored records.
import { Button } from 'antd';
import { useState } from 'react';
import type { CallInput, CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { blobOf, printPdf, saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { PdfView } from '../design/PdfView.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { useCommand } from '../design/useCommand.ts';
import { verdictWords } from '../design/words.ts';
import type { TrialForm } from './trialForm.ts';

type Paper = CallOutput<'evaluations.paper'>;
export type PaperTexts = Pick<TrialForm, 'batchName' | 'projectName' | 'stopReason' | 'remarks'>;

export interface PaperDialogProps {
  input: CallInput<'evaluations.paper'>;
  texts: PaperTexts;
  /** Project of the records; null where every group is typed. */
  project: string | null;
  stops: readonly string[];
  onText: (texts: Partial<PaperTexts>) => void;
  onClose: () => void;
}

export function PaperDialog({ input, texts, project, stops, onText, onClose }: PaperDialogProps) {
  const client = useClient();
  const [paper, setPaper] = useState<Paper | null>(null);
  const make = useCommand(async () => setPaper(await client.call('evaluations.paper', input)));
  const ready =
    texts.batchName.trim() !== '' &&
    (project !== null || texts.projectName.trim() !== '') &&
    (stops.length === 0 || texts.stopReason.trim() !== '');
  const field = (name: keyof PaperTexts, label: string, most: number, first = false) => (
    <label className="jt-field">
      <span>{label}</span>
      <input
        className="jt-input"
        value={texts[name]}
        maxLength={most}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of the dialog
        autoFocus={first}
        autoComplete="off"
        onChange={(event) => onText({ [name]: event.target.value })}
        data-testid={`paper-${name}`}
      />
    </label>
  );
  if (paper !== null) {
    return (
      <Dialog title={paper.fileName} onClose={onClose} width={1000}>
        <MadePaper paper={paper} onBack={() => setPaper(null)} />
      </Dialog>
    );
  }
  return (
    <Dialog title="打印评定书" onClose={onClose} width={640}>
      <form
        className="jt-sign"
        data-testid="paper-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void make.run();
        }}
      >
        <p>
          评定表是对所列检测结果的统计评定，不是检测报告，没有防伪监管标识码。它按已签名的记录和本机构的方法设置重新计算，由批准、审核、统计三人在纸上签名。
        </p>
        {project === null ? field('projectName', '工程名称', 150, true) : <p className="jt-soft">工程：{project}</p>}
        {field('batchName', '评定批（检验批、验收批的名称或部位）', 100, project !== null)}
        {stops.length > 0 && (
          <>
            <ul className="jt-tone-bad">
              {stops.map((words) => (
                <li key={words}>✕ {words}</li>
              ))}
            </ul>
            {field('stopReason', '数据属实的原因（评定表上由第二人签字确认）', 300)}
          </>
        )}
        {field('remarks', '备注（可不填）', 300)}
        <ErrorBlock error={make.error} />
        <div className="jt-dialog-actions">
          <Button onClick={onClose}>
            取消 <kbd className="jt-key">Esc</kbd>
          </Button>
          <Button type="primary" htmlType="submit" disabled={!ready} loading={make.busy} data-testid="paper-make">
            生成 <kbd className="jt-key">Enter</kbd>
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Inside the dialog, so that its keys belong to it. */
function MadePaper({ paper, onBack }: { paper: Paper; onBack: () => void }) {
  const save = (): void => saveFile(paper.fileName, blobOf(paper.pdfBase64, 'application/pdf'));
  const print = useCommand(async () => {
    if (!(await printPdf(blobOf(paper.pdfBase64, 'application/pdf')))) save();
  });
  useHotkeys('评定书', [
    { keys: 'Ctrl+S', name: '存到本机', run: save },
    { keys: 'Ctrl+P', name: '打印', run: () => void print.run() },
  ]);
  return (
    <div className="jt-paper" data-testid="paper-made" data-check={paper.checkNo} data-verdict={paper.verdict}>
      <p>
        <StateTag state={verdictWords[paper.verdict]} /> {paper.text}
      </p>
      <p className="jt-soft">
        核对编号 {paper.checkNo}，已记入审计。评定表本身不保存；各组数据由核心按已签名的记录重新计算。
      </p>
      <div className="jt-pdf-dialog">
        <PdfView title="评定表" bytesBase64={paper.pdfBase64} fileName={paper.fileName} />
      </div>
      <div className="jt-dialog-actions">
        <Button onClick={onBack}>返回修改</Button>
        <Button onClick={save} data-testid="paper-save">
          存到本机 <kbd className="jt-key">Ctrl+S</kbd>
        </Button>
        <Button type="primary" onClick={() => void print.run()} autoFocus data-testid="paper-print">
          打印 <kbd className="jt-key">Ctrl+P</kbd>
        </Button>
      </div>
    </div>
  );
}
