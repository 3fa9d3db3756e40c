// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { TestRecord } from '../../shared/entities/record.ts';
import { ClientProvider } from '../client.ts';
import { entryPlan } from './entryPlan.ts';
import { EntrySheet } from './EntrySheet.tsx';
import { farSide, reading, recordOf, runOf } from './testRecord.test-helper.ts';
import { keepUnsaved } from './unsaved.ts';

afterEach(() => {
  cleanup();
  for (const name of ['pan_g', 'sampleMass_g']) for (const no of [1, 2]) keepUnsaved(`YS1/${name}/${no}`, null);
});

const sieve = (changes: Partial<TestRecord> = {}) => recordOf('sand-sieve', ['XD', 'JP'], changes);
const cell = (id: string): HTMLInputElement => screen.getByTestId(`entry-${id}`);

function show(record: TestRecord) {
  const side = farSide();
  render(
    <ClientProvider value={side.client}>
      <EntrySheet record={record} onChanged={() => undefined} />
    </ClientProvider>,
  );
  return side;
}

test('Enter goes down one portion and then to the next, however the table lies', () => {
  show(sieve());
  expect(document.activeElement).toBe(cell('sampleMass_g-1'));
  fireEvent.keyDown(cell('sampleMass_g-1'), { key: 'Enter' });
  expect(document.activeElement).toBe(cell('retained5000_g-1'));
  cell('pan_g-1').focus();
  fireEvent.keyDown(cell('pan_g-1'), { key: 'Enter' });
  expect(document.activeElement).toBe(cell('sampleMass_g-2'));
});

test('arrows follow the picture: down the column, beside at the end of the text', () => {
  show(sieve());
  fireEvent.keyDown(cell('sampleMass_g-2'), { key: 'ArrowDown' });
  expect(document.activeElement).toBe(cell('retained5000_g-2'));
  fireEvent.keyDown(cell('retained5000_g-2'), { key: 'ArrowLeft' });
  expect(document.activeElement).toBe(cell('retained5000_g-1'));
  fireEvent.keyDown(cell('retained5000_g-1'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(cell('sampleMass_g-1'));
});

test('a first value is sent with its place and without a reason', async () => {
  const { sent } = show(sieve());
  fireEvent.change(cell('pan_g-2'), { target: { value: '24.0' } });
  fireEvent.blur(cell('pan_g-2'));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    name: 'records.enter',
    input: { recordNo: 'YS1', entries: [{ field: 'pan_g', specimenNo: 2, position: null, value: '24.0' }] },
  });
});

test('a value in the place of another waits for a reason, shows both, and is not sent without one', async () => {
  const { sent } = show(sieve({ readings: [reading({})] }));
  fireEvent.change(cell('pan_g-1'), { target: { value: '25.0' } });
  fireEvent.blur(cell('pan_g-1'));
  expect((await screen.findByRole('dialog')).textContent).toContain('24.0 → 25.0');
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('没有写明原因，原来的值不变'));
  expect(sent).toEqual([]);

  fireEvent.blur(cell('pan_g-1'));
  fireEvent.change(await screen.findByTestId('reason-text'), { target: { value: '看错刻度' } });
  fireEvent.click(screen.getByTestId('reason-confirm'));
  await waitFor(() => expect(sent[0]?.input).toMatchObject({ reason: '看错刻度', entries: [{ value: '25.0' }] }));
});

test('the values before a correction stand beside the cell', () => {
  show(sieve({ readings: [reading({ current: false, value: '23.0' }), reading({ reason: '看错刻度' })] }));
  expect(screen.getByTestId('entry-pan_g-1-struck').textContent).toBe('23.0');
});

test('a signed record is shown and cannot be typed into', () => {
  show(sieve({ state: 'tested', readings: [reading({})] }));
  expect(cell('pan_g-1').disabled).toBe(true);
  expect(document.activeElement).toBe(document.body);
});

test('the first value does not take the other empty lines away', () => {
  const zones = (record: TestRecord) =>
    entryPlan(record, {}).required.find(({ set }) => set?.id === 'zone')?.specimens.length;
  const record = recordOf('rebound', ['TD']);
  const usual = zones(record);
  expect(usual).toBe(10);
  const first = reading({ field: 'rebounds', specimenNo: 1, position: 1, value: '34' });
  expect(zones({ ...record, readings: [first] })).toBe(usual);
});

test('a core that was pressed beyond the usual three has its line to type in', () => {
  const pressed = [1, 2, 3, 4].map((specimenNo) =>
    reading({ field: 'loads_kN', specimenNo, source: 'instrument', runNo: `CJ${specimenNo}`, value: '270.0' }),
  );
  const runs = [1, 2, 3, 4].map((specimenNo) =>
    runOf({ runId: `R${specimenNo}`, runNo: `CJ${specimenNo}`, specimenNo }),
  );
  const { required } = entryPlan(recordOf('core-strength', ['TD'], { readings: pressed, runs }), {});
  expect(required.find(({ set }) => set?.id === 'core')?.specimens).toEqual([1, 2, 3, 4]);
});
