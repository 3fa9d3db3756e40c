// What runs inside Chromium: in the page's own world a proxy of what the preload exposed, in an isolated world the
// real preload with `require('electron')`. The two worlds share the window's event target and nothing else, so they
// talk in events whose name only they know, and in JSON: a stand-in for Electron's structured clone.

/** Functions that cross are numbered where they live; everything else crosses as JSON. */
const carrier = `
  const functions = new Map();
  let nextFunction = 1;
  const pack = (value) => {
    if (typeof value === 'function') {
      const id = nextFunction++;
      functions.set(id, value);
      return { f: id };
    }
    return value === undefined ? { u: 1 } : { j: JSON.stringify(value) };
  };
  const unpack = (packed, makeFunction) => 'f' in packed ? makeFunction(packed.f) : 'u' in packed ? undefined : JSON.parse(packed.j);
  const say = (kind, detail) => window.dispatchEvent(new CustomEvent(secret + kind, { detail: JSON.stringify(detail) }));
  const hear = (kind, listener) => window.addEventListener(secret + kind, (event) => {
    event.stopImmediatePropagation();
    listener(JSON.parse(event.detail));
  });
`;

/** The page's world: defines what was exposed, frozen and not to be replaced. */
export function pageWorldScript(secret: string): string {
  return `(() => {
  if (window !== window.top) return;
  const secret = ${JSON.stringify(secret)};
  ${carrier}
  const promises = new Map();
  let answer = null;
  const callFar = (id) => (...args) => {
    answer = null;
    say('call', { id, args: args.map(pack) });
    const { value, error, promise } = answer;
    if (error !== undefined) throw new Error(error);
    if (promise !== undefined) return new Promise((resolve, reject) => promises.set(promise, { resolve, reject }));
    return unpack(value, callFar);
  };
  hear('answer', (detail) => { answer = detail; });
  hear('callback', ({ id, args }) => functions.get(id)?.(...args.map((one) => unpack(one, callFar))));
  hear('settle', ({ promise, value, error }) => {
    const one = promises.get(promise);
    promises.delete(promise);
    if (error === undefined) one?.resolve(unpack(value, callFar));
    else one?.reject(new Error(error));
  });
  hear('expose', ({ key, members }) => {
    const api = {};
    for (const [name, packed] of members) api[name] = unpack(packed, callFar);
    Object.defineProperty(window, key, { value: Object.freeze(api), enumerable: true, configurable: false, writable: false });
  });
  // Electron asks setWindowOpenHandler; here no second window is ever opened from a page.
  window.open = () => null;
})();`;
}

export const bindingName = '__standinToMain';

/** The isolated world: the preload, unchanged, with the two modules it may ask for. */
export function preloadWorldScript(secret: string, preload: string): string {
  return `(() => {
  if (window !== window.top || !location.href.startsWith('http://app.lab.localhost/')) return;
  const secret = ${JSON.stringify(secret)};
  ${carrier}
  const callNear = (id) => (...args) => say('callback', { id, args: args.map(pack) });
  let nextPromise = 1;
  hear('call', ({ id, args }) => {
    try {
      const result = functions.get(id)(...args.map((one) => unpack(one, callNear)));
      if (typeof result?.then === 'function') {
        const promise = nextPromise++;
        result.then(
          (value) => say('settle', { promise, value: pack(value) }),
          (error) => say('settle', { promise, error: String(error?.message ?? error) }),
        );
        say('answer', { promise });
      } else say('answer', { value: pack(result) });
    } catch (error) {
      say('answer', { error: String(error?.message ?? error) });
    }
  });
  const contextBridge = {
    exposeInMainWorld(key, api) {
      say('expose', { key, members: Object.entries(api).map(([name, value]) => [name, pack(value)]) });
    },
  };
  const listeners = new Map();
  const invocations = new Map();
  let nextInvocation = 1;
  const ipcRenderer = {
    invoke(channel, ...args) {
      return new Promise((resolve, reject) => {
        const id = nextInvocation++;
        invocations.set(id, { resolve, reject });
        globalThis.${bindingName}(JSON.stringify({ id, channel, args: args.map(pack) }));
      });
    },
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel, listener) {
      listeners.set(channel, (listeners.get(channel) ?? []).filter((one) => one !== listener));
      return ipcRenderer;
    },
  };
  globalThis.__standin = {
    receive(channel, args) {
      for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...args);
    },
    settle(id, error, value) {
      const one = invocations.get(id);
      invocations.delete(id);
      if (error === null) one?.resolve(value);
      else one?.reject(new Error(error));
    },
  };
  const module = { exports: {} };
  const require = (name) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error('module not found in a sandboxed preload: ' + name);
  };
  (function (require, module, exports) {
${preload}
  })(require, module, module.exports);
})();`;
}
