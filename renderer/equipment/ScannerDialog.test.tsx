// @vitest-environment jsdom
// Scanners: the rule for those that type, and one on a serial port for this workstation alone.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { anyCode } from '../../shared/instrument-files/scanCode.ts';
import { ClientProvider, type WindowClient } from '../client.ts';
import { ScannerDialog } from './ScannerDialog.tsx';

afterEach(cleanup);

function show() {
  const sent: Record<string, unknown>[] = [];
  const list = {
    here: '收样台',
    wedge: anyCode,
    scanners: [
      {
        scannerId: 'S1',
        path: 'COM5',
        baudRate: 9600,
        workstation: '收样台',
        rule: anyCode,
        state: 'reconnecting',
        trouble: '找不到端口 COM5',
      },
    ],
  };
  const client = {
    call(name: string, input: Record<string, unknown>) {
      if (name === 'scanners.set') sent.push(input);
      return Promise.resolve(name === 'bench.ports' ? { ports: [] } : list);
    },
    subscribe: () => () => undefined,
    watchLink: () => () => undefined,
  } as unknown as WindowClient;
  render(
    <ClientProvider value={client}>
      <ScannerDialog onClose={() => undefined} />
    </ClientProvider>,
  );
  return sent;
}
const type = (id: string, value: string) => fireEvent.change(screen.getByTestId(id), { target: { value } });

test('prefix, length and check of scanners that type are kept as one rule', async () => {
  const sent = show();
  await screen.findByTestId('scanners');
  type('wedge-prefix', 'J');
  type('wedge-minLength', '6');
  type('wedge-check', 'mod10');
  fireEvent.click(screen.getByTestId('wedge-save'));
  await waitFor(() =>
    expect(sent).toMatchObject([
      { scannerId: 'wedge', path: '', rule: { ...anyCode, prefix: 'J', minLength: 6, check: 'mod10' } },
    ]),
  );
});

test('a serial scanner goes to this workstation; one that is gone says so', async () => {
  const sent = show();
  await screen.findByTestId('scanners');
  expect(screen.getByTestId('scanner-list').textContent).toMatch(/S1.*本工位.*找不到端口 COM5/);
  expect(screen.getByTestId<HTMLButtonElement>('scanner-save').disabled).toBe(true);
  type('scanner-id', 'S2');
  type('scanner-path', 'COM7');
  fireEvent.click(screen.getByTestId('scanner-save'));
  await waitFor(() =>
    expect(sent).toMatchObject([
      { scannerId: 'S2', path: 'COM7', baudRate: 9600, workstation: '收样台', rule: anyCode },
    ]),
  );
});
