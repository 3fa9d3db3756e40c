// The calls of the tasks: what is due, the calendar of ages, and whose work it is.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { taskStates } from '../entities/collections.ts';
import { calendarDay, lineOf, requiredLine } from '../entities/scalars.ts';
import { ageGroups, standings } from './due.ts';
import { reason } from '../contract/parts.ts';

const count = z.number().int().min(0);
const taskId = requiredLine(60);
const personId = requiredLine(40);

export const taskScopes = ['mine', 'all', 'unassigned'] as const;
export type TaskScope = (typeof taskScopes)[number];
/** `now`: late, due today or inside the window; `week`: that and seven days more; `open`: all; `day`: all of one day, done or not. */
export const taskRanges = ['now', 'week', 'open', 'day'] as const;
export type TaskRange = (typeof taskRanges)[number];
/** As many as are assigned, proposed or taken back at once. */
export const TASKS_AT_ONCE = 500;
export const CALENDAR_DAYS = 62;

const querySchema = z.object({
  scope: z.enum(taskScopes).default('all'),
  range: z.enum(taskRanges).default('now'),
  /** With `day` only. */
  day: calendarDay.optional(),
  text: lineOf(60).default(''),
});
export type TaskQuery = z.output<typeof querySchema>;

export const taskRowSchema = z.object({
  taskId: z.string(),
  sampleNo: z.string(),
  sampleName: z.string(),
  itemName: z.string(),
  ageDays: z.number().int().nullable(),
  /** What else is known of its age: the sum of temperatures of specimens cured with the structure. */
  ageNote: z.string().nullable(),
  grade: z.string(),
  projectName: z.string(),
  structurePart: z.string(),
  dueOn: z.string(),
  opensAt: z.string().nullable(),
  closesAt: z.string().nullable(),
  state: z.enum(taskStates),
  standing: z.enum(standings),
  recordNo: z.string().nullable(),
  testerName: z.string().nullable(),
  assigneeId: z.string().nullable(),
  assigneeName: z.string().nullable(),
  /** Whose it is has left, or is not in force with the platform: somebody has to give it to another. */
  assigneeAway: z.boolean(),
  assignedAt: z.string().nullable(),
  assignedByName: z.string().nullable(),
  assignedReason: z.string().nullable(),
});
export type TaskRow = z.infer<typeof taskRowSchema>;

export const taskListSchema = z.object({
  /** Moment that the standings hold for. */
  at: z.string(),
  rows: z.array(taskRowSchema),
  total: count,
  /** How many of the same range are whose. */
  scopes: z.object({ mine: count, all: count, unassigned: count }),
  /** Of the scope that was asked for. */
  standings: z.record(z.enum(standings), count),
  /** How many tasks a person is given for one day at most. */
  dayLimit: count,
});
export type TaskList = z.infer<typeof taskListSchema>;

export const taskDaySchema = z.object({
  day: z.string(),
  /** Not signed by their tester, by age. */
  ages: z.record(z.enum(ageGroups), count),
  open: count,
  /** Of the open ones, those whose window is over. */
  late: count,
  done: count,
});
export type TaskDay = z.infer<typeof taskDaySchema>;

export const proposalSchema = z.object({
  taskId: z.string(),
  personId: z.string().nullable(),
  personName: z.string().nullable(),
  why: z.string(),
});
/** A tester and how much they have to do. */
export const workerSchema = z.object({
  personId: z.string(),
  name: z.string(),
  openLoad: count,
  /** The fullest of the days that the chosen tasks fall on, with them added. */
  dayLoad: count,
  full: z.boolean(),
  /** Why they may not test one of the chosen tasks; null: all of them. */
  refused: z.string().nullable(),
});
export type TaskWorker = z.infer<typeof workerSchema>;

const chosen = z.array(taskId).min(1).max(TASKS_AT_ONCE);
/** What the person saw: a task that somebody else gave out meanwhile is not given out over it. */
const seen = z
  .array(z.object({ taskId, assigneeId: personId.nullable() }))
  .min(1)
  .max(TASKS_AT_ONCE);
const given = z.object({ assigned: count });

export const taskCalls = {
  'tasks.list': call(
    'signedIn',
    querySchema.extend({ offset: z.number().int().min(0).max(1_000_000).default(0) }),
    taskListSchema,
  ),
  'tasks.calendar': call(
    'signedIn',
    z.object({
      from: calendarDay,
      days: z.number().int().min(1).max(CALENDAR_DAYS),
      scope: z.enum(taskScopes).default('all'),
    }),
    z.object({ days: z.array(taskDaySchema) }),
  ),
  /** The list as a table for other programs; written to the audit log. */
  'tasks.export': call('signedIn', querySchema, z.object({ fileName: z.string(), text: z.string() })),
  /** Who should do the chosen tasks, and who could. Nothing is written. */
  'tasks.propose': call(
    'task.assign',
    z.object({ taskIds: chosen }),
    z.object({ proposals: z.array(proposalSchema), workers: z.array(workerSchema), dayLimit: count }),
  ),
  /** Gives out what was proposed; refused when the proposal is another by now. */
  'tasks.accept': call(
    'task.assign',
    z.object({
      rows: z
        .array(z.object({ taskId, assigneeId: personId.nullable(), personId }))
        .min(1)
        .max(TASKS_AT_ONCE),
      reason: reason.optional(),
    }),
    given,
  ),
  /** Gives the chosen tasks to one person; taking work from another, or filling a full day, needs a reason. */
  'tasks.assign': call('task.assign', z.object({ rows: seen, personId, reason: reason.optional() }), given),
  /** As long as nothing was recorded. */
  'tasks.takeBack': call('task.assign', z.object({ rows: seen }), given),
  /** How many tasks a person is given for one day at most. */
  'tasks.setDayLimit': call(
    'task.assign',
    z.object({ dayLimit: z.number().int().min(1).max(999), reason }),
    z.object({}),
  ),
} as const;
