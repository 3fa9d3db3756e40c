// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import { toErrorInfo } from '../client.ts';
import { ErrorBlock } from './ErrorBlock.tsx';
import { fieldName } from './fieldNames.ts';

afterEach(cleanup);

test('a refusal says what happened, what it means, what to do, and names the fields', () => {
  const onRetry = vi.fn();
  render(
    <ErrorBlock
      onRetry={onRetry}
      error={{
        code: 'INPUT_INVALID',
        message: '填写的内容有误，没有保存。',
        meaning: '共 1 处需要更正。',
        next: '请更正后再提交。',
        details: [{ field: 'samples.2.grade', message: '应为 C10 至 C100', rule: 'GB/T 50081-2019' }],
      }}
    />,
  );
  const text = screen.getByRole('alert').textContent;
  for (const part of [
    '填写的内容有误',
    '共 1 处',
    '怎么办',
    '请更正后再提交',
    '第 3 个样品 · 设计等级',
    '应为 C10 至 C100',
    'GB/T 50081-2019',
  ]) {
    expect(text).toContain(part);
  }
  fireEvent.click(screen.getByText('重试'));
  expect(onRetry).toHaveBeenCalledOnce();
});

test('an unexpected fault never reaches people as a bare code', () => {
  render(<ErrorBlock error={toErrorInfo(new TypeError('x is undefined'))} />);
  expect(screen.getByRole('alert').textContent).toContain('界面程序出现意外情况');
  expect(toErrorInfo(new AppError({ code: 'A', message: '甲' })).message).toBe('甲');
});

test('no refusal, nothing on the screen', () => {
  const { container } = render(<ErrorBlock error={null} />);
  expect(container.childElementCount).toBe(0);
});

test('field paths in the words of the forms', () => {
  expect(fieldName('samples.0.madeOn')).toBe('第 1 个样品 · 成型日期');
  expect(fieldName('samples.1.state')).toBe('第 2 个样品 · 样品状态');
  expect(fieldName('state')).toBe('状态');
  expect(fieldName('unknownField')).toBe('unknownField');
});
