// Which characters the fonts can print. A rare character of a name that the fonts lack would print as an empty box (and
// PDF/A forbids it), so it is named to the user, with its field, before anything is compiled.
// Reads the `cmap` table of TrueType (OpenType 1.9, formats 4 and 12).
import type { ErrorDetail } from '../../shared/errors/appError.ts';

/** Set by the templates as raised or lowered digits, whatever the fonts hold. */
const drawnByTemplate = /[⁰⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉₊₋]/u;

function addFormat4(view: DataView, at: number, covered: Set<number>): void {
  const segments = view.getUint16(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  const deltas = starts + segments * 2;
  const ranges = deltas + segments * 2;
  for (let index = 0; index < segments; index += 1) {
    const start = view.getUint16(starts + index * 2);
    const end = view.getUint16(ends + index * 2);
    const delta = view.getUint16(deltas + index * 2);
    const rangeAt = ranges + index * 2;
    const range = view.getUint16(rangeAt);
    for (let point = start; point <= end && point !== 0xff_ff; point += 1) {
      const raw = range === 0 ? point : view.getUint16(rangeAt + range + (point - start) * 2);
      const glyph = raw === 0 && range !== 0 ? 0 : (raw + delta) & 0xff_ff;
      if (glyph !== 0) covered.add(point);
    }
  }
}

function addFormat12(view: DataView, at: number, covered: Set<number>): void {
  const groups = view.getUint32(at + 12);
  for (let index = 0; index < groups; index += 1) {
    const group = at + 16 + index * 12;
    const end = view.getUint32(group + 4);
    for (let point = view.getUint32(group); point <= end; point += 1) covered.add(point);
  }
}

/** Code points that a TrueType font has a glyph for. */
export function coveredCharacters(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const covered = new Set<number>();
  const tables = view.getUint16(4);
  for (let table = 0; table < tables; table += 1) {
    const entry = 12 + table * 16;
    if (view.getUint32(entry) !== 0x63_6d_61_70) continue; // 'cmap'
    const cmap = view.getUint32(entry + 8);
    const encodings = view.getUint16(cmap + 2);
    for (let index = 0; index < encodings; index += 1) {
      const at = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
      const format = view.getUint16(at);
      if (format === 4) addFormat4(view, at, covered);
      if (format === 12) addFormat12(view, at, covered);
    }
  }
  return covered;
}

/** Every field of `content` with a character that the fonts lack. */
export function unprintableFields(content: unknown, covered: ReadonlySet<number>, path = ''): ErrorDetail[] {
  if (typeof content === 'string') {
    const missing = new Set(
      Array.from(content).filter(
        (character) =>
          character !== '\n' && !covered.has(character.codePointAt(0) ?? 0) && !drawnByTemplate.test(character),
      ),
    );
    return [...missing].map((character) => ({
      field: path,
      message: `报告字体没有“${character}”（U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}）`,
    }));
  }
  if (content === null || typeof content !== 'object') return [];
  return Object.entries(content).flatMap(([key, value]) =>
    unprintableFields(value, covered, path === '' ? key : `${path}.${key}`),
  );
}
