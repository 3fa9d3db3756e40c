// Records take the laboratory's values of their time by themselves, through the same door as windows; rooms and meters
// are set by those who keep the equipment; a real meter on a real line is read through the port process.
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import { addDays, toCalendarDay } from '../../../shared/entities/scalars.ts';
import { programActor } from '../context.ts';
import { exampleCommission, exampleSample } from '../training/example.ts';
import { fillEnvironment } from './environment.ts';
import { addMinutes, minuteOf } from './minutes.ts';
import { readyProfile } from './profiles.ts';
import { slaveReply } from './virtual/slave.ts';

let lab: TestCore;
let seat: Seat;
let keeper: Seat;
beforeAll(async () => {
  lab = await openTestCore();
  seat = await lab.as('jiance');
  keeper = await lab.as('shebei');
});
afterAll(() => lab.stop());

const actor = programActor('试验');
let minutesUsed = 0;
/** A reading of the laboratory some minutes ago; every test takes another minute of the newest ones. */
function reading(temperatureC: string, humidityPercent: string | null, placeId = 'lab', ago = 0): string {
  const minute = addMinutes(minuteOf(Date.now()), -ago);
  if (lab.store.get('climateReading', placeId, minute)) throw new Error(`${placeId} ${minute} is used`);
  minutesUsed += 1;
  lab.store.transact(actor, (tx) =>
    tx.insert('climateReading', { placeId, minute, temperatureC, humidityPercent, equipmentId: 'E102', raw: '' }),
  );
  return minute;
}

async function task(properties: Record<string, string> = {}): Promise<string> {
  const receiver = await lab.as('shouyang');
  const madeOn = addDays(toCalendarDay(Date.now()), -28);
  const made = await receiver.call(
    'commissions.register',
    exampleCommission({ samples: [exampleSample({ madeOn, sampledOn: madeOn, ...properties })] }),
  );
  const { taskId } = await receiver.call('scan.resolve', { code: made.samples[0]?.sampleNo ?? '' });
  return taskId ?? '';
}
const room = async (placeId: string, changes: object) => {
  const { places } = await keeper.call('climate.list', {});
  const known = places.find((place) => place.placeId === placeId);
  const base = known ?? { placeId, name: placeId, kind: 'laboratory' as const, band: places[1]?.band, alarmMinutes: 5, itemCodes: [], state: 'inUse' as const }; // prettier-ignore
  const { name, kind, band, alarmMinutes, itemCodes, state } = base;
  return { placeId, name, kind, band: band!, alarmMinutes, itemCodes, state, reason: '试验', ...changes };
};

test('without a fresh reading the environment is typed as ever, and needs no reason', async () => {
  const opened = await seat.call('bench.open', { taskId: await task(), equipmentId: 'E001' });
  expect([opened.environment, opened.environmentSource]).toEqual([null, undefined]);
  const { recordNo } = opened;
  const typed = { temperatureC: '19.5', humidityPercent: '61' };
  const after = await seat.call('bench.environment', { recordNo, environment: typed });
  expect([after.environment, after.environmentSource]).toEqual([typed, undefined]);
  await seat.call('bench.close', { recordNo });
});

test('a reading that is too old, or has no humidity, is no value of this time', async () => {
  reading('18.8', '50', 'lab', 9);
  reading('18.9', null, 'lab', 3);
  const opened = await seat.call('bench.open', { taskId: await task(), equipmentId: 'E001' });
  expect(opened.environment).toBeNull();
  await seat.call('bench.close', { recordNo: opened.recordNo });
});

test('a record takes the value of its time, marked; another one needs a reason, and the paper says both', async () => {
  const minute = reading('20.7', '55.5', 'lab', 2);
  const opened = await seat.call('bench.open', { taskId: await task(), equipmentId: 'E001' });
  const { recordNo } = opened;
  expect(opened.environment).toEqual({ temperatureC: '20.7', humidityPercent: '55.5' });
  expect(opened.environmentSource).toEqual({
    temperatureC: '20.7',
    humidityPercent: '55.5',
    placeId: 'lab',
    placeName: '试验室',
    minute,
    equipmentId: 'E102',
  });
  const environment = { temperatureC: '21.5', humidityPercent: '55.5' };
  const refused = await refusalOf(seat.call('bench.environment', { recordNo, environment }));
  expect(refused.code).toBe('ENVIRONMENT_REASON');
  expect((await seat.call('records.get', { recordNo })).digest).toBe(opened.digest);
  // The same values again are no change.
  await seat.call('bench.environment', { recordNo, environment: opened.environment! });
  const changed = await seat.call('bench.environment', { recordNo, environment, reason: '以现场温湿度计为准' });
  expect(changed.environment).toEqual(environment);
  expect(changed.environmentSource?.temperatureC).toBe('20.7');
  expect(changed.digest).not.toBe(opened.digest);
  expect(
    changed.modifications.map(({ field, oldValue, newValue, reason }) => [field, oldValue, newValue, reason]),
  ).toEqual([['temperatureC', '20.7', '21.5', '以现场温湿度计为准']]);
  await seat.call('bench.close', { recordNo });
});

test('what a person typed before the log had a value is not overwritten by it', async () => {
  const taskId = await task();
  lab.store.transact(actor, (tx) => tx.update('climatePlace', 'lab', { state: 'stopped' }));
  const { recordNo } = await seat.call('bench.open', { taskId, equipmentId: 'E001' });
  const environment = { temperatureC: '19.9', humidityPercent: '60' };
  await seat.call('bench.environment', { recordNo, environment });
  lab.store.transact(actor, (tx) => {
    tx.update('climatePlace', 'lab', { state: 'inUse' });
    fillEnvironment(tx, recordNo, Date.now());
  });
  const after = await seat.call('records.get', { recordNo });
  expect([after.environment, after.environmentSource]).toEqual([environment, undefined]);
  await seat.call('bench.close', { recordNo });
});

test('the first run takes the value of its own time, and no later one', async () => {
  const opened = await seat.call('bench.open', { taskId: await task(), equipmentId: 'E001' });
  expect(opened.environment).not.toBeNull();
  const { recordNo } = opened;
  const minute = reading('22.2', '48', 'lab', 1);
  await seat.call('bench.virtual', { equipmentId: 'E001', action: 'load' });
  await expect
    .poll(async () => (await seat.call('records.get', { recordNo })).runs.length, { timeout: 20_000 })
    .toBeGreaterThan(0);
  const taken = await seat.call('records.get', { recordNo });
  expect(taken.environmentSource?.minute).toBe(minute);
  expect(taken.environment).toEqual({ temperatureC: '22.2', humidityPercent: '48' });
  // From then on it is the record's.
  reading('23.3', '47', 'lab', 0);
  await expect
    .poll(async () => (await seat.call('records.get', { recordNo })).result, { timeout: 20_000 })
    .not.toBeNull();
  const whole = await seat.call('records.get', { recordNo });
  expect(whole.environmentSource?.minute).toBe(minute);
  const signed = await seat.call('records.signTest', { recordNo, digest: whole.digest, password: lab.password });
  expect(signed.signatures[0]?.valid).toBe(true);
  const { pdfBase64 } = await seat.call('reports.recordPdf', { recordNo });
  expect(pdfBase64.length).toBeGreaterThan(1000);
  await seat.call('bench.close', { recordNo });
});

test('a room that names the item comes before the room for all', async () => {
  await keeper.call('climate.setPlace', await room('cement', { name: '水泥室', itemCodes: ['HNT-KY'] }));
  reading('20.0', '66', 'cement', 1);
  const opened = await seat.call('bench.open', { taskId: await task(), equipmentId: 'E001' });
  expect(opened.environmentSource?.placeName).toBe('水泥室');
  await keeper.call('climate.setPlace', await room('cement', { state: 'stopped' }));
  await seat.call('bench.close', { recordNo: opened.recordNo });
});

test('the curing of a record: what is known of it, and what is not', async () => {
  const from = addDays(toCalendarDay(Date.now()), -28);
  lab.store.transact(actor, (tx) => {
    for (let index = 0; index < 100; index += 1)
      tx.insert('climateReading', {
        placeId: 'curing',
        minute: addMinutes(`${from}T08:00`, index),
        temperatureC: index < 25 ? '23.0' : '20.1',
        humidityPercent: '96.0',
        equipmentId: 'E101',
        raw: '',
      });
  });
  const opened = await seat.call('bench.open', { taskId: await task({ madeAt: '08:00' }), equipmentId: 'E001' });
  const { span } = await seat.call('climate.curing', { recordNo: opened.recordNo });
  expect(span).toMatchObject({ placeId: 'curing', measured: 100, outside: 25, outsideShare: '25.00' });
  expect(span!.missing).toBe(span!.minutes - 100);
  await seat.call('bench.close', { recordNo: opened.recordNo });
});

test('rooms and meters are set by those who keep the equipment, with a reason in the audit', async () => {
  expect((await refusalOf(seat.call('climate.setPlace', await room('lab', {})))).code).toBe('PERMISSION_DENIED');
  const crossed = { temperatureMin: '22', temperatureMax: '18', humidityMin: null, humidityMax: null };
  expect((await refusalOf(keeper.call('climate.setPlace', await room('lab', { band: crossed })))).code).toBe(
    'CLIMATE_BAND',
  );
  const { places } = await keeper.call(
    'climate.setPlace',
    await room('lab', { alarmMinutes: 8, reason: '按作业指导书' }),
  );
  expect(places.find(({ placeId }) => placeId === 'lab')?.alarmMinutes).toBe(8);
  const entry = lab.store.first(`SELECT * FROM audit WHERE entity = 'climatePlace' AND field = 'alarmMinutes'`);
  expect([entry?.['oldValue'], entry?.['newValue'], entry?.['reason']]).toEqual(['5', '8', '按作业指导书']);
});

const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

test('a meter whose profile does not say what it measures, or that another room has, is refused', async () => {
  const profile = (changes: object) => JSON.stringify({ ...readyProfile('humidity-first', 1), ...changes });
  const set = (changes: object) =>
    keeper.call('climate.setMeter', {
      placeId: 'lab',
      meter: { equipmentId: 'E005', path: 'tcp://127.0.0.1:1', line, profile: profile({}), ...changes },
      reason: '试验',
    });
  expect((await refusalOf(set({ profile: '{' }))).code).toBe('PROFILE_NOT_JSON');
  const noUnit = profile({}).replaceAll('℃', 'F');
  expect((await refusalOf(set({ profile: noUnit }))).code).toBe('CLIMATE_PROFILE');
  expect((await refusalOf(set({ equipmentId: 'E404' }))).code).toBe('NOT_FOUND');
  // A machine that is on a port already is no meter, and keeps its port.
  await keeper.call('equipment.setPort', {
    equipmentId: 'E008',
    path: 'tcp://127.0.0.1:2',
    baudRate: 9600,
    lineProfile: '',
  });
  const before = lab.store.get('equipment', 'E008')?.['portJson'];
  expect((await refusalOf(set({ equipmentId: 'E008' }))).code).toBe('METER_OTHER');
  expect(lab.store.get('equipment', 'E008')?.['portJson']).toBe(before);
});

/** A meter of two slaves on one line behind a socket, as a serial device server has it. */
async function meters(): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('data', (request) => {
      for (const [address, temperature] of [
        [1, 201],
        [2, 233],
      ] as const) {
        const registers = new Map(
          address === 1
            ? [
                [0, 962],
                [1, temperature],
              ]
            : [
                [0, temperature],
                [1, 571],
              ],
        );
        const reply = slaveReply(request, { address, function: 3, registers });
        if (reply) socket.write(reply);
      }
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

test('two real meters on one line are read through the port process, each by its own profile', async () => {
  const server = await meters();
  const path = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const set = (placeId: string, equipmentId: string, id: string, slave: number) =>
    keeper.call('climate.setMeter', {
      placeId,
      meter: { equipmentId, path, line, profile: JSON.stringify(readyProfile(id, slave)) },
      reason: '新装',
    });
  await set('curing', 'E005', 'humidity-first', 1);
  expect((await refusalOf(set('lab', 'E007', 'temperature-first', 1))).code).toBe('SLAVE_TAKEN');
  expect((await refusalOf(set('lab', 'E005', 'temperature-first', 2))).code).toBe('METER_TAKEN');
  await set('lab', 'E007', 'temperature-first', 2);
  const now = async () =>
    Object.fromEntries((await seat.call('climate.now', {})).places.map((each) => [each.placeId, each]));
  await expect.poll(async () => (await now())['lab']?.temperatureC, { timeout: 20_000 }).toBe('23.3');
  const both = await now();
  expect(both['curing']).toMatchObject({ temperatureC: '20.1', humidityPercent: '96.2', condition: 'inside' });
  expect(both['lab']).toMatchObject({ humidityPercent: '57.1', condition: 'inside' });
  // The line is no channel of a machine: the list of equipment knows nothing of it.
  expect([...lab.context.channels.keys()].filter((id) => id.includes('climate'))).toEqual([]);
  await lab.restart();
  seat = await lab.as('jiance');
  keeper = await lab.as('shebei');
  await expect.poll(async () => (await now())['lab']?.temperatureC, { timeout: 20_000 }).toBe('23.3');
  server.close();
}, 60_000);

test('a range goes out as a table with every minute and every gap, and that it did stands in the audit', async () => {
  const from = addDays(toCalendarDay(Date.now()), -28);
  const { text, fileName } = await seat.call('climate.export', {
    placeId: 'curing',
    from: `${from}T08:00`,
    to: `${from}T10:00`,
  });
  expect(text.startsWith('\uFEFF标准养护室温湿度记录,')).toBe(true);
  const lines = text.trimEnd().split('\r\n');
  expect(lines).toHaveLength(2 + 100 + 1);
  expect(lines[2]).toBe(`标准养护室,${from} 08:00,23.0,96.0,是,温度 23.0 ℃ 高于 22 ℃,E101,`);
  expect(lines.at(-1)).toContain('共 21 分钟没有读数');
  expect(fileName).toMatch(/^温湿度-标准养护室-\d{12}-\d{12}\.csv$/u);
  expect(lab.store.first(`SELECT newValue FROM audit WHERE entity = 'climateExport'`)?.['newValue']).toContain(
    '100 条',
  );
});

test('everything here can still be believed', async () => {
  const verdict = await (await lab.as('zhiliang')).call('audit.verify', {});
  expect(verdict.firstFault).toBeNull();
  expect(minutesUsed).toBeGreaterThan(4);
});
