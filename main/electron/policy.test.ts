import { expect, test } from 'vitest';
import { isTrustedFrame, mainWindowOptions, mayNavigate, mayOpenWindow, mayUse, pdfWindowOptions } from './policy.ts';

test('only the top frame of our own page is trusted', () => {
  expect(isTrustedFrame({ url: 'lab://app/', parent: null })).toBe(true);
  expect(isTrustedFrame({ url: 'lab://app/index.html#/bench', parent: null })).toBe(true);
  expect(isTrustedFrame({ url: 'lab://app/', parent: {} })).toBe(false);
  expect(isTrustedFrame(null)).toBe(false);
  for (const url of [
    'https://app/',
    'lab://app.evil/',
    'lab://other/',
    'lab:app',
    'about:blank',
    'file:///etc/passwd',
    'blob:lab://app/1',
    '',
  ]) {
    expect([url, isTrustedFrame({ url, parent: null })]).toEqual([url, false]);
  }
});

test('windows stay on our own pages and open nothing but PDFs of their own', () => {
  expect(mayNavigate('lab://app/index.html')).toBe(true);
  expect(mayNavigate('https://example.cn/')).toBe(false);
  expect(mayOpenWindow('blob:lab://app/6f0c')).toBe(true);
  for (const url of [
    'https://example.cn/',
    'lab://app/',
    'blob:https://example.cn/1',
    'blob:lab://app.evil/1',
    'data:text/html,x',
  ]) {
    expect([url, mayOpenWindow(url)]).toEqual([url, false]);
  }
});

test('no permission but writing text to the clipboard', () => {
  expect(['media', 'serial', 'usb', 'hid', 'clipboard-read', 'geolocation', 'openExternal'].filter(mayUse)).toEqual([]);
  expect(mayUse('clipboard-sanitized-write')).toBe(true);
});

test('every window is sandboxed and isolated; a PDF window has no preload', () => {
  for (const options of [mainWindowOptions('/p.cjs', false), pdfWindowOptions()]) {
    expect(options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  }
  expect(mainWindowOptions('/p.cjs', false).webPreferences?.preload).toBe('/p.cjs');
  expect(pdfWindowOptions().webPreferences?.preload).toBeUndefined();
});
