// A PDF as the core made it, shown by the browser's own viewer; where the browser has none, it can be saved and opened.
import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { blobOf, saveFile } from './files.ts';

export interface PdfViewProps {
  title: string;
  bytesBase64: string;
  /** Offered for saving when given: previews of unsigned papers have none. */
  fileName?: string;
}

export function PdfView({ title, bytesBase64, fileName }: PdfViewProps) {
  const blob = useMemo(() => blobOf(bytesBase64, 'application/pdf'), [bytesBase64]);
  const url = useMemo(() => URL.createObjectURL(blob), [blob]);
  useEffect(() => () => URL.revokeObjectURL(url), [url]);
  const shown = navigator.pdfViewerEnabled;
  return (
    <div className="jt-pdf" data-testid="pdf-view" data-size={blob.size}>
      {shown ? (
        <iframe title={title} src={`${url}#toolbar=0&navpanes=0&view=FitH`} />
      ) : (
        <div className="jt-pdf-none">
          <p className="jt-pdf-none-title">文件已生成（{Math.ceil(blob.size / 1024)} kB），但本浏览器没有 PDF 查看功能。</p>
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
