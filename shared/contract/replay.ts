// Looking at a stored run again: its samples in any range, what was found in them, the figures computed anew beside those
// that were sealed, and the bytes behind one sample. Nothing here writes.
import { z } from 'zod';
import { requiredLine } from '../entities/scalars.ts';
import { call } from './call.ts';

export const markKinds = ['start', 'FeH', 'FeL', 'Fp02', 'Agt', 'peak', 'break', 'gap', 'spike'] as const;
export type MarkKind = (typeof markKinds)[number];

export const replayMarkSchema = z.object({
  kind: z.enum(markKinds),
  index: z.number().int(),
  timeS: z.number(),
  loadKn: z.number(),
  /** What the mark says: the figure with its unit, or how long a gap is. */
  text: z.string(),
});
export type ReplayMark = z.infer<typeof replayMarkSchema>;

export const replayFigureSchema = z.object({
  name: z.string(),
  unit: z.string(),
  /** As the seal of the file holds it; null where there is none. */
  sealed: z.string().nullable(),
  /** As it stands in the record. */
  recorded: z.string().nullable(),
  recomputed: z.string().nullable(),
  same: z.boolean(),
});
export type ReplayFigure = z.infer<typeof replayFigureSchema>;

/** `otherVersion`: sealed by another version of driver or algorithm, which may rightly read the bytes differently. */
export const replayVerdicts = ['same', 'different', 'otherVersion', 'unsealed', 'unreadable'] as const;

const column = z.array(z.number().nullable());

export const runReplaySchema = z.object({
  runId: z.string(),
  runNo: z.string(),
  recordNo: z.string(),
  specimenNo: z.number().int(),
  field: z.string().nullable(),
  equipmentId: z.string(),
  operatorName: z.string(),
  startedAt: z.string(),
  sampleRateHz: z.string(),
  driver: z.string(),
  algorithm: z.string(),
  validity: z.string(),
  reason: z.string().nullable(),
  rawDigest: z.string(),
  remarks: z.array(z.string()),
  verdict: z.object({ state: z.enum(replayVerdicts), words: z.string(), faults: z.array(z.string()) }),
  figures: z.array(replayFigureSchema),
  marks: z.array(replayMarkSchema),
  /** Gaps and spikes beyond those that are listed. */
  moreMarks: z.number().int(),
  sampleCount: z.number().int(),
  /** Of the whole run, seconds from the start of loading. */
  beginsS: z.number(),
  endsS: z.number(),
  greatestLoadKn: z.number(),
  /** The samples of the range that was asked for, in their order of time; all of them where `complete`. */
  samples: z.object({
    complete: z.boolean(),
    index: z.array(z.number().int()),
    timeS: z.array(z.number()),
    loadKn: z.array(z.number()),
    /** Null where the run has no such channel. */
    displacementMm: column.nullable(),
    extensionMm: column.nullable(),
  }),
});
export type RunReplay = z.infer<typeof runReplaySchema>;

export const rawPieceSchema = z.object({
  /** Number of the block in the file. */
  block: z.number().int(),
  /** Arrival, milliseconds after the bytes of the sample; negative before them. */
  arrivedMs: z.number(),
  hex: z.string(),
  /** Bytes of the piece, and how many stand before it in its block. */
  bytes: z.number().int(),
  skipped: z.number().int(),
  /** Bytes of the piece that are the frame of the sample: from, up to. */
  frame: z.tuple([z.number().int(), z.number().int()]).nullable(),
});
export type RawPiece = z.infer<typeof rawPieceSchema>;

export const sampleAtSchema = z.object({
  index: z.number().int(),
  timeS: z.number(),
  /** Load in kN, digit for digit as it was sent. */
  text: z.string(),
  displacementMm: z.number().nullable(),
  extensionMm: z.number().nullable(),
  gapBefore: z.boolean(),
  spike: z.boolean(),
  pieces: z.array(rawPieceSchema),
});
export type SampleAt = z.infer<typeof sampleAtSchema>;

/** A run's key, or its number. */
const runId = requiredLine(40);

export const replayCalls = {
  /** Without a range the whole run; columns are those of the picture. */
  'runs.replay': call(
    'signedIn',
    z.object({
      runId,
      fromS: z.number().optional(),
      toS: z.number().optional(),
      columns: z.number().int().min(10).max(4000).default(1000),
    }),
    runReplaySchema,
  ),
  /** One sample by its number, with the bytes it came from. */
  'runs.sample': call('signedIn', z.object({ runId, index: z.number().int().min(0) }), sampleAtSchema),
} as const;
