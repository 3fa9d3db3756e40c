// BrowserWindow and webContents over Chromium's own protocol: the app's scheme is carried over http://app.lab.localhost
// (a secure context as well), intercepted request by request; the preload runs in an isolated world before the page.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Browser } from './chromium.ts';
import { bindingName, pageWorldScript, preloadWorldScript } from './worlds.ts';

const carried = 'http://app.lab.localhost';
const own = 'lab://app';
const worldName = 'preload';
const toCarried = (address: string): string =>
  address.startsWith(own) ? carried + address.slice(own.length) : address;
const toOwn = (address: string): string =>
  address.startsWith(carried) ? own + address.slice(carried.length) : address;

type Packed = { u: 1 } | { f: number } | { j: string };
type InvokeHandler = (
  event: { sender: WebContents; senderFrame: { url: string; parent: null } | null },
  ...args: unknown[]
) => unknown;

/** Set once at start, by electron-main. */
export const windowsOf = {
  browser: null as Browser | null,
  app: new EventEmitter(),
  handlers: new Map<string, InvokeHandler>(),
  schemes: new Map<string, (request: Request) => Promise<Response>>(),
};

const allWindows = new Set<BrowserWindow>();
let nextContentsId = 1;

interface WebPreferences {
  preload?: string;
  sandbox?: boolean;
  contextIsolation?: boolean;
  nodeIntegration?: boolean;
}

export class WebContents extends EventEmitter {
  readonly id = nextContentsId++;
  targetId = '';
  private destroyed = false;
  private sessionId = '';
  private mainFrameId = '';
  private address = '';
  private worldContext: number | null = null;
  private loading = false;
  private readonly preload: string | undefined;
  readonly attached: Promise<void>;

  constructor(preload: string | undefined) {
    super();
    this.preload = preload;
    this.attached = this.attach();
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }
  getURL(): string {
    return toOwn(this.address);
  }
  setWindowOpenHandler(): void {
    // window.open answers null in every page here; see README.md.
  }
  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    void this.inWorld(`__standin.receive(${JSON.stringify(channel)}, ${JSON.stringify(args)})`);
  }
  reload(): void {
    void this.command('Page.reload');
  }
  close(): void {
    void windowsOf.browser?.send('Target.closeTarget', { targetId: this.targetId });
  }

  async load(address: string): Promise<void> {
    await this.attached;
    const loaded = new Promise<void>((resolve) => {
      this.once('did-finish-load', () => resolve());
    });
    this.loading = true;
    const { errorText } = await this.command('Page.navigate', { url: toCarried(address) });
    this.loading = false;
    if (typeof errorText === 'string' && errorText !== '') throw new Error(`${errorText} loading '${address}'`);
    await loaded;
  }

  private command(method: string, params: object = {}): Promise<Record<string, unknown>> {
    return windowsOf.browser!.send(method, params, this.sessionId);
  }

  private async inWorld(expression: string): Promise<void> {
    if (this.worldContext === null) return;
    // The page may be gone between two events; Electron drops such messages too.
    await this.command('Runtime.evaluate', { expression, contextId: this.worldContext }).catch(() => undefined);
  }

  private async attach(): Promise<void> {
    const browser = windowsOf.browser!;
    this.targetId = (await browser.send('Target.createTarget', { url: 'about:blank', newWindow: true }))[
      'targetId'
    ] as string;
    this.sessionId = (await browser.send('Target.attachToTarget', { targetId: this.targetId, flatten: true }))[
      'sessionId'
    ] as string;
    this.listen(browser);
    await this.command('Page.enable');
    const tree = (await this.command('Page.getFrameTree'))['frameTree'] as { frame: { id: string } };
    this.mainFrameId = tree.frame.id;
    await this.command('Runtime.enable');
    await this.command('Fetch.enable', {
      patterns: [{ urlPattern: `${carried}/*` }, { urlPattern: '*', resourceType: 'Document' }],
    });
    if (this.preload !== undefined) {
      const secret = randomUUID();
      await this.command('Runtime.addBinding', { name: bindingName, executionContextName: worldName });
      await this.command('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldScript(secret) });
      await this.command('Page.addScriptToEvaluateOnNewDocument', {
        source: preloadWorldScript(secret, readFileSync(this.preload, 'utf8')),
        worldName,
      });
    }
  }

  private listen(browser: Browser): void {
    const on = (method: string, listener: (params: never) => void): void => {
      browser.on(method, this.sessionId, listener as (params: Record<string, unknown>) => void);
    };
    on('Page.frameNavigated', ({ frame }: { frame: { id: string; parentId?: string; url: string } }) => {
      if (frame.parentId === undefined) this.address = frame.url;
    });
    on('Page.loadEventFired', () => this.emit('did-finish-load'));
    on(
      'Runtime.executionContextCreated',
      ({ context }: { context: { id: number; name: string; auxData: { frameId: string } } }) => {
        if (context.name === worldName && context.auxData.frameId === this.mainFrameId) this.worldContext = context.id;
      },
    );
    on('Runtime.executionContextDestroyed', ({ executionContextId }: { executionContextId: number }) => {
      if (executionContextId === this.worldContext) this.worldContext = null;
    });
    on('Runtime.bindingCalled', ({ name, payload }: { name: string; payload: string }) => {
      if (name === bindingName)
        void this.invoke(JSON.parse(payload) as { id: number; channel: string; args: Packed[] });
    });
    on('Fetch.requestPaused', (paused: PausedRequest) => void this.answer(paused).catch(() => undefined));
    browser.on('Target.targetDestroyed', undefined, (params) => {
      if (params['targetId'] !== this.targetId || this.destroyed) return;
      this.destroyed = true;
      this.emit('destroyed');
    });
  }

  private async invoke({ id, channel, args }: { id: number; channel: string; args: Packed[] }): Promise<void> {
    const plain = args.map((packed) => {
      if ('f' in packed) throw new Error('An object could not be cloned.');
      return 'u' in packed ? undefined : (JSON.parse(packed.j) as unknown);
    });
    let settled: string;
    try {
      const handler = windowsOf.handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const value = await handler({ sender: this, senderFrame: { url: this.getURL(), parent: null } }, ...plain);
      settled = `${id}, null, ${JSON.stringify(value) ?? 'undefined'}`;
    } catch (error) {
      settled = `${id}, ${JSON.stringify(`Error invoking remote method '${channel}': ${String(error)}`)}`;
    }
    await this.inWorld(`__standin.settle(${settled})`);
  }

  private async answer({ requestId, request, resourceType, frameId }: PausedRequest): Promise<void> {
    if (resourceType === 'Document' && frameId === this.mainFrameId && !this.loading) {
      let prevented = false;
      this.emit('will-navigate', {
        url: toOwn(request.url),
        preventDefault: () => {
          prevented = true;
        },
      });
      if (prevented) {
        await this.command('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    const handler = windowsOf.schemes.get('lab');
    if (!request.url.startsWith(`${carried}/`) || !handler) {
      await this.command('Fetch.continueRequest', { requestId });
      return;
    }
    const response = await handler(
      new Request(toOwn(request.url), { method: request.method, headers: request.headers }),
    );
    const body = Buffer.from(await response.arrayBuffer());
    await this.command('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: [...response.headers].map(([name, value]) => ({ name, value })),
      body: body.toString('base64'),
    });
  }
}

interface PausedRequest {
  requestId: string;
  request: { url: string; method: string; headers: Record<string, string> };
  resourceType: string;
  frameId: string;
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  private visible: boolean;

  constructor(options: { show?: boolean; webPreferences?: WebPreferences } = {}) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, preload } = options.webPreferences ?? {};
    if (sandbox === false || contextIsolation === false || nodeIntegration === true) {
      throw new Error('stand-in: only sandboxed, isolated windows without Node are allowed');
    }
    this.visible = options.show ?? true;
    this.webContents = new WebContents(preload);
    allWindows.add(this);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    this.webContents.once('destroyed', () => {
      allWindows.delete(this);
      this.emit('closed');
      if (allWindows.size === 0) windowsOf.app.emit('window-all-closed');
    });
  }

  static getAllWindows(): BrowserWindow[] {
    return [...allWindows];
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...allWindows].find((window) => window.webContents === contents) ?? null;
  }
  loadURL(address: string): Promise<void> {
    return this.webContents.load(address);
  }
  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }
  show(): void {
    this.visible = true;
  }
  isVisible(): boolean {
    return this.visible;
  }
  isMinimized(): boolean {
    return false;
  }
  restore(): void {
    this.visible = true;
  }
  focus(): void {
    this.visible = true;
  }
  close(): void {
    this.webContents.close();
  }
}

export const webContents = {
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...allWindows].map((window) => window.webContents).find((contents) => contents.targetId === targetId),
};
