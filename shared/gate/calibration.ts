// How long a calibration holds. Our reading: a calibration of day D valid for n months holds through the day BEFORE the
// same calendar day n months later (2026-03-15 + 12 months: through 2027-03-14). Where that month has no such day
// (31 August + 6 months), it holds through the last day of that month, since the next day opens a new one.
import { addDays, addMonths } from './calendar.ts';

/** Last day, inclusive, on which the calibration holds. */
export function calibrationValidThrough(calibratedOn: string, validMonths: number): string {
  const sameDay = addMonths(calibratedOn, validMonths);
  return sameDay.slice(8) === calibratedOn.slice(8) ? addDays(sameDay, -1) : sameDay;
}

/** First day of the warning: one month before the last valid day. */
export function calibrationWarnFrom(validThrough: string): string {
  return addMonths(validThrough, -1);
}
