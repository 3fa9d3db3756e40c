// A PDF as the core made it, shown by the browser's own viewer; where the browser has none, it can be saved and opened.
import { Button } from 'antd';
import { useEffect, useMemo, type SyntheticEvent } from 'react';
import { blobOf, saveFile } from './files.ts';

export interface PdfViewProps {
  title: string;
  bytesBase64: string;
  /** Offered for saving when given: previews of unsigned papers have none. */
  fileName?: string;
}

/** The viewer takes the focus when it has loaded; keys (Escape, F8) must go on working without a click. */
function giveFocusBack(event: SyntheticEvent<HTMLIFrameElement>): void {
  const frame = event.currentTarget;
  const back = (): void => {
    if (document.activeElement !== frame) return;
    frame.blur();
    const dialog = frame.closest<HTMLElement>('[role="dialog"]');
    (dialog?.querySelector<HTMLElement>('button') ?? document.querySelector<HTMLElement>('[role="grid"]'))?.focus();
  };
  back();
  for (const pause of [100, 400, 1_000]) setTimeout(back, pause);
}

export function PdfView({ title, bytesBase64, fileName }: PdfViewProps) {
  const blob = useMemo(() => blobOf(bytesBase64, 'application/pdf'), [bytesBase64]);
  const url = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const shown = navigator.pdfViewerEnabled;
  return (
    <div className="jt-pdf" data-testid="pdf-view" data-size={blob.size}>
      {shown ? (
        // A sandboxed frame shows no PDF; this one holds nothing but the bytes the core made (content policy: blob: only).
        // oxlint-disable-next-line react/iframe-missing-sandbox
        <iframe title={title} tabIndex={-1} onLoad={giveFocusBack} src={`${url}#toolbar=0&navpanes=0&view=FitH`} />
      ) : (
        <div className="jt-pdf-none">
          <p className="jt-pdf-none-title">
            文件已生成（{Math.ceil(blob.size / 1024)} kB），但本浏览器没有 PDF 查看功能。
          </p>
          <p>请存到本机后用 PDF 阅读器打开；内容与打印件完全一致。</p>
          {fileName !== undefined && (
            <Button onClick={() => saveFile(fileName, blob)} data-testid="pdf-save">
              存到本机
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
