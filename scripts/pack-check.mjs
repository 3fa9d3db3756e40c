// Packs the built program the way a release is packed, as far as that goes without Electron's runtime: into a folder
// that is only shaped like Electron's distribution. Then looks at what came out: the list of files, the native
// binaries, the fuses; and starts the packed files in the stand-in of tests/standin. Needs no network.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { load } from 'js-yaml';
import { findChromium, findNode24, root, run, toolEntry } from './bootstrap.mjs';
import { assertElectronVersion, copyFonts } from './pack.mjs';

const work = join(root, 'build/pack-check');
const arch = process.arch;
const problems = [];
const expect = (holds, sentence) => {
  if (!holds) problems.push(sentence);
};

assertElectronVersion();
const configuration = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
await validateConfiguration(configuration, new DebugLogger(false));
await validateConfiguration({ ...configuration, asarr: true }, new DebugLogger(false)).then(
  () => problems.push('the schema check accepts an unknown key, so it checks nothing'),
  () => undefined,
);

await copyFonts();
rmSync(work, { recursive: true, force: true });
makeDistribution(join(work, 'electron'));
const code = await run(
  findNode24(),
  [
    toolEntry('electron-builder'),
    '--linux',
    'dir',
    `--${arch}`,
    `-c.electronDist=${join(work, 'electron')}`,
    `-c.directories.output=${join(work, 'release')}`,
  ],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
if (code === 0) await lookAt(join(work, 'release', arch === 'x64' ? 'linux-unpacked' : `linux-${arch}-unpacked`));
else problems.push(`electron-builder ended with ${code}`);

for (const problem of problems) process.stderr.write(`pack check: ${problem}\n`);
if (problems.length === 0) {
  process.stdout.write('pack check: configuration, file list, native binaries and fuses are as they should be\n');
  rmSync(work, { recursive: true, force: true });
}
process.exitCode = problems.length === 0 ? 0 : 1;

/** The parts of Electron's distribution that packing touches; the executable is only a fuse wire, all fuses on. */
function makeDistribution(folder) {
  mkdirSync(join(folder, 'locales'), { recursive: true });
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const locale of ['zh-CN', 'en-US', 'fr']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '');
  const fuseCount = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length;
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, fuseCount]),
    Buffer.alloc(fuseCount, '1'),
  ]);
  writeFileSync(join(folder, 'electron'), wire, { mode: 0o755 });
  writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 });
  writeFileSync(join(folder, 'version'), configuration.electronVersion);
  for (const file of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, file), '');
}

async function lookAt(app) {
  const packed = listPackage(join(app, 'resources/app.asar'), { isPack: false }).map((file) =>
    file.replaceAll('\\', '/'),
  );
  const has = (file) => packed.includes(file);
  for (const file of [
    '/package.json',
    '/dist/main/main.js',
    '/dist/main/core-process.js',
    '/dist/main/forked-entry.js',
    '/dist/main/port-process.js',
    '/dist/main/compile-worker.js',
    '/dist/main/backup-worker.js',
    '/dist/preload/preload.cjs',
    '/dist/renderer/index.html',
    '/dist/fonts/NotoSansSC_400Regular.ttf',
    '/node_modules/better-sqlite3/package.json',
    '/node_modules/serialport/package.json',
  ]) {
    expect(has(file), `${file} is missing in app.asar`);
  }
  const foreign = packed.filter(
    (file) =>
      /\.map$|\.tsx?$|^\/(main|shared|sync|renderer|tests|scripts|data)(\/|$)|^\/node_modules\/(node-(linux|win|darwin)|electron\/|react\/|antd\/|vite\/)/.test(
        file,
      ) && !file.endsWith('.d.ts'),
  );
  expect(foreign.length === 0, `app.asar holds what does not belong there: ${foreign.slice(0, 5).join(', ')}`);

  const unpacked = filesBelow(join(app, 'resources/app.asar.unpacked'));
  const natives = unpacked.filter((file) => file.endsWith('.node'));
  for (const name of ['better-sqlite3', 'bindings-cpp', 'argon2', 'typst-ts-node-compiler']) {
    expect(
      natives.some((file) => file.includes(name)),
      `the native binary of ${name} is not unpacked`,
    );
  }
  const ofOtherSystems = natives.filter(
    (file) =>
      /win32|darwin|android|freebsd/.test(file) || (file.includes('prebuilds') && !file.includes(`linux-${arch}`)),
  );
  expect(ofOtherSystems.length === 0, `binaries of other systems are packed: ${ofOtherSystems.slice(0, 5).join(', ')}`);

  const locales = readdirSync(join(app, 'locales')).sort().join(' ');
  expect(locales === 'en-US.pak zh-CN.pak', `locales are ${locales}`);
  await lookAtFuses(join(app, 'jiantai'));
  if (problems.length === 0 && findChromium() !== null) await startPacked(join(app, 'resources/app.asar'));
}

/** The packed files are complete: taken out again, they start in the stand-in, open the store and answer a call. */
async function startPacked(archive) {
  // Outside the repository: a package that was not packed must not be found further up.
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-pack-'));
  let program;
  let words = '';
  try {
    extractAll(archive, folder);
    const { _electron } = await import('@playwright/test');
    program = await _electron.launch({
      executablePath: join(root, 'tests/standin/electron'),
      args: [folder, '--data', join(folder, 'data'), '--training'],
      cwd: folder,
    });
    program.process().stderr.on('data', (chunk) => {
      words += chunk;
    });
    const page = await program.firstWindow();
    await page.waitForFunction(() => 'jiantai' in window);
    const reply = await page.evaluate(() => window.jiantai.call('session.current', {}));
    expect(reply.ok, `the packed program answers ${JSON.stringify(reply)}`);
  } catch (error) {
    problems.push(`the packed program does not start: ${error.message}\n${words.slice(-2000)}`);
  } finally {
    await program?.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** 48 and 49 are the characters 0 and 1 on the fuse wire. */
async function lookAtFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const off = [
    'RunAsNode',
    'EnableNodeOptionsEnvironmentVariable',
    'EnableNodeCliInspectArguments',
    'GrantFileProtocolExtraPrivileges',
  ];
  const on = ['EnableCookieEncryption', 'EnableEmbeddedAsarIntegrityValidation', 'OnlyLoadAppFromAsar'];
  for (const name of off) expect(wire[FuseV1Options[name]] === 48, `fuse ${name} is not off`);
  for (const name of on) expect(wire[FuseV1Options[name]] === 49, `fuse ${name} is not on`);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
