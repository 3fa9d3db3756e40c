// Furnishes the training lab's rooms once: a meter for each, and the last two days, so that there is a course to look at
// from the first minute. Made by the same telegrams and the same writer as the minutes that follow.
import { addDays, toCalendarDay, toWallTime } from '../../../../shared/entities/scalars.ts';
import { programActor, type Context } from '../../context.ts';
import { readFact, writeFact } from '../../provincial/facts.ts';
import { AlarmWatch } from '../alarms.ts';
import { sealDays } from '../digests.ts';
import { minuteMs, minuteOf, startOf } from '../minutes.ts';
import { MinuteLog } from '../minuteLog.ts';
import { requirePlace, seedPlaces } from '../places.ts';
import { newestMinute, writeEnded } from '../write.ts';
import { askVirtual } from './meters.ts';

const actor = programActor('培训');
const historyMs = 2 * 86_400_000;

const meters = [
  {
    placeId: 'curing',
    equipmentId: 'E101',
    name: '温湿度记录仪（标准养护室）',
    model: 'RS-WS-1',
    serial: 'WS1-240817',
  },
  { placeId: 'lab', equipmentId: 'E102', name: '温湿度记录仪（试验室）', model: 'RS485-TH', serial: 'TH-0932' },
] as const;

export function furnishTrainingRooms(context: Context): void {
  const { store } = context;
  if (readFact(store, 'trainingClimate')) return;
  const now = context.now().getTime();
  store.transact(actor, (tx) => {
    seedPlaces(tx);
    for (const { placeId, equipmentId, name, model, serial } of meters) {
      if (!tx.get('equipment', equipmentId)) {
        tx.insert(
          'equipment',
          {
            equipmentId,
            name,
            model,
            serial,
            itemCodesJson: '[]',
            startDate: addDays(toCalendarDay(now), -60),
            validMonths: 12,
            platformState: 'active',
            version: 0,
            rangeKn: null,
            certificateNo: `WS-2026-${equipmentId.slice(1)}`,
            localState: 'inUse',
            localReason: null,
            localSince: null,
            portJson: null,
          },
          '培训设备台账',
        );
      }
      tx.update('climatePlace', placeId, { equipmentId }, '培训模式');
    }
    writeFact(tx, 'trainingClimate', true);
  });
  for (const { placeId } of meters) writeHistory(context, placeId, now);
}

function writeHistory({ store }: Context, placeId: string, now: number): void {
  const place = requirePlace(store, placeId);
  if (newestMinute(store, placeId) !== null) return;
  const log = new MinuteLog();
  const alarms = new AlarmWatch(store, place);
  const end = startOf(minuteOf(now));
  store.transact(actor, (tx) => {
    for (let ms = end - historyMs; ms <= end; ms += minuteMs) {
      const instant = { wall: ms, steady: ms };
      const round = askVirtual(place.kind, ms);
      const value = (name: string) =>
        'fault' in round ? null : (round.values.find((each) => each.name === name)?.value ?? null);
      const ended =
        ms === end
          ? log.tick(instant)
          : 'fault' in round
            ? log.fault(instant, round.fault)
            : log.sample(instant, {
                temperatureC: value('temperature'),
                humidityPercent: value('humidity'),
                raw: round.raw.join('+'),
              });
      const written = writeEnded(tx, { placeId, equipmentId: place.equipmentId ?? '' }, ended);
      for (const each of written) alarms.minute(tx, place, each, toWallTime(ms));
    }
    sealDays(tx, placeId, now);
    tx.event('climatePlace', placeId, '培训数据：虚构的两天温湿度', '培训模式');
  });
}
