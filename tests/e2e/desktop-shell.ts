// The built desktop program: in the stand-in, or in real Electron where its binary is.
import { once } from 'node:events';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { RunningShell, StartOptions } from './fixtures.ts';
import { electronPath, root } from './shells.ts';

export async function startDesktop(options: StartOptions, shell: 'standin' | 'electron'): Promise<RunningShell> {
  const executablePath = shell === 'standin' ? join(root, 'tests/standin/electron') : electronPath();
  if (executablePath === null) throw new Error('no Electron binary on this machine');
  let log = '';

  const start = async (): Promise<{ app: ElectronApplication; page: Page }> => {
    const app = await _electron.launch({
      executablePath,
      args: [root, '--data', options.dataFolder, '--training', '--virtual-speed', String(options.virtualSpeed)],
      cwd: root,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      env: { ...(process.env as Record<string, string>), NODE_OPTIONS: '' },
    });
    app.process().stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const page = await app.firstWindow();
    // The first window may still be empty: our own page has what the preload exposed.
    await page.waitForFunction(() => 'jiantai' in window);
    if (shell === 'standin') await page.setViewportSize({ width: 1440, height: 900 });
    return { app, page };
  };

  let { app, page } = await start();
  return {
    shell,
    dataFolder: options.dataFolder,
    get page() {
      return page;
    },
    newWindow() {
      throw new Error('the desktop program has one window here; tests of several windows are tagged @bench');
    },
    async kill() {
      const process = app.process();
      const gone = once(process, 'exit');
      process.kill('SIGKILL');
      await gone;
    },
    async restart() {
      if (app.process().exitCode === null && app.process().signalCode === null) await app.close();
      ({ app, page } = await start());
    },
    process: () => app.process(),
    log: () => log,
    async stop() {
      if (app.process().exitCode === null && app.process().signalCode === null) await app.close();
    },
  };
}
