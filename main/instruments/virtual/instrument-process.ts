// A virtual instrument as a process of its own: it knows nothing of the program that reads it. Options come as one JSON
// argument `{"kind": …}`; commands and events go over IPC when it was forked, else as JSON lines on stdin and stdout.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/appError.ts';
import { openEndpoint } from './endpoint.ts';
import { instrumentCommandSchema, instrumentOptionsSchema, Simulator } from './simulator.ts';
import type { InstrumentEvent } from './simulator.ts';

const TICK_MS = 10;
/** After a stall of this process device time goes on from now instead of racing to catch up. */
const LONGEST_CATCH_UP_MS = 250;

type ProcessEvent = InstrumentEvent | { event: 'ready'; path: string };

function tell(event: ProcessEvent): void {
  if (process.send) {
    if (process.connected) process.send(event, undefined, undefined, () => undefined);
  } else process.stdout.write(`${JSON.stringify(event)}\n`);
}

const options = instrumentOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const endpoint = await openEndpoint(options.endpoint);
const simulator = new Simulator(options, endpoint, tell);

async function stop(): Promise<void> {
  await endpoint.close();
  process.exit(0);
}

const messageSchema = z.union([z.strictObject({ command: z.literal('stop') }), instrumentCommandSchema]);

async function obey(message: unknown): Promise<void> {
  try {
    const command = messageSchema.parse(message);
    await (command.command === 'stop' ? stop() : simulator.obey(command));
  } catch (cause) {
    const reason = cause instanceof AppError ? cause.info.message : `不认识的命令：${JSON.stringify(message)}`;
    tell({ event: 'refused', reason });
  }
}

if (process.send) {
  process.on('message', (message) => void obey(message));
  process.on('disconnect', () => void stop());
} else {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    if (!line.trim()) return;
    try {
      void obey(JSON.parse(line));
    } catch {
      tell({ event: 'refused', reason: `不是有效的 JSON：${line}` });
    }
  });
  lines.on('close', () => void stop());
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => {
  // With a parent the parent decides; alone in a terminal Ctrl+C ends it.
  if (!process.send) void stop();
});
let last = performance.now();
setInterval(() => {
  const now = performance.now();
  const passed_s = Math.min(now - last, LONGEST_CATCH_UP_MS) / 1000;
  last = now;
  simulator.step(passed_s * options.speed);
}, TICK_MS);
tell({ event: 'ready', path: endpoint.path });
