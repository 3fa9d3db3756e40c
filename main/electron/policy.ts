// What windows may do, as pure decisions. A window shows our own pages and nothing else: no other address, no
// foreign frame, no permission, no attached view; PDFs that a page of ours made may open in a bare window to print.
import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import { appOrigin } from './channels.ts';

export interface FrameLike {
  readonly url: string;
  readonly parent: unknown;
}

/** True only for the top frame of one of our own pages. */
export function isTrustedFrame(frame: FrameLike | null): boolean {
  return frame !== null && frame.parent === null && isOwnAddress(frame.url);
}

export function isOwnAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return `${url.protocol}//${url.host}` === appOrigin;
  } catch {
    return false;
  }
}

export function mayNavigate(address: string): boolean {
  return isOwnAddress(address);
}

/** Only what a page of ours made itself (blob of our origin): a PDF to look at and print. */
export function mayOpenWindow(address: string): boolean {
  return address.startsWith(`blob:${appOrigin}/`);
}

/** Copying cells out of a list is the one thing a page may do beyond showing itself. */
export function mayUse(permission: string): boolean {
  return permission === 'clipboard-sanitized-write';
}

const safePreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
  navigateOnDragDrop: false,
  // The PDF viewer, for the report preview and for printing.
  plugins: true,
} as const satisfies WebPreferences;

export function mainWindowOptions(preload: string, show: boolean): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 700,
    show,
    title: '检台',
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: { ...safePreferences, preload },
  };
}

/** A window for a PDF has no preload: it can show and print, not call. */
export function pdfWindowOptions(): BrowserWindowConstructorOptions {
  return { width: 1000, height: 900, title: '检台', autoHideMenuBar: true, webPreferences: { ...safePreferences } };
}
