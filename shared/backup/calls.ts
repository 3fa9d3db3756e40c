// The calls of backup, drill and free space: how it is set, what was done, what comes next, and what is kept how long.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { calendarDay, lineOf, requiredLine } from '../entities/scalars.ts';
import { nothing, reason } from '../contract/parts.ts';

const folder = requiredLine(400);

export const backupSettingsSchema = z.object({
  targets: z.array(folder).max(8, '最多 8 个备份文件夹'),
  /** Hour of the daily backup, `HH:MM`; null: none by the clock. */
  dailyAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应为时刻 HH:MM')
    .nullable(),
  /** A backup so many hours after the last good one as well; 0: not. */
  everyHours: z.number().int().min(0).max(168),
  keepDaily: z.number().int().min(1).max(365),
  keepWeekly: z.number().int().min(0).max(520),
  /** From this age of the last good backup on everybody is told. */
  alarmHours: z.number().int().min(2).max(720),
  /** GB of free space below which it is told, and below which no new run is started. */
  warnGb: z.number().int().min(1).max(1000),
  floorGb: z.number().int().min(0).max(100),
});
export type BackupSettings = z.infer<typeof backupSettingsSchema>;

export const backupPhases = ['store', 'files', 'finish', 'unpack', 'prove', 'rotate'] as const;
export const backupProgressSchema = z.object({
  kind: z.enum(['make', 'drill']),
  target: z.string(),
  phase: z.enum(backupPhases),
  done: z.number(),
  total: z.number(),
});
export type BackupProgress = z.infer<typeof backupProgressSchema>;

const historySchema = z.object({
  at: z.string(),
  kind: z.enum(['scheduled', 'asked', 'drill']),
  target: z.string(),
  /** Name of the backup's folder; empty where none came of it. */
  name: z.string(),
  state: z.enum(['good', 'faults', 'failed', 'cancelled']),
  text: z.string(),
  bytes: z.number().int(),
  seconds: z.number(),
});
export type BackupHistory = z.infer<typeof historySchema>;

const targetSchema = z.object({
  path: z.string(),
  /** Whether it can be reached and written at all, in words; null when all is well. */
  trouble: z.string().nullable(),
  freeBytes: z.number().nullable(),
  goodAt: z.string().nullable(),
  goodName: z.string().nullable(),
  lastAt: z.string().nullable(),
  lastText: z.string(),
  /** When it is tried next by itself; null when nothing is planned. */
  nextAt: z.string().nullable(),
  /** Newest first. */
  backups: z.array(
    z.object({
      name: z.string(),
      madeAt: z.string(),
      encrypted: z.boolean(),
      good: z.boolean(),
      records: z.number().int(),
      runs: z.number().int(),
      reports: z.number().int(),
      files: z.number().int(),
      /** What is wrong with it, or why it cannot be read. */
      text: z.string(),
    }),
  ),
});

const retentionSchema = z.object({
  itemCode: z.string(),
  itemName: z.string(),
  years: z.number().int(),
  /** 涉及结构安全. */
  structural: z.boolean(),
  records: z.number().int(),
  oldest: z.string().nullable(),
  newest: z.string().nullable(),
  /** Day from which the oldest of them may be archived elsewhere. */
  archivableFrom: calendarDay.nullable(),
  /** How many may be archived today. */
  archivable: z.number().int(),
});

export const backupCalls = {
  'backup.overview': call(
    'backup.read',
    nothing,
    z.object({
      settings: backupSettingsSchema,
      encrypted: z.boolean(),
      targets: z.array(targetSchema),
      history: z.array(historySchema),
      running: backupProgressSchema.nullable(),
      data: z.object({ folder: z.string(), freeBytes: z.number().nullable(), text: z.string().nullable() }),
    }),
  ),
  'backup.configure': call('backup.manage', backupSettingsSchema.extend({ reason }), nothing),
  /** Empty: new backups are not sealed. Older ones keep the passphrase that they were made with. */
  'backup.passphrase': call(
    'backup.manage',
    z.object({
      passphrase: z
        .string()
        .max(200)
        .refine((text) => text === '' || text.length >= 10, '口令至少 10 个字符'),
      reason,
    }),
    nothing,
  ),
  /** Answers when it has begun; `backup.progress` tells the rest. Without a target: all of them. */
  'backup.now': call('backup.manage', z.object({ target: folder.optional() }), nothing),
  'backup.cancel': call('backup.manage', nothing, nothing),
  /** Without a name: the newest good one of the target. */
  'backup.drill': call(
    'backup.read',
    z.object({ target: folder, name: lineOf(60).optional(), passphrase: z.string().max(200).optional() }),
    nothing,
  ),
  'retention.list': call('backup.read', nothing, z.object({ today: calendarDay, rows: z.array(retentionSchema) })),
} as const;
