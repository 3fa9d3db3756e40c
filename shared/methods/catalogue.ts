// Which built-in method an item of the platform's catalogue means. Every platform has item codes of its own; what they
// share is the standard and the trade's name of the test. An item that is not recognised has no method: never guessed.
import { listMethods } from './index.ts';
import type { TestMethod } from './method.ts';

export interface CatalogueItem {
  itemCode: string;
  name: string;
  parameters: readonly { code: string; name: string }[];
  /** Standards as the catalogue writes them, e.g. `GB/T 50081-2019`. */
  methods: readonly string[];
}

/** `GB/T50081—2019` and `GB/T 50081-2019` are the same standard. */
const plain = (standard: string): string =>
  standard
    .replaceAll(/\s/g, '')
    .replaceAll(/[—–－]/g, '-')
    .toUpperCase();

export function methodOfItem(item: CatalogueItem): TestMethod | null {
  const byCode = listMethods().find((method) => method.itemCode === item.itemCode);
  if (byCode) return byCode;
  const standards = new Set(item.methods.map(plain));
  const names = [item.name, ...item.parameters.map((parameter) => parameter.name)].join(' ');
  const named = listMethods().filter(
    (method) =>
      method.editions.some(
        ({ test, judgement }) => standards.has(plain(test)) || (judgement !== null && standards.has(plain(judgement))),
      ) && method.recognises(names),
  );
  // Two methods that both recognise it are no answer.
  return named.length === 1 ? (named[0] ?? null) : null;
}

/** The method's own code for each parameter of a catalogue item: by code, else by name; null where it has none. */
export function parametersOfItem(method: TestMethod, item: CatalogueItem): ReadonlyMap<string, string | null> {
  return new Map(
    item.parameters.map(({ code, name }) => {
      const own =
        method.parameters.find((parameter) => parameter.code === code && method.itemCode === item.itemCode) ??
        method.parameters.find((parameter) => parameter.recognises.test(name));
      return [code, own?.code ?? null];
    }),
  );
}
