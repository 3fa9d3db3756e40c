// The main job as five people do it through the contract: reception, three cubes, three signatures, the code. Every step
// first looks where the work stands, so that it can be taken up again after the core died at any moment of it.
import { randomUUID } from 'node:crypto';
import type { CallInput, CallName, CallOutput } from '../../../shared/contract/calls.ts';
import type { CoreEvent } from '../../../shared/contract/events.ts';
import type { TestRecord } from '../../../shared/entities/record.ts';
import { AppError } from '../../../shared/errors/appError.ts';
import type { VirtualMachine } from '../../../main/instruments/virtual/index.ts';
import { trainingPassword } from '../../../main/core/training/trainingLab.ts';
import type { CoreProcess } from './children.ts';
import { commissionInput } from './commissions.ts';
import type { Ledger } from './ledger.ts';
import { machineId } from './prepare.ts';
import { sleep } from './random.ts';
import { BenchWindow, CoreGone } from './windows.ts';

const people = {
  receiver: 'shouyang',
  technician: 'jiance',
  checker: 'jiaohe',
  signatory: 'pizhun',
} as const;
export type Person = keyof typeof people;

export const jobSteps = ['reception', 'bench', 'test', 'check', 'approve', 'code', 'done'] as const;
export type JobStep = (typeof jobSteps)[number];

export interface JobOptions {
  core: CoreProcess;
  machine: VirtualMachine;
  ledger: Ledger;
  /** Stands on the sample, so that the work can be found again. */
  sampleCode: string;
  limitMs?: number;
  /** Told before every call leaves. */
  onCall?: (name: CallName) => void;
}

export class Job {
  readonly #options: JobOptions;
  readonly #windows: Record<Person, BenchWindow>;
  /** What the machine says: whether a specimen is under load. */
  #pressing = false;
  readonly #offMachine: () => void;
  step: JobStep = 'reception';
  phase = '';
  recordNo: string | null = null;
  reportNo: string | null = null;
  commissionNo: string | null = null;

  constructor(options: JobOptions) {
    this.#options = options;
    const open = (username: string, onEvent?: (event: CoreEvent) => void) =>
      new BenchWindow({
        core: options.core,
        username,
        password: trainingPassword,
        ...(options.onCall ? { onSend: options.onCall } : {}),
        ...(onEvent ? { onEvent } : {}),
      });
    this.#windows = {
      receiver: open(people.receiver),
      technician: open(people.technician, (event) => this.#heard(event)),
      checker: open(people.checker),
      signatory: open(people.signatory),
    };
    this.#offMachine = options.machine.on(({ event }) => {
      if (event === 'specimen-start') this.#pressing = true;
      if (event === 'specimen-end' || event === 'pulled') this.#pressing = false;
    });
  }

  /** Until the report is filed with its code. */
  async run(): Promise<void> {
    const end = Date.now() + (this.#options.limitMs ?? 180_000);
    while (this.step !== 'done') {
      if (Date.now() > end) throw new Error(`job ${this.#options.sampleCode} stands still at ${this.step}`);
      try {
        await this.#advance();
      } catch (error) {
        if (!(error instanceof CoreGone)) throw error;
        this.phase = '';
        await this.#options.core.ready();
      }
    }
  }

  /** One call of one person; may be used beside the job. */
  call<N extends CallName>(person: Person, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
    return this.#windows[person].call(name, input);
  }

  close(): void {
    this.#offMachine();
    for (const window of Object.values(this.#windows)) window.close();
  }

  async #advance(): Promise<void> {
    if (this.step === 'reception') await this.#receive();
    else if (this.step === 'bench') await this.#press();
    else if (this.step === 'test') await this.#signTest();
    else if (this.step === 'check') await this.#signCheck();
    else if (this.step === 'approve') await this.#approve();
    else if (this.step === 'code') await this.#awaitCode();
  }

  async #receive(): Promise<void> {
    const { ledger, sampleCode } = this.#options;
    await this.#type('正在填写');
    const found = await this.call('receiver', 'scan.resolve', { code: sampleCode });
    if (found.kind === 'unknown') {
      await this.#type(`委托单 ${sampleCode}`);
      const commission = await this.call('receiver', 'commissions.register', commissionInput(sampleCode));
      ledger.commissions.set(commission.commissionNo, commission);
    }
    await this.#type(null);
    const { rows } = await this.call('receiver', 'commissions.search', { text: sampleCode, limit: 5 });
    if (rows.length !== 1) throw new Error(`${rows.length} commissions for ${sampleCode}`);
    this.commissionNo = rows[0]!.commissionNo;
    const commission = await this.call('receiver', 'commissions.get', { commissionNo: this.commissionNo });
    ledger.commissions.set(commission.commissionNo, commission);
    this.step = 'bench';
  }

  /** A form as it is typed; null when it is sent off. */
  async #type(content: string | null): Promise<void> {
    const form = 'commission.new';
    const memory = this.#options.ledger.draft(`${people.receiver}/${form}`);
    const text = content === null ? null : `${content} ${randomUUID()}`;
    memory.unanswered.push(text);
    if (text === null) await this.call('receiver', 'drafts.discard', { form });
    else await this.call('receiver', 'drafts.save', { form, content: text });
    memory.acknowledged = text;
    memory.unanswered = [];
    const loaded = await this.call('receiver', 'drafts.load', { form });
    if (loaded.content !== text) throw new Error(`the draft came back as ${loaded.content}`);
  }

  async #press(): Promise<void> {
    const { machine } = this.#options;
    const { taskId } = await this.call('receiver', 'scan.resolve', { code: this.#options.sampleCode });
    let record = await this.call('technician', 'bench.open', { taskId: taskId ?? '', equipmentId: machineId });
    this.recordNo = record.recordNo;
    this.#saw(record);
    if (record.environment === null) {
      const environment = { temperatureC: '20.5', humidityPercent: '62' };
      record = await this.call('technician', 'bench.environment', { recordNo: record.recordNo, environment });
      this.#saw(record);
    }
    while (record.result === null) {
      const state = await this.call('technician', 'bench.state', { equipmentId: machineId });
      this.phase = state.phase;
      // A port that came back late leaves the bench unarmed: the technician opens the task again.
      if (state.recordNo !== record.recordNo) return;
      if (state.problem !== null && state.phase !== 'armed' && state.channel === 'open' && !this.#pressing) {
        record = await this.call('technician', 'bench.open', { taskId: taskId ?? '', equipmentId: machineId });
      }
      if (state.phase === 'armed' && !this.#pressing) {
        this.#pressing = true;
        machine.control.next(30 + 6 * Math.random());
      }
      await sleep(40);
      record = await this.call('technician', 'records.get', { recordNo: record.recordNo });
      this.#saw(record);
    }
    await this.call('technician', 'bench.close', { recordNo: record.recordNo });
    this.phase = '';
    this.step = 'test';
  }

  async #signTest(): Promise<void> {
    const record = await this.#record('technician');
    if (record.state === 'testing') {
      const { recordNo, digest } = record;
      const password = this.#windows.technician.password;
      this.#saw(await this.call('technician', 'records.signTest', { recordNo, digest, password }));
    }
    this.step = 'check';
  }

  async #signCheck(): Promise<void> {
    const record = await this.#record('checker');
    if (record.state === 'tested') {
      const { recordNo, digest } = record;
      const password = this.#windows.checker.password;
      this.#saw(await this.call('checker', 'records.signCheck', { recordNo, digest, password }));
    }
    this.step = 'approve';
  }

  async #approve(): Promise<void> {
    const report = await this.#report();
    this.reportNo = report.reportNo;
    const { reportNo, revision } = report;
    if (report.state === 'draft') {
      const { digest } = await this.call('signatory', 'reports.preview', { reportNo, revision });
      const password = this.#windows.signatory.password;
      await this.call('signatory', 'reports.approve', { reportNo, revision, digest, password });
    }
    this.#options.ledger.approvals.add(reportNo);
    this.step = 'code';
  }

  async #awaitCode(): Promise<void> {
    const report = await this.#report();
    if (report.code !== null) this.#options.ledger.code(report.reportNo, report.code);
    if (report.state === 'filed') {
      this.#saw(await this.#record('checker'));
      this.step = 'done';
      return;
    }
    if (report.state === 'rejected') throw new Error(`${report.reportNo} was refused`);
    await this.call('signatory', 'sync.pushNow', {}).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
    });
    await sleep(100);
  }

  async #report() {
    const { rows } = await this.call('signatory', 'reports.search', { text: this.commissionNo ?? '', limit: 5 });
    if (rows.length !== 1) throw new Error(`${rows.length} reports for ${this.commissionNo}`);
    return rows[0]!;
  }

  async #record(person: Person): Promise<TestRecord> {
    const record = await this.call(person, 'records.get', { recordNo: this.recordNo ?? '' });
    this.#saw(record);
    return record;
  }

  #saw(record: TestRecord): void {
    this.#options.ledger.record(record);
  }

  #heard(event: CoreEvent): void {
    if (event.type === 'bench.samples' && event.runId !== null) this.#options.ledger.shown(event.runId, event.loadKn);
  }
}
