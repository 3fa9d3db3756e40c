// The validation report on paper: everything that was validated stands there, what differs in bold, the same content gives
// the same bytes, and it cannot say of different results that they are equal.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { listMethods } from '../../shared/methods/index.ts';
import type { MethodValidationContent } from '../../shared/reports/method-validation.ts';
import { programVersion } from '../core/program.ts';
import { validateMethods } from '../core/validation/validate.ts';
import { readVectorFiles } from '../core/validation/vectorFiles.ts';
import { count, denseOf, expectTidy, refusal, sha } from './paper-checks.test-helper.ts';
import { denseText, fontLines, missingTools, pagesOf } from './pdf-tools.test-helper.ts';
import { createReportRenderer } from './renderer.ts';

const renderer = createReportRenderer();
const folder = mkdtempSync(join(tmpdir(), 'jiantai-validation-'));
afterAll(async () => {
  await renderer.close();
  rmSync(folder, { recursive: true, force: true });
});

const files = readVectorFiles();
const lines = files.flatMap((file) => file.lines);
/** Of the largest letters that hold marks side by side, 9 pt. */
const halfEm = 4.6;
const runtime = { node: 'v24.0.0', platform: 'linux x64 6.1.0' };
const now = new Date('2026-11-23T02:03:04Z');

/** Some lines of every method: for what does not depend on how many there are. */
const someLines = lines.filter(
  ({ id, method }, index) => /^(RND|CON)-/.test(id) || lines[index - 1]?.method !== method,
);

function changed(name: string, change: (line: (typeof lines)[number]) => object) {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(someLines.map(change)));
  return [{ name, url: pathToFileURL(path) }];
}

/** All lines on paper, made once. */
const options = { now, runtime, institution: '某检测有限公司', madeBy: '周质' };
let made: ReturnType<typeof validateMethods> | undefined;
const whole = (): ReturnType<typeof validateMethods> => (made ??= validateMethods(renderer, options));

/** What `validateMethods` would print. */
async function contentOf(): Promise<MethodValidationContent> {
  let content: MethodValidationContent | null = null;
  const keep = (given: MethodValidationContent): Promise<Uint8Array> => {
    content = given;
    return Promise.resolve(new Uint8Array());
  };
  await validateMethods({ renderValidation: keep }, { now, runtime });
  if (content === null) throw new Error('nothing was printed');
  return content;
}

describe.skipIf(missingTools)(`the validation report (${missingTools ?? 'read with poppler'})`, () => {
  test('program, time, digests, every method with its editions, settings and limits, every line with its figures', async () => {
    const { pdf, fileName } = await whole();
    const dense = denseText(pdf);
    const pages = pagesOf(pdf);
    // Whole forms are long; still ten lines and more stand on a page.
    expect(pages.length * 10).toBeLessThanOrEqual(lines.length);
    for (const page of pages.slice(1)) expect(page).toContain(`检测方法验证报告 检台 Jiantai ${programVersion()}`);
    expect(fileName).toBe(`方法验证报告-${programVersion()}-20261123T100304.pdf`);
    for (const text of [
      programVersion(),
      'v24.0.0',
      'linux x64 6.1.0',
      '2026-11-23 10:03:04',
      '某检测有限公司',
      '周质',
    ])
      expect(dense).toContain(denseOf(text));
    expect(dense).toContain(`共${lines.length}行，一致${lines.length}行，不一致0行。全部一致。`);
    expect(dense).toMatch(/验证人审核人日期/);
    for (const { name, sha256 } of files) for (const text of [name, sha256]) expect(dense).toContain(text);
    for (const { id } of lines) expect([id, dense.includes(id)]).toEqual([id, true]);
    for (const { id, name, editions, policies, limits, vectors } of listMethods()) {
      expect(dense).toContain(denseOf(name + id));
      for (const edition of editions) expect(dense).toContain(denseOf(`${edition.id}：检测 ${edition.test}`));
      for (const { label, name: setting } of policies) expect(dense).toContain(denseOf(`${label} ${setting}：缺省`));
      for (const { standard, status } of limits) {
        expect(dense).toContain(denseOf(standard));
        expect(dense).toContain(status === 'draft' ? '未核对' : '已核对');
      }
      if (Object.keys(vectors).length === 0) expect(dense).toContain(denseOf(`${name}（${id}）`));
    }
    // The foot of every page says that nothing differs.
    expect(count(dense, '不一致0')).toBeGreaterThanOrEqual(pages.length);
    expectTidy(pdf, halfEm);
    for (const font of fontLines(pdf)) expect(font).toMatch(/TrueType.* yes yes/);
  });

  test('what differs is said plainly and in bold', async () => {
    const broken = changed('broken.json', (line) =>
      line.id === 'CON-022' ? { ...line, expected: { ...line.expected, more: '1' } } : line,
    );
    const { pdf, different } = await validateMethods(renderer, { now, runtime, files: broken });
    expect(different.map(({ id }) => id)).toEqual(['CON-022']);
    const dense = denseText(pdf);
    expect(dense).toContain('不一致：CON-022。查明原因、重新验证之前，有关方法不得用于出具检测数据和结果。');
    expect(dense).not.toContain('全部一致');
    const path = join(folder, 'broken.pdf');
    writeFileSync(path, pdf);
    const marked = execFileSync('pdftohtml', ['-xml', '-stdout', '-i', path], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(marked).toMatch(/<b>\s*不一致：CON-022。\s*<\/b>/);
    expect(marked).toMatch(/<b>\s*不一致\s*<\/b>/);
    expectTidy(pdf, halfEm);
  });

  test('a line without a method and very long figures stand on the paper, too', async () => {
    const long = '9'.repeat(3000);
    const odd = changed('odd.json', (line) =>
      line.id === 'RND-001'
        ? { ...line, method: 'no-such-method' }
        : line.id === 'RND-005'
          ? { ...line, inputs: { ...line.inputs, note: long } }
          : line,
    );
    const { pdf, different } = await validateMethods(renderer, { now, runtime, files: odd });
    expect(different.map(({ id, methodId }) => [id, methodId])).toEqual([['RND-001', null], ['RND-005', 'foundation']]); // prettier-ignore
    const dense = denseText(pdf);
    expect(dense).toContain('没有方法的向量unknown');
    expect(dense).toMatch(/…（共\d{4}字）/);
    expectTidy(pdf, halfEm);
  });
});

test('the same content gives the same bytes; another second gives others', async () => {
  const first = await whole();
  const other = createReportRenderer();
  try {
    const second = await validateMethods(other, options);
    expect(sha(second.pdf)).toBe(sha(first.pdf));
    expect(first.sha256).toBe(sha(first.pdf));
    const some = { ...options, files: changed('some.json', (line) => line) };
    const early = await validateMethods(other, some);
    const later = await validateMethods(other, { ...some, now: new Date(now.getTime() + 1000) });
    expect(sha(later.pdf)).not.toBe(sha(early.pdf));
  } finally {
    await other.close();
  }
});

test('the paper cannot call equal what differs, nor count what is not there', async () => {
  const content = await contentOf();
  const [first, ...rest] = content.methods;
  const [line, ...others] = first?.vectors ?? [];
  if (first === undefined || line === undefined) throw new Error('no lines');
  const lie = {
    ...content,
    methods: [{ ...first, vectors: [{ ...line, computed: 'rounded=99' }, ...others] }, ...rest],
  };
  expect((await refusal(renderer.renderValidation(lie))).info.code).toBe('REPORT_CONTENT_INVALID');
  const { summary } = content;
  for (const wrong of [
    { ...summary, lines: summary.lines + 1 },
    { ...summary, equal: summary.equal - 1, different: 1 },
    { lines: 0, equal: 0, different: 0 },
  ])
    expect((await refusal(renderer.renderValidation({ ...content, summary: wrong }))).info.code).toBe(
      'REPORT_CONTENT_INVALID',
    );
});
