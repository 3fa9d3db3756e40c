// What windows and the core say to each other about files of instruments.
import { z } from 'zod';
import { lineOf, recordNoText, requiredLine, sha256Text } from '../entities/scalars.ts';
import { reason } from '../contract/parts.ts';

const profileId = requiredLine(40);

export const profileListSchema = z.object({
  profiles: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      instrument: z.string(),
      status: z.enum(['proven', 'unproven']),
      statusNote: z.string(),
      extensions: z.array(z.string()),
      /** Came with the program; a lab's own can be replaced. */
      builtIn: z.boolean(),
      /** The profile as JSON text, to look at and to start another one from. */
      content: z.string(),
      /** Figures whose true unit a person must confirm, and who did. */
      confirmations: z.array(
        z.object({
          valueId: z.string(),
          label: z.string(),
          unit: z.string(),
          shownUnit: z.string().nullable(),
          confirmed: z.object({ by: z.string(), at: z.string(), words: z.string() }).nullable(),
        }),
      ),
    }),
  ),
});

/** How values of a file find their way into a record: what a person chose beside the profile. */
const choice = {
  recordNo: recordNoText,
  profileId,
  /** The sample as the file names it; without it, rows that name this record's sample. */
  sample: lineOf(100).optional(),
  /** Which reading a value of the profile is, where the profile leaves it open. */
  fields: z.record(z.string().max(40), requiredLine(60)).default({}),
};

export const previewInputSchema = z.object({
  ...choice,
  from: z.union([
    z.object({ fileName: requiredLine(200), bytesBase64: z.string().max(28_000_000) }),
    /** A file that was looked at before. */
    z.object({ sha256: sha256Text }),
    /** One that a watched source offers. */
    z.object({ sourceId: requiredLine(40), fileName: requiredLine(200) }),
  ]),
});

export const lineStates = ['new', 'same', 'replace', 'fault', 'other'] as const;

export const previewLineSchema = z.object({
  key: z.string(),
  /** Row of the file. */
  row: z.number().int(),
  sample: z.string().nullable(),
  label: z.string(),
  /** Where it would go, in words; empty where it goes nowhere. */
  place: z.string(),
  /** In the unit of the record. */
  values: z.string(),
  unit: z.string(),
  /** As the file has them, where that is another unit. */
  inFile: z.string().nullable(),
  measuredAt: z.string().nullable(),
  /** `other`: of another sample. */
  state: z.enum(lineStates),
  /** What stands there now. */
  old: z.string().nullable(),
  /** Why it cannot be taken. */
  message: z.string().nullable(),
});
export type PreviewLine = z.infer<typeof previewLineSchema>;

export const previewSchema = z.object({
  sha256: z.string(),
  fileName: z.string(),
  /** What the taking over is bound to. */
  digest: z.string(),
  rowCount: z.number().int(),
  filtered: z.number().int(),
  takeCount: z.number().int(),
  replaceCount: z.number().int(),
  faultCount: z.number().int(),
  sampleInFile: z.boolean(),
  /** Samples that the file names, with their rows. */
  samples: z.array(z.object({ sample: z.string(), rows: z.number().int(), own: z.boolean() })),
  /** Values whose reading the profile leaves open. */
  open: z.array(
    z.object({
      valueId: z.string(),
      label: z.string(),
      chosen: z.string().nullable(),
      fields: z.array(z.object({ field: z.string(), label: z.string() })),
    }),
  ),
  warnings: z.array(z.string()),
  /** Where readings of these very bytes were taken over before. */
  before: z.array(z.object({ recordNo: z.string(), at: z.string(), personName: z.string() })),
  /** Why nothing of this file can be taken, whatever its rows say. */
  blocked: z.string().nullable(),
  lines: z.array(previewLineSchema),
});
export type FilePreview = z.infer<typeof previewSchema>;

export const takeInputSchema = z.object({
  ...choice,
  sha256: sha256Text,
  digest: sha256Text,
  /** The instrument; the record's own machine without it. */
  equipmentId: requiredLine(40).optional(),
  reason: reason.optional(),
});

export const saveProfileInputSchema = z.object({ content: z.string().max(60_000), reason });

export const confirmUnitInputSchema = z.object({
  profileId,
  valueId: requiredLine(40),
  /** The figure as the file has it. */
  fileFigure: requiredLine(40),
  /** The same, known in another way. */
  knownFigure: requiredLine(40),
  knownUnit: requiredLine(10),
  /** How it is known: which specimen, which gauge block. */
  how: requiredLine(200),
});

export const sourceStates = ['watching', 'waiting', 'trouble', 'stopped'] as const;

export const watchedSourceSchema = z.object({
  sourceId: z.string(),
  equipmentId: z.string(),
  profileId: z.string(),
  /** A folder, or a database file. */
  path: z.string(),
  state: z.enum(sourceStates),
  /** What is wrong, in words. */
  trouble: z.string().nullable(),
  lastLookAt: z.string().nullable(),
  offers: z.array(
    z.object({
      fileName: z.string(),
      sha256: z.string(),
      at: z.string(),
      /** Rows that were not in the file when readings of it were last taken. */
      newRows: z.number().int().nullable(),
      samples: z.array(z.string()),
      trouble: z.string().nullable(),
    }),
  ),
});
export type WatchedSource = z.infer<typeof watchedSourceSchema>;
export const sourceListSchema = z.object({ sources: z.array(watchedSourceSchema) });

export const setSourceInputSchema = z.object({
  equipmentId: requiredLine(40),
  /** Empty: nothing is watched for this instrument any more. */
  path: lineOf(400),
  profileId: lineOf(40),
  reason,
});
