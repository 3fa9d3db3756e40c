// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { RecordStop, TestRecord } from '../../shared/entities/record.ts';
import { ClientProvider } from '../client.ts';
import { StopsPanel, runOfStop } from './StopsPanel.tsx';
import { farSide, recordOf, runOf } from './testRecord.test-helper.ts';

// Curves are drawn on a canvas, which this page does not have.
vi.mock('../curve/RunCurve.tsx', () => ({
  RunCurve: ({ runId }: { runId: string }) => <i data-testid="curve">{runId}</i>,
}));

afterEach(cleanup);

const stop = (changes: Partial<RecordStop> = {}): RecordStop => ({
  code: 'STOP_YIELD_FAR_BELOW_GRADE',
  message: '拉伸试件 2 下屈服强度 196 MPa，不到特征值的一半。',
  meaning: '屈服点很可能取在曲线的假下降处。',
  next: '请对照曲线核对。',
  field: 'FeL_kN.1',
  release: null,
  ...changes,
});
const withStops = (stops: RecordStop[], changes: Partial<TestRecord> = {}): TestRecord =>
  recordOf('rebar-ribbed', ['QF', 'KL'], {
    runs: [1, 2].map((specimenNo) => runOf({ runId: `R${specimenNo}`, specimenNo })),
    result: { stops } as unknown as TestRecord['result'],
    ...changes,
  });

function show(record: TestRecord) {
  const side = farSide();
  const onChanged = vi.fn();
  render(
    <ClientProvider value={side.client}>
      <StopsPanel record={record} onChanged={onChanged} />
    </ClientProvider>,
  );
  return { ...side, onChanged };
}
const open = (one: RecordStop) => fireEvent.click(screen.getByTestId(`stop-${one.code}-${one.field}`));
const field = (name: string): HTMLInputElement => screen.getByTestId(`release-${name}`);
function fill(reason: string, username: string, password: string): void {
  fireEvent.change(field('reason'), { target: { value: reason } });
  fireEvent.change(field('second'), { target: { value: username } });
  fireEvent.change(field('password'), { target: { value: password } });
}

test('a record without stops shows nothing', () => {
  show(withStops([]));
  expect(screen.queryByTestId('stops')).toBeNull();
});

test('a stop goes on only with a reason and a second name and password, bound to what was shown', async () => {
  const { sent, onChanged } = show(withStops([stop()]));
  open(stop());
  expect(screen.getByTestId('curve').textContent).toBe('R2');
  const go = screen.getByTestId<HTMLButtonElement>('release-go');
  fill(' ', 'jiaohe', 'secret');
  expect(go.disabled).toBe(true);
  fill('已查看曲线', 'jiaohe', '');
  expect(go.disabled).toBe(true);
  fill('已查看曲线', ' jiaohe ', 'secret');
  fireEvent.click(go);
  await waitFor(() => expect(onChanged).toHaveBeenCalledOnce());
  expect(sent.at(-1)).toEqual({
    name: 'records.releaseStop',
    input: {
      recordNo: 'YS1',
      code: 'STOP_YIELD_FAR_BELOW_GRADE',
      field: 'FeL_kN.1',
      digest: 'd'.repeat(64),
      reason: '已查看曲线',
      second: { username: 'jiaohe', password: 'secret' },
    },
  });
});

test('a refusal stays in the dialog with what was typed; the next stop keeps the name and never the password', async () => {
  const other = stop({ code: 'STOP_TENSILE_YIELD_RATIO' });
  const { refuse } = show(withStops([stop(), other]));
  open(stop());
  fill('已查看曲线', 'jiance', 'secret');
  refuse('第二人不能是本人。');
  fireEvent.click(screen.getByTestId('release-go'));
  expect((await screen.findByTestId('error-block')).textContent).toContain('第二人不能是本人');
  expect(field('reason').value).toBe('已查看曲线');
  fill('已查看曲线', 'jiaohe', 'secret');
  fireEvent.click(screen.getByTestId('release-go'));
  await waitFor(() => expect(screen.queryByTestId('release-go')).toBeNull());
  open(other);
  expect([field('second').value, field('password').value, field('reason').value]).toEqual(['jiaohe', '', '']);
});

test('a released stop says who let it go on and why', () => {
  const release = { reason: '已复测', personName: '梁志远', secondName: '欧阳健', at: '2026-04-10T09:00:00+08:00' };
  show(withStops([stop({ release })]));
  expect(screen.getByTestId('stops').textContent).toContain('梁志远、欧阳健 已确认：已复测');
  expect(screen.queryByRole('button')).toBeNull();
});

test('a stop of the compression shows the curve of the compression, not of the flexure', () => {
  const runs = [
    runOf({ runId: 'bent', field: 'flexureLoads_N', specimenNo: 1 }),
    runOf({ runId: 'crushed-before', field: 'compressionLoads_kN', specimenNo: 1, validity: 'repeated' }),
    runOf({ runId: 'crushed', field: 'compressionLoads_kN', specimenNo: 1 }),
  ];
  const record = recordOf('cement-strength', ['KZ', 'KY'], { runs });
  expect(runOfStop(record, { field: 'compressionLoads_kN.0' })?.runId).toBe('crushed');
  expect(runOfStop(record, { field: 'compressionRates_kN_s.0' })?.runId).toBe('crushed');
  expect(runOfStop(record, { field: 'flexureRates_kN_s.0' })?.runId).toBe('bent');
  expect(runOfStop(record, { field: 'compressionLoads_kN' })).toBeUndefined();
  const bars = recordOf('rebar-ribbed', ['ZLPC'], { runs: [runOf({ field: 'Fm_kN' })] });
  expect(runOfStop(bars, { field: 'totalMass_g.0' })).toBeUndefined();
});
