// 检测台: connects machines, opens a record at one, arms specimen after specimen so that no hand need touch the mouse,
// and saves each run the moment it is sealed. What the port process says is shown; what it seals is evidence.
import { ulid } from 'ulid';
import type { BenchState, User } from '../../../shared/contract/answers.ts';
import { AppError, describeError } from '../../../shared/errors/appError.ts';
import { InstrumentHost } from '../../instruments/host.ts';
import type { LiveEvent, PortInfo, SamplesEvent } from '../../instruments/protocol.ts';
import type { RunSummary } from '../../instruments/run/run-types.ts';
import type { AuditActor } from '../../store/audit.ts';
import { requireRow } from '../../store/store.ts';
import { refuseFullDisk } from '../backup/diskWatch.ts';
import { programActor, type Context } from '../context.ts';
import { refuseUnlessAllowed } from '../gate/ask.ts';
import { recordFacts } from '../records/recordRows.ts';
import { isScannerChannel } from '../scanner/scanners.ts';
import { isClimateBus } from '../climate/source.ts';
import { openAcquisitions } from './openAcquisitions.ts';
import { catalogueMethod } from '../catalogue.ts';
import { GateRefused, keepDecision, keepRefusal } from '../gate/decisions.ts';
import {
  chosenExtensometer,
  extensometerFor,
  inContext,
  notAnExtensometer,
  extensometerOf,
  rememberExtensometer,
  runExtensometer,
  usesExtensometer,
} from './extensometers.ts';
import { askRunStart, openRecord } from './openRecord.ts';
import type { PortDirectory } from './ports.ts';
import { newestRunDigest, saveRun } from './saveRun.ts';
import { shownSamples, yieldSeen } from './shown.ts';

/** Range that is assumed of a machine whose range the lab has not entered, kN. */
export const anyRangeKn = '2000';

interface Seat {
  recordNo: string | null;
  specimenNo: number | null;
  field: string | null;
  /** The run that is armed or recording; null while none is. */
  armedRunId: string | null;
  operator: { user: User; actor: AuditActor } | null;
  live: LiveEvent | null;
  /** Greatest load before the first drop of this run that looks like a yield, kN. */
  yieldText: string | null;
  rateWindow: BenchState['rateWindowKnPerS'];
  problem: string | null;
  /** That the adapter was found under another name. */
  portNote: string | null;
}

const emptySeat = (): Seat => ({
  recordNo: null,
  specimenNo: null,
  field: null,
  armedRunId: null,
  operator: null,
  live: null,
  yieldText: null,
  rateWindow: null,
  problem: null,
  portNote: null,
});
const actor = programActor('检测台');

/** Load is on the specimen, or was a moment ago. */
const records = (live: LiveEvent | null): boolean =>
  live !== null && ['loading', 'yield', 'broken'].includes(live.phase);

const whileRecording = (equipmentId: string): AppError =>
  new AppError({
    code: 'EXTENSOMETER_WHILE_LOADING',
    message: `设备 ${equipmentId} 正在加载，现在不能更换引伸计。`,
    meaning: '这一件按开始时选择的引伸计记录，选择没有改变。',
    next: '请在这一件结束之后再选择。',
  });

export class Bench {
  readonly #context: Context;
  readonly #host: InstrumentHost;
  readonly #ports: PortDirectory;
  readonly #seats = new Map<string, Seat>();
  readonly #turns = new Map<string, Promise<void>>();

  constructor(context: Context, ports: PortDirectory, host: InstrumentHost) {
    this.#context = context;
    this.#host = host;
    this.#ports = ports;
    host.on('state', ({ channelId, state, reason }) => this.#channelChanged(channelId, state, reason ?? null));
    host.on('live', (live) => this.#liveChanged(live));
    host.on('samples', (samples) => this.#samplesArrived(samples));
    host.on('sealed', ({ channelId, summary }) => this.#sealed(channelId, summary));
  }

  /** What the system says of the adapter on a path, for the keeper's setting. */
  async portInfo(path: string): Promise<PortInfo | undefined> {
    return (await this.#host.listPorts()).find((port) => port.path === path);
  }

  async portList(): Promise<{ path: string; name: string; inUse: boolean }[]> {
    const used = this.#ports.usedPaths();
    const ports = await this.#host.listPorts();
    return ports.map((port) => ({
      path: port.path,
      name: [port.manufacturer, port.serialNumber].filter(Boolean).join(' ') || port.path,
      inUse: used.has(port.path),
    }));
  }

  async connect(equipmentId: string): Promise<BenchState> {
    requireRow(this.#context.store.get('equipment', equipmentId), '设备', equipmentId);
    const known = this.#context.channels.get(equipmentId);
    if (known !== 'open' && known !== 'reconnecting' && known !== 'silent') {
      const { note, ...channel } = await this.#ports.channelOf(equipmentId, await this.#host.listPorts());
      this.#seat(equipmentId).portNote = note;
      if (note !== null) this.#context.log('warn', note);
      const { state, reason } = await this.#host.openChannel({ channelId: equipmentId, ...channel });
      this.#channelChanged(equipmentId, state, reason ?? null);
    }
    return this.state(equipmentId);
  }

  async disconnect(equipmentId: string): Promise<BenchState> {
    await this.close(equipmentId);
    if (this.#context.channels.has(equipmentId)) await this.#host.closeChannel(equipmentId);
    await this.#ports.release(equipmentId);
    this.#channelChanged(equipmentId, 'closed', null);
    return this.state(equipmentId);
  }

  async open(taskId: string, equipmentId: string, user: User, who: AuditActor): Promise<string> {
    const busy = [...this.#seats].find(
      ([id, seat]) => id !== equipmentId && seat.recordNo !== null && this.#taskOf(seat) === taskId,
    );
    if (busy) {
      throw new AppError({
        code: 'TASK_AT_OTHER_BENCH',
        message: `该任务正在设备 ${busy[0]} 上检测。`,
        meaning: '一组试件同时只能在一台设备上检测。',
        next: '请在那台设备上继续，或先在那里关闭该记录。',
      });
    }
    requireRow(this.#context.store.get('equipment', equipmentId), '设备', equipmentId);
    refuseUnlessAllowed(askRunStart(this.#context, taskId, equipmentId, user), '没有开始检测。');
    if (this.#isAcquired(taskId)) await this.connect(equipmentId);
    const seat = this.#seat(equipmentId);
    const recordNo = openRecord(this.#context, who, user, taskId, equipmentId);
    if (seat.recordNo !== recordNo) await this.close(equipmentId);
    seat.recordNo = recordNo;
    seat.operator = { user, actor: who };
    seat.problem = null;
    await this.#armNext(equipmentId);
    return recordNo;
  }

  /**
   * The extensometer of a machine from now on; the gate is asked at once where a record that needs one lies open there. A
   * run that records keeps the one that it was armed with.
   */
  async chooseExtensometer(
    equipmentId: string,
    extensometerId: string | null,
    user: User,
    who: AuditActor,
  ): Promise<BenchState> {
    requireRow(this.#context.store.get('equipment', equipmentId), '设备', equipmentId);
    if (extensometerId !== null) {
      const row = requireRow(this.#context.store.get('equipment', extensometerId), '引伸计', extensometerId);
      if (extensometerOf(row) === null) throw notAnExtensometer(extensometerId);
    }
    const seat = this.#seat(equipmentId);
    if (seat.armedRunId !== null && records(seat.live)) throw whileRecording(equipmentId);
    const open = seat.recordNo === null ? null : recordFacts(this.#context.store, seat.recordNo);
    if (open?.row['state'] === 'testing' && usesExtensometer(open.method)) {
      const gate = askRunStart(this.#context, String(open.row['taskId']), equipmentId, user, { extensometerId });
      refuseUnlessAllowed(gate, '没有改用这个引伸计。');
    }
    this.#context.store.transact(who, (tx) => rememberExtensometer(tx, equipmentId, extensometerId));
    if (seat.recordNo !== null) await this.rearm(seat.recordNo, '更换了引伸计。');
    this.#tell(equipmentId);
    return this.state(equipmentId);
  }

  /** Leaves the record; what is armed is taken back, what already records is sealed and kept. */
  async close(equipmentId: string): Promise<void> {
    const seat = this.#seat(equipmentId);
    if (seat.armedRunId !== null) {
      seat.armedRunId = null;
      await this.#host.disarm(equipmentId, '检测员关闭了记录。').catch((cause: unknown) => {
        this.#context.log('warn', 'disarm failed', { cause: String(cause) });
      });
    }
    Object.assign(seat, { ...emptySeat(), live: seat.live, portNote: seat.portNote });
    this.#tell(equipmentId);
  }

  async closeRecord(recordNo: string): Promise<void> {
    for (const [equipmentId, seat] of this.#seats) if (seat.recordNo === recordNo) await this.close(equipmentId);
  }

  /** After a reading was typed: a further specimen may have come into being, which the machine is to take next. */
  async goOn(recordNo: string): Promise<void> {
    for (const [equipmentId, seat] of this.#seats) if (seat.recordNo === recordNo) await this.#armNext(equipmentId);
  }

  /** After a run was marked invalid: the same specimen is armed again where the record is open at a bench. */
  async rearm(recordNo: string, reason = '该试件重新检测。'): Promise<void> {
    for (const [equipmentId, seat] of this.#seats) {
      if (seat.recordNo !== recordNo) continue;
      if (seat.armedRunId !== null) {
        seat.armedRunId = null;
        await this.#host.disarm(equipmentId, reason).catch(() => null);
      }
      await this.#armNext(equipmentId);
    }
  }

  state(equipmentId: string): BenchState {
    const seat = this.#seat(equipmentId);
    const { reason } = this.#host.channelState(equipmentId);
    return {
      equipmentId,
      recordNo: seat.recordNo,
      channel: this.#context.channels.get(equipmentId) ?? 'none',
      channelReason: reason ?? null,
      specimenNo: seat.specimenNo,
      field: seat.field,
      phase: seat.live?.phase ?? 'idle',
      runId: seat.live?.runId ?? null,
      loadText: seat.live?.load ?? '—',
      peakText: seat.live?.peak ?? null,
      loadingRateKnPerS: seat.live?.rate_kN_per_s ?? null,
      rateState: seat.live?.rateState ?? null,
      yieldText: seat.yieldText,
      rateWindowKnPerS: seat.rateWindow,
      problem: seat.problem,
      portNote: seat.portNote,
      extensometerId: chosenExtensometer(this.#context.store, equipmentId),
    };
  }

  /** Arms the first specimen without a valid run. One at a time: a seal, a reopened port and a person may ask at once. */
  #armNext(equipmentId: string): Promise<void> {
    const turn = (this.#turns.get(equipmentId) ?? Promise.resolve()).then(() => this.#arm(equipmentId));
    this.#turns.set(equipmentId, turn);
    return turn;
  }

  async #arm(equipmentId: string): Promise<void> {
    const seat = this.#seat(equipmentId);
    const { recordNo, operator } = seat;
    if (recordNo === null || operator === null || seat.armedRunId !== null) return;
    const facts = recordFacts(this.#context.store, recordNo);
    const { row, sample } = facts;
    const next = row['state'] === 'testing' ? (openAcquisitions(facts)[0] ?? null) : null;
    seat.specimenNo = next?.specimenNo ?? null;
    seat.field = next?.acquisition.field ?? null;
    // Nothing left for the machine, or nothing of it in this method, or the port is not open: the rest is typed.
    if (next === null || !this.#context.channels.has(equipmentId)) {
      this.#tell(equipmentId);
      return;
    }
    try {
      refuseFullDisk(this.#context);
      const gate = askRunStart(this.#context, String(row['taskId']), equipmentId, operator.user);
      refuseUnlessAllowed(gate, '没有开始采集。');
      const equipment = requireRow(this.#context.store.get('equipment', equipmentId), '设备', equipmentId);
      const extensometerId = extensometerFor(this.#context.store, equipmentId, facts.method);
      const gauge = extensometerId === null ? null : runExtensometer(this.#context.store, extensometerId);
      seat.rateWindow = next.rateWindow && { min: next.rateWindow.min_kN_s, max: next.rateWindow.max_kN_s };
      const runId = ulid();
      this.#context.store.transact(operator.actor, (tx) =>
        keepDecision(tx, this.#context.now(), gate, { entity: 'run', key: runId }),
      );
      seat.armedRunId = runId;
      await this.#host.arm({
        channelId: equipmentId,
        runId,
        context: {
          recordNo,
          specimenNo: String(next.specimenNo),
          field: next.acquisition.field,
          equipmentId,
          equipmentSerial: String(equipment['serial']),
          operatorId: operator.user.personId,
          operatorName: operator.user.name,
          operatorActor: operator.actor.actor,
          workstation: operator.actor.workstation,
          sampleNo: sample.sampleNo,
          methodStandard: String(row['methodStandard']),
          driver: this.#ports.driverOf(equipmentId),
          ...(gauge === null ? {} : inContext(gauge)),
        },
        detector: {
          id: next.acquisition.detector ?? 'compression',
          params: {
            range_kN: String(equipment['rangeKn'] ?? anyRangeKn),
            ...this.#ports.detectorParams(equipmentId),
            ...(gauge === null ? {} : { extensometerGauge_mm: gauge.gaugeMm }),
          },
        },
        previousDigest: newestRunDigest(this.#context.store),
        ...(seat.rateWindow ? { dueRate: seat.rateWindow } : {}),
      });
      seat.problem = null;
    } catch (cause) {
      seat.armedRunId = null;
      if (cause instanceof GateRefused) keepRefusal(this.#context, operator.actor, cause);
      seat.problem = cause instanceof AppError ? describeError(cause.info) : `没有开始采集：${String(cause)}`;
    }
    this.#tell(equipmentId);
  }

  #sealed(equipmentId: string, summary: RunSummary): void {
    const seat = this.#seat(equipmentId);
    if (seat.armedRunId === summary.runId) seat.armedRunId = null;
    // Armed when the port process died: no byte of load, so no run; the specimen is armed again.
    if (summary.sampleCount === 0) {
      void this.#armNext(equipmentId);
      return;
    }
    const who: AuditActor = {
      actor: String(summary.context['operatorActor'] ?? actor.actor),
      workstation: String(summary.context['workstation'] ?? actor.workstation),
    };
    try {
      const runNo = this.#context.store.transact(who, (tx) => saveRun(tx, this.#host.runsFolder, summary));
      seat.problem = summary.validity === 'valid' ? null : (summary.reason ?? null);
      this.#context.emit({ type: 'bench.run', equipmentId, recordNo: summary.context.recordNo, runNo });
    } catch (cause) {
      // The run file is on disk and is adopted at the next start; the bench says that it is not in the record yet.
      seat.problem =
        cause instanceof AppError
          ? describeError(cause.info)
          : '采集结果没有写入记录，原始文件已保留，重新打开程序后会补入。';
      this.#context.log('error', 'sealed run not saved', { runId: summary.runId, cause: String(cause) });
      this.#tell(equipmentId);
      return;
    }
    const problem = seat.problem;
    void this.#armNext(equipmentId).then(() => {
      if (problem !== null && seat.problem === null) {
        seat.problem = problem;
        this.#tell(equipmentId);
      }
    });
  }

  #channelChanged(equipmentId: string, state: BenchState['channel'], reason: string | null): void {
    if (isScannerChannel(equipmentId) || isClimateBus(equipmentId)) return;
    const before = this.#context.channels.get(equipmentId);
    this.#context.channels.set(equipmentId, state);
    if (before !== state) {
      this.#context.store.transact(actor, (tx) => tx.touch('equipment', equipmentId));
      if (reason) this.#context.log('warn', `channel ${equipmentId} ${state}`, { reason });
      // A port that came back: where nothing is armed any more, the open record goes on with its next specimen.
      if (state === 'open') void this.#armNext(equipmentId);
    }
    this.#tell(equipmentId);
  }

  #liveChanged(live: LiveEvent): void {
    if (isScannerChannel(live.channelId)) return;
    const seat = this.#seat(live.channelId);
    seat.yieldText = yieldSeen(seat, live);
    seat.live = live;
    this.#tell(live.channelId);
  }

  #samplesArrived(samples: SamplesEvent): void {
    this.#context.emit({
      type: 'bench.samples',
      equipmentId: samples.channelId,
      runId: samples.runId,
      ...shownSamples(samples),
    });
  }

  #tell(equipmentId: string): void {
    this.#context.emit({ type: 'bench.state', state: this.state(equipmentId) });
  }

  #seat(equipmentId: string): Seat {
    const seat = this.#seats.get(equipmentId) ?? emptySeat();
    this.#seats.set(equipmentId, seat);
    return seat;
  }

  /** Whether a machine delivers anything of this test; where the platform leaves it open, a port must be set as well. */
  #isAcquired(taskId: string): boolean {
    const itemCode = String(this.#context.store.get('task', taskId)?.['itemCode'] ?? '');
    return (catalogueMethod(this.#context.store, itemCode)?.acquisitions.length ?? 0) > 0;
  }

  #taskOf(seat: Seat): string | null {
    return seat.recordNo === null
      ? null
      : String(this.#context.store.get('testRecord', seat.recordNo)?.['taskId'] ?? '');
  }
}
