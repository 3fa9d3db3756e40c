// What is kept with a reading that was taken from a file: the file's name, the row, the cells as they stood there, and the
// figure in the file's own unit. One JSON text, so that screen, paper and audit show the same.
import { z } from 'zod';

const fileOriginSchema = z.object({
  file: z.string(),
  row: z.number().int(),
  cells: z.string(),
  /** The figure and unit in the file. */
  value: z.string(),
  unit: z.string(),
  /** When the instrument says that it was measured. */
  measuredAt: z.string().nullable(),
});
export type FileOrigin = z.infer<typeof fileOriginSchema>;

export function fileOriginOf(raw: string | null): FileOrigin | null {
  if (raw === null) return null;
  try {
    return fileOriginSchema.parse(JSON.parse(raw));
  } catch {
    return null;
  }
}

export const fileNameOf = (raw: string | null): string => fileOriginOf(raw)?.file ?? '（未写明）';
