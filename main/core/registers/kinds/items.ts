// Test items and their parameters as people write them in a cell: by code or by name, several with a mark between.
import { jsonOf, textOf as text } from '../../../store/cells.ts';
import type { Facts, Problem } from '../register.ts';

interface Item {
  code: string;
  name: string;
  parameters: { code: string; name: string }[];
}

const cache = new WeakMap<Facts, Item[]>();

export function itemsOf(facts: Facts): Item[] {
  const there = cache.get(facts);
  if (there) return there;
  const items = facts.reader.all(`SELECT * FROM item WHERE state <> 'deleted' ORDER BY itemCode`).map((row) => ({
    code: text(row['itemCode']),
    name: text(row['name']),
    parameters: jsonOf<{ code: string; name: string }[]>(row['parametersJson']),
  }));
  cache.set(facts, items);
  return items;
}

export const partsOf = (cell: string): string[] =>
  cell
    .split(/[,，、;；\n\r]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** The code that a word means: a code itself, or the one thing of that name. */
export function codeOf<T extends { code: string; name: string }>(
  among: readonly T[],
  word: string,
  column: string,
): { found: T } | { problem: Problem } {
  const byCode = among.find(({ code }) => code === word);
  if (byCode) return { found: byCode };
  const named = among.filter(({ name }) => name === word);
  const [only] = named;
  if (only !== undefined && named.length === 1) return { found: only };
  const message = named.length > 1 ? `“${word}”有 ${named.length} 个：${named.map(({ code }) => code).join('、')}` : `没有“${word}”`; // prettier-ignore
  return { problem: { column, code: 'ITEM_UNKNOWN', message, next: '请填写“填写说明”表里的代码或名称。' } };
}
