// The registers on a real core: the dry run writes nothing, what was seen is what is taken, everything enters by the way
// of the form, personal data stay where they belong, and what goes out comes back as the same.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { RegisterId } from '../../../shared/registers/calls.ts';
import { openAt, receive } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { toGb18030 } from '../../../tests/support/gb18030.ts';
import { sha256Hex } from '../../../sync/wire/digest.ts';
import { verifyStore } from '../../store/verify.ts';
import { csvText } from '../files/csv.ts';
import { readRows } from './file/readFile.ts';

let lab: TestCore;
let quality: Seat;
let keeper: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  quality = await lab.as('zhiliang');
  keeper = await lab.as('shebei');
  lab.core.platform?.supervisor.setRegistrationApproval('supervisor', '测试');
});
afterAll(() => lab.stop());

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const preview = (seat: Seat, register: RegisterId, bytes: Uint8Array | string, fileName = 'a.csv') =>
  seat.call('registers.preview', { register, fileName, bytesBase64: base64(bytes) });
const take = (seat: Seat, register: RegisterId, bytes: Uint8Array | string, digest: string, acceptPartial = false, fileName = 'a.csv') =>
  seat.call('registers.take', { register, fileName, bytesBase64: base64(bytes), digest, acceptPartial, reason: '年度整理' }); // prettier-ignore
const taken = async (seat: Seat, register: RegisterId, bytes: Uint8Array | string, fileName = 'a.csv') =>
  take(seat, register, bytes, (await preview(seat, register, bytes, fileName)).digest, false, fileName);

/** Everything that is in the store, so that nothing can be written unseen. */
const everything = (): string => {
  const tables = lab.store.all(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'searchText%' ORDER BY name`);
  return sha256Hex(JSON.stringify(tables.map(({ name }) => lab.store.all(`SELECT * FROM ${String(name)}`))));
}; // prettier-ignore

const identityNo = '11010519491231002X';
const peopleCsv = (...rows: string[][]) => csvText([['人员编号', '姓名', '证书编号', '身份证号', '状态'], ...rows]);
const machineHeads = [
  '设备编号',
  '设备名称',
  '型号',
  '出厂编号',
  '检测项目',
  '检定日期',
  '检定周期',
  '证书编号',
  '量程',
  '状态',
];
const machine = (changes: Record<string, string> = {}) =>
  Object.values({ id: 'YQ-201', name: '压力试验机', model: 'YAW-2000', serial: 'S-88001', items: 'HNT-KY', on: '2026-03-02', months: '12', no: 'LX-1', range: '2000', state: '在用', ...changes }); // prettier-ignore

describe('the dry run', () => {
  test('writes nothing at all', async () => {
    const before = everything();
    const seen = await preview(quality, 'people', peopleCsv(['RY-31', '周晚晴', '粤建 77', identityNo, '在岗']));
    expect(seen).toMatchObject({ newCount: 1, refusedCount: 0, fileProblems: [] });
    expect(everything()).toBe(before);
    expect(JSON.stringify(seen)).not.toContain(identityNo);
    expect(seen.rows[0]?.changes).toContainEqual({ column: '公民身份号码', old: null, now: '110*************2X' });
  });

  test('says new, changed field by field, same and refused, with row, column, code and what to do', async () => {
    await taken(keeper, 'equipment', csvText([machineHeads, machine()]));
    const file = csvText([
      machineHeads,
      machine(),
      machine({ id: 'YQ-201', months: '6' }),
      machine({ id: 'YQ-202', serial: 'S-88002', on: '2026年3月2日' }),
      machine({ id: 'YQ-203', serial: '1.23457E+17' }),
      machine({ id: 'YQ-204', serial: 'S-88004', on: '2026-02-30' }),
      machine({ id: 'YQ-205', serial: 'S-88005', items: 'HNT-KY、没有的' }),
      machine({ id: 'YQ-206', serial: 'S-88001' }),
      machine({ id: '有 空格', serial: 'S-88007' }),
      machine({ id: 'YQ-208', serial: 'S-88008', state: '停用' }),
      machine({ id: 'YQ-209', serial: '' }),
    ]);
    const seen = await preview(keeper, 'equipment', file);
    expect(seen).toMatchObject({ newCount: 1, changedCount: 0, sameCount: 1, refusedCount: 8 });
    const faults = seen.rows.flatMap(({ row, problems }) => problems.map(({ column, code }) => [row, column, code]));
    expect(faults).toEqual([
      [3, '设备编号', 'TWICE_IN_FILE'],
      [5, '出厂编号', 'NUMBER_LOST_DIGITS'],
      [6, '检定/校准日期', 'DAY_INVALID'],
      [7, '检测项目', 'ITEM_UNKNOWN'],
      [8, '出厂编号', 'ALREADY_REGISTERED'],
      [9, '设备编号', 'CELL_REFUSED'],
      [10, '状态', 'CHOICE'],
      [11, '出厂编号', 'REQUIRED'],
    ]);
    for (const { problems } of seen.rows) for (const { message, next } of problems) expect(message && next).toMatch(/\p{Script=Han}/u);
    const changed = await preview(keeper, 'equipment', csvText([machineHeads, machine({ months: '6', range: '1000' })]));
    expect(changed.rows).toMatchObject([
      { row: 2, key: 'YQ-201', state: 'changed', changes: [{ column: '有效期(月)', old: '12', now: '6' }, { column: '量程(kN)', old: '2000', now: '1000' }] },
    ]);
  }); // prettier-ignore

  test('knows heads in another order, by their synonyms, below a title, and leaves columns of its own alone', async () => {
    const rows = [['设备一览表'], ['状态', '仪器名称', '管理编号', '序列号', '规格型号', '检定证书编号', '校准日期', '校准周期', '适用项目', '保管人']];
    const file = csvText([...rows, ['在用', '万能机', 'YQ-210', 'S-90010', 'WAW-600', 'LX-9', '2026/3/2', '12个月', 'GJ-GY', '老何']]);
    const seen = await preview(keeper, 'equipment', file);
    expect(seen).toMatchObject({ newCount: 1, refusedCount: 0, notes: ['没有用到的列：保管人'] });
    expect(seen.rows[0]).toMatchObject({ row: 3, key: 'YQ-210', name: '万能机' });
    const twice = await preview(keeper, 'equipment', csvText([['设备编号', '管理编号', '设备名称'], ['a', 'b', 'c']]));
    expect(twice.fileProblems.join()).toContain('出现了两次');
    expect(twice.fileProblems.join()).toContain('缺少“出厂编号”这一列');
  }); // prettier-ignore

  test('reads GB 18030 and UTF-16 as well', async () => {
    const text = csvText([machineHeads, machine({ id: 'YQ-211', serial: 'S-91000' })]).slice(1);
    for (const bytes of [toGb18030(text), Buffer.from(`\ufeff${text}`, 'utf16le')])
      expect(await preview(keeper, 'equipment', bytes)).toMatchObject({ newCount: 1, fileProblems: [] });
  });
});

describe('taking over', () => {
  test('is bound to what was seen: other bytes, another store, another person’s rights are refused', async () => {
    const file = csvText([machineHeads, machine({ id: 'YQ-220', serial: 'S-92000' })]);
    const { digest } = await preview(keeper, 'equipment', file);
    const other = csvText([machineHeads, machine({ id: 'YQ-220', serial: 'S-92001' })]);
    expect((await refusalOf(take(keeper, 'equipment', other, digest))).code).toBe('IMPORT_CHANGED');
    expect((await refusalOf(take(keeper, 'people', peopleCsv(['a', 'b', 'c', '', '在岗']), digest))).code).toBe('PERMISSION_DENIED');
    await taken(keeper, 'equipment', other);
    const late = await refusalOf(take(keeper, 'equipment', file, digest));
    expect(late).toMatchObject({ code: 'IMPORT_CHANGED', meaning: '什么也没有导入。' });
  }); // prettier-ignore

  test('goes by the way of the form: waits for the platform, is refused by the gate, stands in the chain, proof is kept', async () => {
    const file = csvText([machineHeads, machine({ id: 'YQ-230', serial: 'S-93000' }), machine({ id: 'YQ-231', serial: '' })]);
    const { digest } = await preview(keeper, 'equipment', file);
    expect((await refusalOf(take(keeper, 'equipment', file, digest))).code).toBe('IMPORT_HAS_BAD_ROWS');
    const done = await take(keeper, 'equipment', file, digest, true);
    expect(done).toMatchObject({ newCount: 1, changedCount: 0, sameCount: 0, refusedCount: 1 });
    expect(lab.store.get('equipment', 'YQ-230')).toMatchObject({ platformState: 'pending', localState: 'inUse' });
    expect(lab.store.get('equipment', 'YQ-231')).toBeUndefined();
    const registration = lab.store.first(`SELECT * FROM registration WHERE localId = 'YQ-230'`);
    expect(registration).toMatchObject({ reason: '年度整理', enteredByName: keeper.user.name });
    expect(lab.store.get('outbox', String(registration?.['entryId']))).toBeDefined();
    const [received] = await receive(lab);
    const technician = await lab.as('jiance');
    const refused = await refusalOf(async () => openAt(lab, technician, received?.taskId ?? '', 'YQ-230'));
    expect(refused.code).toBe('GATE_EQUIPMENT_PENDING');
    const kept = lab.store.get('registerImport', done.importId);
    expect(kept).toMatchObject({ sourceSha256: sha256Hex(Buffer.from(file)), keptSealed: 0, byName: keeper.user.name });
    const media = lab.store.get('media', String(kept?.['keptSha256']));
    expect(readFileSync(join(lab.folder, String(media?.['path'])), 'utf8')).toBe(file);
    expect((await refusalOf(take(keeper, 'equipment', file, (await preview(keeper, 'equipment', file)).digest, true))).code).toBe('IMPORT_EMPTY');
    expect(verifyStore(lab.store.database).firstFault).toBeNull();
  }); // prettier-ignore

  test('all or nothing: a row that fails in the middle leaves none behind', async () => {
    const file = csvText([machineHeads, ...Array.from({ length: 20 }, (_, n) => machine({ id: `YQ-3${String(n).padStart(2, '0')}`, serial: `S-94${n}` }))]); // prettier-ignore
    const { digest } = await preview(keeper, 'equipment', file);
    lab.store.database.exec(`CREATE TEMP TRIGGER stumble BEFORE INSERT ON equipment WHEN NEW.equipmentId = 'YQ-315' BEGIN SELECT RAISE(ABORT, 'stumble'); END`); // prettier-ignore
    const before = everything();
    await expect(take(keeper, 'equipment', file, digest)).rejects.toThrow();
    lab.store.database.exec('DROP TRIGGER stumble');
    expect(everything()).toBe(before);
    expect(await take(keeper, 'equipment', file, digest)).toMatchObject({ newCount: 20 });
  });

  test('identity numbers are sealed, also in the bytes that are kept, and compared all the same', async () => {
    const file = peopleCsv(['RY-40', '周晚晴', '粤建 77', identityNo, '在岗']);
    await taken(quality, 'people', file);
    expect(lab.store.get('personIdentity', 'RY-40')).toMatchObject({ masked: '110*************2X' });
    expect((await preview(quality, 'people', file)).sameCount).toBe(1);
    lab.store.database.pragma('wal_checkpoint(TRUNCATE)');
    for (const entry of readdirSync(lab.folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes(identityNo), entry.name).toBe(false);
    const twin = await preview(quality, 'people', peopleCsv(['RY-41', '另一人', '粤建 78', identityNo, '在岗']));
    expect(twin.rows[0]?.problems[0]).toMatchObject({ code: 'ALREADY_REGISTERED', message: '已登记在 RY-40 名下' });
    const wrong = await preview(quality, 'people', peopleCsv(['RY-42', '另一人', '粤建 79', '110105194912310021', '在岗']));
    expect(wrong.rows[0]?.problems[0]?.code).toBe('IDENTITY_WRONG');
    const masked = await preview(quality, 'people', peopleCsv(['RY-40', '周晚晴', '粤建 77', '110*************2X', '在岗'], ['RY-43', '甲', '乙', '110*************21', '在岗']));
    expect(masked).toMatchObject({ sameCount: 1, refusedCount: 1 });
    expect(masked.rows[0]?.problems[0]?.code).toBe('IDENTITY_MASKED');
    const kept = lab.store.first(`SELECT * FROM registerImport WHERE register = 'people'`);
    expect(kept).toMatchObject({ keptSealed: 1, sourceSha256: sha256Hex(Buffer.from(file)) });
    const bytes = readFileSync(join(lab.folder, String(lab.store.get('media', String(kept?.['keptSha256']))?.['path'])), 'utf8');
    expect(Buffer.from(await lab.context.secrets.open(bytes), 'base64').toString()).toBe(file);
    const { imports } = await quality.call('registers.imports', { register: 'people' });
    expect(imports).toMatchObject([{ fileName: 'a.csv', newCount: 1, reason: '年度整理' }]);
    const again = await quality.call('registers.source', { importId: imports[0]?.importId ?? '', reason: '评审' });
    expect(Buffer.from(again.bytesBase64, 'base64').toString()).toBe(file);
    const last = lab.store.first(`SELECT newValue, reason FROM audit WHERE entity = 'register' ORDER BY seq DESC`);
    expect(last).toEqual({ newValue: '取出留存的导入文件 a.csv', reason: '评审' });
    const other = keeper.call('registers.source', { importId: imports[0]?.importId ?? '', reason: '看看' });
    expect((await refusalOf(other)).code).toBe('PERMISSION_DENIED');
  }); // prettier-ignore

  test('qualifications: new, renewed with the old one withdrawn and its proof kept', async () => {
    const heads = ['人员编号', '检测项目', '检测参数', '证号', '有效期起', '有效期止'];
    const first = csvText([heads, ['P001', 'HNT-KY', '全部', '证 1', '2026-01-01', '2026-12-31'], ['P999', 'HNT-KY', '', '证 2', '2026-01-01', '2026-12-31']]);
    const seen = await preview(quality, 'qualifications', first);
    expect(seen).toMatchObject({ newCount: 1, refusedCount: 1 });
    expect(seen.rows[1]?.problems[0]).toMatchObject({ column: '人员编号', code: 'NOT_KNOWN' });
    await take(quality, 'qualifications', first, seen.digest, true);
    const second = csvText([heads, ['P001', 'HNT-KY', '全部', '证 1', '2026-01-01', '2028-12-31']]);
    const renewed = await preview(quality, 'qualifications', second);
    expect(renewed.rows[0]?.changes).toEqual([{ column: '有效期至', old: '2026-12-31', now: '2028-12-31' }]);
    await take(quality, 'qualifications', second, renewed.digest);
    const { entries } = await quality.call('qualifications.list', { personId: 'P001' });
    expect(entries.map(({ validTo, withdrawn }) => [validTo, withdrawn?.reason ?? null])).toEqual([['2028-12-31', null], ['2026-12-31', '导入时更正']]);
  }); // prettier-ignore

  test('each keeper imports and exports their own register only, and an export is in the chain', async () => {
    for (const register of ['people', 'premises', 'qualifications'] as const)
      expect((await refusalOf(keeper.call('registers.export', { register, format: 'csv', reason: '查看' }))).code).toBe('PERMISSION_DENIED');
    const admin = await lab.as('admin');
    expect((await refusalOf(admin.call('registers.export', { register: 'equipment', format: 'csv', reason: '查看' }))).code).toBe('PERMISSION_DENIED');
    const plain = await quality.call('registers.export', { register: 'people', format: 'csv', reason: '年审' });
    expect(Buffer.from(plain.bytesBase64, 'base64').toString()).not.toContain(identityNo);
    const clear = await quality.call('registers.export', { register: 'people', format: 'csv', identity: true, reason: '年审' });
    expect(Buffer.from(clear.bytesBase64, 'base64').toString()).toContain(identityNo);
    const said = lab.store.all(`SELECT newValue, actor FROM audit WHERE entity = 'register' AND action = 'event' ORDER BY seq`);
    expect(said.map(({ newValue }) => String(newValue)).slice(-2)).toEqual([expect.stringContaining('隐去'), expect.stringContaining('含完整公民身份号码')]);
    expect(String(said.at(-1)?.['actor'])).toContain(quality.user.name);
  }); // prettier-ignore
});

describe('the template', () => {
  test.each(['people', 'qualifications', 'equipment', 'premises'] as const)('%s: is read back, its example is no entry', async (register) => {
    const { bytesBase64, fileName } = await quality.call('registers.template', { register });
    const seen = await quality.call('registers.preview', { register, fileName, bytesBase64 });
    expect(seen).toMatchObject({ newCount: 0, refusedCount: 0, fileProblems: ['文件里没有数据行'] });
    expect(seen.notes).toEqual(['第 2 行是模板的示例行，已跳过']);
    const help = readRows('a.xlsx', Buffer.from(bytesBase64, 'base64'), '填写说明');
    expect(help.length).toBeGreaterThan(3);
  }); // prettier-ignore
});

describe('cells as a workbook keeps them', () => {
  test('Excel days, numbers that kept and numbers that lost their digits', async () => {
    const head = machineHeads.map((value) => ({ value, type: String }));
    const row = (id: string, serial: number) => [
      { value: id, type: String }, { value: '天平', type: String }, { value: 'X', type: String }, { value: serial, type: Number }, { value: 'HNT-KY', type: String },
      { value: new Date('2026-03-02T00:00:00Z'), type: Date, format: 'yyyy"年"m"月"d"日"' }, { value: 12, type: Number }, { value: 'LX', type: String }, { value: 2000.5, type: Number }, { value: '在用', type: String },
    ];
    const bytes = await writeXlsxFile([head, row('YQ-401', 77_001), row('YQ-402', 110_105_194_912_310_000)] as never).toBuffer();
    const seen = await preview(keeper, 'equipment', bytes, 'a.xlsx');
    expect(seen).toMatchObject({ newCount: 1, refusedCount: 1 });
    const facts = Object.fromEntries(seen.rows[0]?.changes.map(({ column, now }) => [column, now]) ?? []);
    expect(facts).toMatchObject({ 出厂编号: '77001', '检定/校准日期': '2026-03-02', '有效期(月)': '12', '量程(kN)': '2000.5' });
    expect(seen.rows[1]?.problems[0]).toMatchObject({ column: '出厂编号', code: 'NUMBER_LOST_DIGITS', next: expect.stringContaining('文本') as string });
  }); // prettier-ignore
});
