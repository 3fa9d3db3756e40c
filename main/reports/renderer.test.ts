// The renderer itself: whether the bytes repeat, what kind of file it is, which characters it refuses, and how it behaves
// when much is asked or the worker dies. What stands on the papers is tested beside each of them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { ReportContent } from '../../shared/reports/test-report.ts';
import { fontFileNames, sourceFontPaths } from './fonts.ts';
import { refusal, sha } from './paper-checks.test-helper.ts';
import { denseText, fontLines, missingTools } from './pdf-tools.test-helper.ts';
import { createReportRenderer } from './renderer.ts';
import { sampleReport, sampleTestReport } from './sample-content.test-helper.ts';
import { sampleTestRecord } from './sample-record.test-helper.ts';

const renderer = createReportRenderer();
afterAll(() => renderer.close());

const coded = (content: ReportContent) => renderer.renderReport(content, { coded: true });
const uncoded = (content: ReportContent) => renderer.renderReport(content, { coded: false });

describe('file', () => {
  test('identical content gives identical bytes, again and in a fresh process', async () => {
    const first = await coded(sampleTestReport());
    await uncoded(sampleTestReport({}, 1));
    expect(sha(await coded(sampleTestReport()))).toBe(sha(first));
    const script = `
      import { createHash } from 'node:crypto';
      import { createReportRenderer } from ${JSON.stringify(new URL('renderer.ts', import.meta.url).href)};
      import { sampleTestReport } from ${JSON.stringify(new URL('sample-content.test-helper.ts', import.meta.url).href)};
      import { sampleTestRecord } from ${JSON.stringify(new URL('sample-record.test-helper.ts', import.meta.url).href)};
      const renderer = createReportRenderer();
      const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
      console.log(sha(await renderer.renderRecord(sampleTestRecord())));
      console.log(sha(await renderer.renderReport(sampleTestReport(), { coded: true })));
      await renderer.close();`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'America/New_York', LANG: 'C' },
    });
    expect(printed.trim().split('\n')).toEqual([sha(await renderer.renderRecord(sampleTestRecord())), sha(first)]);
  });

  test('it is marked PDF/A-2b with an output intent and the date of issue', async () => {
    for (const pdf of [
      await coded(sampleTestReport()),
      await coded(sampleReport()),
      await uncoded(sampleTestReport({ issuedOn: null, signatures: [] })),
      await renderer.renderRecord(sampleTestRecord()),
    ]) {
      const raw = Buffer.from(pdf).toString('latin1');
      expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
      expect(raw).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
      expect(raw).toContain('/GTS_PDFA1');
    }
    expect(Buffer.from(await coded(sampleTestReport())).toString('latin1')).toContain('<xmp:CreateDate>2025-11-23');
  });

  test.skipIf(missingTools)('every font is embedded, as a subset with text, and none is Type 3', async () => {
    for (const pdf of [await coded(sampleTestReport()), await renderer.renderRecord(sampleTestRecord())]) {
      const fonts = fontLines(pdf);
      expect(fonts.length).toBeGreaterThanOrEqual(3);
      for (const font of fonts)
        expect(font).toMatch(/Noto(Sans|Serif)SC-(Regular|Bold)\s+CID TrueType\s+Identity-H\s+yes yes yes/);
    }
  });

  test('fonts and templates can lie in folders of a packaged app; a missing folder is said in words', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fonts-'));
    const empty = createReportRenderer({ fontsFolder: folder });
    const packaged = createReportRenderer({
      fontsFolder: folder,
      templatesFolder: fileURLToPath(new URL('templates', import.meta.url)),
      workerFile: fileURLToPath(new URL('compile-worker.ts', import.meta.url)),
    });
    try {
      expect((await refusal(empty.renderReport(sampleTestReport(), { coded: true }))).code).toBe(
        'REPORT_FONTS_MISSING',
      );
      for (const [index, path] of sourceFontPaths().entries())
        copyFileSync(path, join(folder, fontFileNames[index] ?? ''));
      expect(sha(await packaged.renderReport(sampleTestReport(), { coded: true }))).toBe(
        sha(await coded(sampleTestReport())),
      );
    } finally {
      await empty.close();
      await packaged.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('a kind of paper that this version does not know is refused in words', async () => {
  const later = { ...sampleTestReport(), kind: 'later-report' } as unknown as ReportContent;
  expect((await refusal(coded(later))).code).toBe('REPORT_KIND_UNKNOWN');
});

describe('characters', () => {
  test.each([
    ['a control character', 'A\u0007B'],
    ['a direction mark', 'A\u202EB'],
    ['a zero-width space', 'A\u200BB'],
    ['half a surrogate pair', 'A\uD842B'],
    ['a private-use character', 'A\uE000B'],
  ])('%s is refused with its field', async (_, text) => {
    const content = sampleTestReport();
    const error = await refusal(coded({ ...content, head: { ...content.head, clientUnit: text } }));
    expect(error.code).toBe('REPORT_CONTENT_INVALID');
    expect(error.info.details?.[0]?.field).toBe('head.clientUnit');
  });

  test('a character that the fonts lack is named with its field, never printed as a box', async () => {
    const content = sampleTestReport();
    const error = await refusal(coded({ ...content, head: { ...content.head, witnessName: '王𠮷' } }));
    expect(error.code).toBe('REPORT_CHARACTER_NOT_PRINTABLE');
    expect(error.info.details).toEqual([{ field: 'head.witnessName', message: '报告字体没有“𠮷”（U+20BB7）' }]);
  });

  test.skipIf(missingTools)('rare characters of names and raised digits are there', async () => {
    const content = sampleTestReport({ remarks: ['镕喆堃昇龘囍犇鑫 10⁻³ H₂O m²'] });
    expect(denseText(await coded(content))).toContain('镕喆堃昇龘囍犇鑫10−3H2Om²');
  });
});

describe('renderer', () => {
  test('many reports at once come back in order, while the calling thread stays free', async () => {
    const contents = Array.from({ length: 12 }, (_, index) => sampleTestReport({ reportNo: `BG-${String(index)}` }));
    let turns = 0;
    const ticker = setInterval(() => (turns += 1), 5);
    const turnsAt: number[] = [];
    const pdfs = await Promise.all(
      contents.map(async (content) => {
        const pdf = await coded(content);
        turnsAt.push(turns);
        return pdf;
      }),
    );
    clearInterval(ticker);
    expect(new Set(pdfs.map(sha)).size).toBe(contents.length);
    for (const index of [0, 5, 11])
      expect(sha(await coded(contents[index] ?? sampleTestReport()))).toBe(sha(pdfs[index] ?? new Uint8Array()));
    // A count, not a time: a thread that compiled them itself would get to no timer before they are done.
    expect(turnsAt[0]).toBeGreaterThan(0);
    expect(turnsAt.at(-1)).toBeGreaterThan(turnsAt[0] ?? 0);
  });

  test('a paper that takes too long is given up, and the next one gets a new worker', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'worker-'));
    const workerFile = join(folder, 'endless.mjs');
    writeFileSync(
      workerFile,
      `import { parentPort } from 'node:worker_threads';
       parentPort.on('message', ({ id, content }) => {
         if (content.reportNo === 'ENDLESS') for (;;);
         if (content.reportNo === 'CRASH') process.exit(3);
         parentPort.postMessage({ id, pdf: new Uint8Array([1]) });
       });`,
    );
    const limited = createReportRenderer({ workerFile, timeLimit: 1500 });
    try {
      const work = ['ENDLESS', 'NEXT', 'CRASH', 'LAST'].map((reportNo) =>
        limited.renderReport(sampleTestReport({ reportNo }), { coded: true }),
      );
      const [endless, next, crash, final] = await Promise.allSettled(work);
      expect(endless).toMatchObject({ status: 'rejected', reason: { info: { code: 'REPORT_TIME_LIMIT' } } });
      expect(next).toMatchObject({ status: 'fulfilled' });
      expect(crash).toMatchObject({ status: 'rejected', reason: { info: { code: 'REPORT_WORKER_DIED' } } });
      expect(final).toMatchObject({ status: 'fulfilled' });
    } finally {
      await limited.close();
      rmSync(folder, { recursive: true, force: true });
    }
    expect((await refusal(limited.renderReport(sampleTestReport(), { coded: true }))).code).toBe(
      'REPORT_RENDERER_CLOSED',
    );
  });
});
