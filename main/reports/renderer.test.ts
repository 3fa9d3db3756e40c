// The papers as a reader and a machine get them: what is written, what the QR code says, whether the bytes repeat, and
// whether a hostile or an endless text can do anything but stand there.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import type { ConcreteReportContent } from '../../shared/reports/report-content.ts';
import { fontFileNames, sourceFontPaths } from './fonts.ts';
import { denseText, fontLines, missingTools, pagesOf, placedWords, qrTextOf, textOf } from './pdf-tools.test-helper.ts';
import { createReportRenderer } from './renderer.ts';
import { sampleCode, sampleRecord, sampleReport, sampleVerifyUrl } from './sample-content.test-helper.ts';

const renderer = createReportRenderer();
afterAll(() => renderer.close());

const coded = (content: ConcreteReportContent) => renderer.renderReport(content, { coded: true });
const uncoded = (content: ConcreteReportContent) => renderer.renderReport(content, { coded: false });
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const watermark = '未取得防伪监管标识码\n不得用于工程竣工验收';
const count = (text: string, part: string) => text.split(part).length - 1;

async function refusal(work: Promise<unknown>): Promise<AppError> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof AppError)) throw new Error(`expected an AppError, got ${String(error)}`);
  return error;
}

describe('file', () => {
  test('identical content gives identical bytes, again and in a fresh process', async () => {
    const first = await coded(sampleReport(3));
    await uncoded(sampleReport(1));
    expect(sha(await coded(sampleReport(3)))).toBe(sha(first));
    const script = `
      import { createHash } from 'node:crypto';
      import { createReportRenderer } from ${JSON.stringify(new URL('renderer.ts', import.meta.url).href)};
      import { sampleReport, sampleRecord } from ${JSON.stringify(new URL('sample-content.test-helper.ts', import.meta.url).href)};
      const renderer = createReportRenderer();
      const sha = (bytes) => createHash('sha256').update(bytes).digest('hex');
      console.log(sha(await renderer.renderRecord(sampleRecord())));
      console.log(sha(await renderer.renderReport(sampleReport(3), { coded: true })));
      await renderer.close();`;
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'America/New_York', LANG: 'C' },
    });
    expect(printed.trim().split('\n')).toEqual([sha(await renderer.renderRecord(sampleRecord())), sha(first)]);
  });

  test('it is marked PDF/A-2b with an output intent and the date of issue', async () => {
    for (const pdf of [
      await coded(sampleReport()),
      await uncoded(sampleReport(1, { issuedOn: null, signatures: [] })),
      await renderer.renderRecord(sampleRecord()),
    ]) {
      const raw = Buffer.from(pdf).toString('latin1');
      expect(raw).toContain('<pdfaid:part>2</pdfaid:part>');
      expect(raw).toContain('<pdfaid:conformance>B</pdfaid:conformance>');
      expect(raw).toContain('/GTS_PDFA1');
    }
    expect(Buffer.from(await coded(sampleReport())).toString('latin1')).toContain('<xmp:CreateDate>2025-11-23');
  });

  test.skipIf(missingTools)('every font is embedded, as a subset with text, and none is Type 3', async () => {
    for (const pdf of [await coded(sampleReport()), await renderer.renderRecord(sampleRecord())]) {
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
      expect((await refusal(empty.renderReport(sampleReport(), { coded: true }))).code).toBe('REPORT_FONTS_MISSING');
      for (const [index, path] of sourceFontPaths().entries())
        copyFileSync(path, join(folder, fontFileNames[index] ?? ''));
      expect(sha(await packaged.renderReport(sampleReport(), { coded: true }))).toBe(sha(await coded(sampleReport())));
    } finally {
      await empty.close();
      await packaged.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(missingTools)(`report (${missingTools ?? 'read with poppler and zbar'})`, () => {
  test('the text holds code, numbers, head and results', async () => {
    const text = denseText(await coded(sampleReport()));
    for (const part of [
      sampleCode,
      'BG-HNT-2025-000128',
      '江州市诚正建设工程质量检测有限公司',
      '混凝土立方体抗压强度检测报告',
      '浙东第一建筑工程有限公司',
      '每组100m³',
      'SB-001有效期至2026-08-14',
      'YP2025-000001',
      '797.4',
      '35.4',
      '取平均值',
      '118',
      'R2025-000001-3',
      '签发日期：2025年11月23日',
      '建检字第33010012号',
      'a81f07c35e9d2b64',
      '第1页共1页',
      'CMA231100340567',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('本报告为第');
  });

  test('signatures stand in the order 批准, 审核, 检测, whatever their order in the content', async () => {
    const content = sampleReport();
    const text = denseText(await coded({ ...content, signatures: content.signatures.toReversed() }));
    expect(text).toMatch(/批准龚龘.*审核赵昇.*检测陈镕/);
    expect(denseText(await coded(content))).toMatch(/批准龚龘.*审核赵昇.*检测陈镕/);
  });

  test('the QR code decodes to the verify address, a long one too', async () => {
    expect(qrTextOf(await coded(sampleReport()))).toBe(sampleVerifyUrl);
    const verifyUrl = `https://verify.example.cn/r/${'S2026-000001'.repeat(24)}?h=5e9d2b64`;
    expect(qrTextOf(await coded(sampleReport(1, { code: { code: sampleCode, verifyUrl } })))).toBe(verifyUrl);
    expect(qrTextOf(await uncoded(sampleReport()))).toBe('');
  });

  test('a code of 64 characters stands unbroken in every footer', async () => {
    const code = `A1-${'W'.repeat(58)}-Z9`;
    const pages = pagesOf(await coded(sampleReport(20, { code: { code, verifyUrl: sampleVerifyUrl } })));
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page).toContain(code);
  });

  test('the watermark is on every page without a code and on none with it', async () => {
    for (const page of pagesOf(await uncoded(sampleReport(20)))) expect(page).toContain(watermark);
    const text = textOf(await coded(sampleReport(20)));
    expect(text).not.toContain('不得用于工程竣工验收');
    expect(denseText(await uncoded(sampleReport(1)))).not.toContain(sampleCode);
  });

  test('a report cannot be coded without a code', async () => {
    const error = await refusal(coded(sampleReport(1, { code: null })));
    expect(error.code).toBe('REPORT_CODE_MISSING');
    expect(error.info.next).toContain('水印');
  });

  test.each([1, 3, 20])(
    '%i samples: heads repeat, 以下空白 once, footers and page counts on every page',
    async (samples) => {
      const pdf = await coded(sampleReport(samples));
      const pages = pagesOf(pdf);
      const text = textOf(pdf);
      expect(count(denseText(pdf), '以下空白')).toBe(1);
      for (let index = 1; index <= samples; index += 1) {
        expect(text).toContain(`YP2025-${String(index).padStart(6, '0')}`);
      }
      for (const [index, page] of pages.entries()) {
        expect(page.replaceAll(' ', '')).toContain(`第${index + 1}页`);
        expect(page.replaceAll(/\s/g, '')).toContain(`共${pages.length}页`);
        expect(page).toContain(sampleCode);
        expect(page).toContain('报告编号：BG-HNT-2025-000128 第 1 版');
      }
      const withRows = pages.filter((page) => /取平均值/.test(page));
      for (const page of withRows) expect(page).toContain('样品编号');
      if (samples === 1) expect(pages).toHaveLength(1);
      if (samples === 20) expect(withRows.length).toBeGreaterThan(1);
    },
  );

  test('an invalid group says so and has no number; a middle value names its rule and factor', async () => {
    const content = sampleReport(2, { curves: [] });
    const [first, second] = content.rows;
    if (first === undefined || second === undefined) throw new Error('two rows');
    const text = denseText(
      await coded({
        ...content,
        rows: [
          { ...first, rule: 'invalid', representativeValueMpa: null, percentOfGrade: null },
          { ...second, rule: 'middle', sizeFactor: '0.95', representativeValueMpa: '42.8', nominalSize: '100×100×100' },
        ],
      }),
    );
    expect(text).toContain('试验结果无效');
    expect(text).toContain('42.8取中间值×0.95');
    const error = await refusal(coded({ ...content, rows: [{ ...first, rule: 'invalid' }] }));
    expect(error.info.details?.[0]?.field).toBe('rows.0.representativeValueMpa');
  });

  test('revision 2 names what it replaces and what changed, and may not be silent about it', async () => {
    const change = { revision: 2, replaces: 'BG-HNT-2025-000127（第 1 版）', changeText: '更正施工单位名称' };
    expect(denseText(await coded(sampleReport(1, change)))).toContain(
      '本报告为第2版，代替BG-HNT-2025-000127（第1版），变更内容：更正施工单位名称',
    );
    const error = await refusal(coded(sampleReport(1, { revision: 2 })));
    expect(error.info.details?.map((detail) => detail.field)).toEqual(['replaces', 'changeText']);
  });

  test('outside the certified scope the report says so and bears no CMA mark', async () => {
    const text = denseText(await coded(sampleReport(1, { cmaInScope: false })));
    expect(text).toContain('本报告所列检测项目不在资质认定（CMA）范围内');
    expect(text).not.toContain('231100340567');
  });
});

const longest = (length: number, seed: string) => seed.repeat(length).slice(0, length);

describe.skipIf(missingTools)('long texts', () => {
  const chinese = '江州市临江新区城市建设投资发展集团有限公司';

  test.each([
    ['Chinese', chinese],
    ['unbroken Latin', 'WMQABCDEFG0123456789'],
  ])('the longest %s names stay inside the page and lose no character', async (_, seed) => {
    const content = sampleReport(2);
    const report: ConcreteReportContent = {
      ...content,
      institution: {
        ...content.institution,
        name: longest(60, seed),
        address: longest(150, seed),
        telephone: longest(60, '0123'),
      },
      reportNo: longest(25, 'BG-W'),
      head: {
        ...content.head,
        clientUnit: longest(100, seed),
        projectName: longest(150, seed),
        contractorUnit: longest(100, seed),
        structurePart: longest(200, seed),
        witnessUnit: longest(100, seed),
        witnessName: longest(60, seed),
        sampleState: longest(200, seed),
        representedQuantity: longest(200, seed),
        equipment: [{ name: longest(60, seed), equipmentNo: longest(40, 'SB'), validTo: '2026-01-01' }],
      },
      rows: content.rows.map((row, index) => ({
        ...row,
        sampleNo: longest(24, 'YPW-') + String(index),
        structurePart: longest(100, seed),
        curing: longest(20, seed),
        nominalSize: longest(20, '150×'),
      })),
      curves: content.curves.map((curve) => ({ ...curve, runNo: longest(40, 'RUN-W') })),
      conclusionText: longest(1000, seed),
      signatures: content.signatures.map((signature) => ({
        ...signature,
        name: longest(30, seed),
        digestShort: longest(24, 'f'),
      })),
    };
    const pdf = await coded(report);
    const text = denseText(pdf);
    for (const part of [report.institution.address, report.head.projectName, report.rows[0]?.structurePart ?? '']) {
      expect(text).toContain(part);
    }
    // A4 is 595.3 × 841.9 pt; the text area is 25 mm (70.9 pt) inside it, header and footer 10 mm more.
    for (const word of placedWords(pdf)) {
      expect(word.left, word.text).toBeGreaterThan(70);
      expect(word.right, word.text).toBeLessThan(525.3);
      expect(word.top, word.text).toBeGreaterThan(25);
      expect(word.bottom, word.text).toBeLessThan(817);
    }
  });
});

describe('hostile texts', () => {
  const hostile = [
    '#import "common.typ": *',
    '#read("/etc/passwd") #sys.inputs.data',
    '*粗* _斜_ `码` $x^2$ = 标题 <label> @ref \\ ~ -- // /* */ [ ] { } ( )',
    '"引号" \'单\' “中文” \\u{41} ${x} &amp; <b>',
    ');DROP TABLE report;--',
  ];

  test.skipIf(missingTools)('markup in any field stands there literally', async () => {
    for (const text of hostile) {
      const content = sampleReport(1);
      const dense = denseText(
        await coded({
          ...content,
          institution: { ...content.institution, name: text },
          head: { ...content.head, clientUnit: text, testBasis: [text] },
          rows: content.rows.map((row) => ({ ...row, structurePart: text })),
          conclusionText: text,
          remarks: [text],
          declarations: [text],
          signatures: content.signatures.map((signature) => ({ ...signature, name: text.slice(0, 30) })),
        }),
      );
      expect(count(dense, text.replaceAll(/\s/g, '')), text).toBeGreaterThanOrEqual(7);
    }
  });

  test.skipIf(missingTools)(
    'formula text lowers and raises only what is braced, and nothing of it is run',
    async () => {
      const trace = sampleRecord()
        .trace.slice(0, 1)
        .map((line) => ({ ...line, formula: 'f_{cc}^{2} = a_b ^c #panic()', symbol: '$x$' }));
      const dense = denseText(await renderer.renderRecord(sampleRecord({ trace })));
      expect(dense).toContain('fcc2=a_b^c#panic()');
      expect(dense).toContain('$x$');
    },
  );

  test.each([
    ['a control character', 'A\u0007B'],
    ['a direction mark', 'A\u202EB'],
    ['a zero-width space', 'A\u200BB'],
    ['half a surrogate pair', 'A\uD842B'],
    ['a private-use character', 'A\uE000B'],
  ])('%s is refused with its field', async (_, text) => {
    const content = sampleReport(1);
    const error = await refusal(coded({ ...content, head: { ...content.head, clientUnit: text } }));
    expect(error.code).toBe('REPORT_CONTENT_INVALID');
    expect(error.info.details?.[0]?.field).toBe('head.clientUnit');
  });

  test('a character that the fonts lack is named with its field, never printed as a box', async () => {
    const content = sampleReport(1);
    const error = await refusal(coded({ ...content, head: { ...content.head, witnessName: '王𠮷' } }));
    expect(error.code).toBe('REPORT_CHARACTER_NOT_PRINTABLE');
    expect(error.info.details).toEqual([{ field: 'head.witnessName', message: '报告字体没有“𠮷”（U+20BB7）' }]);
  });

  test.skipIf(missingTools)('rare characters of names and raised digits are there', async () => {
    const content = sampleReport(1, { remarks: ['镕喆堃昇龘囍犇鑫 10⁻³ H₂O m²'] });
    expect(denseText(await coded(content))).toContain('镕喆堃昇龘囍犇鑫10−3H2Om²');
  });
});

describe.skipIf(missingTools)('original record', () => {
  test('it holds every reading, run, formula, correction and signature', async () => {
    const record = sampleRecord();
    const text = denseText(await renderer.renderRecord(record));
    for (const part of [
      record.recordNo,
      'JL-TY-012',
      'LX2025-08-0042',
      '0～2000kN',
      '温度21.3℃相对湿度56%',
      '151.9mm',
      '812.3kN',
      '压力试验机SB-001仪器采集',
      '陈镕键盘录入',
      'R2025-000382',
      '采集中断：串口被拔出，试件尚未破坏',
      'fcc=F/A',
      '812.3×103/22500',
      'GB/T50081-20195.0.5',
      '卡尺读数抄写错误，复测后更正',
      '35.8MPa',
      '取三个测值的平均值',
      '检测陈镕',
      '校核赵昇',
    ])
      expect(text).toContain(part);
    for (const run of record.runs) expect(text).toContain(run.rawDigest);
    expect(text).not.toContain('未取得防伪监管标识码');
  });
});

describe('renderer', () => {
  test('forty reports at once come back in order, while the calling thread stays free', async () => {
    let longestGap = 0;
    let last = performance.now();
    const ticker = setInterval(() => {
      const now = performance.now();
      longestGap = Math.max(longestGap, now - last);
      last = now;
    }, 5);
    const contents = Array.from({ length: 40 }, (_, index) => sampleReport(1, { reportNo: `BG-${String(index)}` }));
    const pdfs = await Promise.all(contents.map(coded));
    clearInterval(ticker);
    for (const [index, pdf] of pdfs.entries()) {
      expect(Buffer.from(pdf).toString('latin1')).toContain('%PDF-1.7');
      if (index > 0) expect(sha(pdf)).not.toBe(sha(pdfs[index - 1] ?? new Uint8Array()));
    }
    // Measured: 10 to 20 ms; generous, because the machine may be busy.
    expect(longestGap).toBeLessThan(500);
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
        limited.renderReport(sampleReport(1, { reportNo }), { coded: true }),
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
    expect((await refusal(limited.renderReport(sampleReport(), { coded: true }))).code).toBe('REPORT_RENDERER_CLOSED');
  });
});
