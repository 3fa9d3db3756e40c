// A machine of 1 kHz through the real bench server to the screen in Chromium: every sample that was sent is accounted for
// in the window, and how long a frame takes meanwhile. Needs a built renderer.
//   node tests/bench/live-stream.ts [--seconds 30] [--hz 1000]
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { virtualMachineProfile } from '../../main/instruments/virtual/index.ts';
import { startBench } from '../e2e/bench-shell.ts';
import { before, chooseMachine, enter } from '../e2e/paths/steps.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '30' }, hz: { type: 'string', default: '1000' } },
});
const [seconds, hz] = [Number(values.seconds), Number(values.hz)];
const equipmentId = 'E001';

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
const line = (name: string, found: readonly number[], unit: string): string => {
  const sorted = [...found].sort((a, b) => a - b);
  return `${name}: median ${quantile(sorted, 0.5).toFixed(2)} ${unit}, p95 ${quantile(sorted, 0.95).toFixed(2)} ${unit}, greatest ${(sorted.at(-1) ?? Number.NaN).toFixed(2)} ${unit}`;
};

const sockets: Socket[] = [];
const server = createServer((socket) => void sockets.push(socket));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

const dataFolder = mkdtempSync(join(tmpdir(), 'jiantai-live-'));
const shell = await startBench({ dataFolder, virtualSpeed: 1 });
try {
  const { page } = shell;
  await page.setViewportSize({ width: 1366, height: 768 });
  await before(page, async (as) => {
    const keeper = await as('shebei');
    await keeper.call('equipment.setPort', {
      equipmentId,
      path: `tcp://127.0.0.1:${port}`,
      baudRate: 115_200,
      lineProfile: JSON.stringify(virtualMachineProfile),
    });
  });
  await enter(page, 'jiance');
  await chooseMachine(page, equipmentId);
  await page.keyboard.press('F3');
  const opened = Date.now();
  while (sockets.length === 0 && Date.now() - opened < 20_000) await new Promise((resolve) => setTimeout(resolve, 50));
  const [socket] = sockets;
  if (socket === undefined) throw new Error('the program did not connect');
  await page.evaluate(() => {
    const seen = { frames: [] as number[], draws: [] as number[], intervals: [] as number[] };
    Object.assign(globalThis, { seen });
    let last = performance.now();
    const frame = (): void => {
      const now = performance.now();
      seen.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    const canvas = document.querySelector('[data-testid="live-chart"]')!;
    let drawn = performance.now();
    new MutationObserver(() => {
      seen.draws.push(Number((canvas as HTMLElement).dataset['drawMs']));
      seen.intervals.push(performance.now() - drawn);
      drawn = performance.now();
    }).observe(canvas, { attributes: true, attributeFilter: ['data-draws'] });
  });
  let sent = 0;
  const started = performance.now();
  const total = seconds * hz;
  while (sent < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * hz));
    let lines = '';
    for (; sent < due; sent += 1) {
      // A slow saw with a needle of one sample every second.
      const load = sent % hz === 500 ? 900 : ((sent / hz) % 20) * 20;
      lines += `${sent},${(sent / hz).toFixed(3)},${load.toFixed(1)},${(sent / hz / 10).toFixed(3)}\r\n`;
    }
    if (lines !== '') socket.write(lines);
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
  await page.waitForTimeout(1500);
  const { dataset, seen } = await page.evaluate(() => ({
    dataset: Object.fromEntries(
      Object.entries(document.querySelector<HTMLElement>('[data-testid="live-chart"]')!.dataset),
    ),
    seen: (globalThis as unknown as { seen: { frames: number[]; draws: number[]; intervals: number[] } }).seen,
  }));
  const accounted = Number(dataset['accounted']);
  // The first line after connecting is dropped, because it may be half a line.
  const expected = sent - 1;
  process.stdout.write(
    `${[
      `${hz} Hz for ${seconds} s: sent ${sent}, decodable ${expected}, accounted for in the window ${accounted} (${accounted === expected ? 'all' : `${expected - accounted} missing`})`,
      `last picture: ${dataset['samples']} samples, ${dataset['points']} points drawn; ${seen.draws.length} redraws, ${(seen.draws.length / seconds).toFixed(1)} a second`,
      line('drawing', seen.draws, 'ms'),
      line('between redraws', seen.intervals.slice(1), 'ms'),
      line('between frames', seen.frames, 'ms'),
    ].join('\n')}\n`,
  );
  process.exitCode = accounted === expected ? 0 : 1;
} finally {
  await shell.stop();
  server.close();
  for (const socket of sockets) socket.destroy();
  rmSync(dataFolder, { recursive: true, force: true });
}
