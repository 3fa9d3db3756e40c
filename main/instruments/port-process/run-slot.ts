// The one run that a channel may have: armed, recording, or none.
import { AppError } from '../../../shared/errors/appError.ts';
import { READINGS_ID } from '../detectors/readings.ts';
import { TENSION_ID } from '../detectors/tension.ts';
import type { ArmRun, RunPhase } from '../protocol.ts';
import type { RunEnding, RunSummary } from '../run/run-types.ts';
import type { Sample } from '../run/sample.ts';
import { runActive } from './channel-words.ts';
import type { RunView } from './live-view.ts';
import type { Mark } from './prehistory.ts';
import type { RecordedChannel } from './run-file-of.ts';
import { RunRecorder } from './run-recorder.ts';
import type { SeenChunk } from './run-recorder.ts';

export interface RunSlotEvents {
  phase(runId: string, phase: RunPhase, sample_us: number | null): void;
  /** A bar broke: the controller can be asked for its yield now. */
  broken(hold: (until: Promise<unknown>) => void): void;
  sealed(summary: RunSummary): void;
}

export class RunSlot {
  readonly #events: RunSlotEvents;
  #recorder: RunRecorder | null = null;
  #arming = false;
  dueRate: ArmRun['dueRate'];

  constructor(events: RunSlotEvents) {
    this.#events = events;
  }

  async arm(
    request: ArmRun,
    channel: RecordedChannel,
    runsFolder: string,
    history: () => readonly (SeenChunk | Mark)[],
  ): Promise<{ file: string }> {
    if (this.#recorder || this.#arming) throw runActive();
    if (!channel.driver.runs && request.detector.id !== READINGS_ID) {
      throw new AppError({ code: 'instrument.no-stream', message: '这台仪器不连续发送力值，不能记录加载过程。' });
    }
    this.#arming = true;
    try {
      const recorder = await RunRecorder.arm(request, channel, runsFolder, {
        phase: (phase, sample_us) => {
          this.#events.phase(request.runId, phase, sample_us);
          if (phase !== 'broken' || request.detector.id !== TENSION_ID) return;
          this.#events.broken((until) => recorder.hold(until));
        },
        sealed: (summary) => {
          this.#recorder = null;
          this.#events.sealed(summary);
        },
      });
      this.dueRate = request.dueRate;
      this.#recorder = recorder;
      recorder.preload(history());
      return { file: recorder.file };
    } finally {
      this.#arming = false;
    }
  }

  /** Ends whatever run there is; null when none had recorded anything. */
  async end(ending: RunEnding): Promise<RunSummary | null> {
    const recorder = this.#recorder;
    if (!recorder) return null;
    const summary = await recorder.end(ending);
    if (this.#recorder === recorder) this.#recorder = null;
    return summary;
  }

  /** Another instrument answers: what records is over, what is only armed is given up. */
  giveUp(reason: string): void {
    if (this.recording) this.portLost(reason);
    else void this.#recorder?.abandon(reason);
  }

  portLost(reason: string): void {
    this.#recorder?.portLost(reason);
  }

  take(bytes: Uint8Array, monoNs: bigint): void {
    this.#recorder?.take(bytes, monoNs);
  }

  marked(mark: Mark): void {
    this.#recorder?.marked(mark);
  }

  watch(samples: readonly Sample[]): void {
    if (samples.length > 0) this.#recorder?.watch(samples);
  }

  tick(nowNs: bigint): void {
    this.#recorder?.tick(nowNs);
  }

  get recording(): boolean {
    return this.#recorder?.recording ?? false;
  }

  get view(): RunView {
    const recorder = this.#recorder;
    return {
      runId: recorder?.runId ?? null,
      recording: recorder?.recording ?? false,
      whenWritten: (done) => (recorder ? recorder.whenWritten(done) : done()),
      phase: recorder?.phase ?? 'idle',
      peak: recorder?.decoder?.detector.peakText ?? null,
    };
  }

  /** The run's own time base begins later than the channel's where arrival stamps are used. */
  toChannelTime(run_us: number, channelLast_us: number | null): number {
    const decoder = this.#recorder?.decoder;
    const runLast = decoder?.detector.samples.at(-1)?.t_us ?? run_us;
    return decoder?.timeSource === 'device' ? run_us : (channelLast_us ?? runLast) - (runLast - run_us);
  }
}
