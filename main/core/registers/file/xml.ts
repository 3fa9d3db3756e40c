// As much of XML as the parts of a workbook need, in time linear to their length whatever they hold: tags found by
// position, no entities but the five and numbers, nothing that refers elsewhere.
export class BrokenXml extends Error {}

/** Prefixes of names are taken away, comments left out; a document that declares entities is refused. */
export function plainXml(text: string): string {
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) throw new BrokenXml('declares entities');
  const parts: string[] = [];
  let at = 0;
  for (let open = text.indexOf('<!--'); open !== -1; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open + 4);
    if (close === -1) throw new BrokenXml('comment without end');
    parts.push(text.slice(at, open));
    at = close + 3;
  }
  parts.push(text.slice(at));
  return parts.join('').replaceAll(/<(\/?)[A-Za-z_][\w.-]{0,40}:/g, '<$1');
}

export interface Element {
  readonly name: string;
  readonly attributes: string;
  /** Null where the element is closed at once. */
  readonly inside: string | null;
  readonly end: number;
}

const nameAt = /[A-Za-z_][\w.-]*/y;

/** The next element with one of these names at or after `from`, whatever stands before it. */
export function nextElement(text: string, names: readonly string[], from = 0): Element | null {
  for (let open = text.indexOf('<', from); open !== -1; open = text.indexOf('<', open + 1)) {
    nameAt.lastIndex = open + 1;
    const name = nameAt.exec(text)?.[0];
    if (name === undefined || !names.includes(name)) continue;
    const close = text.indexOf('>', open);
    if (close === -1) throw new BrokenXml('tag without end');
    const selfClosed = text[close - 1] === '/';
    const attributes = text.slice(open + 1 + name.length, selfClosed ? close - 1 : close);
    if (selfClosed) return { name, attributes, inside: null, end: close + 1 };
    const last = text.indexOf(`</${name}>`, close + 1);
    if (last === -1) throw new BrokenXml('element without end');
    return { name, attributes, inside: text.slice(close + 1, last), end: last + name.length + 3 };
  }
  return null;
}

export function* elements(text: string, ...names: string[]): Generator<Element> {
  for (let found = nextElement(text, names); found !== null; found = nextElement(text, names, found.end)) yield found;
}

export function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found === null ? null : decoded(found[1] ?? found[2] ?? '');
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const decoded = (text: string): string =>
  text
    .replaceAll(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/g, (whole, hex, dec, name) => {
      if (name !== undefined) return named[String(name)] ?? whole;
      const code = hex === undefined ? Number(dec) : Number.parseInt(String(hex), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
    })
    // A spreadsheet's own way to write a character that XML may not hold.
    .replaceAll(/_x([0-9A-F]{4})_/g, (_whole, hex) => String.fromCodePoint(Number.parseInt(String(hex), 16)));

/** The text of a shared or inline string, without the readings above its characters. */
export function richText(inside: string): string {
  const parts: string[] = [];
  for (const { name, inside: text } of elements(inside, 'rPh', 't')) if (name === 't') parts.push(decoded(text ?? ''));
  return parts.join('');
}
