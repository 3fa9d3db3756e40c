// Symbols of formulas as the trade prints them: methods write ReL, fcc, λc in their traces, the paper lowers and raises.
// Only letters move: no figure and no word is changed, and what is not known stays as it was written.
const LOWERED: readonly [pattern: string, first: string][] = [
  ['R°(m|eL)', 'R°'],
  ['R([fc]\\d?|m|eL|i|p0\\.2)', 'R'],
  ['F(eL|[fcm]|p0\\.2)', 'F'],
  ['f(cc|ts|f|k|i|stk|cu,cor|cu,e|cu,min|m,cu)', 'f'],
  ['ω(c,L|c)', 'ω'],
  ['μ(f\\d?)', 'μ'],
  ['β(c)', 'β'],
  ['d(max|min|m|i)', 'd'],
  ["ρ'(dmax)", "ρ'"],
  ['ρ(dmax|d|w|s)', 'ρ'],
  ["w'(opt)", "w'"],
  ['w(opt|ab)', 'w'],
  ['G(s2)', 'G'],
  ['λ(c)', 'λ'],
  ['δ(a\\d?)', 'δ'],
  ['m([sp])', 'm'],
  ['N(u)', 'N'],
  ['S(0)', 'S'],
  ['L([0u])', 'L'],
  ['A(gt)', 'A'],
];
const edges = (pattern: string): RegExp => new RegExp(`(?<![A-Za-zα-ω'_{^])${pattern}(?![A-Za-z0-9_}])`, 'gu');
const lowered = LOWERED.map(([pattern, first]) => [edges(pattern), `${first}_{$1}`] as const);
const special: readonly (readonly [RegExp, string])[] = [
  [edges('f0mst'), 'f^{0}_{mst}'],
  [/f\^c_\{cu\}/gu, 'f^{c}_{cu}'],
  // Rm^1.9400, 10^(-0.0173·dm), w^2: a power that stands without braces.
  [/\^(-?\d+(?:\.\d+)?)/gu, '^{$1}'],
];
/** m0, β2, x1 and the like; C30 and M10 are grades. */
const numbered = /(?<![A-Za-zα-ω°'_{^])([A-BD-LN-Za-zα-ω])(\d)(?![A-Za-z0-9_}.])/gu;

/** A formula or a symbol with its letters lowered and raised; `x_{…}` that is there already stays. */
export function setSymbols(text: string): string {
  const named = [...special, ...lowered].reduce((set, [from, to]) => set.replaceAll(from, to), text);
  return named.replaceAll(numbered, '$1_{$2}');
}

/** The same for figures put in, where a letter with a digit may be a grade or a number of something. */
export function setNamedSymbols(text: string): string {
  return lowered.reduce((set, [from, to]) => set.replaceAll(from, to), text);
}
