// Every message between core and the port process. Both sides compile against this file; strings are never the
// contract. Requests carry an id and get exactly one reply; events come unasked.
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import type { DriverEvent, LineSettings } from './drivers/driver.ts';
import type { LoadingPhase } from './detectors/detector.ts';
import type { DetectorRequest } from './detectors/index.ts';
import type { RunContext, RunSummary } from './run/run-types.ts';

export interface PortInfo {
  path: string;
  manufacturer?: string;
  serialNumber?: string;
  productId?: string;
  vendorId?: string;
}

export interface OpenChannel {
  channelId: string;
  /** Serial path (`/dev/ttyUSB0`, `COM3`) or `tcp://host:port` of a serial device server. */
  path: string;
  line: LineSettings;
  driver: { id: string; profile?: unknown };
}

export type ChannelState = 'open' | 'closed' | 'silent' | 'denied' | 'reconnecting';

export interface ArmRun {
  channelId: string;
  /** Becomes the file name; letters, digits, `-` and `_`. */
  runId: string;
  context: RunContext;
  detector: DetectorRequest;
  previousDigest: string | null;
  /** Loading rate the method asks for, kN/s; for the live display only. */
  dueRate?: { min: string; max: string };
}

export interface PortRequests {
  configure: { args: { runsFolder: string }; result: { pid: number } };
  listPorts: { args: null; result: PortInfo[] };
  openChannel: { args: OpenChannel; result: { state: ChannelState; reason?: string } };
  closeChannel: { args: { channelId: string }; result: null };
  arm: { args: ArmRun; result: { file: string } };
  disarm: { args: { channelId: string; reason: string }; result: { sealed: RunSummary | null } };
  stopRun: { args: { channelId: string; reason: string }; result: { sealed: RunSummary | null } };
  send: { args: { channelId: string; command: string }; result: null };
  ping: { args: null; result: null };
  shutdown: { args: null; result: null };
}
export type PortOp = keyof PortRequests;

export interface StateEvent {
  channelId: string;
  state: ChannelState;
  /** Chinese sentence; absent when open. */
  reason?: string;
}

/** `t` in seconds on the channel's own time base; `phase` events use the same base. */
export interface SamplesEvent {
  channelId: string;
  /** Set while this run records. */
  runId: string | null;
  time_s: Float64Array;
  load_kN: Float64Array;
  displacement_mm: Float64Array;
}

export type RunPhase = 'idle' | 'waiting-zero' | 'armed' | 'yield' | LoadingPhase;

export interface LiveEvent {
  channelId: string;
  runId: string | null;
  phase: RunPhase;
  /** Last reading in kN as sent. */
  load: string | null;
  peak: string | null;
  /** Over the last two seconds. */
  rate_kN_per_s: string | null;
  rateState: 'slow' | 'within' | 'fast' | null;
  rejectedBytes: number;
}

export interface PhaseEvent {
  channelId: string;
  runId: string;
  phase: RunPhase;
  /** On the time base of `samples`. */
  at_s: number | null;
}

export interface ReadingEvent {
  channelId: string;
  event: DriverEvent;
}

export interface SealedEvent {
  channelId: string;
  summary: RunSummary;
}

export interface LogEvent {
  level: 'info' | 'warn' | 'error';
  message: string;
}

export interface PortEvents {
  state: StateEvent;
  samples: SamplesEvent;
  live: LiveEvent;
  phase: PhaseEvent;
  reading: ReadingEvent;
  sealed: SealedEvent;
  log: LogEvent;
}
export type PortEventName = keyof PortEvents;

export type RequestMessage = {
  [Op in PortOp]: { kind: 'request'; id: number; op: Op; args: PortRequests[Op]['args'] };
}[PortOp];
export type ReplyMessage =
  | { kind: 'reply'; id: number; ok: true; result: unknown }
  | { kind: 'reply'; id: number; ok: false; error: ErrorInfo };
export type EventMessage = {
  [Name in PortEventName]: { kind: 'event'; name: Name; event: PortEvents[Name] };
}[PortEventName];
export type FromPortProcess = ReplyMessage | EventMessage;
