// What every script does first: install what is missing and go on under Node 24. Runs on Node 20 with nothing
// installed, so it imports nothing but Node's own modules, and uses nothing that Node 20 lacks.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** True when node_modules holds what the lock file names; binaries of other systems may be missing. */
export function isInstalled(folder = root) {
  try {
    const wanted = readPackages(join(folder, 'package-lock.json'));
    const present = readPackages(join(folder, 'node_modules/.package-lock.json'));
    return Object.entries(wanted).every(([path, entry]) => {
      if (path === '' || entry.link) return true;
      const found = present[path];
      if (!found) return Boolean(entry.optional || entry.devOptional || entry.peer);
      return found.version === entry.version;
    });
  } catch {
    return false;
  }
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

/** Installs when needed; says so in one line, and npm's own words only when it fails. */
export function installWhatIsMissing() {
  if (isInstalled()) return;
  process.stdout.write('正在安装依赖（首次约需半分钟）…\n');
  const started = Date.now();
  // The npm that runs us, under the Node that runs npm: not the one in node_modules, which is about to be replaced.
  const npm = process.env.npm_execpath;
  const node = process.env.npm_node_execpath ?? process.execPath;
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result =
    npm && /\.c?js$/.test(npm)
      ? spawnSync(node, [npm, ...options], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
      : spawnSync('npm', options, {
          cwd: root,
          stdio: ['ignore', 'ignore', 'inherit'],
          shell: process.platform === 'win32',
        });
  if (result.status !== 0) {
    process.stderr.write('依赖安装没有成功。请检查网络(npm 仓库是否可以访问)后重新运行本命令。\n');
    process.exit(1);
  }
  process.stdout.write(`依赖已安装(${Math.round((Date.now() - started) / 1000)} 秒)。\n`);
}

/** Node 24's executable: the one we run under, or the one that npm installed for this system. */
export function findNode24() {
  if (isNode24(process.versions.node)) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : null;
}

function isNode24(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 24 && minor >= 15;
}

/**
 * Goes on under Node 24: resolves when this process is it already; otherwise starts the same script again under
 * Node 24, hands signals on, and ends with its exit code.
 */
export async function underNode24(script, args) {
  if (isNode24(process.versions.node)) return;
  const node = findNode24();
  if (node === null) {
    process.stderr.write(
      `本机是 Node ${process.versions.node},npm 仓库没有适合 ${process.platform}-${process.arch} 的 Node 24。请自行安装 Node 24(24.15 或更高)后重试。\n`,
    );
    process.exit(1);
  }
  process.exit(await run(node, [script, ...args]));
}

/** Environment in which `node` and the tools of node_modules are the ones of this repository. */
export function toolEnvironment() {
  const separator = process.platform === 'win32' ? ';' : ':';
  const node = findNode24();
  const first = [...(node ? [dirname(node)] : []), join(root, 'node_modules/.bin')].join(separator);
  return { ...process.env, PATH: `${first}${separator}${process.env.PATH ?? ''}` };
}

/** Runs a program with our terminal, hands signals on, and answers its exit code (128 + signal when killed). */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: toolEnvironment(), ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    const end = (code) => {
      for (const signal of signals) process.off(signal, pass);
      resolve(code);
    };
    child.on('error', (error) => {
      process.stderr.write(`${command}: ${error.message}\n`);
      end(127);
    });
    child.on('exit', (code, signal) => end(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGKILL' ? 9 : 15)));
  });
}

/** JavaScript entry of an installed tool, so that it can be run under Node 24 without a shell. */
export function toolEntry(packageName, bin = packageName) {
  const folder = join(root, 'node_modules', packageName);
  const { bin: bins } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bins === 'string' ? bins : bins[bin]);
}

/** First of these programs on PATH, or null. */
export function findProgram(names) {
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':').filter(Boolean);
  for (const name of names) {
    if (/[\\/]/.test(name)) {
      if (existsSync(name)) return name;
      continue;
    }
    for (const folder of folders) {
      const file = join(folder, process.platform === 'win32' ? `${name}.exe` : name);
      if (existsSync(file)) return file;
    }
  }
  return null;
}

export function findChromium() {
  const windows = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((variable) => {
    const folder = process.env[variable];
    if (!folder) return [];
    return [
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
      join(folder, 'Google/Chrome/Application/chrome.exe'),
    ];
  });
  const mac = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  const linux = [
    '/usr/bin/chromium',
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge',
  ];
  return findProgram(process.platform === 'win32' ? windows : process.platform === 'darwin' ? mac : linux);
}
