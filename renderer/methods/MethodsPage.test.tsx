// @vitest-environment jsdom
// The library on the screen: read by everybody, changed by the quality manager with a reason, driven by keys.
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { MethodsPage } from './MethodsPage.tsx';
import { show, TestLab } from './testLab.tsx';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addListener() {}, removeListener() {} }));
});
afterEach(() => {
  cleanup();
  window.removeEventListener('keydown', runHotkey);
  useUi.getState().reset();
  useSession.setState({ session: null, keeper: null });
  vi.unstubAllGlobals();
});

const press = (key: string, on: Element = document.activeElement ?? document.body): void => {
  fireEvent.keyDown(on, { key, code: key.length === 1 ? '' : key });
};
const opened = (): string | undefined => screen.queryByTestId('method-detail')?.dataset['method'];
const listed = (): (string | undefined)[] => screen.queryAllByTestId('method-row').map((row) => row.dataset['key']);
function open(methodId: string, roles: Parameters<typeof show>[1] = ['qualityManager'], lab = new TestLab()): TestLab {
  useUi.getState().go('methods', methodId);
  show(lab, roles, <MethodsPage />);
  return lab;
}
const byName = (testId: string, name: string): HTMLElement => {
  const found = screen.getAllByTestId(testId).find((element) => element.dataset['name'] === name);
  if (found === undefined) throw new Error(`no ${testId} named ${name}`);
  return found;
};
const fill = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};

test('slash searches, also with a slash in the text; arrow goes to the list, Enter into the method, Escape back', () => {
  show(new TestLab(), ['technician'], <MethodsPage />);
  screen.getByRole('grid').focus();
  press('/');
  const search = screen.getByTestId('method-search');
  expect(document.activeElement).toBe(search);
  // The second slash is typed, not caught.
  expect(fireEvent.keyDown(search, { key: '/', code: 'Slash' })).toBe(true);
  fill('method-search', 'JGJ/T 70');
  expect(listed()).toEqual(['mortar-cube']);
  press('ArrowDown');
  expect(document.activeElement).toBe(screen.getByRole('grid'));
  expect(opened()).toBe('mortar-cube');
  press('Enter');
  expect(document.activeElement).toBe(screen.getByTestId('method-detail'));
  press('Escape');
  expect(document.activeElement).toBe(screen.getByRole('grid'));
});

test('arrows move through the list, the F keys through the parts, which stay from method to method', () => {
  open('concrete-cube', ['technician']);
  screen.getByRole('grid').focus();
  press('ArrowDown');
  expect(opened()).toBe('concrete-flexural');
  press('F3');
  expect(screen.getByTestId('method-fields').textContent).toContain('收样时填写');
  press('ArrowUp');
  expect(opened()).toBe('concrete-cube');
  expect(screen.getByTestId('method-fields').textContent).toContain('破坏荷载');
  press('F2');
  expect(screen.getByTestId('method-editions').textContent).toContain('GB/T 50081-2019');
  expect(screen.getByTestId('method-tolerances').textContent).toContain('±20 h');
  press('F4');
  expect(screen.getByTestId('method-limits').textContent).toContain('没有限值');
  press('F6');
  expect(screen.getByTestId('method-policies').textContent).toContain('尺寸换算系数的计算顺序');
});

test('whoever may not change sees the same and no button', async () => {
  const lab = new TestLab();
  lab.put({ methodId: 'rebar-ribbed', name: 'agtStep', option: '0.5', reason: '按作业指导书' });
  open('rebar-ribbed', ['technician', 'checker', 'administrator'], lab);
  press('F6');
  await waitFor(() => expect(byName('policy', 'agtStep').dataset['option']).toBe('0.5'));
  expect(byName('policy', 'agtStep').textContent).toContain('按作业指导书');
  expect(screen.getByTestId('method-policies').querySelectorAll('button')).toHaveLength(0);
  press('F4');
  expect(screen.getAllByTestId('limit-table').length).toBeGreaterThan(2);
  expect(screen.getByTestId('method-limits').querySelectorAll('button')).toHaveLength(0);
});

test('another reading is chosen with a reason, and stands there at once', async () => {
  const lab = open('concrete-cube');
  press('F6');
  fireEvent.click(await screen.findByTestId('policy-choose-single-first'));
  const dialog = screen.getByTestId('policy-change');
  expect(dialog.textContent).toContain('先定组值，再乘换算系数');
  expect(screen.getByTestId('reason-confirm').hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(/对此后新建的原始记录生效/).textContent).toContain('保持建立时的设置');
  fill('reason-text', '按主管部门解释');
  fireEvent.submit(screen.getByTestId('reason-text').closest('form')!);
  await waitFor(() => expect(byName('policy', 'factorOrder').dataset['option']).toBe('single-first'));
  expect(lab.changes).toEqual([
    { methodId: 'concrete-cube', name: 'factorOrder', option: 'single-first', reason: '按主管部门解释' },
  ]);
  expect(screen.queryByTestId('policy-change')).toBeNull();
  const row = screen.getAllByTestId('method-row').find((element) => element.dataset['key'] === 'concrete-cube');
  expect(row?.textContent).toContain('改 1');
});

test('a refused change stays open and says why', async () => {
  const lab = open('concrete-cube');
  lab.refusing.add('concrete-cube');
  press('F6');
  fireEvent.click(await screen.findByTestId('policy-choose-single-first'));
  fill('reason-text', '试试');
  fireEvent.submit(screen.getByTestId('reason-text').closest('form')!);
  await waitFor(() => expect(screen.getByTestId('error-block').textContent).toContain('数据库正忙'));
  expect(screen.getByTestId<HTMLInputElement>('reason-text').value).toBe('试试');
});

test('the way here: who, when, from what to what, why', async () => {
  const lab = new TestLab();
  lab.put({ methodId: 'concrete-cube', name: 'factorOrder', option: 'group-first' });
  const line = { actor: '谭敏仪(zhiliang)', workstation: '质量室', field: 'value', action: 'update' };
  lab.history = [
    {
      ...line,
      seq: 9,
      at: '2026-11-23T09:00:00+08:00',
      oldValue: '"single-first"',
      newValue: '"group-first"',
      reason: '复核',
    },
    {
      ...line,
      seq: 5,
      at: '2026-11-20T09:00:00+08:00',
      action: 'insert',
      field: null,
      oldValue: null,
      newValue: '{"key":"policy.concrete-cube.factorOrder","value":"single-first"}',
      reason: '按主管部门解释',
    },
  ];
  open('concrete-cube', ['technician'], lab);
  press('F6');
  const details = (await screen.findByText('更改经过')).closest('details')!;
  details.open = true;
  fireEvent(details, new Event('toggle'));
  const table = await screen.findByTestId('policy-history');
  await waitFor(() => expect(within(table).getAllByRole('row')).toHaveLength(3));
  const texts = within(table)
    .getAllByRole('row')
    .map((row) => row.textContent);
  expect(texts[1]).toContain('先定组值，再乘换算系数原为：单块先乘换算系数，再定组值复核');
  expect(texts[2]).toContain('2026-11-20 09:00谭敏仪(zhiliang)');
  expect(texts[2]).toContain('单块先乘换算系数，再定组值原为：先定组值，再乘换算系数');
  expect(lab.asked).toEqual([{ entity: 'setting', key: 'policy.concrete-cube.factorOrder' }]);
});
