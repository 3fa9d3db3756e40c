// Campaign: the core dies by SIGKILL at random moments of the whole main job, is started again, and the people finish
// their work. Nothing that was acknowledged may be missing at the end.
//   node tests/faults/kill-core.ts --kills 200 --seed 1      the campaign
//   node tests/faults/kill-core.ts --seed 1 --only 17        job 17 of it alone, with the same moments
import { parseArgs } from 'node:util';
import type { CallName } from '../../shared/contract/calls.ts';
import { openReadOnly } from '../../main/store/readOnly.ts';
import type { Job } from './bed/job.ts';
import { FaultLab } from './bed/lab.ts';
import { seededRandom, seedOf, sleep, type Random } from './bed/random.ts';

/** Calls that write; half of the kills of a campaign are aimed at one of them. */
const writing: readonly CallName[] = [
  'session.signIn', 'drafts.save', 'drafts.discard', 'commissions.register', 'bench.open', 'bench.environment',
  'bench.close', 'records.signTest', 'records.signCheck', 'reports.approve', 'sync.pushNow',
]; // prettier-ignore
const mostKillsPerJob = 7;
const longestAimMs = 60;
const longestDownMs = 400;

export interface CampaignOptions {
  kills: number;
  seed: number;
  /** Only this job of the campaign. */
  only?: number;
  folder?: string;
  /** Length of a job and of a restart, where they need not be measured first. */
  lengths?: { jobMs: number; restartMs: number };
  say?: (text: string) => void;
}

export interface CampaignResult {
  kills: number;
  /** Kills that took the port process along, as a power cut does. */
  withPort: number;
  killsByStep: Record<string, number>;
  jobs: number;
  runs: number;
  /** Runs that a fresh core found on disk and put into the records. */
  adopted: number;
  interrupted: number;
  signatures: number;
  numbers: number;
  codes: number;
  jobMs: number;
  restartMs: number;
  seconds: number;
  violations: string[];
  folder: string;
}

/** `at` is a share of the job's length, uniform; the others wait for a call and strike while it is under way. */
type Moment = { port: boolean; downMs: number } & ({ at: number } | { call: CallName; afterMs: number });

function drawMoments(random: Random): Moment[] {
  return Array.from({ length: random.between(1, mostKillsPerJob) }, (): Moment => {
    const how = { port: random.chance(0.25), downMs: random.between(0, longestDownMs) };
    return random.chance(0.5)
      ? { ...how, at: random.next() }
      : { ...how, call: random.pick(writing), afterMs: random.next() * longestAimMs };
  });
}

class Campaign {
  readonly #options: CampaignOptions;
  readonly #say: (text: string) => void;
  readonly #lab: FaultLab;
  readonly result: CampaignResult;

  constructor(options: CampaignOptions, lab: FaultLab) {
    this.#options = options;
    this.#say = options.say ?? (() => undefined);
    this.#lab = lab;
    this.result = {
      kills: 0, withPort: 0, killsByStep: {}, jobs: 0, runs: 0, adopted: 0, interrupted: 0, signatures: 0,
      numbers: 0, codes: 0, jobMs: 0, restartMs: 0, seconds: 0, violations: [], folder: lab.folder,
    }; // prettier-ignore
  }

  async run(): Promise<void> {
    const { kills, seed, only } = this.#options;
    const started = Date.now();
    if (this.#options.lengths) Object.assign(this.result, this.#options.lengths);
    else await this.#measure();
    const [firstPart, lastPart] = only === undefined ? [1, Infinity] : [only, only];
    for (let part = firstPart; part <= lastPart && this.result.kills < kills; part += 1) {
      await this.#job(part, seedOf(seed, part), kills - this.result.kills);
      const { kills: done, violations } = this.result;
      const seconds = Math.round((Date.now() - started) / 1000);
      this.#say(`job ${part}: ${done} kills, ${violations.length} violations, ${seconds} s`);
    }
    this.#note('the end', await this.#lab.settle());
    this.#count();
    this.result.seconds = Math.round((Date.now() - started) / 1000);
  }

  /** One job without a kill, and one restart, tell how long the ones with kills will be. */
  async #measure(): Promise<void> {
    const { core } = this.#lab;
    await core.ready();
    const job = this.#lab.openJob(`MEASURE-${this.#options.seed}`);
    const jobStarted = Date.now();
    await job.run();
    this.result.jobMs = Date.now() - jobStarted;
    const restartStarted = Date.now();
    await core.kill();
    core.restart();
    await core.ready();
    await job.call('technician', 'session.current', {});
    this.result.restartMs = Date.now() - restartStarted;
    job.close();
    this.result.jobs += 1;
    this.#say(`a job takes ${this.result.jobMs} ms, a restart ${this.result.restartMs} ms`);
  }

  async #job(part: number, seed: number, mostKills: number): Promise<void> {
    const moments = drawMoments(seededRandom(seed)).slice(0, mostKills);
    const timed = moments.filter((moment) => 'at' in moment);
    const aimed = moments.filter((moment) => 'call' in moment);
    const length = this.result.jobMs + moments.length * (this.result.restartMs + longestDownMs);
    let finished = false;
    let killing: Promise<void> = Promise.resolve();
    const strike = (moment: Moment): void => {
      killing = killing.then(() => (finished ? undefined : this.#kill(job, moment)));
    };
    const job = this.#lab.openJob(`JOB-${this.#options.seed}-${part}`, (name) => {
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
    this.#note(`job ${part}`, await this.#lab.check());
  }

  async #kill(job: Job, moment: Moment): Promise<void> {
    const where = stepName(job);
    await this.#lab.core.kill({ port: moment.port });
    this.result.kills += 1;
    if (moment.port) this.result.withPort += 1;
    this.result.killsByStep[where] = (this.result.killsByStep[where] ?? 0) + 1;
    await sleep(moment.downMs);
    this.#lab.core.restart();
  }

  #note(where: string, faults: readonly string[]): void {
    const known = new Set(this.result.violations);
    for (const fault of faults) {
      if (known.has(fault)) continue;
      this.result.violations.push(fault);
      this.#say(`VIOLATION after ${where}: ${fault}`);
    }
  }

  #count(): void {
    const store = openReadOnly(this.#lab.dataFolder);
    const count = (of: string) => Number(store.first(`SELECT count(*) AS n FROM ${of}`)?.['n'] ?? 0);
    Object.assign(this.result, {
      runs: count('run'),
      interrupted: count(`run WHERE validity = 'interrupted'`),
      signatures: count('signature'),
      numbers: count('numberIssued'),
      codes: count('report WHERE code IS NOT NULL'),
    });
    store.close();
    for (const line of this.#lab.core.log.split('\n')) {
      if (!line.includes('runs adopted after an unclean end')) continue;
      this.result.adopted += (JSON.parse(line) as { adopted: unknown[] }).adopted.length;
    }
  }
}

const stepName = ({ step, phase }: Job): string =>
  step === 'bench' ? `bench ${phase === '' ? 'opening' : phase}` : step;

export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, folder } = options;
  const lab = await FaultLab.start({ seed, ...(folder === undefined ? {} : { folder }) });
  const campaign = new Campaign(options, lab);
  let broken = true;
  try {
    await campaign.run();
    broken = campaign.result.violations.length > 0;
    return campaign.result;
  } finally {
    await lab.stop(broken || folder !== undefined);
    if (broken) options.say?.(`kept: ${lab.folder}\n${lab.core.log.split('\n').slice(-20).join('\n')}`);
  }
}

export function describeResult(result: CampaignResult): string {
  const steps = Object.entries(result.killsByStep)
    .sort(([, a], [, b]) => b - a)
    .map(([step, count]) => `${step} ${count}`);
  return [
    `kills ${result.kills} (${result.withPort} with the port process) in ${result.seconds} s`,
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
  const again = `again: npm run chaos:kill -- --kills ${kills} --seed ${seed}`;
  try {
    const result = await runCampaign({
      kills,
      seed,
      say,
      ...(values.only === undefined ? {} : { only: Number(values.only) }),
      ...(values.folder === undefined ? {} : { folder: values.folder }),
    });
    say(describeResult(result));
    if (result.violations.length > 0) say(again);
    process.exitCode = result.violations.length === 0 ? 0 : 1;
  } catch (error) {
    say(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${again}`);
    process.exitCode = 1;
  }
}
