// What the instrument wizard asks and hears: ports, the search for line setting and driver, a connection that is only
// tried (a trial), the comparison with the display, zero, and the record that an instrument was taken into use.
import { z } from 'zod';
import { lineOf, requiredLine } from '../entities/scalars.ts';
import { errorDetailSchema } from '../errors/appError.ts';
import { call } from './call.ts';

export const lineSettingsSchema = z.object({
  baudRate: z.number().int().min(110).max(4_000_000),
  dataBits: z.union([z.literal(5), z.literal(6), z.literal(7), z.literal(8)]),
  parity: z.enum(['none', 'even', 'odd', 'mark', 'space']),
  stopBits: z.union([z.literal(1), z.literal(1.5), z.literal(2)]),
});
export type LineSettings = z.infer<typeof lineSettingsSchema>;

/** A profile crosses as JSON text: what it may hold is the driver's business. */
const driverChoice = z.object({ id: requiredLine(60), profile: z.string().max(20_000).nullable() });

export const portSchema = z.object({
  path: z.string(),
  manufacturer: z.string().nullable(),
  serialNumber: z.string().nullable(),
  /** The socket it is plugged into, as the system names it. */
  place: z.string().nullable(),
  /** False for a port that a machine is set to and that the system does not list now (network, pulled adapter). */
  present: z.boolean(),
  /** The machine whose adapter this is, whatever the port was called when it was set. */
  equipmentId: z.string().nullable(),
  equipmentName: z.string().nullable(),
  /** The name that the port had then, where it has another one now. */
  formerPath: z.string().nullable(),
});
export type PortFacts = z.infer<typeof portSchema>;

export const instrumentDriverSchema = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  streams: z.boolean(),
  runs: z.boolean(),
  needsProfile: z.boolean(),
  line: lineSettingsSchema,
  status: z.enum(['proven', 'unproven']),
  statusNote: z.string().nullable(),
});
export type InstrumentDriver = z.infer<typeof instrumentDriverSchema>;

const shapeSchema = z.object({
  separator: z.string(),
  decimal: z.enum(['.', ',']),
  columns: z.number().int(),
  numeric: z.array(z.boolean()),
  sample: z.string(),
});
const troubleSchema = z.enum(['silent', 'garbage', 'parity', 'unknown', 'not-opened']);
export const probeCandidateSchema = z.object({
  line: lineSettingsSchema,
  driverId: z.string(),
  title: z.string(),
  score: z.number().int(),
  frames: z.number().int(),
  values: z.number().int(),
  rejectedBytes: z.number().int(),
  asked: z.boolean(),
  sample: z.string(),
  shape: shapeSchema.nullable(),
  words: z.string(),
});
export type ProbeCandidate = z.infer<typeof probeCandidateSchema>;
export const probeResultSchema = z.object({
  candidates: z.array(probeCandidateSchema),
  lines: z.array(
    z.object({
      line: lineSettingsSchema,
      bytes: z.number().int(),
      hex: z.string(),
      trouble: troubleSchema.nullable(),
      words: z.string(),
    }),
  ),
  trouble: z.object({ code: z.string(), message: z.string(), next: z.string() }).nullable(),
  cancelled: z.boolean(),
  conclusive: z.boolean(),
  tookMs: z.number().int(),
});
export type ProbeResult = z.infer<typeof probeResultSchema>;

const figureSchema = z.object({ value: z.string(), unit: z.string() });
export const trialSchema = z.object({
  equipmentId: z.string(),
  path: z.string(),
  line: lineSettingsSchema,
  driverId: z.string().nullable(),
  driverTitle: z.string().nullable(),
  runs: z.boolean(),
  state: z.enum(['open', 'reconnecting', 'denied', 'closed']),
  reason: z.string().nullable(),
  /** Bytes that came since it was opened. */
  bytes: z.number().int(),
  frames: z.number().int(),
  rejectedBytes: z.number().int(),
  /** The newest reading; null as soon as it is too old to be one. */
  reading: figureSchema.extend({ stable: z.boolean().nullable(), at: z.string() }).nullable(),
  /** Overload and the like: never a number. */
  condition: z.string().nullable(),
  /** What the instrument says it is. */
  identity: z.string().nullable(),
  /** `none`: this kind cannot be asked; `asking`: no answer yet; `silent`: asked again and again without an answer. */
  identityState: z.enum(['none', 'asking', 'silent', 'known']),
  /** What the last frames were refused for. */
  refusals: z.array(z.string()),
  profileProblems: z.array(errorDetailSchema),
  trouble: z.object({ code: z.string(), message: z.string(), next: z.string() }).nullable(),
  confirmed: z.object({ shown: figureSchema, received: figureSchema, at: z.string() }).nullable(),
  zero: z.object({ received: figureSchema, rangeText: z.string(), limit: z.string(), at: z.string() }).nullable(),
  /** Whether this kind of instrument has a zero that can be checked with nothing on it. */
  hasZero: z.boolean(),
  /** Why a confirmation that was there is gone. */
  note: z.string().nullable(),
});
export type Trial = z.infer<typeof trialSchema>;

export const commissioningSchema = z.object({
  commissioningId: z.string(),
  equipmentId: z.string(),
  at: z.string(),
  personName: z.string(),
  path: z.string(),
  line: z.string(),
  port: z.string(),
  driverId: z.string(),
  driverTitle: z.string(),
  driverVersion: z.string(),
  profile: z.string().nullable(),
  identity: z.string().nullable(),
  /** Without an identity: whether the instrument was asked for one. */
  identityAsked: z.boolean(),
  certificateNo: z.string(),
  validTo: z.string(),
  rangeText: z.string(),
  accuracyClass: z.string(),
  shown: z.string(),
  received: z.string(),
  zero: z.string().nullable(),
  raw: z.string(),
  remark: z.string().nullable(),
});
export type Commissioning = z.infer<typeof commissioningSchema>;

export const commissioningStates = ['none', 'confirmed', 'unconfirmed'] as const;

const equipmentId = requiredLine(40);
const path = requiredLine(200);

export const instrumentCalls = {
  'instruments.ports': call('equipment.keep', z.object({}), z.object({ ports: z.array(portSchema) })),
  'instruments.drivers': call('equipment.keep', z.object({}), z.object({ drivers: z.array(instrumentDriverSchema) })),
  /** Tries the usual line settings; takes up to 20 s, tells its progress by `instrument.probe` events. */
  'instruments.probe': call(
    'equipment.keep',
    z.object({ equipmentId, path, driver: driverChoice.optional(), line: lineSettingsSchema.optional() }),
    probeResultSchema,
  ),
  'instruments.cancelProbe': call('equipment.keep', z.object({ path }), z.object({})),
  /** Opens the port to look and to try; with a driver it is read. Ends by itself when nobody keeps it. */
  'instruments.try': call(
    'equipment.keep',
    z.object({ equipmentId, path, line: lineSettingsSchema, driver: driverChoice.nullable() }),
    trialSchema,
  ),
  'instruments.keepTrial': call('equipment.keep', z.object({ equipmentId }), trialSchema.nullable()),
  'instruments.endTrial': call('equipment.keep', z.object({ equipmentId }), z.object({})),
  /** The person types what the display shows; it must be exactly what was received at that moment. */
  'instruments.confirmDisplay': call(
    'equipment.keep',
    z.object({ equipmentId, shown: lineOf(40), unit: lineOf(8) }),
    trialSchema,
  ),
  'instruments.checkZero': call('equipment.keep', z.object({ equipmentId, rangeText: lineOf(60) }), trialSchema),
  /** Writes the commission record and the machine's port setting in one transaction, and ends the trial. */
  'instruments.commission': call(
    'equipment.keep',
    z.object({
      equipmentId,
      certificateNo: requiredLine(60),
      rangeText: requiredLine(60),
      accuracyClass: requiredLine(30),
      remark: lineOf(200).default(''),
    }),
    commissioningSchema,
  ),
  /** What is set of a machine now, and every time it was taken into use, newest first. */
  'instruments.history': call(
    'equipment.keep',
    z.object({ equipmentId }),
    z.object({
      state: z.enum(commissioningStates),
      /** Why it counts as unconfirmed. */
      reason: z.string().nullable(),
      setting: z
        .object({
          path: z.string(),
          line: lineSettingsSchema,
          driverId: z.string(),
          driverTitle: z.string(),
          profile: z.string().nullable(),
          identity: z.string().nullable(),
          place: z.string().nullable(),
        })
        .nullable(),
      certificateNo: z.string(),
      rangeText: z.string(),
      accuracyClass: z.string(),
      validTo: z.string(),
      records: z.array(commissioningSchema),
    }),
  ),
} as const;

export const instrumentEvents = [
  z.object({
    type: z.literal('instrument.probe'),
    path: z.string(),
    done: z.number().int(),
    total: z.number().int(),
    line: lineSettingsSchema,
    best: z.string().nullable(),
  }),
  z.object({
    type: z.literal('instrument.trial'),
    trial: trialSchema,
    /** What came since the last event: time, direction, hex. */
    pieces: z.array(z.object({ at: z.number(), out: z.boolean(), hex: z.string() })),
    /** Bytes that are not shown, because they came too fast. */
    dropped: z.number().int(),
  }),
] as const;
