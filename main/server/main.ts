// Entry of the bench server process: core and HTTP server in one process, one JSON line on standard output when
// ready. It ends cleanly on SIGTERM, SIGINT, and when the launcher that started it goes away.
import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { AppError, describeError } from '../../shared/errors/appError.ts';
import { openCore } from '../core/recovery/openCore.ts';
import type { CoreOptions } from '../core/interface.ts';
import { startBenchServer } from './bench-server.ts';
import { openKeyFileSecrets } from './key-file-secrets.ts';

const usage = `node main/server/main.ts [选项]
  --data <文件夹>        数据存放位置（缺省：用户主目录下的 jiantai-data）
  --port <端口>          固定端口；缺省时沿用上次的端口
  --renderer <文件夹>    界面文件（缺省:dist/renderer）
  --training             训练模式：内置平台与练习数据
  --virtual-speed <倍数> 虚拟试验机的时间倍数（缺省 1）`;

/** Level, message and facts as one JSON line on standard error; standard output is for the ready line alone. */
const log: NonNullable<CoreOptions['log']> = (level, message, facts) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...facts })}\n`);
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: join(homedir(), 'jiantai-data') },
      port: { type: 'string' },
      renderer: { type: 'string', default: join(import.meta.dirname, '../../dist/renderer') },
      training: { type: 'boolean', default: false },
      'virtual-speed': { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const dataFolder = resolve(values.data);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const core = await openCore({
    dataFolder,
    secrets: await openKeyFileSecrets(dataFolder),
    training: values.training,
    virtualSpeed: Number(values['virtual-speed']),
    log,
  });
  const server = await startBenchServer({
    core,
    host: '127.0.0.1',
    port: values.port === undefined ? await rememberedPort(dataFolder) : Number(values.port),
    rendererFolder: resolve(values.renderer),
    dataFolder,
    log,
  });
  await writeFile(portFile(dataFolder), `${server.port}\n`);

  let stopping: Promise<void> | undefined;
  const stop = (): void => {
    stopping ??= (async () => {
      await server.stop();
      await core.stop();
    })().then(
      () => process.exit(0),
      (error: unknown) => {
        log('error', 'stop failed', { error: String(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  // A launcher may ask for one more entry address, e.g. when the icon is clicked again.
  process.on('message', (message) => {
    if (message === 'enter') process.send?.({ enterUrl: server.enterUrl() });
    if (message === 'stop') stop();
  });
  // Both addresses let in once; they go to the launcher's own terminal and into no log.
  const consoleUrl = core.open?.platform?.consoleUrl();
  const ready = { ready: true, url: server.url, enterUrl: server.enterUrl(), consoleUrl, dataFolder, pid: process.pid };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
}

/** The port of last time if it is free, so that yesterday's browser tab and its cookie still fit. */
async function rememberedPort(dataFolder: string): Promise<number> {
  const text = await readFile(portFile(dataFolder), 'utf8').catch(() => '');
  const port = Number(text.trim());
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) return 0;
  return (await isFree(port)) ? port : 0;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once('error', () => settle(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => settle(true)));
  });
}

function portFile(dataFolder: string): string {
  return join(dataFolder, 'bench-port');
}

main().catch((error: unknown) => {
  const text = error instanceof AppError ? `${error.code} ${describeError(error.info)}` : String(error);
  const inUse = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
  process.stderr.write(`${inUse ? '端口已被占用；请换一个 --port,或关闭已打开的检台。' : text}\n`);
  process.exit(1);
});
