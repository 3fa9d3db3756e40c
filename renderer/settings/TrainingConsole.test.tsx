// @vitest-environment jsdom
// The way into the console: an address for each asking, and the refusal in words.
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { AppError } from '../../shared/errors/appError.ts';
import { show, TestLab } from '../methods/testLab.tsx';
import { TrainingConsole } from './TrainingConsole.tsx';

afterEach(cleanup);

it('shows the address that was asked for, and a new one each time', async () => {
  const lab = new TestLab();
  let asked = 0;
  lab.answers['training.console'] = () => ({ url: `http://127.0.0.1:8011/console/enter?t=${++asked}` });
  show(lab, ['administrator'], <TrainingConsole />);
  expect(screen.queryByTestId('training-console-url')).toBeNull();
  for (const time of [1, 2]) {
    await userEvent.click(screen.getByTestId('training-console-ask'));
    const link = await screen.findByText(`http://127.0.0.1:8011/console/enter?t=${time}`);
    expect(link.getAttribute('rel')).toBe('noreferrer');
  }
});

it('says what happened when there is no console', async () => {
  const lab = new TestLab();
  lab.answers['training.console'] = () => {
    throw new AppError({
      code: 'NOT_TRAINING',
      message: '现在不是培训模式。',
      meaning: '没有执行。',
      next: '无需处理。',
    });
  };
  show(lab, ['administrator'], <TrainingConsole />);
  await userEvent.click(screen.getByTestId('training-console-ask'));
  expect(await screen.findByText(/现在不是培训模式/)).toBeTruthy();
  expect(screen.queryByTestId('training-console-url')).toBeNull();
});
