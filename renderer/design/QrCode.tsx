// A QR code as one path, drawn here: no picture file, no address, nothing to load.
import { create } from 'qrcode';
import { useMemo } from 'react';

export function QrCode({ text, size = 96 }: { text: string; size?: number }) {
  const { path, width } = useMemo(() => {
    const { modules } = create(text, { errorCorrectionLevel: 'M' });
    const quiet = 2;
    const parts: string[] = [];
    for (let row = 0; row < modules.size; row += 1) {
      for (let column = 0; column < modules.size; column += 1) {
        if (modules.get(row, column)) parts.push(`M${column + quiet} ${row + quiet}h1v1h-1z`);
      }
    }
    return { path: parts.join(''), width: modules.size + 2 * quiet };
  }, [text]);
  return (
    <svg
      className="jt-qr"
      width={size}
      height={size}
      viewBox={`0 0 ${width} ${width}`}
      role="img"
      aria-label={`二维码 ${text}`}
    >
      <rect width={width} height={width} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
