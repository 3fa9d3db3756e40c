// Times on the wire are RFC 3339 with offset +08:00, dates are YYYY-MM-DD of the same offset (openapi.yaml, rules): the
// lab's own wall time and calendar, so they are the same functions.

export { toWallTime as wireTime, toCalendarDay as wireDate } from '../../shared/entities/scalars.ts';
export { addDays, addMonths } from '../../shared/gate/calendar.ts';
