// npm start: installs what is missing, goes on under Node 24, builds what is stale, and opens the app: in Electron where
// its runtime is there or can be fetched, else through the bench server in a browser. With --headless the whole main
// job runs without a window. Imports nothing but Node's own modules and its neighbours, so it starts on a bare Node 20.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from './build.mjs';
import {
  findChromium,
  findNode24,
  findProgram,
  installWhatIsMissing,
  root,
  run,
  toolEnvironment,
  underNode24,
} from './bootstrap.mjs';

const electronPatienceMs = 30_000;
const retryElectronAfterMs = 24 * 3_600_000;
const usage = `npm start -- [选项]
  --data <文件夹>   数据存放位置（缺省:data/training）
  --port <端口>     浏览器方式使用的端口（缺省：沿用上次的端口）
  --browser         不用 Electron,直接用浏览器打开
  --no-open         只打印地址，不打开窗口
  --headless        不开窗口，完整跑一遍主流程后退出；其余选项见 npm start -- --headless --help`;

const args = process.argv.slice(2);
installWhatIsMissing();
await underNode24(process.argv[1], args);
process.exitCode = await start();

async function start() {
  const node = findNode24();
  if (args.includes('--headless')) {
    return run(node, [join(root, 'main/cli/headless.ts'), ...args.filter((argument) => argument !== '--headless')]);
  }
  if (args.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const data = resolve(valueOf('--data') ?? join(root, 'data/training'));
  mkdirSync(data, { recursive: true });
  process.stdout.write('正在准备界面…\n');
  const built = await build('renderer', { ifStale: true });
  if (built !== 0) return built;
  const electron = await electronRuntime();
  if (electron !== null) {
    const builtMain = await build('main', { ifStale: true });
    if (builtMain !== 0) return builtMain;
    process.stdout.write(`正在打开检台桌面窗口。数据存放在 ${data}\n`);
    process.stdout.write('内置监管平台的控制台（培训）：用 admin 登录，在“设置”中取得地址。\n');
    const noSandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return run(electron, [...noSandbox, root, '--training', '--data', data]);
  }
  return bench(node, data);
}

/** Path of Electron's executable, fetched if need be within the time limit; null when the browser is to be used. */
async function electronRuntime() {
  if (args.includes('--browser') || args.includes('--no-open') || !hasDisplay()) return null;
  const present = electronExecutable();
  if (present !== null) return present;
  const stamp = join(root, 'node_modules/.jiantai-electron-not-fetched');
  const lastFailure = existsSync(stamp) ? Number(readFileSync(stamp, 'utf8')) : 0;
  if (Date.now() - lastFailure < retryElectronAfterMs) {
    process.stdout.write('Electron 运行时上次未能获取，今天不再重试，改用浏览器打开。\n');
    return null;
  }
  const code = await fetchElectron();
  if (code !== 0) {
    writeFileSync(stamp, String(Date.now()));
    process.stdout.write('未能在 30 秒内获取 Electron 运行时，改用浏览器打开同一个程序。\n');
    return null;
  }
  return electronExecutable();
}

function fetchElectron() {
  return new Promise((settle) => {
    const child = spawn(findNode24(), [join(root, 'node_modules/electron/install.js')], { cwd: root, stdio: 'ignore' });
    const started = Date.now();
    const progress = setInterval(() => {
      process.stdout.write(`正在获取 Electron 运行时… ${Math.round((Date.now() - started) / 1000)} 秒\n`);
    }, 5_000);
    const limit = setTimeout(() => child.kill('SIGKILL'), electronPatienceMs);
    const end = (code) => {
      clearInterval(progress);
      clearTimeout(limit);
      settle(code);
    };
    process.stdout.write('正在获取 Electron 运行时…\n');
    child.on('error', () => end(1));
    child.on('exit', (code) => end(code ?? 1));
  });
}

function electronExecutable() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules/electron/dist');
  const byPlatform = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
  const file = join(folder, byPlatform[process.platform] ?? 'electron');
  return existsSync(file) ? file : null;
}

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Starts the bench server, prints its address, and opens a browser where there is one. */
async function bench(node, data) {
  const port = valueOf('--port');
  const child = spawn(
    node,
    [join(root, 'main/server/main.ts'), '--training', '--data', data, ...(port ? ['--port', port] : [])],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: toolEnvironment(),
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const ready = readyLine(line);
    if (ready === null) {
      process.stdout.write(`${line}\n`);
      return;
    }
    const opened = !args.includes('--no-open') && hasDisplay() && openBrowser(ready.enterUrl, data);
    process.stdout.write(
      `检台已启动：${ready.enterUrl}\n${opened ? '已在浏览器中打开。' : '请在本机浏览器中打开上面的地址（只能用一次）。'}数据存放在 ${data}。按 Ctrl+C 结束。\n`,
    );
    if (ready.consoleUrl) {
      process.stdout.write(
        `内置监管平台的控制台（培训）：${ready.consoleUrl}\n（只能用一次；系统管理员可在“设置”中取得新的地址。）\n`,
      );
    }
  });
  return new Promise((settle) => {
    child.on('exit', (code) => settle(code ?? 1));
  });
}

function readyLine(line) {
  try {
    const value = JSON.parse(line);
    return value.ready === true ? value : null;
  } catch {
    return null;
  }
}

/** An app window of a Chromium browser with a profile of its own, else whatever opens addresses here. */
function openBrowser(address, data) {
  const chromium = findChromium();
  const flags = [
    `--app=${address}`,
    `--user-data-dir=${join(data, 'browser')}`,
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-features=Translate',
    '--lang=zh-CN',
    ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const opener = { win32: ['explorer.exe', [address]], darwin: ['open', [address]] }[process.platform] ?? [
    'xdg-open',
    [address],
  ];
  const [command, commandArgs] = chromium ? [chromium, flags] : opener;
  if (!chromium && process.platform === 'linux' && findProgram(['xdg-open']) === null) return false;
  const browser = spawn(command, commandArgs, { stdio: 'ignore', detached: true });
  browser.on('error', () => undefined);
  browser.unref();
  return true;
}

function valueOf(name) {
  const at = args.indexOf(name);
  return at === -1 ? undefined : args[at + 1];
}
