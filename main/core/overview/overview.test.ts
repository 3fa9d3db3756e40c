// The morning's overview on a real core: every figure follows the work, counts what its list shows, and the statistics are
// those of the signatures, runs and codes that are in the store.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { figureIds, figures, type FigureId } from '../../../shared/overview/figures.ts';
import { addDays } from '../../../shared/entities/scalars.ts';
import {
  approve,
  commissionInput,
  eventually,
  openAt,
  press,
  receive,
  reportOf,
  signCheck,
  signTest,
  testedGroup,
  today,
} from '../../../tests/support/mainJob.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { Context } from '../context.ts';
import { figureCounts, figureRows } from './figures.ts';
import { overviewOf } from './handlers.ts';

let lab: TestCore;
let manager: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  manager = await lab.as('zhiliang');
});
afterAll(() => lab.stop());

const dayMs = 24 * 3_600_000;
const later = (days: number): Context => ({ ...lab.context, now: () => new Date(Date.now() + days * dayMs) });
const counts = (days = 0): Partial<Record<FigureId, number>> =>
  Object.fromEntries(Object.entries(figureCounts(later(days))).filter(([id, n]) => n > 0 && !/^(eq|qu|pl)/.test(id)));
const read = (span: 7 | 30 = 30) => manager.call('overview.read', { span });

test('a record on its way: from figure to figure, never in two of them', async () => {
  expect(counts()).toEqual({});
  const [task] = await receive(lab);
  expect(counts()).toEqual({ tasksToday: 1 });
  expect(counts(-3)).toEqual({ tasksSoon: 1 });
  expect(counts(-8)).toEqual({});
  expect(counts(1)).toEqual({ tasksOverdue: 1 });
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, task?.taskId ?? '');
  for (const [index, load] of ['765.00', '772.00', '780.00'].entries())
    await press(lab, technician, recordNo, index + 1, load);
  await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  expect(counts()).toEqual({ tasksToday: 1 });
  await signTest(lab, recordNo);
  expect(counts(1)).toEqual({ recordsToCheck: 1 });
  await (await lab.as('jiaohe')).call('records.return', { recordNo, reason: '湿度读数需核对' });
  expect(counts()).toEqual({ tasksToday: 1, recordsReturned: 1 });
  expect(figureRows(lab.context, 'recordsReturned', 0).rows[0]).toMatchObject({
    opens: { place: 'review', key: recordNo },
    detail: expect.stringContaining('湿度读数需核对') as string,
  });
  await signTest(lab, recordNo);
  await signCheck(lab, recordNo);
  expect(counts()).toEqual({ reportsToApprove: 1 });
  const { reportNo } = reportOf(lab, recordNo);
  expect((await manager.call('overview.rows', { figure: 'reportsToApprove' })).rows[0]).toMatchObject({
    opens: { place: 'reports', key: `${reportNo}#1` },
  });
  await approve(lab, recordNo);
  await eventually(() => (Object.keys(counts()).length === 0 ? true : null));
  const overview = await read();
  expect(overview.days.at(-1)).toMatchObject({ received: 1, tested: 1, coded: 1 });
  expect(overview.turnaround).toMatchObject([{ fromReceipt: { count: 1, median: 0 }, fromTest: { count: 1, p90: 0 } }]);
  expect(overview.machines).toMatchObject([{ equipmentId: 'E001', runs: 3, notCounting: 0, days: 1 }]);
  // Signed again after its return: one record, and the return is counted.
  expect(overview.people.map(({ name, tested, checked, approved, returned }) => [name, tested, checked, approved, returned])).toEqual([
    [lab.store.get('testRecord', recordNo)?.['testerName'], 1, 0, 0, 1],
    [lab.store.get('testRecord', recordNo)?.['checkerName'], 0, 1, 0, 0],
    [lab.store.first('SELECT approverName FROM report')?.['approverName'], 0, 0, 1, 0],
  ].toSorted(([one], [other]) => String(idOf(one)).localeCompare(String(idOf(other))))); // prettier-ignore
});

const idOf = (name: unknown): unknown => lab.store.first('SELECT personId FROM person WHERE name = ?', String(name))?.['personId']; // prettier-ignore

test('a report is not ready while a sample of the same day is untested', async () => {
  const { samples } = commissionInput();
  const [first] = samples;
  if (first === undefined) throw new Error('no sample');
  const received = await receive(lab, { samples: [first, { ...first, structurePart: '二层柱' }] });
  const technician = await lab.as('jiance');
  const recordNo = openAt(lab, technician, received[0]?.taskId ?? '');
  for (const n of [1, 2, 3]) await press(lab, technician, recordNo, n, '770.00');
  await technician.call('bench.environment', {
    recordNo,
    environment: { temperatureC: '20.5', humidityPercent: '62' },
  });
  await signTest(lab, recordNo);
  await signCheck(lab, recordNo);
  expect(counts()).toEqual({ tasksToday: 1 });
});

test('an unqualified result stands in its two figures until it is sent and dealt with', async () => {
  const { record } = await testedGroup(lab, { loads: ['460.00', '466.00', '471.00'] });
  await signTest(lab, record.recordNo);
  expect(counts()).toMatchObject({ unqualifiedOpen: 1 });
  const [row] = figureRows(lab.context, 'unqualifiedOpen', 0).rows;
  expect(row).toMatchObject({ opens: { place: 'review', key: record.recordNo } });
});

describe('machines and people run out', () => {
  test('in use and within thirty days, then past; a stopped one is no figure', () => {
    const today = figureRows(lab.context, 'equipmentExpired', 0).rows.map(({ key }) => key);
    // Over the days every machine in use becomes soon first and expired afterwards.
    const soon = new Set<string>();
    for (let day = 0; day < 800; day += 7) {
      const context = later(day);
      for (const { key } of figureRows(context, 'equipmentSoon', 0).rows) soon.add(key);
    }
    const expired = figureRows(later(800), 'equipmentExpired', 0).rows.map(({ key }) => key);
    expect(new Set([...soon, ...today])).toEqual(new Set(expired));
    expect(expired.length).toBeGreaterThan(2);
    const [one = ''] = expired;
    lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
      tx.update('equipment', one, { localState: 'stopped' }),
    );
    expect(figureRows(later(800), 'equipmentExpired', 0).rows.map(({ key }) => key)).not.toContain(one);
    lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
      tx.update('equipment', one, { localState: 'inUse' }),
    );
  });

  test('a renewed qualification is not called expired', () => {
    const far = later(4000);
    const before = figureRows(far, 'qualificationsExpired', 0);
    expect(before.total).toBeGreaterThan(0);
    const [row] = before.rows;
    const [personId = '', itemCode = ''] = row?.key.split('/') ?? [];
    lab.store.transact({ actor: '测试', workstation: '测试' }, (tx) =>
      tx.insert('personQualification', { qualificationId: 'ZZ', personId, itemCode, validTo: '2099-12-31', state: 'active', version: 1 }),
    ); // prettier-ignore
    const after = figureRows(far, 'qualificationsExpired', 0);
    expect(after.total).toBe(before.total - 1);
    expect(after.rows.map(({ key }) => key)).not.toContain(row?.key);
  });
});

test('what comes round again, by machine and person, until it is done anew', async () => {
  const entry = { day: today(), title: '测力仪三点', doneBy: '何工', detail: '', files: [] };
  const check = (nextOn: string) =>
    manager.call('dossier.enter', { ...entry, kind: 'intermediateCheck', subjectId: 'E001', result: 'passed', nextOn });
  const planned = (days: number) => {
    const { plannedOverdue, plannedSoon } = figureCounts(later(days));
    return [plannedSoon, plannedOverdue];
  };
  await check(addDays(today(), 90));
  await manager.call('dossier.enter', { ...entry, kind: 'training', subjectId: 'P001', result: 'passed', nextOn: addDays(today(), 40) }); // prettier-ignore
  expect([0, 12, 70, 100].map(planned)).toEqual([
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 2],
  ]);
  expect(figureRows(later(100), 'plannedOverdue', 0).rows.map(({ opens }) => opens)).toEqual([
    { place: 'people', key: 'P001' },
    { place: 'equipment', key: 'E001' },
  ]);
  await check(addDays(today(), 365));
  expect(planned(100)).toEqual([0, 1]);
});

test('every figure counts exactly what its list shows, on any day', async () => {
  for (const days of [-400, -30, 0, 1, 40, 400, 4000]) {
    const context = later(days);
    const now = figureCounts(context);
    for (const id of figureIds) {
      const { rows, total } = figureRows(context, id, 0);
      expect([id, days, total, Math.min(total, 200)]).toEqual([id, days, now[id], rows.length]);
      expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    }
  }
});

test('the control chart takes the newest run that counts, groups of one size, and names what it left out', async () => {
  const { record } = await testedGroup(lab, { loads: ['700.00', '735.00', '770.00'] });
  const technician = await lab.as('jiance');
  const [run] = (await technician.call('records.get', { recordNo: record.recordNo })).runs;
  await technician.call('bench.repeat', { runNo: run?.runNo ?? '', reason: '试件偏心' });
  await press(lab, technician, record.recordNo, 1, '721.00');
  await signTest(lab, record.recordNo);
  const { items } = await manager.call('overview.controlItems', {});
  const [item] = items;
  const control = await manager.call('overview.control', { itemCode: item?.itemCode ?? '', span: 30 });
  expect([control.size, control.leftOut, control.points.length]).toEqual([3, 0, items[0]?.groups]);
  // 721, 735, 770: 49 / 742 = 6.604 %
  expect(control.points.find(({ recordNo }) => recordNo === record.recordNo)?.range_percent).toBe('6.6');
  const none = await manager.call('overview.control', {
    itemCode: item?.itemCode ?? '',
    equipmentId: 'E002',
    span: 30,
  });
  expect(none).toMatchObject({ points: [], centre_percent: null });
  expect((await read()).machines[0]).toMatchObject({ notCounting: 1 });
});

test('the export holds what the screen shows and is in the audit log', async () => {
  const { fileName, text } = await manager.call('overview.export', { span: 7 });
  expect(fileName).toMatch(/^一览-\d{4}-\d{2}-\d{2}\.csv$/u);
  const overview = await overviewOf(lab.context, 7);
  const lines = text.split('\r\n');
  for (const id of figureIds)
    expect(lines.some((line) => line.startsWith(`${figures[id].name},${overview.figures[id]},`))).toBe(true);
  expect(lines.filter((line) => /^\d{4}-\d{2}-\d{2},/.test(line))).toHaveLength(7);
  expect(lab.store.first(`SELECT newValue FROM audit WHERE entity = 'overview'`)).toEqual({
    newValue: `导出一览（${fileName}）`,
  });
});

test('only who may read it', async () => {
  const refusal = await refusalOf((await lab.as('jiance')).call('overview.read', { span: 30 }));
  expect(refusal.code).toBe('PERMISSION_DENIED');
});
