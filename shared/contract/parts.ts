// What the inputs and answers of many calls are made of.
import { z } from 'zod';
import { requiredLine } from '../entities/scalars.ts';

export const nothing = z.object({});
export const password = z.string().min(1).max(200);
/** Why something is done; it stands in the audit log. */
export const reason = requiredLine(200);

/** Where a page begins and how long it is. */
export const pageOf = (usual: number) => ({
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(200).default(usual),
});
export const paged = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), nextCursor: z.string().nullable() });
