// Hands report files to the printer or to the disk.
import type { CallOutput } from '../../shared/contract/calls.ts';
import { blobOf, printPdf, saveFile } from '../design/files.ts';

export type Purpose = 'print' | 'save';
type PrintFile = CallOutput<'reports.print'>['files'][number];

/** Prints one after the other; where this browser cannot print PDF files they are saved, and the person is told. */
export async function deliver(
  purpose: Purpose,
  files: readonly PrintFile[],
  tell: (text: string) => void,
): Promise<void> {
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
