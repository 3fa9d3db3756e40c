// Tables of Access databases, on a file that Access wrote: text in Chinese, dates, yes/no, deleted and moved rows, kinds
// of figures; and everything that is refused rather than read wrong.
import { expect, test } from 'vitest';
import { AppError } from '../../../../shared/errors/appError.ts';
import { extensionsOf, parseFileProfile, readInstrumentFile, type FileProfile } from '../index.ts';
import { accessFile, dataPageOf, rowCountAt, slotAt, typeAt, usersPage, withoutLastRow } from '../testing/access.ts';

const profile = (more: Record<string, unknown> = {}): FileProfile =>
  parseFileProfile({
    id: 'access', title: '表', instrument: '试验机软件', source: { kind: 'mdb', table: 'Users' }, sample: 'UserName',
    specimen: { column: 'UserId' }, values: [{ id: 'd', label: '编号', columns: ['UserId'], unit: 'mm' }], ...more,
  }); // prettier-ignore
const read = (bytes: Uint8Array, used = profile()) => readInstrumentFile('v.mdb', bytes, used);
const rowsOf = async (bytes: Uint8Array, used = profile()) => (await read(bytes, used)).rows.map(({ raw }) => raw);
async function refusal(bytes: Uint8Array, used = profile()): Promise<string> {
  const outcome: unknown = await read(bytes, used).catch((cause: unknown) => cause);
  if (!(outcome instanceof AppError)) throw new Error('was not refused', { cause: outcome });
  return outcome.info.message;
}
const changed = (change: (file: Buffer) => void): Buffer => {
  const file = accessFile();
  change(file);
  return file;
};
const all = [
  '1 | Nuintun | Male | 1989-01-25 | TRUE',
  '2 | Angela | Female | 1988-12-18 | FALSE',
  '3 | 张三 | 男 | 1986-12-18 | TRUE',
];

test('a table is read as it stands there, Chinese text and dates too, and the bytes are not touched', async () => {
  const bytes = accessFile();
  const { rows, values, faults, warnings } = await read(
    bytes,
    profile({ measuredAt: { column: 'UserBirthday', format: 'YYYY-MM-DD' } }),
  );
  expect(rows.map(({ raw }) => raw)).toEqual(all);
  expect(values.map(({ sample, specimenNo, value, measuredAt }) => [sample, specimenNo, value, measuredAt])).toEqual([
    ['Nuintun', 1, '1', '1989-01-25T00:00:00+08:00'],
    ['Angela', 2, '2', '1988-12-18T00:00:00+08:00'],
    ['张三', 3, '3', '1986-12-18T00:00:00+08:00'],
  ]);
  expect([faults, warnings]).toEqual([[], [expect.stringContaining('请先关闭厂家软件再取')]]);
  expect(bytes.equals(accessFile())).toBe(true);
  expect(extensionsOf(profile())).toEqual(['mdb']);
});

test('filter and order are of the profile; a table or column that is not there is named', async () => {
  const men = profile({ filter: [{ column: 'UserSex', equals: ['男', 'Male'] }] });
  expect((await read(accessFile(), men)).values.map(({ value }) => value)).toEqual(['1', '3']);
  const by = (orderBy: string[]) => profile({ source: { kind: 'mdb', table: 'Users', orderBy } });
  expect(await rowsOf(accessFile(), by(['UserBirthday']))).toEqual(all.toReversed());
  expect(await rowsOf(accessFile(), by(['UserMarried', 'UserName']))).toEqual([all[1], all[0], all[2]]);
  expect(await refusal(accessFile(), by(['年龄']))).toContain('有的是：UserId、UserName、UserSex');
  expect(await refusal(accessFile(), profile({ source: { kind: 'mdb', table: '结果' } }))).toContain('有的是：Users');
  // Rows of a database lie in no order of their own.
  expect(() => profile({ specimen: 'order' })).toThrow(AppError);
  const inOrder = profile({ specimen: 'order', source: { kind: 'mdb', table: 'Users', orderBy: ['UserId'] } });
  expect((await read(accessFile(), inOrder)).values.map(({ value }) => value)).toEqual(['1', '2', '3']);
});

test('figures are what Access shows: seven digits of a single, fifteen of a double, currency exact, times of day', async () => {
  const birthdays = async (type: number, bits?: (row: Buffer) => void) =>
    (
      await rowsOf(
        changed((file) => {
          file[typeAt(file, 3)] = type;
          const row = file.subarray((file.readUInt16LE(slotAt(file, 0)) & 0x1fff) + dataPageOf(file));
          bits?.(row.subarray(2 + file.readUInt16LE(typeAt(file, 3) + 21)));
        }),
      )
    )[0]?.split(' | ')[3];
  expect(await birthdays(7)).toBe('32533');
  expect(await birthdays(7, (at) => void at.writeDoubleLE(30.000000000000004))).toBe('30');
  expect(await birthdays(7, (at) => void at.writeDoubleLE(Number.NaN))).toBe('#NaN');
  expect(await birthdays(5, (at) => void at.writeBigInt64LE(-1_512_345n))).toBe('-151.2345');
  expect(await birthdays(5, (at) => void at.writeBigInt64LE(9_223_372_036_854_775_807n))).toBe('922337203685477.5807');
  expect(await birthdays(8, (at) => void at.writeDoubleLE(40_000.5))).toBe('2009-07-06 12:00:00');
  expect(await birthdays(8, (at) => void at.writeDoubleLE(0.25))).toBe('06:00:00');
  const single = changed((file) => {
    file[typeAt(file, 0)] = 6;
    const start = (file.readUInt16LE(slotAt(file, 0)) & 0x1fff) + dataPageOf(file);
    file.writeFloatLE(151.23, start + 2 + file.readUInt16LE(typeAt(file, 0) + 21));
  });
  expect((await rowsOf(single))[0]).toMatch(/^151\.23 \| Nuintun/);
});

test('long text and objects are not read, and say so: nothing of them becomes a value', async () => {
  const memo = changed((file) => void (file[typeAt(file, 2)] = 12));
  expect((await rowsOf(memo))[2]).toBe('3 | 张三 | #备注 | 1986-12-18 | TRUE');
  const named = profile({ sample: 'UserSex' });
  expect((await read(memo, named)).values.map(({ sample }) => sample)).not.toContain('男');
});

test('a deleted row is gone; a row that moved is read once, where it is', async () => {
  expect(await rowsOf(withoutLastRow(accessFile()))).toEqual(all.slice(0, 2));
  expect(await rowsOf(changed(moveLast))).toEqual(all);
});

/** The last row becomes one that a pointer in a fourth slot leads to. */
function moveLast(file: Buffer): void {
  const page = dataPageOf(file);
  const start = file.readUInt16LE(slotAt(file, 2)) & 0x1fff;
  file.writeUInt16LE(start | 0x8000, slotAt(file, 2));
  file.writeUInt16LE(4, page + 12);
  file.writeUInt16LE((start - 4) | 0x4000, slotAt(file, 3));
  file.writeUInt32LE(((page / 4096) << 8) | 2, page + start - 4);
}

test('what does not fit is refused as a whole: rows that are lost or come back, rows of an old shape, chains', async () => {
  const told = (change: (file: Buffer) => void) => refusal(changed(change));
  const flag = (slot: number, flags: number) => (file: Buffer) =>
    void file.writeUInt16LE(file.readUInt16LE(slotAt(file, slot)) | flags, slotAt(file, slot));
  expect(await told(flag(2, 0x4000))).toContain('对不上');
  expect(await told(flag(2, 0x8000))).toContain('对不上');
  expect(await told(flag(2, 0xc000))).toContain('行数');
  expect(await told((file) => void file.writeUInt32LE(4, rowCountAt))).toContain('行数');
  expect(
    await told((file) => {
      moveLast(file);
      flag(3, 0x8000)(file);
      file.writeUInt32LE(2, rowCountAt);
    }),
  ).toContain('对不上');
  expect(await told((file) => void file.writeUInt16LE(6, usersPage * 4096 + 0x29))).toContain('按旧的列写下的行');
  // A definition that leads back to itself, of the table and of the list of tables.
  expect(await told((file) => void file.writeUInt32LE(usersPage, usersPage * 4096 + 4))).toContain('没有尽头');
  expect(await told((file) => void file.writeUInt32LE(2, 2 * 4096 + 4))).toContain('没有尽头');
  expect(await told((file) => void file.writeUInt32LE(3, dataPageOf(file) + 4))).toContain('属于另一个表');
  expect(await told((file) => file.copy(file, 0, 0, file.fill(0, 4096, 3 * 4096).length))).toContain('不是表定义');
});

test('other formats, half a file, a profile of another kind', async () => {
  expect(await refusal(changed((file) => void (file[0x14] = 0)))).toContain('Access 97');
  expect(await refusal(changed((file) => void (file[0x14] = 9)))).toContain('不认识的 Access 格式');
  expect(await refusal(changed((file) => void file.write('Standard ACE DB', 4, 'latin1')))).toContain('ACE');
  expect(await refusal(accessFile().subarray(0, 100_000))).toContain('长度不是整页');
  expect(await refusal(accessFile().subarray(0, 24 * 4096))).toContain('没有第 25 页');
  expect(await refusal(accessFile(), profile({ source: { kind: 'csv' } }))).toContain(
    '内容是Access 数据库，所选配置要读的是文本',
  );
  expect(await refusal(Buffer.from('UserId,UserName'))).toContain('所选配置要读的是Access 数据库');
});

test('damaged bytes anywhere give rows or words, never an endless look and never another error', async () => {
  let seed = 20_261_124;
  const next = (): number => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) >> 8;
  const whole = accessFile();
  const places = [...whole.keys()].filter((at) => whole[at] !== 0);
  let refused = 0;
  for (let round = 0; round < 400; round += 1) {
    const file = Buffer.from(whole);
    // Most of the damage goes where the table is: its definition, its slots, its rows.
    const near = [usersPage * 4096, usersPage * 4096 + 60, dataPageOf(whole), dataPageOf(whole) + 4096 - 100];
    for (let hit = 0; hit <= next() % 6; hit += 1) {
      const at = next() % 4 === 0 ? places[next() % places.length]! : near[next() % 4]! + (next() % 100);
      file[at] = next() & 255;
    }
    const outcome: unknown = await read(file).catch((cause: unknown) => cause);
    if (outcome instanceof Error) {
      expect(outcome).toBeInstanceOf(AppError);
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan(100);
}, 60_000);
