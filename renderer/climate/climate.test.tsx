// @vitest-environment jsdom
// The rooms on the screen: in words, with gaps in the curve, by keys; and the bench's fields with values of the log.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usualBands } from '../../shared/climate/band.ts';
import type { ClimateNow } from '../../shared/climate/calls.ts';
import type { CoreEvent } from '../../shared/contract/events.ts';
import type { TestRecord } from '../../shared/entities/record.ts';
import type { Role } from '../../shared/entities/roles.ts';
import { EnvironmentFields } from '../bench/EnvironmentFields.tsx';
import { ClientProvider, type WindowClient } from '../client.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { ClimatePage } from './ClimatePage.tsx';
import { pathOf, scaleOf, ticksOf } from './chart.ts';
import { RoomNow } from './RoomNow.tsx';

const asked: { name: string; input: Record<string, unknown> }[] = [];
let listener: (event: CoreEvent) => void = () => undefined;

const now = (placeId: string, changes: Partial<ClimateNow> = {}): ClimateNow => ({
  placeId,
  at: '2026-11-23T10:00:00.000+08:00',
  temperatureC: '20.1',
  humidityPercent: '96.4',
  condition: 'inside',
  words: '在允许范围内',
  minute: '2026-11-23T09:59',
  alarm: null,
  ...changes,
});
const place = (placeId: string, name: string, kind: 'curing' | 'laboratory') => ({
  placeId,
  name,
  kind,
  band: usualBands[kind],
  alarmMinutes: 5,
  itemCodes: [],
  state: 'inUse',
  meter: null,
});
const gap = { fromMinute: '2026-11-23T03:10', toMinute: '2026-11-23T03:21', minutes: 12, reason: '没有应答' };

function answer(name: string, input: Record<string, unknown>): unknown {
  switch (name) {
    case 'climate.list':
      return {
        places: [place('curing', '标准养护室', 'curing'), place('lab', '试验室', 'laboratory')],
        profiles: [],
        now: [],
      };
    case 'climate.now':
      return {
        places: [
          now('curing'),
          now('lab', { temperatureC: null, humidityPercent: null, condition: 'missing', words: '没有应答' }),
        ],
      };
    case 'climate.series':
      return {
        minutes: ['2026-11-23T03:00', '2026-11-23T03:09', '2026-11-23T03:22', '2026-11-23T03:30'],
        temperatureC: ['20.0', '20.1', '20.2', '20.3'],
        humidityPercent: ['96', '96', null, '97'],
        gaps: [gap],
        span: {
          placeId: input['placeId'],
          words: '标准养护室，共 31 分钟：缺失 12 分钟。',
          temperature: null,
          humidity: null,
        },
      };
    case 'climate.table':
      return {
        rows: [
          {
            minute: '2026-11-23T03:10',
            temperatureC: null,
            humidityPercent: null,
            outside: null,
            missing: '至 03:21 共 12 分钟没有读数：没有应答',
            raw: '',
          },
        ],
      };
    case 'climate.alarms':
      return { alarms: [] };
    case 'climate.gaps':
      return { gaps: [gap] };
    case 'climate.export':
      return { fileName: '温湿度.csv', text: '\uFEFFa' };
    case 'drafts.load':
      return { content: null, savedAt: null };
    default:
      return {};
  }
}

function show(content: ReactElement, roles: Role[] = ['qualityManager']) {
  const user = { userId: 'U1', username: 'u', personId: 'P1', name: '某某', roles, disabled: false };
  useSession.getState().apply({ state: 'open', user, institutionName: '', trainingMode: false, trainingHint: null });
  const client = {
    call: async (name: string, input: Record<string, unknown>) => {
      asked.push({ name, input });
      await Promise.resolve();
      return answer(name, input);
    },
    subscribe: (given: typeof listener) => {
      listener = given;
      return () => undefined;
    },
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  window.addEventListener('keydown', runHotkey);
  render(
    <QueryClientProvider client={queries}>
      <ClientProvider value={client}>{content}</ClientProvider>
    </QueryClientProvider>,
  );
}
const press = (key: string, more: object = {}): void => {
  fireEvent.keyDown(document.body, { key, ...more });
};
const last = (name: string) => asked.findLast((each) => each.name === name)?.input;

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('matchMedia', () => ({ matches: false, addListener() {}, removeListener() {} }));
});
afterEach(() => {
  cleanup();
  window.removeEventListener('keydown', runHotkey);
  useUi.getState().reset();
  useSession.setState({ session: null, keeper: null });
  vi.unstubAllGlobals();
});

test('a room says by words what it is, and an event changes it at once', async () => {
  show(<ClimatePage />);
  await waitFor(() => expect(screen.getByTestId('climate-temperature-curing').textContent).toBe('20.1'));
  expect(screen.getByTestId('climate-room-curing').textContent).toContain('正常');
  expect(screen.getByTestId('climate-room-curing').textContent).toContain('18～22 ℃，≥ 95 %');
  expect(screen.getByTestId('climate-room-lab').textContent).toContain('无读数');
  expect(screen.getByTestId('climate-temperature-lab').textContent).toBe('—');
  const hot = now('curing', {
    temperatureC: '23.1',
    condition: 'outside',
    words: '温度 23.1 ℃ 高于 22 ℃',
    alarm: '自 09:00 起',
  });
  act(() => listener({ type: 'climate', now: hot }));
  expect(screen.getByTestId('climate-room-curing').textContent).toContain('超限');
  expect(screen.getByTestId('climate-room-curing').textContent).toContain('报警：自 09:00 起');
});

test('the curve shows the gap and says what the time was; a new minute asks again', async () => {
  show(<ClimatePage />);
  expect((await screen.findAllByTestId('climate-gap'))[0]?.textContent).toContain('12 分钟没有读数：没有应答');
  expect(screen.getByTestId('climate-span').textContent).toContain('缺失 12 分钟');
  const before = asked.filter(({ name }) => name === 'climate.series').length;
  act(() => listener({ type: 'climate', now: now('curing', { minute: '2026-11-23T10:00' }) }));
  await waitFor(() => expect(asked.filter(({ name }) => name === 'climate.series').length).toBeGreaterThan(before));
});

test('everything by keys: the next room, week and month, earlier days, lists', async () => {
  show(<ClimatePage />);
  await screen.findByTestId('climate-chart');
  press('F2');
  await waitFor(() => expect(last('climate.series')?.['placeId']).toBe('lab'));
  expect(screen.getByTestId('climate-room-lab').getAttribute('aria-checked')).toBe('true');
  press('F7');
  expect(screen.getByTestId('climate-days').textContent).toMatch(/至/u);
  press('F7');
  press('F7');
  const day = screen.getByTestId('climate-days').textContent;
  press('ArrowLeft', { altKey: true });
  expect(screen.getByTestId('climate-days').textContent < day).toBe(true);
  press('ArrowRight', { altKey: true });
  expect(screen.getByTestId('climate-days').textContent).toBe(day);
  press('F4');
  expect((await screen.findByTestId('climate-minute')).textContent).toContain('至 03:21 共 12 分钟没有读数');
  press('F6');
  expect((await screen.findByTestId('climate-gap-row')).textContent).toContain('没有应答');
});

test('who does not keep the equipment finds no settings', async () => {
  show(<ClimatePage />, ['technician']);
  await screen.findByTestId('climate-chart');
  expect(screen.queryByTestId('climate-place')).toBeNull();
  expect(screen.queryByTestId('climate-export')).not.toBeNull();
});

test('the band is changed with a reason; an empty limit is none', async () => {
  show(<ClimatePage />);
  await screen.findByTestId('climate-chart');
  press('F9');
  fireEvent.change(await screen.findByTestId('climate-temperatureMax'), { target: { value: '21.5' } });
  fireEvent.change(screen.getByTestId('climate-humidityMin'), { target: { value: '' } });
  fireEvent.change(screen.getByTestId('reason-text'), { target: { value: '按作业指导书' } });
  fireEvent.click(screen.getByTestId('reason-confirm'));
  await waitFor(() => expect(last('climate.setPlace')).toBeDefined());
  expect(last('climate.setPlace')).toMatchObject({
    placeId: 'curing',
    band: { temperatureMin: '18', temperatureMax: '21.5', humidityMin: null, humidityMax: null },
    reason: '按作业指导书',
  });
});

test('the bench shows the rooms that are watched, and nothing where none is', async () => {
  show(<RoomNow />);
  expect((await screen.findByTestId('bench-rooms')).textContent).toContain('标准养护室 20.1 ℃ 96.4 %');
});

test('values of the log are shown with their source, and replaced only with a reason', async () => {
  const values = { temperatureC: '20.7', humidityPercent: '55.5' };
  const source = { ...values, placeId: 'lab', placeName: '试验室', minute: '2026-11-23T09:59', equipmentId: 'E102' };
  const record = { recordNo: 'YS1', state: 'testing', environment: values, environmentSource: source };
  let changed = 0;
  show(<EnvironmentFields record={record as unknown as TestRecord} onChanged={() => (changed += 1)} />);
  expect(screen.getByTestId('bench-environment').textContent).toContain(
    '来源：温湿度记录仪（试验室 2026-11-23 09:59）',
  );
  const field = screen.getByTestId('bench-temperatureC');
  fireEvent.change(field, { target: { value: '21.5' } });
  // On the way to the other figure nothing is asked yet.
  fireEvent.blur(field, { relatedTarget: screen.getByTestId('bench-humidityPercent') });
  expect(screen.queryByTestId('reason-text')).toBeNull();
  fireEvent.blur(screen.getByTestId('bench-humidityPercent'));
  fireEvent.change(await screen.findByTestId('reason-text'), { target: { value: '记录仪故障' } });
  expect(last('bench.environment')).toBeUndefined();
  fireEvent.click(screen.getByTestId('reason-confirm'));
  await waitFor(() => expect(changed).toBe(1));
  expect(last('bench.environment')).toEqual({
    recordNo: 'YS1',
    environment: { temperatureC: '21.5', humidityPercent: '55.5' },
    reason: '记录仪故障',
  });
});

test('a line is broken at a gap and at a value that is not there; ticks hold every value', () => {
  const minutes = ['2026-11-23T03:00', '2026-11-23T03:09', '2026-11-23T03:22', '2026-11-23T03:23', '2026-11-23T03:24'];
  const x = scaleOf(Date.parse('2026-11-23T03:00:00+08:00'), Date.parse('2026-11-23T04:00:00+08:00'), 0, 600);
  const y = scaleOf(0, 100, 100, 0);
  expect(pathOf(minutes, ['1', '2', '3', '4', '5'], [gap], x, y)).toBe(
    'M0.0 99.0h0.1L90.0 98.0M220.0 97.0h0.1L230.0 96.0L240.0 95.0',
  );
  expect(pathOf(minutes, ['1', '2', null, '4', '5'], [], x, y)).toBe(
    'M0.0 99.0h0.1L90.0 98.0M230.0 96.0h0.1L240.0 95.0',
  );
  const ticks = ticksOf([19.4, 23.1, 18, 22]);
  expect(ticks[0]).toBeLessThanOrEqual(18);
  expect(ticks.at(-1)).toBeGreaterThanOrEqual(23.1);
  expect(ticks.length).toBeLessThan(10);
});
