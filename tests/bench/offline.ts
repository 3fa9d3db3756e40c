// A laptop that was offline for days comes back: one seat's queue through the program's own store and engine to the
// embedded platform, both processes of their own; against a bare loop of axios posts of the same bytes.
//   node tests/bench/offline.ts [--records 10000] [--reports 1200]
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { create } from 'axios';
import { startFaultProxy } from '../../sync/provincial/testing/fault-proxy.ts';
import { end } from '../faults/bed/children.ts';
import { sleep } from '../faults/bed/random.ts';
import { compare } from '../faults/chaos/checks.ts';
import { opponentOf } from '../faults/chaos/opponents.ts';
import { memoryFolder, openSeat, readLab, startPlatform } from '../faults/chaos/world.ts';
import { percentile } from './measure.ts';

const { values } = parseArgs({
  options: { records: { type: 'string', default: '10000' }, reports: { type: 'string', default: '1200' } },
});
const say = (text: string): void => void process.stdout.write(`${text}\n`);
const seconds = (ms: number): string => (ms / 1000).toFixed(1);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

async function drain(incoming: IncomingMessage): Promise<void> {
  for await (const chunk of incoming) void chunk;
}

/** The same bytes, one after the other, to a server that only takes them in. */
async function bareLoop(sizes: readonly number[]): Promise<number> {
  const server = createServer((incoming, response) => {
    void drain(incoming).then(() => response.end('{"done":true}'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const client = create({
    httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }),
    responseType: 'arraybuffer',
  });
  const began = performance.now();
  for (const size of sizes)
    await client.post(url, Buffer.alloc(size, 0x20), { headers: { 'Content-Type': 'application/json' } });
  const ms = performance.now() - began;
  server.closeAllConnections();
  server.close();
  return ms;
}

const folder = mkdtempSync(join(memoryFolder, 'jiantai-offline-'));
const opponent = opponentOf('reference');
const platform = await startPlatform(opponent, folder, '0');
const proxy = await startFaultProxy(platform.url);
const sizes: number[] = [];
proxy.decide = ({ body }) => {
  sizes.push(body.length);
  proxy.seen.length = 0;
  return 'pass';
};
const records = Number(values.records);
const reports = Number(values.reports);
const seat = openSeat({
  opponent,
  folder: join(folder, 'seat-1'),
  url: proxy.url,
  lab: readLab(folder),
  seat: 1,
  records,
  reports,
  skew: 0,
});
try {
  const began = performance.now();
  seat.open();
  const delays: number[] = [];
  let most = 0;
  let rss = 0;
  let told = '';
  let seen = seat.state;
  while (seat.state === null || seat.state.left > 0) {
    await sleep(50);
    if (seat.state === null || seat.state === seen) continue;
    seen = seat.state;
    delays.push(seen.delayMs.p99);
    most = Math.max(most, seen.delayMs.most);
    rss = Math.max(rss, seen.rssBytes);
    const progress = `${Math.floor((performance.now() - began) / 10_000) * 10} s: ${seen.counts['accepted']} accepted, ${seen.left} left`;
    if (progress.split(':')[0] !== told.split(':')[0]) say((told = progress));
  }
  const engineMs = performance.now() - began;
  const counts = seat.state.counts;
  await seat.kill();
  const found = compare(opponent, folder, [seat]);
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const bareMs = await bareLoop(sizes);
  say(`${records} records in ${reports} reports, ${found.entries} entries: ${JSON.stringify(counts)}`);
  say(
    `${seconds(engineMs)} s, ${sizes.length} requests, ${megabytes(bytes)} MB sent, ${(found.accepted / (engineMs / 1000)).toFixed(0)} entries/s`,
  );
  say(`bare loop of axios posts of the same bytes: ${seconds(bareMs)} s; ratio ${(engineMs / bareMs).toFixed(1)}`);
  say(`memory of the seat's process at most ${megabytes(rss)} MB`);
  say(
    `other work of that process waited: P99 ${percentile(delays, 0.5).toFixed(0)} ms (median of windows of 150 ms), at most ${most.toFixed(0)} ms`,
  );
  say(`both sides compared: ${found.violations.length} differences`);
  for (const violation of found.violations.slice(0, 10)) say(`  ${violation}`);
  process.exitCode = found.violations.length === 0 ? 0 : 1;
} finally {
  await seat.kill();
  await proxy.close();
  await end(platform.child, 'SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
