// What a room was: curve, every minute, and what was missing or outside.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useClient, toErrorInfo } from '../client.ts';
import { DataGrid, type Column } from '../design/DataGrid.tsx';
import { ErrorBlock } from '../design/ErrorBlock.tsx';
import { StateTag } from '../design/StateTag.tsx';
import { showTime } from '../design/time.ts';
import type { CallOutput } from '../../shared/contract/calls.ts';
import type { ClimateGap, ClimatePlace } from '../../shared/climate/calls.ts';
import { ClimateChart } from './ClimateChart.tsx';
import { conditionWords, rangeOf, shownMinute, type Days } from './words.ts';

export type View = 'curve' | 'table' | 'events';

/** `minute`: the newest minute of the log; a new one is a reason to ask again. */
export function CurveView({ place, days, minute }: { place: ClimatePlace; days: Days; minute: string | null }) {
  const client = useClient();
  const range = rangeOf(days);
  const { data, error } = useQuery({
    queryKey: ['climate', 'series', place.placeId, days.from, days.to, JSON.stringify(place.band), minute],
    queryFn: () => client.call('climate.series', { placeId: place.placeId, ...range }),
    placeholderData: (last) => (last?.span.placeId === place.placeId ? last : undefined),
  });
  if (error) return <ErrorBlock error={toErrorInfo(error)} />;
  if (data === undefined) return <p className="jt-empty">正在查询…</p>;
  return (
    <>
      <p className="jt-climate-span" data-testid="climate-span">
        {data.span.words}
        {data.span.temperature !== null && ` 温度 ${data.span.temperature.min}～${data.span.temperature.max} ℃`}
        {data.span.humidity !== null && `，相对湿度 ${data.span.humidity.min}～${data.span.humidity.max} %`}
      </p>
      <ClimateChart series={data} band={place.band} {...range} />
    </>
  );
}

type Minute = CallOutput<'climate.table'>['rows'][number];
const minuteColumns: readonly Column<Minute>[] = [
  { key: 'minute', title: '时间', width: '150px', render: (row) => shownMinute(row.minute) },
  { key: 't', title: '温度 ℃', width: '90px', align: 'right', render: (row) => row.temperatureC ?? '—' },
  { key: 'h', title: '相对湿度 %', width: '100px', align: 'right', render: (row) => row.humidityPercent ?? '—' },
  {
    key: 'outside',
    title: '结果',
    width: 'minmax(260px, 2fr)',
    render: (row) =>
      row.missing !== null ? (
        <StateTag state={{ ...conditionWords.missing, word: row.missing }} title={row.missing} />
      ) : row.outside === null ? (
        <StateTag state={conditionWords.inside} />
      ) : (
        <StateTag state={{ ...conditionWords.outside, word: row.outside }} />
      ),
  },
  { key: 'raw', title: '原始报文（秒:报文）', width: 'minmax(180px, 2fr)', render: (row) => <code>{row.raw}</code> },
];

/** Who changes to a list wants to move in it. */
function useFocusOnList(): void {
  useEffect(() => document.querySelector<HTMLElement>('.jt-climate-view [role="grid"]')?.focus(), []);
}

export function TableView({ place, day, minute }: { place: ClimatePlace; day: string; minute: string | null }) {
  const client = useClient();
  useFocusOnList();
  const [current, setCurrent] = useState<string | null>(null);
  const { data, error } = useQuery({
    queryKey: ['climate', 'table', place.placeId, day, JSON.stringify(place.band), minute],
    queryFn: () => client.call('climate.table', { placeId: place.placeId, day }),
    placeholderData: (last) => last,
  });
  if (error) return <ErrorBlock error={toErrorInfo(error)} />;
  return (
    <DataGrid
      label={`${place.name} ${day} 逐分钟读数`}
      columns={minuteColumns}
      rows={data?.rows ?? []}
      rowKey={(row) => row.minute}
      current={current}
      onCurrent={setCurrent}
      rowHeight={28}
      rowTone={(row) => (row.missing !== null ? 'warn' : row.outside === null ? undefined : 'bad')}
      rowTestId="climate-minute"
      empty={`${day} 没有读数。`}
    />
  );
}

const gapColumns: readonly Column<ClimateGap>[] = [
  { key: 'from', title: '自', width: '140px', render: (gap) => shownMinute(gap.fromMinute) },
  { key: 'to', title: '至', width: '140px', render: (gap) => shownMinute(gap.toMinute) },
  { key: 'minutes', title: '分钟', width: '60px', align: 'right', render: (gap) => gap.minutes },
  { key: 'reason', title: '原因', width: 'minmax(120px, 1fr)', render: (gap) => gap.reason },
];
type Alarm = CallOutput<'climate.alarms'>['alarms'][number];
const levels = {
  info: { word: '恢复', tone: 'good', shape: '●' },
  warning: { word: '无读数', tone: 'warn', shape: '▲' },
  alarm: { word: '超限', tone: 'bad', shape: '■' },
} as const;
const alarmColumns: readonly Column<Alarm>[] = [
  { key: 'at', title: '时间', width: '132px', render: (alarm) => showTime(alarm.at) },
  { key: 'level', title: '类别', width: '84px', render: (alarm) => <StateTag state={levels[alarm.level]} /> },
  {
    key: 'text',
    title: '内容',
    width: 'minmax(200px, 1fr)',
    render: (alarm) => <span title={alarm.text}>{alarm.text}</span>,
  },
  { key: 'by', title: '处理', width: '128px', render: (alarm) => alarm.acknowledgedBy ?? '未阅' },
];

export function EventsView({ place, days, minute }: { place: ClimatePlace; days: Days; minute: string | null }) {
  const client = useClient();
  useFocusOnList();
  const [gap, setGap] = useState<string | null>(null);
  const [alarm, setAlarm] = useState<string | null>(null);
  const { placeId } = place;
  const gaps = useQuery({
    queryKey: ['climate', 'gaps', placeId, days.from, days.to, minute],
    queryFn: () => client.call('climate.gaps', { placeId, ...rangeOf(days) }),
    placeholderData: (last) => last,
  });
  const alarms = useQuery({
    queryKey: ['climate', 'alarms', placeId, minute],
    queryFn: () => client.call('climate.alarms', { placeId }),
    placeholderData: (last) => last,
  });
  const error = gaps.error ?? alarms.error;
  return (
    <div className="jt-climate-events">
      {error && <ErrorBlock error={toErrorInfo(error)} />}
      <section>
        <h3>报警记录</h3>
        <DataGrid
          label="报警记录"
          columns={alarmColumns}
          rows={alarms.data?.alarms ?? []}
          rowKey={({ noticeId }) => noticeId}
          current={alarm}
          onCurrent={setAlarm}
          rowTestId="climate-alarm"
          empty="没有报警。"
        />
      </section>
      <section>
        <h3>
          缺失（{days.from} 至 {days.to}）
        </h3>
        <DataGrid
          label="缺失"
          columns={gapColumns}
          rows={gaps.data?.gaps ?? []}
          rowKey={({ fromMinute }) => fromMinute}
          current={gap}
          onCurrent={setGap}
          rowTestId="climate-gap-row"
          empty="没有缺失。"
        />
      </section>
    </div>
  );
}
