// A file from outside: every fault is named by row and column, the good rows can still be registered, and what does not
// look like a table says so.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { addDays } from '../../../../shared/entities/scalars.ts';
import { toGb18030 } from '../../../../tests/support/gb18030.ts';
import { today } from '../../../../tests/support/mainJob.ts';
import { countsOf, openTestCore, refusalOf, type TestCore } from '../../../../tests/support/testCore.ts';
import { methodById } from '../../../../shared/methods/index.ts';
import { importColumns } from './columns.ts';
import { templateProperties } from './propertyColumns.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

/** The columns of the template, under the name that most people write for the side. */
const columns = [...importColumns, ...templateProperties(methodById('concrete-cube'))].map((column) =>
  column.heading === '公称边长' ? { ...column, heading: '公称尺寸' } : column,
);
const headings = columns.map(({ heading }) => heading);
type Cells = Record<string, string>;

function goodRow(changes: Cells = {}): Cells {
  const day = addDays(today(), -14);
  return {
    ...Object.fromEntries(columns.map(({ heading, example }) => [heading, example])),
    设计强度等级: 'C30',
    合同编号: `HT${today().slice(0, 4)}-001`,
    成型日期: day,
    取样日期: day,
    ...changes,
  };
}

const tableOf = (rows: readonly Cells[]): string[][] => [headings, ...rows.map((row) => headings.map((heading) => row[heading] ?? ''))]; // prettier-ignore
const csvOf = (table: readonly string[][]): string =>
  table.map((cells) => cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n'); // prettier-ignore
const xlsxOf = async (table: readonly string[][]): Promise<Buffer> =>
  writeXlsxFile(table.map((cells) => cells.map((value) => ({ value, type: String })))).toBuffer();

async function preview(fileName: string, bytes: Uint8Array) {
  const reception = await lab.as('shouyang');
  return reception.call('imports.preview', { fileName, bytesBase64: Buffer.from(bytes).toString('base64') });
}
async function commit(importId: string, acceptPartial = false) {
  return (await lab.as('shouyang')).call('imports.commit', { importId, acceptPartial });
}

/** 37 faults of many kinds among 1,000 rows: file row, column, part of the problem. */
const faults: readonly [change: Cells, column: string, problem: string][] = [
  [{ 委托单位: '' }, '委托单位', '必填'],
  [{ 设计强度等级: 'C31' }, '设计强度等级', '只能是 C10'],
  [{ 公称尺寸: '70.7' }, '公称边长', '100 mm、150 mm、200 mm'],
  [{ '龄期(d)': '二十八' }, '龄期(d)', '整天数'],
  [{ '龄期(d)': '0' }, '龄期(d)', '至少 1 天'],
  [{ 成型日期: '2026-02-30' }, '成型日期', '日期'],
  [{ 成型日期: '昨天' }, '成型日期', '日期'],
  [{ 成型日期: addDays(today(), 3), 取样日期: addDays(today(), 3) }, '成型日期', '在今天之后'],
  [{ 成型日期: addDays(today(), -40), 取样日期: addDays(today(), -40) }, '龄期(d)', '已过'],
  [{ 取样日期: addDays(today(), -20) }, '取样日期', '早于成型日期'],
  [{ 养护条件: '蒸汽养护' }, '养护条件', '标准养护'],
  [{ 检测类别: '随便' }, '检测类别', '见证取样'],
  [{ 建设单位委托: '也许' }, '建设单位委托', '是或否'],
  [{ 检测项目: 'WJ-JS', 检测参数: 'JS' }, '检测项目', '混凝土外加剂减水率'],
  [{ 检测项目: 'XX-99' }, '检测项目', 'XX-99'],
  [{ 检测参数: '' }, '检测参数', '至少一个'],
  [{ 工程编号: 'G999' }, '工程编号', '没有工程 G999'],
  [{ 工程编号: 'G004' }, '工程编号', '云岭东站'],
  [{ 合同编号: 'HT-0000' }, '合同编号', '合同'],
  [{ 工程部位: '' }, '工程部位', '必填'],
  [{ 工程部位: '部'.repeat(101) }, '工程部位', '不得超过 100 字'],
  [{ 代表数量: '' }, '代表数量', '必填'],
  [{ 成型时间: '25:61' }, '成型时间', 'HH:MM'],
  [{ 唯一性标识: 'QR-TWICE' }, '唯一性标识', '与第'],
  [{ 唯一性标识: 'YP2026-000001' }, '唯一性标识', '本机构的编号'],
  [{ 委托序号: '' }, '委托序号', '必填'],
  [{ 见证人: '苏\u202e明' }, '见证人', '看不见的字符'],
];

function thousandRows(): { rows: Cells[]; bad: Map<number, { column: string; problem: string }> } {
  const rows: Cells[] = [];
  const bad = new Map<number, { column: string; problem: string }>();
  for (let index = 0; index < 1000; index += 1) {
    const number = Math.floor(index / 27);
    const fault = index % 27 === 13 ? faults[number % faults.length] : undefined;
    // A faulty row stands in a commission of its own, so that a head that differs is not a second fault.
    const group = fault ? `坏${number}` : String(Math.floor(index / 25));
    const code: Cells = index === 5 ? { 唯一性标识: 'QR-TWICE' } : {};
    rows.push(goodRow({ 委托序号: group, 工程部位: `部位 ${index}`, ...code, ...fault?.[0] }));
    if (fault) bad.set(index + 2, { column: fault[1], problem: fault[2] });
  }
  return { rows, bad };
}

describe('1,000 rows with 37 bad ones', () => {
  const { rows, bad } = thousandRows();

  test.each(['xlsx', 'csv in GB 18030', 'csv in UTF-8'])('%s: all 37 by row, column and problem', async (kind) => {
    expect(bad.size).toBe(37);
    const table = tableOf(rows);
    const bytes =
      kind === 'xlsx'
        ? await xlsxOf(table)
        : kind === 'csv in UTF-8'
          ? Buffer.from(`\ufeff${csvOf(table)}`)
          : toGb18030(csvOf(table));
    const before = countsOf(lab.store);
    const started = performance.now();
    const answer = await preview(kind === 'xlsx' ? '委托.xlsx' : '委托.csv', bytes);
    const took = performance.now() - started;
    console.log(`dry run of 1,000 rows (${kind}): ${took.toFixed(0)} ms`);
    expect(answer).toMatchObject({
      rowCount: 1000,
      goodCount: 963,
      badCount: 37,
      commissionCount: 40,
      fileProblems: [],
    });
    expect(answer.badRows.map(({ row }) => row)).toEqual([...bad.keys()]);
    for (const { row, problems, summary } of answer.badRows) {
      const { column, problem } = bad.get(row) ?? { column: '', problem: '' };
      const named = problems.filter(({ field, message }) => field === column && message.includes(problem));
      expect(named.length, `row ${row}: ${JSON.stringify(problems)}`).toBeGreaterThan(0);
      expect(JSON.stringify(problems)).not.toMatch(/Invalid|expected/);
      expect(summary).not.toBe('');
    }
    expect(countsOf(lab.store)).toEqual(before);
  });

  test('a twin is named by its row in the file', async () => {
    const twin = (await preview('委托.xlsx', await xlsxOf(tableOf(rows)))).badRows.find(({ problems }) =>
      problems.some(({ field }) => field === '唯一性标识'),
    );
    expect(twin?.problems[0]?.message).toBe('唯一性标识 QR-TWICE 与第 7 行重复');
  });

  test('the good ones are registered when the person says so, once, all together', async () => {
    const { importId } = await preview('委托.xlsx', await xlsxOf(tableOf(rows)));
    const refused = await refusalOf(commit(importId));
    expect(refused).toMatchObject({ code: 'IMPORT_HAS_BAD_ROWS', meaning: '什么也没有导入。' });
    const before = countsOf(lab.store);
    const started = performance.now();
    const done = await commit(importId, true);
    console.log(`registering 963 rows: ${(performance.now() - started).toFixed(0)} ms`);
    expect(done.sampleCount).toBe(963);
    expect(done.commissionNos).toHaveLength(40);
    const after = countsOf(lab.store);
    expect((after['sample'] ?? 0) - (before['sample'] ?? 0)).toBe(963);
    expect((after['task'] ?? 0) - (before['task'] ?? 0)).toBe(963);
    expect((await refusalOf(commit(importId, true))).code).toBe('IMPORT_DONE');
    expect(countsOf(lab.store)['sample']).toBe(after['sample']);
    const again = await preview('委托.xlsx', await xlsxOf(tableOf(rows.slice(0, 10))));
    expect(again.badRows).toMatchObject([{ row: 7, problems: [{ message: expect.stringContaining('已属于样品') as string }] }]); // prettier-ignore
  });
});

describe('one commission from several rows', () => {
  test('rows of one number become one commission; a head that contradicts is named', async () => {
    const rows = [goodRow(), goodRow({ 工程部位: '二' }), goodRow({ 工程部位: '三', 见证人: '别人' })];
    const answer = await preview('a.csv', Buffer.from(csvOf(tableOf(rows))));
    expect(answer).toMatchObject({ goodCount: 2, commissionCount: 1 });
    expect(answer.badRows).toMatchObject([{ row: 4, problems: [{ field: '委托序号' }] }]);
  });

  test('more than 200 samples become several commissions', async () => {
    const rows = Array.from({ length: 450 }, (_, index) => goodRow({ 工程部位: `部位 ${index}` }));
    expect(await preview('a.csv', Buffer.from(csvOf(tableOf(rows))))).toMatchObject({
      badCount: 0,
      commissionCount: 3,
    });
  });

  test('what looks like a formula stays the text it is', async () => {
    const row = goodRow({
      工程部位: '=HYPERLINK("http://x","y")',
      生产厂家: '+86-750',
      批号: '-1+2',
      样品状态: '@SUM(A1)',
    });
    for (const [name, bytes] of [
      ['a.csv', Buffer.from(csvOf(tableOf([row])))],
      ['a.xlsx', await xlsxOf(tableOf([row]))],
    ] as const) {
      const { importId, badRows } = await preview(name, bytes);
      expect(badRows).toEqual([]);
      const { commissionNos } = await commit(importId);
      const commission = await (
        await lab.as('shouyang')
      ).call('commissions.get', { commissionNo: commissionNos[0] ?? '' });
      expect(commission.samples[0]).toMatchObject({
        structurePart: '=HYPERLINK("http://x","y")',
        maker: '+86-750',
        batchNo: '-1+2',
        state: '@SUM(A1)',
      });
    }
  });

  test('days, numbers and times as Excel itself keeps them', async () => {
    const made = addDays(today(), -14);
    const date = new Date(`${made}T00:00:00Z`);
    const row = goodRow();
    const cells = headings.map((heading) => {
      if (heading === '成型日期' || heading === '取样日期') return { value: date, type: Date, format: 'yyyy/m/d' };
      if (heading === '成型时间') return { value: new Date('1899-12-31T08:30:00Z'), type: Date, format: 'h:mm' };
      if (heading === '龄期(d)') return { value: 28, type: Number };
      if (heading === '公称尺寸') return { value: 150, type: Number };
      return { value: row[heading] ?? '', type: String };
    });
    const bytes = await writeXlsxFile([headings.map((value) => ({ value, type: String })), cells] as never).toBuffer();
    const { importId, badRows } = await preview('a.xlsx', bytes);
    expect(badRows).toEqual([]);
    const { commissionNos } = await commit(importId);
    const commission = await (
      await lab.as('shouyang')
    ).call('commissions.get', { commissionNo: commissionNos[0] ?? '' });
    expect(commission.samples[0]).toMatchObject({
      madeOn: made,
      madeAt: '08:30',
      requiredAgeDays: 28,
      spec: '150×150×150 mm',
    });
  });

  test('days and sizes as people write them', async () => {
    const [y, m, d] = addDays(today(), -14).split('-').map(Number);
    for (const day of [`${y}/${m}/${d}`, `${y}.${m}.${d}`, `${y}年${m}月${d}日`]) {
      const row = goodRow({ 成型日期: day, 取样日期: day, 公称尺寸: '150×150×150 mm', 检测参数: 'KY' });
      expect((await preview('a.csv', Buffer.from(csvOf(tableOf([row]))))).badRows).toEqual([]);
    }
  });
});

describe('a file that is no table', () => {
  const nothing = { goodCount: 0, commissionCount: 0 };

  test('not an Excel file, whatever its name says', async () => {
    const refused = await refusalOf(preview('照片.xlsx', Buffer.from('\x89PNG not a zip at all')));
    expect(refused).toMatchObject({ code: 'IMPORT_UNREADABLE', meaning: '什么也没有导入。' });
    expect(refused.message).toContain('照片.xlsx');
    expect(refused.message).not.toMatch(/[a-z]{4,} [a-z]{3,}/i);
  });

  test('another kind of file', async () => {
    expect((await refusalOf(preview('委托.pdf', Buffer.from('%PDF')))).message).toContain('只能导入 .xlsx 或 .csv');
  });

  test('a quote that is not closed', async () => {
    const refused = await refusalOf(preview('a.csv', Buffer.from(`${headings.join(',')}\n"开了没有关,1,2\n3`)));
    expect(refused.code).toBe('IMPORT_UNREADABLE');
    expect(refused.message).toContain('引号');
  });

  test('an empty file and one with headings alone', async () => {
    for (const [name, bytes] of [
      ['a.csv', Buffer.alloc(0)],
      ['b.csv', Buffer.from(headings.join(','))],
    ] as const) {
      const answer = await preview(name, bytes);
      expect(answer).toMatchObject(nothing);
      expect(answer.fileProblems).toEqual([{ message: '文件里没有数据行' }]);
      expect((await refusalOf(commit(answer.importId, true))).code).toBe('IMPORT_EMPTY');
    }
  });

  test('columns that are missing, and one that is there twice', async () => {
    const table = tableOf([goodRow()]);
    const without = table.map((cells) => cells.filter((_, index) => headings[index] !== '见证人'));
    const missing = await preview('a.csv', Buffer.from(csvOf(without)));
    expect(missing).toMatchObject({ ...nothing, fileProblems: [{ field: '见证人', message: '缺少“见证人”这一列' }] });
    const twice = table.map((cells, index) => [...cells, index === 0 ? '批号' : 'X']);
    const doubled = await preview('a.csv', Buffer.from(csvOf(twice)));
    expect(doubled).toMatchObject({ ...nothing, fileProblems: [{ field: '批号', message: '“批号”这一列出现了两次' }] });
  });

  test('6,000 rows are refused with the limit', async () => {
    const rows = Array.from({ length: 6_000 }, () => goodRow());
    const refused = await refusalOf(preview('a.csv', Buffer.from(csvOf(tableOf(rows)))));
    expect(refused.message).toContain('一次最多导入 5000 行');
  });

  test('the template itself is read back without a missing column', async () => {
    const { bytesBase64, fileName } = await (await lab.as('shouyang')).call('imports.template', {});
    const answer = await preview(fileName, Buffer.from(bytesBase64, 'base64'));
    expect(answer).toMatchObject({ rowCount: 1, fileProblems: [] });
  });
});

test('another person’s dry run is not committed', async () => {
  const { importId } = await preview('a.csv', Buffer.from(csvOf(tableOf([goodRow()]))));
  const other = await lab.as('zhiliang');
  expect((await refusalOf(other.call('imports.commit', { importId, acceptPartial: true }))).code).toBe(
    'IMPORT_NOT_YOURS',
  );
});
