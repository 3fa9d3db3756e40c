// The desktop shell: windows, scheme, keyring. No service lives here; the core runs in a process of its own.
// Everything that must come before `ready` stands before the first await: an ES module main is only guaranteed that.
import { hostname } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, protocol, safeStorage, session, utilityProcess } from 'electron';
import { AppError, describeError } from '../../shared/errors/appError.ts';
import type { CoreOptions } from '../core/interface.ts';
import { openKeyFileSecrets } from '../server/key-file-secrets.ts';
import { makeAppProtocol } from './app-protocol.ts';
import { readArguments } from './arguments.ts';
import { appOrigin, appScheme, callChannel } from './channels.ts';
import { CoreKeeper, type CoreProcess } from './core-keeper.ts';
import { linkCore, type Wire } from './core-link.ts';
import { forkedVariable, serveForks } from './forks.ts';
import { openKeyringSecrets } from './keyring-secrets.ts';
import { mainWindowOptions, mayNavigate, mayOpenWindow, mayUse, pdfWindowOptions } from './policy.ts';
import { WindowBridge } from './window-bridge.ts';

const here = import.meta.dirname;
/** What the core may have started beside itself: built files of this folder (rolldown.config.ts). */
const forkedEntries = ['port-process.js', 'compression-machine.js'];
const log: NonNullable<CoreOptions['log']> = (level, message, facts) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`);
};

app.setPath('userData', join(app.getPath('appData'), 'jiantai'));
const settings = readArguments(process.argv, app.getPath('userData'));
// One program per data folder: the lock lies in the user data folder, so each data folder gets its own.
if (process.argv.some((argument) => argument.startsWith('--data')))
  app.setPath('userData', join(settings.dataFolder, 'window'));
app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
]);

if (app.requestSingleInstanceLock()) {
  app.whenReady().then(run).catch(giveUp);
} else {
  app.quit();
}

async function run(): Promise<void> {
  Menu.setApplicationMenu(null);
  denyPermissions();
  protocol.handle(appScheme, makeAppProtocol(join(here, '../renderer')));
  const { secrets, warning } = await openKeyringSecrets(safeStorage, process.platform, () =>
    openKeyFileSecrets(settings.dataFolder),
  );
  if (warning !== null) log('warn', warning);

  const spawn = (): CoreProcess => {
    const child = utilityProcess.fork(join(here, 'core-process.js'), [], { serviceName: 'jiantai-core' });
    const wire: Wire = {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      post: (message) => child.postMessage(message),
      listen: (listener) => {
        child.on('message', listener);
      },
    };
    const endForks = serveForks(wire, forkedEntries, (entry, args) =>
      utilityProcess.fork(join(here, 'forked-entry.js'), [], {
        serviceName: `jiantai-${entry}`,
        env: { ...process.env, [forkedVariable]: JSON.stringify({ entry: join(here, entry), args }) },
      }),
    );
    child.once('exit', endForks);
    const core = linkCore(wire, settings, secrets, log);
    return { core, onExit: (listener) => child.once('exit', listener), kill: () => child.kill() };
  };
  const keeper = new CoreKeeper({
    spawn,
    onRestarted: () => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.reload();
    },
    onGivenUp: giveUp,
  });
  await keeper.start();
  const bridge = new WindowBridge(keeper);
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => bridge.call(event, name, input));

  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    keeper
      .stop()
      .catch((error: unknown) => log('error', 'stop failed', { error: String(error) }))
      .finally(() => {
        stopped = true;
        app.quit();
      });
  });
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  // One more window of the same program: another place of work, or a second screen.
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) void openWindow(bridge);
  });
  await openWindow(bridge);
}

async function openWindow(bridge: WindowBridge): Promise<void> {
  const window = new BrowserWindow(mainWindowOptions(join(here, '../preload/preload.cjs'), false));
  const contents = window.webContents;
  const contentsId = contents.id;
  contents.on('will-navigate', (event) => {
    if (!mayNavigate(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) =>
    mayOpenWindow(url) ? { action: 'allow', overrideBrowserWindowOptions: pdfWindowOptions() } : { action: 'deny' },
  );
  bridge.open(contents, `${hostname()}-${contentsId}`);
  window.on('closed', () => bridge.close(contentsId));
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${appOrigin}/`);
}

function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => answer(mayUse(permission)));
  session.defaultSession.setPermissionCheckHandler((_contents, permission) => mayUse(permission));
  session.defaultSession.setDevicePermissionHandler(() => false);
}

function giveUp(error: unknown): void {
  const text = error instanceof AppError ? describeError(error.info) : String(error);
  log('error', 'desktop shell gives up', { error: text });
  dialog.showErrorBox(
    '检台无法继续运行',
    `${text}\n\n已保存的数据不受影响。请重新启动检台；仍不成功时请联系维护人员。`,
  );
  app.exit(1);
}
