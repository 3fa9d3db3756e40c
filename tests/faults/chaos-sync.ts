// Campaign: several seats send a day's work to one platform through a network that loses, delays, repeats, reorders and
// cuts, while seats and platform die by SIGKILL. In the end both sides are equal, each report revision has one code.
//   node tests/faults/chaos-sync.ts --runs 300 --seed 1 --seats 3 --records 500 --reports 60
//   node tests/faults/chaos-sync.ts --seed 1 --only 17        (run 17 of that seed alone, with the same weather)
//   node tests/faults/chaos-sync.ts --runs 300 --from 120     (goes on where a campaign was ended)
//   node tests/faults/chaos-sync.ts --profile form | exchange-tables   (the other profiles, against their own simulators)
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startFaultProxy, type Fault } from '../../sync/provincial/testing/fault-proxy.ts';
import { end } from './bed/children.ts';
import { type Random, seededRandom, seedOf, sleep } from './bed/random.ts';
import { compare, type Found } from './chaos/checks.ts';
import { addAccounts, holdFile, opponentOf } from './chaos/opponents.ts';
import { accountOf, memoryFolder, openSeat, readLab, type Seat, startPlatform } from './chaos/world.ts';

export interface ChaosOptions {
  seats: number;
  records: number;
  reports: number;
  /** How long the network is bad and processes die, ms. */
  stormMs: number;
  profile?: string;
  say?: (text: string) => void;
}

export interface ChaosResult extends Found {
  kills: { seat: number; platform: number };
  requests: number;
  faults: Partial<Record<Fault | 'held', number>>;
  halts: number;
  seconds: number;
}

const WEATHER: readonly Fault[] = [
  'before', 'after', 'error-500', 'error-500-instead', 'garbage', 'html', 'truncated', 'html-404-instead', 'redirect-instead',
  'twice', 'silence', 'late', 'slow', 'slow',
]; // prettier-ignore
const CALM_LIMIT_MS = 240_000;

export async function oneRun(seed: number, options: ChaosOptions): Promise<ChaosResult> {
  const { seats: count, records, reports, stormMs } = options;
  const random = seededRandom(seed);
  const began = performance.now();
  const folder = mkdtempSync(join(memoryFolder, 'jiantai-chaos-'));
  const opponent = opponentOf(options.profile ?? 'reference');
  let platform = await startPlatform(opponent, folder, '0');
  const proxy = opponent.network ? await startFaultProxy(platform.url) : null;
  const url = opponent.url(folder, proxy?.url ?? '');
  const lab = readLab(folder);
  if (opponent.accountPerSeat)
    addAccounts(
      opponent.file(folder),
      Array.from({ length: count - 1 }, (_, index) => accountOf(index + 2)),
    );
  const seats = Array.from({ length: count }, (_, index) => {
    const own = join(folder, `seat-${index + 1}`);
    const skew = random.chance(0.3) ? random.between(-600_000, 600_000) : 0;
    return openSeat({ opponent, folder: own, url, lab, seat: index + 1, records, reports, skew });
  });
  const result: ChaosResult = {
    entries: 0, accepted: 0, refused: 0, codes: 0, attempts: 0, violations: [], kills: { seat: 0, platform: 0 }, requests: 0,
    faults: {}, halts: 0, seconds: 0,
  }; // prettier-ignore
  const bad = 0.05 + random.next() * 0.35;
  let storm = true;
  if (proxy !== null)
    proxy.decide = () => {
      result.requests += 1;
      proxy.seen.length = 0;
      if (!storm || !random.chance(bad)) return 'pass';
      const fault = random.pick(WEATHER);
      result.faults[fault] = (result.faults[fault] ?? 0) + 1;
      return fault;
    };
  /** Without a network it is the file that somebody else has. */
  const holding = setInterval(() => {
    if (proxy !== null || !storm || !random.chance(bad)) return;
    result.faults.held = (result.faults.held ?? 0) + 1;
    holdFile(join(folder, 'exchange.sqlite'), random.between(20, 400));
  }, 150);
  try {
    for (const seat of seats) seat.open();
    while (seats.some((seat) => seat.state === null)) await sleep(50);
    await kills(random, stormMs, seats, result, async () => {
      const port = opponent.network ? new URL(platform.url).port : '';
      await end(platform.child, 'SIGKILL');
      await sleep(random.between(0, 300));
      platform = await startPlatform(opponent, folder, port);
    });
    storm = false;
    const until = performance.now() + CALM_LIMIT_MS;
    while (seats.some((seat) => seat.state === null || seat.state.left > 0)) {
      if (performance.now() > until) {
        result.violations.push(`not at rest: ${JSON.stringify(seats.map((seat) => seat.state))}`);
        break;
      }
      await sleep(100);
    }
    // What was on the way late arrives now or never.
    await sleep((proxy?.lateMs ?? 0) + 200);
  } finally {
    clearInterval(holding);
    for (const seat of seats) if (seat.child) await end(seat.child, 'SIGKILL');
    await proxy?.close();
    await end(platform.child, 'SIGTERM');
  }
  const found = compare(opponent, folder, seats);
  const violations = [...result.violations, ...found.violations];
  Object.assign(result, found, { violations, halts: seats.reduce((sum, seat) => sum + seat.halts, 0) });
  result.seconds = Math.round((performance.now() - began) / 100) / 10;
  if (violations.length === 0) rmSync(folder, { recursive: true, force: true });
  else options.say?.(`kept: ${folder}`);
  return result;
}

async function kills(
  random: Random,
  stormMs: number,
  seats: Seat[],
  result: ChaosResult,
  killPlatform: () => Promise<void>,
): Promise<void> {
  const until = performance.now() + stormMs;
  while (performance.now() < until) {
    await sleep(random.between(200, 2000));
    if (random.chance(0.25)) {
      await killPlatform();
      result.kills.platform += 1;
    } else {
      const seat = random.pick(seats);
      await seat.kill();
      await sleep(random.between(0, 500));
      seat.open();
      result.kills.seat += 1;
    }
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '300' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      from: { type: 'string', default: '1' },
      seats: { type: 'string', default: '3' },
      records: { type: 'string', default: '500' },
      reports: { type: 'string', default: '60' },
      storm: { type: 'string', default: '10000' },
      profile: { type: 'string', default: 'reference' },
    },
  });
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const options = { seats: Number(values.seats), records: Number(values.records), reports: Number(values.reports), stormMs: Number(values.storm), profile: values.profile, say }; // prettier-ignore
  const first = Number(values.only ?? values.from);
  const last = values.only === undefined ? Number(values.runs) : first;
  const sum = {
    runs: 0,
    entries: 0,
    accepted: 0,
    refused: 0,
    codes: 0,
    requests: 0,
    halts: 0,
    seatKills: 0,
    platformKills: 0,
    violations: 0,
  };
  for (let run = first; run <= last; run += 1) {
    const result = await oneRun(seedOf(Number(values.seed), run), options);
    sum.runs += 1;
    for (const name of ['entries', 'accepted', 'refused', 'codes', 'requests', 'halts'] as const)
      sum[name] += result[name];
    sum.seatKills += result.kills.seat;
    sum.platformKills += result.kills.platform;
    sum.violations += result.violations.length;
    const { violations, ...figures } = result;
    say(`run ${run}: ${JSON.stringify(figures)}`);
    for (const violation of violations.slice(0, 20)) say(`VIOLATION ${violation}`);
    if (violations.length > 0)
      say(`again: node tests/faults/chaos-sync.ts --profile ${values.profile} --seed ${values.seed} --only ${run}`);
  }
  say(JSON.stringify(sum));
  process.exitCode = sum.violations === 0 ? 0 : 1;
}
