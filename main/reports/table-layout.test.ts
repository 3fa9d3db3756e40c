// Layout of tables before they are drawn: widths are those of the font, lines lose nothing, columns fill the page, and no
// number is torn while there is room.
import { readFileSync } from 'node:fs';
import { array, assert, constantFrom, double, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PaperTable, TableCell } from '../../shared/methods/table.ts';
import { sourceFontPaths } from './fonts.ts';
import { formEntries } from './form-entries.ts';
import { paperTitle } from './paper-title.ts';
import { cementTables, cubeTables, reboundRecordTables } from './sample-tables.test-helper.ts';
import { layTable, pageWidth } from './table-layout.ts';
import { brokenLines, emWidth, piecesOf, textEm } from './text-measure.ts';

/** Advance widths as the font file has them: cmap format 4 or 12, hmtx. */
function fontAdvance(font: Buffer, character: string): number {
  const tables = new Map<string, number>();
  for (let entry = 12; entry < 12 + font.readUInt16BE(4) * 16; entry += 16)
    tables.set(font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8));
  const at = (name: string): number => tables.get(name) ?? 0;
  const point = character.codePointAt(0) ?? 0;
  const cmap = at('cmap');
  for (let index = 0; index < font.readUInt16BE(cmap + 2); index += 1) {
    const table = cmap + font.readUInt32BE(cmap + 8 + index * 8);
    if (font.readUInt16BE(table) !== 12) continue;
    for (let group = 0; group < font.readUInt32BE(table + 12); group += 1) {
      const range = table + 16 + group * 12;
      const start = font.readUInt32BE(range);
      if (point < start || point > font.readUInt32BE(range + 4)) continue;
      const glyph = font.readUInt32BE(range + 8) + point - start;
      const last = font.readUInt16BE(at('hhea') + 34) - 1;
      return font.readUInt16BE(at('hmtx') + Math.min(glyph, last) * 4) / font.readUInt16BE(at('head') + 18);
    }
  }
  throw new Error(`no glyph for ${character}`);
}

describe('text', () => {
  test('widths are those of the font, and never less', () => {
    const font = readFileSync(sourceFontPaths()[0] ?? '');
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index));
    for (const character of [...ascii, ...Array.from('°·–−¹²³αβμφΔσ混凝土，（）～×±≥≤℃Ⅱ')]) {
      const real = fontAdvance(font, character);
      expect(emWidth(character), character).toBeGreaterThanOrEqual(real - 0.006);
      if (/[!-02-~°·–−¹²³混，×±≥℃]/.test(character)) expect(emWidth(character), character).toBeCloseTo(real, 1);
    }
  });

  test('lowered and raised letters count as they are drawn', () => {
    expect(textEm('f_{cu}')).toBeCloseTo(textEm('f') + 0.68 * textEm('cu'), 9);
    expect(textEm('a_b')).toBeCloseTo(textEm('a') + textEm('_') + textEm('b'), 9);
  });

  const anyText = array(
    constantFrom('试验', '强', '度', 'f_{cu}', '12.5', ' ', '（', '）', '、', '×', 'MPa', '-', '2025-11-23', '~'),
    {
      maxLength: 24,
    },
  ).map((parts) => parts.join(''));

  test('lines lose no character, in whatever width', () => {
    assert(
      property(anyText, double({ min: 1, max: 20, noNaN: true }), constantFrom(true, false), (text, limit, finely) => {
        const pieces = piecesOf(text, finely);
        const lines = brokenLines(pieces, limit);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) {
          const alone = piecesOf(line, finely).length === 1;
          if (!alone) expect(textEm(line)).toBeLessThanOrEqual(limit + 1e-6);
        }
        // A blank is a line end of its own; elsewhere punctuation stays with its word.
        if (!text.includes(' ')) {
          for (const line of lines.slice(1)) expect(line).not.toMatch(/^[）、×]/);
          for (const line of lines.slice(0, -1)) expect(line).not.toMatch(/（$/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['达到设计强度', 3.2, ['达到', '设计', '强度']],
    ['设计等级', 3, ['设计', '等级']],
    ['试验结果无效', 4.5, ['试验结果', '无效']],
    ['150×150×150', 2.8, ['150×', '150×', '150']],
    ['1 层 1～5 轴 剪力墙', 6, ['1 层 1～5 轴', '剪力墙']],
    ['测区强度换算值 f_{cu}^{c}', 5.5, ['测区强度', '换算值 f_{cu}^{c}']],
    ['同条件养护', 3.2, ['同条件', '养护']],
    ['强度推定值', 3.2, ['强度', '推定值']],
    ['代表值', 2.2, ['代表', '值']],
    ['弯曲性能（180°）', 5, ['弯曲性能', '（180°）']],
  ])('%s in %d em breaks between words', (text, limit, lines) => {
    expect(brokenLines(piecesOf(text), limit)).toEqual(lines);
  });
});

describe('tables', () => {
  const plain = (cell: string | TableCell): string => (typeof cell === 'string' ? cell : cell.text);
  const anyTable = record({
    columns: array(
      record({
        head: constantFrom('样品编号', '检测日期', '破坏荷载', 'N_{12}', '达到设计强度', '项'),
        unit: constantFrom('', 'MPa', 'mm^{2}'),
        width: double({ min: 0.3, max: 4, noNaN: true }),
      }),
      { minLength: 1, maxLength: 30 },
    ),
    rows: integer({ min: 1, max: 12 }),
    texts: array(constantFrom('', '35.4', '2025-11-23', 'YP2025-000001', '标准养护', '不合格', '长'.repeat(90)), {
      minLength: 1,
      maxLength: 40,
    }),
  }).map(({ columns, rows, texts }): PaperTable => ({
    columns,
    rows: Array.from({ length: rows }, (_, row) =>
      columns.map((__, column) => texts[(row * columns.length + column) % texts.length] ?? ''),
    ),
  }));

  test('columns fill the page, letters stay legible, every cell is there', () => {
    assert(
      property(anyTable, (table) => {
        const laid = layTable(table);
        const sum = laid.widths.reduce((total, width) => total + width, 0);
        expect(Math.abs(sum - pageWidth)).toBeLessThan(0.1);
        for (const width of laid.widths) expect(width).toBeGreaterThan(1);
        expect(laid.size).toBeGreaterThanOrEqual(6);
        expect(laid.size).toBeLessThanOrEqual(8.4);
        const cells = laid.rows.map((row) => row.map(({ text }) => text.replaceAll(/[\n ]/g, '')));
        expect(cells).toEqual(
          table.rows.map((row) => row.map((cell) => (cell === '' ? '—' : plain(cell).replaceAll(/[\n ]/g, '')))),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('sample numbers, dates and figures of the sample tables stay in one piece', () => {
    for (const table of [...cubeTables(3), ...cementTables, ...reboundRecordTables]) {
      const laid = layTable(table);
      for (const cell of laid.rows.flat()) {
        expect(cell.loose, cell.text).toBe(false);
        if (/^[\dA-Z.−-]+$/.test(cell.text.replaceAll('\n', ''))) expect(cell.text).not.toContain('\n');
      }
      for (const head of laid.heads) expect(head.loose, head.text).toBe(false);
    }
    expect(layTable(cubeTables(1)[0] ?? cementTables[0]!).size).toBe(7.6);
    expect(layTable(reboundRecordTables[0]!).size).toBeGreaterThanOrEqual(6.5);
  });

  test('short words of heads and cells are not torn', () => {
    const columns = [
      '样品编号',
      '湿密度',
      '含水率',
      '干密度',
      '最大干密度',
      '压实度',
      '压实系数',
      '单项评定',
      '断开状态',
    ];
    const row = [
      'YP2026-000078',
      '2.04',
      '19.0',
      '1.71',
      '1.89',
      '90.5',
      '0.90',
      '不合格',
      '粘结层与找平层界面为主断开',
    ];
    const laid = layTable({ columns: columns.map((head) => ({ head })), rows: [row] });
    for (const word of ['湿密度', '含水率', '干密度', '压实度'])
      expect(laid.heads.map(({ text }) => text)).toContain(word);
    expect(laid.rows[0]?.[7]?.text).toBe('不合格');
  });

  test('rows joined by a span stay together, unless they are higher than a page', () => {
    const rows = (group: number) =>
      Array.from({ length: group }, (_, row) => [...(row === 0 ? [{ text: '组', down: group }] : []), `${row}`, '1']);
    const columns = [{ head: '组' }, { head: '号' }, { head: '值' }];
    expect(
      layTable({ columns, rows: rows(6) })
        .rows.flat()
        .every(({ whole }) => whole),
    ).toBe(true);
    expect(
      layTable({ columns, rows: rows(60) })
        .rows.flat()
        .filter(({ whole }) => !whole)
        .map(({ down }) => down),
    ).toEqual([60]);
    expect(layTable({ columns, rows: rows(6) }).together).toBe(true);
    expect(layTable({ columns, rows: rows(60) }).together).toBe(false);
  });
});

test('form entries keep order and text; short ones pair, long ones take a line', () => {
  assert(
    property(
      array(constantFrom('28 d', '标准养护', '试件表面平整，棱角完整，无缺损', '长'.repeat(60)), { maxLength: 12 }),
      (values) => {
        const entries = formEntries(values.map((value, index) => [`项目 ${index}`, value]));
        expect(entries.map(({ value }) => value)).toEqual(values);
        expect(entries.map(({ label }) => label)).toEqual(values.map((_, index) => `项目 ${index}`));
        // Narrow ones come in pairs, so that every line of four columns is full.
        let waiting = false;
        for (const { wide } of entries) {
          if (wide) expect(waiting).toBe(false);
          else waiting = !waiting;
        }
        expect(waiting).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
  expect(formEntries([['使用强度等级', 'C30']])[0]?.label).toBe('使用强度\n等级');
});

test('a title shrinks a little before it breaks, and breaks evenly', () => {
  expect(paperTitle('混凝土立方体抗压强度检测报告', 97, 17)).toEqual({
    text: '混凝土立方体抗压强度检测报告',
    size: 17,
  });
  const longer = paperTitle('回弹法检测混凝土抗压强度检测报告', 97, 17);
  expect(longer.text).not.toContain('\n');
  expect(longer.size).toBeLessThan(17);
  expect(paperTitle('钢筋力学性能、工艺性能和重量偏差检测报告', 97, 17).text.split('\n')).toHaveLength(2);
});
