// A climate log on a store of its own, with a clock and a meter that the test moves.
import { openTestStore, tester } from '../../../tests/support/testStore.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import type { Context } from '../context.ts';
import { ClimateLog } from './climateLog.ts';
import { minuteOf } from './minutes.ts';
import { seedPlaces } from './places.ts';
import type { ClimateSource } from './source.ts';

export function openRooms(start = '2026-11-23T09:00:00+08:00') {
  const opened = openTestStore();
  const clock = { wall: Date.parse(start), steady: 0 };
  const events: CoreEvent[] = [];
  const logged: string[] = [];
  const watching = new Set<string>();
  opened.store.transact(tester, (tx) => {
    seedPlaces(tx);
    for (const equipmentId of ['E101', 'E102']) {
      tx.insert('equipment', {
        equipmentId,
        name: `记录仪 ${equipmentId}`,
        model: 'T',
        serial: equipmentId,
        itemCodesJson: '[]',
        startDate: '2026-01-01',
        validMonths: 12,
        rangeKn: null,
        certificateNo: 'Z',
        platformState: 'active',
        localState: 'inUse',
        localReason: null,
        localSince: null,
        portJson: null,
        version: 0,
      });
    }
    tx.update('climatePlace', 'curing', { equipmentId: 'E101' });
  });
  const context = {
    get store() {
      return opened.store;
    },
    now: () => new Date(clock.wall),
    log: (level: string, message: string, facts?: unknown) =>
      logged.push(`${level} ${message} ${JSON.stringify(facts)}`),
    emit: (event: CoreEvent) => events.push(event),
  } as unknown as Context;
  const source: ClimateSource = {
    serves: () => true,
    watch: ({ placeId }) => Promise.resolve(void watching.add(placeId)),
    leave: (placeId) => Promise.resolve(void watching.delete(placeId)),
  };
  const open = (): ClimateLog => {
    const log = new ClimateLog(context, { now: () => ({ ...clock }) });
    log.addSource(source);
    log.start();
    return log;
  };
  const rooms = {
    clock,
    events,
    logged,
    watching,
    context,
    get store() {
      return opened.store;
    },
    log: open(),
    /** Both clocks go on. */
    pass(ms: number): void {
      clock.wall += ms;
      clock.steady += ms;
    },
    /** A minute with three telegrams, then the first seconds of the next one. */
    minute(temperature: string, humidity: string, placeId = 'curing'): string {
      const minute = minuteOf(clock.wall);
      for (let round = 0; round < 3; round += 1) {
        rooms.sample(temperature, humidity, placeId);
        rooms.pass(20_000);
      }
      rooms.log.tick();
      return minute;
    },
    sample(temperature: string, humidity: string, placeId = 'curing'): void {
      rooms.log.onRound(placeId, {
        values: [
          { name: 'humidity', value: humidity, unit: '%' },
          { name: 'temperature', value: temperature, unit: '℃' },
        ],
        raw: ['0103'],
      });
    },
    fault(reason: string, placeId = 'curing'): void {
      for (let round = 0; round < 3; round += 1) {
        rooms.log.onRound(placeId, { fault: reason });
        rooms.pass(20_000);
      }
      rooms.log.tick();
    },
    /** The program is off for a while. `killed`: it had no time to write anything. */
    async off(ms: number, killed = false): Promise<void> {
      if (!killed) await rooms.log.stop();
      rooms.pass(ms);
      rooms.log = open();
    },
    readings: (placeId = 'curing') =>
      opened.store.all('SELECT * FROM climateReading WHERE placeId = ? ORDER BY minute', placeId),
    gaps: (placeId = 'curing') =>
      opened.store
        .all('SELECT * FROM climateGap WHERE placeId = ? ORDER BY fromMinute', placeId)
        .map((row) => [row['fromMinute'], row['toMinute'], row['reason']]),
    notices: () => opened.store.all('SELECT * FROM notice ORDER BY noticeId'),
    async close(): Promise<void> {
      await rooms.log.stop();
      opened.remove();
    },
  };
  return rooms;
}
