// @vitest-environment jsdom
// Confirming limits: never without the print it was compared with, all the same figures in one act, each on its own.
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { methodById } from '../../shared/methods/index.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { comparedReason } from './confirmLimits.ts';
import { MethodsPage } from './MethodsPage.tsx';
import { limitBadge, policyStates, storedLabel } from './policyState.ts';
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

const standard = 'limits GB 1499.2-2024';
const reason = comparedReason({ print: 'GB 1499.2-2024 第 1 版', place: '第 6 页 表 6', note: '' });

async function limitsOf(methodId: string, lab: TestLab): Promise<void> {
  useUi.getState().go('methods', methodId);
  show(lab, ['qualityManager'], <MethodsPage />);
  await screen.findByTestId('method-detail');
  fireEvent.keyDown(document.body, { key: 'F4', code: 'F4' });
}
const standing = (name: string): string | undefined =>
  screen.getAllByTestId('confirmation').find((element) => element.dataset['name'] === name)?.dataset['state'];
const within = (name: string, testId: string): HTMLElement | null | undefined =>
  screen
    .getAllByTestId('confirmation')
    .find((element) => element.dataset['name'] === name)
    ?.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
const type = (testId: string, value: string): void => {
  fireEvent.change(screen.getByTestId(testId), { target: { value } });
};
const ready = (): boolean => !screen.getByTestId('confirm-go').hasAttribute('disabled');
const go = (): void => void fireEvent.submit(screen.getByTestId('confirm-go').closest('form')!);

async function openDialog(lab: TestLab): Promise<void> {
  await limitsOf('rebar-ribbed', lab);
  await waitFor(() => expect(within(standard, 'limits-confirm')).not.toBeNull());
  fireEvent.click(within(standard, 'limits-confirm')!);
  expect(screen.getByTestId('confirm-tables')).toBe(document.activeElement);
}
function fillIn(): void {
  type('confirm-print', 'GB 1499.2-2024 第 1 版');
  type('confirm-place', '第 6 页 表 6');
  fireEvent.click(screen.getByTestId('confirm-checked'));
}

test('the whole table is there; print, page and the word that every row was compared are needed', async () => {
  const lab = new TestLab();
  await openDialog(lab);
  const shown = screen.getByTestId('confirm-tables').querySelectorAll('[data-testid="limit-table"]');
  expect(shown).toHaveLength(3);
  expect(screen.getByTestId('confirm-tables').textContent).not.toContain('GB/T 1499.2-2018');
  expect(ready()).toBe(false);
  go();
  fireEvent.click(screen.getByTestId('confirm-checked'));
  expect(ready()).toBe(false);
  type('confirm-print', 'GB 1499.2-2024 第 1 版');
  expect(ready()).toBe(false);
  type('confirm-place', '   ');
  expect(ready()).toBe(false);
  type('confirm-place', '第 6 页 表 6');
  expect(ready()).toBe(true);
  for (const name of ['print', 'place', 'note']) type(`confirm-${name}`, '长'.repeat(100));
  expect(ready()).toBe(false);
  go();
  await Promise.resolve();
  expect(lab.changes).toEqual([]);
});

test('the same figures elsewhere are confirmed in the same act, each with the reason', async () => {
  const lab = new TestLab();
  await openDialog(lab);
  fillIn();
  go();
  await waitFor(() => expect(standing(standard)).toBe('confirmed'));
  expect(lab.changes).toEqual([
    { methodId: 'rebar-ribbed', name: standard, option: 'confirmed', reason },
    { methodId: 'rebar-straightened', name: standard, option: 'confirmed', reason },
  ]);
  expect(screen.queryByTestId('confirm-go')).toBeNull();
  expect(standing('limits GB/T 1499.2-2018')).toBe('draft');
});

test('another method can be left out', async () => {
  const lab = new TestLab();
  await openDialog(lab);
  fillIn();
  fireEvent.click(screen.getByTestId('confirm-also-rebar-straightened'));
  go();
  await waitFor(() => expect(standing(standard)).toBe('confirmed'));
  expect(lab.changes.map(({ methodId }) => methodId)).toEqual(['rebar-ribbed']);
});

test('one that is refused is named, the other is done; a second try asks for the refused one alone', async () => {
  const lab = new TestLab();
  lab.refusing.add('rebar-straightened');
  await openDialog(lab);
  fillIn();
  go();
  const outcomes = await screen.findByTestId('confirm-outcomes');
  expect(outcomes.textContent).toContain('热轧带肋钢筋：已确认');
  expect(outcomes.textContent).toContain('调直后钢筋：没有确认');
  expect(outcomes.textContent).toContain('数据库正忙');
  await waitFor(() => expect(standing(standard)).toBe('confirmed'));
  lab.refusing.clear();
  go();
  await waitFor(() => expect(screen.queryByTestId('confirm-go')).toBeNull());
  expect(lab.changes.map(({ methodId }) => methodId)).toEqual(['rebar-ribbed', 'rebar-straightened']);
});

test('a confirmation is taken back with a reason', async () => {
  const lab = new TestLab();
  lab.put({ methodId: 'rebar-ribbed', name: standard, option: 'confirmed', reason });
  await limitsOf('rebar-ribbed', lab);
  await waitFor(() => expect(standing(standard)).toBe('confirmed'));
  expect(within(standard, 'limits-confirm')).toBeNull();
  fireEvent.click(within(standard, 'limits-take-back')!);
  type('reason-text', '发现与标准原文不一致');
  fireEvent.submit(screen.getByTestId('reason-text').closest('form')!);
  await waitFor(() => expect(standing(standard)).toBe('draft'));
  expect(lab.changes).toEqual([
    { methodId: 'rebar-ribbed', name: standard, option: 'draft', reason: '发现与标准原文不一致' },
  ]);
});

test('limits that judge without a comparison, and a confirmation that ended, are said to be so and can be confirmed', async () => {
  const lab = new TestLab();
  lab.put({ methodId: 'rebar-ribbed', name: standard, option: 'confirmed', compared: false, reason: '培训数据' });
  lab.lapsed.push({
    methodId: 'rebar-ribbed',
    name: 'limits GB/T 1499.2-2018',
    option: 'confirmed',
    compared: false,
    changedAt: '2026-01-05T09:00:00+08:00',
    changedBy: '谭敏仪(zhiliang)',
    reason: '对照原文',
  });
  await limitsOf('rebar-ribbed', lab);
  await waitFor(() => expect(standing(standard)).toBe('unfounded'));
  expect(within(standard, 'limits-confirm')).not.toBeNull();
  expect(within(standard, 'limits-take-back')).not.toBeNull();
  expect(standing('limits GB/T 1499.2-2018')).toBe('lapsed');
  expect(screen.getByTestId('method-limits').textContent).toContain('原来的确认不再有效');
});

test('the way here tells a word without comparison from a confirmation', () => {
  const policy = methodById('rebar-ribbed').policies.find(({ name }) => name === standard)!;
  expect(storedLabel(policy, 'confirmed')).toContain('没有人说明');
  expect(storedLabel(policy, `confirmed sha256:${'0'.repeat(64)}`)).toBe('本机构已与标准原文核对：自动判定');
  expect(storedLabel(policy, 'draft')).toContain('需人工判定');
});

test('badges', () => {
  const whole = methodById('rebar-ribbed');
  // Beside its limits, what an extensometer may stand in for waits for a confirmation of its own.
  expect(limitBadge(policyStates(whole, undefined))?.word).toBe('数据草案');
  const method = { ...whole, policies: whole.policies.filter(({ name }) => !name.startsWith('tables ')) };
  const badge = (option: string, compared: boolean, lapsed = false, second = false) => {
    const row = {
      methodId: method.id,
      name: standard,
      option,
      compared,
      changedAt: null,
      changedBy: null,
      reason: null,
    };
    const chosen = [...(lapsed ? [] : [row]), ...(second ? [{ ...row, name: 'limits GB/T 1499.2-2018' }] : [])];
    return limitBadge(policyStates(method, { chosen, lapsed: lapsed ? [row] : [] }))?.word;
  };
  expect(limitBadge(policyStates(methodById('concrete-cube'), undefined))).toBeNull();
  expect(limitBadge(policyStates(method, undefined))?.word).toBe('限值草案');
  expect(badge('confirmed', true)).toBe('限值已确认 1/2');
  expect(badge('confirmed', true, false, true)).toBe('限值已确认');
  expect(badge('confirmed', false, false, true)).toBe('限值未核对');
  expect(badge('draft', false, false, true)).toBe('限值草案');
  expect(badge('confirmed', false, true)).toBe('限值须重新确认');
});
