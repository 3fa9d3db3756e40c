// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { RunReplay, SampleAt } from '../../shared/contract/replay.ts';
import { CurveValues, curveLines } from '../bench/CurveValues.tsx';
import { reading, recordOf, runOf } from '../bench/testRecord.test-helper.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { nearestPlace, pictureOf, placeOf } from './picture.ts';
import { textOfHex } from './RawBytes.tsx';
import { ReplayDialog } from './ReplayDialog.tsx';

afterEach(cleanup);

const replayOf = (changes: Partial<RunReplay> = {}): RunReplay => ({
  runId: 'R1',
  runNo: 'CJ1',
  recordNo: 'YS1',
  specimenNo: 1,
  field: 'Fm_kN',
  equipmentId: 'E004',
  operatorName: '梁志远',
  startedAt: '2026-04-10T09:00:00+08:00',
  sampleRateHz: '50',
  driver: 'line-profile 1',
  algorithm: 'tension 1.0.0',
  validity: 'valid',
  reason: null,
  rawDigest: 'ab'.repeat(32),
  remarks: [],
  verdict: { state: 'same', words: '一致', faults: [] },
  figures: [{ name: '最大力 Fm', unit: 'kN', sealed: '3.0', recorded: '3.0', recomputed: '3.0', same: true }],
  marks: [
    { kind: 'start', index: 1, timeS: 0, loadKn: 1, text: '开始加载' },
    { kind: 'peak', index: 3, timeS: 0.2, loadKn: 3, text: 'Fm 3.0 kN' },
    { kind: 'gap', index: 4, timeS: 0.6, loadKn: 2, text: '缺数据 0.400 s' },
  ],
  moreMarks: 0,
  sampleCount: 5,
  beginsS: -0.1,
  endsS: 0.6,
  greatestLoadKn: 3,
  samples: {
    complete: true,
    index: [0, 1, 2, 3, 4],
    timeS: [-0.1, 0, 0.1, 0.2, 0.6],
    loadKn: [0, 1, 2, 3, 2],
    displacementMm: [0, 2, 1, 3, null],
    extensionMm: null,
  },
  ...changes,
});
const sampleAt = (index: number): SampleAt => ({
  index,
  timeS: index / 10,
  text: `${index}.00`,
  displacementMm: null,
  extensionMm: null,
  gapBefore: false,
  spike: false,
  pieces: [{ block: 7, arrivedMs: 0, hex: '312c320d0a', bytes: 5, skipped: 0, frame: [2, 5] }],
});

function farSide(replay: RunReplay) {
  const sent: { name: string; input: Record<string, unknown> }[] = [];
  const client = {
    call(name: string, input: Record<string, unknown>) {
      sent.push({ name, input });
      if (name === 'runs.replay') return Promise.resolve(replay);
      return Promise.resolve(name === 'runs.sample' ? sampleAt(Number(input['index'])) : {});
    },
    subscribe: () => () => undefined,
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  const show = (children: React.ReactNode) =>
    render(
      <QueryClientProvider client={new QueryClient()}>
        <ClientProvider value={client}>{children}</ClientProvider>
      </QueryClientProvider>,
    );
  return { sent, show };
}
const key = (name: string): boolean => {
  let found = false;
  const listen = (event: KeyboardEvent): void => {
    found = runHotkey(event);
  };
  addEventListener('keydown', listen, { once: true });
  fireEvent.keyDown(document.body, { key: name, code: name.length === 1 ? `Key${name.toUpperCase()}` : name });
  return found;
};

test('the displacement is drawn in the order of time, holes are not drawn over', () => {
  const picture = pictureOf(replayOf(), { axis: 'displacement', range: [-0.1, 0.6], cursor: 2, until: null });
  expect([...(picture.x as number[])].slice(0, 4)).toEqual([0, 2, 1, 3]);
  expect([...picture.breaksBefore!]).toEqual([4]);
  expect(picture.cursor).toEqual({ x: 1, y: 2 });
  expect(picture.marks!.map(({ label }) => label)).toEqual(['开始加载', 'Fm 3.0 kN']);
});

test('playing draws up to the sample that has played; the pointer finds the nearest sample', () => {
  const picture = pictureOf(replayOf(), { axis: 'time', range: [-0.1, 0.6], cursor: null, until: 2 });
  expect(picture.until).toBe(2);
  expect(nearestPlace(picture, 0.19, null)).toBe(3);
  expect(placeOf([0, 1, 3], -1)).toBe(-1);
  expect(placeOf([0, 1, 3], 2)).toBe(1);
});

test('bytes as text: what ends a line is seen', () => {
  expect(textOfHex('312c320d0a')).toBe('1,2\\r\\n');
  expect(textOfHex('02ff41')).toBe('··A');
});

test('the window begins at the peak, steps by key and shows the digits that were sent with their frame', async () => {
  const { show, sent } = farSide(replayOf());
  show(<ReplayDialog runId="R1" title="CJ1" onClose={() => undefined} />);
  await waitFor(() => expect(screen.getByTestId('replay-load').textContent).toBe('3.00'));
  expect(screen.getByTestId('replay-frame').textContent).toBe('2\\r\\n');
  expect(key('ArrowLeft')).toBe(true);
  await waitFor(() => expect(screen.getByTestId('replay-load').textContent).toBe('2.00'));
  expect(key('PageDown')).toBe(true);
  await waitFor(() => expect(screen.getByTestId('replay-cursor').dataset['index']).toBe('3'));
  expect(key('ArrowUp')).toBe(true);
  await waitFor(() => expect(sent.filter(({ name }) => name === 'runs.replay').at(-1)?.input).toHaveProperty('fromS'));
  expect(screen.queryByTestId('replay-pick')).toBeNull();
});

test('a difference is an alarm with its words beside the figures', async () => {
  const { show } = farSide(
    replayOf({
      verdict: { state: 'different', words: '不一致', faults: ['第 3 块与其校验值不符，数据被改动过。'] },
      figures: [{ name: '最大力 Fm', unit: 'kN', sealed: '3.0', recorded: '4.0', recomputed: '3.0', same: false }],
    }),
  );
  show(<ReplayDialog runId="R1" title="CJ1" onClose={() => undefined} />);
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('数据被改动过'));
  expect(screen.getByTestId('replay-figures').textContent).toContain('不一致');
});

const bar = (readings: Parameters<typeof reading>[0][]) =>
  recordOf('rebar-ribbed', ['QF', 'KL'], {
    runs: [runOf({ field: 'Fm_kN', remarks: ['曲线上没有明显屈服。'] })],
    readings: readings.map((changes) => reading({ field: 'FeL_kN', ...changes })),
  });

test('a value says whether the curve gave it or a person typed it; the one of the curve stays readable', () => {
  const { show } = farSide(replayOf());
  const ofCurve = { value: '138.2', source: 'instrument', runNo: 'CJ1' } as const;
  const record = bar([
    { ...ofCurve, current: false },
    { value: '139.0', source: 'keyboard', reason: '对照曲线' },
  ]);
  expect(curveLines(record)).toHaveLength(1);
  show(<CurveValues record={record} onChanged={() => undefined} />);
  const line = screen.getByTestId('curve-value-FeL_kN-1');
  expect(line.textContent).toContain('键入');
  expect(line.querySelector('s')?.textContent).toBe('138.2');
  expect(line.textContent).toContain('没有明显屈服');
  cleanup();
  show(<CurveValues record={bar([ofCurve])} onChanged={() => undefined} />);
  expect(screen.getByTestId('curve-value-FeL_kN-1').textContent).toContain('曲线');
});

test('another point of the curve is taken with a reason, and the reason names the point', async () => {
  const { show, sent } = farSide(replayOf());
  show(<CurveValues record={bar([])} onChanged={() => undefined} />);
  expect(screen.getByTestId('curve-value-FeL_kN-1').textContent).toContain('曲线没有给出');
  fireEvent.click(screen.getByTestId('curve-pick-FeL_kN-1'));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('replay-pick').disabled).toBe(false));
  fireEvent.click(screen.getByTestId('replay-pick'));
  const confirm = (): HTMLButtonElement => screen.getByTestId('reason-confirm');
  expect(confirm().disabled).toBe(true);
  fireEvent.change(screen.getByTestId('reason-text'), { target: { value: '瞬时效应' } });
  fireEvent.click(confirm());
  await waitFor(() => expect(sent.at(-1)?.name).toBe('records.enter'));
  expect(sent.at(-1)?.input).toEqual({
    recordNo: 'YS1',
    entries: [{ field: 'FeL_kN', specimenNo: 1, position: null, value: '1.00' }],
    reason: '瞬时效应（CJ1 第 2 点，0.100 s）',
  });
});
