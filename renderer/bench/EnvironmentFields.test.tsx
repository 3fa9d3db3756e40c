// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { TestRecord } from '../../shared/entities/record.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { EnvironmentFields } from './EnvironmentFields.tsx';

afterEach(cleanup);

interface Environment {
  temperatureC: string;
  humidityPercent: string;
}
const sent: Environment[] = [];
let answer: (() => void)[] = [];

const client = {
  call: (name: string, input: { environment: Environment }) => {
    if (name !== 'bench.environment') return Promise.resolve({ content: null, savedAt: null });
    sent.push({ ...input.environment });
    return new Promise<void>((resolve) => answer.push(resolve));
  },
  subscribe: () => () => undefined,
  watchLink: () => () => undefined,
} as unknown as WindowClient;

const record = (environment: Environment | null) =>
  ({ recordNo: 'YS1', state: 'testing', environment }) as unknown as TestRecord;

function show(environment: Environment | null) {
  sent.length = 0;
  answer = [];
  render(
    <ClientProvider value={client}>
      <EnvironmentFields record={record(environment)} onChanged={() => undefined} />
    </ClientProvider>,
  );
  const field = (name: string) => screen.getByTestId<HTMLInputElement>(`bench-${name}`);
  const type = (name: string, text: string) => fireEvent.change(field(name), { target: { value: text } });
  return { field, type };
}

test('what is typed while the answer to the field before is on its way is kept and saved as well', async () => {
  const { field, type } = show({ temperatureC: '25', humidityPercent: '50' });
  type('temperatureC', '20');
  fireEvent.blur(field('temperatureC'));
  await waitFor(() => expect(sent).toEqual([{ temperatureC: '20', humidityPercent: '50' }]));
  type('humidityPercent', '60');
  answer.shift()?.();
  await waitFor(() => expect(sent.at(-1)).toEqual({ temperatureC: '20', humidityPercent: '60' }));
  answer.shift()?.();
  await waitFor(() => expect(field('humidityPercent').disabled).toBe(false));
  expect(sent).toHaveLength(2);
});

test('an impossible climate is said beside the fields and never sent', () => {
  const { field, type } = show(null);
  type('temperatureC', '99');
  type('humidityPercent', '-5');
  fireEvent.blur(field('humidityPercent'));
  expect(screen.getByTestId('bench-environment').textContent).toContain('温度应在 -30 ℃ 至 60 ℃ 之间');
  expect(sent).toEqual([]);
});
