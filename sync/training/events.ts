// What the supervisor did, in the order it was done. The cursor is the sequence of the last event a lab has seen.
import { type EventPage, type EVENT_TYPES, type WireEvent } from '../wire/schemas.ts';
import { wireTime } from '../wire/wire-time.ts';
import { type PlatformContext } from './context.ts';
import { PlatformError } from './platform-error.ts';

const PAGE = 500;

export function addEvent(
  context: PlatformContext,
  orgCode: string,
  type: (typeof EVENT_TYPES)[number],
  subject: string,
  text: string,
): void {
  context.db
    .prepare('INSERT INTO event (org_code, type, subject, at, text) VALUES (?, ?, ?, ?, ?)')
    .run(orgCode, type, subject, context.now(), text);
}

export function eventPage(context: PlatformContext, orgCode: string, cursor: string | undefined): EventPage {
  const text = cursor === undefined || cursor === '' ? 'e0' : cursor;
  const after = /^e(\d{1,15})$/.exec(text)?.[1];
  if (after === undefined) {
    throw new PlatformError('VALIDATION', '游标无效', [{ code: 'VALIDATION', field: 'cursor', message: '游标无效' }]);
  }
  const rows = context.db
    .prepare<
      [string, number, number],
      { seq: number; type: WireEvent['type']; subject: string; at: number; text: string | null }
    >('SELECT seq, type, subject, at, text FROM event WHERE org_code = ? AND seq > ? ORDER BY seq LIMIT ?')
    .all(orgCode, Number(after), PAGE);
  return {
    nextCursor: `e${rows.at(-1)?.seq ?? after}`,
    events: rows.map((row) => ({
      id: `e${row.seq}`,
      type: row.type,
      subject: row.subject,
      at: wireTime(row.at),
      ...(row.text === null ? {} : { text: row.text }),
    })),
  };
}
