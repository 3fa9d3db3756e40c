// The module `electron` as the app's main file sees it here: the part that main/electron uses, in Electron's words, and
// nothing else. What is missing throws, so that an untested call shows up as a failure and not as silence.
import { fork } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from './chromium.ts';
import { BrowserWindow, webContents, windowsOf, type WebContents } from './windows.ts';

export { BrowserWindow, webContents };

let browser: Browser | null = null;
const ready = Promise.withResolvers<void>();
let isReady = false;

export function attachBrowser(started: Browser): void {
  browser = started;
  windowsOf.browser = started;
  windowsOf.app = app;
  windowsOf.handlers = invokeHandlers;
  windowsOf.schemes = schemeHandlers;
}

export function becomeReady(): void {
  isReady = true;
  app.emit('ready');
  ready.resolve();
}

class App extends EventEmitter {
  private readonly paths = new Map([['appData', process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config')]]);
  private lock: string | null = null;
  private quitting = false;

  whenReady(): Promise<void> {
    return ready.promise;
  }
  isReady(): boolean {
    return isReady;
  }
  enableSandbox(): void {
    if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
  }
  getPath(name: string): string {
    const path = this.paths.get(name);
    if (path !== undefined) return path;
    if (name === 'userData') return join(this.getPath('appData'), 'stand-in');
    throw new Error(`stand-in: no path ${name}`);
  }
  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }
  getVersion(): string {
    return '0.0.0';
  }
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'standin.lock');
    try {
      const pid = Number(readFileSync(file, 'utf8'));
      process.kill(pid, 0);
      return false;
    } catch {
      writeFileSync(file, String(process.pid));
      this.lock = file;
      return true;
    }
  }
  quit(): void {
    if (this.quitting) return;
    let prevented = false;
    this.emit('before-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (prevented) return;
    this.quitting = true;
    this.emit('will-quit', { preventDefault: () => undefined });
    this.exit(0);
  }
  exit(code = 0): void {
    if (this.lock !== null) rmSync(this.lock, { force: true });
    this.emit('quit', {}, code);
    browser?.kill();
    process.exit(code);
  }
}
export const app = new App();
// Electron turns these signals into an orderly quit.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());

type InvokeHandler = (
  event: { sender: WebContents; senderFrame: { url: string; parent: null } | null },
  ...args: unknown[]
) => unknown;
const invokeHandlers = new Map<string, InvokeHandler>();
export const ipcMain = {
  handle(channel: string, handler: InvokeHandler): void {
    if (invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    invokeHandlers.set(channel, handler);
  },
};

const schemeHandlers = new Map<string, (request: Request) => Promise<Response>>();
export const protocol = {
  registerSchemesAsPrivileged(): void {
    if (isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  },
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    schemeHandlers.set(scheme, handler);
  },
};

export const Menu = { setApplicationMenu: (): void => undefined };
export const dialog = {
  showErrorBox(title: string, content: string): void {
    process.stderr.write(`[error box] ${title}: ${content}\n`);
  },
};
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (): void => undefined,
    setPermissionCheckHandler: (): void => undefined,
    setDevicePermissionHandler: (): void => undefined,
  },
};

/** A keyring of its own in the user data folder, so that what was sealed opens after a restart. */
function keyringKey(): Buffer {
  const file = join(app.getPath('userData'), 'standin-keyring');
  try {
    return readFileSync(file);
  } catch {
    const key = randomBytes(32);
    writeFileSync(file, key, { mode: 0o600 });
    return key;
  }
}
export const safeStorage = {
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(isReady),
  getSelectedStorageBackend: (): string => 'gnome_libsecret',
  encryptStringAsync(plain: string): Promise<Buffer> {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', keyringKey(), iv);
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([iv, cipher.getAuthTag(), body]));
  },
  async decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const decipher = createDecipheriv('aes-256-gcm', keyringKey(), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    const result = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    return { result, shouldReEncrypt: false };
  },
};

export const utilityProcess = {
  fork(path: string, args: string[] = [], options: { env?: NodeJS.ProcessEnv } = {}) {
    if (!isReady) throw new Error('utilityProcess cannot be created before app is ready');
    const child = fork(path, args, {
      serialization: 'advanced',
      execArgv: [
        '--disable-warning=ExperimentalWarning',
        '--import',
        new URL('./parent-port.ts', import.meta.url).href,
      ],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: options.env ?? process.env,
    });
    process.on('exit', () => child.kill('SIGKILL'));
    const events = new EventEmitter();
    child.on('message', (message) => events.emit('message', message));
    child.on('exit', (code) => events.emit('exit', code ?? 1));
    child.on('spawn', () => events.emit('spawn'));
    return Object.assign(events, {
      pid: child.pid,
      postMessage: (message: unknown) => {
        if (child.connected) child.send({ toParentPort: message }, undefined, undefined, () => undefined);
      },
      kill: () => child.kill('SIGTERM'),
    });
  },
};
