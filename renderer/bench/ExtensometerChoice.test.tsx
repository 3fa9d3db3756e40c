// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { BenchState } from '../../shared/contract/answers.ts';
import type { CollectionDocument } from '../../shared/entities/collections.ts';
import { addDays, toCalendarDay } from '../../shared/entities/scalars.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { ExtensometerChoice, extensometersFor, standingOf } from './ExtensometerChoice.tsx';

type Machine = CollectionDocument<'equipment'>;
afterEach(cleanup);

const today = toCalendarDay(Date.now());
const machine = (id: string, changes: Partial<Machine> = {}): Machine =>
  ({ id, name: id, model: 'M', itemCodes: ['GJ-DL'], validTo: addDays(today, 200), state: 'inUse', extensometer: null, ...changes }) as Machine; // prettier-ignore
const gauge = { gaugeMm: '100', accuracyClass: '1', classStandard: 'GB/T 12160-2019', rangeMm: '25', certificateNo: 'C-1' } as const; // prettier-ignore
const press = machine('E004');
const all = [
  press,
  machine('E014', { extensometer: { ...gauge, gaugeMm: '50' }, validTo: addDays(today, -1) }),
  machine('E013', { extensometer: gauge }),
  machine('E015', { extensometer: gauge, state: 'scrapped' }),
  machine('E016', { extensometer: gauge, itemCodes: ['HNT-KY'] }),
  machine('E017', { extensometer: gauge, state: 'stopped' }),
];

function show(extensometerId: string | null, answer: () => Promise<unknown> = () => Promise.resolve({})) {
  const calls: unknown[] = [];
  const client = {
    call: (name: string, input: unknown) => {
      calls.push([name, input]);
      return answer();
    },
    subscribe: () => () => undefined,
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  render(
    <ClientProvider value={client}>
      <ExtensometerChoice machine={press} equipment={all} state={{ extensometerId } as BenchState} />
    </ClientProvider>,
  );
  return calls;
}

test('offered is what the lab has for the items of the machine; what is gone is not', () => {
  expect(extensometersFor(press, all).map(({ id }) => id)).toEqual(['E013', 'E014', 'E017']);
  expect(extensometersFor(machine('E001', { itemCodes: ['SN-QD'] }), all)).toEqual([]);
});

test('the certificate is said in words', () => {
  expect(standingOf(machine('a'))).toMatchObject({ tone: 'good' });
  expect(standingOf(machine('a', { validTo: addDays(today, 10) }))).toMatchObject({ tone: 'warn' });
  expect(standingOf(machine('a', { validTo: addDays(today, -1) })).word).toContain('已过期');
  expect(standingOf(machine('a', { state: 'pending' })).word).toBe('待平台批准');
  expect(standingOf(machine('a', { state: 'rejected' })).word).toBe('平台退回');
});

test('one is taken, or none; a refusal of the gate stays in the dialog', async () => {
  const refusal = new AppError({ code: 'GATE_EQUIPMENT_EXPIRED', message: '已超期。', next: '请送检。' });
  let refuse = true;
  const calls = show('E013', () => (refuse ? Promise.reject(refusal) : Promise.resolve({})));
  const button = screen.getByTestId('bench-extensometer');
  expect(button.textContent).toContain('E013 标距 100 mm，1 级');
  fireEvent.click(button);
  const radio = (id: string) => screen.getByTestId(`extensometer-${id}`).querySelector('input')!;
  expect(radio('E013').checked).toBe(true);
  fireEvent.click(radio('E014'));
  fireEvent.click(screen.getByTestId('extensometer-save'));
  await waitFor(() => expect(document.body.textContent).toContain('已超期。'));
  expect(calls).toEqual([['bench.extensometer', { equipmentId: 'E004', extensometerId: 'E014' }]]);
  refuse = false;
  fireEvent.click(radio('none'));
  fireEvent.click(screen.getByTestId('extensometer-save'));
  await waitFor(() => expect(screen.queryByTestId('extensometer-save')).toBeNull());
  expect(calls.at(-1)).toEqual(['bench.extensometer', { equipmentId: 'E004', extensometerId: null }]);
});

test('where the lab has none for this machine, nothing is offered; one that is still chosen is shown', () => {
  show(null);
  expect(screen.getByTestId('bench-extensometer').textContent).toContain('不用');
  cleanup();
  const bare = { call: () => Promise.resolve({}), subscribe: () => () => undefined, watchLink: () => () => undefined };
  render(
    <ClientProvider value={bare as unknown as WindowClient}>
      <ExtensometerChoice machine={press} equipment={[press]} state={{ extensometerId: null } as BenchState} />
    </ClientProvider>,
  );
  expect(screen.queryByTestId('bench-extensometer')).toBeNull();
});
