// Files that are no honest table, and the promise that what goes out comes back as the same.
import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { addDays } from '../../../shared/entities/scalars.ts';
import type { RegisterId } from '../../../shared/registers/calls.ts';
import { today } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { archiveOf, entriesOf } from '../../instruments/files/archive.ts';
import { readRows } from './file/readFile.ts';

let lab: TestCore;
let quality: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  quality = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

const preview = (register: RegisterId, bytes: Uint8Array, fileName = 'a.xlsx') =>
  quality.call('registers.preview', { register, fileName, bytesBase64: Buffer.from(bytes).toString('base64') });
const heads = ['场所编号', '场所名称', '地址'];
const sheetOf = async (rows: unknown[][]): Promise<Buffer> =>
  writeXlsxFile(rows.map((row) => row.map((value) => ({ value, type: String }))) as never).toBuffer();
/** The workbook with its first sheet written anew. */
const edited = async (edit: (sheet: string) => string): Promise<Buffer> =>
  archiveOf(
    entriesOf(await sheetOf([heads, ['CS-1', '力学室', '检测路'], ['CS-2', '胶砂室', '检测路']]), 1e7).map((entry) =>
      entry.name.endsWith('sheet1.xml') ? { ...entry, bytes: Buffer.from(edit(entry.bytes.toString())) } : entry,
    ),
  );
const problemsOf = async (bytes: Uint8Array) =>
  (await preview('premises', bytes)).rows.flatMap(({ row, problems }) => problems.map(({ column, code }) => [row, column, code])); // prettier-ignore

/** A list of entries that unpack to a hundred times their size each. */
function bomb(): Buffer {
  const zeros = deflateRawSync(Buffer.alloc(40 * 1024 * 1024));
  const names = ['xl/workbook.xml', 'xl/worksheets/sheet1.xml', 'xl/styles.xml'];
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const name of names) {
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(zeros.length, 18);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(zeros.length, 20);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    list.push(entry, Buffer.from(name));
    parts.push(head, Buffer.from(name), zeros);
    at += 30 + name.length + zeros.length;
  }
  const directory = Buffer.concat(list);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(names.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, directory, end]);
}

describe('hostile files are refused in words and in time', () => {
  const quick = async (bytes: Uint8Array, fileName = 'a.xlsx') => {
    const started = performance.now();
    const refused = await refusalOf(preview('premises', bytes, fileName));
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(refused).toMatchObject({ code: 'IMPORT_UNREADABLE', meaning: '什么也没有导入。' });
    for (const sentence of [refused.message, refused.next]) expect(sentence).toMatch(/\p{Script=Han}/u);
    return refused.message;
  };

  test('fifty megabytes: by its size before anything of it is read', async () => {
    const large = Buffer.alloc(50 * 1024 * 1024, 'x');
    expect(() => readRows('大.csv', large, '场所')).toThrow('有 50 MB，最多 5 MB');
    const refused = await refusalOf(preview('premises', large, '大.csv'));
    expect(refused.code).toBe('INPUT_INVALID');
    expect(JSON.stringify(refused)).toContain('文件太大，最多 5 MB');
    expect(await quick(large.subarray(0, 6 * 1024 * 1024), '大.csv')).toContain('有 6 MB，最多 5 MB');
  });
  test('a small archive that unpacks without end', async () => {
    expect(await quick(bomb())).toContain('展开后过大');
  });
  test.each([
    ['empty', Buffer.alloc(0), 'a.xlsx', '空文件'],
    ['a picture', Buffer.from('\x89PNG no table'), 'a.xlsx', '只能导入'],
    ['an old workbook, or one with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'a.xlsx', '.xls'],
    ['an archive cut in half', Buffer.from('PK\u0003\u0004 and nothing more'), 'a.xlsx', '不是完整的'],
    ['bytes that are no text', Buffer.from([0xff, 0x00, 0x81, 0x30]), 'a.csv', '不是文本文件'],
    ['a quote that is not closed', Buffer.from(`${heads.join(',')}\n"开了没有关,1,2\n3`), 'a.csv', '引号'],
    ['ten thousand rows', Buffer.from(`${heads.join(',')}\n${'a,b,c\n'.repeat(10_000)}`), 'a.csv', '超过 2000 行'],
    ['a row of a thousand columns', Buffer.from(`${heads.join(',')}\n${'x,'.repeat(1000)}\n`), 'a.csv', '超过 200 列'],
  ])('%s', async (_name, bytes, fileName, words) => {
    expect(await quick(bytes, fileName)).toContain(words);
  });
  test('entities that multiply', async () => {
    const lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>';
    await quick(await edited((sheet) => sheet.replace('<worksheet', `${lol}<worksheet`)));
  });
  test('tags that never end, a million of them', async () => {
    await quick(
      await edited((sheet) =>
        sheet.replace(/<sheetData>.*<\/sheetData>/s, `<sheetData>${'<row><c>'.repeat(500_000)}</sheetData>`),
      ),
    );
  });
  test('a cell at the far corner of the sheet costs nothing, and one with a text there is refused', async () => {
    const far = (inside: string) => edited((sheet) => sheet.replace('</sheetData>', `<row r="1048576"><c r="XFD1048576"${inside}</row></sheetData>`)); // prettier-ignore
    expect((await preview('premises', await far(' s="1"/>'))).newCount).toBe(2);
    expect(await quick(await far(' t="str"><v>x</v></c>'))).toContain('超过 200 列');
  });
});

test('a workbook with bytes changed, cut off or repeated is read or refused in words, never anything else', async () => {
  const whole = await sheetOf([heads, ['CS-1', '力学室', '检测路'], ['CS-2', '胶砂室', '检测路']]);
  const parts = entriesOf(whole, 1e7);
  const change = fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), fc.nat(), fc.boolean(), (changes, cut, unpacked) => {
      const spoil = (bytes: Buffer): Buffer => {
        const spoilt = Buffer.from(bytes);
        for (const { at, byte } of changes) spoilt[at % spoilt.length] = byte;
        return spoilt;
      };
      // The archive itself, or what it holds: the second reaches past the check of the archive.
      const bytes = unpacked ? archiveOf(parts.map((part) => ({ ...part, bytes: spoil(part.bytes) }))) : spoil(whole);
      try {
        readRows('a.xlsx', cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes, '场所');
      } catch (cause) {
        expect(cause).toMatchObject({ info: { code: 'IMPORT_UNREADABLE', meaning: '什么也没有导入。' } });
      }
    }),
    { numRuns: 400 },
  );
});

describe('cells that cannot be believed', () => {
  test('a formula, an error, a merged field', async () => {
    const formula = await edited((sheet) => sheet.replace(/<c r="B2"[^>]*>.*?<\/c>/, '<c r="B2" t="str"><f>A1&amp;"x"</f><v>力学室</v></c>')); // prettier-ignore
    expect(await problemsOf(formula)).toEqual([[2, '场所名称', 'CELL_FORMULA']]);
    const error = await edited((sheet) => sheet.replace(/<c r="B3"[^>]*>.*?<\/c>/, '<c r="B3" t="e"><v>#REF!</v></c>'));
    expect(await problemsOf(error)).toEqual([[2 + 1, '场所名称', 'CELL_ERROR']]);
    const merged = await edited((sheet) => sheet.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>')); // prettier-ignore
    expect(await problemsOf(merged)).toEqual([[2, '地址', 'CELL_MERGED'], [3, '地址', 'CELL_MERGED']]); // prettier-ignore
  });

  test('blank rows between are passed over, and rows keep the number that people see', async () => {
    const bytes = await sheetOf([[''], heads, [''], ['CS-1', '力学室', '检测路'], [''], ['CS-2', '', '检测路']]);
    expect(await problemsOf(bytes)).toEqual([[6, '场所名称', 'REQUIRED']]);
  });

  test('1904 days, prefixed names and rich text are read as they are shown', async () => {
    const bytes = await edited((sheet) => sheet.replaceAll(/<(\/?)(worksheet|sheetData|row|c|v|is|t)\b/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=')); // prettier-ignore
    expect((await preview('premises', bytes)).newCount).toBe(2);
    expect(readRows('a.xlsx', bytes, '场所').map(({ no, cells }) => [no, cells[0]?.text])).toEqual([[1, '场所编号'], [2, 'CS-1'], [3, 'CS-2']]); // prettier-ignore
  });
});

/** Texts that people and programs of the trade write, and those that spreadsheets take for something else. */
const words = fc
  .string({
    unit: fc.constantFrom(...Array.from('压力机AB09-.（）/"\',;:=+@_x0041_~ 试验室Ω²')),
    minLength: 1,
    maxLength: 24,
  })
  .map((text) => text.trim())
  .filter((text) => text !== '' && !/^\d(\.\d+)?e\+?\d{2}$/i.test(text));
let tried = 0;
const day = fc.integer({ min: -3000, max: 300 }).map((days) => addDays(today(), days));

describe('export → import says “same” for every row', () => {
  const same = async (register: RegisterId, count: number) => {
    for (const format of ['xlsx', 'csv'] as const)
      for (const identity of [false, true]) {
        const { fileName, bytesBase64 } = await quality.call('registers.export', { register, format, identity, reason: '核对' });
        const seen = await quality.call('registers.preview', { register, fileName, bytesBase64 });
        expect(seen, `${register} ${format} ${JSON.stringify(seen.rows[0])}`).toMatchObject({ newCount: 0, changedCount: 0, refusedCount: 0, rows: [], fileProblems: [] });
        expect(seen.sameCount).toBe(count);
      }
  }; // prettier-ignore
  const total = (table: string): number => Number(lab.store.first(`SELECT count(*) AS n FROM ${table}`)?.['n']);

  test('as the training lab stands', async () => {
    await same('people', total('person'));
    await same('equipment', total('equipment'));
  });

  test('whatever stands in the store', async () => {
    const machine = fc.record({ name: words, model: fc.oneof(words, fc.constant('')), serial: words, startDate: day, validMonths: fc.integer({ min: 1, max: 120 }), certificateNo: fc.oneof(words, fc.constant('')), rangeKn: fc.constantFrom(null, '2000', '300.5', '60.0'), items: fc.subarray(['HNT-KY', 'GJ-GY', 'SN-QD']), state: fc.constantFrom('active', 'scrapped', 'stopped') });
    const person = fc.record({ name: words, certificateNo: words, state: fc.constantFrom('active', 'left', 'disabled') });
    await fc.assert(
      fc.asyncProperty(fc.array(machine, { minLength: 1, maxLength: 8 }), fc.array(person, { minLength: 1, maxLength: 8 }), fc.array(fc.record({ name: words, address: words }), { maxLength: 5 }), fc.array(fc.record({ validFrom: day, length: fc.nat(900), certificateNo: words, remark: fc.oneof(words, fc.constant('')), parameterCode: fc.constantFrom('', 'KY') }), { maxLength: 5 }), async (machines, people, rooms, held) => {
        // Numbers of its own for every store that is tried, also while a failure is made smaller.
        const seed = (tried += 1);
        lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) => {
          machines.forEach(({ items, state, ...plain }, n) => tx.insert('equipment', { ...plain, equipmentId: `X${seed}-${n}`, itemCodesJson: JSON.stringify(items), platformState: state, localState: 'inUse', localReason: null, localSince: null, portJson: null, version: 1, platformId: null, extensometerJson: n % 3 === 0 ? JSON.stringify({ gaugeMm: '100', accuracyClass: '1', classStandard: 'GB/T 12160', rangeMm: '25.0' }) : null }));
          people.forEach((plain, n) => tx.insert('person', { ...plain, personId: `Y${seed}-${n}`, version: 1, platformId: null }));
          rooms.forEach((plain, n) => tx.insert('premises', { ...plain, premisesId: `Z${seed}-${n}`, state: 'active', platformId: null }));
          held.forEach(({ length, ...plain }, n) => tx.insert('qualificationEntry', { ...plain, entryId: `Q${seed}-${n}`, personId: `Y${seed}-0`, itemCode: n % 2 ? 'HNT-KY' : `GJ-GY${n}`, validTo: addDays(plain.validFrom, length), filesJson: '[]', enteredById: 'x', enteredByName: 'x', enteredAt: 'x' }));
        });
        await same('equipment', total('equipment'));
        await same('people', total('person'));
        // An empty list is refused as a file without rows.
        if (total('premises') > 0) await same('premises', total('premises'));
        const keys = Number(lab.store.first(`SELECT count(*) AS n FROM (SELECT DISTINCT personId, itemCode, parameterCode, validFrom FROM qualificationEntry)`)?.['n']);
        if (keys > 0 && keys === total('qualificationEntry')) await same('qualifications', keys);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
}); // prettier-ignore
