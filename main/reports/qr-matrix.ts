// The QR code of the verify address as rows of 0 and 1, drawn by the template as one vector path: no picture, no seams
// between modules, and sharp at every printer resolution.
import QRCode from 'qrcode';

/** Error level M (15 %): survives a fold or a stamp's edge, and stays readable at 22 mm. */
export function qrMatrix(text: string): string[] {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: 'M' }).modules;
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => (data[row * size + column] ? '1' : '0')).join(''),
  );
}
