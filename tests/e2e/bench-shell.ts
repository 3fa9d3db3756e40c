// The bench server in a process of its own, and Chromium in front of it.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import type { RunningShell, StartOptions } from './fixtures.ts';
import { chromiumPath, root } from './shells.ts';

interface Ready {
  url: string;
  enterUrl: string;
}

const contextOptions = {
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
  viewport: { width: 1440, height: 900 },
  acceptDownloads: true,
};

/** No person presses two keys within one drawn frame; without a pause a test does. */
const betweenActionsMs = 20;

/** Chromium must not ask the network for anything of its own. */
const quietChromium = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The environment in which the program and its children live so many days later. */
const clockOf = (daysLater: number): Record<string, string> => ({
  NODE_OPTIONS: daysLater === 0 ? '' : `--import ${pathToFileURL(join(root, 'tests/e2e/later.mjs')).href}`,
  JIANTAI_DAYS_LATER: String(daysLater),
});

export async function startBench(options: StartOptions): Promise<RunningShell> {
  let log = '';
  let child: ChildProcess | null = null;
  let ready: Ready | null = null;

  const start = async (daysLater = 0): Promise<Ready> => {
    const port = ready === null ? '0' : new URL(ready.url).port;
    const started = spawn(
      process.execPath,
      [
        join(root, 'main/server/main.ts'),
        '--data',
        options.dataFolder,
        '--port',
        port,
        '--training',
        '--virtual-speed',
        String(options.virtualSpeed),
      ],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, ...clockOf(daysLater) } },
    );
    child = started;
    started.stderr!.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    const line = new Promise<string>((resolve, reject) => {
      createInterface({ input: started.stdout! }).once('line', resolve);
      started.once('exit', (code) => reject(new Error(`bench server ended (${code}) before it was ready:\n${log}`)));
    });
    return JSON.parse(await line) as Ready;
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    const ending = child;
    child = null;
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = once(ending, 'exit');
    ending.kill(signal);
    const patience = setTimeout(() => ending.kill('SIGKILL'), 15_000);
    await gone;
    clearTimeout(patience);
  };

  /** A new entry address, for a browser that was not let in yet. */
  const enterUrl = async (): Promise<string> => {
    const asked = child!;
    const answer = once(asked, 'message');
    asked.send('enter');
    const [message] = (await answer) as [{ enterUrl: string }];
    return message.enterUrl;
  };

  const contexts: BrowserContext[] = [];
  const enter = async (address: string): Promise<Page> => {
    const context = await browser.newContext(contextOptions);
    contexts.push(context);
    const page = await context.newPage();
    // The browser hears a moment after the listener that file dialogs are a test's to answer: too late for a key in between.
    page.on('filechooser', () => undefined);
    await page.goto(address);
    return page;
  };

  ready = await start();
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: quietChromium,
    slowMo: betweenActionsMs,
  });
  let page: Page;
  try {
    page = await enter(ready.enterUrl);
  } catch (error) {
    await browser.close();
    await end('SIGKILL');
    throw error;
  }
  return {
    shell: 'bench',
    dataFolder: options.dataFolder,
    page,
    async newWindow(kind) {
      if (kind === 'otherBrowser') return enter(await enterUrl());
      const tab = await page.context().newPage();
      await tab.goto(ready!.url);
      return tab;
    },
    kill: () => end('SIGKILL'),
    async restart(daysLater) {
      await end('SIGTERM');
      ready = await start(daysLater);
    },
    process: () => child!,
    log: () => log,
    async stop() {
      for (const context of contexts) await context.close();
      await browser.close();
      await end('SIGTERM');
    },
  };
}
