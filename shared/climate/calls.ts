// The calls of the climate log: rooms with their band and meter, what they are now, what they were, and what is missing.
import { z } from 'zod';
import { call } from '../contract/call.ts';
import { lineSettingsSchema } from '../contract/instruments.ts';
import { calendarDay, lineOf, recordNoText, requiredLine } from '../entities/scalars.ts';
import { bandSchema, climateKinds } from './band.ts';
import { reason } from '../contract/parts.ts';

/** Minute of the lab's wall clock, `2026-11-23T21:33`. */
export const minuteText = z
  .string()
  .max(16)
  .regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/, '应为时刻 YYYY-MM-DDTHH:MM')
  .refine((text) => !Number.isNaN(Date.parse(`${text}:00+08:00`)), '没有这一时刻');
const placeId = z.string().regex(/^[A-Za-z0-9-]{1,30}$/, '只用字母、数字和连字符');

export const climateNowSchema = z.object({
  placeId: z.string(),
  /** The newest telegram, at most a few seconds old; null when the meter does not answer. */
  at: z.string().nullable(),
  temperatureC: z.string().nullable(),
  humidityPercent: z.string().nullable(),
  /** `none`: no meter is set; `missing`: it gives nothing. */
  condition: z.enum(['inside', 'outside', 'missing', 'none']),
  /** What lies outside, or why there is nothing, in words. */
  words: z.string(),
  /** The newest minute that is kept. */
  minute: z.string().nullable(),
  alarm: z.string().nullable(),
});
export type ClimateNow = z.infer<typeof climateNowSchema>;

export const climatePlaceSchema = z.object({
  placeId: z.string(),
  name: z.string(),
  kind: z.enum(climateKinds),
  band: bandSchema,
  alarmMinutes: z.number().int(),
  /** Items whose records take this room's values; empty for all. */
  itemCodes: z.array(z.string()),
  state: z.enum(['inUse', 'stopped']),
  meter: z
    .object({
      equipmentId: z.string(),
      equipmentName: z.string(),
      path: z.string().nullable(),
      slave: z.number().int().nullable(),
      profileTitle: z.string(),
      /** The profile as JSON text; null for the training room's own meter. */
      profile: z.string().nullable(),
      line: lineSettingsSchema.nullable(),
    })
    .nullable(),
});
export type ClimatePlace = z.infer<typeof climatePlaceSchema>;

export const climateProfileSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What the order of the registers is, and what to compare with the display. */
  hint: z.string(),
  profile: z.string(),
});
export type ClimateProfile = z.infer<typeof climateProfileSchema>;

const listSchema = z.object({
  places: z.array(climatePlaceSchema),
  profiles: z.array(climateProfileSchema),
  now: z.array(climateNowSchema),
});

export const climateGapSchema = z.object({
  fromMinute: z.string(),
  toMinute: z.string(),
  minutes: z.number().int(),
  reason: z.string(),
});
export type ClimateGap = z.infer<typeof climateGapSchema>;

const range = { placeId, from: minuteText, to: minuteText };

export const climateSpanSchema = z.object({
  placeId: z.string(),
  placeName: z.string(),
  from: z.string(),
  to: z.string(),
  minutes: z.number().int(),
  measured: z.number().int(),
  outside: z.number().int(),
  missing: z.number().int(),
  /** Of the measured minutes, in per cent with two places; null where nothing was measured. */
  outsideShare: z.string().nullable(),
  /** Of all minutes. */
  missingShare: z.string(),
  temperature: z.object({ min: z.string(), max: z.string() }).nullable(),
  humidity: z.object({ min: z.string(), max: z.string() }).nullable(),
  words: z.string(),
});
export type ClimateSpan = z.infer<typeof climateSpanSchema>;

export const climateCalls = {
  'climate.list': call('signedIn', z.object({}), listSchema),
  'climate.now': call('signedIn', z.object({}), z.object({ places: z.array(climateNowSchema) })),
  /** For a picture: at most about `points` minutes, the extremes of each slice among them; and every gap. */
  'climate.series': call(
    'signedIn',
    z.object({ ...range, points: z.number().int().min(50).max(5000).default(1500) }),
    z.object({
      minutes: z.array(z.string()),
      temperatureC: z.array(z.string().nullable()),
      humidityPercent: z.array(z.string().nullable()),
      gaps: z.array(climateGapSchema),
      span: climateSpanSchema,
    }),
  ),
  'climate.gaps': call('signedIn', z.object(range), z.object({ gaps: z.array(climateGapSchema) })),
  /** Every minute of a day and every gap in it, newest first. */
  'climate.table': call(
    'signedIn',
    z.object({ placeId, day: calendarDay }),
    z.object({
      rows: z.array(
        z.object({
          minute: z.string(),
          temperatureC: z.string().nullable(),
          humidityPercent: z.string().nullable(),
          outside: z.string().nullable(),
          /** How long nothing was measured, and why; null for a reading. */
          missing: z.string().nullable(),
          raw: z.string(),
        }),
      ),
    }),
  ),
  'climate.alarms': call(
    'signedIn',
    z.object({ placeId }),
    z.object({
      alarms: z.array(
        z.object({
          noticeId: z.string(),
          level: z.enum(['info', 'warning', 'alarm']),
          text: z.string(),
          at: z.string(),
          acknowledgedBy: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** How much of a time was outside the band or is unknown. */
  'climate.span': call('signedIn', z.object(range), climateSpanSchema),
  /** The same of the curing room between the moulding and the test of a record's specimens, or why there is none. */
  'climate.curing': call(
    'signedIn',
    z.object({ recordNo: recordNoText }),
    z.object({ span: climateSpanSchema.nullable(), why: z.string().nullable() }),
  ),
  'climate.export': call('signedIn', z.object(range), z.object({ fileName: z.string(), text: z.string() })),
  /** A new room, or another band, name, time of grace, items or state of a known one. */
  'climate.setPlace': call(
    'equipment.keep',
    z.object({
      placeId,
      name: requiredLine(30),
      kind: z.enum(climateKinds),
      band: bandSchema,
      alarmMinutes: z.number().int().min(1).max(240),
      itemCodes: z.array(requiredLine(20)).max(200),
      state: z.enum(['inUse', 'stopped']),
      reason,
    }),
    listSchema,
  ),
  /** Which meter watches a room; null takes it away. Meters of one line share its path and its settings. */
  'climate.setMeter': call(
    'equipment.keep',
    z.object({
      placeId,
      meter: z
        .object({
          equipmentId: requiredLine(40),
          /** Empty in training: the virtual meter. */
          path: lineOf(200),
          line: lineSettingsSchema,
          profile: z.string().max(20_000),
        })
        .nullable(),
      reason,
    }),
    listSchema,
  ),
} as const;

export const climateEvent = z.object({ type: z.literal('climate'), now: climateNowSchema });
