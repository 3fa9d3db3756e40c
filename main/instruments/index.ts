// What the rest of the program may use of the instruments.
export { InstrumentHost } from './host.ts';
export type { InstrumentHostOptions } from './host.ts';
export type {
  ArmRun,
  ChannelState,
  LiveEvent,
  OpenChannel,
  PhaseEvent,
  PortEvents,
  PortInfo,
  ReadingEvent,
  RunPhase,
  SamplesEvent,
  SealedEvent,
  StateEvent,
} from './protocol.ts';
export type { DriverEvent, DriverInfo, InstrumentState, LineSettings } from './drivers/driver.ts';
export { decodeBytes, listDrivers } from './drivers/index.ts';
export type { DecodeResult } from './drivers/index.ts';
export { lineProfileSchema, loadLineProfile, parseLineProfile } from './drivers/line-profile.ts';
export type { LineProfile, LineProfileInput } from './drivers/line-profile.ts';
export { COMPRESSION_ID, COMPRESSION_VERSION, compressionParams } from './detectors/compression.ts';
export type { CompressionParams } from './detectors/compression.ts';
export type { DerivedValue } from './detectors/detector.ts';
export { TENSION_ID, TENSION_VERSION, tensionParams } from './detectors/tension.ts';
export { readRunCurve, readRunFile, recomputeRun, scanRunFiles, verifyRunFile } from './run/run-file.ts';
export type { RunCurve, RunFault, RunFile, RunFileState, RunVerdict, ScannedRun } from './run/run-file.ts';
export type { RunContext, RunHeader, RunSummary, RunValidity } from './run/run-types.ts';
export { forkPortProcess } from './spawn.ts';
export type { PortProcess, SpawnPortProcess } from './spawn.ts';
export { startVirtualMachine, virtualMachineProfile } from './virtual/index.ts';
export type { MachineEvent, MachineFault, MachineOptionsInput, VirtualMachine } from './virtual/index.ts';
