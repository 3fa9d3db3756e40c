// The report of any test: cubes, rebar, cement, sand, rebound. What is given stands on the paper, in tables whose heads
// repeat, with code or watermark; nothing leaves its cell or the page; nothing hostile is more than text.
import { array, assert, asyncProperty, constantFrom, integer, nat, record, tuple } from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { TestReportContent } from '../../shared/reports/test-report.ts';
import {
  count,
  denseOf,
  expectAllTexts,
  expectTidy,
  longest,
  refusal,
  sha,
  watermark,
} from './paper-checks.test-helper.ts';
import { denseText, missingTools, pagesOf, placedWords, qrTextOf, textOf } from './pdf-tools.test-helper.ts';
import { createReportRenderer } from './renderer.ts';
import { sampleCode, sampleTestReport, sampleTestReports, sampleVerifyUrl } from './sample-content.test-helper.ts';
import { cubeTables, longTable, reboundRecordTables } from './sample-tables.test-helper.ts';

const renderer = createReportRenderer();
afterAll(() => renderer.close());

const coded = (content: TestReportContent) => renderer.renderReport(content, { coded: true });
const uncoded = (content: TestReportContent) => renderer.renderReport(content, { coded: false });
const samples = Object.entries(sampleTestReports());
const noSpace = (page: string) => page.replaceAll(/\s/g, '');

describe.skipIf(missingTools)(`every kind of test (${missingTools ?? 'read with poppler and zbar'})`, () => {
  test.each(samples)(
    '%s: every cell, fact, note and setting stands there, tidily, with code and QR',
    async (_, content) => {
      const pdf = await coded(content);
      const dense = denseText(pdf);
      expectAllTexts(dense, content.tables);
      for (const { sampleNo, facts } of content.sampleFacts)
        for (const text of [sampleNo, ...facts.flat()]) expect(dense).toContain(denseOf(text));
      for (const text of [content.title, content.reportNo, ...content.tableNotes, ...content.policies])
        expect(dense).toContain(denseOf(text));
      expect(dense).toContain(denseOf(content.conclusionText));
      for (const curve of content.curves)
        expect(dense).toContain(denseOf(`${curve.specimen ?? ''}峰值${curve.peakKn}kN`));
      expect(count(dense, '以下空白')).toBe(1);
      expect(dense).toMatch(/批准龚龘.*审核赵昇.*检测陈镕/);
      expect(qrTextOf(pdf)).toBe(sampleVerifyUrl);
      expectTidy(pdf);
      const pages = pagesOf(pdf);
      for (const [index, page] of pages.entries()) {
        expect(noSpace(page)).toContain(`第${index + 1}页共${pages.length}页`);
        expect(page).toContain(sampleCode);
      }
      expect(dense).not.toContain('不得用于工程竣工验收');
      expect(sha(await coded(content))).toBe(sha(pdf));
    },
  );

  test('without the code every page bears the watermark, and no QR', async () => {
    const pdf = await uncoded(sampleTestReport({ tables: [longTable(120)] }));
    for (const page of pagesOf(pdf)) expect(page).toContain(watermark);
    expect(denseText(pdf)).not.toContain(sampleCode);
    expect(qrTextOf(pdf)).toBe('');
    expect((await refusal(coded(sampleTestReport({ code: null })))).code).toBe('REPORT_CODE_MISSING');
  });

  test('an invalid group says 试验结果无效 and has no number where the others have theirs', async () => {
    const content = sampleTestReport({ curves: [] });
    const pdf = await coded(content);
    expect(count(denseText(pdf), '试验结果无效')).toBe(2);
    const words = placedWords(pdf).filter(({ page }) => page === 1);
    const place = (text: string) => words.find((word) => word.text === text) ?? words[0]!;
    // Words of a group: as high as its three rows, right of the single strengths.
    const results = (sampleNo: string, strength: string) => {
      const middle = place(sampleNo).top;
      return words
        .filter(({ top, left }) => Math.abs(top - middle) < 20 && left > place(strength).right)
        .map((word) => word.text);
    };
    expect(results('YP2025-000001', '35.4')).toEqual(['35.8', '119']);
    expect(results('YP2025-000003', '28.5').join('')).toBe('试验结果无效—');
  });

  test('settings and facts are printed only where there are any', async () => {
    const dense = denseText(await coded(sampleTestReport()));
    expect(dense).not.toContain('方法设置');
    expect(denseText(await coded(sampleTestReport({ policies: ['甲：乙（丙）', '丁'] })))).toContain(
      '方法设置：甲：乙（丙）丁',
    );
  });

  test('several samples stand in one table, a label that only some have empty for the others; many labels need forms', async () => {
    const { rebar } = sampleTestReports();
    const first = rebar.sampleFacts[0];
    if (first === undefined) throw new Error('facts');
    const facts = [first, { ...first, sampleNo: 'YP2025-000772' }];
    const joined = denseText(await coded({ ...rebar, sampleFacts: facts }));
    expect(count(joined, '炉（批）号')).toBe(1);
    expect(joined).toContain('YP2025-000772热轧带肋钢筋HRB400E20mm25B1-04477');
    const other = { sampleNo: 'YP2025-000773', facts: [['规格', 'φ8']] as [string, string][] };
    const forms = denseText(await coded({ ...rebar, sampleFacts: [...facts, other] }));
    expect(count(forms, '炉（批）号')).toBe(1);
    expect(forms).toContain('YP2025-000773φ8—');
    const many = Array.from({ length: 9 }, (_, index): [string, string] => [`第${index}项`, '有']);
    const apart = denseText(await coded({ ...rebar, sampleFacts: [...facts, { ...other, facts: many }] }));
    expect(count(apart, '炉（批）号')).toBe(2);
    expect(apart).toContain('样品编号YP2025-000773第0项有');
  });
});

describe.skipIf(missingTools)('pages', () => {
  test('a table of 120 rows repeats its head on every page and loses no row', async () => {
    const table = longTable(120);
    const pdf = await coded(sampleTestReport({ tables: [table], curves: [] }));
    const withRows = pagesOf(pdf).filter((page) => /D\d{3}/.test(page));
    expect(withRows.length).toBeGreaterThan(2);
    for (const page of withRows) expect(noSpace(page)).toContain('测点编号检测部位实测值mm判定');
    expectAllTexts(denseText(pdf), [table]);
    expect(count(denseText(pdf), '以下空白')).toBe(1);
  });

  test('forty groups of cubes: no group is torn by a page', async () => {
    const pages = pagesOf(await coded(sampleTestReport({ tables: cubeTables(40), curves: [] })));
    expect(pages.length).toBeGreaterThan(2);
    let groups = 0;
    for (const page of pages) {
      const own = count(page, 'YP2025-0000');
      const loads =
        page
          .split('\n')
          .join(' ')
          .match(/\b\d{3}\.\d\b/g) ?? [];
      groups += own - count(page, '样品 YP2025-0000');
      expect(loads.length).toBe(3 * (own - count(page, '样品 YP2025-0000')));
    }
    expect(groups).toBe(40);
  });

  test('a caption stands with its table and the declarations with the signatures, wherever the page ends', async () => {
    for (let rows = 20; rows <= 40; rows += 2) {
      const small = { ...longTable(6), caption: '第二张表' };
      const pages = pagesOf(await coded(sampleTestReport({ tables: [longTable(rows), small], curves: [] })));
      const caption = pages.find((page) => page.includes('第二张表')) ?? '';
      expect(caption.slice(caption.indexOf('第二张表'))).toMatch(/D001[\s\S]*D006/);
      expect(pages.find((page) => page.includes('声明'))).toContain('签发日期');
    }
  });

  test('a group higher than a page and a cell of the longest text break over pages and stay whole', async () => {
    const tall = {
      columns: [{ head: '构件' }, { head: '测区' }, { head: '值' }],
      rows: Array.from({ length: 150 }, (_, row) => [
        ...(row === 0 ? [{ text: '梁', down: 150 }] : []),
        `Q${row}`,
        { text: longest(400, '混凝土'), left: true as const },
      ]).map((row, index) => (index % 50 === 0 ? row : row.slice(0, -1).concat('短'))),
    };
    const pdf = await coded(sampleTestReport({ tables: [tall], curves: [] }));
    expectAllTexts(denseText(pdf), [{ ...tall, rows: tall.rows.map((row) => row.slice(0, -1)) }]);
    expect(count(denseText(pdf), longest(200, '混凝土'))).toBeGreaterThanOrEqual(3);
    expectTidy(pdf);
  });

  test('a conclusion that no page holds breaks, and no line is lost', async () => {
    const lines = Array.from(
      { length: 110 },
      (_, index) => `第 ${index} 条：所检项目符合标准要求，结论见上表第 ${index} 行。`,
    );
    const pdf = await coded(sampleTestReport({ conclusionText: lines.join('\n'), curves: [] }));
    const dense = denseText(pdf);
    for (const line of lines) expect(dense).toContain(denseOf(line));
    expectTidy(pdf);
  });

  test('twenty-three columns stay inside the page, digits unbroken', async () => {
    const pdf = await coded(sampleTestReport({ tables: reboundRecordTables, curves: [] }));
    expectAllTexts(denseText(pdf), reboundRecordTables);
    expectTidy(pdf);
    expect(textOf(pdf)).toMatch(/38\.0\n?.*−2\.5/);
  });

  test('codes wider than their columns break inside them, and lie over nothing', async () => {
    const row = Array.from({ length: 24 }, (_, index) => `WM${index + 10}-WMQ.WM${index}`);
    const table = { columns: row.map((head) => ({ head: head.slice(0, 12), unit: 'kN/mm^{2}' })), rows: [row, row] };
    const pdf = await coded(sampleTestReport({ tables: [table], curves: [] }));
    expectAllTexts(denseText(pdf), [table]);
    expectTidy(pdf);
  });

  test('whatever table: every text is there, inside its cell', async () => {
    const texts = [
      '35.4',
      'YP2025-000001',
      '2025-11-23',
      '标准养护',
      '1 层 1～5 轴 剪力墙',
      'R°_{m}/R°_{eL}',
      '≥400',
      '试验结果无效',
      '',
      '长短不一的说明文字，'.repeat(6),
    ];
    const columns = array(
      record({ head: constantFrom('样品编号', '达到设计强度', 'N_{1}', '项'), width: integer({ min: 1, max: 4 }) }),
      {
        minLength: 1,
        maxLength: 24,
      },
    );
    const cuts = array(tuple(nat(2), nat(3), nat(texts.length - 1)), { minLength: 1, maxLength: 40 });
    await assert(
      asyncProperty(columns, integer({ min: 1, max: 30 }), cuts, async (heads, rows, pattern) => {
        const free = Array.from({ length: rows }, () => heads.map(() => true));
        let next = 0;
        const table = {
          columns: heads,
          rows: free.map((line, row) =>
            line.flatMap((isFree, column) => {
              if (!isFree) return [];
              const [wide, high, text] = pattern[next++ % pattern.length] ?? [0, 0, 0];
              let across = 1;
              while (across <= wide && line[column + across] === true) across += 1;
              const down = Math.min(high + 1, rows - row);
              for (const covered of free.slice(row, row + down)) covered.fill(false, column, column + across);
              return [{ text: texts[text] ?? '', across, down }];
            }),
          ),
        };
        const pdf = await coded(sampleTestReport({ tables: [table], curves: [] }));
        const dense = denseText(pdf);
        // A long text, or a cell over rows, may break over pages: header and footer then stand between its lines.
        const isLong = ({ text }: { text: string }) => text.length > 40;
        const stays = ({ text, down }: { text: string; down: number }) => down === 1 && text.length <= 40;
        expectAllTexts(dense, [{ ...table, rows: table.rows.map((row) => row.filter(stays)) }]);
        expect(count(dense, '短')).toBe(6 * table.rows.flat().filter(isLong).length);
        expect(count(dense, '轴')).toBe(table.rows.flat().filter(({ text }) => text.includes('轴')).length);
        expectTidy(pdf);
      }),
      { numRuns: 12 },
    );
  }, 60_000);

  test.each([
    ['Chinese', '江州市临江新区城市建设投资发展集团有限公司'],
    ['unbroken Latin', 'WMQABCDEFG0123456789'],
  ])('the longest %s texts in every field and cell stay inside and lose no character', async (_, seed) => {
    const content = sampleTestReport({}, 2);
    const tables = content.tables.map((table) => ({
      ...table,
      caption: longest(120, seed),
      columns: table.columns.map((column) => ({ ...column, head: longest(40, seed), unit: longest(20, 'MPa/') })),
      rows: table.rows.map((row) =>
        row.map((cell) => ({ ...(typeof cell === 'string' ? {} : cell), text: longest(60, seed) })),
      ),
      notes: [longest(300, seed)],
    }));
    const pdf = await coded({
      ...content,
      institution: { ...content.institution, name: longest(60, seed), address: longest(150, seed) },
      title: longest(60, seed),
      reportNo: longest(25, 'BG-W'),
      sampleFacts: [
        {
          sampleNo: longest(25, 'YPW-'),
          facts: [
            [longest(30, seed), longest(200, seed)],
            ['长', seed],
          ],
        },
      ],
      tables,
      tableNotes: [longest(300, seed)],
      policies: [longest(300, seed)],
      conclusionText: longest(1000, seed),
    });
    const dense = denseText(pdf);
    expectAllTexts(
      dense,
      tables.map(({ caption: _caption, notes: _notes, ...table }) => table),
    );
    for (const text of [longest(60, seed), longest(150, seed)]) expect(dense).toContain(text);
    expectTidy(pdf);
  });
});

describe('what is refused', () => {
  const table = sampleTestReport().tables[0] ?? longTable(1);

  test.each([
    ['a row short of a cell', [...table.rows.slice(0, 8), table.rows[8]?.slice(1) ?? []], 'tables.0.rows.8'],
    ['a cell too many', [...table.rows.slice(0, 8), [...(table.rows[8] ?? []), '1']], 'tables.0.rows.8'],
    ['a span below the table', table.rows.slice(0, 8), 'tables.0.rows.6'],
    ['an open placeholder', [['{sampleNo}', ...Array.from({ length: 11 }, () => '1')]], 'tables.0.rows.0.0'],
    ['an invisible character', [['A\u200BB', ...Array.from({ length: 11 }, () => '1')]], 'tables.0.rows.0.0'],
    ['no row at all', [], 'tables'],
  ])('%s, with its place', async (_, rows, field) => {
    const error = await refusal(uncoded(sampleTestReport({ tables: [{ ...table, rows }] })));
    expect(error.code).toBe('REPORT_CONTENT_INVALID');
    expect(error.info.details?.[0]?.field).toBe(field);
  });

  test('revision 2 without what it replaces, and a report without a table', async () => {
    const revision = await refusal(coded(sampleTestReport({ revision: 2 })));
    expect(revision.info.details?.map((detail) => detail.field)).toEqual(['replaces', 'changeText']);
    expect((await refusal(coded(sampleTestReport({ tables: [] })))).info.details?.[0]?.field).toBe('tables');
  });
});

describe.skipIf(missingTools)('hostile texts', () => {
  test.each([
    '#import "common.typ": *',
    '#read("/etc/passwd") #sys.inputs.data',
    '*粗* _斜_ `码` $x^2$ = 标题 <label> @ref \\ ~ -- // /* */ [ ] { } ( )',
    '"引号" \'单\' “中文” \\u{41} ${x} &amp; <b>',
  ])('%s stands there literally', async (text) => {
    const table = {
      caption: text,
      columns: [{ head: text.slice(0, 40), unit: text.slice(0, 30) }],
      rows: [[text]],
      notes: [text],
    };
    const dense = denseText(
      await coded(
        sampleTestReport({
          title: text.slice(0, 60),
          sampleFacts: [{ sampleNo: text.slice(0, 25), facts: [[text.slice(0, 30), text]] }],
          tables: [table],
          tableNotes: [text],
          policies: [text],
          conclusionText: text,
        }),
      ),
    );
    expect(count(dense, noSpace(text))).toBeGreaterThanOrEqual(7);
    expect(count(dense, noSpace(text.slice(0, 30)))).toBeGreaterThanOrEqual(9);
  });
});
