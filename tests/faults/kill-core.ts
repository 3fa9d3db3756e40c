// Campaign: the core dies by SIGKILL at random moments of the whole main job, is started again, and the five people
// finish their work. Nothing that was acknowledged may be missing at the end.
//   node tests/faults/kill-core.ts --kills 200 --seed 1      the campaign
//   node tests/faults/kill-core.ts --seed 1 --only 17        job 17 of it alone, with the same moments
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { CallName } from '../../shared/contract/calls.ts';
import { startVirtualMachine, type VirtualMachine } from '../../main/instruments/virtual/index.ts';
import { openReadOnly } from '../../main/store/readOnly.ts';
import { isAlive, startCore, startPlatform, type CoreProcess, type PlatformProcess } from './bed/children.ts';
import { checkAll } from './bed/checks.ts';
import { Job, type JobStep } from './bed/job.ts';
import { Ledger } from './bed/ledger.ts';
import { prepareLabFolder } from './bed/prepare.ts';
import { seededRandom, seedOf, sleep, type Random } from './bed/random.ts';

/** Calls that write; half of the kills of a campaign are aimed at one of them. */
const writing: readonly CallName[] = [
  'session.signIn', 'drafts.save', 'drafts.discard', 'commissions.register', 'bench.open', 'bench.environment',
  'bench.close', 'records.signTest', 'records.signCheck', 'reports.approve', 'sync.pushNow',
]; // prettier-ignore
const mostKillsPerJob = 7;
const longestAimMs = 60;

export interface CampaignOptions {
  kills: number;
  seed: number;
  /** Only this job of the campaign. */
  only?: number;
  /** Where the lab and the platform live; a folder in the system's temporary one when left out. */
  folder?: string;
  say?: (text: string) => void;
}

export interface CampaignResult {
  kills: number;
  /** Kills that took the port process along. */
  withPort: number;
  killsByStep: Record<string, number>;
  jobs: number;
  runs: number;
  /** Runs that a fresh core found on disk and put into the records. */
  adopted: number;
  interrupted: number;
  codes: number;
  signatures: number;
  numbers: number;
  jobMs: number;
  restartMs: number;
  seconds: number;
  violations: string[];
  folder: string;
}

type Moment = { port: boolean; downMs: number } & ({ at: number } | { call: CallName; afterMs: number });

/** `at` is a share of the job's length, uniform; the others wait for a call and strike while it is under way. */
function drawMoments(random: Random): Moment[] {
  const moments = Array.from({ length: random.between(1, mostKillsPerJob) }, (): Moment => {
    const how = { port: random.chance(0.25), downMs: random.between(0, 400) };
    return random.chance(0.5)
      ? { ...how, at: random.next() }
      : { ...how, call: random.pick(writing), afterMs: random.next() * longestAimMs };
  });
  return moments.sort((a, b) => ('at' in a ? a.at : 2) - ('at' in b ? b.at : 2));
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #say: (text: string) => void;
  readonly #folder: string;
  readonly #ledger = new Ledger();
  readonly #core: CoreProcess;
  readonly #machine: VirtualMachine;
  readonly #platform: PlatformProcess;
  readonly result: CampaignResult;

  private constructor(
    options: CampaignOptions,
    parts: { folder: string; core: CoreProcess; machine: VirtualMachine; platform: PlatformProcess },
  ) {
    this.#options = options;
    this.#say = options.say ?? (() => undefined);
    this.#folder = parts.folder;
    this.#core = parts.core;
    this.#machine = parts.machine;
    this.#platform = parts.platform;
    this.result = {
      kills: 0, withPort: 0, killsByStep: {}, jobs: 0, runs: 0, adopted: 0, interrupted: 0, codes: 0, signatures: 0,
      numbers: 0, jobMs: 0, restartMs: 0, seconds: 0, violations: [], folder: parts.folder,
    }; // prettier-ignore
  }

  static async start(options: CampaignOptions): Promise<Campaign> {
    const folder = resolve(options.folder ?? mkdtempSync(join(tmpdir(), 'jiantai-kill-')));
    mkdirSync(folder, { recursive: true });
    const platform = await startPlatform(folder);
    // 20 lines a second at fifty times the speed: a cube is crushed in a little over a second.
    const machine = await startVirtualMachine({ endpoint: 'pty', rateHz: 20, speed: 50, seed: options.seed || 1 });
    await prepareLabFolder(join(folder, 'lab'), platform, machine.path);
    const core = startCore(join(folder, 'lab'));
    return new Campaign(options, { folder, core, machine, platform });
  }

  async run(): Promise<void> {
    const { kills, seed, only } = this.#options;
    const started = Date.now();
    await this.#measure();
    if (only !== undefined) await this.#job(only, seedOf(seed, only), Infinity);
    for (let part = 1; only === undefined && this.result.kills < kills; part += 1) {
      await this.#job(part, seedOf(seed, part), kills - this.result.kills);
      const line = `job ${part}: ${this.result.kills} kills, ${this.result.violations.length} violations`;
      this.#say(`${line}, ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
    await this.#close();
    this.result.seconds = Math.round((Date.now() - started) / 1000);
  }

  /** Frees everything that is still running; for a campaign that broke off as well. */
  async stop(): Promise<void> {
    await this.#core.stop();
    await this.#machine.stop();
    await this.#platform.stop();
  }

  /** One job without a kill and one restart tell how long the ones with kills will be. */
  async #measure(): Promise<void> {
    await this.#core.ready();
    const job = this.#open(`MEASURE-${this.#options.seed}`);
    const jobStarted = Date.now();
    await job.run();
    this.result.jobMs = Date.now() - jobStarted;
    const restartStarted = Date.now();
    await this.#core.kill();
    this.#core.restart();
    await this.#core.ready();
    await job.call('technician', 'session.current', {});
    this.result.restartMs = Date.now() - restartStarted;
    job.close();
    this.result.jobs += 1;
    this.#say(`a job takes ${this.result.jobMs} ms, a restart ${this.result.restartMs} ms`);
  }

  #open(sampleCode: string, onCall?: (name: CallName) => void): Job {
    const [core, machine, ledger] = [this.#core, this.#machine, this.#ledger];
    return new Job({ core, machine, ledger, sampleCode, ...(onCall ? { onCall } : {}) });
  }

  async #job(part: number, seed: number, mostKills: number): Promise<void> {
    const moments = drawMoments(seededRandom(seed)).slice(0, mostKills);
    const timed = moments.filter((moment) => 'at' in moment);
    const aimed = moments.filter((moment) => 'call' in moment);
    const length = this.result.jobMs + moments.length * this.result.restartMs;
    let finished = false;
    let killing: Promise<void> = Promise.resolve();
    const strike = (moment: Moment): void => {
      killing = killing.then(() => (finished ? undefined : this.#kill(job, moment)));
    };
    const job = this.#open(`JOB-${this.#options.seed}-${part}`, (name) => {
      const index = aimed.findIndex((moment) => moment.call === name);
      const moment = aimed.splice(index, index < 0 ? 0 : 1)[0];
      if (moment) setTimeout(() => strike(moment), moment.afterMs);
    });
    const timers = timed.map((moment) => setTimeout(() => strike(moment), moment.at * length));
    try {
      await job.run();
    } finally {
      finished = true;
      for (const timer of timers) clearTimeout(timer);
      await killing;
      job.close();
    }
    this.result.jobs += 1;
    await this.#check(`job ${part}`, false);
  }

  async #kill(job: Job, moment: Moment): Promise<void> {
    const where = stepName(job.step, job.phase);
    await this.#core.kill({ port: moment.port });
    this.result.kills += 1;
    if (moment.port) this.result.withPort += 1;
    this.result.killsByStep[where] = (this.result.killsByStep[where] ?? 0) + 1;
    await sleep(moment.downMs);
    this.#core.restart();
  }

  async #check(where: string, settled: boolean): Promise<void> {
    const [dataFolder, platformFile, ledger] = [join(this.#folder, 'lab'), this.#platform.file, this.#ledger];
    const known = new Set(this.result.violations);
    for (const fault of await checkAll({ ledger, dataFolder, platformFile, settled })) {
      if (known.has(fault)) continue;
      this.result.violations.push(fault);
      this.#say(`VIOLATION after ${where}: ${fault}`);
    }
  }

  /** Started once more, so that what the last kill left behind is adopted; ended as a person ends it; then counted. */
  async #close(): Promise<void> {
    await this.#core.ready();
    await this.#core.stop();
    this.#core.restart();
    await this.#core.ready();
    await this.#settle();
    await this.#core.stop();
    for (const pid of this.#core.leftBehind) {
      for (const end = Date.now() + 10_000; isAlive(pid) && Date.now() < end; ) await sleep(100);
      if (isAlive(pid)) this.result.violations.push(`port process ${pid} outlived its core`);
    }
    await this.#check('the end', true);
    const store = openReadOnly(join(this.#folder, 'lab'));
    const count = (sql: string) => Number(store.first(sql)?.['n'] ?? 0);
    this.result.runs = count('SELECT count(*) AS n FROM run');
    this.result.interrupted = count(`SELECT count(*) AS n FROM run WHERE validity = 'interrupted'`);
    this.result.codes = count('SELECT count(*) AS n FROM report WHERE code IS NOT NULL');
    this.result.signatures = count('SELECT count(*) AS n FROM signature');
    this.result.numbers = count('SELECT count(*) AS n FROM numberIssued');
    store.close();
    for (const line of this.#core.log.split('\n')) {
      if (!line.includes('runs adopted after an unclean end')) continue;
      this.result.adopted += (JSON.parse(line) as { adopted: unknown[] }).adopted.length;
    }
    const internal = this.#core.log.split('\n').filter((line) => /"message":"call \S+ failed"/.test(line));
    for (const line of internal) this.result.violations.push(`internal error: ${line.slice(0, 600)}`);
  }

  /** The queue is sent to its end: adopted runs have something to upload too. */
  async #settle(): Promise<void> {
    const store = openReadOnly(join(this.#folder, 'lab'));
    try {
      for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
        if (!store.first(`SELECT 1 FROM outbox WHERE state NOT IN ('accepted', 'rejected', 'parked')`)) return;
      }
    } finally {
      store.close();
    }
  }
}

const stepName = (step: JobStep, phase: string): string =>
  step === 'bench' ? `bench ${phase === '' ? 'opening' : phase}` : step;

export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const campaign = await Campaign.start(options);
  try {
    await campaign.run();
    return campaign.result;
  } finally {
    await campaign.stop();
    const { violations, folder } = campaign.result;
    if (violations.length === 0 && options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

export function describeResult(result: CampaignResult): string {
  const steps = Object.entries(result.killsByStep)
    .sort(([, a], [, b]) => b - a)
    .map(([step, count]) => `${step} ${count}`);
  return [
    `kills ${result.kills} (with the port process ${result.withPort}), in ${result.seconds} s`,
    `struck at: ${steps.join(', ')}`,
    `jobs finished ${result.jobs}, runs saved ${result.runs}, runs adopted ${result.adopted}, interrupted ${result.interrupted}`,
    `signatures ${result.signatures}, numbers issued ${result.numbers}, codes ${result.codes}`,
    `violations ${result.violations.length}`,
    ...result.violations.map((violation) => `  ${violation}`),
  ].join('\n');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      folder: { type: 'string' },
    },
  });
  const [kills, seed] = [Number(values.kills), Number(values.seed)];
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const result = await runCampaign({
    kills,
    seed,
    say,
    ...(values.only === undefined ? {} : { only: Number(values.only) }),
    ...(values.folder === undefined ? {} : { folder: values.folder }),
  });
  say(describeResult(result));
  if (result.violations.length > 0) {
    say(`folder kept: ${result.folder}; again: npm run chaos:kill -- --kills ${kills} --seed ${seed}`);
  }
  process.exitCode = result.violations.length === 0 ? 0 : 1;
}
