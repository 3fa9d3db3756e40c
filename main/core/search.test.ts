// A search finds exactly the rows whose words hold the text, however short it is and whatever the page.
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as fc from 'fast-check';
import {
  commissionRow,
  insertCommission,
  openTestStore,
  tester,
  type TestStore,
} from '../../tests/support/testStore.ts';
import { search, type SearchLimits, type SearchQuery } from './search.ts';

let bed: TestStore;
beforeEach(() => {
  bed = openTestStore();
});
afterEach(() => bed.remove());

const query: SearchQuery = {
  kind: 'commission',
  table: 'commission',
  key: 'commissionNo',
  select: 'SELECT commissionNo, projectName FROM commission',
};
const receive = (projectNames: readonly string[], year = '2026'): void =>
  bed.store.transact(tester, (tx) => {
    for (const [n, projectName] of projectNames.entries())
      insertCommission(tx, commissionRow(`W${year}-${String(n).padStart(5, '0')}`, { projectName, clientUnit: '甲方', contractorUnit: '乙方' })); // prettier-ignore
  });
const namesOf = (text: string, limit = 50, limits?: SearchLimits): string[] => {
  const found: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = search(bed.store, query, { text, limit, ...(cursor ? { cursor } : {}) }, limits);
    found.push(...page.rows.map((row) => String(row['projectName'])));
    cursor = page.nextCursor;
  } while (cursor);
  return found;
};

test('one, two and three characters are found anywhere, also as the last of a text', () => {
  receive(['云岭花园', '江湾路桥', '东云岭', '岭云']);
  expect(namesOf('云岭')).toEqual(['东云岭', '云岭花园']);
  expect(namesOf('路桥')).toEqual(['江湾路桥']);
  expect(namesOf('云')).toEqual(['岭云', '东云岭', '云岭花园']);
  expect(namesOf('江湾路')).toEqual(['江湾路桥']);
  expect(namesOf('乙方')).toHaveLength(4);
  expect(namesOf('湾江')).toEqual([]);
  expect(namesOf('+08:00')).toHaveLength(4);
  // The last two characters of all words of a row.
  expect(namesOf('00')).toHaveLength(4);
});

test('a text that is written anew is found by its new words only', () => {
  receive(['云岭花园', '江湾路桥']);
  bed.store.transact(tester, (tx) => tx.update('commission', 'W2026-00000', { projectName: '白鹭洲小学' }));
  expect(namesOf('云岭')).toEqual([]);
  expect(namesOf('云岭花园')).toEqual([]);
  expect(namesOf('白鹭')).toEqual(['白鹭洲小学']);
  expect(bed.store.all(`SELECT key FROM searchText WHERE key = 'W2026-00000'`)).toHaveLength(1);
  expect(bed.store.first(`SELECT count(*) AS n FROM searchRow`)).toEqual({ n: 2 });
});

test('case does not matter, quotes and percent signs are characters like others', () => {
  receive(['B"栋%', 'a_b 楼']);
  expect(namesOf('b"')).toEqual(['B"栋%']);
  expect(namesOf('栋%')).toEqual(['B"栋%']);
  expect(namesOf('A_B')).toEqual(['a_b 楼']);
  expect(namesOf('A_')).toEqual(['a_b 楼']);
});

test('every text of one to five characters finds what a look through all words finds, page by page', () => {
  const letters = fc.constantFrom('云', '岭', '江', 'a', 'B', '1', ' ', '"');
  const name = fc.array(letters, { minLength: 1, maxLength: 8 }).map((all) => `x${all.join('')}`);
  const names = fc.sample(name, { numRuns: 300, seed: 7 });
  receive(names);
  const words = bed.store.all('SELECT commissionNo, projectName, clientUnit, contractorUnit, receivedAt FROM commission ORDER BY commissionNo DESC'); // prettier-ignore
  fc.assert(
    fc.property(
      fc.array(letters, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 20, max: 90 }),
      fc.constantFrom({ terms: 400, many: 10_000 }, { terms: 2, many: 3 }),
      (chars, limit, limits) => {
        const text = chars.join('').trim();
        fc.pre(text !== '');
        const expected = words
          .filter((row) => Object.values(row).join(' ').toLowerCase().includes(text.toLowerCase()))
          .map((row) => String(row['projectName']));
        expect(namesOf(text, limit, limits)).toEqual(expected);
      },
    ),
    { numRuns: 150 },
  );
});
