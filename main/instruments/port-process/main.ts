// Entry of the port process: reads instruments and nothing else. A hung or crashing serial driver takes only this
// process with it. Runs under Node (child_process.fork) and, bundled, under Electron's utilityProcess.
import './main-thread-guard.ts';
import { mkdir } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { AppError } from '../../../shared/errors/appError.ts';
import type { ErrorInfo } from '../../../shared/errors/appError.ts';
import type { EventMessage, PortInfo, PortOp, PortRequests, RequestMessage } from '../protocol.ts';
import { Bus } from './bus.ts';
import { Channel } from './channel.ts';
import { Inspections } from './inspections.ts';
import { parentLink } from './parent-link.ts';
import { placeOf } from './place.ts';
import { watchTimeSync } from './time-sync.ts';

const TICK_MS = 40;
/** A tick this late means that this process was held up, not that the instruments were silent. */
const LATE_NS = 200_000_000n;

const link = parentLink();
const channels = new Map<string, Channel>();
const buses = new Map<string, Bus>();
let runsFolder: string | null = null;
let ending: Promise<void> | null = null;

const emit = (message: EventMessage): void => link.send(message);

const busPaths = new Map<string, string>();
const inspections = new Inspections(emit, (path) => {
  for (const [channelId, { config }] of channels) if (config.path === path) return channelId;
  for (const [busId, bus] of buses) if (bus.path === path) return busId;
  for (const [busId, busPath] of busPaths) if (buses.has(busId) && busPath === path) return busId;
  return undefined;
});

function log(level: 'info' | 'warn' | 'error', message: string): void {
  emit({ kind: 'event', name: 'log', event: { level, message } });
}

function channelOf(channelId: string): Channel {
  const channel = channels.get(channelId);
  if (channel) return channel;
  throw new AppError({ code: 'instrument.channel-unknown', message: `没有打开名为“${channelId}”的仪器通道。` });
}

function busOf(busId: string): Bus {
  const bus = buses.get(busId);
  if (bus) return bus;
  throw new AppError({ code: 'instrument.bus-unknown', message: `没有打开名为“${busId}”的仪表总线。` });
}

async function listPorts(): Promise<PortInfo[]> {
  const ports = await SerialPort.list();
  const places = await Promise.all(ports.map(({ path, locationId }) => placeOf(path, locationId)));
  return ports.map(({ path, manufacturer, serialNumber, productId, vendorId }, index) => ({
    path,
    ...(places[index] ? { place: places[index] } : {}),
    ...(manufacturer ? { manufacturer } : {}),
    ...(serialNumber ? { serialNumber } : {}),
    ...(productId ? { productId } : {}),
    ...(vendorId ? { vendorId } : {}),
  }));
}

type Handlers = { [Op in PortOp]: (args: PortRequests[Op]['args']) => Promise<PortRequests[Op]['result']> };

const handlers: Handlers = {
  async configure(args) {
    await mkdir(args.runsFolder, { recursive: true });
    runsFolder = args.runsFolder;
    watchTimeSync();
    return { pid: process.pid };
  },
  listPorts,
  async openChannel(args) {
    const channel = new Channel(args, emit);
    await channels.get(args.channelId)?.close({ cause: 'stopped', reason: '通道被重新打开。' });
    channels.set(args.channelId, channel);
    await channel.open();
    return channel.status;
  },
  async closeChannel({ channelId }) {
    const channel = channelOf(channelId);
    channels.delete(channelId);
    await channel.close({ cause: 'stopped', reason: '通道已关闭。' });
    return null;
  },
  async arm(args) {
    if (runsFolder === null)
      throw new AppError({ code: 'instrument.not-configured', message: '采集进程尚未配置数据文件夹。' });
    return channelOf(args.channelId).arm(args, runsFolder);
  },
  async disarm({ channelId, reason }) {
    return { sealed: await channelOf(channelId).end({ cause: 'disarmed', reason }) };
  },
  async stopRun({ channelId, reason }) {
    return { sealed: await channelOf(channelId).end({ cause: 'stopped', reason }) };
  },
  async send({ channelId, command }) {
    channelOf(channelId).send(command);
    return null;
  },
  async acceptIdentity({ channelId, identity }) {
    channelOf(channelId).acceptIdentity(identity);
    return null;
  },
  async recent({ channelId, seconds }) {
    return channelOf(channelId).recent(seconds);
  },
  async openBus(args) {
    const bus = new Bus(args, emit);
    await buses.get(args.busId)?.close();
    buses.set(args.busId, bus);
    busPaths.set(args.busId, args.path);
    await bus.open();
    return bus.status;
  },
  async closeBus({ busId }) {
    const bus = busOf(busId);
    buses.delete(busId);
    await bus.close();
    return null;
  },
  async addMeter({ busId, meterId, profile, everyMs }) {
    busOf(busId).addMeter(meterId, profile, everyMs);
    return null;
  },
  async removeMeter({ busId, meterId }) {
    busOf(busId).removeMeter(meterId);
    return null;
  },
  async readMeter({ busId, profile }) {
    return busOf(busId).read(profile);
  },
  async busStatistics({ busId }) {
    return busOf(busId).statistics;
  },
  probePort: (args) => inspections.probe(args),
  async cancelProbe({ path }) {
    inspections.cancel(path);
    return null;
  },
  async openRawView(args) {
    if (args.channelId !== undefined) channelOf(args.channelId);
    await inspections.openView(args);
    return null;
  },
  async closeRawView({ viewId }) {
    await inspections.closeView(viewId);
    return null;
  },
  async ping() {
    return null;
  },
  async shutdown() {
    await endAll();
    return null;
  },
};

function endAll(): Promise<void> {
  ending ??= (async () => {
    const all = [...channels.values()];
    channels.clear();
    await inspections.closeAll();
    await Promise.allSettled(all.map((channel) => channel.close({ cause: 'shutdown' })));
  })();
  return ending;
}

function errorInfo(error: unknown): ErrorInfo {
  if (error instanceof AppError) return error.info;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'instrument.failure', message: `采集进程内部出错：${message}` };
}

async function answer(request: RequestMessage): Promise<void> {
  try {
    const handler = handlers[request.op] as (args: unknown) => Promise<unknown>;
    const result = await handler(request.args);
    const sent = request.op === 'shutdown' ? () => process.exit(0) : undefined;
    link.send({ kind: 'reply', id: request.id, ok: true, result }, sent);
  } catch (error) {
    link.send({ kind: 'reply', id: request.id, ok: false, error: errorInfo(error) });
  }
}

async function leave(): Promise<void> {
  await endAll();
  process.exit(0);
}

link.onMessage((request) => void answer(request));
link.onGone(() => void leave());
// The parent decides when to stop: a Ctrl+C in the terminal reaches this process too and must not cut a run.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void leave());
process.on('unhandledRejection', (error) => log('error', `采集进程未处理的错误：${String(error)}`));

let lastTick = process.hrtime.bigint();
setInterval(() => {
  const now = process.hrtime.bigint();
  const late = now - lastTick > BigInt(TICK_MS) * 1_000_000n + LATE_NS;
  lastTick = now;
  for (const channel of channels.values()) channel.tick(now, late);
}, TICK_MS);
