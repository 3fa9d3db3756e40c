// The calls of the morning's overview. Every figure is counted by the same condition that its list is made with.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { lineOf } from '../entities/scalars.ts';
import { figureIds } from './figures.ts';
import { nothing } from '../contract/parts.ts';

const count = z.number().int().min(0);
/** How far back statistics look, days. */
export const spans = [7, 30, 90, 365] as const;
const span = z.literal(spans);

const durationSchema = z.object({
  /** Reports that have both moments. */
  count,
  /** Hours, whole; null where there is nothing to count. */
  median: count.nullable(),
  p90: count.nullable(),
  longest: count.nullable(),
});
export type Duration = z.infer<typeof durationSchema>;

export const overviewSchema = z.object({
  at: z.string(),
  from: z.string(),
  to: z.string(),
  figures: z.record(z.enum(figureIds), count),
  /** One per day, oldest first. */
  days: z.array(z.object({ day: z.string(), received: count, tested: count, coded: count })),
  turnaround: z.array(
    z.object({
      itemCode: z.string(),
      itemName: z.string(),
      /** From the receipt of the samples to the code, the age of the specimens included. */
      fromReceipt: durationSchema,
      /** From the last reading of its records to the code: what the lab itself takes. */
      fromTest: durationSchema,
    }),
  ),
  machines: z.array(
    z.object({
      equipmentId: z.string(),
      name: z.string(),
      runs: count,
      /** Runs that do not count: marked invalid, repeated, interrupted. */
      notCounting: count,
      /** Days on which it ran. */
      days: count,
      minutes: count,
    }),
  ),
  people: z.array(
    z.object({
      personId: z.string(),
      name: z.string(),
      tested: count,
      checked: count,
      approved: count,
      returned: count,
    }),
  ),
});
export type Overview = z.infer<typeof overviewSchema>;

export const figureRowSchema = z.object({
  key: z.string(),
  /** Where it is worked on, and what is opened there. */
  opens: z.object({ place: z.enum(['tasks', 'review', 'reports', 'equipment', 'people']), key: z.string() }),
  title: z.string(),
  detail: z.string(),
  /** Day that it is due, or that it began to wait. */
  day: z.string(),
  who: z.string(),
});
export type FigureRow = z.infer<typeof figureRowSchema>;

export const controlPointSchema = z.object({
  recordNo: z.string(),
  testedAt: z.string(),
  testerName: z.string(),
  equipmentId: z.string(),
  grade: z.string(),
  /** Range of the group over its mean, per cent, to 0.1. */
  range_percent: z.string(),
  outside: z.boolean(),
});
export const controlSchema = z.object({
  /** The reading that is compared, in the words of the method. */
  reading: z.string().nullable(),
  /** Readings in a group; groups of another size are left out. */
  size: count.nullable(),
  points: z.array(controlPointSchema),
  leftOut: count,
  centre_percent: z.string().nullable(),
  upper_percent: z.string().nullable(),
  lower_percent: z.string().nullable(),
  /** Nine in a row on one side of the centre line; the record that completed it. */
  shifts: z.array(z.string()),
});
export type Control = z.infer<typeof controlSchema>;

export const overviewCalls = {
  'overview.read': call('overview.read', z.object({ span: span.default(30) }), overviewSchema),
  'overview.rows': call(
    'overview.read',
    z.object({ figure: z.enum(figureIds), offset: z.number().int().min(0).max(1_000_000).default(0) }),
    z.object({ rows: z.array(figureRowSchema), total: count }),
  ),
  /** Items that a machine tested in groups, for the choice of a control chart. */
  'overview.controlItems': call(
    'overview.read',
    nothing,
    z.object({ items: z.array(z.object({ itemCode: z.string(), itemName: z.string(), groups: count })) }),
  ),
  'overview.control': call(
    'overview.read',
    z.object({ itemCode: lineOf(20), equipmentId: lineOf(40).optional(), span: span.default(90) }),
    controlSchema,
  ),
  /** All of it as a table for other programs; written to the audit log. */
  'overview.export': call(
    'overview.read',
    z.object({ span: span.default(30) }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
} as const;
