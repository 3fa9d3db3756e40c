// Every message between core and the port process. Both sides compile against this file; strings are never the
// contract. Requests carry an id and get exactly one reply; events come unasked.
import type { ErrorInfo } from '../../shared/errors/appError.ts';
import type { DriverEvent, LineSettings } from './drivers/driver.ts';
import type { LoadingPhase } from './detectors/detector.ts';
import type { DetectorRequest } from './detectors/index.ts';
import type { ProbeProgress, ProbeRequest, ProbeResult, RawEvent, RawViewRequest } from './inspect/types.ts';
import type { ModbusProfileInput } from './drivers/modbus/index.ts';
import type { RunContext, RunSummary } from './run/run-types.ts';

export interface PortInfo {
  path: string;
  manufacturer?: string;
  serialNumber?: string;
  productId?: string;
  vendorId?: string;
  /** Where the adapter is plugged in, as the system names it: the same socket, whatever the port is called. */
  place?: string;
}

export interface OpenChannel {
  channelId: string;
  /** Serial path (`/dev/ttyUSB0`, `COM3`) or `tcp://host:port` of a serial device server. */
  path: string;
  line: LineSettings;
  driver: { id: string; profile?: unknown };
  /** What this instrument said it is when it was taken into use or confirmed; another answer stops everything. */
  identity?: string | null;
}

/** `swapped`: another instrument answers than the one that is expected; no value passes until a person confirms. */
export type ChannelState = 'open' | 'closed' | 'silent' | 'denied' | 'reconnecting' | 'swapped';

export interface OpenBus {
  busId: string;
  path: string;
  line: LineSettings;
}

/** A meter that is read again and again; its values come as `meter` events. */
export interface AddMeter {
  busId: string;
  meterId: string;
  profile: ModbusProfileInput;
  everyMs: number;
}

export interface MeterValue {
  /** As the profile names it: temperature, humidity … */
  name: string;
  /** Decimal text, scaled as the profile says. */
  value: string;
  unit: string;
}

export interface MeterReading {
  values: MeterValue[];
  /** The replies in hex, in the order of the requests. */
  raw: string[];
  /** RFC 3339 with +08:00. */
  at: string;
}

export interface SlaveStatistics {
  slave: number;
  requests: number;
  answers: number;
  timeouts: number;
  damaged: number;
  exceptions: number;
  retries: number;
  /** Consecutive readings that failed. */
  failing: number;
  medianMs: number | null;
  longestMs: number | null;
}

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
  acceptIdentity: { args: { channelId: string; identity: string }; result: null };
  /** The last seconds of samples, for a view that is opened while a machine runs. */
  recent: { args: { channelId: string; seconds: number }; result: SampleColumns };
  openBus: { args: OpenBus; result: { state: ChannelState; reason?: string } };
  closeBus: { args: { busId: string }; result: null };
  addMeter: { args: AddMeter; result: null };
  removeMeter: { args: { busId: string; meterId: string }; result: null };
  readMeter: { args: { busId: string; profile: ModbusProfileInput }; result: MeterReading };
  busStatistics: { args: { busId: string }; result: SlaveStatistics[] };
  probePort: { args: ProbeRequest; result: ProbeResult };
  cancelProbe: { args: { path: string }; result: null };
  openRawView: { args: RawViewRequest; result: null };
  closeRawView: { args: { viewId: string }; result: null };
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

/** Time in seconds on the channel's own base; `phase` events use the same base. NaN where a column is not sent. */
export interface SampleColumns {
  time_s: Float64Array;
  load_kN: Float64Array;
  displacement_mm: Float64Array;
  extension_mm: Float64Array;
}

export interface SamplesEvent extends SampleColumns {
  channelId: string;
  /** Set while this run records. */
  runId: string | null;
  /** Samples that the display's ring lost before this batch; the raw log has them. */
  lost?: number;
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

/** Who answers on a channel, after every connection of an instrument that can say it. */
export interface IdentityEvent {
  channelId: string;
  identity: string;
  /** The first identity of a channel that expected none becomes the expected one. */
  expected: string | null;
}

/** One round of a meter that is read periodically: its values, or why there are none. */
export interface MeterEvent {
  busId: string;
  meterId: string;
  at: string;
  values: MeterValue[];
  raw: string[];
  fault?: { code: string; message: string };
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
  identity: IdentityEvent;
  meter: MeterEvent;
  log: LogEvent;
  probe: ProbeProgress;
  raw: RawEvent;
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
