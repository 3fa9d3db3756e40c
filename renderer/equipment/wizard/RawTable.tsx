// Bytes as they come: time, direction, hex and text. The newest is at the bottom and stays in sight until somebody
// scrolls up.
import { useEffect, useRef, useState } from 'react';
import type { RawLine } from './useTrial.ts';

const bytesPerRow = 16;
const controls: Record<number, string> = {
  2: '<STX>',
  3: '<ETX>',
  6: '<ACK>',
  9: '<TAB>',
  10: '<LF>',
  13: '<CR>',
  27: '<ESC>',
};

function textOf(hex: string): string {
  let text = '';
  for (let at = 0; at < hex.length; at += 2) {
    const byte = Number.parseInt(hex.slice(at, at + 2), 16);
    if (byte >= 0x20 && byte <= 0x7e) text += String.fromCharCode(byte);
    else text += controls[byte] ?? '·';
  }
  return text;
}

const clock = (at: number): string => {
  const local = new Date(at + 8 * 3_600_000).toISOString();
  return local.slice(11, 23);
};

/** Rows of at most 16 bytes; the first row of a piece carries its time. */
export function rowsOf(
  raw: readonly RawLine[],
): { key: string; at: string; out: boolean; hex: string; text: string }[] {
  return raw.flatMap(({ no, at, out, hex }) =>
    Array.from({ length: Math.ceil(hex.length / (2 * bytesPerRow)) }, (_, index) => {
      const part = hex.slice(index * 2 * bytesPerRow, (index + 1) * 2 * bytesPerRow);
      const pairs = part.match(/../g) ?? [];
      return {
        key: `${no}.${index}`,
        at: index === 0 ? clock(at) : '',
        out,
        hex: pairs.join(' ').toUpperCase(),
        text: textOf(part),
      };
    }),
  );
}

export function RawTable({
  raw,
  dropped,
  short = false,
}: {
  raw: readonly RawLine[];
  dropped: number;
  short?: boolean;
}) {
  const [held, setHeld] = useState<readonly RawLine[] | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const shown = held ?? raw;
  useEffect(() => {
    if (held === null && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
    // oxlint-disable-next-line react-hooks/exhaustive-deps, react/exhaustive-effect-dependencies -- every new line scrolls
  }, [shown, held]);
  const rows = rowsOf(shown).slice(short ? -60 : -400);
  return (
    <div className="jt-raw">
      <div className="jt-raw-head">
        <b>原始数据</b>
        <span className="jt-soft">→ 本机发出　← 仪器发来</span>
        <span className="jt-spring" />
        {dropped > 0 && <span className="jt-soft">另有 {dropped} 字节太快，没有显示</span>}
        <label className="jt-check">
          <input
            type="checkbox"
            checked={held !== null}
            onChange={(event) => setHeld(event.target.checked ? raw : null)}
          />
          停住画面
        </label>
      </div>
      <div
        ref={box}
        className="jt-raw-body"
        role="log"
        aria-label="原始数据"
        aria-live="off"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keyboard
        tabIndex={0}
        data-testid="wizard-raw"
      >
        {rows.length === 0 && <p className="jt-soft">还没有数据。</p>}
        {rows.map((row) => (
          <div key={row.key} className={row.out ? 'jt-raw-out' : undefined}>
            <span className="jt-raw-time">{row.at}</span>
            <span>{row.out ? '→' : '←'}</span>
            <code className="jt-raw-hex">{row.hex}</code>
            <code>{row.text}</code>
          </div>
        ))}
      </div>
    </div>
  );
}
