// What a run is, for everyone who writes, reads or keeps one. A run is one specimen under load: the bytes as
// they arrived, and a summary that can be recomputed from those bytes. Decimal results are text, never floats.

import type { DerivedValue } from '../detectors/detector.ts';

/** Who and what the run belongs to; goes into the file's header unchanged and is covered by the hash chain. */
export interface RunContext {
  recordNo: string;
  specimenNo: string;
  equipmentId: string;
  equipmentSerial: string;
  operatorId: string;
  /** Anything else the record wants to bind (sample code, method edition, training flag …). */
  [extra: string]: string | number | boolean | null;
}

export type RunValidity = 'valid' | 'invalid' | 'interrupted';

export interface AlgorithmStamp {
  id: string;
  version: string;
  /** Every number that steered the detection, as text, so that a later version can repeat it. */
  params: Record<string, string | number>;
}

export interface RunChannelInfo {
  name: 'time' | 'load' | 'displacement' | 'extension' | 'reading';
  /** s, kN, mm; of a log of readings the unit that the instrument sent. */
  unit: string;
}

/** A figure that the controller found itself, kept beside the one that follows from the curve. */
export interface DeviceFigure {
  name: 'Fm' | 'FeH' | 'FeL';
  value: string;
  unit: 'kN';
}

/** Whether the wall clock of this computer is held by a time server. */
export type TimeSync = 'synchronised' | 'unsynchronised' | 'unknown';

export interface RunSummary {
  runId: string;
  /** File name inside the runs folder. */
  file: string;
  context: RunContext;
  /** Start of loading, RFC 3339 with +08:00. */
  startedAt: string;
  endedAt: string;
  sampleRateHz: string;
  sampleCount: number;
  channels: RunChannelInfo[];
  /** Greatest load, kN, digit for digit as the machine sent it (converted exactly where it sends N or tf). */
  peak: string | null;
  /** Seconds from the start of loading to the peak. */
  peakAt_s: string | null;
  /** Mean rate between 50 % and 90 % of the peak, least squares, kN/s. */
  loadingRate_kN_per_s: string | null;
  /** Mean reading before loading, kN: the zero the machine showed. */
  zero_kN: string | null;
  /** Samples the spike guard kept out of the peak; they stay in the log. */
  spikes: number;
  rejectedBytes: number;
  gaps: number;
  /** `device`: the machine's own time column; `arrival`: stamps of the receiving process. */
  timeSource: 'device' | 'arrival';
  /** Last hash of the file's chain; it covers header, bytes and this summary. */
  rawDigest: string;
  previousDigest: string | null;
  algorithm: AlgorithmStamp;
  validity: RunValidity;
  /** Chinese sentence, present unless the run is valid. */
  reason?: string;
  /** What the curve says beyond the peak: yield forces, Fp0.2, Agt. Absent where nothing was read out of it. */
  derived?: DerivedValue[];
  /** Why a quantity is not among them, or what it rests on; Chinese sentences. */
  remarks?: string[];
  /** The controller's own figures. Absent where it sends none. */
  device?: DeviceFigure[];
  /** A remark that begins with `LOOK` asks a person to look before anybody signs. */
  needsLook?: true;
  /** At the start of the run; absent in files of versions that did not ask. */
  timeSync?: TimeSync;
  /** Who the instrument said it is, where it can. */
  identity?: string;
  /** A log of readings: how many, and the SHA-256 of their lines. */
  readings?: { count: number; digest: string };
}

/** The part that is written into the seal block: everything but the hash that the block itself produces. */
export type SealedSummary = Omit<RunSummary, 'rawDigest'>;

export interface RunHeader {
  format: 'jiantai-run';
  formatVersion: 1;
  runId: string;
  context: RunContext;
  channelId: string;
  path: string;
  driver: { id: string; version: string };
  profile: unknown;
  detector: AlgorithmStamp;
  previousDigest: string | null;
  /** One wall/monotonic pair: a stepped wall clock must not move samples. */
  anchor: { wallMs: number; monoNs: string };
}

/** Why a run ended; written as an event block so that recomputation needs no clock. */
export type RunEndCause =
  | 'complete'
  | 'port-lost'
  | 'silence'
  | 'stopped'
  | 'disarmed'
  | 'shutdown'
  | 'interrupted'
  | 'disk'
  | 'too-long';

export interface RunEnding {
  cause: RunEndCause;
  /** Chinese sentence from whoever ended it. */
  reason?: string;
}

/** One wall/monotonic pair in the file: at the start, every minute, at the end. Only labels hang on it. */
export interface ClockEvent {
  event: 'clock';
  at: 'start' | 'minute' | 'stop';
  wallMs: number;
  monoNs: string;
  sync: TimeSync;
}

/** Event blocks of the run file. */
export type RunFileEvent =
  | { event: 'start'; sigma_kN: string; zero_kN: string }
  | ClockEvent
  | { event: 'identity'; identity: string }
  /** A request went out: the framer begins anew, and only now may an answer come. */
  | { event: 'ask'; command: string }
  /** No answer in time: what comes before the next request is late and is not taken. */
  | { event: 'no-answer'; command: string }
  | { event: 'end'; ending: RunEnding };
