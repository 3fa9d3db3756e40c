// The earlier kind of concrete report, whose stored contents stay printable: what is written, what the QR code says, heads
// over pages, long and hostile texts.
import { afterAll, describe, expect, test } from 'vitest';
import type { ConcreteReportContent } from '../../shared/reports/report-content.ts';
import { count, longest, refusal, watermark } from './paper-checks.test-helper.ts';
import { denseText, missingTools, pagesOf, placedWords, qrTextOf, textOf } from './pdf-tools.test-helper.ts';
import { createReportRenderer } from './renderer.ts';
import { sampleCode, sampleReport, sampleVerifyUrl } from './sample-content.test-helper.ts';

const renderer = createReportRenderer();
afterAll(() => renderer.close());

const coded = (content: ConcreteReportContent) => renderer.renderReport(content, { coded: true });
const uncoded = (content: ConcreteReportContent) => renderer.renderReport(content, { coded: false });

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
});
