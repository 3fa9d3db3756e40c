// Records a sealed run from any port: a testing machine with a detector until the specimen breaks, everything else – and
// any machine with --log – as a log of readings with every byte. What it prints is for the person at the port; the file
// is the record.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ulid } from 'ulid';
import { AppError } from '../../../shared/errors/appError.ts';
import { bindDriver, findDriver } from '../../instruments/drivers/index.ts';
import { InstrumentHost } from '../../instruments/host.ts';
import type { ArmRun } from '../../instruments/protocol.ts';
import type { RunSummary } from '../../instruments/run/run-types.ts';
import type { Command } from '../jiantai.ts';
import { makeFolder } from './folder.ts';
import { parseLine } from './lineOption.ts';
import { write } from './lines.ts';

const CHANNEL = 'record';
const OPEN_LIMIT_MS = 10_000;
const FASTEST_ASK_MS = 50;

const options = {
  driver: { type: 'string' },
  port: { type: 'string' },
  profile: { type: 'string' },
  line: { type: 'string' },
  to: { type: 'string' },
  seconds: { type: 'string' },
  detector: { type: 'string' },
  range: { type: 'string' },
  log: { type: 'boolean', default: false },
  ask: { type: 'string' },
  every: { type: 'string', default: '1000' },
  id: { type: 'string' },
} as const;

function need(value: string | undefined, name: string, next: string): string {
  if (value) return value;
  throw new AppError({ code: 'USAGE', message: `缺少 --${name}。`, next });
}

function seconds(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new AppError({ code: 'USAGE', message: `--seconds 须为大于 0 的秒数，不是“${text}”。` });
}

function everyMs(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= FASTEST_ASK_MS) return value;
  throw new AppError({ code: 'USAGE', message: `--every 须为不小于 ${FASTEST_ASK_MS} 的毫秒数，不是“${text}”。` });
}

/** What the run is to be read by. The range comes from the profile or from the person, never from a guess. */
function detectorOf(
  values: { log?: boolean; detector?: string; range?: string },
  runs: boolean,
  profile: unknown,
): ArmRun['detector'] {
  if (values.log || !runs) return { id: 'readings' };
  const inProfile = (profile as { range_kN?: string; range?: string } | undefined)?.range_kN;
  const range_kN = need(
    values.range ?? inProfile,
    'range',
    '写明试验机的量程（kN），例如 --range 2000；只记字节时用 --log。',
  );
  if (!/^\d{1,6}(\.\d{1,6})?$/.test(range_kN))
    throw new AppError({ code: 'USAGE', message: `量程“${range_kN}”不是数字。` });
  const id = values.detector ?? 'compression';
  if (id !== 'compression' && id !== 'tension') {
    throw new AppError({
      code: 'USAGE',
      message: `没有名为“${id}”的采集算法。`,
      next: '可用 compression（抗压）、tension（拉伸）。',
    });
  }
  return { id, params: { range_kN } };
}

export const record: Command = {
  summary: '从任何端口记录一份封存的采集文件：试验机到破坏为止，其他仪器记录全部字节和读数',
  usage:
    'jiantai record --driver <id> --port <端口> [--profile <文件>] [--line 9600,8N1] --to <文件夹> [--seconds n] [--range kN] [--detector compression|tension] [--log] [--ask <命令> [--every 毫秒]] [--id <编号>]',
  async run(args) {
    const { values } = parseArgs({ args, options });
    const driverId = need(values.driver, 'driver', '运行 jiantai drivers 查看驱动编号。');
    const path = need(values.port, 'port', '写明串口，例如 /dev/ttyUSB0、COM3 或 tcp://地址:端口。');
    const folder = resolve(need(values.to, 'to', '写明存放采集文件的文件夹。'));
    const limit_s = seconds(values.seconds);
    const profile: unknown = values.profile ? JSON.parse(await readFile(values.profile, 'utf8')) : undefined;
    const driver = findDriver(driverId);
    const bound = bindDriver(driverId, profile);
    const detector = detectorOf(values, bound.runs, profile);
    const ask = values.ask;
    if (ask !== undefined && !Object.hasOwn(bound.commands, ask)) {
      const known = Object.keys(bound.commands).join('、') || '（无）';
      throw new AppError({ code: 'USAGE', message: `驱动 ${driverId} 没有“${ask}”命令。`, next: `可用：${known}。` });
    }
    const askEvery = everyMs(values.every);
    makeFolder(folder, (at) => ({
      code: 'FOLDER_UNWRITABLE',
      message: `不能建立文件夹 ${at}。`,
      next: '换一个可以写入的文件夹。',
    }));
    const profileLine = (profile as { line?: ReturnType<typeof parseLine> } | undefined)?.line;
    const line = values.line ? parseLine(values.line) : (profileLine ?? driver.defaultLine);

    const host = new InstrumentHost({
      runsFolder: folder,
      log: (level, message) => level !== 'info' && write({ event: 'log', level, message }),
    });
    host.on('state', ({ state, reason }) =>
      write({ event: 'state', state, ...(reason === undefined ? {} : { reason }) }),
    );
    host.on('phase', ({ phase }) => write({ event: 'phase', phase }));
    if (!bound.runs) host.on('reading', ({ event }) => write({ event: 'reading', reading: event }));
    const sealed = new Promise<RunSummary>((done) => host.on('sealed', ({ summary }) => done(summary)));
    const timers: NodeJS.Timeout[] = [];
    let stopped = false;
    let summary: RunSummary | null = null;
    const stop = (reason: string): void => {
      if (stopped) return;
      stopped = true;
      host.stopRun(CHANNEL, reason).then((summary) => summary ?? giveUp(), giveUp);
    };
    // Nothing was ever loaded: there is no run, and the empty file is gone.
    let giveUp: () => void = () => undefined;
    const nothing = new Promise<null>((done) => (giveUp = () => done(null)));
    const interrupted = (): void => stop('操作者按 Ctrl+C 结束了记录。');
    process.on('SIGINT', interrupted);
    process.on('SIGTERM', interrupted);
    try {
      const opened = await host.openChannel({ channelId: CHANNEL, path, line, driver: { id: driverId, profile } });
      if (opened.state !== 'open') await untilOpen(host, opened.reason);
      const { file } = await host.arm({
        channelId: CHANNEL,
        runId: values.id ?? ulid(),
        context: { recordNo: '', specimenNo: '', equipmentId: '', equipmentSerial: '', operatorId: '', port: path },
        detector,
        previousDigest: null,
      });
      write({ event: 'recording', file, driver: driverId, status: driver.status, detector: detector.id });
      if (limit_s !== null) timers.push(setTimeout(() => stop(`到了规定的 ${limit_s} s。`), limit_s * 1000));
      if (ask !== undefined) {
        const send = (): void => void host.send(CHANNEL, ask).catch(() => undefined);
        send();
        timers.push(setInterval(send, askEvery));
      }
      summary = await Promise.race([sealed, nothing]);
      if (summary === null) {
        throw new AppError({
          code: 'NOTHING_RECORDED',
          message: '没有加载，什么也没有记录。',
          next: '试验机在 0 附近停稳后加载；要记下未加载时的字节，请用 --log。',
        });
      }
    } finally {
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      for (const timer of timers) clearTimeout(timer);
      await host.shutdown();
    }
    write({ event: 'sealed', summary });
    return summary.validity === 'valid' ? 0 : 1;
  },
};

async function untilOpen(host: InstrumentHost, reason: string | undefined): Promise<void> {
  let last = reason;
  const open = new Promise<void>((done) => {
    host.on('state', (event) => {
      last = event.reason;
      if (event.state === 'open') done();
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => {
      fail(
        new AppError({
          code: 'PORT_NOT_OPEN',
          message: last ?? '端口没有打开。',
          meaning: '什么也没有记录。',
          next: '检查端口名、数据线和仪器电源后重试。',
        }),
      );
    }, OPEN_LIMIT_MS);
  });
  try {
    await Promise.race([open, late]);
  } finally {
    clearTimeout(timer);
  }
}
