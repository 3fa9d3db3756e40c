// An extensometer (引伸计) as the lab keeps it, and as a run remembers the one that was on the bar.
import { z } from 'zod';
import { calendarDay, decimalText, lineOf } from './scalars.ts';

/** Classes of GB/T 12160 (ISO 9513) that reach proof strength and elongation at all. */
export const extensometerClasses = ['0.5', '1', '2'] as const;

const positive = decimalText.max(8).regex(/[1-9]/, '应大于 0');

export const extensometerSchema = z.object({
  /** Gauge length Le, mm. */
  gaugeMm: positive,
  accuracyClass: z.enum(extensometerClasses),
  /** What the class was given after: GB/T 12160, JJG 762. */
  classStandard: lineOf(60),
  /** Greatest extension, mm. */
  rangeMm: positive,
});
export type Extensometer = z.infer<typeof extensometerSchema>;

/** The one on the bar of a run: who it was and what was known of it that day. */
export const runExtensometerSchema = extensometerSchema.extend({
  equipmentId: z.string(),
  name: z.string(),
  serial: z.string(),
  certificateNo: z.string(),
  /** Last day of the certificate. */
  validTo: calendarDay,
});
export type RunExtensometer = z.infer<typeof runExtensometerSchema>;

/** `Le 100 mm，1 级`. */
export const sayExtensometer = ({ gaugeMm, accuracyClass }: Pick<Extensometer, 'gaugeMm' | 'accuracyClass'>): string =>
  `标距 ${gaugeMm} mm，${accuracyClass} 级`;
