// What every end-to-end test starts from: the program running on a fresh data folder with the training platform, and a
// page at the sign-in screen. Which shell it runs in is the project's business, not the test's.
import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { startBench } from './bench-shell.ts';
import { startDesktop } from './desktop-shell.ts';
import { missingBinary, type ShellName } from './shells.ts';

export { expect };

export interface ShellOptions {
  shell: ShellName;
  /** Time compression of the virtual machine. */
  virtualSpeed: number;
}

/** The running program. */
export interface App {
  readonly shell: ShellName;
  readonly dataFolder: string;
  /** Its first window. */
  readonly page: Page;
  /** One more window of the same program, sharing the sign-in (bench) or with one of its own (another browser). */
  newWindow(kind: 'sameBrowser' | 'otherBrowser'): Promise<Page>;
  /** Ends the core's process at once, as a power cut does. */
  kill(): Promise<void>;
  /**
   * Starts it again on the same data folder; the open pages find it by themselves. With `daysLater` (bench only) the
   * program believes that so many days have passed since it really is.
   */
  restart(daysLater?: number): Promise<void>;
  /** Process of the program that was started last. */
  process(): ChildProcess;
  /** What the program wrote to its log so far. */
  log(): string;
}

export interface RunningShell extends App {
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly dataFolder: string;
  readonly virtualSpeed: number;
}

export const test = base.extend<ShellOptions & { app: App }>({
  shell: ['bench', { option: true }],
  virtualSpeed: [20, { option: true }],
  app: async ({ shell, virtualSpeed }, use, testInfo) => {
    const reason = missingBinary(shell);
    test.skip(reason !== null, reason ?? '');
    const dataFolder = await mkdtemp(join(tmpdir(), 'jiantai-e2e-'));
    const options: StartOptions = { dataFolder, virtualSpeed };
    const running = shell === 'bench' ? await startBench(options) : await startDesktop(options, shell);
    try {
      await use(running);
    } finally {
      if (testInfo.status !== testInfo.expectedStatus) {
        await testInfo.attach('program.log', { body: running.log(), contentType: 'text/plain' });
      }
      await running.stop();
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  },
  page: async ({ app }, use) => {
    await use(app.page);
  },
});

/** Signs in at the sign-in screen and waits until the work area is there. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByTestId('signin-username').fill(username);
  await page.getByTestId('signin-password').fill(password);
  await page.getByTestId('signin-submit').click();
  await expect(page.getByTestId('signin-submit')).toHaveCount(0);
}
