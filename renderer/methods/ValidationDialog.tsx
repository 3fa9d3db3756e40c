// 验证报告: the quality manager lets the program recompute every validation vector, and opens, prints or saves the report;
// reports of earlier validations are opened from the same place.
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../shared/contract/calls.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../design/Dialog.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { blobOf, printPdf, saveFile } from '../design/files.ts';
import { useHotkeys } from '../design/hotkeys.ts';
import { PdfView } from '../design/PdfView.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import { useCommand } from '../design/useCommand.ts';

type Made = CallOutput<'methods.validate'>;
type Earlier = CallOutput<'methods.validations'>['validations'][number];
interface Paper {
  fileName: string;
  pdfBase64: string;
  /** What the report says; of an earlier one in the words of the audit log. */
  outcome: Pick<Made, 'lines' | 'different'> | string;
}

export function ValidationDialog({ onClose }: { onClose: () => void }) {
  const [paper, setPaper] = useState<Paper | null>(null);
  return (
    <Dialog title={paper?.fileName ?? '方法验证报告'} onClose={onClose} width={paper === null ? 760 : 1000}>
      {paper === null ? (
        <Choose onPaper={setPaper} onClose={onClose} />
      ) : (
        <Shown paper={paper} onBack={() => setPaper(null)} />
      )}
    </Dialog>
  );
}

function Choose({ onPaper, onClose }: { onPaper: (paper: Paper) => void; onClose: () => void }) {
  const client = useClient();
  const [earlier, setEarlier] = useState<readonly Earlier[]>([]);
  const make = useCommand(async () => {
    const { fileName, pdfBase64, lines, different } = await client.call('methods.validate', {});
    onPaper({ fileName, pdfBase64, outcome: { lines, different } });
  });
  const open = useCommand(async ({ sha256, words }: Earlier) => {
    onPaper({ ...(await client.call('methods.validationReport', { sha256 })), outcome: words });
  });
  const list = useCommand(async () => setEarlier((await client.call('methods.validations', {})).validations));
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- read once, when the dialog opens
  useEffect(() => void list.run(), []);
  return (
    <form
      className="jt-sign"
      data-testid="validation-dialog"
      onSubmit={(event) => {
        event.preventDefault();
        void make.run();
      }}
    >
      <p>
        用本程序现在的版本，把全部方法的验证向量逐行重新计算，与应得的结果比较，生成方法验证报告（PDF）。投入使用前和每次升级后各作一次，报告存入本机，谁、何时、结果记入审计。
      </p>
      <p role="status" aria-live="polite" data-testid="validation-state">
        {make.busy
          ? '正在重新计算全部验证向量并生成报告，请稍候；关闭本窗口不会中断，完成后可在下面的列表里打开。'
          : ''}
      </p>
      <ErrorBlock error={make.error ?? open.error ?? list.error} />
      <h4>以前的验证</h4>
      {earlier.length === 0 ? (
        <p className="jt-soft">{list.busy ? '正在读取……' : '还没有作过验证。'}</p>
      ) : (
        <div className="jt-validations">
          <table className="jt-table jt-method-table">
            <thead>
              <tr>
                <th>时间、人员</th>
                <th>结果</th>
                <th aria-label="打开" />
              </tr>
            </thead>
            <tbody>
              {earlier.map((validation) => (
                <tr key={`${validation.at}${validation.sha256}`} data-testid="validation-row">
                  <td className="jt-figure jt-nowrap">
                    {showTime(validation.at)}
                    <small>{validation.by}</small>
                  </td>
                  <td>
                    {validation.words}
                    <small>{validation.fileName}</small>
                  </td>
                  <td>
                    <Button
                      size="small"
                      disabled={make.busy}
                      loading={open.busy}
                      onClick={() => void open.run(validation)}
                      data-testid="validation-open"
                    >
                      打开
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="jt-dialog-actions">
        <Button onClick={onClose}>
          关闭 <kbd className="jt-key">Esc</kbd>
        </Button>
        <Button type="primary" htmlType="submit" loading={make.busy} autoFocus data-testid="validation-make">
          开始验证 <kbd className="jt-key">Enter</kbd>
        </Button>
      </div>
    </form>
  );
}

function Outcome({ outcome }: Pick<Paper, 'outcome'>) {
  if (typeof outcome === 'string') return <p data-testid="validation-outcome">{outcome}。</p>;
  const { lines, different } = outcome;
  if (different.length === 0)
    return (
      <p data-testid="validation-outcome" data-different="0">
        <StateTag state={{ word: '全部一致', tone: 'good', shape: '✓' }} /> 验证已完成：共 {lines}{' '}
        行，全部与应得的结果一致。
      </p>
    );
  return (
    <div data-testid="validation-outcome" data-different={different.length}>
      <p>
        <StateTag state={{ word: `${different.length} 行不一致`, tone: 'bad', shape: '✕' }} /> 验证已完成：共 {lines}
        行。查明原因、重新验证之前，有关方法不得用于出具检测数据和结果。
      </p>
      <ul className="jt-validation-differences">
        {different.map(({ id, method, expected, computed }) => (
          <li key={id}>
            <b>{id}</b> {method}：应为 {expected}，算得 {computed}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Inside the dialog, so that its keys belong to it. */
function Shown({ paper: { fileName, pdfBase64, outcome }, onBack }: { paper: Paper; onBack: () => void }) {
  const saveButton = useRef<HTMLButtonElement>(null);
  const save = (): void => saveFile(fileName, blobOf(pdfBase64, 'application/pdf'));
  const print = useCommand(async () => {
    if (!(await printPdf(blobOf(pdfBase64, 'application/pdf')))) save();
  });
  useHotkeys('方法验证报告', [
    { keys: 'Ctrl+S', name: '存到本机', run: save },
    { keys: 'Ctrl+P', name: '打印', run: () => void print.run() },
  ]);
  // The button that had the focus is gone with the list.
  useEffect(() => saveButton.current?.focus(), []);
  return (
    <div className="jt-paper" data-testid="validation-made">
      <Outcome outcome={outcome} />
      <div className="jt-pdf-dialog">
        <PdfView title="方法验证报告" bytesBase64={pdfBase64} fileName={fileName} />
      </div>
      <div className="jt-dialog-actions">
        <Button onClick={onBack}>返回</Button>
        <Button onClick={() => void print.run()} loading={print.busy} data-testid="validation-print">
          打印 <kbd className="jt-key">Ctrl+P</kbd>
        </Button>
        <Button type="primary" ref={saveButton} onClick={save} data-testid="validation-save">
          存到本机 <kbd className="jt-key">Ctrl+S</kbd>
        </Button>
      </div>
    </div>
  );
}
