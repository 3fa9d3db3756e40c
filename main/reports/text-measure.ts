// How wide a text will be and where it may be broken, known before it is set: widths of table columns and the line ends of
// short heads and cells come from here. Binary numbers are good enough, they only place text on paper.

/**
 * Advance widths of Noto Serif SC, hundredths of an em, for the visible ASCII characters in their order. The 1 is narrower
 * (47) and counted as the other digits are, so that columns of figures do not depend on the figures.
 */
const asciiWidths = [
  26, 31, 38, 57, 55, 92, 78, 20, 36, 36, 48, 58, 33, 35, 33, 35, 56, 56, 56, 56, 56, 56, 56, 55, 56, 56, 33, 33, 58,
  58, 58, 43, 91, 72, 67, 69, 77, 65, 63, 74, 85, 41, 40, 73, 63, 97, 80, 77, 64, 77, 71, 57, 66, 80, 71, 105, 70, 69,
  60, 34, 35, 34, 58, 56, 43, 56, 64, 54, 63, 55, 39, 57, 66, 33, 31, 61, 33, 97, 66, 60, 64, 61, 46, 47, 37, 65, 55,
  84, 56, 55, 50, 37, 32, 37, 58,
] as const;
const otherWidths: Readonly<Record<string, number>> = { '°': 34, '·': 33, '–': 56, '−': 58, '¹': 39, '²': 39, '³': 39 };

/** Size of lowered and raised letters, as common.typ sets them. */
const scriptSize = 0.68;

/** Advance of one character, in em. */
export function emWidth(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  const hundredths = asciiWidths[point - 32] ?? otherWidths[character];
  if (hundredths !== undefined) return hundredths / 100;
  if (/[⁰⁴-⁹⁺⁻₀-₉₊₋]/u.test(character)) return 0.4;
  return /\p{Script=Greek}/u.test(character) ? 0.85 : 1;
}

/** The gap that is set between Chinese and Latin letters or digits, em. */
const mixedGap = 0.25;
const mixed = /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u;
const gapBetween = (left: string, right: string): number =>
  mixed.test((left.at(-1) ?? '') + (right.at(0) ?? '')) ? mixedGap : 0;

/** Without the marks of lowered and raised letters. */
const bare = (text: string): string => text.replaceAll(/[_^]\{([^{}]*)\}/gu, '$1');

/** Width of a text in em; x_{sub} and x^{super} count as they are drawn. */
export function textEm(text: string): number {
  let width = 0;
  let before = '';
  for (const part of text.split(/([_^]\{[^{}]*\})/u)) {
    const script = /^[_^]\{(.*)\}$/su.exec(part);
    const scale = script ? scriptSize : 1;
    for (const character of script?.[1] ?? part) {
      width += emWidth(character) * scale + gapBetween(before, character);
      before = character;
    }
  }
  return width;
}

export interface Piece {
  readonly text: string;
  /** Width in em, without the blank before it. */
  readonly em: number;
  /** Blank before it, lost when a line begins here. */
  readonly blank: boolean;
  /** What a line end before it costs, in lines; less than nothing where it is welcome. */
  readonly breaking: number;
}

const opening = /^[（《“‘【〔〈([]/u;
const closing = /^[）》”’】〕〉，。、；：！？％‰℃×～)\]]/u;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}　-〿＀-｠℃‰×“”‘’…]/u;
const scripted = /^[_^]\{/u;

const isHan = (part: string): boolean => /^\p{Script=Han}$/u.test(part);

/**
 * Most Chinese terms are made of words of two characters. In an odd number of characters one word has three: the last one
 * if it ends as names of quantities do (强度/换算值), else rather the first (同条件/养护). A number stays with what it counts.
 */
function breakingCost(before: string, part: string, term: string, offset: number, blank: boolean): number {
  if (/\d$/u.test(before) && !opening.test(part)) return 0.7;
  if (offset > 0 && term.length % 2 === 0 && offset % 2 === 1) return 1.3;
  if (offset > 0 && term.length % 2 === 1 && (offset % 2 === 1) === /^...$|[值率量度差比数法性]$/u.test(term))
    return 0.4;
  if (blank || opening.test(part) || /[，、；]$/u.test(before)) return -0.3;
  return 0;
}

/** Pieces that no line end divides. With `finely`, numbers may also break after - / . and the like. */
export function piecesOf(text: string, finely = false): Piece[] {
  const parts = text.match(/[_^]\{[^{}]*\}| +|./gsu) ?? [];
  const pieces: Omit<Piece, 'em'>[] = [];
  let blank = false;
  let run = 0;
  let term = '';
  let before = '';
  for (const [index, part] of parts.entries()) {
    if (part.startsWith(' ')) {
      blank = true;
      run = 0;
      continue;
    }
    const last = pieces.pop();
    const han = isHan(part);
    if (han && run === 0) term = /^\p{Script=Han}+/u.exec(parts.slice(index, index + 40).join(''))?.[0] ?? '';
    const glued =
      last !== undefined &&
      !blank &&
      (scripted.test(part) ||
        closing.test(part) ||
        opening.test(before) ||
        (!wide.test(part) && !wide.test(before) && !opening.test(part) && !(finely && /^[-/._+]/u.test(before))));
    if (last !== undefined) pieces.push(glued ? { ...last, text: last.text + part } : last);
    if (!glued)
      pieces.push({ text: part, blank, breaking: breakingCost(before, part, term, han && !blank ? run : 0, blank) });
    run = han ? run + 1 : 0;
    before = part;
    blank = false;
  }
  return pieces.map((piece) => ({ ...piece, em: textEm(piece.text) }));
}

const blankEm = 0.26;

/**
 * Breaks a text into lines no wider than `limit` em, so that the lines are few, even, and rarely tear a word; a piece
 * that is wider than a line stands alone in one.
 */
export function brokenLines(pieces: readonly Piece[], limit: number): string[] {
  interface Best {
    cost: number;
    from: number;
  }
  const best: Best[] = [{ cost: 0, from: 0 }];
  for (let end = 1; end <= pieces.length; end += 1) {
    let found: Best = { cost: Infinity, from: end - 1 };
    let width = 0;
    for (let from = end - 1; from >= 0; from -= 1) {
      const piece = pieces[from];
      if (piece === undefined) break;
      const next = pieces[from + 1];
      if (from + 1 < end && next) width += next.blank ? blankEm : gapBetween(bare(piece.text), bare(next.text));
      width += piece.em;
      if (width > limit && from < end - 1) break;
      const slack = Math.max(0, 1 - width / limit);
      const cost = (best[from]?.cost ?? 0) + 1 + 0.4 * slack * slack + (from === 0 ? 0 : piece.breaking);
      if (cost < found.cost - 1e-9) found = { cost, from };
    }
    best.push(found);
  }
  const lines: string[] = [];
  for (let end = pieces.length; end > 0;) {
    const from = best[end]?.from ?? 0;
    const line = pieces.slice(from, end);
    lines.unshift(line.map((piece, index) => (index > 0 && piece.blank ? ' ' : '') + piece.text).join(''));
    end = from;
  }
  return lines;
}
