// Said plainly before it happens: without the code there is no final report, only a watermarked copy.
import { Button } from 'antd';
import { Dialog } from '../design/Dialog.tsx';
import type { ReportRow } from './reportRow.ts';

export interface UncodedDialogProps {
  purpose: 'print' | 'save';
  rows: readonly ReportRow[];
  onClose: () => void;
  onGo: (rows: readonly ReportRow[]) => void;
}

export function UncodedDialog({ purpose, rows, onClose, onGo }: UncodedDialogProps) {
  const without = rows.filter((row) => row.code === null);
  const coded = rows.filter((row) => row.code !== null);
  const verb = purpose === 'print' ? '打印' : '存出';
  return (
    <Dialog title="还没有防伪监管标识码" onClose={onClose} width={640}>
      <div data-testid="uncoded-dialog">
        <p>
          {without.length === 1 ? <b>{without[0]?.reportNo}</b> : <b>{without.length} 份报告</b>}
          还没有取得标识码。没有标识码的报告不是正式报告，{verb}出来的每一页都带水印：
        </p>
        <p className="jt-watermark">未取得防伪监管标识码 不得用于工程竣工验收</p>
        {without.length > 1 && <p className="jt-soft">{without.map((row) => row.reportNo).join('、')}</p>}
        <p>正式报告请等赋码完成后再{verb}；进度见“上传台账”。</p>
        <div className="jt-dialog-actions">
          <Button onClick={onClose} autoFocus>
            先不{verb} <kbd className="jt-key">Esc</kbd>
          </Button>
          {coded.length > 0 && (
            <Button onClick={() => onGo(coded)}>
              只{verb}已赋码的 {coded.length} 份
            </Button>
          )}
          <Button danger onClick={() => onGo(rows)} data-testid="uncoded-go">
            {verb}带水印的副本
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
