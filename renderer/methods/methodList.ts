// The rows of the list: every method with its standard in force, and the words by which it is found.
import { familyOf, listMethods } from '../../shared/methods/index.ts';
import type { Edition, TestMethod } from '../../shared/methods/index.ts';
import type { StateWord } from '../design/words.ts';

export interface MethodRow {
  method: TestMethod;
  family: string;
  edition: Edition;
  /** Everything it can be found by, in small letters. */
  words: string;
}

export const purposeNames: Record<TestMethod['purpose'], string> = {
  sample: '样品检测',
  field: '现场检测',
  evaluation: '结果评定',
};

export function editionState(edition: Edition, day: string): 'future' | 'current' | 'past' {
  if (edition.inForceFrom > day) return 'future';
  return edition.inForceUntil !== null && edition.inForceUntil < day ? 'past' : 'current';
}

export const editionWords: Record<ReturnType<typeof editionState>, StateWord> = {
  future: { word: '尚未实施', tone: 'quiet', shape: '○' },
  current: { word: '现行', tone: 'good', shape: '✓' },
  past: { word: '已被代替', tone: 'quiet', shape: '○' },
};

/** The edition in force on a day; where none is, the newest. */
export function editionInForce(method: Pick<TestMethod, 'editions'>, day: string): Edition {
  return method.editions.find((edition) => editionState(edition, day) === 'current') ?? method.editions[0]!;
}

const plain = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').trim();

export function methodRows(day: string, methods: readonly TestMethod[] = listMethods()): MethodRow[] {
  return methods.map((method) => {
    const family = familyOf(method);
    const standards = method.editions.flatMap(({ id, test, judgement, title }) => [id, test, judgement ?? '', title]);
    const parameters = method.parameters.flatMap(({ code, name }) => [code, name]);
    const words = [
      method.name,
      method.id,
      method.itemCode ?? '',
      method.sampleName,
      family,
      purposeNames[method.purpose],
    ];
    return {
      method,
      family,
      edition: editionInForce(method, day),
      words: plain([...words, ...standards, ...parameters].join(' ')),
    };
  });
}

/** Rows that contain every word typed; standards are found with and without the blank (`gb50081`, `GB/T 50081`). */
export function findMethods(rows: readonly MethodRow[], typed: string): readonly MethodRow[] {
  const wanted = plain(typed).split(' ').filter(Boolean);
  if (wanted.length === 0) return rows;
  return rows.filter(({ words }) => {
    const close = words.replaceAll(/[ /]/g, '');
    return wanted.every((word) => words.includes(word) || close.includes(word.replaceAll('/', '')));
  });
}
