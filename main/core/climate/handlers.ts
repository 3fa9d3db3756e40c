// The calls of the climate log.
import { toWallTime } from '../../../shared/entities/scalars.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { nullableText as nullable, textOf as text } from '../../store/cells.ts';
import { identityOf } from '../bench/portSetting.ts';
import type { Context, SomeHandlers } from '../context.ts';
import type { PortInfo } from '../../instruments/protocol.ts';
import { noticeKind } from './alarms.ts';
import type { ClimateLog } from './climateLog.ts';
import { climateCsv } from './csv.ts';
import { curingSpan } from './curing.ts';
import { countMinutes } from './minutes.ts';
import { places, requirePlace, setMeter, setPlace, shownPlace } from './places.ts';
import { readyProfiles } from './profiles.ts';
import { gapsOf, outsideWords, readingsOf, spanOf, thinned, type MinuteRange } from './reading.ts';

type ClimateCall =
  | 'climate.list' | 'climate.now' | 'climate.series' | 'climate.gaps' | 'climate.table' | 'climate.alarms'
  | 'climate.span' | 'climate.curing' | 'climate.export' | 'climate.setPlace' | 'climate.setMeter'; // prettier-ignore

/** Longest time of one question, days. */
const mostDays = 400;
const mostExportDays = 100;
const alarmsShown = 200;

function refuseRange({ from, to }: MinuteRange, days: number): void {
  const wrong = from > to ? '开始晚于结束' : countMinutes(from, to) > days * 1440 ? `超过 ${days} 天` : null;
  if (wrong === null) return;
  throw new AppError({
    code: 'CLIMATE_RANGE',
    message: `查询的时间范围不对：${wrong}。`,
    meaning: '没有查询。',
    next: '请核对起止时间，分几次查询。',
  });
}

export function climateHandlers(
  context: Context,
  log: ClimateLog,
  portInfo: (path: string) => Promise<PortInfo | undefined>,
): SomeHandlers<ClimateCall> {
  const { store } = context;
  const list = () => ({
    places: places(store).map((place) => shownPlace(store, place)),
    profiles: readyProfiles,
    now: log.now(),
  });
  return {
    'climate.list': list,
    'climate.now': () => ({ places: log.now() }),
    'climate.series'({ placeId, from, to, points }) {
      refuseRange({ from, to }, mostDays);
      const place = requirePlace(store, placeId);
      const until = log.lastMinute();
      const readings = readingsOf(store, placeId, { from, to });
      const shown = thinned(readings, points);
      return {
        minutes: shown.map(({ minute }) => minute),
        temperatureC: shown.map(({ temperatureC }) => temperatureC),
        humidityPercent: shown.map(({ humidityPercent }) => humidityPercent),
        gaps: gapsOf(store, placeId, { from, to }, until),
        span: spanOf(place, { from, to }, readings, until),
      };
    },
    'climate.gaps'({ placeId, from, to }) {
      refuseRange({ from, to }, mostDays);
      requirePlace(store, placeId);
      return { gaps: gapsOf(store, placeId, { from, to }, log.lastMinute()) };
    },
    'climate.table'({ placeId, day }) {
      const { band } = requirePlace(store, placeId);
      const range = { from: `${day}T00:00`, to: `${day}T23:59` };
      const readings = readingsOf(store, placeId, range).map(({ minute, temperatureC, humidityPercent, raw }) => ({
        minute,
        temperatureC,
        humidityPercent,
        raw,
        missing: null,
        outside: outsideWords({ temperatureC, humidityPercent }, band),
      }));
      const gaps = gapsOf(store, placeId, range, log.lastMinute()).map(({ fromMinute, toMinute, minutes, reason }) => ({
        minute: fromMinute,
        temperatureC: null,
        humidityPercent: null,
        raw: '',
        outside: null,
        missing: `至 ${toMinute.slice(11)} 共 ${minutes} 分钟没有读数：${reason}`,
      }));
      const rows = [...readings, ...gaps].sort((one, other) => (one.minute < other.minute ? 1 : -1));
      return { rows };
    },
    'climate.alarms'({ placeId }) {
      requirePlace(store, placeId);
      const rows = store.all(
        'SELECT * FROM notice WHERE subjectKind = ? AND subjectKey = ? ORDER BY at DESC, noticeId DESC LIMIT ?',
        noticeKind,
        placeId,
        alarmsShown,
      );
      return {
        alarms: rows.map((row) => ({
          noticeId: text(row['noticeId']),
          level: text(row['level']) as 'alarm',
          text: text(row['text']),
          at: text(row['at']),
          acknowledgedBy: nullable(row['acknowledgedBy'] ?? null),
        })),
      };
    },
    'climate.span'({ placeId, from, to }) {
      refuseRange({ from, to }, mostDays);
      const place = requirePlace(store, placeId);
      return spanOf(place, { from, to }, readingsOf(store, placeId, { from, to }), log.lastMinute());
    },
    'climate.curing': ({ recordNo }) => curingSpan(store, recordNo, log.lastMinute()),
    'climate.export'({ placeId, from, to }, caller) {
      refuseRange({ from, to }, mostExportDays);
      const place = requirePlace(store, placeId);
      const readings = readingsOf(store, placeId, { from, to });
      const gaps = gapsOf(store, placeId, { from, to }, log.lastMinute());
      const range = `${from.replace('T', ' ')} 至 ${to.replace('T', ' ')}`;
      store.transact(caller.actor, (tx) => tx.event('climateExport', placeId, `${range}，${readings.length} 条读数`));
      const stamp = (minute: string) => minute.replaceAll(/[-:T]/gu, '').slice(0, 12);
      return {
        fileName: `温湿度-${place.name}-${stamp(from)}-${stamp(to)}.csv`,
        text: climateCsv(place, readings, gaps),
      };
    },
    async 'climate.setPlace'(input, caller) {
      setPlace(context, caller, input);
      await log.changed();
      return list();
    },
    async 'climate.setMeter'(input, caller) {
      const path = input.meter?.path ?? '';
      const port = path === '' ? undefined : await portInfo(path);
      setMeter(context, caller, { identity: identityOf(port), place: port?.place ?? null }, input);
      context.log('info', 'climate meter set', { place: input.placeId, at: toWallTime(context.now()) });
      await log.changed();
      return list();
    },
  };
}
