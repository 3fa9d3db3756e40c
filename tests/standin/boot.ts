// Start of the stand-in: Chromium first, then the app's main file, then `ready`, as Electron does it.
import { readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startChromium } from './chromium.ts';
import { attachBrowser, becomeReady } from './electron-main.ts';

const args = process.argv.slice(2);
const target = args.find((argument) => !argument.startsWith('-'));
if (target === undefined) throw new Error('stand-in: which app? Give a folder with a package.json, or a main file.');
const path = resolve(target);
const mainFile = statSync(path).isDirectory()
  ? join(path, (JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { main: string }).main)
  : path;

// What the app sees as its command line: executable, app, its own arguments.
process.argv = [
  process.argv[0]!,
  ...args.filter((argument) => !argument.startsWith('--remote-debugging') && argument !== '--no-sandbox'),
];

const driven = args.some((argument) => argument.startsWith('--remote-debugging-port'));
const driver = Promise.withResolvers<void>();
// Playwright calls this once it listens; the real Electron has no such wait when started by path.
Object.assign(globalThis, { __playwright_run: driver.resolve });

// In the program's own data folder where one is named, so that a test that removes it leaves nothing behind.
const data = args[args.indexOf('--data') + 1];
attachBrowser(await startChromium(args.includes('--data') && data !== undefined ? resolve(data) : tmpdir()));
await import(pathToFileURL(mainFile).href);
if (driven) await driver.promise;
becomeReady();
