// A range as a table for other programs: every minute, the gaps too, with what lay outside.
import type { ClimateGap } from '../../../shared/climate/calls.ts';
import { bandText } from '../../../shared/climate/band.ts';
import { csvText } from '../files/csv.ts';
import type { Place } from './places.ts';
import { outsideWords, type Reading } from './reading.ts';

const head = ['处所', '时间', '温度（℃）', '相对湿度（%）', '是否超限', '说明', '设备', '原始报文'];

export function climateCsv(place: Place, readings: readonly Reading[], gaps: readonly ClimateGap[]): string {
  const shown = (minute: string) => minute.replace('T', ' ');
  const rows = [
    ...readings.map((reading) => {
      const outside = outsideWords(reading, place.band);
      return [
        reading.minute,
        place.name,
        shown(reading.minute),
        reading.temperatureC ?? '',
        reading.humidityPercent ?? '',
        outside === null ? '否' : '是',
        outside ?? '',
        reading.equipmentId,
        reading.raw,
      ];
    }),
    ...gaps.map(({ fromMinute, toMinute, minutes, reason }) => [
      fromMinute,
      place.name,
      shown(fromMinute),
      '',
      '',
      '缺失',
      `至 ${shown(toMinute)} 共 ${minutes} 分钟没有读数：${reason}`,
      '',
      '',
    ]),
  ].sort(([one = ''], [other = '']) => (one < other ? -1 : one > other ? 1 : 0));
  const lines = [
    [`${place.name}温湿度记录`, `允许范围：${bandText(place.band)}`],
    head,
    ...rows.map((row) => row.slice(1)),
  ];
  return csvText(lines);
}
