// When a task is due and how it stands at a moment. The window of an age is the gate's own (`shared/gate/age.ts`); what has
// no age is due on the day that was promised at reception.
import { addDays, toCalendarDay, toWallTime } from '../entities/scalars.ts';
import { ageWindow } from '../gate/index.ts';
import { ageTolerance, type TestMethod } from '../methods/index.ts';

/** In the order of urgency. `open`: inside the window, on another day than the due day. */
export const standings = ['late', 'today', 'open', 'early', 'done'] as const;
export type Standing = (typeof standings)[number];

/** States of a task that its tester has not signed. */
export const openTaskStates = ['waiting', 'testing'] as const;

const isOpen = (state: string): boolean => openTaskStates.some((open) => open === state);

/** Tolerance of the age a task is tested at, hours; null where there is no age, or the method's table says nothing of it. */
export function toleranceHours(method: Pick<TestMethod, 'timing'> | null, ageDays: number | null): number | null {
  if (method === null || ageDays === null || method.timing.kind === 'prompt') return null;
  return ageTolerance(method, ageDays)?.toleranceHours ?? null;
}

/** Between which moments it may be tested; null where no tolerance is known. The due day is the day of making plus the age. */
export function windowOf(
  dueOn: string,
  madeAt: string | null,
  hours: number | null,
): { opensAt: string; closesAt: string } | null {
  if (hours === null) return null;
  return ageWindow(madeAt === null ? dueOn : `${dueOn}T${madeAt}:00.000+08:00`, 0, hours);
}

export interface DueFacts {
  readonly dueOn: string;
  readonly state: string;
  /** Wall time, inclusive; null where no tolerance is known. */
  readonly opensAt: string | null;
  readonly closesAt: string | null;
}

/** How a task stands at a moment (wall time). Without a window only its day counts. */
export function standingOf({ dueOn, state, opensAt, closesAt }: DueFacts, now: string): Standing {
  if (!isOpen(state)) return 'done';
  const today = now.slice(0, 10);
  if (closesAt === null ? today > dueOn : now > closesAt) return 'late';
  if (today === dueOn) return 'today';
  return opensAt !== null && now >= opensAt ? 'open' : 'early';
}

/** What the same question looks like to a store, which compares texts: due before `late…` is late, due by `open…` is open. */
export interface DueBounds {
  readonly lateDay: string;
  readonly lateAt: string | null;
  readonly openDay: string;
  readonly openAt: string | null;
}

const DAY = 24 * 3_600_000;
/** Without the zone, as a due day and a time of making make it: `2026-11-23T09:30:00.000`. */
const momentOf = (instant: number): string => toWallTime(instant).slice(0, 23);

/** Days for specimens of which only the day of making is known, moments for the others; null: the day alone counts. */
export function dueBounds(now: number, hours: number | null): DueBounds {
  const today = toCalendarDay(now);
  if (hours === null) return { lateDay: today, lateAt: null, openDay: today, openAt: null };
  const days = Math.floor((hours * 3_600_000) / DAY);
  return {
    lateDay: addDays(today, -days),
    lateAt: momentOf(now - hours * 3_600_000),
    openDay: addDays(today, days),
    openAt: momentOf(now + hours * 3_600_000),
  };
}

/** Ages that have a column of their own in the calendar; every other age is `other`, what has none `none`. */
export const ageGroups = ['3', '7', '28', '56', '60', 'other', 'none'] as const;
export type AgeGroup = (typeof ageGroups)[number];

export function ageGroupOf(ageDays: number | null): AgeGroup {
  if (ageDays === null) return 'none';
  return ageGroups.find((group) => group === String(ageDays)) ?? 'other';
}

/** Equivalent age of specimens cured with the structure, GB 50204-2015 appendix C: the sum at which they are tested. */
export const MATURITY_DUE = '600';
