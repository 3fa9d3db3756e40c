// The preload of every window: built as one CommonJS file, because sandboxed preloads have no modules.
// The names come from the contract at build time, so that the preload carries the list and not the schemas.
import { contextBridge, ipcRenderer } from 'electron';
import { makeBridge } from './preload-bridge.ts';

declare const __CALL_NAMES__: readonly string[];

contextBridge.exposeInMainWorld('jiantai', makeBridge(ipcRenderer, __CALL_NAMES__));
