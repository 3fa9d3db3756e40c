// Campaign: one piece of work, record to code, is broken off at every moment at which something becomes durable, once by
// SIGKILL and once by a full disk, and is then finished. All moments, not a sample; what was acknowledged must be there.
//   node tests/faults/crash-steps.ts [--how kill|full] [--from 1] [--only 57] [--every 10]
// A full disk is a real one: a small file system in memory (mount), which takes the rights of root; without them it is
// left out with a word.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createCore } from '../../main/core/core.ts';
import { seedTrainingUsers } from '../../main/core/training/trainingLab.ts';
import { programActor } from '../../main/core/context.ts';
import { openKeyFileSecrets } from '../../main/server/key-file-secrets.ts';
import { AppError } from '../../shared/errors/appError.ts';
import { startTrainingPlatform, type TrainingPlatform } from '../../sync/training/platform.ts';
import { seedTrainingLab } from '../../sync/training/seed.ts';
import { checkAll } from './bed/checks.ts';
import { Ledger } from './bed/ledger.ts';
import { doWork, type Line } from './steps/job.ts';

export type How = 'kill' | 'full';
const child = join(import.meta.dirname, 'steps/job-child.ts');
const preload = join(import.meta.dirname, 'steps/preload.ts');
const diskMb = 48;

export interface StepsResult {
  how: How;
  /** Moments at which it was broken off, and where. */
  points: number;
  byStep: Record<string, number>;
  byLabel: Record<string, number>;
  /** Codes of refusals that people saw. */
  refusals: Record<string, number>;
  seconds: number;
  violations: string[];
}

interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  step: string;
  refused: Line['refused'] | null;
  errors: string;
}

export class StepsBed {
  readonly folder = mkdtempSync(join(tmpdir(), 'jiantai-steps-'));
  readonly #base = join(this.folder, 'base');
  readonly #place = join(this.folder, 'place');
  readonly #platformFile = join(this.folder, 'platform.sqlite');
  readonly #say: (text: string) => void;
  #port = 0;
  #mounted = false;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** The administrator's day before: a lab that is connected, with people and reference data, and nothing received. */
  async prepare(how: How): Promise<void> {
    const lab = seedTrainingLab();
    const base = `${this.#base}-platform.sqlite`;
    const platform = await startTrainingPlatform({ file: base, seed: lab });
    this.#port = Number(new URL(platform.url).port);
    const core = await createCore({ dataFolder: this.#base, secrets: await openKeyFileSecrets(this.#base) });
    const { accessKey, secret } = lab.credentials;
    await core.link.setConnection(programActor('准备'), { platformUrl: platform.url, orgCode: lab.institution.orgCode, accessKey, secret }); // prettier-ignore
    await core.link.refresh();
    await seedTrainingUsers(core.context);
    await core.stop();
    await platform.stop();
    mkdirSync(this.#place);
    if (how === 'full') {
      const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m`, 'tmpfs', this.#place]);
      if (mount.status !== 0) throw new Error('no file system of its own can be mounted here');
      this.#mounted = true;
    }
  }

  remove(): void {
    if (this.#mounted) spawnSync('umount', [this.#place]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Breaks off at one moment, finishes, looks. Null when the work ended before that moment came. */
  async attempt(how: How, at: number, result: StepsResult): Promise<boolean> {
    const data = join(this.#place, 'lab');
    for (const path of [data, join(this.#place, 'filler'), this.#platformFile, `${this.#platformFile}-wal`, `${this.#platformFile}-shm`]) rmSync(path, { recursive: true, force: true }); // prettier-ignore
    cpSync(this.#base, data, { recursive: true });
    cpSync(`${this.#base}-platform.sqlite`, this.#platformFile);
    const platform = await startTrainingPlatform({ file: this.#platformFile, port: this.#port });
    const ledger = new Ledger();
    const points = join(this.folder, 'points');
    rmSync(points, { force: true });
    const blame = (what: string): void => {
      result.violations.push(`${how} at ${at}: ${what}`);
      this.#say(`VIOLATION ${how} at ${at}: ${what}`);
    };
    try {
      const first = await this.#work(data, ledger, { how, at, points, patience: 2_000 });
      const label = existsSync(points) ? this.#label(points, at) : null;
      if (label === null) {
        if (first.status !== 0) blame(`ended with ${first.status} before it was struck: ${first.errors.slice(-500)}`);
        return false;
      }
      result.points += 1;
      result.byStep[first.step] = (result.byStep[first.step] ?? 0) + 1;
      result.byLabel[label] = (result.byLabel[label] ?? 0) + 1;
      if (how === 'kill' && first.signal !== 'SIGKILL') blame(`was not killed (${first.status})`);
      if (first.refused) {
        const { code, message, next } = first.refused;
        result.refusals[code] = (result.refusals[code] ?? 0) + 1;
        if (!/[\u4e00-\u9fff]/.test(message) || !next) blame(`${code} is not in words: ${message.slice(0, 300)}`);
      }
      // What was acknowledged is on the disk at this very moment, before anything repairs it.
      rmSync(join(this.#place, 'filler'), { force: true });
      try {
        await doWork(data, 20_000, (line) => remember(ledger, line));
      } catch (cause) {
        const why = cause instanceof AppError ? JSON.stringify(cause.info) : String(cause);
        blame(`(${label}, ${first.step}) did not go on: ${why.slice(0, 900)}`);
        return true;
      }
      const faults = await checkAll({ ledger, dataFolder: data, platformFile: this.#platformFile, settled: true });
      for (const fault of faults) blame(`(${label}, ${first.step}) ${fault}`);
      return true;
    } finally {
      await stopQuietly(platform);
    }
  }

  #label(points: string, at: number): string | null {
    const line = readFileSync(points, 'utf8').split('\n')[at - 1];
    return line ? line.slice(line.indexOf(' ') + 1) : null;
  }

  async #work(
    data: string,
    ledger: Ledger,
    { how, at, points, patience }: { how: How; at: number; points: string; patience: number },
  ): Promise<Ended> {
    const env = {
      ...process.env,
      NODE_OPTIONS: '',
      // Hundreds of starts of the same program: its modules are translated once.
      NODE_COMPILE_CACHE: join(this.folder, 'compiled'),
      JIANTAI_STRIKE: how,
      JIANTAI_STRIKE_AT: String(at),
      JIANTAI_STRIKE_FOLDER: this.#place,
      JIANTAI_POINTS: points,
    };
    const started = spawn(
      process.execPath,
      ['--import', preload, child, '--data', data, '--patience', String(patience)],
      {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const ended: Ended = { status: null, signal: null, step: 'start', refused: null, errors: '' };
    const gone = new Promise<void>((resolve) => {
      started.once('exit', (status, signal) => {
        Object.assign(ended, { status, signal });
        resolve();
      });
    });
    const timer = setTimeout(() => started.kill('SIGKILL'), 60_000);
    started.stderr.on('data', (text: Buffer) => (ended.errors += text.toString()));
    for await (const text of createInterface({ input: started.stdout })) {
      const line = JSON.parse(text) as Line;
      if (line.step) ended.step = line.step;
      remember(ledger, line);
      if (line.refused) ended.refused = line.refused;
    }
    await gone;
    clearTimeout(timer);
    return ended;
  }
}

/** What was acknowledged must be there for ever after. */
function remember(ledger: Ledger, line: Line): void {
  if (line.commission) ledger.commissions.set(line.commission.commissionNo, line.commission);
  if (line.record) ledger.record(line.record);
  if (line.approved) ledger.approvals.add(line.approved);
  if (line.code) ledger.code(line.code.reportNo, line.code.code);
}

const stopQuietly = (platform: TrainingPlatform): Promise<void> => platform.stop().catch(() => undefined);

export const freshResult = (how: How): StepsResult => ({
  how, points: 0, byStep: {}, byLabel: {}, refusals: {}, seconds: 0, violations: [],
}); // prettier-ignore

/** Moments come from `next` until the work ends before one of them: then there are no more. */
export async function runSteps(how: How, moments: Iterable<number>, say: (text: string) => void): Promise<StepsResult> {
  const result = freshResult(how);
  const started = Date.now();
  const bed = new StepsBed(say);
  try {
    await bed.prepare(how);
    let beyond = 0;
    for (const at of moments) {
      // The engine works beside the people: the last moments do not come in every run.
      beyond = (await bed.attempt(how, at, result)) ? 0 : beyond + 1;
      if (beyond >= 5) break;
      if (result.points % 5 === 0)
        say(`${how} at ${at}: ${result.violations.length} violations, ${Math.round((Date.now() - started) / 1000)} s`);
    }
  } finally {
    bed.remove();
  }
  result.seconds = Math.round((Date.now() - started) / 1000);
  return result;
}

export function describeSteps(result: StepsResult): string {
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  return [
    `${result.how}: ${result.points} moments in ${result.seconds} s`,
    `steps: ${list(result.byStep)}`,
    `moments: ${list(result.byLabel)}`,
    `refusals: ${list(result.refusals) || 'none'}`,
    `violations ${result.violations.length}`,
    ...result.violations.map((violation) => `  ${violation}`),
  ].join('\n');
}

export const canMount = (): boolean => process.platform === 'linux' && process.getuid?.() === 0 && mountWorks();

function mountWorks(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'jiantai-mount-'));
  const works = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  if (works) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return works;
}

function* from(first: number, only: number | null, every: number): Generator<number> {
  if (only !== null) yield only;
  else for (let at = first; ; at += every) yield at;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { how: { type: 'string' }, from: { type: 'string', default: '1' }, only: { type: 'string' }, every: { type: 'string', default: '1' } } }); // prettier-ignore
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const ways: How[] = values.how === undefined ? ['kill', 'full'] : [values.how as How];
  for (const how of ways) {
    if (how === 'full' && !canMount()) {
      say('full: left out, no file system can be mounted here');
      continue;
    }
    const result = await runSteps(
      how,
      from(Number(values.from), values.only === undefined ? null : Number(values.only), Number(values.every)),
      say,
    );
    say(describeSteps(result));
    if (result.violations.length > 0) process.exitCode = 1;
  }
}
