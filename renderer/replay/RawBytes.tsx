// The bytes around one sample as they came over the line: in hex and as text, the sample's own frame marked.
import type { RawPiece } from '../../shared/contract/replay.ts';

const escapes: Record<number, string> = { 0x09: '\\t', 0x0a: '\\n', 0x0d: '\\r' };

/** Printable ASCII as it is, what ends a line as its escape, every other byte as a dot. */
export function textOfHex(hex: string): string {
  return bytesOf(hex)
    .map((byte) => escapes[byte] ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'))
    .join('');
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}

const spaced = (hex: string): string => (hex.match(/../g) ?? []).join(' ').toUpperCase();

/** The three parts of a piece: before the frame, the frame, behind it. */
function parts({ hex, frame }: RawPiece): [string, string, string] {
  if (frame === null) return [hex, '', ''];
  const [from, to] = frame;
  return [hex.slice(0, from * 2), hex.slice(from * 2, to * 2), hex.slice(to * 2)];
}

export function RawBytes({ pieces }: { pieces: readonly RawPiece[] }) {
  if (pieces.length === 0) return <p className="jt-soft">没有对应的字节。</p>;
  return (
    <table className="jt-raw" data-testid="replay-raw">
      <tbody>
        {pieces.map((piece) => {
          const [before, own, after] = parts(piece);
          return (
            <tr key={piece.block}>
              <th scope="row">
                块 {piece.block}
                <br />
                {piece.arrivedMs > 0 ? '+' : ''}
                {piece.arrivedMs.toFixed(1)} ms
              </th>
              <td className="jt-raw-text">
                {piece.skipped > 0 && '…'}
                {textOfHex(before)}
                {own !== '' && <mark data-testid="replay-frame">{textOfHex(own)}</mark>}
                {textOfHex(after)}
              </td>
              <td className="jt-raw-hex">
                {spaced(before)} {own !== '' && <mark>{spaced(own)}</mark>} {spaced(after)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
