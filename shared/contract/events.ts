// What the core tells a window without being asked. `resync` is the only word about data: it says that there is
// something newer, never what; the window pulls. The live curve of a running machine is display, not data.
import { z } from 'zod';
import { collectionNames, type CollectionName } from '../entities/collections.ts';
import { benchStateSchema, sessionSchema } from './answers.ts';

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
  }),
  /** A run was saved; the record is to be read again. */
  z.object({ type: z.literal('bench.run'), equipmentId: z.string(), recordNo: z.string(), runNo: z.string() }),
]);
export type CoreEvent = z.infer<typeof coreEventSchema>;
