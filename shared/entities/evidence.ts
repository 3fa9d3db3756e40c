// Files that a person brings as proof: application, certificate, photograph. Kept by content, shown again unchanged.
import { z } from 'zod';
import { requiredLine } from './scalars.ts';

/** As many bytes as the platform takes for a medium by default; in base64 a third more. */
export const mostEvidenceBytes = 10 * 1024 * 1024;
export const evidenceTypes = { pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png' } as const;

export const evidenceSchema = z.object({ sha256: z.string(), fileName: z.string(), bytes: z.number().int() });
export type Evidence = z.infer<typeof evidenceSchema>;

/** A file as it comes in from a window. */
export const broughtFileSchema = z.object({
  fileName: requiredLine(200),
  bytesBase64: z.string().max(Math.ceil((mostEvidenceBytes * 4) / 3) + 4),
});
export type BroughtFile = z.infer<typeof broughtFileSchema>;

/** A file as it goes out. */
export const shownFileSchema = z.object({ fileName: z.string(), type: z.string(), bytesBase64: z.string() });
