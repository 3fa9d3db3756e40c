// The wizard's calls over real pseudo-terminals, with instruments that know nothing of this program.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { simulate, type Simulated } from '../../../tests/support/simulated.ts';
import { openTestCore, refusalOf, type Seat, type TestCore } from '../../../tests/support/testCore.ts';
import type { CommissionedPort } from './commissionRows.ts';

let lab: TestCore;
let keeper: Seat;
let balance: Simulated;
const equipmentId = 'E005';
const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const sics = { id: 'mt-sics', profile: null };

beforeAll(async () => {
  lab = await openTestCore();
  keeper = await lab.as('shebei');
});
afterAll(() => lab.stop());
beforeEach(async () => {
  balance = await simulate('sics');
  await balance.tell('weight 52.34');
});
afterEach(async () => {
  await keeper.call('instruments.endTrial', { equipmentId });
  await balance.stop();
});

const keep = () => keeper.call('instruments.keepTrial', { equipmentId });
const open = (driver: { id: string; profile: string | null } | null = sics) =>
  keeper.call('instruments.try', { equipmentId, path: balance.path, line, driver });
const read = async (value: string): Promise<void> => {
  await expect.poll(async () => (await keep())?.reading?.value, { timeout: 8000 }).toBe(value);
};
const confirm = (shown: string, unit = 'g') => keeper.call('instruments.confirmDisplay', { equipmentId, shown, unit });
const zero = (rangeText = '0～220 g') => keeper.call('instruments.checkZero', { equipmentId, rangeText });
const commission = (more: object = {}) =>
  keeper.call('instruments.commission', { equipmentId, certificateNo: 'JZ-2026-18', rangeText: '0～220 g', accuracyClass: 'Ⅰ 级', ...more }); // prettier-ignore
const history = () => keeper.call('instruments.history', { equipmentId });
const setWeight = async (weight: string): Promise<void> => {
  await balance.tell(`weight ${weight}`);
  await read(weight);
};
const prepared = async (): Promise<void> => {
  await open();
  await read('52.34');
  await expect.poll(async () => (await keep())?.identity, { timeout: 8000 }).toBe('B123456789');
  await confirm('52.34');
  await setWeight('0.00');
  await zero();
};

test('a balance is found, tried, compared, zeroed and taken into use, with everything on record', async () => {
  const found = await keeper.call('instruments.probe', { equipmentId, path: balance.path });
  expect(found.candidates[0]).toMatchObject({ driverId: 'mt-sics', title: expect.stringContaining('梅特勒') });
  expect(found.candidates[0]?.words).toContain('询问后应答');
  expect(keeper.events.some((event) => event.type === 'instrument.probe')).toBe(true);
  await prepared();
  const trialEvents = keeper.events.flatMap((event) => (event.type === 'instrument.trial' ? [event] : []));
  const heard = trialEvents.flatMap(({ pieces }) => pieces.filter(({ out }) => !out).map(({ hex }) => hex)).join('');
  expect(Buffer.from(heard, 'hex').toString()).toContain('S S      52.34 g');
  const record = await commission({ remark: '搬到力学室后' });
  expect(record).toMatchObject({
    equipmentId, personName: keeper.user.name, path: balance.path, line: '9600 8N1', driverId: 'mt-sics', driverVersion: '1.0.0',
    identity: 'B123456789', identityAsked: true, certificateNo: 'JZ-2026-18', rangeText: '0～220 g', accuracyClass: 'Ⅰ 级',
    shown: '52.34 g', received: '52.34 g', zero: '0.00 g', remark: '搬到力学室后', profile: null,
  }); // prettier-ignore
  expect(Buffer.from(record.raw, 'hex').toString()).toContain('52.34 g');
  const row = lab.store.get('equipment', equipmentId)!;
  expect(JSON.parse(String(row['portJson']))).toMatchObject({ path: balance.path, driver: { id: 'mt-sics' }, instrument: 'B123456789' }); // prettier-ignore
  expect(row).toMatchObject({ certificateNo: 'JZ-2026-18', rangeText: '0～220 g', accuracyClass: 'Ⅰ 级' });
  const after = await history();
  expect(after).toMatchObject({ state: 'confirmed', reason: null, validTo: record.validTo });
  expect(after.records).toEqual([record]);
  expect(await keep()).toBeNull();
  const kept = lab.store.first('SELECT * FROM commissioning WHERE equipmentId = ?', equipmentId)!;
  expect((JSON.parse(String(kept['portJson'])) as CommissionedPort).validTo).toBe(record.validTo);
  const { entries } = await keeper.call('audit.history', { entity: 'commissioning', key: record.commissioningId });
  expect(JSON.parse(entries[0]?.newValue ?? '')).toMatchObject({
    shown: '52.34 g',
    received: '52.34 g',
    raw: record.raw,
  });
  expect(entries[0]?.actor).toContain(keeper.user.name);
  const { documents } = await keeper.call('replication.pull', { collection: 'equipment', checkpoint: 0, limit: 50 });
  expect(documents.find(({ id }) => id === equipmentId)).toMatchObject({
    port: balance.path,
    commissioning: 'confirmed',
  });
});

test('a balance that does not say who it is is recorded as one that was asked, after several questions only', async () => {
  await balance.tell('serial -');
  await open();
  await read('52.34');
  await confirm('52.34');
  await setWeight('0.00');
  await zero();
  await expect(commission()).rejects.toMatchObject({ info: { code: 'INSTRUMENT_IDENTITY_PENDING' } });
  await expect.poll(async () => (await keep())?.identityState, { timeout: 15_000 }).toBe('silent');
  expect(await commission()).toMatchObject({ identity: null, identityAsked: true });
});

test('the bench reads it with the driver of the setting, and gives its port back to the wizard', async () => {
  await prepared();
  await commission();
  const technician = await lab.as('jiance');
  const { channel } = await technician.call('bench.connect', { equipmentId });
  expect(channel).toBe('open');
  // No record is open at it: its own connection gives way to the wizard.
  expect((await open({ id: 'keli', profile: null })).driverId).toBe('keli');
  expect((await technician.call('bench.state', { equipmentId })).channel).toBe('closed');
});

test('a changed setting is marked unconfirmed, in the list and at the gate', async () => {
  await prepared();
  await commission();
  await keeper.call('equipment.setPort', { equipmentId, path: balance.path, baudRate: 4800, lineProfile: '' });
  const changed = await history();
  expect(changed.state).toBe('unconfirmed');
  expect(changed.reason).toContain('改动');
  expect(changed.records.length).toBeGreaterThan(0);
  await keeper.call('equipment.setPort', { equipmentId, path: '', baudRate: 4800, lineProfile: '' });
  expect((await history()).state).toBe('none');
  await keeper.call('equipment.setPort', {
    equipmentId: 'E006',
    path: '/dev/jiantai-x',
    baudRate: 4800,
    lineProfile: '',
  });
  const never = await keeper.call('instruments.history', { equipmentId: 'E006' });
  expect(never).toMatchObject({ state: 'unconfirmed', records: [] });
  const { ports } = await keeper.call('instruments.ports', {});
  expect(ports.find(({ path }) => path === '/dev/jiantai-x')).toMatchObject({ present: false, equipmentId: 'E006' });
  await keeper.call('equipment.setPort', { equipmentId: 'E006', path: '', baudRate: 4800, lineProfile: '' });
});

describe('comparing with the display', () => {
  beforeEach(async () => {
    await open();
    await read('52.34');
  });

  test('another figure is refused with both, and takes an earlier comparison away', async () => {
    expect((await confirm('５２．３４')).confirmed).toMatchObject({ shown: { value: '52.34', unit: 'g' } });
    const refused = await refusalOf(confirm('5.234'));
    expect(refused.code).toBe('INSTRUMENT_DISPLAY_DIFFERS');
    expect(refused.message).toContain('5.234 g');
    expect(refused.message).toContain('52.34 g');
    expect((await keep())?.confirmed).toBeNull();
  });

  test('the unit counts: grams are no kilograms, the same mass in kilograms is the same', async () => {
    expect((await refusalOf(confirm('52.34', 'kg'))).code).toBe('INSTRUMENT_DISPLAY_DIFFERS');
    expect((await refusalOf(confirm('52.34', 'kN'))).code).toBe('INSTRUMENT_DISPLAY_DIFFERS');
    expect((await confirm('0.05234', 'kg')).confirmed).not.toBeNull();
  });

  test('text, a missing unit and zero are refused', async () => {
    expect((await refusalOf(confirm('52,34'))).code).toBe('INSTRUMENT_NOT_A_FIGURE');
    expect((await refusalOf(confirm('52.34', ''))).code).toBe('INSTRUMENT_NOT_A_FIGURE');
    await setWeight('0.00');
    expect((await refusalOf(confirm('0.00'))).code).toBe('INSTRUMENT_SHOWN_ZERO');
  });

  test('an unstable reading, an overload and silence are no figures', async () => {
    await balance.tell('unstable');
    await expect.poll(async () => (await keep())?.reading?.stable).toBe(false);
    expect((await refusalOf(confirm('52.34'))).code).toBe('INSTRUMENT_UNSTABLE');
    await balance.tell('overload');
    await expect.poll(async () => (await keep())?.condition).toBe('超载');
    expect((await refusalOf(confirm('52.34'))).code).toBe('INSTRUMENT_CONDITION');
    expect((await keep())?.reading).toBeNull();
    await balance.tell('ready');
    await balance.tell('mute');
    await expect.poll(async () => (await keep())?.trouble?.code, { timeout: 15_000 }).toBe('silent');
    expect((await refusalOf(confirm('52.34'))).code).toBe('INSTRUMENT_NO_READING');
  });

  test('a pulled cable takes the comparison away', async () => {
    await confirm('52.34');
    const { path } = balance;
    await balance.tell('pull');
    await expect.poll(async () => (await keep())?.trouble?.code).toBe('lost');
    expect((await refusalOf(confirm('52.34'))).code).toBe('INSTRUMENT_NO_READING');
    expect(path).toBeTruthy();
    expect((await refusalOf(commission())).code).toMatch(/ZERO_MISSING|NOT_CONFIRMED/);
  });

  test('another instrument on the same cable takes the comparison away', async () => {
    await expect.poll(async () => (await keep())?.identity, { timeout: 8000 }).toBe('B123456789');
    await confirm('52.34');
    await balance.tell('serial B999');
    await expect.poll(async () => (await keep())?.note, { timeout: 8000 }).toContain('B999');
    expect((await keep())?.confirmed).toBeNull();
  });

  test('other settings of the same trial have to be compared anew', async () => {
    await confirm('52.34');
    const other = await open({ id: 'kern', profile: null });
    expect(other.confirmed).toBeNull();
    expect((await open()).confirmed).toBeNull();
  });
});

describe('zero and the record', () => {
  test('a load that is still on, a range without a unit, and a missing comparison', async () => {
    await open();
    await read('52.34');
    expect((await refusalOf(commission())).code).toBe('INSTRUMENT_NOT_CONFIRMED');
    await confirm('52.34');
    expect((await refusalOf(commission())).code).toBe('INSTRUMENT_ZERO_MISSING');
    expect((await refusalOf(zero('220'))).code).toBe('INSTRUMENT_RANGE_UNREADABLE');
    expect((await refusalOf(zero('0～220 kN'))).code).toBe('INSTRUMENT_RANGE_UNREADABLE');
    const off = await refusalOf(zero());
    expect(off.code).toBe('INSTRUMENT_ZERO_OFF');
    expect(off.message).toContain('±0.44 g');
    await setWeight('0.45');
    expect((await refusalOf(zero())).code).toBe('INSTRUMENT_ZERO_OFF');
    await setWeight('-0.44');
    expect((await zero()).zero).toMatchObject({ limit: '0.44', received: { value: '-0.44', unit: 'g' } });
    expect((await refusalOf(commission({ rangeText: '0～300 g' }))).code).toBe('INSTRUMENT_ZERO_MISSING');
  });

  test('without a trial there is nothing to compare', async () => {
    expect((await refusalOf(confirm('1'))).code).toBe('INSTRUMENT_NOT_TRIED');
    expect((await refusalOf(zero())).code).toBe('INSTRUMENT_NOT_TRIED');
    expect((await refusalOf(commission())).code).toBe('INSTRUMENT_NOT_TRIED');
  });

  test('the port of another machine is refused, to look at and to keep', async () => {
    await prepared();
    await commission();
    const elsewhere = keeper.call('instruments.try', { equipmentId: 'E006', path: balance.path, line, driver: sics });
    expect(await refusalOf(elsewhere)).toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining('E005') });
    const probing = keeper.call('instruments.probe', { equipmentId: 'E006', path: balance.path });
    expect((await refusalOf(probing)).code).toBe('PORT_TAKEN');
  });

  test('a record is never changed', async () => {
    await prepared();
    const { commissioningId } = await commission();
    expect(() =>
      lab.store.transact({ actor: 'x', workstation: 'x' }, (tx) =>
        tx.update('commissioning', commissioningId, { shown: '1 g' }),
      ),
    ).toThrow(/IMMUTABLE/);
  });
});

describe('other instruments', () => {
  test('a meter without a zero is taken into use without one', async () => {
    const meter = await simulate('modbus');
    try {
      await meter.tell('weight 20.5');
      const value = { name: 'temperature', function: 3, register: 0, type: 'int16', scale: '0.1', unit: '℃', plausible: { min: '-40', max: '80' } }; // prettier-ignore
      const profile = JSON.stringify({ id: 'room', slave: 1, values: [value], everyMs: 200 });
      await keeper.call('instruments.try', { equipmentId, path: meter.path, line, driver: { id: 'modbus', profile } });
      await read('20.5');
      expect((await keep())?.hasZero).toBe(false);
      await confirm('20.5', '°C');
      expect((await refusalOf(zero('-20～50 ℃'))).code).toBe('INSTRUMENT_HAS_NO_ZERO');
      const record = await commission({ rangeText: '-20～50 ℃', accuracyClass: '0.5 级' });
      expect(record).toMatchObject({ zero: null, shown: '20.5 ℃', profile });
    } finally {
      await meter.stop();
    }
  });

  test('a profile that does not fit yet shows bytes and names its fields; then it reads', async () => {
    const press = await simulate('press');
    try {
      await press.tell('weight 300.5');
      const columns = [{ role: 'seq' }, { role: 'time', unit: 's' }, { role: 'load', unit: 'kN' }];
      const tryWith = (profile: unknown) =>
        keeper.call('instruments.try', { equipmentId, path: press.path, line, driver: { id: 'line-profile', profile: JSON.stringify(profile) } }); // prettier-ignore
      const bad = await tryWith({ id: 'p', separator: ',', columns: [] });
      expect(bad.profileProblems.map(({ field }) => field)).toContain('columns');
      await expect.poll(async () => (await keep())?.bytes).toBeGreaterThan(0);
      expect((await keep())?.trouble?.code).toBe('profile');
      expect((await refusalOf(confirm('300.5', 'kN'))).code).toBe('INSTRUMENT_NO_READING');
      await tryWith({ id: 'p', separator: ',', columns });
      await expect.poll(async () => (await keep())?.trouble?.code).toBe('unknown');
      expect((await keep())?.refusals).toEqual(['应有 3 列，收到 4 列']);
      await tryWith({ id: 'p', separator: ',', columns: [...columns, { role: 'displacement', unit: 'mm' }] });
      await read('300.5');
      expect((await keep())?.runs).toBe(true);
      await confirm('300.5', 'kN');
      await press.tell('weight 0.5');
      await read('0.5');
      await zero('0～1000 kN');
      await commission({ rangeText: '0～1000 kN', accuracyClass: '1 级' });
      expect(lab.store.get('equipment', equipmentId)?.['rangeKn']).toBe('1000');
    } finally {
      await press.stop();
    }
  });

  test('who compared is the one who is signed in, whatever a window says', async () => {
    const profile = JSON.stringify({ unit: 'kg', orientation: 'reversed', confirmedBy: '别人' });
    await open({ id: 'xk3190-reversed', profile });
    expect(lab.core).toBeTruthy();
    const trial = (await keep())!;
    expect(trial.profileProblems).toEqual([]);
    const without = await open({ id: 'xk3190-reversed', profile: '{"unit":"kg","orientation":"reversed"}' });
    expect(without.profileProblems).toEqual([]);
  });

  test('a profile that is no JSON, a port that is absent', async () => {
    expect((await refusalOf(open({ id: 'modbus', profile: '{' }))).code).toBe('PROFILE_NOT_JSON');
    const absent = keeper.call('instruments.try', { equipmentId, path: '/dev/jiantai-none', line, driver: sics });
    expect((await refusalOf(absent)).code).toBe('instrument.port-absent');
    expect(await keep()).toBeNull();
  });
});
