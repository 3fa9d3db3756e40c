// What in a list deserves the eye first: unqualified, left to a person, let pass, changed, returned before. Words and order.
import type { CollectionDocument } from '../../../shared/entities/collections.ts';

type RecordDocument = Pick<
  CollectionDocument<'records'>,
  'verdict' | 'alarming' | 'invalidRuns' | 'released' | 'modified' | 'returns' | 'testerId'
>;

export interface Attention {
  /** The greater, the higher in the list; 0 where nothing stands out. */
  weight: number;
  words: string[];
}

export const noAttention: Attention = { weight: 0, words: [] };

/** Each mark outweighs all below it together. */
const marks: readonly [weight: number, word: (record: RecordDocument) => string | null][] = [
  [64, ({ verdict }) => (verdict === 'unqualified' ? '不合格' : null)],
  [32, ({ verdict, alarming }) => (verdict === 'retest' ? '应复验' : alarming && verdict !== 'unqualified' ? '需注意' : null)],
  [16, ({ verdict }) => (verdict === 'not-judged' ? '需人工判定' : null)],
  [8, ({ released }) => (released > 0 ? `可疑数据放行 ${released} 项` : null)],
  [4, ({ modified }) => (modified > 0 ? `更正 ${modified} 处` : null)],
  [2, ({ returns }) => (returns > 0 ? `曾退回 ${returns} 次` : null)],
  [1, ({ invalidRuns }) => (invalidRuns > 0 ? `重做 ${invalidRuns} 次` : null)],
]; // prettier-ignore

export function attentionOf(record: RecordDocument): Attention {
  const found = marks.flatMap(([weight, word]) => {
    const text = word(record);
    return text === null ? [] : [{ weight, text }];
  });
  return { weight: found.reduce((sum, { weight }) => sum + weight, 0), words: found.map(({ text }) => text) };
}

/** Several records in one report: the worst of each kind counts once. */
export function attentionOfAll(records: readonly RecordDocument[]): Attention {
  const found = records.map(attentionOf);
  return {
    weight: found.reduce((all, { weight }) => all | weight, 0),
    words: [...new Set(found.flatMap(({ words }) => words))],
  };
}
