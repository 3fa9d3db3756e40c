// Several people at work at the same time, as the three-windows test needs them.
import type { CallInput, CallName, CallOutput } from '../../../shared/contract/calls.ts';
import type { ContractClient } from '../../../shared/contract/client.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { OpenCore } from '../../../main/core/core.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import { commissionInput, importFile } from './commissions.ts';
import { machineId } from './prepare.ts';
import { sleep, type Random } from './random.ts';

export type People = Record<string, ContractClient>;

/** People who work at the same time; a refusal of the program is an answer like any other. */
export class Writers {
  readonly #core: OpenCore;
  readonly #people: People;
  readonly #random: Random;
  readonly #mark: string;
  done = 0;
  refused = 0;
  #registered = 0;

  constructor(core: OpenCore, people: People, random: Random, mark: string) {
    this.#core = core;
    this.#people = people;
    this.#random = random;
    this.#mark = mark;
  }

  async scatter(end: number): Promise<void> {
    const acts = [
      () => this.#register(),
      () => this.#register(),
      () => this.#stopMachine(),
      () => this.#changeUser(),
      () => this.#acknowledge(),
      () => this.#print(),
      () => this.#call('shouyang', 'drafts.save', { form: 'commission.new', content: this.#mark }),
      () => this.#call('zhiliang', 'sync.pushNow', {}),
    ];
    while (Date.now() < end) {
      await Promise.all(Array.from({ length: this.#random.between(1, 3) }, () => this.#random.pick(acts)()));
      await sleep(this.#random.between(0, 120));
    }
  }

  /** One sample from the machine to its report; a specimen is repeated, the record is returned once. */
  async bench(): Promise<void> {
    const commission = await this.#call('zhiliang', 'commissions.register', commissionInput(`${this.#mark}-BENCH`));
    const sampleCode = commission?.samples[0]?.sampleCode ?? '';
    const found = await this.#call('jiance', 'scan.resolve', { code: sampleCode });
    const opened = await this.#call('jiance', 'bench.open', { taskId: found?.taskId ?? '', equipmentId: machineId });
    if (!opened) return;
    const { recordNo } = opened;
    const environment = { temperatureC: '20.1', humidityPercent: '60' };
    await this.#call('jiance', 'bench.environment', { recordNo, environment });
    await this.#call('jiance', 'bench.virtual', { equipmentId: machineId, action: 'load' });
    const first = await this.#until(recordNo, (record) => record.runs.length > 0);
    const runNo = first?.runs[0]?.runNo ?? '';
    await this.#call('jiance', 'bench.repeat', { runNo, reason: '试件没有放正' });
    // The assistant puts in as many as were missing when asked; while one is at it, asking again does nothing.
    for (const limit = Date.now() + 30_000; Date.now() < limit;) {
      const record = await this.#until(recordNo, ({ result }) => result !== null, 500);
      if (record?.result) break;
      await this.#call('jiance', 'bench.virtual', { equipmentId: machineId, action: 'load' });
    }
    await this.#call('jiance', 'bench.close', { recordNo });
    await this.#sign('jiance', 'records.signTest', recordNo);
    await this.#call('jiaohe', 'records.return', { recordNo, reason: '请核对环境温度' });
    await this.#sign('jiance', 'records.signTest', recordNo);
    await this.#sign('jiaohe', 'records.signCheck', recordNo);
    const rows = await this.#call('pizhun', 'reports.search', { text: commission?.commissionNo ?? '', limit: 1 });
    const { reportNo = '', revision = 1 } = rows?.rows[0] ?? {};
    const preview = await this.#call('pizhun', 'reports.preview', { reportNo, revision });
    const digest = preview?.digest ?? '';
    await this.#call('pizhun', 'reports.approve', { reportNo, revision, digest, password: trainingPassword });
  }

  async import(end: number): Promise<void> {
    await sleep(this.#random.between(0, Math.max(0, end - Date.now() - 500)));
    const bytesBase64 = importFile(this.#mark, 60);
    const preview = await this.#call('zhiliang', 'imports.preview', { fileName: 'samples.csv', bytesBase64 });
    if (preview) {
      await this.#call('zhiliang', 'imports.commit', { importId: preview.importId, acceptPartial: true });
    }
  }

  async #register(): Promise<void> {
    this.#registered += 1;
    const who = this.#random.pick(['shouyang', 'zhiliang']);
    await this.#call(who, 'commissions.register', commissionInput(`${this.#mark}-${this.#registered}`));
  }

  async #stopMachine(): Promise<void> {
    const equipmentId = this.#random.pick(['E003', 'E004', 'E005']);
    const state = this.#random.pick(['inUse', 'stopped'] as const);
    await this.#call('shebei', 'equipment.setState', { equipmentId, state, reason: '期间核查' });
  }

  async #changeUser(): Promise<void> {
    const listed = await this.#call('admin', 'users.list', {});
    const user = listed?.users.find(({ username }) => username === 'jiance2');
    if (!user) return;
    const roles = this.#random.chance(0.5) ? (['technician'] as const) : (['technician', 'receiver'] as const);
    const change = { userId: user.userId, roles: [...roles], disabled: this.#random.chance(0.3), reason: '岗位调整' };
    await this.#call('admin', 'users.change', change);
  }

  async #acknowledge(): Promise<void> {
    const row = this.#core.context.store.first('SELECT noticeId FROM notice WHERE acknowledgedBy IS NULL');
    if (row) await this.#call('zhiliang', 'notices.acknowledge', { noticeId: String(row['noticeId']) });
  }

  async #print(): Promise<void> {
    const row = this.#core.context.store.first(`SELECT reportNo, revision FROM report WHERE state = 'filed'`);
    if (!row) return;
    const report = { reportNo: String(row['reportNo']), revision: Number(row['revision']) };
    await this.#call('zhiliang', 'reports.print', { reports: [report], purpose: 'print' });
  }

  async #sign(who: string, name: 'records.signTest' | 'records.signCheck', recordNo: string): Promise<void> {
    const record = await this.#call(who, 'records.get', { recordNo });
    if (record) await this.#call(who, name, { recordNo, digest: record.digest, password: trainingPassword });
  }

  async #until(
    recordNo: string,
    condition: (record: CallOutput<'records.get'>) => boolean,
    limitMs = 15_000,
  ): Promise<CallOutput<'records.get'> | null> {
    for (const limit = Date.now() + limitMs; Date.now() < limit; await sleep(60)) {
      const record = await this.#call('jiance', 'records.get', { recordNo });
      if (!record || condition(record)) return record;
    }
    return null;
  }

  async #call<N extends CallName>(who: string, name: N, input: CallInput<N>): Promise<CallOutput<N> | null> {
    try {
      const answer = await this.#people[who]!.call(name, input);
      this.done += 1;
      return answer;
    } catch (error) {
      if (!(error instanceof AppError) || error.info.code === 'INTERNAL') throw error;
      this.refused += 1;
      return null;
    }
  }
}
