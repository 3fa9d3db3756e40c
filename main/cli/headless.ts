// npm start -- --headless: the whole main job without a window, through the same contract that windows use. A commission
// is received, three cubes are pressed on the machine, three people sign, the platform gives the code, the coded PDF is
// kept, and both sides are verified. Every step prints one line; the exit status is 0 only when all of it happened.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toWallTime } from '../../shared/entities/scalars.ts';
import { AppError, describeError } from '../../shared/errors/appError.ts';
import { loadLineProfile } from '../instruments/drivers/line-profile.ts';
import { createCore } from '../core/core.ts';
import { openKeyFileSecrets } from '../server/key-file-secrets.ts';
import { runMainJob } from './mainJob.ts';
import { prepareLab } from './prepareLab.ts';

const usage = `npm start -- --headless [选项]
  --data <文件夹>            数据存放位置（缺省：data/headless）
  --runs <N>                 做几组样品（缺省 1）
  --platform <地址>          监管平台地址；不给时启动内置平台
  --org <机构代码> --key <访问键> --secret-file <文件>   与 --platform 一起给
  --port <串口>              从该串口读试验机；不给时启动虚拟试验机
  --line-profile <文件>      串口数据的行协议（JSON）
  --virtual-speed <倍数>     虚拟试验机的时间倍数（缺省 20）
  --verbose                  在标准错误输出日志`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help) {
    say(usage);
    return;
  }
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) throw usageError('--runs 应为正整数。');
  const connection = await connectionOf(values);
  const profile = values['line-profile'] ? await loadLineProfile(resolve(values['line-profile'])) : null;
  if (values.port?.startsWith('/') && !existsSync(values.port)) throw usageError(`没有串口 ${values.port}。`);
  if (values.port && !profile) throw usageError('给了 --port 就要用 --line-profile 说明它的数据格式。');

  const dataFolder = resolve(values.data);
  const started = Date.now();
  const core = await createCore({
    dataFolder,
    secrets: await openKeyFileSecrets(dataFolder),
    training: connection === null,
    virtualMachines: values.port === undefined,
    virtualSpeed: Number(values['virtual-speed']),
    ...(values.verbose
      ? {
          log: (level, message, facts) =>
            void process.stderr.write(`${level} ${message} ${JSON.stringify(facts ?? {})}\n`),
        }
      : {}),
  });
  try {
    say(`数据文件夹 ${dataFolder}`);
    const lab = await prepareLab(core, { connection, port: values.port ?? null, profile, say });
    for (let run = 1; run <= runs; run += 1) {
      if (runs > 1) say(`—— 第 ${run} 组，共 ${runs} 组 ——`);
      await runMainJob(core, lab, say);
    }
    say(`完成 ${runs} 组，用时 ${((Date.now() - started) / 1000).toFixed(1)} 秒，${toWallTime(Date.now())}`);
    say(`数据库 ${join(dataFolder, 'jiantai.sqlite')}`);
  } finally {
    await core.stop();
  }
}

const options = {
  data: { type: 'string', default: 'data/headless' },
  runs: { type: 'string', default: '1' },
  platform: { type: 'string' },
  org: { type: 'string' },
  key: { type: 'string' },
  'secret-file': { type: 'string' },
  port: { type: 'string' },
  'line-profile': { type: 'string' },
  'virtual-speed': { type: 'string', default: '20' },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function readArguments() {
  try {
    return parseArgs({ options });
  } catch (cause) {
    throw usageError(cause instanceof Error ? cause.message : String(cause));
  }
}

async function connectionOf(values: {
  platform?: string | undefined;
  org?: string | undefined;
  key?: string | undefined;
  'secret-file'?: string | undefined;
}) {
  const { platform, org, key } = values;
  const secretFile = values['secret-file'];
  if (!platform) return null;
  if (!org || !key || !secretFile) throw usageError('--platform 要与 --org、--key、--secret-file 一起给。');
  const secret = (await readFile(resolve(secretFile), 'utf8').catch(() => '')).trim();
  if (secret === '') throw usageError(`密钥文件 ${secretFile} 读不出来，或是空的。`);
  return { platformUrl: platform, orgCode: org, accessKey: key, secret };
}

function usageError(message: string): AppError {
  return new AppError({ code: 'USAGE', message, next: usage });
}

main().then(
  () => process.exit(0),
  (cause: unknown) => {
    const text =
      cause instanceof AppError
        ? `${cause.code} ${describeError(cause.info)}`
        : String((cause as Error).stack ?? cause);
    process.stderr.write(`${text}\n`);
    for (const detail of cause instanceof AppError ? (cause.info.details ?? []) : []) {
      process.stderr.write(`  ${detail.field ?? ''} ${detail.message}\n`);
    }
    process.exit(1);
  },
);
