// Readings from files into records: seen before they are taken, refused by the same rules as typed ones, kept with their
// bytes, corrected only with a reason, printed with where they came from.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallInput } from '../../../shared/contract/calls.ts';
import { fileOriginOf } from '../../../shared/instrument-files/fileOrigin.ts';
import { toCalendarDay } from '../../../shared/entities/scalars.ts';
import { methodById } from '../../../shared/methods/index.ts';
import { openAt, receive, sampleInput } from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { verifyStore } from '../../store/verify.ts';
import { buildRecordPaper } from '../reports/recordPaper.ts';
import { verifyAll } from '../verifyAll.ts';

let lab: TestCore;
beforeAll(async () => {
  lab = await openTestCore();
});
afterAll(() => lab.stop());

const describedAs = (methodId: string): Record<string, string> =>
  Object.fromEntries(
    methodById(methodId)
      .fields.filter(({ at, optional }) => at === 'reception' && optional !== true)
      .map((field) => [field.name, field.kind === 'choice' ? (field.options[0]?.value ?? '') : (field.usual ?? '1')]),
  );

interface Open {
  recordNo: string;
  sampleNo: string;
  seat: Seat;
}

async function openRebound(): Promise<Open> {
  const { madeOn: _madeOn, requiredAgeDays: _age, properties: _cube, ...plain } = sampleInput();
  const method = methodById('rebound');
  const sample = {
    ...plain,
    itemCode: method.itemCode ?? '',
    parameterCodes: method.parameters.map(({ code }) => code),
    name: '混凝土构件',
    properties: describedAs(method.id),
  };
  const [received] = await receive(lab, { samples: [sample] });
  const seat = await lab.as('jiance');
  return { recordNo: openAt(lab, seat, received?.taskId ?? '', 'E008'), sampleNo: received?.sampleNo ?? '', seat };
}

const today = toCalendarDay(Date.now());
const headings = [
  '样品编号',
  '测区',
  '测试时间',
  ...Array.from({ length: 16 }, (_, index) => `R${index + 1}`),
  '角度',
  '测试面',
];
const zone = (sample: string, no: number, changes: Partial<Record<number, string>> = {}): string[] => [
  sample,
  String(no),
  `${today} 00:01`,
  ...Array.from({ length: 16 }, (_, index) => changes[index + 1] ?? String(30 + ((index * 7 + no) % 12))),
  '水平',
  '侧面',
];
const fileOf = (rows: readonly string[][]): string => [headings, ...rows].map((row) => row.join(',')).join('\r\n');
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const preview = ({ seat, recordNo }: Open, text: string, more: Partial<CallInput<'instrumentFiles.preview'>> = {}) =>
  seat.call('instrumentFiles.preview', {
    recordNo,
    profileId: 'rebound-csv',
    from: { fileName: '回弹.csv', bytesBase64: base64(text) },
    ...more,
  });
const filesCount = (): number => Number(lab.store.first('SELECT count(*) AS n FROM instrumentFile')?.['n']);

test('a hammer’s file: previewed, nothing written; taken over, every value with its file; the bytes are kept', async () => {
  const open = await openRebound();
  const text = fileOf([zone(open.sampleNo, 1), zone(open.sampleNo, 2), zone('别的样品', 1)]);
  const before = filesCount();
  const seen = await preview(open, text);
  expect(seen).toMatchObject({ takeCount: 36, replaceCount: 0, faultCount: 0, blocked: null, before: [], rowCount: 3 });
  expect(seen.lines.filter(({ state }) => state === 'other')).toHaveLength(3);
  expect(seen.lines[0]).toMatchObject({ row: 2, label: '回弹值', place: '测区 1 回弹值', state: 'new' });
  expect((await open.seat.call('records.get', { recordNo: open.recordNo })).readings).toEqual([]);
  expect(filesCount()).toBe(before);

  const taken = await open.seat.call('instrumentFiles.take', {
    recordNo: open.recordNo,
    profileId: 'rebound-csv',
    sha256: seen.sha256,
    digest: seen.digest,
  });
  expect(taken.readings).toHaveLength(36);
  const third = taken.readings.find(
    ({ field, specimenNo, position }) => field === 'rebound_R' && specimenNo === 2 && position === 3,
  );
  expect(third).toMatchObject({ source: 'file', value: zone('x', 2)[5], current: true });
  expect(third?.origin).toMatchObject({ equipmentId: 'E008', driver: 'file:rebound-csv', mediaSha256: seen.sha256 });
  expect(fileOriginOf(third?.origin?.raw ?? null)).toMatchObject({
    file: '回弹.csv',
    row: 3,
    measuredAt: `${today}T00:01:00+08:00`,
  });
  const path = join(lab.folder, String(lab.store.get('media', seen.sha256)?.['path']));
  expect(readFileSync(path, 'utf8')).toBe(text);
  const events = await open.seat.call('audit.history', { entity: 'testRecord', key: open.recordNo });
  expect(events.entries.some(({ newValue }) => newValue?.includes('取入 36 个读数') ?? false)).toBe(true);

  // The same bytes again: said to be so, nothing left to take.
  const again = await preview(open, text);
  expect(again.before).toMatchObject([{ recordNo: open.recordNo }]);
  expect(again.takeCount).toBe(0);
  const nothing = { recordNo: open.recordNo, profileId: 'rebound-csv', sha256: again.sha256, digest: again.digest };
  expect((await refusalOf(open.seat.call('instrumentFiles.take', nothing))).code).toBe('INSTRUMENT_FILE_NOTHING');
  expect(verifyStore(lab.store.database).firstFault).toBeNull();

  // The file is evidence: changed bytes are found.
  expect((await verifyAll(lab.store, lab.context.files)).ok).toBe(true);
  writeFileSync(path, `${text} `);
  expect((await verifyAll(lab.store, lab.context.files)).firstFault).toContain('被改动过');
  writeFileSync(path, text);
});

test('a value that the record would refuse stays in the preview with its words, and its row is not taken', async () => {
  const open = await openRebound();
  const text = fileOf([zone(open.sampleNo, 1, { 4: '85' }), zone(open.sampleNo, 2), zone(open.sampleNo, 201)]);
  const seen = await preview(open, text);
  expect(seen.takeCount).toBe(18);
  const lines = seen.lines.filter(({ row }) => row === 2);
  expect(lines.map(({ state }) => state)).toEqual(['fault', 'fault', 'fault']);
  expect(lines[0]?.message).toContain('不是混凝土的回弹值');
  expect(seen.lines.find(({ row }) => row === 4)?.message).toContain('没有第 201 个');
  await open.seat.call('instrumentFiles.take', {
    recordNo: open.recordNo,
    profileId: 'rebound-csv',
    sha256: seen.sha256,
    digest: seen.digest,
  });
  const { readings } = await open.seat.call('records.get', { recordNo: open.recordNo });
  expect(new Set(readings.map(({ specimenNo }) => specimenNo))).toEqual(new Set([2]));
});

test('what was seen is what is taken: a record that changed in between asks for another look', async () => {
  const open = await openRebound();
  const seen = await preview(open, fileOf([zone(open.sampleNo, 1)]));
  const place = { field: 'rebound_R', specimenNo: 1, position: 1 };
  await open.seat.call('records.enter', { recordNo: open.recordNo, entries: [{ ...place, value: '44' }] });
  const take = { recordNo: open.recordNo, profileId: 'rebound-csv', sha256: seen.sha256, digest: seen.digest };
  expect((await refusalOf(open.seat.call('instrumentFiles.take', take))).code).toBe('INSTRUMENT_FILE_CHANGED');

  // Another value stands there: the whole row waits for a reason; the old value stays readable.
  const second = await preview(open, fileOf([zone(open.sampleNo, 1)]));
  expect(second.replaceCount).toBe(1);
  expect(second.lines[0]?.old).toContain('44');
  expect((await refusalOf(open.seat.call('instrumentFiles.take', { ...take, digest: second.digest }))).code).toBe(
    'READING_REASON',
  );
  const taken = await open.seat.call('instrumentFiles.take', {
    ...take,
    digest: second.digest,
    reason: '改用仪器导出的文件',
  });
  const values = taken.readings.filter(({ specimenNo, position }) => specimenNo === 1 && position === 1);
  expect(values.map(({ value, source, current }) => [value, source, current])).toEqual([
    ['44', 'keyboard', false],
    [zone('x', 1)[3], 'file', true],
  ]);

  // A reading of a file is not edited: another value needs a reason and leaves it readable.
  const enter = (reason?: string) =>
    open.seat.call('records.enter', {
      recordNo: open.recordNo,
      entries: [{ ...place, value: '40' }],
      ...(reason ? { reason } : {}),
    });
  expect((await refusalOf(enter())).code).toBe('READING_REASON');
  const corrected = await enter('仪器显示与导出不符，以显示为准');
  expect(corrected.modifications).toHaveLength(2);
  expect(() => lab.store.database.exec(`UPDATE reading SET raw = '' WHERE source = 'file'`)).toThrow(
    'IMMUTABLE reading',
  );
});

test('the paper says which instrument, which file and who; the file’s digest stands beside', async () => {
  const open = await openRebound();
  const seen = await preview(open, fileOf([zone(open.sampleNo, 1)]));
  await open.seat.call('instrumentFiles.take', {
    recordNo: open.recordNo,
    profileId: 'rebound-csv',
    sha256: seen.sha256,
    digest: seen.digest,
  });
  await open.seat.call('bench.environment', {
    recordNo: open.recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  const { readings } = await buildRecordPaper(lab.context, open.recordNo);
  expect(readings[2]).toMatchObject({
    source: 'file',
    origin: `数字回弹仪（E008），文件 回弹.csv，${open.seat.user.name}取入`,
    hash: seen.sha256.slice(0, 16),
  });
  expect(readings.find(({ quantity }) => quantity.startsWith('回弹值'))?.value.split('、')).toHaveLength(16);
});

test('an instrument that is stopped or out of calibration gives nothing; nor does a person without the right', async () => {
  const open = await openRebound();
  const seen = await preview(open, fileOf([zone(open.sampleNo, 1)]));
  const take = { recordNo: open.recordNo, profileId: 'rebound-csv', sha256: seen.sha256, digest: seen.digest };
  const stopped = await refusalOf(open.seat.call('instrumentFiles.take', { ...take, equipmentId: 'E003' }));
  expect(JSON.stringify(stopped)).toContain('E003');
  const receiver = await lab.as('shouyang');
  expect((await refusalOf(receiver.call('instrumentFiles.take', take))).code).toBe('PERMISSION_DENIED');
  expect((await open.seat.call('records.get', { recordNo: open.recordNo })).readings).toEqual([]);
});

test('a sample that the file names otherwise is pointed at by a person', async () => {
  const open = await openRebound();
  const text = fileOf([zone('KL-3', 1), zone('KL-4', 1)]);
  const none = await preview(open, text);
  expect([none.takeCount, none.samples]).toEqual([
    0,
    [
      { sample: 'KL-3', rows: 1, own: false },
      { sample: 'KL-4', rows: 1, own: false },
    ],
  ]);
  expect((await preview(open, text, { sample: 'KL-4' })).takeCount).toBe(18);
});

test('a time in the future is refused; another day than today is said', async () => {
  const open = await openRebound();
  const rows = [zone(open.sampleNo, 1), zone(open.sampleNo, 2)];
  rows[0]![2] = '2099-01-01 08:00';
  rows[1]![2] = '2026-01-05 08:00';
  const seen = await preview(open, fileOf(rows));
  expect(seen.lines[0]?.message).toContain('在将来');
  expect(seen.warnings.join()).toContain('2026-01-05');
});

test('forces: refused where the platform wants them acquired, and before the true unit is confirmed', async () => {
  const [received] = await receive(lab);
  const seat = await lab.as('jiance');
  const recordNo = openAt(lab, seat, received?.taskId ?? '', 'E001');
  const text = ['试样编号,试件序号,参数,数值,单位,试验状态', `${received?.sampleNo},1,最大力,765000,kN,2`].join('\n');
  const look = () =>
    seat.call('instrumentFiles.preview', {
      recordNo,
      profileId: 'vendor-csv',
      from: { fileName: 'v.csv', bytesBase64: base64(text) },
      fields: { fm: 'loads_kN' },
    });
  const first = await look();
  expect(first.blocked).toContain('最大力（N）');
  expect(first.lines[0]?.message).toContain('采集，不能键入');
  const take = {
    recordNo,
    profileId: 'vendor-csv',
    fields: { fm: 'loads_kN' },
    sha256: first.sha256,
    digest: first.digest,
  };
  expect((await refusalOf(seat.call('instrumentFiles.take', take))).code).toBe('INSTRUMENT_FILE_BLOCKED');

  const keeper = await lab.as('shebei');
  const confirm = (knownFigure: string, knownUnit = 'kN') =>
    keeper.call('instrumentFiles.confirmUnit', {
      profileId: 'vendor-csv', valueId: 'fm', fileFigure: '765000', knownFigure, knownUnit, how: '对照试验机显示',
    }); // prettier-ignore
  expect((await refusalOf(confirm('765000'))).message).toContain('765.000 kN；已知值 765000 kN：不相等');
  expect((await refusalOf(confirm('765', 'mm'))).code).toBe('FILE_UNIT_NOT_CONFIRMED');
  const { profiles } = await confirm('765');
  const confirmed = profiles
    .find(({ id }) => id === 'vendor-csv')
    ?.confirmations.find(({ valueId }) => valueId === 'fm')?.confirmed;
  expect(confirmed?.words).toContain('765.000 kN');
  const after = await look();
  expect(after.blocked).toBeNull();
  expect((await refusalOf(seat.call('instrumentFiles.take', { ...take, digest: after.digest }))).code).toBe(
    'INSTRUMENT_FILE_NOTHING',
  );
});

test('a lab’s own profile: checked strictly, kept as a setting, never in the place of one of the program’s', async () => {
  const keeper = await lab.as('shebei');
  const { profiles } = await keeper.call('instrumentFiles.profiles', {});
  const content = profiles.find(({ id }) => id === 'caliper-csv')?.content ?? '';
  const save = (text: string) =>
    keeper.call('instrumentFiles.saveProfile', { content: text, reason: '本机构的卡尺软件' });
  expect((await refusalOf(save(content))).code).toBe('FILE_PROFILE_BUILT_IN');
  expect((await refusalOf(save('{'))).code).toBe('PROFILE_NOT_JSON');
  const own = content.replace('"caliper-csv"', '"own-caliper"');
  expect((await refusalOf(save(own.replace('"decimal"', '"dezimal"')))).code).toBe('instrument.profile-invalid');
  const saved = await save(own);
  expect(saved.profiles.find(({ id }) => id === 'own-caliper')).toMatchObject({ builtIn: false });
  expect(existsSync(join(lab.folder, 'files'))).toBe(true);
});

test('a caliper’s channel: a person says which reading it is; rows follow the order of specimens and places', async () => {
  const [received] = await receive(lab);
  const seat = await lab.as('jiance');
  const recordNo = openAt(lab, seat, received?.taskId ?? '', 'E001');
  const text = ['通道,数值,单位', '1,150.1,mm', '1,150.2,mm', '1,149.9,mm'].join('\n');
  const look = (fields: Record<string, string>) =>
    seat.call('instrumentFiles.preview', {
      recordNo,
      profileId: 'caliper-csv',
      from: { fileName: 'k.csv', bytesBase64: base64(text) },
      fields,
    });
  const open = await look({});
  expect(open.open[0]?.fields.map(({ field }) => field)).toContain('measuredSides_mm');
  expect(open.lines[0]?.message).toContain('还没有选择');
  const seen = await look({ 'channel-1': 'measuredSides_mm' });
  expect(seen.lines.map(({ place, values }) => [place, values])).toEqual([
    [expect.stringContaining('试件 1'), '150.1'],
    [expect.stringContaining('第 2 个'), '150.2'],
    [expect.stringContaining('试件 2'), '149.9'],
  ]);
});

test('of a row that stands there already only what differs is taken, and counted', async () => {
  const open = await openRebound();
  const first = await preview(open, fileOf([zone(open.sampleNo, 1)]));
  const take = { recordNo: open.recordNo, profileId: 'rebound-csv' };
  await open.seat.call('instrumentFiles.take', { ...take, sha256: first.sha256, digest: first.digest });
  const second = await preview(open, fileOf([zone(open.sampleNo, 1, { 3: '47' })]));
  expect(second).toMatchObject({ takeCount: 1, replaceCount: 1 });
  expect(second.lines[0]?.old).toBe(`第 3 个 ${zone('x', 1)[5]}`);
  const taken = await open.seat.call('instrumentFiles.take', {
    ...take,
    sha256: second.sha256,
    digest: second.digest,
    reason: '重新导出',
  });
  expect(taken.readings).toHaveLength(19);
});
