// The climate log by an injected clock: minutes and their middle, gaps and their reasons, clocks that are set, rooms that
// leave their band and come back, days that are sealed and found out when somebody touches them.
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyStore } from '../../store/verify.ts';
import { verifyClimate } from './digests.ts';
import { medianOf } from './median.ts';
import { addMinutes, minuteMs, minuteOf } from './minutes.ts';
import { requirePlace } from './places.ts';
import { gapsOf, readingsOf, spanOf, thinned } from './reading.ts';
import { openRooms } from './testRooms.test-helper.ts';

let rooms: ReturnType<typeof openRooms>;
beforeEach(() => {
  rooms = openRooms();
});
afterEach(() => rooms.close());

const at = (time: string): string => `2026-11-23T${time}`;

describe('minutes', () => {
  test('a minute is the middle of its samples, as the meter said it, with every telegram', () => {
    for (const [temperature, second] of [
      ['20.3', 0],
      ['19.9', 20_000],
      ['25.0', 20_000],
    ] as const) {
      rooms.pass(second);
      rooms.sample(temperature, '96.1');
    }
    expect(rooms.readings()).toEqual([]);
    rooms.pass(20_000);
    rooms.log.tick();
    rooms.log.tick();
    expect(rooms.readings()).toEqual([
      {
        placeId: 'curing',
        minute: at('09:00'),
        temperatureC: '20.3',
        humidityPercent: '96.1',
        equipmentId: 'E101',
        raw: '00:0103 20:0103 40:0103',
      },
    ]);
    expect(rooms.gaps()).toEqual([]);
  });

  test('the middle of any samples is one of them, with as many not above as not below', () => {
    const figure = fc.integer({ min: -400, max: 999 }).map((tenths) => (tenths / 10).toFixed(1));
    fc.assert(
      fc.property(fc.array(figure, { minLength: 1, maxLength: 7 }), (values) => {
        const middle = medianOf(values) ?? '';
        expect(values).toContain(middle);
        const below = values.filter((value) => Number(value) < Number(middle)).length;
        const above = values.filter((value) => Number(value) > Number(middle)).length;
        expect(below).toBeLessThanOrEqual(values.length / 2);
        expect(above).toBeLessThanOrEqual(values.length / 2);
      }),
    );
    expect(medianOf([])).toBeNull();
    expect(medianOf(['9.9', '10.1', '-2'])).toBe('9.9');
  });

  test('a minute whose meter does not answer is a gap with the reason; readings go on after it', () => {
    rooms.minute('20.0', '96');
    rooms.fault('地址 1 的仪表没有应答（问了两次）。');
    rooms.minute('20.1', '96');
    expect(rooms.readings().map(({ minute }) => minute)).toEqual([at('09:00'), at('09:02')]);
    expect(rooms.gaps()).toEqual([[at('09:01'), at('09:01'), '地址 1 的仪表没有应答（问了两次）']]);
  });

  test('one good telegram in a minute is a reading, whatever the others were', () => {
    rooms.log.onRound('curing', { fault: '校验不符' });
    rooms.pass(20_000);
    rooms.sample('20.4', '97');
    rooms.pass(40_000);
    rooms.log.tick();
    expect(rooms.readings()).toHaveLength(1);
    expect(rooms.gaps()).toEqual([]);
  });

  test('an event tells the windows, with words for what lies outside', () => {
    rooms.sample('23.1', '94.0');
    expect(rooms.events.at(-1)).toMatchObject({
      type: 'climate',
      now: { placeId: 'curing', temperatureC: '23.1', condition: 'outside' },
    });
    const [now] = rooms.log.now();
    expect(now?.words).toBe('温度 23.1 ℃ 高于 22 ℃，相对湿度 94.0 % 低于 95 %');
  });

  test('a figure that is no longer fed is not what the room is now', () => {
    rooms.sample('20', '96');
    rooms.pass(80_000);
    expect(rooms.log.now()[0]).toMatchObject({ condition: 'missing', temperatureC: null });
  });
});

describe('a program that was not running', () => {
  test('the hole since the last minute is written at the start, before anything new', async () => {
    rooms.minute('20.0', '96');
    rooms.sample('20.2', '96');
    await rooms.off(3 * 60 * minuteMs);
    expect(rooms.readings().map(({ minute }) => minute)).toEqual([at('09:00'), at('09:01')]);
    expect(rooms.gaps()).toEqual([[at('09:02'), at('12:00'), '程序未运行']]);
    rooms.minute('20.3', '96');
    expect(rooms.readings().at(-1)?.['minute']).toBe(at('12:01'));
    const range = { from: at('09:00'), to: at('12:01') };
    const span = spanOf(requirePlace(rooms.store, 'curing'), range, readingsOf(rooms.store, 'curing', range), range.to);
    expect([span.minutes, span.measured, span.missing]).toEqual([182, 3, 179]);
  });

  test('a program that was killed writes the same hole', async () => {
    rooms.minute('20.0', '96');
    rooms.sample('20.2', '96');
    await rooms.off(10 * minuteMs, true);
    expect(rooms.gaps()).toEqual([[at('09:01'), at('09:10'), '程序未运行']]);
  });

  test('a restart inside a minute makes no second row of it', async () => {
    rooms.sample('20.0', '96');
    rooms.pass(10_000);
    await rooms.off(10_000);
    rooms.sample('20.9', '96');
    rooms.pass(40_000);
    rooms.log.tick();
    expect(rooms.readings()).toMatchObject([{ minute: at('09:00'), temperatureC: '20.0' }]);
    expect(rooms.gaps()).toEqual([]);
  });
});

describe('clocks that are set', () => {
  test('an hour forth: a gap that says so, and no reading of a minute that was not', () => {
    rooms.minute('20.0', '96');
    rooms.sample('20.1', '96');
    rooms.clock.wall += 3_600_000;
    rooms.pass(20_000);
    rooms.log.tick();
    expect(rooms.gaps()).toEqual([[at('09:02'), at('10:00'), '电脑休眠或时间被调快']]);
    expect(rooms.readings().map(({ minute }) => minute)).toEqual([at('09:00'), at('09:01')]);
  });

  test('back again: minutes that have a reading keep it, minutes of the gap get theirs', () => {
    rooms.minute('20.0', '96');
    rooms.clock.wall += 10 * minuteMs;
    rooms.minute('21.0', '96');
    rooms.clock.wall -= 11 * minuteMs;
    for (let count = 0; count < 12; count += 1) rooms.minute('22.0', '96');
    const kept = rooms.readings().map(({ minute, temperatureC }) => [minute, temperatureC]);
    expect(kept[0]).toEqual([at('09:00'), '20.0']);
    expect(kept.find(([minute]) => minute === at('09:11'))).toEqual([at('09:11'), '21.0']);
    expect(kept.find(([minute]) => minute === at('09:05'))).toEqual([at('09:05'), '22.0']);
    expect(new Set(kept.map(([minute]) => minute)).size).toBe(kept.length);
    const gaps = gapsOf(rooms.store, 'curing', { from: at('09:00'), to: at('09:12') }, at('09:12'));
    const seen = new Set(kept.map(([minute]) => minute));
    for (const gap of gaps)
      for (let minute = gap.fromMinute; minute <= gap.toMinute; minute = addMinutes(minute, 1))
        expect(seen.has(minute)).toBe(false);
  });

  test('whatever the clock does: one row a minute, none rewritten, and reading and gap cover everything once', () => {
    const step = fc.constantFrom(-7_200_000, -61_000, -5_000, 0, 0, 0, 0, 45_000, 600_000, 7_200_000);
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.boolean()), { minLength: 1, maxLength: 25 }), (moves) => {
        const own = openRooms();
        const first = new Map<string, unknown>();
        for (const [move, answers] of moves) {
          own.clock.wall += move;
          if (answers) own.minute('20.5', '96.5');
          else own.fault('没有应答');
          for (const row of own.readings()) {
            const minute = String(row['minute']);
            if (first.has(minute)) expect(row).toEqual(first.get(minute));
            else first.set(minute, row);
          }
        }
        const minutes = own.readings().map((row) => String(row['minute']));
        expect(new Set(minutes).size).toBe(minutes.length);
        // Gap rows never lie over each other.
        const gaps = own.gaps();
        for (const [index, gap] of gaps.entries()) {
          const next = gaps[index + 1];
          if (next) expect(String(gap[1]) < String(next[0])).toBe(true);
        }
        // A clock may end long before it began.
        const now = minuteOf(own.clock.wall);
        const earliest = now < at('09:00') ? now : at('09:00');
        const [from, to] = [addMinutes(earliest, -200), addMinutes(now, 300)];
        const missing = gapsOf(own.store, 'curing', { from, to }, to).reduce((sum, gap) => sum + gap.minutes, 0);
        const all = Math.round((Date.parse(`${to}:00+08:00`) - Date.parse(`${from}:00+08:00`)) / minuteMs) + 1;
        const inside = minutes.filter((minute) => minute >= from && minute <= to).length;
        expect(missing + inside).toBe(all);
        void own.close();
      }),
      { numRuns: 25, examples: [[Array.from({ length: 5 }, () => [-7_200_000, false])]] },
    );
  });
});

describe('alarms', () => {
  test('longer outside than the time of grace is told once, and goes by itself when the room is back', () => {
    for (let count = 0; count < 5; count += 1) rooms.minute('20.0', '93.0');
    expect(rooms.notices()).toEqual([]);
    for (let count = 0; count < 4; count += 1) rooms.minute('20.0', '93.5');
    expect(rooms.notices()).toMatchObject([
      {
        level: 'alarm',
        text: '标准养护室：相对湿度 93.5 % 低于 95 %，自 2026-11-23 09:00 起',
        subjectKind: 'climate',
        subjectKey: 'curing',
        acknowledgedBy: null,
      },
    ]);
    expect(rooms.log.now()[0]?.alarm).toContain('低于 95 %');
    rooms.minute('20.0', '95.0');
    const after = rooms.notices();
    expect(after).toHaveLength(2);
    expect(after.map(({ acknowledgedBy }) => acknowledgedBy)).not.toContain(null);
    expect(after[1]?.['text']).toContain('恢复正常');
    expect(rooms.log.now()[0]?.alarm).toBeNull();
    const audited = rooms.store.all(`SELECT newValue FROM audit WHERE entity = 'climateAlarm'`);
    expect(audited).toHaveLength(2);
  });

  test('a person who has read it keeps that; the end is still told', () => {
    for (let count = 0; count < 6; count += 1) rooms.minute('20.0', '93.0');
    const noticeId = String(rooms.notices()[0]?.['noticeId']);
    rooms.store.transact({ actor: 'x', workstation: 'y' }, (tx) =>
      tx.update('notice', noticeId, { acknowledgedBy: '李明' }),
    );
    rooms.minute('20.0', '96');
    expect(rooms.notices()[0]?.['acknowledgedBy']).toBe('李明');
    expect(rooms.notices()).toHaveLength(2);
  });

  test('one minute inside begins the count anew; the limits themselves are inside', () => {
    for (let count = 0; count < 5; count += 1) rooms.minute('22.1', '96');
    rooms.minute('22', '95');
    for (let count = 0; count < 5; count += 1) rooms.minute('22.1', '96');
    expect(rooms.notices()).toEqual([]);
    rooms.minute('22.1', '96');
    expect(rooms.notices()).toHaveLength(1);
  });

  test('a restart goes on counting and does not tell twice', async () => {
    for (let count = 0; count < 4; count += 1) rooms.minute('25', '96');
    await rooms.off(0);
    for (let count = 0; count < 2; count += 1) rooms.minute('25', '96');
    expect(rooms.notices()).toHaveLength(1);
    await rooms.off(0);
    for (let count = 0; count < 7; count += 1) rooms.minute('25', '96');
    expect(rooms.notices()).toHaveLength(1);
    rooms.minute('20', '96');
    expect(rooms.notices().filter(({ acknowledgedBy }) => acknowledgedBy === null)).toEqual([]);
  });

  test('no readings for longer than that is told as well', () => {
    rooms.minute('20', '96');
    for (let count = 0; count < 6; count += 1) rooms.fault('没有应答');
    expect(rooms.notices()).toMatchObject([{ level: 'warning', acknowledgedBy: null }]);
    rooms.minute('20', '96');
    expect(rooms.notices().filter(({ acknowledgedBy }) => acknowledgedBy === null)).toEqual([]);
  });
});

describe('days in the audit chain', () => {
  async function overMidnight(): Promise<void> {
    await rooms.close();
    rooms = openRooms('2026-11-23T23:57:00+08:00');
    for (let count = 0; count < 5; count += 1) rooms.minute('20.0', '96');
  }
  const sealed = () =>
    rooms.store.all(`SELECT entityKey, newValue FROM audit WHERE entity = 'climateDay' ORDER BY seq`);

  test('a day that is over is sealed once, with what it holds', async () => {
    await overMidnight();
    expect(sealed()).toHaveLength(1);
    expect(sealed()[0]?.['entityKey']).toBe('curing/2026-11-23');
    expect(JSON.parse(String(sealed()[0]?.['newValue']))).toMatchObject({ readings: 3, gaps: 0 });
    expect(verifyClimate(rooms.store)).toBeNull();
    await rooms.off(minuteMs);
    expect(sealed()).toHaveLength(1);
    expect(verifyStore(rooms.store.database).firstFault).toBeNull();
  });

  test('a clock that goes back into a sealed day seals it again', async () => {
    await overMidnight();
    rooms.clock.wall -= 86_400_000;
    rooms.minute('20.0', '96');
    rooms.clock.wall += 86_400_000;
    rooms.minute('20.0', '96');
    expect(verifyClimate(rooms.store)).toBeNull();
  });

  test.each([
    ['a figure', `UPDATE climateReading SET temperatureC = '20.1' WHERE minute = '2026-11-23T23:58'`],
    ['a minute taken out', `DELETE FROM climateReading WHERE minute = '2026-11-23T23:58'`],
    ['a gap put in', `INSERT INTO climateGap VALUES ('curing', '2026-11-23T01:00', '2026-11-23T02:00', 'x')`],
    ['a day put in', `INSERT INTO climateReading VALUES ('curing', '2026-11-20T01:00', '20', '96', 'E101', '')`],
  ])('%s is found', async (_, sql) => {
    await overMidnight();
    rooms.store.database.pragma('wal_checkpoint(TRUNCATE)');
    const db = new Database(rooms.store.database.name);
    for (const table of ['climateReading', 'climateGap'])
      for (const what of ['noUpdate', 'noDelete']) db.exec(`DROP TRIGGER ${table}_${what}`);
    db.exec(sql);
    db.close();
    expect(verifyClimate(rooms.store)).toContain('2026-11-2');
  });

  test('rows cannot be changed through the database either', () => {
    rooms.minute('20', '96');
    const { database } = rooms.store;
    expect(() => database.exec(`UPDATE climateReading SET temperatureC = '1'`)).toThrow('IMMUTABLE climateReading');
    expect(() => database.exec('DELETE FROM climateReading')).toThrow('IMMUTABLE climateReading');
  });
});

describe('looking back', () => {
  test('how much of a time was outside or is unknown, exactly', () => {
    const figures = [['20', '96'], ['22.01', '96'], ['20', '94.9'], ['22', '95']] as const; // prettier-ignore
    for (const [temperature, humidity] of figures) rooms.minute(temperature, humidity);
    rooms.fault('没有应答');
    const range = { from: at('09:00'), to: at('09:05') };
    const readings = readingsOf(rooms.store, 'curing', range);
    const span = spanOf(requirePlace(rooms.store, 'curing'), range, readings, at('09:04'));
    expect(span).toMatchObject({
      minutes: 5,
      measured: 4,
      outside: 2,
      missing: 1,
      outsideShare: '50.00',
      missingShare: '20.00',
    });
    expect(span.temperature).toEqual({ min: '20', max: '22.01' });
  });

  test('a picture of fewer points keeps the extremes and the order', () => {
    const readings = Array.from({ length: 3000 }, (_, index) => ({
      minute: addMinutes(at('00:00'), index),
      temperatureC: index === 1234 ? '28.8' : '20.0',
      humidityPercent: index === 2345 ? '80.1' : '96.0',
      raw: '',
      equipmentId: 'E101',
    }));
    const shown = thinned(readings, 200);
    expect(shown.length).toBeLessThanOrEqual(220);
    expect(shown.map(({ temperatureC }) => temperatureC)).toContain('28.8');
    expect(shown.map(({ humidityPercent }) => humidityPercent)).toContain('80.1');
    expect([...shown].sort((a, b) => a.minute.localeCompare(b.minute))).toEqual(shown);
  });
});
