// What a virtual compression machine can be told, its messages, and the profile that reads its stream.
import { z } from 'zod';
import { parseLineProfile } from '../drivers/line-profile.ts';
import type { LineProfile } from '../drivers/line-profile.ts';
import profileJson from './line-profile.json' with { type: 'json' };

/** Faults strike once, when the load of the running specimen first reaches `at` (fraction of its breaking load). */
const faultSchema = z.strictObject({
  kind: z.enum(['pull', 'spike', 'garbage', 'silence', 'freeze']),
  at: z.number().min(0).max(1).default(0.5),
  /** Which specimen of the row, from 0. */
  specimen: z.number().int().min(0).default(0),
  /** Length in device seconds: silence and freeze. */
  lasts_s: z.number().positive().default(5),
});
export type MachineFault = z.infer<typeof faultSchema>;

export const machineOptionsSchema = z.strictObject({
  endpoint: z.enum(['auto', 'pty', 'tcp']).default('auto'),
  /** Lines per second of device time. */
  rateHz: z.number().min(20).max(100).default(50),
  side_mm: z.number().min(50).max(300).default(150),
  rate_MPa_per_s: z.number().min(0.05).max(2).default(0.6),
  /** Breaking strengths of the specimens in a row, MPa. */
  strengths: z.array(z.number().min(0.5).max(150)).default([34.2, 35.8, 36.9]),
  /** Device seconds between specimens when `auto`. */
  pause_s: z.number().min(0).default(5),
  /** Specimens follow each other by themselves; else each waits for `next`. */
  auto: z.boolean().default(false),
  range_kN: z.number().positive().default(2000),
  /** A fifth column: the extensometer on the bar, 0 while there is none. */
  extension: z.boolean().default(false),
  loadDigits: z.union([z.literal(1), z.literal(2)]).default(1),
  noise_kN: z.number().min(0).default(0.12),
  /** Device time runs so many times faster than the clock on the wall. */
  speed: z.number().min(1).max(50).default(1),
  seed: z.number().int().default(1),
  faults: z.array(faultSchema).default([]),
});
export type MachineOptions = z.infer<typeof machineOptionsSchema>;
export type MachineOptionsInput = z.input<typeof machineOptionsSchema>;

export type MachineCommand =
  | { command: 'next'; strength_MPa?: number; rate_MPa_per_s?: number }
  /** A bar instead: it yields and breaks at these forces; `smooth`, without a drop, its Fp0.2 is `yield_kN`. An extensometer
   *  of `gauge_mm` is on it until it is taken off or the bar breaks. */
  | { command: 'bar'; load_kN: number; yield_kN: number; smooth?: boolean; gauge_mm?: number }
  /** The extensometer comes off the bar. */
  | { command: 'unclip' }
  | { command: 'pull' }
  | { command: 'plug' }
  | { command: 'fault'; fault: z.input<typeof faultSchema> }
  | { command: 'stop' };

export type MachineEvent =
  | { event: 'ready'; path: string }
  | { event: 'specimen-start'; index: number; strength_MPa: number }
  | { event: 'specimen-start'; index: number; load_kN: number; yield_kN: number }
  /** `peak_kN`: greatest load the machine sent for this specimen, faults aside. */
  | { event: 'specimen-end'; index: number; peak_kN: string }
  | { event: 'pulled' }
  | { event: 'plugged' }
  | { event: 'fault'; kind: MachineFault['kind'] };

export const parseFault = (input: unknown): MachineFault => faultSchema.parse(input);

/** `seq,elapsed_s,load_kN,displacement_mm` CR LF. The file is what a lab would write for such a machine. */
export const virtualMachineProfile: LineProfile = parseLineProfile(profileJson);

/** The same with the extension, mm, behind. */
export const virtualPullingProfile: LineProfile = parseLineProfile({
  ...profileJson,
  id: 'virtual-universal-machine',
  title: '训练用虚拟万能试验机',
  columns: [...profileJson.columns, { role: 'extension', unit: 'mm' }],
});
