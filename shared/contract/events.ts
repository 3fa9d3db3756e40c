// What the core tells a window without being asked. `resync` is the only word about data: it says that there is
// something newer, never what; the window pulls. The live curve of a running machine is display, not data.
import { z } from 'zod';
import { backupProgressSchema } from '../backup/calls.ts';
import { climateEvent } from '../climate/calls.ts';
import { collectionNames, type CollectionName } from '../entities/collections.ts';
import { benchStateSchema, sessionSchema } from './answers.ts';
import { verifyProgressSchema } from './audit.ts';
import { batchProgressSchema } from '../review/calls.ts';
import { syncProgressSchema } from '../sync/calls.ts';
import { instrumentEvents } from './instruments.ts';

export const coreEventSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('resync'),
    seq: z.number().int(),
    /** Which collections changed, so that a window asks for those alone; without it, for all. */
    collections: z.array(z.enum(collectionNames as [CollectionName, ...CollectionName[]])).optional(),
  }),
  z.object({ type: z.literal('session'), session: sessionSchema }),
  z.object({ type: z.literal('bench.state'), state: benchStateSchema }),
  z.object({
    type: z.literal('bench.samples'),
    equipmentId: z.string(),
    runId: z.string().nullable(),
    timeS: z.array(z.number()),
    loadKn: z.array(z.number()),
    /** Absent where the machine sends none; null where one sample had none. */
    displacementMm: z.array(z.number().nullable()).optional(),
    extensionMm: z.array(z.number().nullable()).optional(),
    /** Samples that the display did not take in time; they are in the run's file. */
    lost: z.number().int().optional(),
  }),
  /** A run was saved; the record is to be read again. */
  z.object({ type: z.literal('bench.run'), equipmentId: z.string(), recordNo: z.string(), runNo: z.string() }),
  ...instrumentEvents,
  /** What a room is now: a new telegram, a new minute, an alarm. */
  climateEvent,
  /** A watched source has something new to offer, or something is wrong with it. */
  z.object({ type: z.literal('instrument.files'), sourceId: z.string() }),
  /** How far the upload is; null when it has come to rest. At most four in a second. */
  z.object({ type: z.literal('sync.progress'), progress: syncProgressSchema.nullable() }),
  /** How far a batch of signatures of this person is; null when it has come to its end. */
  z.object({ type: z.literal('review.progress'), personId: z.string(), progress: batchProgressSchema.nullable() }),
  /** How far a backup or a drill is; null when it has come to its end. */
  z.object({ type: z.literal('backup.progress'), progress: backupProgressSchema.nullable() }),
  /** How far a verification is; null when it has come to its end. */
  z.object({ type: z.literal('audit.progress'), progress: verifyProgressSchema.nullable() }),
  /** A code from a scanner on a serial port, for the window of that workstation. */
  z.object({ type: z.literal('scan'), code: z.string(), workstation: z.string().nullable() }),
]);
export type CoreEvent = z.infer<typeof coreEventSchema>;
