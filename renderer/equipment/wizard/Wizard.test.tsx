// @vitest-environment jsdom
// The wizard as a keeper goes through it: back and forth without loss, closed without a question, the figure hidden
// until the display was compared, every refusal in words.
import { App as AntApp } from 'antd';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../../shared/contract/calls.ts';
import type { Trial } from '../../../shared/contract/instruments.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import { ClientProvider, type WindowClient } from '../../client.ts';
import { runHotkey } from '../../design/hotkeys.ts';
import { useSession } from '../../state/session.ts';
import { Wizard } from './Wizard.tsx';

const keeper = { userId: 'U1', username: 'shebei', personId: 'P1', name: '许文涛', roles: ['equipmentKeeper' as const], disabled: false }; // prettier-ignore
const line = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
const driver = { version: '1.0.0', streams: false, runs: false, needsProfile: false, line, status: 'proven', statusNote: null } as const; // prettier-ignore
const history: CallOutput<'instruments.history'> = {
  state: 'none',
  reason: null,
  setting: null,
  certificateNo: '',
  rangeText: '0～220 g',
  accuracyClass: '',
  validTo: '2027-05-01',
  records: [],
};
const reading: Trial = {
  equipmentId: 'E5', path: 'COM3', line, driverId: 'mt-sics', driverTitle: '天平', runs: false, state: 'open', reason: null, bytes: 40,
  frames: 2, rejectedBytes: 0, reading: { value: '52.34', unit: 'g', stable: true, at: '2026-11-23T10:00:00.000+08:00' }, condition: null,
  identity: 'B1', identityState: 'known', refusals: [], profileProblems: [], trouble: null, confirmed: null, zero: null, hasZero: true, note: null,
}; // prettier-ignore

let stored: string | null;
let sent: { name: CallName; input: unknown }[];
let listener: (event: CoreEvent) => void;
let answers: Partial<Record<CallName, (input: never) => unknown>>;
const closed = vi.fn();

const client = {
  async call(name: CallName, input: unknown) {
    await Promise.resolve();
    sent.push({ name, input });
    if (name === 'drafts.load') return { content: stored, savedAt: null };
    if (name === 'drafts.save') stored = (input as { content: string }).content;
    if (name === 'drafts.discard') stored = null;
    return answers[name]?.(input as never) ?? {};
  },
  subscribe: (each: (event: CoreEvent) => void) => {
    listener = each;
    return () => undefined;
  },
  watchLink: () => () => undefined,
} as unknown as WindowClient;

beforeEach(() => {
  stored = null;
  sent = [];
  closed.mockReset();
  answers = {
    'instruments.drivers': () => ({
      drivers: [
        { id: 'mt-sics', title: '天平', ...driver },
        { id: 'line-profile', title: '行协议', ...driver, needsProfile: true },
        { id: 'kern', title: '科恩', ...driver, status: 'unproven', statusNote: '没有真实天平的报文。' },
      ],
    }),
    'instruments.ports': () => ({
      ports: [
        { path: 'COM3', manufacturer: 'wch.cn', serialNumber: 'A1', place: '1-1.4', present: true, equipmentId: null, equipmentName: null, formerPath: null },
        { path: 'COM4', manufacturer: null, serialNumber: null, place: null, present: true, equipmentId: 'E9', equipmentName: '压力机', formerPath: 'COM8' },
      ],
    }), // prettier-ignore
    'instruments.try': () => reading,
    'instruments.keepTrial': () => reading,
  };
  window.addEventListener('keydown', runHotkey);
  useSession.setState({
    keeper,
    session: { state: 'open', user: keeper, institutionName: '', trainingMode: false, trainingHint: null },
  });
});
afterEach(async () => {
  cleanup();
  window.removeEventListener('keydown', runHotkey);
  await act(() => new Promise((resolve) => setTimeout(resolve, 0)));
});

const show = (): void => {
  render(
    <AntApp>
      <ClientProvider value={client}>
        <Wizard machine={{ id: 'E5', name: '天平' }} history={history} onClose={closed} />
      </ClientProvider>
    </AntApp>,
  );
};
const press = (key: string): void => void fireEvent.keyDown(document.body, { key, code: key });
const type = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};
const go = (step: string): void => void fireEvent.click(screen.getByTestId(`wizard-go-${step}`));
const calledWith = <N extends CallName>(name: N): CallInput<N>[] =>
  sent.flatMap((each) => (each.name === name ? [each.input as CallInput<N>] : []));

async function chosen(): Promise<void> {
  show();
  await screen.findAllByTestId('wizard-port');
  type('wizard-path', 'COM3');
  go('driver');
  await screen.findByText('行协议');
  type('wizard-driver', 'mt-sics');
  await waitFor(() => expect(screen.getByTestId('wizard-reading').textContent).toBe('52.34'), { timeout: 3000 });
}

test('ports have names, serial numbers and owners; the port of another machine cannot be chosen', async () => {
  show();
  const [mine, other] = await screen.findAllByTestId('wizard-port');
  expect(mine?.textContent).toContain('wch.cn，序列号 A1，插口 1-1.4');
  expect(other?.textContent).toContain('已设给 E9 压力机');
  expect(other?.textContent).toContain('原来叫 COM8');
  expect(other?.querySelector('input')?.disabled).toBe(true);
  expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(true);
  fireEvent.click(mine!.querySelector('input')!);
  press('F8');
  expect(screen.getByTestId('wizard').dataset['step']).toBe('probe');
  press('F7');
  expect(mine!.isConnected).toBe(false);
  expect(screen.getByTestId<HTMLInputElement>('wizard-path').value).toBe('COM3');
});

test('the line is tried with what was chosen; closing ends it, asks nothing, and keeps the draft', async () => {
  await chosen();
  expect(calledWith('instruments.try').at(-1)).toEqual({ equipmentId: 'E5', path: 'COM3', line, driver: { id: 'mt-sics', profile: null } }); // prettier-ignore
  press('Escape');
  expect(closed).toHaveBeenCalledOnce();
  cleanup();
  await waitFor(() => expect(calledWith('instruments.endTrial')).toEqual([{ equipmentId: 'E5' }]));
  await waitFor(() => expect(stored).not.toBeNull());
  show();
  await waitFor(() => expect(screen.getByTestId('wizard').dataset['step']).toBe('driver'));
  await waitFor(() => expect(screen.getByTestId<HTMLSelectElement>('wizard-driver').value).toBe('mt-sics'));
});

test('the figure is hidden until the display was compared; both figures stand in the refusal', async () => {
  await chosen();
  go('display');
  expect(screen.getByTestId('wizard-reading').textContent).not.toContain('52');
  expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(true);
  answers['instruments.confirmDisplay'] = () => {
    throw new AppError({ code: 'X', message: '显示值 5.234 g，收到的是 52.34 g，不一致。', next: '改正配置。' });
  };
  type('display-shown', '5.234');
  type('display-unit', 'g');
  fireEvent.submit(screen.getByTestId('step-display'));
  expect((await screen.findByTestId('error-block')).textContent).toContain('52.34 g');
  const confirmed = { shown: { value: '52.34', unit: 'g' }, received: { value: '52.34', unit: 'g' }, at: '2026-11-23T10:00:00.000+08:00' }; // prettier-ignore
  answers['instruments.confirmDisplay'] = () => ({ ...reading, confirmed });
  type('display-shown', '52.34');
  fireEvent.submit(screen.getByTestId('step-display'));
  await screen.findByTestId('display-confirmed');
  expect(calledWith('instruments.confirmDisplay').at(-1)).toEqual({ equipmentId: 'E5', shown: '52.34', unit: 'g' });
  expect(screen.getByTestId('wizard-reading').textContent).toBe('52.34');
  expect(screen.getByTestId('wizard-next').hasAttribute('disabled')).toBe(false);
});

test.each([
  ['silent', '已询问 9 次，仪器没有应答。'],
  ['garbage', '收到的是乱码。'],
  ['denied', '端口被占用。'],
])('%s is said with what to do', async (code, message) => {
  await chosen();
  const trouble = { code, message, next: '请检查。' };
  act(() =>
    listener({ type: 'instrument.trial', trial: { ...reading, reading: null, trouble }, pieces: [], dropped: 0 }),
  );
  const said = screen.getByTestId('wizard-trouble');
  expect(said.textContent).toContain(message);
  expect(said.textContent).toContain('怎么办');
  expect(screen.getByTestId('wizard-reading').textContent).toBe('—');
});

test('bytes are shown in hex and as text, with their direction and time', async () => {
  await chosen();
  go('raw');
  const at = Date.parse('2026-11-23T10:00:01.250+08:00');
  const pieces = [
    { at, out: true, hex: '53490d0a' },
    { at, out: false, hex: '5320532000ff0d0a' },
  ];
  act(() => listener({ type: 'instrument.trial', trial: reading, pieces, dropped: 7 }));
  const shown = screen.getByTestId('wizard-raw').textContent;
  expect(shown).toContain('10:00:01.250→53 49 0D 0ASI<CR><LF>');
  expect(shown).toContain('←53 20 53 20 00 FF 0D 0AS S ··<CR><LF>');
  expect(screen.getByText(/另有 7 字节/)).toBeTruthy();
});

test('a field that the driver refuses is marked where it stands; a driver not proven says so', async () => {
  answers['instruments.try'] = (input: CallInput<'instruments.try'>) =>
    input.driver?.id === 'line-profile'
      ? { ...reading, reading: null, profileProblems: [{ field: 'columns', message: '必须有且只有一列 load（力值）' }] }
      : reading;
  await chosen();
  type('wizard-driver', 'line-profile');
  await waitFor(() => expect(screen.getByTestId('wizard-profile').textContent).toContain('必须有且只有一列'), {
    timeout: 3000,
  });
  fireEvent.click(screen.getByTestId('profile-add-columns'));
  type('profile-columns.0.role', 'load');
  await waitFor(() => expect(calledWith('instruments.try').at(-1)?.driver?.profile).toContain('"role":"load","unit":"kN"'), { timeout: 3000 }); // prettier-ignore
  type('wizard-driver', 'kern');
  expect(screen.getByTestId('step-driver').textContent).toContain('未经实机验证');
  expect(screen.getByTestId('step-driver').textContent).toContain('没有真实天平的报文');
  type('wizard-driver', 'line-profile');
  expect(screen.getByTestId<HTMLSelectElement>('profile-columns.0.role').value).toBe('load');
});

test('nothing is recorded while it is still being asked which instrument it is', async () => {
  answers['instruments.try'] = () => ({ ...reading, identity: null, identityState: 'asking' });
  await chosen();
  go('record');
  const button = screen.getByTestId<HTMLButtonElement>('record-store');
  expect(button.disabled).toBe(true);
  expect(button.textContent).toContain('正在询问仪器编号');
});

test('a refused record leaves the form; a stored one drops the draft and closes', async () => {
  await chosen();
  go('record');
  type('record-certificateNo', 'JZ-1');
  type('record-accuracyClass', '1 级');
  answers['instruments.commission'] = () => {
    throw new AppError({ code: 'X', message: '还没有核对示值。', next: '请先核对。' });
  };
  fireEvent.submit(screen.getByTestId('step-record'));
  await screen.findByTestId('error-block');
  expect(screen.getByTestId<HTMLInputElement>('record-certificateNo').value).toBe('JZ-1');
  answers['instruments.commission'] = () => ({});
  fireEvent.submit(screen.getByTestId('step-record'));
  await waitFor(() => expect(closed).toHaveBeenCalled());
  expect(calledWith('instruments.commission').at(-1)).toEqual({ equipmentId: 'E5', certificateNo: 'JZ-1', rangeText: '0～220 g', accuracyClass: '1 级', remark: '' }); // prettier-ignore
  expect(stored).toBeNull();
});
