// Files that the contract carries as base64 text, and files that a person picks.
export function blobOf(bytesBase64: string, type: string): Blob {
  const text = atob(bytesBase64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
  return new Blob([bytes], { type });
}

export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text);
}

/** Hands a file to the system's own way of saving. */
export function saveFile(fileName: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The download reads the address after this call returned.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Opens the system's print dialog for a PDF; answers false when this browser cannot show PDF files. */
export function printPdf(blob: Blob): Promise<boolean> {
  if (!navigator.pdfViewerEnabled) return Promise.resolve(false);
  return new Promise((resolve) => {
    const url = URL.createObjectURL(blob);
    const frame = document.createElement('iframe');
    frame.className = 'jt-print-frame';
    frame.title = '打印';
    frame.addEventListener('load', () => {
      try {
        frame.contentWindow?.focus();
        frame.contentWindow?.print();
        resolve(true);
      } catch {
        resolve(false);
      }
      setTimeout(() => {
        frame.remove();
        URL.revokeObjectURL(url);
      }, 600_000);
    });
    frame.src = url;
    document.body.append(frame);
  });
}
