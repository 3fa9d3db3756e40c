// @vitest-environment jsdom
// 验证报告 by keyboard: made, with its outcome in words, saved; an earlier one opened; refused in words; not for others.
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import { runHotkey } from '../design/hotkeys.ts';
import { useSession } from '../state/session.ts';
import { useUi } from '../state/ui.ts';
import { MethodsPage } from './MethodsPage.tsx';
import { show, TestLab } from './testLab.tsx';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addListener() {}, removeListener() {} }));
  URL.createObjectURL = vi.fn(() => 'blob:x');
  URL.revokeObjectURL = vi.fn();
});
afterEach(() => {
  cleanup();
  window.removeEventListener('keydown', runHotkey);
  useUi.getState().reset();
  useSession.setState({ session: null, keeper: null });
  vi.unstubAllGlobals();
});

const press = (key: string, more: { ctrlKey?: boolean } = {}): void => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key, code: key.length === 1 ? '' : key, ...more });
};
const pdfBase64 = btoa('%PDF-1.7 report');
const made = { at: '2026-11-23T10:00:00+08:00', fileName: '方法验证报告-0.1.0-20261123T100000.pdf', pdfBase64 };
const sha256 = 'a'.repeat(64);
const earlier = {
  at: '2026-11-01T10:00:00+08:00',
  by: '谭敏仪(zhiliang)',
  words: '共 900 行，一致 900 行，不一致 0 行',
  fileName: '方法验证报告-0.0.9-20261101T100000.pdf',
  sha256,
};
const labWith = (answers: TestLab['answers']): TestLab => {
  const lab = new TestLab();
  Object.assign(lab.answers, { 'methods.validations': () => ({ validations: [] }), ...answers });
  return lab;
};
/** F9, then Enter on the button that has the focus. */
async function start(lab: TestLab): Promise<void> {
  show(lab, ['qualityManager'], <MethodsPage />);
  screen.getByRole('grid').focus();
  press('F9');
  const button = await screen.findByTestId('validation-make');
  await waitFor(() => expect(document.activeElement).toBe(button));
  fireEvent.click(button);
}

test('F9 and Enter make the report; while it is made that is said, then the outcome; Ctrl+S saves, Escape leaves', async () => {
  let finish: (answer: unknown) => void = () => undefined;
  const answer = new Promise((resolve) => (finish = resolve));
  const names: string[] = [];
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
    this: HTMLAnchorElement,
  ) {
    names.push(this.download);
  });
  await start(labWith({ 'methods.validate': () => answer }));
  await waitFor(() => expect(screen.getByTestId('validation-state').textContent).toContain('正在重新计算'));
  expect(screen.queryByTestId('validation-made')).toBeNull();
  finish({ ...made, sha256, lines: 912, equal: 912, different: [] });
  await screen.findByTestId('validation-made');
  expect(screen.getByTestId('validation-outcome').textContent).toContain('共 912 行，全部与应得的结果一致');
  expect(screen.getByTestId('pdf-view').dataset['size']).toBe(String(atob(pdfBase64).length));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('validation-save')));
  press('s', { ctrlKey: true });
  expect(names).toEqual([made.fileName]);
  press('Escape');
  await waitFor(() => expect(screen.queryByTestId('validation-made')).toBeNull());
  expect(document.activeElement).toBe(screen.getByRole('grid'));
  click.mockRestore();
});

test('lines that differ are counted and named, and what they forbid is said', async () => {
  const different = [
    { id: 'HNT-KY-7', methodId: 'concrete-cube', method: '立方体抗压强度', expected: '30.5', computed: '30.6' },
  ];
  await start(labWith({ 'methods.validate': () => ({ ...made, sha256, lines: 912, equal: 911, different }) }));
  const outcome = await screen.findByTestId('validation-outcome');
  expect(outcome.dataset['different']).toBe('1');
  expect(outcome.textContent).toContain('1 行不一致');
  expect(outcome.textContent).toContain('HNT-KY-7 立方体抗压强度：应为 30.5，算得 30.6');
  expect(outcome.textContent).toContain('不得用于出具检测数据和结果');
});

test('an earlier report is opened from the list, with what the audit log says of it', async () => {
  const asked: unknown[] = [];
  const lab = labWith({
    'methods.validations': () => ({ validations: [earlier] }),
    'methods.validationReport': (input) => {
      asked.push(input);
      return { fileName: earlier.fileName, pdfBase64 };
    },
  });
  show(lab, ['qualityManager'], <MethodsPage />);
  press('F9');
  fireEvent.click(await screen.findByTestId('validation-open'));
  await screen.findByTestId('validation-made');
  expect(asked).toEqual([{ sha256 }]);
  expect(screen.getByTestId('validation-outcome').textContent).toBe(`${earlier.words}。`);
  expect(screen.getByRole('dialog').textContent).toContain(earlier.fileName);
});

test('a refusal stays on the screen in words and nothing is shown as made', async () => {
  const refuse = (): never => {
    throw new AppError({ code: 'STORE_FULL', message: '磁盘已满。', meaning: '没有生成报告。', next: '请腾出空间。' });
  };
  await start(labWith({ 'methods.validate': refuse }));
  expect((await screen.findByTestId('error-block')).textContent).toContain('没有生成报告');
  expect(screen.queryByTestId('validation-made')).toBeNull();
  expect(screen.getByTestId('validation-state').textContent).toBe('');
});

test('who may not change methods has neither button nor key', async () => {
  show(labWith({}), ['technician'], <MethodsPage />);
  press('F9');
  await Promise.resolve();
  expect(screen.queryByTestId('validation')).toBeNull();
  expect(screen.queryByTestId('validation-dialog')).toBeNull();
});
