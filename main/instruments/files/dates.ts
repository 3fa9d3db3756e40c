// When a reading was taken, as the file says it, in the lab's wall time. A day that does not exist is refused.
import { wallTime } from '../../../shared/entities/scalars.ts';
import type { FileProfile } from './profile.ts';

type Format = NonNullable<FileProfile['measuredAt']>['format'];

const shapes: Record<Format, RegExp> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{1,2})-(?<d>\d{1,2})/,
  'YYYY/MM/DD': /^(?<y>\d{4})\/(?<m>\d{1,2})\/(?<d>\d{1,2})/,
  'DD.MM.YYYY': /^(?<d>\d{1,2})\.(?<m>\d{1,2})\.(?<y>\d{4})/,
  'DD/MM/YYYY': /^(?<d>\d{1,2})\/(?<m>\d{1,2})\/(?<y>\d{4})/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})/,
};
const clock = /^(?<h>\d{1,2}):(?<min>\d{2})(?::(?<s>\d{2})(?:\.\d+)?)?$/;

const two = (text: string | undefined): string => (text ?? '0').padStart(2, '0');

/** `2026/3/7` and `14:05` → `2026-03-07T14:05:00+08:00`; null when the text is no such moment. */
export function momentOf(format: Format, dayText: string, timeText: string | null): string | null {
  const found = shapes[format].exec(dayText.trim());
  if (found?.groups === undefined) return null;
  const rest = dayText
    .trim()
    .slice(found[0].length)
    .replace(/^[T ]+/, '');
  const time = clock.exec((timeText ?? rest).trim());
  if ((timeText ?? rest).trim() !== '' && time === null) return null;
  const { y, m, d } = found.groups;
  const { h, min, s } = time?.groups ?? {};
  const day = `${y}-${two(m)}-${two(d)}`;
  const moment = `${day}T${two(h)}:${two(min)}:${two(s)}+08:00`;
  const instant = Date.parse(moment);
  // 30 February would become 2 March.
  const real = !Number.isNaN(instant) && new Date(instant + 8 * 3_600_000).toISOString().slice(0, 10) === day;
  return real && wallTime.safeParse(moment).success ? moment : null;
}

/**
 * A moment of a spreadsheet or database as text: days are kept as midnight UTC, moments as UTC of the wall clock. A time
 * of day alone stands on the program's day zero.
 */
export function momentText(moment: Date, dayZero?: string): string {
  if (Number.isNaN(moment.getTime())) return '#日期';
  const [day, time] = [moment.toISOString().slice(0, -14), moment.toISOString().slice(-13, -5)];
  if (day === dayZero) return time;
  return time === '00:00:00' ? day : `${day} ${time}`;
}
