// Reading the vector files, comparing every answer whole, and the coverage table that follows from the declarations.
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/appError.ts';
import { listMethods, methodById } from '../../../shared/methods/index.ts';
import { VECTOR_FILES } from '../../../shared/methods/vectors/index.ts';
import { checkVectors, ownerOf } from './checkVectors.ts';
import { clausesOf } from './clauses.ts';
import { coverageOf, linesOf, optionCoverage, papersOf, screensOf } from './coverage.ts';
import { coverageText } from './coverageText.ts';
import { shownValues } from './shownValues.ts';
import { readVectorFiles, type ExpectedLine } from './vectorFiles.ts';

const folder = mkdtempSync(join(tmpdir(), 'jiantai-vectors-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const METHODS = listMethods();
const files = readVectorFiles();
const lines = files.flatMap((file) => file.lines);
const lineOf = (id: string): ExpectedLine => {
  const found = lines.find((line) => line.id === id);
  if (found === undefined) throw new Error(`${id} is not there`);
  return found;
};

function written(name: string, content: string) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return { name, url: pathToFileURL(path) };
}
function refusalOf(read: () => unknown) {
  try {
    read();
  } catch (error) {
    if (error instanceof AppError) return error.info;
    throw error;
  }
  throw new Error('was not refused');
}

describe('the vector files', () => {
  test('come with the digest of their very bytes, and every line of every file comes out as written', () => {
    expect(files.map(({ name }) => name)).toEqual(VECTOR_FILES.map(({ name }) => name));
    for (const [index, { url }] of VECTOR_FILES.entries())
      expect(files[index]?.sha256).toBe(createHash('sha256').update(readFileSync(url)).digest('hex'));
    expect(lines.length).toBeGreaterThanOrEqual(137);
    expect(checkVectors(METHODS, lines).filter(({ equal }) => !equal)).toEqual([]);
  });

  test('one that is damaged is refused with its name; nothing is validated', () => {
    const good = JSON.stringify([lineOf('RND-001')]);
    for (const [name, content] of [
      ['cut.json', good.slice(0, -5)],
      ['empty.json', '[]'],
      ['object.json', '{}'],
      ['blank.json', JSON.stringify([{ ...lineOf('RND-001'), expected: {} }])],
      ['nameless.json', JSON.stringify([{ ...lineOf('RND-001'), id: '' }])],
    ] as const) {
      const { code, message } = refusalOf(() => readVectorFiles([written(name, content)]));
      expect([code, message.includes(name)]).toEqual(['VECTOR_FILE_DAMAGED', true]);
    }
    const twice = [written('a.json', good), written('b.json', good)];
    expect(refusalOf(() => readVectorFiles(twice)).message).toContain('RND-001 重复（a.json）');
    const missing = { name: 'no.json', url: pathToFileURL(join(folder, 'no.json')) };
    expect(refusalOf(() => readVectorFiles([missing])).code).toBe('VECTOR_FILE_DAMAGED');
  });
});

describe('the comparison', () => {
  const check = (changes: Partial<ExpectedLine>) => checkVectors(METHODS, [{ ...lineOf('RND-001'), ...changes }])[0];

  test('asks for the whole answer: another figure, one too many, one too few, another type', () => {
    expect(check({})).toMatchObject({ equal: true, methodId: 'foundation', computed: { rounded: '12' } });
    for (const expected of [{ rounded: '13' }, { rounded: '12', more: '1' }, { other: '12' }, { rounded: 12 }])
      expect(check({ expected })?.equal).toBe(false);
    expect(check({ expected: { rounded: '12.0' } })?.equal).toBe(false);
    const cube = lineOf('CON-022');
    expect(checkVectors(METHODS, [cube])[0]?.equal).toBe(true);
    const one = { ...cube, expected: { rule: cube.expected['rule'] } };
    expect(checkVectors(METHODS, [one])[0]?.equal).toBe(false);
  });

  test('a line that no method answers, and one that is refused, differ and say why', () => {
    expect(check({ method: 'no-such' })).toMatchObject({
      equal: false,
      methodId: null,
      computed: { error: 'METHOD_UNKNOWN' },
    });
    const refused = check({ inputs: { value: 'x', interval: '1' } });
    expect(refused).toMatchObject({ equal: false, methodId: 'foundation' });
    expect(refused?.computed['error']).toMatch(/^METHOD_/);
    // Not even when the line expects just that.
    expect(check({ method: 'no-such', expected: check({ method: 'no-such' })?.computed ?? {} })?.equal).toBe(false);
  });

  test('a line is computed under the policies that it names', () => {
    const line = lineOf('CON-024');
    const single = { ...line, inputs: { ...line.inputs, policies: { factorOrder: 'single-first' } } };
    const [usual, other] = checkVectors(METHODS, [line, single]);
    expect([usual?.equal, other?.equal]).toEqual([true, false]);
    expect(other?.computed['groupValue_MPa']).toBe('28.8');
  });

  test('every vector name of every method has its owner', () => {
    for (const method of METHODS)
      for (const name of Object.keys(method.vectors)) expect(ownerOf(METHODS, name)).toBe(method.id);
    expect([ownerOf(METHODS, 'rounding'), ownerOf(METHODS, 'toString')]).toEqual(['foundation', null]);
  });
});

test('values are shown as they stand in the file', () => {
  const values = { b: ['1.0', '2.50'], a: null, c: true, d: { e: '1' }, n: 18 };
  expect(shownValues(values)).toBe('b=[1.0, 2.50]; a=null; c=true; d={e=1}; n=18');
  expect(shownValues(values, ['n', 'x', 'a'])).toBe('n=18; a=null; b=[1.0, 2.50]; c=true; d={e=1}');
});

describe('the coverage', () => {
  const rows = coverageOf(METHODS, lines);

  test('has a row for every edition of every method, and every line of a method in it', () => {
    const pairs = METHODS.flatMap(({ id, editions }) => editions.map((edition) => `${id} ${edition.id}`));
    expect(rows.slice(1).map(({ methodId, edition }) => `${methodId} ${edition}`)).toEqual(pairs);
    for (const method of METHODS) {
      const own = rows.filter(({ methodId }) => methodId === method.id);
      const counted = own.reduce((sum, { vectors }) => sum + vectors, own[0]?.unnamed ?? 0);
      expect([method.id, counted >= linesOf(method, lines).length]).toEqual([method.id, true]);
    }
    const all = METHODS.reduce((sum, method) => sum + linesOf(method, lines).length, rows[0]?.vectors ?? 0);
    expect(all).toBe(lines.length);
  });

  test('tells the editions of reinforcing bars apart by what the lines write, or by the edition they are computed under', () => {
    const ribbed = (kept: readonly ExpectedLine[]) =>
      coverageOf(METHODS, kept)
        .filter(({ methodId }) => methodId === 'rebar-ribbed')
        .map(({ edition, vectors, unnamed }) => [edition, vectors, unnamed]);
    const [written, computed] = [true, false].map((isPart) =>
      lines.filter(({ method }) => (method === 'rebar-ribbed-record') !== isPart),
    );
    // 6 mass deviations are judged by both editions, 4 manual elongations name the test standard of both.
    expect(ribbed(written ?? [])).toEqual([
      ['GB 1499.2-2024', 20, 4],
      ['GB/T 1499.2-2018', 10, 4],
    ]);
    const under = (id: string) => (computed ?? []).filter(({ inputs }) => inputs['edition'] === id).length;
    expect(under('GB/T 1499.2-2018')).toBeGreaterThan(0);
    expect(ribbed(computed ?? [])).toEqual([
      ['GB 1499.2-2024', under('GB 1499.2-2024'), 0],
      ['GB/T 1499.2-2018', under('GB/T 1499.2-2018'), 0],
    ]);
  });

  test('is complete: every method, every edition and every option of a setting has lines', () => {
    const bare = rows.filter(({ vectors, unnamed }) => vectors + unnamed === 0);
    expect(bare.map(({ methodId, edition }) => [methodId, edition])).toEqual([]);
    const open = optionCoverage(METHODS, lines).flatMap(({ methodId, setting, options }) =>
      options.filter(({ vectors }) => vectors === 0).map(({ value }) => [methodId, setting, value]),
    );
    expect(open).toEqual([]);
  });

  test('clauses are gathered by standard, those of another edition left out', () => {
    const cement = methodById('cement-strength');
    const [current, former] = cement.editions.map((edition) => clausesOf(cement, edition, linesOf(cement, lines)));
    expect(current?.join()).toContain('GB 175-2023：7.4.3 强度');
    expect(current?.join()).not.toContain('GB 175-2007');
    expect(former?.join()).toContain('GB 175-2007：7.3.3 强度');
    const cube = methodById('concrete-cube');
    const [edition] = cube.editions;
    if (edition === undefined) throw new Error('no edition');
    const first = clausesOf(cube, edition, [])[0] ?? '';
    expect(first).toMatch(/^GB\/T 50081-2019：3\.3，4\.4，5\.0\.3，/);
  });

  test('workplaces and papers follow from the declaration', () => {
    expect(screensOf(methodById('concrete-cube'))).toEqual(['收样', '检测台采集', '检测台录入', '校核']);
    expect(screensOf(methodById('sand-sieve'))).toEqual(['收样', '检测台录入', '校核']);
    expect(screensOf(methodById('mortar-batch'))).toEqual(['评定']);
    expect(papersOf(methodById('mortar-batch'))).toEqual(['evaluation']);
    expect(papersOf(methodById('rebound'))).toEqual(['test-record', 'test-report']);
  });

  test('options are counted by what the lines name, the default otherwise', () => {
    const named = { ...lineOf('CON-024'), inputs: { ...lineOf('CON-024').inputs, factorOrder: 'single-first' } };
    const cube = optionCoverage(METHODS, [lineOf('CON-022'), named]).find(
      ({ methodId, setting }) => methodId === 'concrete-cube' && setting === 'factorOrder',
    );
    expect(cube?.options.map(({ value, usual, vectors }) => [value, usual, vectors])).toEqual([
      ['group-first', true, 1],
      ['single-first', false, 1],
    ]);
    // Whether limits are confirmed is no reading of a standard.
    expect(optionCoverage(METHODS, lines).filter(({ setting }) => setting.startsWith('limits '))).toEqual([]);
  });

  test('docs/methods.md is up to date (node scripts/methods.mjs)', () => {
    const kept = readFileSync(new URL('../../../docs/methods.md', import.meta.url), 'utf8');
    expect(kept).toBe(coverageText(METHODS, lines));
  });
});
