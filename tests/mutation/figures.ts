// A mutator of our own beside Stryker's: one digit of one figure. Limits, factors, loading rates, resolutions and
// counts are data here ('0.95', 15), which Stryker leaves alone; a wrong digit in them is the likeliest real fault.
// It answers two questions: does a test notice the last digit, and (for a figure of several) the first one?

/** The little of a syntax path that is needed; Stryker hands over Babel's. */
export interface SyntaxPath {
  readonly node: { readonly type: string; readonly value?: unknown };
  readonly parent: SyntaxNode;
  readonly parentPath: SyntaxPath | null;
}
interface SyntaxNode {
  readonly type: string;
  readonly key?: unknown;
  readonly callee?: { readonly name?: string };
}
export interface Mutator {
  readonly name: string;
  mutate(path: SyntaxPath, options?: unknown): Iterable<unknown>;
  filter?(mutants: readonly unknown[]): boolean;
}

export const FIGURE = 'Figure';

/** Keys whose figures are names of a place in a text or the look of a table: a changed digit decides nothing. */
const WORDS = new Set(['clause', 'clauses', 'standard', 'label', 'name', 'head', 'id', 'code', 'unit', 'hint', 'note']);
const LOOKS = new Set(['width', 'across', 'down', 'span', 'order']);

const PLAIN = /^-?\d+(?:\.\d+)?$/;

export const figureMutator: Mutator = {
  name: FIGURE,
  *mutate(path) {
    const { node } = path;
    if (node.type !== 'StringLiteral' && node.type !== 'NumericLiteral') return;
    if (isName(path) || decoratesText(path) || isWidth(path)) return;
    const text = String(node.value);
    if (!PLAIN.test(text)) return;
    const literal = (written: string) =>
      node.type === 'StringLiteral'
        ? { type: 'StringLiteral', value: written }
        : { type: 'NumericLiteral', value: Number(written) };
    for (const written of neighbours(text)) yield literal(written);
  },
};

/** The figure with its last digit turned on by one and, where there are others, with its first digit so. */
export function neighbours(text: string): string[] {
  const places = Array.from(text.matchAll(/\d/g), ({ index }) => index);
  const first = places[0];
  const last = places.at(-1);
  if (first === undefined || last === undefined) return [];
  const turned = (place: number): string =>
    `${text.slice(0, place)}${(Number(text[place]) + 1) % 10}${text.slice(place + 1)}`;
  const leading = turned(first);
  // '9.5' → '0.5' is a figure, '95' → '05' is not one.
  const isFigure = !/^-?0\d/.test(leading);
  return first === last || !isFigure ? [turned(last)] : [turned(last), leading];
}

/** An object key, a module name, a literal type. */
function isName({ node, parent }: SyntaxPath): boolean {
  if (/^(?:Import|Export|TS(?!AsExpression|Satisfies|NonNull))/.test(parent.type)) return true;
  return parent.type === 'ObjectProperty' && parent.key === node;
}

/** A broken number in a list is the width of a column there; figures of a method are decimal strings or have a name. */
function isWidth({ node, parent }: SyntaxPath): boolean {
  return typeof node.value === 'number' && !Number.isInteger(node.value) && parent.type !== 'ObjectProperty';
}

/** Whether the nearest named thing above holds words or looks; looks no further than the enclosing function. */
function decoratesText(path: SyntaxPath): boolean {
  for (let at: SyntaxPath | null = path; at !== null && !/Function|Program/.test(at.node.type); at = at.parentPath) {
    const { parent } = at;
    if (parent.type !== 'ObjectProperty') continue;
    const key = parent.key as { readonly name?: string; readonly value?: string };
    const name = key.name ?? key.value ?? '';
    return WORDS.has(name) || LOOKS.has(name);
  }
  return false;
}
