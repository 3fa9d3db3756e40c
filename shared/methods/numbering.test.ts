// Specimens are numbered 1, 2, 3 … wherever a person reads of them: in the first column of a table, in a step of the
// trace, in a warning. A record that speaks of specimen 0 points to no specimen, or to the wrong one.
import { describe, expect, test } from 'vitest';
import type { PaperTable } from './table.ts';
import { answersOf, EVERY_METHOD } from './testing/answers.ts';

const NOBODY = /(?:试件|试样|试体|试块|芯样|测点|测区|接头|砖|砌块|盒|点|组|块|根) (?:0|-\d+)(?![\d.])/;

/** The whole numbers in the first column under a head that counts specimens; others have names or sizes there. */
function numbersOf({ columns, rows }: PaperTable): number[] {
  const counts = /(?:试件|试样|试体|试块|芯样|测点|测区|接头|环刀|盒|序号|组|块|根)$/.test(columns[0]?.head ?? '');
  if (!counts) return [];
  // A cell that spans rows shifts the cells of those below it: the first cell is then not always of the first column.
  if (rows.some(([cell]) => typeof cell === 'object' && cell.down !== undefined)) return [];
  const first = rows.map(([cell]) => (typeof cell === 'object' ? cell.text : (cell ?? '')));
  return first.every((cell) => /^-?\d+$/.test(cell)) ? first.map(Number) : [];
}

describe('specimens are numbered from one', () => {
  test.each(EVERY_METHOD)('%s', (_, method) => {
    for (const { answer } of answersOf(method)) {
      const { record, report, trace, warnings, stops, result } = answer;
      expect(JSON.stringify([record, report, trace, warnings, stops, result])).not.toMatch(NOBODY);
      for (const table of [...record, ...report]) {
        const numbers = numbersOf(table);
        expect(numbers).toEqual(numbers.map((_number, index) => index + 1));
      }
    }
  });
});
