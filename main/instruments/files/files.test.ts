// Readings from files: what is read, in which unit, and what is refused in words: other encodings, decimal commas,
// thousands signs, error values, duplicates, binary garbage, files without end.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/errors/appError.ts';
import { parseFileProfile, readInstrumentFile, readyProfiles } from './index.ts';
import { Exact } from '../drivers/numbers.ts';
import { archiveOf } from './archive.ts';
import { storedDouble } from './numbers.ts';
import { momentOf } from './dates.ts';
import { workbookOf, type Cell } from './testing/workbook.ts';
import { convert, unitNames, unitOf } from './units.ts';

const ready = (id: string) => {
  const profile = readyProfiles.find((candidate) => candidate.id === id);
  if (profile === undefined) throw new Error(`no profile ${id}`);
  return profile;
};
const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (cause) {
    if (cause instanceof AppError) return cause.info.message;
    throw cause;
  }
  throw new Error('was not refused');
};
const plain = (more: Record<string, unknown> = {}) =>
  parseFileProfile({
    id: 'plain',
    title: '表',
    instrument: '卡尺',
    source: { kind: 'csv' },
    sample: '样品',
    specimen: { column: '试件' },
    values: [{ id: 'd', label: '直径', columns: ['直径'], unit: 'mm' }],
    ...more,
  });
const read = (text: string | Buffer, profile = plain()) =>
  readInstrumentFile('a.csv', typeof text === 'string' ? Buffer.from(text) : text, profile);
const figures = async (text: string | Buffer, profile = plain()) =>
  (await read(text, profile)).values.map(({ value }) => value);

const rebounds = Array.from({ length: 16 }, (_, index) => String(30 + index));
const headings = [
  '样品编号',
  '测区',
  '测试时间',
  ...Array.from({ length: 16 }, (_, index) => `R${index + 1}`),
  '角度',
  '测试面',
];
const zone = (no: string, more: Partial<Record<number, string>> = {}): string[] => {
  const cells = ['YP1', no, '2026-11-20 09:30', ...rebounds, '水平', '侧面'];
  return cells.map((cell, index) => more[index] ?? cell);
};
const csv = (...rows: string[][]): string => rows.map((row) => row.join(',')).join('\r\n');

describe('a rebound hammer export', () => {
  test('every zone: sixteen readings in their places, angle and face, in UTF-8 with a mark and in GB 18030', async () => {
    const text = csv(headings, zone('1'), zone('2'));
    const gb = new Map<string, number[]>();
    for (const character of new Set(text)) if (character.charCodeAt(0) > 127) gb.set(character, gbBytes(character));
    const gb18030 = Buffer.from(
      Array.from(text).flatMap((character) => gb.get(character) ?? [character.charCodeAt(0)]),
    );
    for (const bytes of [Buffer.from(`\ufeff${text}`), Buffer.from(text), gb18030]) {
      const { values, faults } = await readInstrumentFile('r.csv', bytes, ready('rebound-csv'));
      expect(faults).toEqual([]);
      expect(values).toHaveLength(36);
      const second = values.filter(({ specimenNo, valueId }) => specimenNo === 2 && valueId === 'rebound');
      expect(second.map(({ position, value, unit }) => [position, value, unit])).toEqual(
        rebounds.map((value, index) => [index + 1, value, '']),
      );
      expect(values.filter(({ valueId }) => valueId !== 'rebound').map(({ value }) => value)).toEqual([
        '0',
        'side',
        '0',
        'side',
      ]);
      expect(values[0]?.measuredAt).toBe('2026-11-20T09:30:00+08:00');
      expect(values[0]?.sample).toBe('YP1');
    }
  });

  test('a zone with one fault gives nothing; the others stand, and the row is named as a person counts it', async () => {
    const rows = [
      zone('1'),
      zone('2', { 5: '' }),
      [''],
      zone('3', { 19: '斜' }),
      zone('4', { 1: '四' }),
      zone('5', { 2: '2026-02-30' }),
    ];
    const { values, faults } = await readInstrumentFile(
      'r.csv',
      Buffer.from(csv(headings, ...rows)),
      ready('rebound-csv'),
    );
    expect(new Set(values.map(({ specimenNo }) => specimenNo))).toEqual(new Set([1]));
    expect(faults.map(({ row, column }) => [row, column])).toEqual([
      [3, 'R3'],
      [5, '角度'],
      [6, '测区'],
      [7, '测试时间'],
    ]);
  });

  test('the same zone twice: neither row is taken, both are named', async () => {
    const text = csv(headings, zone('1'), zone('2'), zone('1', { 3: '55' }));
    const { values, faults } = await readInstrumentFile('r.csv', Buffer.from(text), ready('rebound-csv'));
    expect(new Set(values.map(({ specimenNo }) => specimenNo))).toEqual(new Set([2]));
    expect(faults).toEqual([{ row: 4, column: null, message: '与第 2 行是同一个试件（测区），数值不同；两行都不取' }]);
  });

  test('a missing or a repeated heading is said once for the whole file', async () => {
    const missing = csv(
      headings.filter((heading) => heading !== 'R7'),
      zone('1'),
    );
    expect(await refusal(readInstrumentFile('r.csv', Buffer.from(missing), ready('rebound-csv')))).toContain(
      '没有“R7”这一列',
    );
    const twice = csv([...headings, 'R7'], zone('1'));
    expect(await refusal(readInstrumentFile('r.csv', Buffer.from(twice), ready('rebound-csv')))).toContain(
      '出现了 2 次',
    );
  });
});

describe('figures', () => {
  test.each([
    ['35.20', '.', 'none', '35.20'],
    ['+007.5', '.', 'none', '7.5'],
    ['35,20', ',', 'none', '35.20'],
    ['1.234,5', ',', '.', '1234.5'],
    ['1,234,567.5', '.', ',', '1234567.5'],
    ['1 234.5', '.', ' ', '1234.5'],
    ['-0.5', '.', 'none', '-0.5'],
  ])('%s with decimal sign %s and thousands %s is %s', async (cell, decimal, thousands, due) => {
    const profile = plain({ decimal, thousands, source: { kind: 'csv', delimiter: ';' } });
    expect(await figures(`样品;试件;直径\nA;1;${cell}`, profile)).toEqual([due]);
  });

  test.each([
    '35,20',
    '1,234.5',
    '12,34.5',
    '1.2.3',
    '三十五',
    '35 mm',
    '３５',
    '3.5E1',
    '1e5',
    '#DIV/0!',
    '#N/A',
    '',
    '--',
    'NaN',
    'OL',
    '35.',
    '.',
    '9'.repeat(60),
  ])('“%s” is no number here', async (cell) => {
    const profile = plain({ source: { kind: 'csv', delimiter: ';' } });
    const { values, faults } = await read(`样品;试件;直径\nA;1;${cell}`, profile);
    expect(values).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ row: 2, column: '直径' });
  });

  test('a comma that may be either sign is not guessed, and the words say why', async () => {
    const { faults } = await read('样品;试件;直径\nA;1;35,20', plain({ source: { kind: 'csv', delimiter: ';' } }));
    expect(faults[0]?.message).toContain('逗号是小数点还是千位分隔符');
  });

  test('whatever stands in a cell: either exactly that number or a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 12 }), async (cell) => {
        fc.pre(!/[;"\r\n]/.test(cell));
        const { values } = await read(
          `样品;试件;直径\nA;1;${cell}`,
          plain({ source: { kind: 'csv', delimiter: ';' } }),
        ).catch(() => ({ values: [] }));
        for (const { value } of values) expect(Number(value)).toBe(Number(cell));
      }),
      { numRuns: 2000, seed: 41 },
    );
  });

  test('doubles of a spreadsheet are what it shows: fifteen digits', () => {
    expect(storedDouble('30.000000000000004')).toBe('30');
    expect(storedDouble('16.100000000000001')).toBe('16.1');
    expect(storedDouble('1E-3')).toBe('0.001');
    expect(storedDouble('123456.789')).toBe('123456.789');
    expect(storedDouble('NaN')).toBe('#NaN');
  });
});

describe('units', () => {
  test.each([
    ['675000', 'N', 'kN', '675.000'],
    ['12.5', 'kN', 'N', '12500'],
    ['12.345', 'kN', 'N', '12345'],
    ['1.000', 'in', 'mm', '25.4000'],
    ['35', 'cm', 'mm', '350'],
    ['1', 'tf', 'kN', '9.80665'],
    ['2.50', 'kg', 'g', '2500'],
    ['-0.5', 'mm', 'mm', '-0.5'],
  ])('%s %s is %s %s', (value, from, to, due) => expect(convert(value, from, to)).toBe(due));

  test('between different quantities, or where only a rounded figure would come out, there is no way', () => {
    expect(convert('1', 'N', 'mm')).toBeNull();
    expect(convert('1', '', 'mm')).toBeNull();
    expect(convert('1', 'mm', 'in')).toBeNull();
    expect(convert('1', 's', 'h')).toBeNull();
  });

  test('there and back is the same number', () => {
    const unit = fc.constantFrom(...unitNames);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 9 }),
        fc.integer({ min: 0, max: 5 }),
        unit,
        unit,
        (whole, places, from, to) => {
          const value = places === 0 ? String(whole) : `${whole}.${'5'.repeat(places)}`;
          const there = convert(value, from, to);
          const back = there === null ? null : convert(there, to, from);
          if (back !== null) expect(back).toSatisfy((text: string) => new Exact(text).eq(value));
        },
      ),
      { seed: 7 },
    );
  });

  test('a word is a unit only by its own letters: mN is not MN', () => {
    expect([unitOf('毫米'), unitOf('KN'), unitOf('mN'), unitOf(' kN '), unitOf('')]).toEqual([
      'mm',
      null,
      null,
      'kN',
      '',
    ]);
  });

  test('a row whose unit is another than the profile says is refused, not converted', async () => {
    const text = '通道,数值,单位\n1,25.40,mm\n1,1.000,inch\n1,25.42,毫米\n1,25.41,';
    const { values, faults } = await readInstrumentFile('k.csv', Buffer.from(text), ready('caliper-csv'));
    expect(values.map(({ value, unit, order }) => [value, unit, order])).toEqual([
      ['25.40', 'mm', 1],
      ['25.42', 'mm', 3],
    ]);
    expect(faults.map(({ row, message }) => [row, message])).toEqual([
      [3, '单位写的是“inch”，配置里是“mm”'],
      [5, '单位写的是“”，配置里是“mm”'],
    ]);
  });
});

describe('a vendor’s results table', () => {
  const rows = [
    ['试样编号', '试件序号', '参数', '数值', '单位', '试验状态'],
    ['YP1', '1', '最大力', '151230', 'kN', '2'],
    ['YP1', '1', '上屈服', '112340', 'kN', '已完成'],
    ['YP1', '1', '抗拉强度', '601', 'MPa', '2'],
    ['YP1', '2', '最大力', '150990', 'kN', '1'],
  ];
  const expected = [
    ['fm', '151230', 'N'],
    ['feh', '112340', 'N'],
  ];

  test('newtons that are called kN stay newtons; what is not finished or not wanted is left out', async () => {
    const { values, filtered, faults } = await readInstrumentFile(
      'v.csv',
      Buffer.from(csv(...rows)),
      ready('vendor-csv'),
    );
    expect(values.map(({ valueId, value, unit }) => [valueId, value, unit])).toEqual(expected);
    expect([filtered, faults]).toEqual([1, []]);
    const honest = csv(rows[0]!, ['YP1', '1', '最大力', '151.23', 'N', '2']);
    const changed = await readInstrumentFile('v.csv', Buffer.from(honest), ready('vendor-csv'));
    expect(changed.values).toEqual([]);
    expect(changed.faults[0]?.message).toContain('单位写的是“N”，配置里是“kN”');
  });

  test('the same from SQLite, read from an image and never written; a table that is not there is named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jiantai-db-'));
    try {
      const path = join(folder, 'v.db');
      const db = new SqliteDatabase(path);
      db.exec('CREATE TABLE 试验结果 (试样编号 TEXT, 试件序号 INTEGER, 参数 TEXT, 数值 REAL, 单位 TEXT, 试验状态)');
      const insert = db.prepare('INSERT INTO 试验结果 VALUES (?, ?, ?, ?, ?, ?)');
      for (const [sample, no, name, figure, unit, state] of rows.slice(1))
        insert.run(sample, Number(no), name, Number(figure), unit, state);
      db.close();
      const bytes = readFileSync(path);
      const copy = Buffer.from(bytes);
      const { values } = await readInstrumentFile('v.db', bytes, ready('vendor-sqlite'));
      expect(values.map(({ valueId, value, unit }) => [valueId, value, unit])).toEqual(expected);
      expect(bytes.equals(copy)).toBe(true);
      const other = parseFileProfile({ ...ready('vendor-sqlite'), source: { kind: 'sqlite', table: 'x"; DROP' } });
      expect(await refusal(readInstrumentFile('v.db', bytes, other))).toContain('有的是：试验结果');
      expect(await refusal(readInstrumentFile('v.db', bytes.subarray(0, 2000), ready('vendor-sqlite')))).toContain(
        'v.db',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('a true unit that is not the one shown must be one that a person confirms', () => {
    const values = [{ id: 'f', label: '力', columns: ['力'], unit: 'N', shownUnit: 'kN' }];
    expect(() => plain({ values })).toThrow(AppError);
    expect(plain({ values: [{ ...values[0], confirm: true }] }).values[0]?.confirm).toBe(true);
  });
});

describe('a log of a Digimatic box', () => {
  test('channel by channel in order; after a line that could be any reading no order is believed', async () => {
    const log = '01A+025.4000\r01A+025.4200\r02A-000.0018\r\r911\r01A+025.4300\r';
    const { values, faults } = await readInstrumentFile('d.txt', Buffer.from(log), ready('digimatic-log'));
    expect(values.map(({ valueId, order, value }) => [valueId, order, value])).toEqual([
      ['channel-1', 1, '25.4000'],
      ['channel-1', 2, '25.4200'],
      ['channel-2', 1, '-0.0018'],
    ]);
    expect(faults.map(({ row }) => row)).toEqual([5, 6]);
    expect(faults[1]?.message).toContain('第 5 行读不出');
  });
});

describe('a workbook', () => {
  const number = (text: string): Cell => ['', `<v>${text}</v>`];
  const profile = plain({ source: { kind: 'xlsx' } });
  const workbook = (...cells: Cell[]) =>
    workbookOf([
      ['样品', '试件', '直径'],
      [],
      ...cells.map((cell, index): Cell[] => ['A', number(String(index + 1)), cell]),
    ]);

  test('figures as Excel shows them; error values and empty formulas are faults with their row', async () => {
    const bytes = workbook(
      number('25.4'),
      number('30.000000000000004'),
      ['t="e"', '<f>1/0</f><v>#DIV/0!</v>'],
      ['', '<f>A1*2</f>'],
      ['', '<f>12.7*2</f><v>25.4</v>'],
      '25.40',
      ['t="b"', '<v>1</v>'],
      ['s="1"', '<v>46000</v>'],
    );
    const { values, faults } = await readInstrumentFile('a.xlsx', bytes, profile);
    expect(values.map(({ row, value }) => [row, value])).toEqual([
      [3, '25.4'],
      [4, '30'],
      [7, '25.4'],
      [8, '25.40'],
    ]);
    expect(faults.map(({ row }) => row)).toEqual([5, 6, 9, 10]);
    expect(faults[0]?.message).toContain('错误值');
  });

  test('dates of Excel are days, whatever the format of text dates is', async () => {
    const dated = plain({ source: { kind: 'xlsx' }, measuredAt: { column: '日期', format: 'DD.MM.YYYY' } });
    const bytes = workbookOf([
      ['样品', '试件', '直径', '日期'],
      ['A', number('1'), number('5'), ['s="1"', '<v>46000</v>']],
      ['A', number('2'), number('5'), '20.11.2026'],
    ]);
    const { values } = await readInstrumentFile('a.xlsx', bytes, dated);
    expect(values.map(({ measuredAt }) => measuredAt)).toEqual([
      '2025-12-09T00:00:00+08:00',
      '2026-11-20T00:00:00+08:00',
    ]);
  });

  test('one that would unpack without end, one that is cut off, and one that is none are refused', async () => {
    // Its list says two hundred kilobytes; it unpacks to 210 MB.
    const packed = deflateRawSync(Buffer.alloc(210 * 1024 * 1024));
    const bomb = archiveOf([{ name: 'xl/worksheets/sheet1.xml', bytes: packed }]);
    bomb.writeUInt16LE(8, 8);
    bomb.writeUInt16LE(8, bomb.readUInt32LE(bomb.length - 6) + 10);
    expect(await refusal(readInstrumentFile('a.xlsx', bomb, profile))).toContain('展开后过大');
    expect(await refusal(readInstrumentFile('a.xlsx', workbook(number('1')).subarray(0, 700), profile))).toContain(
      '不完整或已损坏',
    );
    expect(await refusal(readInstrumentFile('a.xlsx', Buffer.from('样品,试件'), profile))).toContain(
      '所选配置要读的是Excel 工作簿',
    );
    expect(await refusal(readInstrumentFile('a.csv', workbook(number('1')), plain()))).toContain('内容是Excel 工作簿');
  });
});

describe('what is no file of readings', () => {
  test('too large, too long, empty, binary, another encoding, Access', async () => {
    expect(await refusal(read(Buffer.alloc(100 * 1024 * 1024, 0x31)))).toContain('有 100 MB，最多取入 20 MB');
    expect(await refusal(read(`样品,试件,直径\n${'A,1,2\n'.repeat(20_100)}`))).toContain('超过 20000 行');
    expect(await refusal(read(''))).toContain('空文件');
    expect(await refusal(read(Buffer.from([0, 1, 2, 3, 255, 254, 128])))).toContain('不是文本文件');
    expect(
      await refusal(read(Buffer.from('样品,试件,直径'), plain({ source: { kind: 'csv', encoding: 'gb18030' } }))),
    ).toBeTruthy();
    const access = Buffer.from('\0\u0001\0\0Standard Jet DB\0\0');
    expect(await refusal(readInstrumentFile('a.mdb', access, plain()))).toContain('内容是Access 数据库');
    expect(await refusal(readInstrumentFile('a.mdb', access, ready('vendor-mdb')))).toContain('Access 97');
    expect(await refusal(read('样品,试件,直径\nA,1,"2'))).toContain('文字不成表格');
  });

  test('random bytes never give a value and never anything but words', async () => {
    let seed = 20_261_123;
    const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648);
    for (let round = 0; round < 300; round += 1) {
      const bytes = Buffer.from(Array.from({ length: 1 + (next() % 4000) }, () => (next() >> 8) & 255));
      for (const profile of readyProfiles) {
        const outcome = await readInstrumentFile('x.csv', bytes, profile).catch((cause: unknown) => cause);
        if (outcome instanceof AppError) continue;
        expect((outcome as { values: unknown[] }).values).toEqual([]);
      }
    }
  });

  test('dates: only days that exist, in the format that was set', () => {
    expect(momentOf('DD/MM/YYYY', '07/03/2026', '8:05')).toBe('2026-03-07T08:05:00+08:00');
    expect(momentOf('MM/DD/YYYY', '07/03/2026', null)).toBe('2026-07-03T00:00:00+08:00');
    expect([
      momentOf('YYYY-MM-DD', '2026-02-29', null),
      momentOf('YYYY-MM-DD', '2026-03-07 25:00', null),
      momentOf('YYYYMMDD', '2026-03-07', null),
    ]).toEqual([null, null, null]);
  });
});

/** GB 18030 bytes of a character, found by decoding: Node has no encoder. */
function gbBytes(character: string): number[] {
  const decoder = new TextDecoder('gb18030');
  for (let high = 0x81; high <= 0xfe; high += 1)
    for (let low = 0x40; low <= 0xfe; low += 1)
      if (decoder.decode(Uint8Array.from([high, low])) === character) return [high, low];
  throw new Error(`no bytes for ${character}`);
}
